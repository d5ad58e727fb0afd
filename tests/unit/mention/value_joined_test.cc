// What stands around numbers and between them: bounds, shares, brackets of accounts, waiting hyphens, glosses.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("joined: a lower and an upper bound are one range") {
  check_amounts({
      {"more than 100 and less than 300 km", "{more than 100 and less than 300 km} 100 and less than 300 km = 100..300 km range"},
      {"above 200,000 yuan but below 300,000 yuan",
       "{above 200,000 yuan but below 300,000 yuan} 200,000 yuan but below 300,000 yuan = 200000..300000 CNY range"},
      {"at most 100 and at least 20 of them", "{at most 100 and at least 20} 100 and at least 20 = 20..100 range bare"},
      {"over 5 percent, under 9 percent", "{over 5 percent, under 9 percent} 5 percent, under 9 percent = 5..9 percent range"},
      // The other way round, of two kinds, or with something between them they are two.
      {"more than 100 km and less than 50 km", "{more than 100 km} 100 km = 100 km more_than; {less than 50 km} 50 km = 50 km less_than"},
      {"more than 20 km and less than 300 kWh", "{more than 20 km} 20 km = 20 km more_than; {less than 300 kWh} 300 kWh = 300 kWh less_than"},
      {"more than 20 km here and less than 300 km", "{more than 20 km} 20 km = 20 km more_than; {less than 300 km} 300 km = 300 km less_than"},
      {"more than 20 km and", "{more than 20 km} 20 km = 20 km more_than"},
  });
}

TEST_CASE("joined: shares of a number") {
  check_amounts({
      {"One in five of them", "One in five = 0.2 words"},
      {"two out of five, 3 out of every 4", "two out of five = 0.4 words; 3 out of every 4 = 0.75"},
      {"nearly one in four new cars", "{nearly one in four} one in four = 25 percent less_than bare words"},
      {"one in five minutes", "five minutes = 5 min words"},
      {"No. 1 in 21 markets", "No. 1 = 1 ordinal; 21 markets = 21 country"},
      {"7 out of 5", "7 = 7 bare; 5 = 5 bare"},
      {"2 in 5 of them", "2 = 2 bare; 5 = 5 bare"},
      {"one out of", ""},
      {"1-in-4 cars, one-in-three buyers", "1-in-4 = 25 percent bare words; one-in-three = 33.3 percent bare words"},
      {"a 2-in-1 plug, a 1-in pipe", "1-in = 1 inch"},
  });
}

TEST_CASE("joined: brackets of accounts are losses") {
  check_amounts({
      {"$(1.2) million", "$(1.2) million = -1200000 USD"},
      {"RMB(1,234), (5.2)%", "RMB(1,234) = -1234 CNY; (5.2)% = -5.2 percent"},
      {"(1,234)", "(1,234) = -1234"},
      {"sales (1,234) rose", "1,234 = 1234"},
      {"RMB 1 billion ($1.2 million)", "RMB 1 billion = 1000000000 CNY; $1.2 million = 1200000 USD"},
      {"$(1.2 million", "1.2 million = 1200000"},
      {"20 degrees below zero", "{20 degrees below zero} 20 degrees = -20 °C"},
      {"zero below zero", "zero = 0 words; {below zero} zero = 0 less_than words"},
      {"variants--two of them", "two = 2 words"},
      {"±2 °C", "{±2 °C} 2 °C = 2 °C about"},
      {"USD (1,193) million, RMB (1.2) billion", "USD (1,193) million = -1193000000 USD; RMB (1.2) billion = -1200000000 CNY"},
      {"USD (3) of them", "3 = 3 bare"},
  });
}

TEST_CASE("joined: a hyphen that waits for the unit") {
  check_amounts({
      {"an 8- to 16-meter tower", "8- to 16-meter = 8..16 m range"},
      {"a 60- or 80-kWh pack", "60 = 60 kWh; 80-kWh = 80 kWh"},
      {"2 -7 kg of it", "2 -7 kg = 2..7 kg range"},
      {"5 -7%", "5 = 5 bare; {-7%} 7% = -7 percent"},
      {"an 8- to the tower", "8 = 8 bare"},
  });
}

TEST_CASE("joined: behind a gloss the first currency goes on") {
  check_amounts({
      {"RMB 139,800 ($20,100), 149,800 and 156,800",
       "RMB 139,800 = 139800 CNY; $20,100 = 20100 USD; 149,800 = 149800 CNY; 156,800 = 156800 CNY"},
      {"RMB 1.2 billion ($0.2 billion), 3,000 cars", "RMB 1.2 billion = 1200000000 CNY; $0.2 billion = 200000000 USD; 3,000 cars = 3000 vehicle"},
      {"RMB 139,800 ($20,100) with 149,800", "RMB 139,800 = 139800 CNY; $20,100 = 20100 USD; 149,800 = 149800"},
      {"It costs 15 dollars 50.", "15 dollars 50 = 15.5 USD"},
      {"15 dollars and 15 in cash", "15 dollars = 15 USD; 15 = 15 bare"},
      {"AUD $45,000, MAUD 60", "AUD $45,000 = 45000 AUD; MAUD 60 = 60000000 AUD"},
  });
}

TEST_CASE("joined: groups, places, parts and what is none of them") {
  check_amounts({
      {"40 000 euros, 12 500 units", "40 000 euros = 40000 EUR; 12 500 units = 12500 vehicle"},
      {"Model 3 500 units", "500 units = 500 vehicle"},
      {"6 250 kW chargers", "6 = 6 bare; 250 kW = 250 kW"},
      {"the number one brand, number two", "number one = 1 ordinal words; number two = 2 ordinal words"},
      {"no one, no two alike", "two = 2 words"},
      {"fell by a fifth, up a third.", "a fifth = 20 percent bare words; a third = 33.3 percent bare words"},
      {"up a third time", "third = 3 ordinal words"},
      {"about 1/40 of the wave", "{about 1/40} 1/40 = 0.025 about"},
      {"The S&P 500 rose 2%", "2% = 2 percent"},
      {"sold 500 cars.[12][3] It has [4] seats", "500 cars = 500 vehicle; 4 = 4 bare"},
      {"a 5,000-pound truck", "5,000-pound = 5000 lb"},
      {"at -10C in freezing weather", "{-10C} 10C = -10 °C"},
      {"a 4C battery at low temperature", "4C = 4 C"},
      {"4 km^2, 5 cubic kilometers", "4 km^2 = 4 km2; 5 cubic kilometers = 5 km3"},
  });
}

}  // namespace
}  // namespace factmill
