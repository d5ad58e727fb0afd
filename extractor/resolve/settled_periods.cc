// What a period becomes once it is known whose figure it is: a year that still runs ends with what is known, a day of
// saying is no day of counting, a cumulative figure is of its last day.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {

void Resolver::from_new_year(Period& period) {
  period.date.days.from = make_day(year_of(period.date.days.to), 1, 1);
  period.date.text = period_text(period.date.days);
  period.date.kind = "ytd";
  period.role = DateSpec::Role::plain;
}

bool Resolver::is_cumulative(const Draft& draft, const Node& item) const {
  const Statement& st = *draft.statement;
  constexpr std::string_view kCumulative = "cumulative";
  return item.period_kind == kCumulative || (st.rule && st.rule->set.period_kind == kCumulative) ||
         (st.head != kNoNode && s_->node(st.head).period_kind == kCumulative) ||
         (draft.aside != kNoNode && s_->node(draft.aside).period_kind == kCumulative) ||
         (draft.period && draft.period->role == DateSpec::Role::cumulative);
}

// How far figures of this stretch are known: to the day that the sentence names, else to the end of the period that the
// paragraph, the title or the article reports on, else to the publish date.
std::optional<Day> Resolver::known_until(const Interval& days) const {
  const auto lies_in = [&](Day day) { return days.from <= day && day < days.to && (!published_ || day <= *published_); };
  for (int32_t n : s_->node_at) {
    if (n == kNoNode || s_->node(n).slot(Slot::period) == kNoNode) continue;
    const auto named = resolve_period(s_->node(n).slot(Slot::period), "sentence", Direction::past, {});
    if (named && named->role == DateSpec::Role::as_of && lies_in(named->date.days.to)) return named->date.days.to;
  }
  const auto end_of = [&](const std::optional<Period>& known) {
    return known && known->date.days != days && lies_in(known->date.days.to) ? std::optional<Day>(known->date.days.to) : std::nullopt;
  };
  // The latest of them: the week before may be spoken of in between.
  const std::optional<Day> latest = std::max({end_of(last_period_), end_of(title_period_), end_of(report_period_)});
  if (latest) return latest;
  if (const std::optional<Day> counted = end_of(last_as_of_)) return counted;
  return published_inferred_ ? std::nullopt : published_;
}

// Figures that somebody counted are of days that are over: "by the end of May" and "this year" are from January on.
void Resolver::settle_count(Draft& draft) const {
  Period& period = *draft.period;
  const Interval& days = period.date.days;
  const bool as_of = period.role == DateSpec::Role::as_of;
  // "As of January, its share was 1.7 percent": what is counted over a time is of that time.
  if (as_of && period.whole && !period.ends && (s_->node(draft.statement->value).tag == Tag::percent || period.whole->kind == "range" || period.whole->kind == "week")) {
    period.date = *period.whole;
    period.role = DateSpec::Role::plain;
    return;
  }
  // "Free cash flow at the end of the quarter" is of the quarter.
  if (as_of && period.whole && period.ends && metric_of(draft).of_results && is_of_results(period.whole->days)) {
    period.date = *period.whole;
    period.role = DateSpec::Role::plain;
    return;
  }
  // "Revenue through the second half" is of the half.
  if (period.role == DateSpec::Role::until && period.whole && period.whole->kind == "half" && month_of(period.whole->days.from) != 1) {
    period.date = *period.whole;
    period.role = DateSpec::Role::plain;
    return;
  }
  const bool ends = period.role == DateSpec::Role::until || period.role == DateSpec::Role::by;
  // "Rose to 4.2 million by September" is of the months up to then.
  const bool month = period.role == DateSpec::Role::by && days == month_interval(year_of(days.from), month_of(days.from));
  if (ends && (days.from == days.to || month)) return from_new_year(period);
  const bool since_new_year = period.role == DateSpec::Role::since && days.from == year_interval(year_of(days.from)).from &&
                              year_of(days.from) == year_of(days.to);
  const bool runs = period.date.kind == "year" && !period.expected && !metric_of(draft).of_results && period.role == DateSpec::Role::plain && published_ && !published_inferred_ &&
                    days.from <= *published_ && *published_ < days.to;
  if (!since_new_year && !runs) return;
  const std::optional<Day> end = known_until(year_interval(year_of(days.from)));
  if (!end || *end <= days.from) return;
  period.date.days.to = *end;
  from_new_year(period);
}

