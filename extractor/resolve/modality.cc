// How sure and by whom it is said: cues, speakers, outlooks.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr auto kFarAhead = std::chrono::days(45);
constexpr std::string_view kAnalyst = "analyst";   // of the contract
constexpr std::string_view kProposed = "proposed";  // the same
constexpr std::string_view kGuidance = "guidance";  // the same
constexpr std::string_view kPlan = "plan", kExpect = "expect";  // cues of rules; the others are modalities of the contract

}  // namespace

// The nearest body, regulator or analyst to the left, else an analyst or a body that speaks: it is the source, not the subject.
uint32_t Resolver::source_left_of(uint32_t position) const {
  for (uint32_t i = position; i-- > 0;) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::company || s_->node(n).entity == kNoNode) continue;
    const auto company = static_cast<uint32_t>(s_->node(n).entity);
    if (is_source(company)) return company;
  }
  for (int32_t n : s_->node_at) {  // "deliveries will rise to 21,000, Morgan Stanley said"
    const int32_t speaker = n == kNoNode ? kNoNode : s_->node(n).slot(Slot::speaker);
    if (speaker == kNoNode || s_->node(speaker).tag != Tag::company || s_->node(speaker).entity == kNoNode) continue;
    const auto company = static_cast<uint32_t>(s_->node(speaker).entity);
    if (entity_at(company).kind == kAnalyst || std::ranges::count(pack_.resolution.market_kinds, entity_at(company).kind) > 0) return company;
  }
  return kNoEntity;
}

std::string Resolver::modality_of(const Statement& st, std::string_view cue, Draft& draft) const {
  const auto& outlooks = pack_.resolution.outlook_modalities;
  if (std::find(outlooks.begin(), outlooks.end(), cue) == outlooks.end()) return std::string(cue);
  const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(st.metric));
  if (metric.as_is) return "actual";
  if (metric.is_price()) return cue == kExpect ? "forecast" : cue == kPlan ? "plan" : "actual";
  if (uint32_t source = source_left_of(std::max(st.position, st.head_position)); source != kNoEntity) {
    draft.attributed_to = entity_at(source).name;
    return "forecast";
  }
  if (const auto& source = pack_.resolution.unnamed_source; source && metric.time != TimeKind::once) {
    std::array<Span, 1> match;
    if (source->find(s_->tagged, 0, match) && match[0].begin < std::max(st.position, st.head_position)) {
      draft.attributed_to = kAnalyst;
      return "forecast";
    }
  }
  // "UBS expects 2.0 million this year. They see 425,000 in the first quarter."
  if (const auto& again = pack_.resolution.source_again; again && !last_source_.empty() && again->matches_part(s_->span.of(doc_->text))) {
    draft.attributed_to = last_source_;
    return "forecast";
  }
  if (draft.company.industry && metric.time != TimeKind::once) return "forecast";
  return metric.outlook && cue != kPlan ? "guidance" : "plan";
}

// A mention with a modality of its own keeps its words to itself: "above the estimate of 19.3 billion, an increase of 8 percent".
bool Resolver::is_of_another(Span cue, const Statement& st) const {
  const auto keeps = [&](int32_t index) {
    if (index == kNoNode || index == st.value) return false;
    const Tag tag = s_->node(index).tag;
    // "(at the high end of its guidance)"
    const std::string_view text = s_->node(index).span.of(doc_->text);
    const bool bracket = tag == Tag::aside && text.find_first_not_of(' ') != std::string_view::npos && text[text.find_first_not_of(' ')] == '(';
    if (s_->node(index).modality.empty() && !bracket) return false;
    return (tag == Tag::reference || tag == Tag::aside) && s_->node(index).span.contains(cue);
  };
  const bool kept = std::any_of(s_->node_at.begin(), s_->node_at.end(), [&](int32_t n) {
    return n != kNoNode && (keeps(n) || keeps(s_->node(n).slot(Slot::reference)));
  });
  // "Nio met its target of 80,000 units, notching 35,486 deliveries in March": only the first was aimed at.
  const Span value = s_->node(st.value).span;
  return kept || std::any_of(met_outlooks_.begin(), met_outlooks_.end(),
                             [&](Span met) { return met.contains(cue) && !met.contains(value); });
}

