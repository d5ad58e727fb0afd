#include <doctest/doctest.h>

#include "unit/text/test_rules.h"
#include "text/zones.h"

namespace factmill {

TEST_CASE("zone rules: every rule finds its example and leaves its counterexample alone") {
  for (const ZoneRule& rule : test_rules().zones) {
    for (const std::string& line : rule.hits) {
      CAPTURE(rule.id);
      CAPTURE(line);
      CHECK(rule_fits_line(rule, line));
    }
    for (const std::string& line : rule.misses) {
      CAPTURE(rule.id);
      CAPTURE(line);
      CHECK_FALSE(rule_fits_line(rule, line));
    }
  }
}

TEST_CASE("zone rules: a line that one rule finds is found by the alternation before it") {
  const TextRules& rules = test_rules();
  for (const ZoneRule& rule : rules.zones) {
    for (const std::string& line : rule.hits) {
      CAPTURE(line);
      CHECK(rules.any_zone_of_short_line->matches_part(line));
    }
  }
}

TEST_CASE("zone rules: a counterexample is no other rule's prey either") {
  for (const ZoneRule& rule : test_rules().zones) {
    for (const std::string& line : rule.misses) {
      for (const ZoneRule& other : test_rules().zones) {
        CAPTURE(line);
        CAPTURE(other.id);
        CHECK_FALSE(rule_fits_line(other, line));
      }
    }
  }
}

}  // namespace factmill
