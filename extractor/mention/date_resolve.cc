// Dates completed: a missing year from the publish date, relative dates from it or from the period spoken of.
//
// In short: a missing year gives the interval nearest to the publish date in the direction asked for. A published
// anchor counts from the day, week, month … that holds the publish date. A context anchor moves the context's period
// (keeps_length: "a year earlier" of August is August) or takes the whole unit before it ("the previous quarter" of
// August is the second quarter); with no offset it is the unit in which the context ends.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "mention/value.h"

namespace factmill {
namespace {

using Grain = DateSpec::Grain;
using Role = DateSpec::Role;
using Part = DateSpec::Part;

constexpr int kMinYear = 1600;
constexpr int kMaxYear = 2600;
constexpr int kYearsAround = 8;  // February 29 may be that far

std::optional<Day> day_of(int year, int month, int day) {
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  if (!parts.ok()) return std::nullopt;
  return Day(parts);
}

Day monday_of(Day day) {
  const unsigned iso = std::chrono::weekday(day).iso_encoding();
  return day - std::chrono::days(static_cast<int>(iso) - 1);
}

Interval week_of(Day day) {
  const Day monday = monday_of(day);
  return {monday, monday + std::chrono::days(6)};
}

Interval half_of(Day day) { return half_interval(year_of(day), month_of(day) <= 6 ? 1 : 2); }

// The unit of `grain` that holds the day, moved by `offset` units.
Interval unit_around(Day day, Grain grain, int offset) {
  const int months = static_cast<int>(month_of(day)) - 1;
  switch (grain) {
    case Grain::week: return shifted_days(week_of(day), -7 * offset);
    case Grain::month: return shifted_months(month_interval(year_of(day), month_of(day)), -offset);
    case Grain::quarter: return shifted_months(quarter_interval(year_of(day), months / 3 + 1), -3 * offset);
    case Grain::half: return shifted_months(half_of(day), -6 * offset);
    case Grain::year: return shifted_months(year_interval(year_of(day)), -12 * offset);
    case Grain::day:
    case Grain::range: break;
  }
  return {day + std::chrono::days(offset), day + std::chrono::days(offset)};
}

// Week n of a month: ISO weeks belong to the month that holds their Thursday.
std::optional<Interval> week_in_month(int year, int month, int n) {
  const Day first = make_day(year, static_cast<unsigned>(month), 1);
  Day monday = monday_of(first);
  if (month_of(monday + std::chrono::days(3)) != static_cast<unsigned>(month)) monday += std::chrono::days(7);
  const Interval week = {monday + std::chrono::days(7 * (n - 1)), monday + std::chrono::days(7 * (n - 1) + 6)};
  if (month_of(week.from + std::chrono::days(3)) != static_cast<unsigned>(month)) return std::nullopt;
  return week;
}

std::optional<Interval> week_interval(const DateSpec& spec, int year) {
  if (spec.month == 0) return iso_week_interval(year, spec.week);
  if (spec.week != 0) return week_in_month(year, spec.month, spec.week);
  const std::optional<Day> day = day_of(year, spec.month, spec.day);
  if (!day) return std::nullopt;
  if (spec.part == Part::begin) return Interval{*day, *day + std::chrono::days(6)};
  if (spec.part == Part::end) return Interval{*day - std::chrono::days(6), *day};
  return week_of(*day);
}

// One end of a range by its most specific part.
std::optional<Interval> part_interval(int year, int quarter, int month, int day) {
  if (quarter != 0) return quarter_interval(year, quarter);
  if (month == 0) return year_interval(year);
  if (day == 0) return month_interval(year, static_cast<unsigned>(month));
  const std::optional<Day> d = day_of(year, month, day);
  if (!d) return std::nullopt;
  return Interval{*d, *d};
}

// `year` is that of the range's end, or of the one year that it states.
std::optional<Interval> range_interval(const DateSpec& spec, int year) {
  if (spec.months != 0 && spec.end_month == 0) {
    return Interval{make_day(year, 1, 1), month_interval(year, static_cast<unsigned>(spec.months)).to};
  }
  const int end_year = spec.end_year != 0 ? spec.end_year : year;
  const int end_month = spec.end_month != 0 ? spec.end_month : spec.end_quarter != 0 || spec.end_day == 0 ? 0 : spec.month;
  const std::optional<Interval> to = part_interval(end_year, spec.end_quarter, end_month, spec.end_day);
  if (!to) return std::nullopt;
  if (spec.months != 0) {
    const Interval last = month_interval(end_year, static_cast<unsigned>(spec.end_month));
    return Interval{shifted_months(last, spec.months - 1).from, to->to};
  }
  int from_year = spec.year != 0 ? spec.year : end_year;
  std::optional<Interval> from = part_interval(from_year, spec.quarter, spec.month, spec.day);
  // December 28 to January 3: the first end lies in the year before.
  if (from && from->from > to->to && spec.year == 0) from = part_interval(--from_year, spec.quarter, spec.month, spec.day);
  // December 28, 2024 to January 3: the second lies in the year after.
  if (from && from->from > to->to && spec.end_year == 0) {
    const std::optional<Interval> later = part_interval(end_year + 1, spec.end_quarter, end_month, spec.end_day);
    if (later) return Interval{from->from, later->to};
  }
  if (!from || from->from > to->to) return std::nullopt;
  return Interval{from->from, to->to};
}

// The parts of the spec in this year.
std::optional<Interval> interval_in(const DateSpec& spec, int year) {
  if (year < kMinYear || year > kMaxYear) return std::nullopt;
  switch (spec.grain) {
    case Grain::day: {
      const std::optional<Day> day = day_of(year, spec.month, spec.day);
      if (!day) return std::nullopt;
      return Interval{*day, *day};
    }
    case Grain::week: return week_interval(spec, year);
    case Grain::month: return spec.month == 0 ? std::nullopt : std::optional(month_interval(year, static_cast<unsigned>(spec.month)));
    case Grain::quarter:
      if (spec.quarter != 0) return quarter_interval(year, spec.quarter);
      // "the September quarter"
      if (spec.month == 0) return std::nullopt;
      return Interval{shifted_months(month_interval(year, static_cast<unsigned>(spec.month)), 2).from,
                      month_interval(year, static_cast<unsigned>(spec.month)).to};
    case Grain::half: return spec.half == 0 ? std::nullopt : std::optional(half_interval(year, spec.half));
    case Grain::year: return year_interval(year);
    case Grain::range: return range_interval(spec, year);
  }
  return std::nullopt;
}

// Days from the publish date; those ahead count twice, since news speaks of what has been: in August "the first
// quarter" is nearer behind.
int64_t distance(const Interval& interval, Day day) {
  if (day < interval.from) return 2 * (interval.from - day).count();
  return day > interval.to ? (day - interval.to).count() : 0;
}

// The year that the text leaves out, by the publish date.
std::optional<Interval> complete_year(const DateSpec& spec, Day published, Direction direction) {
  std::optional<Interval> best;
  const auto better = [&](const Interval& candidate) {
    if (direction == Direction::past) return candidate.from <= published;  // the last that has begun
    if (direction == Direction::future) return !best && candidate.to >= published;
    return !best || distance(candidate, published) < distance(*best, published);
  };
  for (int year = year_of(published) - kYearsAround; year <= year_of(published) + kYearsAround; ++year) {
    const std::optional<Interval> candidate = interval_in(spec, year);
    if (candidate && better(*candidate)) best = candidate;
  }
  return best;
}

int stated_year(const DateSpec& spec) { return spec.grain == Grain::range && spec.end_year != 0 ? spec.end_year : spec.year; }

bool names_part(const DateSpec& spec) {
  return spec.month != 0 || spec.quarter != 0 || spec.half != 0 || spec.week != 0 || spec.months != 0 || spec.end_month != 0;
}

std::optional<Interval> weekday_interval(const DateSpec& spec, Day published, Direction direction) {
  Day day = monday_of(published) + std::chrono::days(spec.weekday - 1);
  if (spec.grain == Grain::week) {
    day += std::chrono::days(7 * spec.offset);
  } else if (direction == Direction::future) {
    if (day < published) day += std::chrono::days(7);
  } else if (day > published) {
    day -= std::chrono::days(7);
  }
  return Interval{day, day};
}

std::optional<Interval> published_interval(const DateSpec& spec, const DateContext& context) {
  if (!context.published) return std::nullopt;
  if (spec.weekday != 0 && spec.day == 0) return weekday_interval(spec, *context.published, context.direction);
  if (names_part(spec)) return interval_in(spec, year_of(*context.published) + spec.offset);
  return unit_around(*context.published, spec.grain, spec.offset);
}

std::optional<Interval> context_interval(const DateSpec& spec, const DateContext& context) {
  if (!context.period) return std::nullopt;
  const Interval& period = *context.period;
  // "the same period of 2023"
  if (spec.year != 0) return shifted_months(period, 12 * (year_of(period.from) - spec.year));
  if (spec.grain == Grain::range) return period;
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
      const std::optional<Interval> ytd = to_date(context, days);
      if (!ytd) return std::nullopt;
      return ResolvedDate{period_text(*ytd), *ytd, "ytd", false};
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

std::optional<ResolvedDate> resolve_date(const DateSpec& spec, const DateContext& context) {
  std::optional<Interval> days;
  bool inferred = false;
  switch (spec.anchor) {
    case DateSpec::Anchor::published: days = published_interval(spec, context); break;
    case DateSpec::Anchor::context: days = context_interval(spec, context); break;
    case DateSpec::Anchor::absolute:
      if (const int year = stated_year(spec)) {
        days = interval_in(spec, year);
      } else if (context.published) {
        days = complete_year(spec, *context.published, context.direction);
        inferred = true;
      }
      break;
  }
  if (!days) return std::nullopt;
  std::optional<ResolvedDate> result = with_role(spec, context, *days);
  if (result) result->year_inferred = inferred;
  return result;
}

std::string period_text(Interval days) {
  const int year = year_of(days.from);
  const std::string prefix = to_string(days.from).substr(0, 4);
  if (days.from == days.to) return to_string(days.from);
  if (days == year_interval(year)) return prefix;
  for (int half = 1; half <= 2; ++half) {
    if (days == half_interval(year, half)) return prefix + "-H" + std::to_string(half);
  }
  for (int quarter = 1; quarter <= 4; ++quarter) {
    if (days == quarter_interval(year, quarter)) return prefix + "-Q" + std::to_string(quarter);
  }
  if (days == month_interval(year, month_of(days.from))) return to_string(days.from).substr(0, 7);
  return to_string(days.from) + "/" + to_string(days.to);
}

}  // namespace factmill
