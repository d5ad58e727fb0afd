// Do the facts of a document agree with each other? A check that fails flags the facts and writes the numbers that do not
// fit into their attribute `audit`; it changes no value.
//
//   growth_mismatch   a change in percent is not what the two levels give, beyond what their rounding explains
//   order_mismatch    a part of a period has more than the whole: a month more than the year to date
//
// Facts are compared only where metric, company, model and all other names are the same and both are stated as exact.
#pragma once
#include <vector>

#include "resolve/fact.h"

namespace factmill {

void audit(std::vector<Fact>& facts);

}  // namespace factmill
