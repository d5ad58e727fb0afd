// The days that a date's parts are in a given year, or in the unit they lie in. Internal to the date reader: what is
// missing or relative is completed in date_resolve.cc.
#pragma once
#include <optional>

#include "mention/value.h"

namespace factmill {

Day monday_of(Day day);
// The unit of `grain` that holds the day, moved by `offset` units.
Interval unit_around(Day day, DateSpec::Grain grain, int offset);
// What spec.nth, spec.weekday or spec.day is in `base`: the second Monday, the last week, the 20th.
std::optional<Interval> position_in(const DateSpec& spec, const Interval& base);
// The parts of the spec in this year. `calendar` may be null.
std::optional<Interval> interval_in(const DateSpec& spec, int year, const DateCalendar* calendar);
// What spec.count makes of the date: so many units or weekdays behind it, or the stretch that it begins.
Interval moved_from(const DateSpec& spec, const Interval& days);
// Three days after Easter: an interval `count` units later.
Interval moved_by(const Interval& days, DateSpec::Grain grain, int count);
// Whether something of the spec says which part of a year it is.
bool names_part(const DateSpec& spec);

}  // namespace factmill
