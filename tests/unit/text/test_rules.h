// The rules as they stand in the source tree, loaded once for all tests of a program.
#pragma once
#include <doctest/doctest.h>

#include <string>

#include "base/diagnostics.h"
#include "ruleset/rule_file.h"
#include "ruleset/text_rules.h"

namespace factmill {

inline const TextRules& test_rules() {
  static const TextRules kRules = [] {
    Diagnostics diagnostics;
    RuleFiles files(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
    TextRules rules = TextRules::load(files);
    INFO(diagnostics.render());
    REQUIRE_FALSE(diagnostics.has_errors());
    return rules;
  }();
  return kRules;
}

}  // namespace factmill
