// When: the period of a statement, from its own context to the document's.
#include <algorithm>

#include "mention/timex.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr std::string_view kFlow = "flow";  // period_kind of a rule: not a stock

// The kind of period that a unit of the calendar is; empty for days and what is none.
std::string_view kind_of_grain(DateSpec::Grain grain) {
  switch (grain) {
    case DateSpec::Grain::week: return "week";
    case DateSpec::Grain::month: return "month";
    case DateSpec::Grain::quarter: return "quarter";
    case DateSpec::Grain::half: return "half";
    case DateSpec::Grain::year: return "year";
    default: return "";
  }
}

bool is_year_long(const Interval& days) { return shifted_months({days.from, days.from}, -12).from == days.to + std::chrono::days(1); }

}  // namespace

bool is_of_results(const Interval& days) {
  constexpr int kShortestQuarter = 80;
  return (days.to - days.from).count() >= kShortestQuarter;
}

std::optional<Resolver::Period> Resolver::resolve_period(int32_t index, std::string_view from, Direction direction,
                                                         const std::optional<Interval>& about) const {
  const Node& node = s_->node(index);
  if (node.value == kNoNode) return {};
  const Value& value = m_->values.values[static_cast<size_t>(node.value)];
  if (value.type != ValueType::date) return {};
  const DateSpec spec = calendar_spec(named_year(joined_spec(index, m_->values.dates[value.date]), direction));
  DateContext context{published_, about, direction};
  // An outlook on a quarter that the article reports on is the earlier one of that quarter.
  if (direction == Direction::likely_future && lacks_year(spec)) {
    if (auto past = resolve_date(spec, {published_, about, Direction::past}); past && reports_on(past->days)) context.direction = Direction::past;
  }
  if (auto unit = unit_spoken_of(spec, direction)) context.period = unit;
  // "To date" of a text that spoke of the spring is not over with it.
  constexpr int kStaleDays = 62;
  if (spec.role == DateSpec::Role::cumulative && about && published_ && (*published_ - about->to).count() > kStaleDays) context.period.reset();
  // "So far this year", behind figures of the week before last.
  if (spec.role == DateSpec::Role::ytd && context.period && published_) {
    for (const std::optional<Period>* known : {&title_period_, &report_period_}) {
      const Day end = *known ? (*known)->date.days.to : context.period->to;
      if (end > context.period->to && end <= *published_ && year_of(end) == year_of(context.period->to)) context.period = (*known)->date.days;
    }
  }
  auto resolved = resolve_date(spec, context);
  if (!resolved) return {};
  Period period{*resolved, from, spec.role, false, spec.expected};
  period.back = spec.anchor == DateSpec::Anchor::context && (spec.offset < 0 || (spec.keeps_length && spec.year != 0));
  if ((spec.role == DateSpec::Role::as_of || spec.role == DateSpec::Role::until) && (spec.grain != DateSpec::Grain::day || spec.end_day != 0)) {
    DateSpec plain = spec;
    plain.role = DateSpec::Role::plain;
    plain.part = DateSpec::Part::whole;
    period.whole = resolve_date(plain, context);
    period.ends = spec.part == DateSpec::Part::end;
  }
  bool needs_day = spec.anchor == DateSpec::Anchor::published || resolved->year_inferred;
  period.inferred = needs_day && published_inferred_;
  return period;
}

// The period that relative words of this statement start from.
std::optional<Interval> Resolver::period_spoken_of(const Statement& st, bool ahead) const {
  if (ahead) {
    for (const std::optional<Period>* outlook : {&last_outlook_, &announced_}) {
      if (*outlook) return (*outlook)->date.days;
    }
  }
  // "8.96 GWh in the first quarter; a year ago it was 3.79 GWh": of the sentence before all.
  const auto stated = std::find_if(drafts_.rbegin(), drafts_.rend(), [&](const Draft& draft) {
    const bool plain = draft.period && (draft.period->role == DateSpec::Role::plain || draft.period->role == DateSpec::Role::as_of);
    return plain && !draft.period->back && draft.modality == "actual" && draft.statement->metric == st.metric && !draft.statement->change && draft.period->from == "clause";
  });
  // "At the end of 2024 it had 500 stores. A year earlier it had 420."
  const std::optional<Period>* known[] = {st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)].period : nullptr,
                                          stated != drafts_.rend() ? &stated->period : nullptr, is_stock(st) ? &last_as_of_ : nullptr, &last_period_, &last_spoken_, &report_period_, &title_period_};
  for (const std::optional<Period>* period : known) {
    if (period && *period) return (*period)->date.days;
  }
  return {};
}

