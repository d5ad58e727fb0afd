#include <doctest/doctest.h>

#include <algorithm>

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

TEST_CASE("zone rules: a line that one rule finds is found by the filter before it") {
  const TextRules& rules = test_rules();
  std::vector<int> found;
  for (size_t i = 0; i < rules.zones.size(); ++i) {
    for (const std::string& line : rules.zones[i].hits) {
      rules.zone_filter.find_candidates(line, found);
      CAPTURE(line);
      CHECK(std::count(found.begin(), found.end(), static_cast<int>(i)) == 1);
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
