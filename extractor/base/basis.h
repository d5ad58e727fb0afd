// The bases of changes, in the words of the fact record, as steps back in the calendar.
#pragma once
#include <optional>
#include <string_view>

#include "base/date.h"

namespace factmill {

// What a change of this basis ("yoy", "hoh", "qoq", "mom", "wow") is measured against; empty for any other.
std::optional<Interval> days_before(const Interval& days, std::string_view basis);

}  // namespace factmill
