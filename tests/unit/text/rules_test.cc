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

TEST_CASE("zone rules: a line that one rule finds is found by the filters before it") {
  const TextRules& rules = test_rules();
  for (const ZoneRule& rule : rules.zones) {
    for (const std::string& line : rule.hits) {
      const auto words = static_cast<uint32_t>(std::count(line.begin(), line.end(), ' ')) + 1;
      for (const ZoneFilter& filter : rules.zone_filters) {
        CAPTURE(line);
        CAPTURE(filter.max_words);
        if (words <= filter.max_words && rule.max_words >= filter.max_words) CHECK(filter.may_match(line));
      }
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
