#include "statement/reduce.h"

#include <algorithm>

namespace factmill {
namespace {

constexpr int kMaxPasses = 8;

}  // namespace

// The leftmost match from `at.from` on.
bool Reducer::find(const ReductionPlace& at) {
  const Reduction& r = rules_.reductions[static_cast<size_t>(at.rule)];
  if (at.from >= s_->tagged.size()) return false;
  ++searches_;
  groups_ = std::span(storage_).first(std::min<size_t>(kMaxGroups, r.groups));
  const auto places = starts_.places(at.rule, at.from);
  return places ? r.pattern.find_among(s_->tagged, *places, groups_) : r.pattern.find_at_word(s_->tagged, at.from, groups_);
}

// The next rule that may match. One that only lacks a head of certain metrics is asked about by the next sentence again.
bool Reducer::next_rule(ReductionPlace& at) {
  for (int index = starts_.next(at.rule + 1); index >= 0; index = starts_.next(index + 1)) {
    if (index == left_out_) continue;
    const TagSet required = rules_.reduction_tags[static_cast<size_t>(index)];
    if ((s_->tags & required) != required) continue;
    at = {.rule = index};
    const int need = rules_.reduction_filter.unmet(index, candidates_, s_->tag_bytes, s_->metrics);
    if (need == RuleFilter::kAllMet) return true;
    if (!rules_.reduction_filter.asks_for_metrics(need)) continue;
    memo_.add(at, need, {});
    memo_.answer(false);
  }
  return false;
}

bool Reducer::next_match(ReductionPlace& at) {
  while (true) {
    if (at.rule >= 0) {
      if (find(at)) return true;
      if (at.changed && at.pass + 1 < kMaxPasses) {
        at = {.rule = at.rule, .pass = at.pass + 1};
        continue;
      }
    }
    if (!next_rule(at)) return false;
  }
}

// The same single byte again would never end.
bool Reducer::same_again(const Reduction& rule) const {
  const Span match = groups_[0];
  const int32_t n = s_->node_at[match.begin];
  return match.size() == 1 && n != kNoNode && s_->node(n).tag == rule.as && s_->node(n).rule == &rule;
}

void Reducer::fold(const Reduction& rule, std::span<const Span> groups) {
  const Span match = groups[0];
  if (trace_)
    trace_->applied.emplace_back(&rule, s_->readable(std::string_view(s_->tagged).substr(match.begin, match.size())));
  const int32_t made = fold_match(*s_, text_, rule, groups, *test_);
  if (is_head(rule.as)) test_->add_metrics(s_->node(made), s_->metrics);
}

// Does what was done to the last sentence with this text, as far as that is known; gives where to go on searching.
// False: nowhere.
bool Reducer::follow(ReductionPlace& at) {
  while (const ReductionMemo::Question* q = memo_.question()) {
    at = q->at;
    if (q->need >= 0) {
      const bool may_match = rules_.reduction_filter.meets(q->need, s_->metrics);
      memo_.answer(may_match);
      continue;
    }
    const Reduction& r = rules_.reductions[static_cast<size_t>(at.rule)];
    const std::span<const Span> groups = memo_.groups(*q);
    const bool holds = mentions_hold(*s_, r, groups, *test_);
    if (holds) fold(r, groups);
    at.changed |= holds;
    memo_.answer(holds);
  }
  return !memo_.is_at_end();
}

void Reducer::search(ReductionPlace at) {
  rules_.reduction_filter.find(s_->tagged, candidates_);
  rules_.reduction_starts.find(s_->tagged, candidates_.rules(), starts_);
  while (next_match(at)) {
    const Reduction& r = rules_.reductions[static_cast<size_t>(at.rule)];
    const Span match = groups_[0];
    at.from = match.begin + 1;
    const bool keeps = r.keep <= 0 || node_of_group(*s_, groups_, r.keep) != kNoNode;  // else it is in another branch
    if (!keeps || !text_holds(s_->tagged, r, groups_) || same_again(r)) continue;
    memo_.add(at, -1, groups_);
    const bool holds = mentions_hold(*s_, r, groups_, *test_);
    memo_.answer(holds);
    if (!holds) continue;
    fold(r, groups_);
    rules_.reduction_starts.folded(s_->tagged, match.begin, match.end, starts_);
    at.changed = true;
  }
  memo_.add_end();
}

void Reducer::leave_out(const std::string& rule) {
  const auto found = std::ranges::find(rules_.reductions, rule, &Reduction::id);
  left_out_ = rule.empty() || found == rules_.reductions.end() ? -1 : static_cast<int>(found - rules_.reductions.begin());
  memo_ = {};  // it knows what the rules did that were there before
}

void Reducer::run(TaggedSentence& sentence, std::string_view text, const NodeTest& test, ReductionTrace* trace) {
  s_ = &sentence;
  text_ = text;
  test_ = &test;
  trace_ = trace;
  for (const Node& node : sentence.nodes) {
    if (is_head(node.tag)) test.add_metrics(node, sentence.metrics);
  }
  if (!rules_.naive) memo_.enter(sentence.tagged);
  ReductionPlace at;
  if (follow(at)) search(at);
}

}  // namespace factmill
