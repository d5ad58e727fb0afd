#include "ruleset/rule_filter.h"

#include <algorithm>

#include "base/bits.h"

namespace factmill {
namespace {

constexpr size_t kLiteral = 6;  // first bytes of a literal that are looked for: a small automaton stays near the processor
constexpr uint32_t kEnds = 0x80000000;  // in a step: something ends in the state that is reached

uint8_t lower(char c) { return static_cast<uint8_t>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

}  // namespace

int RuleFilter::Scratch::next(int from) const { return next_bit(rules_, from); }

void RuleFilter::add(const std::vector<Need>& needs) {
  Rule rule;
  const auto index = static_cast<uint32_t>(rules_.size());
  rule.first = static_cast<uint32_t>(open_.size());
  std::vector<uint32_t> mine;
  for (const Need& need : needs) {
    const uint32_t literals = need.literals.empty() ? kNone : need_of(need.literals);
    if (need.tags == 0 && need.metrics.empty()) {
      if (std::find(mine.begin(), mine.end(), literals) == mine.end()) mine.push_back(literals);
      continue;
    }
    Open& open = open_.emplace_back();
    open.tags = need.tags;
    for (int metric : need.metrics) open.metrics.add(metric);
    open.literals = literals;
  }
  rule.count = static_cast<uint32_t>(open_.size()) - rule.first;
  // What the text alone decides comes first, as `unmet` tells of the first.
  std::stable_partition(open_.begin() + rule.first, open_.end(), [](const Open& open) { return open.metrics.empty(); });
  rule.literal_needs = static_cast<uint16_t>(mine.size());
  for (uint32_t need : mine) rules_of_need_[need].push_back(index);
  rules_.push_back(rule);
}

uint32_t RuleFilter::need_of(const std::vector<std::string>& literals) {
  const auto known = std::find(needs_.begin(), needs_.end(), literals);
  if (known != needs_.end()) return static_cast<uint32_t>(known - needs_.begin());
  const auto index = static_cast<uint32_t>(needs_.size());
  needs_.push_back(literals);
  rules_of_need_.emplace_back();
  for (const std::string& literal : literals) insert(literal, index);
  return index;
}

void RuleFilter::insert(const std::string& literal, uint32_t need) {
  if (tree_.empty()) tree_.emplace_back();
  uint32_t at = 0;
  for (char c : std::string_view(literal).substr(0, kLiteral)) {
    const auto byte = static_cast<uint8_t>(c);
    if (column_[byte] == 0) column_[byte] = static_cast<uint8_t>(columns_++);
    auto& children = tree_[at].children;
    const auto child = std::find_if(children.begin(), children.end(), [&](auto& edge) { return edge.first == byte; });
    if (child != children.end()) {
      at = child->second;
      continue;
    }
    const auto made = static_cast<uint32_t>(tree_.size());
    children.emplace_back(byte, made);
    tree_.emplace_back();
    at = made;
  }
  tree_[at].needs.push_back(need);
}

// Aho and Corasick's automaton with all failures followed beforehand.
void RuleFilter::build_steps() {
  if (tree_.empty()) tree_.emplace_back();
  std::vector<uint32_t> fallback(tree_.size(), 0), order{0};
  steps_.assign(tree_.size() * columns_, 0);
  for (size_t i = 0; i < order.size(); ++i) {
    const uint32_t at = order[i];
    if (at != 0) {
      const auto& shorter = tree_[fallback[at]].needs;
      tree_[at].needs.insert(tree_[at].needs.end(), shorter.begin(), shorter.end());
      std::copy_n(steps_.begin() + fallback[at] * columns_, columns_, steps_.begin() + at * columns_);
    }
    for (const auto& [byte, child] : tree_[at].children) {
      uint32_t& step = steps_[at * columns_ + column_[byte]];
      fallback[child] = at == 0 ? 0 : step;
      step = child;
      order.push_back(child);
    }
  }
  ends_.resize(tree_.size());
  for (size_t i = 0; i < tree_.size(); ++i) {
    std::vector<uint32_t>& needs = tree_[i].needs;
    std::sort(needs.begin(), needs.end());
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    ends_[i] = {static_cast<uint32_t>(ended_.size()), static_cast<uint32_t>(needs.size())};
    ended_.insert(ended_.end(), needs.begin(), needs.end());
  }
  for (uint32_t& step : steps_) step = step * columns_ | (ends_[step].count > 0 ? kEnds : 0);
}

void RuleFilter::finish() {
  for (char c = 'A'; c <= 'Z'; ++c) column_[static_cast<uint8_t>(c)] = column_[lower(c)];
  build_steps();
  always_.assign((rules_.size() + 63) / 64, 0);
  for (size_t r = 0; r < rules_.size(); ++r) {
    missing_.push_back(rules_[r].literal_needs);
    if (rules_[r].literal_needs == 0) always_[r / 64] |= uint64_t{1} << (r % 64);
  }
  for (const std::vector<uint32_t>& rules : rules_of_need_) {
    followers_.push_back({static_cast<uint32_t>(followed_.size()), static_cast<uint32_t>(rules.size())});
    followed_.insert(followed_.end(), rules.begin(), rules.end());
  }
  tree_.clear();
  needs_.clear();
  rules_of_need_.clear();
}

// What ends in this state is there.
void RuleFilter::meet(uint32_t state, Scratch& scratch) const {
  const List ends = ends_[state / columns_];
  for (uint32_t i = ends.first; i < ends.first + ends.count; ++i) {
    const uint32_t need = ended_[i];
    uint64_t& met = scratch.met_[need / 64];
    if (met >> (need % 64) & 1) continue;
    met |= uint64_t{1} << (need % 64);
    const List rules = followers_[need];
    for (uint32_t k = rules.first; k < rules.first + rules.count; ++k) {
      const uint32_t rule = followed_[k];
      if (--scratch.missing_[rule] == 0) scratch.rules_[rule / 64] |= uint64_t{1} << (rule % 64);
    }
  }
}

void RuleFilter::find(std::string_view tagged, Scratch& scratch) const {
  scratch.rules_ = always_;
  scratch.missing_ = missing_;
  scratch.met_.assign((followers_.size() + 63) / 64, 0);
  uint32_t state = 0;
  for (char c : tagged) {
    const uint32_t step = steps_[state + column_[static_cast<uint8_t>(c)]];
    state = step & ~kEnds;
    if ((step & kEnds) != 0) meet(state, scratch);
  }
}

}  // namespace factmill
