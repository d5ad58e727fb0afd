// Do the facts of a document agree with each other? A check that fails flags the facts and writes the numbers that do not
// fit into their attribute `audit`; it changes no value.
//
//   growth_mismatch   a change in percent is not what the two levels give, beyond what their rounding explains
//   order_mismatch    a part of a period has more than the whole: a month more than the year to date
//   sum_mismatch      a part has more than the whole, or the models of one have together
//   share_mismatch    a share is not what part and whole, stated in its sentence, give
//
// Facts are compared only where metric, company, model and all other names are the same and both are stated as exact.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "resolve/fact.h"

namespace factmill {

// `shares`: metrics that state a part in percent of a whole.
void audit(std::vector<Fact>& facts, std::span<const std::string> shares = {});

}  // namespace factmill
