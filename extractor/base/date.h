// Calendar days, intervals of days and their written forms (ISO 8601). No clock, no locale, no time zone.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace factmill {

using Day = std::chrono::sys_days;

Day make_day(int year, unsigned month, unsigned day);  // the parts must be a valid date
// "YYYY-MM-DD" and nothing else; empty for a day that does not exist.
std::optional<Day> parse_day(std::string_view text);
// The same of a day of publishing: one from which years before and behind have four digits too.
std::optional<Day> parse_publish_day(std::string_view text);
std::string to_string(Day day);
int year_of(Day day);
unsigned month_of(Day day);

// Both ends inclusive.
struct Interval {
  Day from{};
  Day to{};
  int64_t days() const { return (to - from).count() + 1; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

Interval year_interval(int year);
Interval half_interval(int year, int half);        // 1..2
Interval quarter_interval(int year, int quarter);  // 1..4
Interval month_interval(int year, unsigned month);
// ISO 8601 week: Monday to Sunday, week 1 holds the year's first Thursday. Empty if the year has no such week.
std::optional<Interval> iso_week_interval(int year, int week);

// The interval `months` earlier (negative: later). A whole month maps to a whole month, whatever their lengths:
// February less one month is all of January. Years and quarters follow from that.
Interval shifted_months(Interval interval, int months);
Interval shifted_days(Interval interval, int days);

}  // namespace factmill
