#include "ruleset/value_tables.h"

#include <doctest/doctest.h>

#include <string>

namespace factmill {
namespace {

std::string complaints(std::string content) {
  std::string all;
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse(std::move(content), "units.yaml", diagnostics);
  (void)ValueTables::load({&file});
  for (const Diagnostic& d : diagnostics.all()) {
    all += std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.message + "\n";
  }
  return all;
}

TEST_CASE("value tables: rules/common is without fault") {
  Diagnostics diagnostics;
  const ValueTables tables = ValueTables::load(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
  CHECK(diagnostics.render() == "");
  CHECK(tables.unit(0).name == "");
  CHECK(tables.find("no such unit") == 0);
}

TEST_CASE("value tables: every unit of the contract is there") {
  Diagnostics diagnostics;
  const ValueTables tables = ValueTables::load(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
  for (const char* name :
       {"vehicle", "order", "store", "station", "pile",  "swap",  "site", "city",  "county", "province", "country",    "person", "share",    "percent",
        "pp",      "rank",  "count", "ton",     "kg",    "L",     "km",   "mi",    "mm",     "m",        "inch",       "s",      "min",      "h",
        "day",     "week",  "month", "quarter", "year",  "km/h",  "mph",  "Wh",    "kWh",    "MWh",      "GWh",        "kW",     "MW",       "hp",
        "PS",      "Nm",    "lb-ft", "V",       "A",     "C",     "TOPS", "Wh/kg", "Wh/L",   "kWh/100km", "mi/kWh",    "Cd",     "multiple", "L/100km",
        "ADS",     "CNY",   "USD"}) {
    CAPTURE(name);
    CHECK(tables.find(name) != 0);
  }
}

TEST_CASE("value tables: conversions are exact") {
  Diagnostics diagnostics;
  const ValueTables tables = ValueTables::load(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
  const auto standard = [&](const char* value, const char* unit) {
    const uint16_t index = tables.find(unit);
    return tables.to_standard(*Decimal::parse(value), index)->to_string() + " " + tables.unit(tables.unit(index).standard).name;
  };
  CHECK(standard("252", "mi") == "405.554688 km");
  CHECK(standard("1.5", "MW") == "1500 kW");
  CHECK(standard("12", "min") == "720 s");
  CHECK(standard("400", "kW") == "400 kW");
  CHECK(standard("673", "hp") == "501.85601357486785806 kW");
  CHECK(standard("100", "PS") == "73.549875 kW");
  CHECK(standard("2.5", "ton") == "2500 kg");
  CHECK(standard("19", "inch") == "482.6 mm");
}

TEST_CASE("value tables: what is wrong is said where it stands") {
  CHECK(complaints("units:\n  - {name: km, type: physical, surface: [km]}\n") ==
        "2:32 unknown key 'surface' (did you mean 'surfaces'?)\n");
  CHECK(complaints("unit:\n  - {name: km}\n") == "1:1 unknown key 'unit' (did you mean 'units'?)\n");
  CHECK(complaints("units:\n  - {type: count}\n") == "2:5 missing 'name'\n");
  CHECK(complaints("units:\n  - {name: km, surfaces: [km]}\n  - {name: km}\n") == "3:12 'km' is given twice\n");
  CHECK(complaints("units:\n  - {name: km}\n  - {name: mi, standard: kms, factor: 1.6}\n") == "3:26 no unit 'kms' (did you mean 'km'?)\n");
  CHECK(complaints("units:\n  - {name: mi, factor: 1.6}\n") == "2:5 standard and factor come together\n");
  CHECK(complaints("units:\n  - {name: km}\n  - {name: mi, standard: km, factor: 0}\n") == "3:38 a factor is above zero\n");
  CHECK(complaints("units:\n  - {name: V, guarded: [{text: V, min: 9, max: 3}]}\n") == "2:40 min is above max\n");
  CHECK(complaints("units:\n  - {name: V, guarded: [{min: 9}]}\n") == "2:25 missing 'text'\n");
  CHECK(complaints("units:\n  - {name: L, guarded: [{text: L, context: tanks}]}\nword_lists:\n  tank: [fuel]\n") ==
        "2:44 no word list 'tanks' (did you mean 'tank'?)\n");
  CHECK(complaints("units:\n  - {name: x, surfaces: [a b c d e f g h i]}\n") == "2:26 'a b c d e f g h i' is no phrase of one to 8 words\n");
  CHECK(complaints("currencies:\n  - {code: Rmb}\n") == "2:12 an ISO 4217 code is three capitals (got 'Rmb')\n");
  CHECK(complaints("scales:\n  - {exponent: 99, words: [zillion]}\n") == "2:16 a scale's exponent lies within 1..18\n");
  CHECK(complaints("numerals: {hundred: 100}\n") == "1:21 out of range (got 100; expected 0..99)\n");
  CHECK(complaints("qualifiers:\n  - {qualifier: abut, before: [about]}\n") == "2:17 no qualifier 'abut'\n");
  CHECK(complaints("word_lists:\n  by: [by the]\n") == "2:8 a word list holds single words (got 'by the')\n");
  CHECK(complaints("each: {apiece: [apiece]}\n") == "1:16 no unit 'apiece'\n");
}

TEST_CASE("value tables: date forms are checked when they are read") {
  CHECK(complaints("date_forms:\n  - {form: \"{month}\"}\n") == "2:12 no date_words or date_numbers class 'month'\n");
  CHECK(complaints("date_forms:\n  - {form: \"[the quarter\"}\n") == "2:12 brackets that do not match, or more than 4096 ways to read them\n");
  CHECK(complaints("date_forms:\n  - {form: \"{month\"}\n") == "2:12 '{' without '}'\n");
  CHECK(complaints("date_forms:\n  - {form: \"today\", set: {grain: days}}\n") ==
        "2:34 unknown value 'days' (expected one of day, week, month, quarter, half, year, range, hour, minute, second, weekend, "
        "season, decade, century, holiday)\n");
  CHECK(complaints("date_forms:\n  - {form: \"today\", set: {grian: day}}\n") == "2:27 unknown field 'grian' (did you mean 'grain'?)\n");
  CHECK(complaints("date_forms:\n  - {form: \"today\", after: [before_it]}\n") == "2:29 no word list 'before_it'\n");
  CHECK(complaints("date_forms:\n  - {form: \"[the]\"}\n") == "2:12 an empty form\n");
  CHECK(complaints("date_numbers:\n  day: {field: day, max: 100000}\n") == "2:8 a date number lies within 0..9999\n");
  CHECK(complaints("date_roles:\n  - {role: asof, words: [as of]}\n") ==
        "2:12 unknown value 'asof' (expected one of plain, as_of, by, since, until, ytd, cumulative, rest)\n");
}

TEST_CASE("value tables: errors leave the rest usable") {
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse("units:\n  - {name: km, surfaces: [km]}\n  - {name: mi, standard: kn, factor: 1.6, surfaces: [mi]}\n",
                                        "units.yaml", diagnostics);
  const ValueTables tables = ValueTables::load({&file});
  CHECK(diagnostics.errors() == 1);
  CHECK(tables.find("km") == 1);
  CHECK(tables.find("mi") == 2);
  CHECK(tables.to_standard(Decimal(5), 1)->to_string() == "5");
}

TEST_CASE("value tables: nothing in, nothing there") {
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse("", "units.yaml", diagnostics);
  const ValueTables tables = ValueTables::load({&file});
  CHECK(tables.unit_count() == 1);
  CHECK(tables.find("km") == 0);
}

}  // namespace
}  // namespace factmill
