// Dates, times, durations and sets as TIMEX3 says them, with the days they are.
//
//   if (std::optional<Timex> timex = timex_of(spec, context)) timex->value;   // 1998-02-13T14:00, P3Y, XXXX-WXX-1
//
// A part (early, mid, late) is a `mod` and narrows the days, as the calendar's tables say; the value is that of the
// whole. Where a year is missing and no publish date completes it, the value has X for its digits and there are no
// days.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mention/value.h"
#include "ruleset/value_tables.h"

namespace factmill {

struct Timex {
  std::string value;
  std::string_view type;  // DATE TIME DURATION SET
  std::string_view mod;   // START MID END, empty
  std::string_view
      granularity;  // day week month quarter half year decade century weekend season range hour minute second daypart
  std::optional<Interval> days;
};

std::optional<Timex> timex_of(const DateSpec& spec, const DateContext& context);
// From the first day to the last.
Timex range_timex(const Interval& days);
// The unit that spec.count counts, by its name in the tables; empty where the spec is no duration of a plain number.
std::string_view counted_unit(const DateSpec& spec);
// Of an amount of time: 90 minutes is PT90M. Empty where the unit is none of time.
// The grain that a unit of time of the tables counts in: "min" is the minute.
std::optional<DateSpec::Grain> grain_of_unit(std::string_view unit);
std::string duration_timex(const Value& value, const Unit& unit);

}  // namespace factmill