// "For the quarter": the title's; else the latest one that figures were of; else the last one that is over.
std::optional<Interval> Resolver::unit_spoken_of(const DateSpec& spec, Direction direction) const {
  if (spec.anchor != DateSpec::Anchor::context || spec.offset != 0 || spec.year != 0 || spec.month != 0) return {};
  // "Revenue for the first nine months was, while it lost 1.5 billion in the same period."
  for (size_t i = drafts_.size(); spec.grain == DateSpec::Grain::range && i-- > 1;) {
    const Draft& draft = drafts_[i - 1];
    if (draft.period && draft.modality == "actual" && !draft.statement->change) return draft.period->date.days;
  }
  const std::string_view kind = kind_of_grain(spec.grain);
  if (kind.empty()) return {};
  // "Since the beginning of the year", whatever year was spoken of.
  if (spec.role == DateSpec::Role::since && spec.grain == DateSpec::Grain::year && published_) return year_interval(year_of(*published_));
  if (direction == Direction::future || direction == Direction::likely_future) {
    for (const std::optional<Period>* outlook : {&last_outlook_, &announced_}) {
      const bool fiscal = *outlook && spec.grain == DateSpec::Grain::year && is_year_long((*outlook)->date.days);
      if (*outlook && (fiscal || (*outlook)->date.kind == kind)) return (*outlook)->date.days;
    }
  }
  // "For the year" of an outlook is the one that runs; so is "until the end of the month".
  const bool ends = spec.role == DateSpec::Role::until || spec.role == DateSpec::Role::by;
  const bool ahead = direction != Direction::past && spec.grain == DateSpec::Grain::year;
  if (published_ && !published_inferred_ && (ahead || (ends && direction != Direction::past))) {
    DateSpec running;
    running.anchor = DateSpec::Anchor::published;
    running.grain = spec.grain;
    if (auto resolved = resolve_date(running, {published_, {}, Direction::nearest})) return resolved->days;
  }
  const bool over = direction == Direction::past && spec.grain != DateSpec::Grain::year;
  for (const std::optional<Period>* known : {&title_period_, &report_period_}) {
    if (known == &report_period_) {
      if (auto spoken = last_of_kind_.find(kind); spoken != last_of_kind_.end()) return spoken->second;
    }
    if (*known && (*known)->date.kind == kind && !(over && still_runs((*known)->date))) return (*known)->date.days;
  }
  constexpr unsigned kReported = 4;  // months in which the year before is spoken of
  const bool closed = spec.part == DateSpec::Part::end && direction == Direction::past && published_ && month_of(*published_) <= kReported;
  if (!published_ || (spec.grain == DateSpec::Grain::year && !closed)) return {};
  DateSpec last;
  last.anchor = DateSpec::Anchor::published;
  last.grain = spec.grain;
  last.offset = -1;
  auto resolved = resolve_date(last, {published_, {}, Direction::past});
  if (!resolved) return {};
  return resolved->days;
}

// "In January and February": one figure for both.
std::optional<Resolver::Period> Resolver::joined_period(int32_t index, Direction direction, const std::optional<Interval>& about) const {
  const Node& list = s_->node(index);
  if (!list.list || list.item_count == 0) return {};
  std::optional<Period> joined;
  for (uint32_t k = 0; k < list.item_count; ++k) {
    std::optional<Period> item = resolve_period(s_->items[list.first_item + k], "clause", direction, about);
    if (!item) return {};
    if (joined && item->date.days.from != joined->date.days.to + std::chrono::days(1)) return {};
    if (joined) item->date.days.from = joined->date.days.from;
    joined = item;
  }
  joined->date.text = period_text(joined->date.days);
  if (list.item_count > 1) joined->date.kind = "range";
  return joined;
}

