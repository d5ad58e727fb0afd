#include "mention/date_interval.h"

#include <algorithm>

#include "ruleset/date_calendar.h"

namespace factmill {
namespace {

using Grain = DateSpec::Grain;
using Part = DateSpec::Part;

constexpr int kMinYear = 1;
constexpr int kMaxYear = 2600;

std::optional<Day> day_of(int year, int month, int day) {
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  if (!parts.ok()) return std::nullopt;
  return Day(parts);
}

}  // namespace

Day monday_of(Day day) {
  const unsigned iso = std::chrono::weekday(day).iso_encoding();
  return day - std::chrono::days(static_cast<int>(iso) - 1);
}

namespace {

Interval week_of(Day day) {
  const Day monday = monday_of(day);
  return {monday, monday + std::chrono::days(6)};
}

Interval half_of(Day day) { return half_interval(year_of(day), month_of(day) <= 6 ? 1 : 2); }

Interval years_interval(int from, int count) { return {year_interval(from).from, year_interval(from + count - 1).to}; }

}  // namespace

Interval unit_around(Day day, Grain grain, int offset) {
  const int months = static_cast<int>(month_of(day)) - 1;
  switch (grain) {
    case Grain::week:
      return shifted_days(week_of(day), -7 * offset);
    case Grain::month:
      return shifted_months(month_interval(year_of(day), month_of(day)), -offset);
    case Grain::quarter:
      return shifted_months(quarter_interval(year_of(day), months / 3 + 1), -3 * offset);
    case Grain::half:
      return shifted_months(half_of(day), -6 * offset);
    case Grain::year:
      return shifted_months(year_interval(year_of(day)), -12 * offset);
    case Grain::weekend: {
      const Day saturday = monday_of(day) + std::chrono::days(5 + 7 * offset);
      return {saturday, saturday + std::chrono::days(1)};
    }
    case Grain::decade:
      return years_interval((year_of(day) / 10 + offset) * 10, 10);
    case Grain::century:
      return years_interval((year_of(day) / 100 + offset) * 100, 100);
    default:
      break;
  }
  return {day + std::chrono::days(offset), day + std::chrono::days(offset)};
}

namespace {

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
  // A week is called by its first day: that of a Sunday follows it.
  const bool sunday = std::chrono::weekday(*day) == std::chrono::Sunday;
  return week_of(sunday ? *day + std::chrono::days(1) : *day);
}

// One end of a range by its most specific part; day -1 is the month's last.
std::optional<Interval> part_interval(int year, int quarter, int month, int day) {
  if (quarter != 0) return quarter_interval(year, quarter);
  if (month == 0) return year_interval(year);
  const Interval whole = month_interval(year, static_cast<unsigned>(month));
  if (day <= 0) return day == 0 ? whole : Interval{whole.to, whole.to};
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
  const int end_month = spec.end_month != 0                          ? spec.end_month
                        : spec.end_quarter != 0 || spec.end_day == 0 ? 0
                                                                     : spec.month;
  const std::optional<Interval> to = part_interval(end_year, spec.end_quarter, end_month, spec.end_day);
  if (!to) return std::nullopt;
  if (spec.months != 0) {
    const Interval last = month_interval(end_year, static_cast<unsigned>(spec.end_month));
    return Interval{shifted_months(last, spec.months - 1).from, to->to};
  }
  int from_year = spec.year != 0 ? spec.year : end_year;
  std::optional<Interval> from = part_interval(from_year, spec.quarter, spec.month, spec.day);
  // December 28 to January 3: the first end lies in the year before.
  if (from && from->from > to->to && spec.year == 0)
    from = part_interval(--from_year, spec.quarter, spec.month, spec.day);
  // December 28, 2024 to January 3: the second lies in the year after.
  if (from && from->from > to->to && spec.end_year == 0) {
    const std::optional<Interval> later = part_interval(end_year + 1, spec.end_quarter, end_month, spec.end_day);
    if (later) return Interval{from->from, later->to};
  }
  if (!from || from->from > to->to) return std::nullopt;
  return Interval{from->from, to->to};
}

// Where the spec has a position, what that counts in.
Interval whole_of(const DateSpec& spec, int year) {
  if (spec.month != 0) return month_interval(year, static_cast<unsigned>(spec.month));
  if (spec.quarter != 0) return quarter_interval(year, spec.quarter);
  if (spec.half != 0) return half_interval(year, spec.half);
  return year_interval(year);
}

Interval fiscal_interval(const Interval& days, const DateCalendar& calendar) {
  const int month = calendar.fiscal_month();
  if (month == 1) return days;
  return shifted_months(days, calendar.fiscal_by_end() ? 13 - month : 1 - month);
}

std::optional<Interval> plain_interval(const DateSpec& spec, int year) {
  switch (spec.grain) {
    case Grain::day: {
      const std::optional<Day> day = day_of(year, spec.month, spec.day);
      if (!day) return std::nullopt;
      return Interval{*day, *day};
    }
    case Grain::week:
      return week_interval(spec, year);
    case Grain::month:
      return spec.month == 0 ? std::nullopt : std::optional(month_interval(year, static_cast<unsigned>(spec.month)));
    case Grain::quarter:
      if (spec.quarter != 0) return quarter_interval(year, spec.quarter);
      // "the September quarter"
      if (spec.month == 0) return std::nullopt;
      return Interval{shifted_months(month_interval(year, static_cast<unsigned>(spec.month)), 2).from,
                      month_interval(year, static_cast<unsigned>(spec.month)).to};
    case Grain::half:
      return spec.half == 0 ? std::nullopt : std::optional(half_interval(year, spec.half));
    case Grain::year:
      return year_interval(year);
    case Grain::range:
      return range_interval(spec, year);
    case Grain::decade:
      return years_interval(year / 10 * 10, 10);
    case Grain::century:
      return years_interval(year / 100 * 100, 100);
    default:
      break;
  }
  return std::nullopt;
}

int iso_day(Day day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

std::optional<Interval> one_day(Day day, const Interval& within) {
  if (day < within.from || day > within.to) return std::nullopt;
  return Interval{day, day};
}

std::optional<Interval> nth_week(const Interval& base, int nth) {
  // A week belongs to what holds its Thursday.
  const auto thursday = [](Day day) { return monday_of(day) + std::chrono::days(3); };
  Day first = thursday(base.from);
  if (first < base.from) first += std::chrono::days(7);
  Day last = thursday(base.to);
  if (last > base.to) last -= std::chrono::days(7);
  const Day day = nth > 0 ? first + std::chrono::days(7 * (nth - 1)) : last + std::chrono::days(7 * (nth + 1));
  if (day < base.from || day > base.to) return std::nullopt;
  return week_of(day);
}

Interval month_around(Day day, int offset) { return unit_around(day, Grain::month, offset); }

// "The first ten days of August", "the last four months of 2021": `count` units from one end of what holds them.
Interval stretch_of(const DateSpec& spec, const Interval& base) {
  const auto months = [&](int each) {
    const int all = each * spec.count;
    if (spec.nth > 0) return Interval{base.from, month_around(base.from, all - 1).to};
    return Interval{month_around(base.to, 1 - all).from, base.to};
  };
  const auto days = [&](int each) {
    const std::chrono::days all(each * spec.count - 1);
    return spec.nth > 0 ? Interval{base.from, base.from + all} : Interval{base.to - all, base.to};
  };
  switch (spec.end_grain) {
    case Grain::week: return days(7);
    case Grain::month: return months(1);
    case Grain::quarter: return months(3);
    case Grain::year: return months(12);
    default: return days(1);
  }
}

}  // namespace

std::optional<Interval> position_in(const DateSpec& spec, const Interval& base) {
  const int nth = spec.nth;
  if (spec.grain == Grain::range && spec.count != 0) {
    const Interval stretch = stretch_of(spec, base);
    return stretch.from < base.from || stretch.to > base.to ? std::nullopt : std::optional(stretch);
  }
  if (spec.weekday != 0 && spec.day == 0) {
    const Day first = base.from + std::chrono::days((spec.weekday - iso_day(base.from) + 7) % 7);
    const Day last = base.to - std::chrono::days((iso_day(base.to) - spec.weekday + 7) % 7);
    return one_day(
        nth >= 0 ? first + std::chrono::days(7 * (std::max(nth, 1) - 1)) : last + std::chrono::days(7 * (nth + 1)),
        base);
  }
  if (nth == 0 && spec.grain == Grain::range && spec.end_day > spec.day) {  // 4 to 23 of it
    const auto first = one_day(base.from + std::chrono::days(spec.day - 1), base), last = one_day(base.from + std::chrono::days(spec.end_day - 1), base);
    return first && last ? std::optional(Interval{first->from, last->to}) : std::nullopt;
  }
  if (nth == 0) return spec.day == 0 ? std::optional(base) : one_day(base.from + std::chrono::days(spec.day - 1), base);
  switch (spec.grain) {
    case Grain::day:
      return one_day(nth > 0 ? base.from + std::chrono::days(nth - 1) : base.to + std::chrono::days(nth + 1), base);
    case Grain::week:
      return nth_week(base, nth);
    case Grain::weekend: {
      DateSpec saturday = spec;
      saturday.grain = Grain::day;
      saturday.weekday = 6;
      std::optional<Interval> days = position_in(saturday, base);
      if (days) days->to += std::chrono::days(1);
      return days;
    }
    case Grain::month:
    case Grain::quarter: {
      const Interval unit =
          nth > 0 ? unit_around(base.from, spec.grain, nth - 1) : unit_around(base.to, spec.grain, nth + 1);
      if (unit.to < base.from || unit.from > base.to) return std::nullopt;
      return unit;
    }
    default:
      return std::nullopt;
  }
}

Interval moved_by(const Interval& days, Grain grain, int count) {
  switch (grain) {
    case Grain::week:
      return shifted_days(days, -7 * count);
    case Grain::month:
      return shifted_months(days, -count);
    case Grain::quarter:
      return shifted_months(days, -3 * count);
    case Grain::year:
      return shifted_months(days, -12 * count);
    default:
      return shifted_days(days, -count);
  }
}

namespace {

// "The third Tuesday after Christmas": none of them lies within the interval.
Day weekday_beside(const Interval& days, int weekday, int count) {
  const int week = 7;
  if (count > 0) {
    const int ahead = (weekday - iso_day(days.to) + week - 1) % week + 1;
    return days.to + std::chrono::days(ahead + week * (count - 1));
  }
  const int back = (iso_day(days.from) - weekday + week - 1) % week + 1;
  return days.from - std::chrono::days(back + week * (-count - 1));
}

// "The second closest Monday to October 5": one after the other by distance; the day itself is the first where it is one.
Day weekday_near(Day day, int weekday, int count) {
  int behind = (iso_day(day) - weekday + 7) % 7, ahead = 7 - behind;
  for (int n = 1; n < count; ++n) {
    (behind <= ahead ? behind : ahead) += 7;
  }
  return behind <= ahead ? day - std::chrono::days(behind) : day + std::chrono::days(ahead);
}

}  // namespace

Interval moved_from(const DateSpec& spec, const Interval& days) {
  if (spec.kind != DateSpec::Kind::date || spec.count == 0 || (spec.grain == Grain::range && spec.nth != 0)) return days;
  if (spec.end_weekday != 0) {
    // Monday to Friday.
    if (spec.lasting) return {days.from, weekday_beside(days, spec.end_weekday, 1)};
    const Day day = spec.closest ? weekday_near(days.from, spec.end_weekday, spec.count)
                                 : weekday_beside(days, spec.end_weekday, spec.count);
    return {day, day};
  }
  const Interval moved = moved_by(days, spec.end_grain, spec.count);
  return spec.lasting ? Interval{days.from, moved.to} : moved;
}

namespace {

// The weekend of a day with a name, with the days from it or up to it where it is a Thursday, Friday, Monday or Tuesday.
Interval long_weekend_of(Day day) {
  constexpr int kTuesday = 2, kWednesday = 3;
  const Day saturday = monday_of(day) + std::chrono::days(iso_day(day) <= kTuesday ? -2 : 5);
  const Day sunday = saturday + std::chrono::days(1);
  if (iso_day(day) == kWednesday) return {saturday, sunday};
  return {std::min(day, saturday), std::max(day, sunday)};
}

}  // namespace

std::optional<Interval> interval_in(const DateSpec& spec, int year, const DateCalendar* calendar) {
  if (year < kMinYear || year > kMaxYear) return std::nullopt;
  if (spec.holiday != 0) {
    std::optional<Interval> days = calendar ? calendar->holiday_in(spec.holiday, year) : std::nullopt;
    if (days && spec.grain == Grain::week) days = week_of(days->from);
    if (days && spec.grain == Grain::weekend) days = long_weekend_of(days->from);
    return days;
  }
  if (spec.season != 0) return calendar ? calendar->season_in(spec.season, year) : std::nullopt;
  std::optional<Interval> days;
  if (spec.nth != 0 || spec.base == DateSpec::Base::year) {
    days = position_in(spec, whole_of(spec, year));
  } else {
    days = plain_interval(spec, year);
  }
  if (days && spec.fiscal && calendar) days = fiscal_interval(*days, *calendar);
  return days;
}

bool names_part(const DateSpec& spec) {
  return spec.month != 0 || spec.quarter != 0 || spec.half != 0 || spec.week != 0 || spec.months != 0 ||
         spec.end_month != 0 || spec.holiday != 0 || spec.season != 0;
}

}  // namespace factmill