// Does the bracket that the text stands in end before the value: "(at the high end of its guidance), sales were"?
bool Resolver::in_closed_bracket(uint32_t at, uint32_t value) const {
  int open = 0;
  for (; at < value; ++at) {
    if (doc_->text[at] == '(') ++open;
    if (doc_->text[at] == ')' && --open < 0) return true;
  }
  return false;
}

// "It expects $8 billion, down from $10 billion": what it comes from was counted, unless an outlook is moved.
bool Resolver::counted_before(const Statement& st) const {
  if (!follows_comparison(st)) return false;
  const auto& revision = pack_.resolution.revision;
  std::array<Span, 1> match;
  return !(revision && revision->find(s_->tagged, 0, match));
}

// Does another figure of amounts stand between the cue and this one, with a head of its own behind it: "a target of 140,000, deliveries 118,685"?
bool Resolver::is_taken(Span cue, const Statement& st) const {
  return std::any_of(statements_->begin(), statements_->end(), [&](const Statement& other) {
    if (&other == &st || other.change || other.value == st.value) return false;
    const uint32_t at = s_->node(other.value).core.begin;
    const bool between = cue.end <= at && at < s_->node(st.value).core.begin;
    return between && !st.change && st.host < 0 && st.head != kNoNode && st.head_position > other.position;
  });
}

void Resolver::read_modality(const Statement& st, Draft& draft) {
  draft.modality = "actual";
  const Node& value = s_->node(st.value);
  auto text_at = [&](uint32_t byte) { return byte < s_->origin.size() ? s_->origin[byte] : s_->span.end; };
  uint32_t clause = s_->span.begin;
  const uint32_t low = std::min(st.position, st.head_position);
  for (uint32_t b : boundaries_) {
    if (b < low) clause = std::max(clause, text_at(b));
  }
  if (antecedent_.end > 0) clause = std::max(clause, text_at(antecedent_.end));
  // The nearest cue to the left of the value, in its clause; strong ones anywhere in it. A cue behind counts if it says
  // so.
  const auto& outlooks = pack_.resolution.outlook_modalities;
  const auto looks_ahead = [&](std::string_view cue) { return std::find(outlooks.begin(), outlooks.end(), cue) != outlooks.end(); };
  // What a car is, and what it will cost, stands as it is said.
  const Metric& metric = metric_of(draft);
  const auto says_nothing = [&](std::string_view cue) {
    if (metric.is_specification()) return looks_ahead(cue) || cue == "estimate";
    return metric.is_price() && looks_ahead(cue) && cue != kExpect && cue != kPlan;
  };
  // "Great Wall, which had targeted 1.9 million, ended the year at 1.23 million": what is put in has a modality of its own.
  const auto is_put_in = [&](Span cue) {
    return std::ranges::any_of(insertions_, [&](Span insertion) {
      return insertion.end <= low && text_at(insertion.begin) <= cue.begin && cue.end <= text_at(insertion.end);
    });
  };
  const Cue* nearest = nullptr;
  uint32_t best = 0;
  const uint32_t left_end =
      std::max(value.core.begin, st.head == kNoNode ? 0 : std::min(s_->node(st.head).span.end, s_->span.end));
  const uint32_t reach_end = std::max(left_end, text_at(draft.right_limit));
  auto first = std::lower_bound(m_->cues.begin(), m_->cues.end(), clause,
                                [](const CueHit& hit, uint32_t at) { return hit.span.begin < at; });
  for (; first != m_->cues.end() && first->span.begin < reach_end; ++first) {
    const CueHit& hit = *first;
    const Cue& cue = pack_.cues.all()[hit.cue];
    if (hit.span.begin >= left_end && !cue.follows) continue;
    if (cue.next && is_taken(hit.span, st)) continue;
    if (says_nothing(cue.modality) || is_of_another(hit.span, st) || in_closed_bracket(hit.span.end, value.core.begin) || is_put_in(hit.span)) continue;
    if (cue.strong) {
      nearest = &cue;
      best = reach_end;  // nothing said before it counts
      break;
    }
    if (!nearest || hit.span.begin >= best) {
      nearest = &cue;
      best = hit.span.begin;
    }
  }
  draft.looks_ahead = nearest && nearest->ahead;
  std::string_view set = metric.modality;
  if (!value.modality.empty()) set = value.modality;
  if (st.head != kNoNode && !s_->node(st.head).modality.empty()) set = s_->node(st.head).modality;
  if (st.rule && !st.rule->set.modality.empty()) set = st.rule->set.modality;
  if (!set.empty()) {
    draft.modality = set;
  } else if (nearest) {
    draft.modality = modality_of(st, nearest->modality, draft);
  } else if (intro_ && intro_->cue) {
    draft.modality = modality_of(st, intro_->cue->modality, draft);
  }
  // "Brussels proposes 16.5% for BYD. Tesla gets 8.5%."
  if (st.carried && set.empty() && !nearest) {
    if (auto last = last_modality_.find(st.metric); last != last_modality_.end() && last->second == kProposed) draft.modality = kProposed;
  }
  if (st.host >= 0 && set.empty()) {
    const Draft& host = drafts_[static_cast<size_t>(st.host)];
    uint32_t host_at = text_at(host.statement->position);
    const bool inserted = outside(host.statement->position, st.position) != host.statement->position;
    if (!inserted && (!nearest || best < host_at)) {
      draft.modality = counted_before(st) ? "actual" : host.modality;
      draft.attributed_to = host.attributed_to;
    }
  }
  if (draft.modality == kGuidance && draft.company.industry) draft.modality = "forecast";  // a market guides nobody
  const auto& silent = pack_.resolution.silent_modalities;
  draft.silent = std::find(silent.begin(), silent.end(), draft.modality) != silent.end();
  for (const Node* node : {&value, st.head != kNoNode ? &s_->node(st.head) : nullptr}) {
    if (node && !node->status.empty()) draft.status = node->status;
  }
  if (st.rule && !st.rule->set.status.empty() && !states_previous(st, draft)) draft.status = st.rule->set.status;
}