// "Sales rose to 25,158 from 21,680": the second figure is one of an earlier period. An earlier target is of the same.
bool Resolver::states_previous(const Statement& st, const Draft& draft) const {
  if (!st.rule || st.rule->set.status != "previous") return false;
  return metric_of(draft).time == TimeKind::flow && draft.modality == "actual";
}

// The host's period moved back by the basis of a change that the sentence states of it; by a year where it states none.
std::optional<Resolver::Period> Resolver::previous_period(const Statement& st, const Draft& host) const {
  if (!host.period) return {};
  constexpr int64_t kWeekDays = 7;
  std::string basis = host.period->date.days.days() == kWeekDays ? "wow" : "yoy";
  for (const Statement& other : *statements_) {
    if (!other.change || other.metric != st.metric) continue;
    const Node& change = s_->node(other.value);
    if (change.list) continue;
    bool assumed = false;
    const std::string said = basis_of(change, host.period, change.slot(Slot::compared), assumed);
    if (!assumed) basis = said;
    break;
  }
  return period_before(*host.period, basis);
}

// A quotation is of a day, the published one where none is named. A move may be of a longer time, which then ends there:
// "down 13.8 percent this year".
void Resolver::read_quote_period(const Statement& st, const std::optional<Interval>& about, Draft& draft) {
  const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool own_is_host = host && own == host->slots[static_cast<size_t>(Slot::period)];
  const uint32_t end = std::max(st.position, st.head_position);
  std::optional<Period> period;
  if (own != kNoNode && !own_is_host && !s_->node(own).list)
    period = resolve_period(own, "clause", Direction::past, about);
  if (!period && host && host->period) {
    draft.period = host->period;
    return;
  }
  // Outside its clause only a day or a beginning is its own: other figures are of the months named there.
  for (bool right : {false, true}) {
    if (period) break;
    period = right ? period_right_of(end, false, Direction::past, about) : period_left_of(end, Direction::past, about);
    if (period && period->date.kind != "day" && period->role == DateSpec::Role::plain) period.reset();
  }
  const bool open = period && published_ && period->date.days.from <= *published_ && *published_ < period->date.days.to;
  if (open && st.change) {
    period->date.days.to = *published_;
    period->date.kind = period->date.kind == "year" ? "ytd" : "range";
    period->date.text = period_text(period->date.days);
  }
  // "Up 395 percent year-to-date" is up to the day of publication, whatever was said on which day.
  if (period && published_ && period->role == DateSpec::Role::ytd && period->date.days.to < *published_) {
    period->date.days.to = *published_;
    period->date.text = period_text(period->date.days);
  }
  const bool since = period && period->role == DateSpec::Role::since;
  const bool dated = period && (period->date.kind == "day" || (period->date.kind == "month" && !open));
  const bool as_of = period && period->role == DateSpec::Role::as_of;
  if (period && (st.change || (dated && !since) || as_of)) {
    draft.period = period;
    if (dated && period->date.kind == "day") last_quote_ = period;
  } else if (last_quote_ && !st.change) {
    draft.period = last_quote_;
    draft.period->from = "paragraph";
  } else if (published_) {
    ResolvedDate day{to_string(*published_), {*published_, *published_}, "day", false};
    draft.period = Period{day, "published", DateSpec::Role::plain, published_inferred_};
  }
  // "rose 10.2 percent to $231.40 on Tuesday": the day is that of the move as well.
  if (host && draft.period && draft.period->from != "published" && host->period && host->period->from == "published")
    drafts_[static_cast<size_t>(st.host)].period = draft.period;
}

