// Periods that stand elsewhere: in the sentence, in the name of a report, beside an amount that was stated before.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr size_t kComparisonBytes = 24;  // "compared with just about "

std::string_view kind_of_days(const Interval& days) {
  const std::string text = period_text(days);
  if (days.from == days.to) return "day";
  if (text.size() == 4) return "year";
  if (text.size() == 7) return text[5] == 'Q' ? "quarter" : text[5] == 'H' ? "half" : "month";
  return days.days() == 7 ? "week" : "range";
}

}  // namespace

// A cumulative figure is of the day that its sentence names, wherever it stands.
std::optional<Resolver::Period> Resolver::cumulative_period(Direction direction,
                                                            const std::optional<Interval>& about) const {
  for (int32_t n : s_->node_at) {
    if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
    auto period = resolve_period(s_->node(n).slot(Slot::period), "sentence", direction, about);
    if (period && period->role == DateSpec::Role::as_of) return period;
  }
  return {};
}

// What flows is counted over a period: a day named elsewhere in the sentence is when something else happened.
bool Resolver::fits_flow(const Period& period, const Metric& metric) {
  return metric.time != TimeKind::flow || period.date.kind != "day" || period.role != DateSpec::Role::plain;
}

// Of a when elsewhere in the sentence; two months that it lists are one time.
std::optional<Resolver::Period> Resolver::period_of_when(int32_t when, Direction direction, const std::optional<Interval>& about) const {
  const int32_t date = s_->node(when).slot(Slot::period);
  if (date == kNoNode) return {};
  std::optional<Period> period = s_->node(date).list ? joined_period(date, direction, about) : resolve_period(date, "sentence", direction, about);
  if (period) period->from = "sentence";
  return period;
}

// Leftwards in the sentence; of periods that an earlier value owns to its right only the plain ones.
std::optional<Resolver::Period> Resolver::period_left_of(uint32_t position, Direction direction,
                                                         const std::optional<Interval>& about, const Draft* of) const {
  for (uint32_t i = position; i-- > 0;) {
    i = outside(i, position);
    int32_t n = s_->node_at[i];
    if (n == kNoNode || !is_transparent(s_->node(n).tag) || s_->node(n).slot(Slot::period) == kNoNode || is_compared_time(i, position) || is_said_time(i, position)) continue;
    auto period = period_of_when(n, direction, about);
    if (!period || (of && !(may_be_of(*of, *period) && fits_flow(*period, metric_of(*of))))) continue;
    bool before_all = std::none_of(statements_->begin(), statements_->end(),
                                   [&](const Statement& other) { return other.position < i; });
    if (before_all || period->role == DateSpec::Role::plain) return period;
  }
  return {};
}

// The one day named later in its clause: "611 stores, covering 185 cities, at the end of June".
std::optional<Resolver::Period> Resolver::period_right_of(uint32_t position, bool stock, Direction direction,
                                                          const std::optional<Interval>& about) const {
  if (!stock && !boundaries_.empty()) return {};
  int32_t later = kNoNode;
  uint32_t later_at = 0;
  for (uint32_t i = position; i < s_->tagged.size(); ++i) {
    if (i > position && std::binary_search(boundaries_.begin(), boundaries_.end(), i)) break;
    int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
    if (later != kNoNode) return {};
    later = n;
    later_at = i;
  }
  if (later == kNoNode) return {};
  if (const auto& comparison = pack_.resolution.comparison) {
    std::array<Span, 1> match;
    if (comparison->find(s_->tagged, position, match) && match[0].begin < later_at) return {};
    // Rules may have folded the word: "up from 4th in June", "less than 26.4 percent in the same quarter".
    const std::string_view between = std::string_view(doc_->text).substr(s_->text_begin(position), s_->text_begin(later_at) - s_->text_begin(position));
    if (comparison->find(between, 0, match)) return {};
  }
  auto period = period_of_when(later, direction, about);
  if (period && stock && period->role != DateSpec::Role::as_of) return {};
  return period;
}

// "Its third-quarter results showed revenue of": figures of a report are of what it reports on.
std::optional<Resolver::Period> Resolver::period_of_report(const Draft& draft) const {
  for (int32_t n : s_->node_at) {
    if (n == kNoNode || s_->node(n).slot(Slot::report) == kNoNode) continue;
    const auto period = resolve_period(s_->node(n).slot(Slot::report), "sentence", Direction::past, {});
    if (period && period->role == DateSpec::Role::plain && may_be_of(draft, *period)) return period;
  }
  return {};
}

// "Of the 13.9 billion, 9.2 billion were": the period of the fact that is spoken of once more.
std::optional<Resolver::Period> Resolver::period_of_amount(const Statement& st) const {
  for (uint32_t i = std::min(st.position, st.head_position); i-- > 0;) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).value == kNoNode || !is_value(s_->node(n).tag)) continue;
    const auto states = [&](const Statement& other) { return other.value == n; };
    if (std::any_of(statements_->begin(), statements_->end(), states)) continue;
    const Value& amount = m_->values.values[static_cast<size_t>(s_->node(n).value)];
    if (amount.is_range || amount.type == ValueType::date || amount.bare) continue;
    const auto fact = std::find_if(facts_.rbegin(), facts_.rend(), [&](const Fact& f) {
      return f.value == amount.low && f.measure == "level" && f.modality == "actual" && !f.period.empty();
    });
    if (fact == facts_.rend()) continue;
    const auto from = parse_day(fact->period_start), to = parse_day(fact->period_end);
    if (!from || !to) continue;
    const std::string_view kind = fact->period_kind == "ytd" ? "ytd" : fact->period_kind == "range" ? "range" : kind_of_days({*from, *to});
    return Period{{period_text({*from, *to}), {*from, *to}, kind, false}, "paragraph", DateSpec::Role::plain, false};
  }
  return {};
}

// Is it what the value before it is compared with? Read by a loose rule, it has no rule that says so.
bool Resolver::follows_comparison(const Statement& st) const {
  const auto& compared = pack_.resolution.compared_value;
  if (!compared || st.host < 0 || st.change || metric_of(drafts_[static_cast<size_t>(st.host)]).id != pack_.metrics.metric(static_cast<uint32_t>(st.metric)).id) return false;
  const std::string_view before = std::string_view(s_->tagged).substr(0, st.position);
  std::array<Span, 1> match;
  return compared->find(before, before.size() - std::min<size_t>(before.size(), kComparisonBytes), match);
}

}  // namespace factmill
