// Dates completed: a missing year from the publish date, relative dates from it or from the period spoken of.
//
// In short: a missing year gives the interval nearest to the publish date in the direction asked for. A published
// anchor counts from the day, week, month … that holds the publish date. A context anchor moves the context's period
// (keeps_length: "a year earlier" of August is August) or takes the whole unit before it ("the previous quarter" of
// August is the second quarter); with no offset it is the unit in which the context ends.
#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "mention/date_interval.h"
#include "ruleset/date_calendar.h"

namespace factmill {
namespace {

using Grain = DateSpec::Grain;
using Role = DateSpec::Role;
using Part = DateSpec::Part;

constexpr int kYearsAround = 8;  // February 29 may be that far

// Days from the publish date; those ahead count twice, since news speaks of what has been: in August "the first
// quarter" is nearer behind. Where one direction is likely, days in the other count for more.
// A quarter is spoken of until the next is over, also where an outlook stands beside it.
int64_t distance(const Interval& interval, Day day, Direction direction, Grain grain) {
  constexpr int kAhead = 2, kUnlikelyAhead = 4;
  const int unlikely_behind = grain == Grain::quarter ? 3 : 5;
  const int ahead = direction == Direction::likely_past ? kUnlikelyAhead : direction == Direction::likely_future ? 1 : kAhead;
  if (day < interval.from) return ahead * (interval.from - day).count();
  return day > interval.to ? (direction == Direction::likely_future ? unlikely_behind : 1) * (day - interval.to).count() : 0;
}

// "Friday, July 18": the nearest year in which that is one, where a year or two away.
Interval with_weekday(const DateSpec& spec, const Interval& day) {
  constexpr int kYears[] = {0, 1, -1, 2, -2};
  for (const int years : kYears) {
    const Interval moved = shifted_months(day, -12 * years);
    if (static_cast<int>(std::chrono::weekday(moved.from).iso_encoding()) == spec.weekday) return moved;
  }
  return day;
}

// The year that the text leaves out, by the publish date.
std::optional<Interval> complete_year(const DateSpec& spec, const DateContext& context) {
  const Day published = *context.published;
  const Direction direction = context.direction;
  std::optional<Interval> best;
  // "The year to March" is told by its end: it may hold the publish date and be meant for what is over.
  const bool by_end = spec.months != 0 && spec.end_month != 0;
  constexpr std::chrono::days kMonth{30};  // which has begun with its last month
  const auto distance_of = [&](const Interval& days) { return distance(by_end ? Interval{days.to, days.to} : days, published, direction, spec.grain); };
  // What was counted "in the first ten months" is not of ten months that began last week.
  constexpr int kLong = 80;  // days: from a quarter on
  const auto begun = [](const Interval& days) { return days.days() < kLong ? days.from : days.from + std::chrono::days(days.days() / 2); };
  const auto better = [&](const Interval& candidate) {
    if (direction == Direction::past) return (by_end ? candidate.to - kMonth : begun(candidate)) <= published;  // the last that has begun
    if (direction == Direction::future || direction == Direction::asked) return !best && candidate.to >= published;
    return !best || distance_of(candidate) < distance_of(*best);
  };
  for (int year = year_of(published) - kYearsAround; year <= year_of(published) + kYearsAround; ++year) {
    std::optional<Interval> candidate = interval_in(spec, year, context.calendar);
    if (candidate) candidate = moved_from(spec, *candidate);
    if (candidate && better(*candidate)) best = candidate;
  }
  if (spec.weekday != 0 && spec.day != 0 && spec.grain == Grain::day && best) best = with_weekday(spec, *best);
  return best;
}

int stated_year(const DateSpec& spec) { return spec.grain == Grain::range && spec.end_year != 0 ? spec.end_year : spec.year; }

bool is_ahead(Direction direction) {
  return direction == Direction::future || direction == Direction::likely_future || direction == Direction::asked;
}

Grain grain_of(DateSpec::Base base) {
  constexpr Grain kGrains[] = {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::half, Grain::year};
  return kGrains[static_cast<size_t>(base)];
}

// "Three weeks ago", "in two years": a day for weeks and months, a month for years; what is longer is not said as exactly.
std::optional<Interval> counted_back(const DateSpec& spec, const DateContext& context) {
  const Day published = *context.published;
  const Interval day = {published, published};
  switch (spec.grain) {
    case Grain::season: return context.calendar ? context.calendar->season_around(published, spec.offset) : std::nullopt;
    case Grain::week: return shifted_days(day, -7 * spec.offset);
    case Grain::month: return shifted_months(day, -spec.offset);
    case Grain::year: return unit_around(published, Grain::month, 12 * spec.offset);
    default: return unit_around(published, spec.grain, spec.offset);
  }
}

// Counts occurrences: "last October" is the last that is over, "next March" the first to come, "this summer" the one that
// holds the publish date, else that of its year.
std::optional<Interval> stepped_interval(const DateSpec& spec, const DateContext& context) {
  const Day published = *context.published;
  std::vector<Interval> found;
  const int around = kYearsAround + std::abs(spec.offset);
  for (int year = year_of(published) - around; year <= year_of(published) + around && names_part(spec); ++year) {
    if (const std::optional<Interval> days = interval_in(spec, year, context.calendar)) found.push_back(*days);
  }
  if (!names_part(spec) && spec.weekday == 0) return counted_back(spec, context);
  if (found.empty() && spec.weekday != 0) {
    const int ahead = spec.weekday - static_cast<int>(std::chrono::weekday(published).iso_encoding());
    for (int week = -std::abs(spec.offset) - 1; week <= std::abs(spec.offset) + 1; ++week) {
      const Day day = published + std::chrono::days(ahead + 7 * week);
      found.push_back({day, day});
    }
  }
  const auto first_after = static_cast<int>(std::partition_point(found.begin(), found.end(), [&](const Interval& days) {
                             return days.from <= published;
                           }) - found.begin());
  const auto first_not_over = static_cast<int>(std::partition_point(found.begin(), found.end(), [&](const Interval& days) {
                                return days.to < published;
                              }) - found.begin());
  int index = spec.offset > 0 ? first_after + spec.offset - 1 : first_not_over + spec.offset;
  if (spec.offset == 0 && index < static_cast<int>(found.size()) && found[static_cast<size_t>(index)].from > published) {
    const bool this_year = year_of(found[static_cast<size_t>(index)].from) == year_of(published);
    if (!this_year && index > 0) --index;
  }
  if (index < 0 || index >= static_cast<int>(found.size())) return std::nullopt;
  return found[static_cast<size_t>(index)];
}

std::optional<Interval> weekday_interval(const DateSpec& spec, Day published, Direction direction) {
  Day day = monday_of(published) + std::chrono::days(spec.weekday - 1);
  if (spec.grain == Grain::week) {
    day += std::chrono::days(7 * spec.offset);
    // "It opens this Monday", said on a Tuesday.
    if (spec.offset == 0 && day < published && is_ahead(direction)) day += std::chrono::days(7);
  } else if (is_ahead(direction)) {
    const bool over = direction == Direction::asked ? day <= published : day < published;
    if (over) day += std::chrono::days(7);
  } else if (day > published) {
    day -= std::chrono::days(7);
  }
  return Interval{day, day};
}

// Three Fridays ago: weekdays counted from a day, which is none of them.
Interval counted_weekday(const DateSpec& spec, Day day) {
  const int ahead = (spec.weekday - static_cast<int>(std::chrono::weekday(day).iso_encoding()) + 6) % 7 + 1;
  const Day next = day + std::chrono::days(ahead);
  const Day before = next - std::chrono::days(std::chrono::weekday(day) == std::chrono::weekday(next) ? 14 : 7);
  const Day counted = spec.offset > 0 ? next + std::chrono::days(7 * (spec.offset - 1)) : before + std::chrono::days(7 * (spec.offset + 1));
  return {counted, counted};
}

// "the past two months": whole units before the day, or after it.
std::optional<Interval> counted_units(const DateSpec& spec, Day day) {
  if (spec.count == 0 || spec.offset == 0 || spec.grain == Grain::hour || spec.grain == Grain::minute || spec.grain == Grain::second) return std::nullopt;
  const int far = spec.offset < 0 ? -spec.count : spec.count;
  const int near = spec.offset < 0 ? -1 : 1;
  return Interval{unit_around(day, spec.grain, std::min(far, near)).from, unit_around(day, spec.grain, std::max(far, near)).to};
}

// "Thursday the 15th": the month whose 15th is one, the nearest in the direction that is likely, else behind.
std::optional<Interval> weekday_of_month(const DateSpec& spec, const DateContext& context) {
  constexpr int kMonths = 14;  // every weekday falls on every day within
  const Day published = *context.published;
  const bool ahead = is_ahead(context.direction);
  const bool behind = context.direction == Direction::past || context.direction == Direction::likely_past;
  DateSpec plain = spec;
  plain.weekday = 0;
  for (int n = 0; n <= kMonths; ++n) {
    for (const int months : {-n, n}) {
      const std::optional<Interval> day = position_in(plain, unit_around(published, Grain::month, months));
      if (!day || static_cast<int>(std::chrono::weekday(day->from).iso_encoding()) != spec.weekday) continue;
      if (!(ahead && day->to < published) && !(behind && day->from > published)) return day;
    }
  }
  return std::nullopt;
}

// "The 15th": of this month, or of the next where it is over and the future is spoken of.
std::optional<Interval> based_interval(const DateSpec& spec, const DateContext& context) {
  const Day published = *context.published;
  const auto in = [&](int offset) { return position_in(spec, unit_around(published, grain_of(spec.base), offset)); };
  std::optional<Interval> days = in(spec.offset);
  if (spec.weekday != 0 && spec.day != 0 && spec.offset == 0) {
    if (const std::optional<Interval> fitting = weekday_of_month(spec, context)) return fitting;
  }
  if (spec.offset != 0 || spec.nth != 0 || !days || spec.base != DateSpec::Base::month) return days;
  const bool ahead = is_ahead(context.direction);
  const bool behind = context.direction == Direction::past || context.direction == Direction::likely_past;
  if (ahead && days->to < published) return in(1);
  return behind && days->from > published ? in(-1) : days;
}

std::optional<Interval> published_interval(const DateSpec& spec, const DateContext& context) {
  if (!context.published) return std::nullopt;
  const Day published = *context.published;
  if (spec.steps) return stepped_interval(spec, context);
  if (spec.kind == DateSpec::Kind::duration) return counted_units(spec, published);
  if (spec.base != DateSpec::Base::none && !names_part(spec)) {
    return based_interval(spec, context);
  }
  if (spec.weekday != 0 && spec.nth == 0 && spec.day == 0) {
    if (spec.grain == Grain::range) return counted_weekday(spec, published);
    return weekday_interval(spec, published, context.direction);
  }
  if (names_part(spec)) return interval_in(spec, year_of(published) + spec.offset, context.calendar);
  // "The weekend" of a Monday's paper is over.
  if (spec.grain == Grain::weekend && spec.offset == 0) {
    const Interval weekend = unit_around(published, spec.grain, 0);
    const bool ahead = is_ahead(context.direction);
    return ahead || published >= weekend.from ? weekend : unit_around(published, spec.grain, -1);
  }
  if (spec.keeps_length && spec.count != 0) return moved_by({published, published}, spec.grain, spec.offset);  // 2 years 21 days ago
  return unit_around(published, spec.grain, spec.offset);
}

std::optional<Interval> context_interval(const DateSpec& spec, const DateContext& context) {
  if (!context.period) return std::nullopt;
  const Interval& period = *context.period;
  if (spec.base != DateSpec::Base::none && !spec.keeps_length) return position_in(spec, unit_around(period.to, grain_of(spec.base), spec.offset));
  if (spec.weekday != 0) return counted_weekday(spec, period.from);
  // "December of the same year"
  if (names_part(spec) && spec.year == 0 && !spec.keeps_length) return interval_in(spec, year_of(period.to) + spec.offset, context.calendar);
  // "the same period of 2023"
  if (spec.year != 0) return shifted_months(period, 12 * (year_of(period.from) - spec.year));
  if (spec.grain == Grain::range) return period;
  if (spec.grain == Grain::hour || spec.grain == Grain::minute || spec.grain == Grain::second) return std::nullopt;
  if (spec.grain == Grain::decade && spec.keeps_length) return shifted_months(period, -120 * spec.offset);
  if (spec.keeps_length) {
    switch (spec.grain) {
      case Grain::day: return shifted_days(period, -spec.offset);
      case Grain::week: return shifted_days(period, -7 * spec.offset);
      case Grain::month: return shifted_months(period, -spec.offset);
      case Grain::quarter: return shifted_months(period, -3 * spec.offset);
      case Grain::half: return shifted_months(period, -6 * spec.offset);
      default: return shifted_months(period, -12 * spec.offset);
    }
  }
  // Seven days that are no calendar week move as they are.
  if (spec.grain == Grain::week && period.days() == 7) return shifted_days(period, -7 * spec.offset);
  return unit_around(period.to, spec.grain, spec.offset);
}

// From January 1 to the last day known: the end of the context's period where it lies in that year, else the publish date.
std::optional<Interval> to_date(const DateContext& context, Interval whole) {
  std::optional<Day> end = context.published;
  if (context.period && context.period->to >= whole.from && context.period->to <= whole.to) {
    if (!end || context.period->to < *end) end = context.period->to;
  }
  if (!end) return std::nullopt;
  if (*end < whole.from) return std::nullopt;
  return Interval{whole.from, std::min(*end, whole.to)};
}

std::string_view kind_of(const Interval& days, Grain grain) {
  const std::string text = period_text(days);
  if (days.from == days.to) return "day";
  if (text.size() == 4) return "year";
  if (text.size() == 7 && text[5] == 'Q') return "quarter";
  if (text.size() == 7 && text[5] == 'H') return "half";
  if (text.size() == 7) return "month";
  if (grain == Grain::week || (days.days() == 7 && days.from == monday_of(days.from))) return "week";
  return "range";
}

std::string week_text(const Interval& week) {
  // The year of the week is that of its Thursday.
  const int year = year_of(week.from + std::chrono::days(3));
  for (int n = 1; n <= 53; ++n) {
    if (iso_week_interval(year, n) == week) return std::to_string(year) + (n < 10 ? "-W0" : "-W") + std::to_string(n);
  }
  return period_text(week);
}

ResolvedDate last_day(const Interval& days, std::string_view kind) {
  const Interval day = {days.to, days.to};
  return {period_text(day), day, kind, false};
}

// What the role makes of the interval.
std::optional<ResolvedDate> with_role(const DateSpec& spec, const DateContext& context, const Interval& days) {
  const bool at_end = spec.part == Part::end && spec.grain != Grain::week;
  if (spec.kind != DateSpec::Kind::date) return ResolvedDate{period_text(days), days, kind_of(days, spec.grain), false};
  switch (spec.role) {
    case Role::as_of: return last_day(days, "as_of");
    case Role::by: {
      if (at_end) return last_day(days, "by");
      return ResolvedDate{period_text(days), days, "by", false};
    }
    case Role::until: return last_day(days, "by");
    case Role::since: {
      if (!context.published || *context.published < days.from) break;
      const Interval open = {days.from, *context.published};
      return ResolvedDate{period_text(open), open, "range", false};
    }
    case Role::ytd: {
      if (spec.grain == Grain::range && spec.end_day != 0) return ResolvedDate{period_text(days), days, "ytd", false};  // said in full
      const std::optional<Interval> ytd = to_date(context, days);
      if (!ytd) return std::nullopt;
      return ResolvedDate{period_text(*ytd), *ytd, "ytd", false};
    }
    case Role::rest: {
      if (!context.published) return std::nullopt;
      const Interval rest = {std::clamp(*context.published, days.from, days.to), days.to};
      return ResolvedDate{period_text(rest), rest, "range", false};
    }
    case Role::cumulative: {
      const Day end = context.period ? std::min(context.period->to, days.to) : days.to;
      return last_day({end, end}, "cumulative");
    }
    case Role::plain: break;
  }
  if (at_end) return last_day(days, "as_of");
  // Week numbers and "last week" are spelled as weeks, days that happen to be one are not.
  const bool is_week = spec.grain == Grain::week && spec.weekday == 0 && days.days() == 7 && spec.month == 0 && spec.anchor != DateSpec::Anchor::context;
  ResolvedDate result{is_week ? week_text(days) : period_text(days), days, kind_of(days, spec.grain), false};
  const bool from_january = spec.grain == Grain::range && days.from == year_interval(year_of(days.from)).from && result.kind == "range";
  const bool whole_months = from_january && days.to == month_interval(year_of(days.to), month_of(days.to)).to;
  if (whole_months && year_of(days.from) == year_of(days.to)) result.kind = "ytd";
  return result;
}

}  // namespace

bool swap_order(DateSpec& spec) {
  if (spec.order != DateSpec::Order::open || spec.day < 1 || spec.day > 12) return false;
  std::swap(spec.day, spec.month);
  if (spec.end_day >= 1 && spec.end_day <= 12) std::swap(spec.end_day, spec.end_month);
  return true;
}

std::optional<ResolvedDate> resolve_date(const DateSpec& spec, const DateContext& context) {
  if (spec.kind == DateSpec::Kind::reference) return std::nullopt;
  std::optional<Interval> days;
  bool inferred = false;
  switch (spec.anchor) {
    case DateSpec::Anchor::published: days = published_interval(spec, context); break;
    case DateSpec::Anchor::context: days = context_interval(spec, context); break;
    case DateSpec::Anchor::absolute:
      if (spec.kind == DateSpec::Kind::duration || spec.kind == DateSpec::Kind::set) return std::nullopt;
      if (const int year = stated_year(spec)) {
        days = interval_in(spec, year, context.calendar);
      } else if (context.published) {
        days = complete_year(spec, context);
        inferred = true;
      }
      break;
  }
  if (!days) return std::nullopt;
  if (!inferred) days = moved_from(spec, *days);
  std::optional<ResolvedDate> result = with_role(spec, context, *days);
  if (result) result->year_inferred = inferred;
  return result;
}

std::string period_text(Interval days) {
  std::string from = to_string(days.from);
  if (days.from == days.to) return from;
  const std::chrono::year_month_day first(days.from), last(days.to), next(days.to + std::chrono::days(1));
  const bool whole_months = first.day() == std::chrono::day(1) && next.day() == std::chrono::day(1);
  if (whole_months && first.year() == last.year()) {
    const auto month = static_cast<unsigned>(first.month());
    const unsigned months = static_cast<unsigned>(last.month()) - month + 1;
    const std::string_view year = std::string_view(from).substr(0, 4);
    const auto numbered = [&](const char* letter, unsigned n) { return std::string(year) + letter + static_cast<char>('0' + n); };
    if (months == 12) return std::string(year);
    if (months == 6 && month % 6 == 1) return numbered("-H", month / 6 + 1);
    if (months == 3 && month % 3 == 1) return numbered("-Q", month / 3 + 1);
    if (months == 1) return from.substr(0, 7);
  }
  return from + "/" + to_string(days.to);
}

}  // namespace factmill