// Does the mention stand between the date and the byte, all three from right to left?
bool Resolver::is_nearer(int32_t mention, int32_t date, uint32_t low) const {
  bool passed = false;
  for (uint32_t i = low; i-- > 0;) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (n == date || s_->node(n).slot(Slot::period) == date) return passed;
    passed |= n == mention;
  }
  return false;
}

// "Quarterly revenue": of the last quarter spoken of.
std::optional<Resolver::Period> Resolver::period_of_kind(const Statement& st, const Draft& draft) const {
  DateSpec unit;
  unit.anchor = DateSpec::Anchor::context;
  std::string_view kind = st.head == kNoNode ? std::string_view() : s_->node(st.head).period_kind;
  if (kind.empty() && draft.aside != kNoNode) kind = s_->node(draft.aside).period_kind;
  if (kind == "quarter") unit.grain = DateSpec::Grain::quarter;
  else if (kind == "year") unit.grain = DateSpec::Grain::year;
  else return {};
  if (kind == "year" && draft.modality != "actual") return awaited_period(DateSpec::Grain::year);
  auto days = unit_spoken_of(unit, draft.modality == "actual" ? Direction::past : Direction::future);
  if (!days) return {};
  Period period{{period_text(*days), *days, kind_of_grain(unit.grain), false}, "paragraph", DateSpec::Role::plain, true};
  if (metric_of(draft).time == TimeKind::stock && draft.modality == "actual") close(period);
  return period;
}

// "added 58 stations": of a stock, but what a period brought.
bool Resolver::is_flow(const Statement& st) const {
  if (s_->node(st.value).period_kind == kFlow || (st.head != kNoNode && s_->node(st.head).period_kind == kFlow)) return true;
  return st.host >= 0 && is_flow((*statements_)[static_cast<size_t>(st.host)]);  // "44 stations, down from 71"
}

// A stock in a sentence about a past period is as of its end: "opened 18 stores in May, bringing its total to 298". So is one
// that "had grown to 18.6 million by the end of October".
void Resolver::close(Period& period) const {
  const bool by = period.role == DateSpec::Role::by;
  if ((period.role != DateSpec::Role::plain && !by) || (period.date.kind == "day" && !by) || !published_) return;
  if (period.date.days.to > *published_) return;
  period.date.days.from = period.date.days.to;
  period.date.text = to_string(period.date.days.to);
  period.date.kind = "as_of";
  period.role = DateSpec::Role::as_of;
}

