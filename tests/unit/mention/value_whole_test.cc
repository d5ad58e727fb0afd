// Forms that say one thing where they are a whole text, as in a cell or a query, and another or nothing within a sentence.
// Of annotations; facts read none of them.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("whole text: numbers") {
  check_annotated({
      {"a few", "a few = 3 words"},
      {"single", "single = 1 words"},
      {"a few cars, a single charge", ""},
      {"0033", "0033 = 33 bare"},
      {"model 0033", ""},
      {"01.10", "01.10 = 1.1"},
      {"3M", "3M = 3000000"},
      {"made by 3M", ""},
      {".0012G", ".0012G = 1200000"},
      {"2.33 k", "2.33 k = 2330"},
      {"a 5G phone", ""},
      {"- 1,200,000", "1,200,000 = -1200000"},
      {"- 1,200,000 of them", "1,200,000 = 1200000"},
      {"- $44.99", "$44.99 = 44.99 USD"},
      {"half", "half = 0.5 words"},
      {"the other half", ""},
      {"seven twenty", "seven twenty = 720 words"},
      {"at seven twenty past", "seven = 7 words; twenty = 20 words"},
      {"thousand nine hundred twenty", "thousand nine hundred twenty = 1920 words"},
      {"Thousand Oaks", ""},
      {"thousand million", "thousand million = 1000000000 words"},
  });
}

TEST_CASE("whole text: money") {
  check_annotated({
      {"10 c", "10 c = 0.1 USD"},
      {"10 c of it", "10 = 10 bare"},
      {"20 rupees 43", "20 rupees 43 = 20.43 INR"},
      {"20 rupees 43 cars", "20 = 20 bare; rupees 43 = 43 INR"},
      {"$20 43", "$20 43 = 20.43 USD"},
      {"$20 43 cars", "$20 = 20 USD; 43 cars = 43 vehicle"},
      {"Singapore dollars 42", "Singapore dollars 42 = 42 SGD"},
      {"1 C$", "1 C$ = 1 CAD"},
      {"911 R", "911 = 911 bare"},
      {"TOP 10", "10 = 10 bare"},
      {"42 LE", "42 LE = 42 EGP"},
      {"on 42 LE cars", "42 = 42 bare"},
  });
}

TEST_CASE("whole text: measures") {
  check_annotated({
      {"1 kilometer and 1 mile", "1 kilometer and 1 mile = 2.609344 km"},
      {"it is 1 kilometer and 1 mile", "1 kilometer = 1 km; 1 mile = 1 mi"},
      {"1 m 1 m", "1 m = 1 m; 1 m = 1 m"},
      {"2'", "2' = 2 min"},
      {"a 2' gap", "2 = 2 bare"},
      {"tenth of a gallon", "tenth of a gallon = 0.1 gal words"},
      {"the tenth of a series", "tenth = 10 ordinal words"},
      {"from 30 celsius and 40 celsius", "{from 30 celsius and 40 celsius} 30 celsius and 40 celsius = 30..40 °C range"},
      {"From 30 km and 40 km off", "30 km = 30 km; 40 km = 40 km"},
      {"2 below zero", "{2 below zero} 2 = -2 degree"},
  });
}

}  // namespace
}  // namespace factmill
