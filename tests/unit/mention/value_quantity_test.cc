#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("quantities: units by case and by what stands near") {
  check_amounts({
      {"150kWh, 80 kW, 2950mm, 800V platform, 897 V",
       "150kWh = 150 kWh; 80 kW = 80 kW; 2950mm = 2950 mm; 800V = 800 V; 897 V = 897 V"},
      {"405 km (252 mi), 180 km/h (112 mph), 400 kW (536 hp)",
       "405 km = 405 km; 252 mi = 252 mi; 180 km/h = 180 km/h; 112 mph = 112 mph; 400 kW = 400 kW; "
       "536 hp = 536 hp"},
      {"5C charging, 4.5 C, C11", "5C = 5 C; 4.5 = 4.5"},
      {"a 19-inch wheel, 19in wheels, 19 in China", "19-inch = 19 inch; 19in = 19 inch; 19 = 19 bare"},
      {"17.5 kWh/100 km, 200 Wh/kg, 5.5 L/100km, 1.5L engine, 1.5L of it",
       "17.5 kWh/100 km = 17.5 kWh/100km; 200 Wh/kg = 200 Wh/kg; 5.5 L/100km = 5.5 L/100km; 1.5L = 1.5 L; "
       "1.5L = 1.5 L"},
      {"838 Nm, 400 N·m, 254 TOPS, 0.208 Cd", "838 Nm = 838 Nm; 400 N·m = 400 Nm; 254 TOPS = 254 TOPS; 0.208 Cd = 0.208 Cd"},
      {"0-100 km/h in 2.78 s", "0-100 km/h = 0..100 km/h range; 2.78 s = 2.78 s"},
      {"-10°C, a temperature of -2 to 9 degrees", "{-10°C} 10°C = -10 °C; {-2 to 9 degrees} 2 to 9 degrees = -2..9 °C range"},
      {"15.6\" screen, quoted 96,000\"", "15.6\" = 15.6 inch; 96,000 = 96000"},
      {"1,200 EVs, 27,307 units, 577 stores, 340 cities, 3,000 people",
       "1,200 EVs = 1200 vehicle; 27,307 units = 27307 vehicle; 577 stores = 577 store; 340 cities = 340 city; "
       "3,000 people = 3000 person"},
      {"4,543 battery swap stations and 15,241 charging piles", "4,543 = 4543; 15,241 charging piles = 15241 pile"},
      {"two phases of 120,000 units each, 240,000 a year",
       "two = 2 words; 120,000 units each = 120000 vehicle/each; 240,000 a year = 240000/year"},
      {"8,200 cars a week, 1,200 per day", "8,200 cars a week = 8200 vehicle/week; 1,200 per day = 1200/day"},
      {"12 minutes and 43 seconds, 7min 4.957sec, 48 hours, half an hour",
       "12 minutes and 43 seconds = 763 s; 7min 4.957sec = 424.957 s; 48 hours = 48 h; half an hour = 0.5 h words"},
      {"36 months, 4-8 weeks, a 24-hour window, 4.5-second sprint",
       "36 months = 36 month; 4-8 weeks = 4..8 week range; 24-hour = 24 h; 4.5-second = 4.5 s"},
  });
}

TEST_CASE("units of one letter: guarded by digits, value and context") {
  check_amounts({
      {"3.9s, 24h, 500 W, 12 A, 300 A of charging current, 3 t, 120 V supply, 6 V",
       "3.9s = 3.9 s; 24h = 24 h; 500 W = 500 W; 12 A = 12 A; 300 A = 300 A; 3 t = 3 ton; 120 V = 120 V; "
       "6 = 6 bare"},
      {"5nm chip, 7-nm, 400 Nm, 400 nm", "5nm = 5 nm; 7-nm = 7 nm; 400 Nm = 400 Nm; 400 nm = 400 nm"},
      {"in 2024 vehicles, 1,200 in China, 5 m long, 5 min", "1,200 = 1200; 5 m = 5 m; 5 min = 5 min"},
      {"the battery of 5.5C peak, a C11, a 4C-class", "5.5C = 5.5 C"},
      {"10 am, 10 amps, 3 PS, 3 ps", "10 amps = 10 A; 3 PS = 3 PS; 3 = 3 bare"},
      {"Mr. Won won 3,000 won", "3,000 won = 3000 KRW"},
      {"5 shares a share, 3,000 a share", "5 shares a share = 5 share/share; 3,000 = 3000"},
      {"87 auto sales stores in 30 cities", "87 = 87 bare; 30 cities = 30 city"},
      {"5-seat SUV and a five-seat SUV", "5 = 5 bare; five = 5 words"},
      {"8-year/160,000 km warranty", "8-year = 8 year; 160,000 km = 160000 km"},
  });
}

TEST_CASE("multiples: verbs, folds and times") {
  check_amounts({
      {"doubled, tripled, more than doubled, nearly tripled",
       "doubled = 2 multiple words; tripled = 3 multiple words; "
       "{more than doubled} doubled = 2 multiple more_than words; "
       "{nearly tripled} tripled = 3 multiple less_than words"},
      {"2.5 times, 3x, threefold, four-fold, 1.2-fold",
       "2.5 times = 2.5 times; 3x = 3 multiple; threefold = 3 multiple words; four-fold = 4 multiple words; "
       "1.2-fold = 1.2 fold"},
      {"double-shift production", ""},
  });
}

}  // namespace
}  // namespace factmill
