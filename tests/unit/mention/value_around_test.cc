// What stands around and inside numbers as news writes them: second currencies within a range, broken groups, feet and
// inches, parts of a point, shares. Rows of annotations are those that facts read otherwise.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("around: a range of amounts with their second currency is two ranges, of annotations") {
  check_annotated({
      {"sales of RMB 19.6 billion ($2.7 billion) to RMB 21.0 billion ($2.9 billion)",
       "RMB 19.6 billion ($2.7 billion) to RMB 21.0 billion = 19600000000..21000000000 CNY range; "
       "$2.9 billion = 2700000000..2900000000 USD range"},
      {"between RMB 1.5 billion (US$0.2 billion) and RMB 2.5 billion (US$0.3 billion)",
       "{between RMB 1.5 billion (US$0.2 billion) and RMB 2.5 billion} RMB 1.5 billion (US$0.2 billion) and RMB 2.5 billion = "
       "1500000000..2500000000 CNY range; US$0.3 billion = 200000000..300000000 USD range"},
      {"RMB 160,000 ($24,700) to RMB 230,000", "RMB 160,000 ($24,700) to RMB 230,000 = 160000..230000 CNY range"},
      {"rose from RMB 100,000 ($14,000) to RMB 120,000 ($17,000)",
       "RMB 100,000 = 100000 CNY; $14,000 = 14000 USD; RMB 120,000 = 120000 CNY; $17,000 = 17000 USD"},
      {"RMB 100,000 ($14,000) and RMB 120,000 ($17,000)",
       "RMB 100,000 = 100000 CNY; $14,000 = 14000 USD; RMB 120,000 = 120000 CNY; $17,000 = 17000 USD"},
      {"RMB 100,000 ($14,000) to", "RMB 100,000 = 100000 CNY; $14,000 = 14000 USD"},
      {"RMB 100,000 ($14,000 to RMB 120,000", "RMB 100,000 = 100000 CNY; $14,000 = 14000 USD; RMB 120,000 = 120000 CNY"},
  });
  check_amounts({{"RMB 100,000 ($14,000) to RMB 120,000",
                  "RMB 100,000 = 100000 CNY; $14,000 = 14000 USD; RMB 120,000 = 120000 CNY"}});
}

TEST_CASE("around: groups with a space that slipped in, with decimals, behind a currency") {
  check_amounts({
      {"It delivered 241, 149 units.", "241, 149 units = 241149 vehicle"},
      {"It delivered 120, 241, 149 units.", "120 = 120 bare; 241 = 241 bare; 149 units = 149 vehicle"},
      {"sites of 241, 149 and 12 units", "241 = 241 vehicle; 149 = 149 vehicle; 12 units = 12 vehicle"},
      {"241, 14 units", "241 = 241 bare; 14 units = 14 vehicle"},
      {"It costs 1 298,00 €.", "1 298,00 € = 1298 EUR"},
      {"It costs €1 298,50.", "€1 298,50 = 1298.5 EUR"},
      {"It costs NOK 170 000.", "NOK 170 000 = 170000 NOK"},
      {"1 234 567.89 in all", "1 234 567.89 = 1234567.89"},
      {"RMB 5 300 units", "RMB 5 = 5 CNY; 300 units = 300 vehicle"},
  });
}

TEST_CASE("around: feet and inches in every spelling") {
  check_amounts({
      {"He is 6'2\" tall.", "6'2\" = 74 inch"},
      {"He is 5' 10\" tall.", "5' 10\" = 70 inch"},
      {"a 5-foot-10 driver, a 6-foot-2-inch one", "5-foot-10 = 70 inch; 6-foot-2-inch = 74 inch"},
      {"He is 5 ft. 10 in. tall", "5 ft. 10 in = 70 inch"},
      {"a 20-foot-40 box", "20-foot = 20 ft; 40 = 40 bare"},
      {"the 5' 10 cars", "5 = 5 bare; 10 cars = 10 vehicle"},
  });
}

TEST_CASE("around: parts of a point, tolerances, below zero") {
  check_amounts({
      {"rose 0.8 of a percentage point", "0.8 of a percentage point = 0.8 pp"},
      {"rose 0.3 of one percent", "0.3 of one percent = 0.3 percent"},
      {"0.8 of the cars", "0.8 = 0.8"},
      {"cut rates by a quarter point", "a quarter point = 0.25 pp words"},
      {"half a point of the lending rate", "half a point = 0.5 pp words"},
      {"weighs 2,000.45±0.01 kg", "2,000.45±0.01 kg = 2000.45 kg"},
      {"5~7 km", "5~7 km = 5..7 km range"},
      {"It stood at -10C outside.", "{-10C} 10C = -10 °C"},
      {"a 10C cell", "10C = 10 C"},
  });
}

TEST_CASE("around: bounds, rates over hyphens, a million by its letter") {
  check_amounts({
      {"more than 10,000 and fewer than 20,000 employees",
       "{more than 10,000 and fewer than 20,000 employees} 10,000 and fewer than 20,000 employees = 10000..20000 person range"},
      {"more than 10,000 and less than 5% of them", "{more than 10,000} 10,000 = 10000 more_than; {less than 5%} 5% = 5 percent less_than"},
      {"under RMB 200,000 and above 300,000 yuan",
       "{under RMB 200,000} RMB 200,000 = 200000 CNY less_than; {above 300,000 yuan} 300,000 yuan = 300000 CNY more_than"},
      {"200,000 yuan and above", "{200,000 yuan and above} 200,000 yuan = 200000 CNY at_least"},
      {"a $20-a-month plan, a $7,500-per-vehicle credit", "$20-a-month = 20 USD/month; $7,500-per-vehicle = 7500 USD/vehicle"},
      {"sold 1.2m cars, 1.2m tall", "1.2m cars = 1200000 vehicle; 1.2m = 1.2 m"},
      {"a couple of hundred people", "a couple of hundred people = 200 person words"},
      {"two hundred & forty", "two hundred & forty = 240 words"},
      {"twenty three thousand and forty nine point two", "twenty three thousand and forty nine point two = 23049.2 words"},
      {"two and fifty-four hundredths of it", "two and fifty-four hundredths = 2.54 words"},
  });
}

TEST_CASE("around: shares of ten, a gallon of, and a text that is one number, of annotations") {
  check_annotated({
      {"three in ten buyers agreed", "three in ten = 0.3 words"},
      {"Nine in 10 drivers agreed", "Nine in 10 = 0.9 words"},
      {"sold three in ten days", "three = 3 words"},
      {"opened 4 in 2024", "4 = 4 bare"},
      {"bought a gallon of milk", "a gallon = 1 gal words"},
      {"a ton of it, a foot of snow", "a ton = 1 ton words"},
      {"one", "one = 1 words"},
      {"the one", ""},
      {"a third", "a third = 0.333333333333333 words"},
      {"a third party", ""},
  });
  check_amounts({{"one", ""}, {"three in ten buyers agreed", "three in ten = 30 percent bare words"}, {"bought a gallon of milk", ""}});
}

}  // namespace
}  // namespace factmill
