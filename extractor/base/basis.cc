#include "base/basis.h"

namespace factmill {

std::optional<Interval> days_before(const Interval& days, std::string_view basis) {
  if (basis == "yoy") return shifted_months(days, 12);
  if (basis == "hoh") return shifted_months(days, 6);
  if (basis == "qoq") return shifted_months(days, 3);
  if (basis == "mom") return shifted_months(days, 1);
  if (basis == "wow") return shifted_days(days, 7);
  return {};
}

}  // namespace factmill
