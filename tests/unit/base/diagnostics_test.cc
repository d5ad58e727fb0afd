#include "base/diagnostics.h"

#include <doctest/doctest.h>

namespace factmill {
namespace {

TEST_CASE("diagnostics: an error shows its place, its line and a caret") {
  Diagnostics diagnostics;
  diagnostics.error({"rules/ev/metrics/sales.yaml", 12, 3}, "unknown key 'noun' (did you mean 'nouns'?)",
                    "  noun: [revenue]");
  CHECK(diagnostics.render() ==
        "rules/ev/metrics/sales.yaml:12:3: error: unknown key 'noun' (did you mean 'nouns'?)\n"
        "   12 |   noun: [revenue]\n"
        "      |   ^\n");
}

TEST_CASE("diagnostics: all of them come in the order of file, line and column") {
  Diagnostics diagnostics;
  diagnostics.warning({"b.yaml", 1, 1}, "third");
  diagnostics.error({"a.yaml", 10, 1}, "second");
  diagnostics.error({"a.yaml", 9, 5}, "first");
  diagnostics.error({"a.yaml"}, "the whole file");
  CHECK(diagnostics.render() ==
        "a.yaml: error: the whole file\n"
        "a.yaml:9:5: error: first\n"
        "a.yaml:10:1: error: second\n"
        "b.yaml:1:1: warning: third\n");
  CHECK(diagnostics.errors() == 3);
  CHECK(diagnostics.all().size() == 4);
}

TEST_CASE("diagnostics: a warning is no error") {
  Diagnostics diagnostics;
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.render().empty());
  diagnostics.warning({"a.yaml", 1, 1}, "unused");
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("diagnostics: the caret counts characters, and keeps tabs") {
  Diagnostics diagnostics;
  diagnostics.error({"a", 1, 5}, "here", "é€🚗:x");
  diagnostics.error({"a", 2, 3}, "here", "\t\tx");
  CHECK(diagnostics.render() ==
        "a:1:5: error: here\n    1 | é€🚗:x\n      |     ^\n"
        "a:2:3: error: here\n    2 | \t\tx\n      | \t\t^\n");
}

TEST_CASE("diagnostics: a long line is cut around the column, and a terminal is not commanded") {
  Diagnostics diagnostics;
  diagnostics.error({"a", 1, 5001}, "here", std::string(5000, 'x') + "Y" + std::string(5000, 'z'));
  diagnostics.error({"a", 2, 2}, "here", "\x1B[2J");
  CHECK(diagnostics.render() ==
        "a:1:5001: error: here\n    1 | " + std::string(54, 'x') + "Y" + std::string(55, 'z') + "\n      | " +
            std::string(54, ' ') + "^\na:2:2: error: here\n    2 |  [2J\n      |  ^\n");
}

TEST_CASE("diagnostics: a column beyond the line does no harm") {
  Diagnostics diagnostics;
  diagnostics.error({"a", 1, 90}, "here", "short");
  diagnostics.error({"a", 2, 9000}, "here", "short");
  CHECK(diagnostics.render() ==
        "a:1:90: error: here\n    1 | short\n      |      ^\na:2:9000: error: here\n    2 | \n      | ^\n");
}

TEST_CASE("diagnostics: the nearest name is the one that was meant, or none") {
  const std::vector<std::string_view> names = {"nouns", "verbs", "unit", "unit_class", "kWh", "GWh", "a"};
  struct {
    std::string_view name;
    std::string_view nearest;
  } const rows[] = {
      {"noun", "nouns"}, {"nuons", "nouns"}, {"verb", "verbs"},           {"uint", "unit"}, {"unit_clas", "unit_class"},
      {"unit class", "unit_class"}, {"KWH", "kWh"}, {"UNIT", "unit"}, {"nothing", ""}, {"b", ""}, {"", ""}, {"xyz", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(nearest_name(row.name, names) == row.nearest);
  }
  CHECK(nearest_name(std::string(100000, 'n'), names).empty());
  CHECK(nearest_name("noun", {}).empty());
}

}  // namespace
}  // namespace factmill