// "It lowered its annual goal to 600,000 in May": what is expected is of the year, and May the month in which it was said. So
// is a target beside figures of the year so far or of one month of it: "or 70.9 percent of its target of 4.6 million".
void Resolver::settle_outlook(const Statement& st, Draft& draft) const {
  const Period& said = *draft.period;
  if (!published_ || said.role == DateSpec::Role::by || said.role == DateSpec::Role::until) return;
  const std::string_view kind = said.date.kind;
  if (said.date.days.to >= *published_ && kind != "ytd") return;
  const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;
  const bool of_host = host && host->modality == draft.modality;
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool named = said.from == "clause" && !(host && (own == kNoNode || own == host->slots[static_cast<size_t>(Slot::period)]));
  const bool beside = draft.modality == "target" && !named;
  if (!(beside && !of_host && (kind == "ytd" || kind == "month" || kind == "as_of"))) {
    if ((kind != "day" && kind != "month") || said.role != DateSpec::Role::plain || reports_on(said.date.days)) return;
    if (host && !of_host) return;
  }
  const Interval year = year_interval(year_of(said.date.days.to));
  draft.period = Period{{period_text(year), year, "year", false}, "published", DateSpec::Role::plain, true};
}

// "Revenue grew 53.6 percent to RMB 2.38 billion last year": the change is of the time that its level is said to be of.
void Resolver::date_changes() {
  for (Draft& change : drafts_) {
    const Statement& st = *change.statement;
    if (!st.change || st.host >= 0 || st.head == kNoNode || (change.period && change.period->from == "clause")) continue;
    const auto level = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& other) {
      return !other.statement->change && other.statement->head == st.head && other.statement->metric == st.metric && other.statement->host < 0;
    });
    if (level != drafts_.end() && level->period && level->period->from == "clause") change.period = level->period;
  }
}

void Resolver::settle_period(const Statement& st, Draft& draft) const {
  if (!draft.period || metric_of(draft).time != TimeKind::flow || is_cumulative(draft, s_->node(st.value))) return;
  if (draft.modality == "actual") return settle_count(draft);
  // "It will present its new number on Friday; in July it still expected 450,000": nothing is expected of one day.
  const Period& period = *draft.period;
  if (draft.modality == "forecast" && period.date.kind == "day" && period.role == DateSpec::Role::plain && metric_of(draft).outlook) {
    // "It cut its forecast for the year to 4.7 million on Thursday"
    draft.period.reset();
    for (uint32_t i = draft.left_limit; !draft.period && i < draft.right_limit; ++i) {
      const int32_t n = s_->node_at[i];
      if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
      draft.period = period_of_when(n, Direction::likely_future, period_spoken_of(st, true));
      if (draft.period && (draft.period->date.kind == "day" || draft.period->role != DateSpec::Role::plain)) draft.period.reset();
    }
    if (!draft.period) draft.period = carried_period(draft);
    return;
  }
  if (draft.modality == "guidance" || draft.modality == "target") settle_outlook(st, draft);
}

// Cumulative figures are of a day, or due by one; those "from January to October" are of these months.
std::optional<Resolver::Period> Resolver::period_of_item(const Draft& draft, const Node& item) const {
  std::optional<Period> period = draft.period;
  if (!is_cumulative(draft, item) || !period || period->date.kind == "ytd") return period;
  const Interval& days = period->date.days;
  if (period->date.kind == "range" && days.from == make_day(year_of(days.from), 1, 1)) return period;
  // "For the second quarter it cumulatively delivered 23,520": the one count of its sentence, and of the quarter.
  const bool sum = period->from == "clause" && period->role == DateSpec::Role::plain && (period->date.kind == "quarter" || period->date.kind == "half");
  const bool alone = std::ranges::none_of(drafts_, [&](const Draft& other) {
    return other.statement != draft.statement && !other.statement->change && other.statement->metric == draft.statement->metric;
  });
  if (sum && alone && draft.modality == "actual") return period;
  if (period->role == DateSpec::Role::until && draft.modality == "actual") {  // "cumulative sales through May"
    from_new_year(*period);
    return period;
  }
  if (draft.modality != "actual") {
    period->date.kind = "by";
    return period;
  }
  if (period->from == "title") return {};  // the article's month is not the figure's
  period->date.kind = "cumulative";
  period->date.days.from = period->date.days.to;
  period->date.text = to_string(period->date.days.to);
  return period;
}

}  // namespace factmill