void Resolver::find_period(const Statement& st, Draft& draft) {
  const Metric& metric = metric_of(draft);
  const bool event = metric.time == TimeKind::event, stock = is_stock(st);
  const bool ahead = draft.modality == "target" || draft.modality == "guidance" || draft.modality == "plan";
  Direction direction = ahead ? Direction::likely_future : draft.modality == "actual" ? Direction::past : Direction::nearest;
  if (event) direction = draft.modality == "actual" ? Direction::nearest : Direction::future;
  const std::optional<Interval> about = period_spoken_of(st, ahead);
  const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;

  if (event) {
    draft.period = resolve_period(s_->node(st.value).slot(Slot::period), "clause", direction, about);
    // "Launched at the end of June" is in June: only of a stock it is the last day.
    if (draft.period && draft.period->role == DateSpec::Role::as_of && draft.period->whole) draft.period->date = *draft.period->whole;
    if (draft.period && draft.period->role == DateSpec::Role::until) open_until(s_->node(st.value).slot(Slot::period), *draft.period);
    return;
  }
  if (metric.time == TimeKind::quote) return read_quote_period(st, about, draft);
  if (st.change && host) {
    const Draft* of = host;
    const int32_t dated = s_->node(st.value).slot(Slot::period);  // "after a rise of 2 percent in July"
    if (dated != kNoNode) draft.period = resolve_period(dated, "clause", direction, about);
    // "It sold 750 in October and is down 50.4 percent for the year so far"
    if (const int32_t behind = dated == kNoNode ? time_behind(st) : kNoNode; behind != kNoNode) draft.period = period_of_when(behind, direction, about);
    const bool earlier = draft.period && host->period && draft.period->date.days.to < host->period->date.days.to;
    if (dated == kNoNode && draft.period && (draft.period->back || earlier)) draft.period.reset();
    if (draft.period) return;
    if (host->statement->host >= 0 && states_previous(*host->statement, *host))
      of = &drafts_[static_cast<size_t>(host->statement->host)];
    draft.period = of->period;
    return;
  }
  // Until when a price holds lies ahead.
  if (const int32_t until = draft.slots[static_cast<size_t>(Slot::period)]; until != kNoNode && direction == Direction::past && metric.time != TimeKind::flow) {
    const int32_t date = s_->node(until).value;
    const Value* value = date == kNoNode ? nullptr : &m_->values.values[static_cast<size_t>(date)];
    const DateSpec* spec = value && value->type == ValueType::date ? &m_->values.dates[value->date] : nullptr;
    if (spec && !stock && (spec->role == DateSpec::Role::until || spec->role == DateSpec::Role::by)) direction = Direction::nearest;
  }
  const bool cumulative = st.head != kNoNode && s_->node(st.head).period_kind == "cumulative";
  if (cumulative) draft.period = cumulative_period(direction, about);
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool own_is_host = host && own == host->slots[static_cast<size_t>(Slot::period)];
  // "Up from 200 outlets in 58 cities at the end of 2024": the time behind both is no less the first one's.
  if (!draft.period && stock && !st.change && draft.modality == "actual" && is_compared_value(st.position))
    draft.period = period_right_of(st.position, true, direction, about);
  // "20,400 deliveries in March, bringing its quarterly total to 79,100": the nearer of the two.
  if (!draft.period && !stock && draft.aside != kNoNode && own != kNoNode && is_nearer(draft.aside, own, std::min(st.position, st.head_position)))
    draft.period = period_of_kind(st, draft);
  if (!draft.period && metric.time == TimeKind::flow && draft.modality == "actual" && (own == kNoNode || own_is_host)) draft.period = since_event(st);
  if (!draft.period && own != kNoNode && !own_is_host && !s_->node(own).list) {
    draft.period = resolve_period(own, "clause", direction, about);
    // "It sold 190,068 last year and aims to sell 380,000": the time before it is the other figure's.
    if (draft.period && is_past_aim(draft, *draft.period) && s_->node(own).span.end <= s_->text_begin(st.position)) draft.period.reset();
    const DateSpec& spec = m_->values.dates[m_->values.values[static_cast<size_t>(s_->node(own).value)].date];
    const bool last_year = spec.grain == DateSpec::Grain::year && spec.anchor == DateSpec::Anchor::published && spec.offset == -1;
    if (draft.period && draft.period->date.kind == "year" && (time_of_value(st) != kNoNode || (st.carried && last_year && st.head != kNoNode && s_->node(st.head).tag == Tag::noun))) draft.period = same_part(draft);
    if (draft.period && metric.time == TimeKind::flow && draft.modality == "actual") draft.period = year_around(draft);
    // "$4.28 billion, enough to last until the fourth quarter": what is had now is of no time to come.
    const bool lasts = stock && draft.modality == "actual" && draft.period && draft.period->role == DateSpec::Role::until;
    if (lasts && published_ && draft.period->date.days.to > *published_) draft.period.reset();
    const bool due = draft.period && draft.period->role == DateSpec::Role::by;
    if (stock && draft.period && draft.modality == "actual" && (due || is_of_results(draft.period->date.days))) close(*draft.period);
    // The day is that of the report.
    const bool since = draft.period && draft.period->role == DateSpec::Role::since;
    // "3,542 stations in August": as of its end; a rate "in the seven days to July 20" is of these days.
    const bool calendar = draft.period && draft.period->date.kind != "range" && draft.period->date.kind != "week";
    if (calendar && stock && draft.modality == "actual") close(*draft.period);
    const bool brief = draft.period && draft.period->role == DateSpec::Role::plain && (draft.period->date.kind == "day" || draft.period->date.kind == "week");
    if (draft.period && metric.of_results && (since || brief))
      draft.period.reset();
  }
  const bool pairs = own != kNoNode && s_->node(st.value).list && s_->node(st.value).item_count == s_->node(own).item_count;
  if (!draft.period && own != kNoNode && !own_is_host && !pairs) draft.period = joined_period(own, direction, about);
  const bool apart = own != kNoNode && !own_is_host && !pairs && s_->node(own).list && !draft.period;  // "in March and June"
  if (draft.period || apart || metric.time == TimeKind::timeless || metric.time == TimeKind::once) return;
  const uint32_t end = std::max(st.position, st.head_position);
  // "from 18.8 percent to 18.0 percent": only the first is of an earlier period.
  const bool from_old = host && host->statement->host < 0 && !st.change && states_previous(*host->statement, *host);
  const bool previous = states_previous(st, draft) || (draft.modality == "actual" && !stock && follows_comparison(st));
  // Another's figure beside it is of the same time: "33,010, against 41,000 for Li Auto".
  const bool elsewhere = host && draft.slots[static_cast<size_t>(Slot::region)] != host->slots[static_cast<size_t>(Slot::region)];
  const bool others = elsewhere || (host && draft.company.entity != kNoEntity && draft.company.entity != host->company.entity);
  if (host && !from_old) draft.period = previous && !others ? previous_period(st, *host) : host->period;
  if (!draft.period && !stock) draft.period = period_of_kind(st, draft);
  if (!draft.period) {
    draft.period = period_left_of(end, direction, about, &draft);
    if (stock && draft.period && draft.modality == "actual") close(*draft.period);
    if (st.change && draft.period && is_of_old_level(st, *draft.period)) draft.period.reset();
  }
  // "That was up 27.5 percent" is of the period that the figure was of.
  const bool goes_on = st.carried && draft.modality == "actual" &&
                       (st.head == kNoNode ? st.change : s_->node(st.head).tag == Tag::noun);
  if (goes_on && !draft.period) {
    if (auto last = last_of_metric_.find(st.metric); last != last_of_metric_.end()) draft.period = last->second;
  }
  if (!draft.period && !goes_on) draft.period = period_right_of(end, stock, direction, about);
  if (draft.period && draft.period->from == "sentence" && !may_be_of(draft, *draft.period)) draft.period.reset();
  if (!draft.period && !stock) draft.period = period_of_report(draft);
  if (!draft.period && !stock && draft.modality == "actual") draft.period = period_of_amount(st);
  if (!draft.period) draft.period = period_of_kind(st, draft);
  if (!draft.period) draft.period = period_beside(draft);
  if (!draft.period) draft.period = carried_period(draft);
  if (!draft.period && !stock && draft.modality == "actual" && metric.about_industry) draft.period = month_before();
  // "fell from 18.8 percent to 18.0 percent": the first is of an earlier period.
  if (!host && states_previous(st, draft) && draft.period) draft.period = previous_period(st, draft);
}

// "Not until 2028": of an event it is that year, not its last day.
void Resolver::open_until(int32_t date, Period& period) const {
  DateSpec plain = m_->values.dates[m_->values.values[static_cast<size_t>(s_->node(date).value)].date];
  plain.role = DateSpec::Role::plain;
  if (const auto whole = resolve_date(plain, {published_, {}, Direction::future})) period.date = *whole;
}

void Resolver::read_period(const Statement& st, Draft& draft) {
  find_period(st, draft);
  // Money to be spent "until 2030" is due by that year, not on its last day.
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool until = draft.period && draft.period->role == DateSpec::Role::until && draft.period->from == "clause" && draft.modality != "actual";
  if (until && own != kNoNode && !s_->node(own).list) {
    Period whole = *draft.period;
    open_until(own, whole);
    if (whole.date.kind == "year") {
      draft.period->date = whole.date;
      draft.period->date.kind = "by";
    }
  }
  settle_period(st, draft);
}

}  // namespace factmill