// A figure of days to come is none that somebody counted.
void Resolver::look_ahead(Draft& draft) const {
  const Metric& metric = metric_of(draft);
  if (!draft.period || !published_) return;
  const Interval& days = draft.period->date.days;
  // What is left over of a time that is past is no outlook, what was counted over one no plan; what is estimated of a time to come is a forecast.
  const bool over = metric.time == TimeKind::flow && days.to < *published_;
  if (over && (draft.modality == "implied" || (draft.modality == kPlan && draft.period->from == "clause"))) draft.modality = "actual";
  if (draft.modality == "estimate" && metric.time == TimeKind::flow && days.to > *published_ + kFarAhead) draft.modality = "forecast";
  if (draft.modality == "actual" && draft.period->expected) draft.modality = "forecast";
  if (draft.modality != "actual" || published_inferred_) return;
  // Results of a year are known when it is over.
  const bool named = draft.period->from == "clause" || draft.period->from == "sentence";
  const bool runs = named && metric.of_results && draft.period->date.kind == "year" && days.to > *published_ + kFarAhead;
  if (metric.time == TimeKind::timeless || (days.from <= *published_ && !runs)) return;
  if (metric.time == TimeKind::once) return;  // in force until then, or said to be to come
  draft.modality = draft.company.industry ? "forecast" : metric.outlook ? "guidance" : "plan";
}

void Resolver::read_source(Draft& draft) {
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (int32_t on = s_->node(n).slot(Slot::stated_on); on != kNoNode && draft.stated_on.empty()) {
      if (auto day = resolve_period(on, "clause", Direction::past, {}); day && day->date.text != published_text_)
        draft.stated_on = day->date.text;
    }
    int32_t speaker = s_->node(n).slot(Slot::speaker);
    if (speaker == kNoNode || !draft.attributed_to.empty()) continue;
    const Node& who = s_->node(speaker);
    if (who.entity == kNoNode) continue;
    const Entity& e = entity_at(static_cast<uint32_t>(who.entity));
    bool same = draft.company.entity == static_cast<uint32_t>(who.entity) || e.tag == Tag::anaphor;
    if (!same && (e.tag == Tag::person || e.tag == Tag::company)) draft.attributed_to = e.name;
  }
}

}  // namespace factmill
