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

// Does what stands between the statement and a time behind it say that the time is not its own: "up from 4th in June"?
bool Resolver::follows_comparison(uint32_t position, uint32_t when) const {
  const auto& comparison = pack_.resolution.comparison;
  if (!comparison) return false;
  std::array<Span, 1> match;
  if (comparison->find(s_->tagged, position, match) && match[0].begin < when) return true;
  // Rules may have folded the word: "less than 26.4 percent in the same quarter".
  const std::string_view between = std::string_view(doc_->text).substr(s_->text_begin(position), s_->text_begin(when) - s_->text_begin(position));
  return comparison->find(between, 0, match);
}

// The one time named later in its clause, of a stock the first day: "611 stores, covering 185 cities, at the end of June".
std::optional<Resolver::Period> Resolver::period_right_of(uint32_t position, bool stock, Direction direction,
                                                          const std::optional<Interval>& about) const {
  if (!stock && !boundaries_.empty()) return {};
  std::optional<Period> found;
  for (uint32_t i = position; i < s_->tagged.size(); ++i) {
    if (i > position && std::binary_search(boundaries_.begin(), boundaries_.end(), i)) break;
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::when || is_compared_time(i, position)) continue;
    // "690 stores and 2,115 stations, including 928 fast ones, at the end of March": set off, it is a time for all.
    const bool set_off = stock && i >= 2 && s_->tagged[i - 1] == ' ' && s_->tagged[i - 2] == ',';
    if (found || (!set_off && follows_comparison(position, i))) return {};
    found = period_of_when(n, direction, about);
    if (!found || found->back) return {};
    if (stock) return found->role == DateSpec::Role::as_of ? found : std::nullopt;
  }
  return found;
}

// "7,224 in the quarter, more than double last year's 3,018": a year that owns a figure is that part of it that is spoken of.
std::optional<Resolver::Period> Resolver::same_part(const Draft& draft) const {
  for (size_t i = drafts_.size() - 1; i-- > 0;) {
    const Draft& other = drafts_[i];
    if (!other.period || other.statement->metric != draft.statement->metric || other.statement->change) continue;
    const Interval& days = other.period->date.days;
    const bool part = other.period->role == DateSpec::Role::plain && days.days() < draft.period->date.days.days();
    if (part && year_of(days.to) == year_of(draft.period->date.days.to) + 1) return period_before(*other.period, "yoy");
    return draft.period;
  }
  // "139,031 units in October. Last year this figure was 75,164."
  const auto last = last_of_metric_.find(draft.statement->metric);
  const bool goes_on = draft.statement->carried && drafts_.size() == 1 && last != last_of_metric_.end() && last->second.role == DateSpec::Role::plain;
  if (!goes_on || time_of_value(*draft.statement) != kNoNode) return draft.period;
  const Interval& days = last->second.date.days;
  const bool part = days.days() < draft.period->date.days.days() && year_of(days.to) == year_of(draft.period->date.days.to) + 1;
  return part ? period_before(last->second, "yoy") : draft.period;
}

// "Output in 2024 exceeded 10 million on November 14": the figure is of the year, and the day the one on which it was reached.
std::optional<Resolver::Period> Resolver::year_around(const Draft& draft) const {
  const Period& day = *draft.period;
  if (day.date.kind != "day" || day.role != DateSpec::Role::plain) return day;
  for (uint32_t i = draft.left_limit; i < draft.right_limit; ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::when || is_compared_time(i, draft.statement->position)) continue;
    auto year = period_of_when(n, Direction::past, {});
    if (!year || year->date.kind != "year" || year->role != DateSpec::Role::plain || day.date.days.from < year->date.days.from || day.date.days.to > year->date.days.to) continue;
    year->from = "clause";
    return year;
  }
  return day;
}

// Of another figure of the sentence, which names no time of its own: "340 stores at the end of 2023 and 16,645 employees".
std::optional<Resolver::Period> Resolver::period_beside(const Draft& draft) const {
  const bool stock = is_stock(*draft.statement);
  const auto wanted = stock ? DateSpec::Role::as_of : DateSpec::Role::plain;
  for (size_t i = drafts_.size() - 1; draft.modality == "actual" && i-- > 0;) {
    const Draft& other = drafts_[i];
    const TimeKind time = metric_of(other).time;
    if (!other.period || other.modality != "actual" || other.statement->host >= 0 || other.period->role != wanted) continue;
    if (time != (stock ? TimeKind::stock : TimeKind::flow) || is_flow(*other.statement) == stock) continue;
    if (other.period->back || steps_back(*other.period) || !may_be_of(draft, *other.period)) continue;
    std::optional<Period> period = other.period;
    period->from = "sentence";
    return period;
  }
  return {};
}

// "Since its first delivery in October 2021 it has sold 229,692": all there ever was, to the day that figures are known of.
std::optional<Resolver::Period> Resolver::since_event(const Statement& st) const {
  const uint32_t low = std::min(st.position, st.head_position);
  for (const uint32_t i : since_events_) {
    const bool apart = std::ranges::any_of(boundaries_, [&](uint32_t b) { return b > std::min(i, low) && b < std::max(i, low); });
    const auto begin = apart ? std::nullopt : period_of_when(s_->node_at[i], Direction::past, {});
    if (!begin || !published_ || begin->date.days.from > *published_) continue;
    const std::optional<Day> end = known_until({begin->date.days.to + std::chrono::days(1), *published_ + std::chrono::days(1)});
    if (!end) continue;
    return Period{{to_string(*end), {*end, *end}, "cumulative", false}, "sentence", DateSpec::Role::cumulative, true};
  }
  return {};
}

// "A year ago it was 48,560, so that is a fall of 40.7 percent": a change from what was before is of the time spoken of.
bool Resolver::is_of_old_level(const Statement& st, const Period& period) const {
  if (!period.back && !steps_back(period)) return false;
  return std::ranges::any_of(drafts_, [&](const Draft& other) {
    return other.statement != &st && !other.statement->change && other.statement->metric == st.metric && other.period &&
           other.period->date.days == period.date.days;
  });
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

// Does a word right before it say that something is compared with it: "up from 200 outlets"?
bool Resolver::is_compared_value(uint32_t position) const {
  const auto& compared = pack_.resolution.compared_value;
  if (!compared) return false;
  const std::string_view before = std::string_view(s_->tagged).substr(0, position);
  std::array<Span, 1> match;
  return compared->find(before, before.size() - std::min<size_t>(before.size(), kComparisonBytes), match);
}

// Is it what the value before it is compared with? Read by a loose rule, it has no rule that says so.
bool Resolver::follows_comparison(const Statement& st) const {
  if (st.host < 0 || st.change || metric_of(drafts_[static_cast<size_t>(st.host)]).id != pack_.metrics.metric(static_cast<uint32_t>(st.metric)).id) return false;
  return is_compared_value(st.position);
}

}  // namespace factmill
