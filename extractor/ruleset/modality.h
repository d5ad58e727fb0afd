// The words that rules may say for how certain a statement is.
#pragma once
#include <string>

#include "ruleset/rule_file.h"

namespace factmill {

// As in the contract; beside those what makes a statement none ("denied", "hypothetical") or finds its word later ("expect", "will").
// Empty where the node is not present; complains about any other.
inline std::string read_modality(const RuleNode& node) {
  return node.one_of({"actual", "preliminary", "estimate", "guidance", "target", "plan", "forecast", "implied", "derived", "proposed",
                      "rumored", "expect", "will", "denied", "hypothetical"},
                     "");
}

}  // namespace factmill
