// Whole sentences as the news has them: what stands around a value does not disturb it.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("sentences: amounts") {
  check_amounts({
      {"The maker handed over 21,340 cars in August, up 10.0 percent from 19,400 a year earlier but down 3.0 percent from 22,000.",
       "21,340 cars = 21340 vehicle; 10.0 percent = 10 percent; 19,400 = 19400; 3.0 percent = 3 percent; 22,000 = 22000"},
      {"For the quarter it expects between 86,000 and 90,000 deliveries, up about 43-49.6 percent, and revenue of RMB 15.1-16.0 billion.",
       "{between 86,000 and 90,000} 86,000 and 90,000 = 86000..90000 range; "
       "{about 43-49.6 percent} 43-49.6 percent = 43..49.6 percent about approximate; "
       "RMB 15.1-16.0 billion = 15100000000..16000000000 CNY range"},
      {"It makes 400 kW (536 hp), does 0-100 km/h (0-62 mph) in 4.5 seconds and tops out at 180 km/h (112 mph).",
       "400 kW = 400 kW; 536 hp = 536 hp; 0-100 km/h = 0..100 km/h range; 0-62 mph = 0..62 mph range; 4.5 seconds = 4.5 s; "
       "180 km/h = 180 km/h; 112 mph = 112 mph"},
      {"The 10C battery takes 1 MW, adds 400 km in 5 minutes and charged from 7 to 50 percent in 4.5 minutes.",
       "10C = 10 C; 1 MW = 1 MW; 400 km = 400 km; 5 minutes = 5 min; {from 7 to 50 percent} 7 to 50 percent = 7..50 percent range; "
       "4.5 minutes = 4.5 min"},
      {"Sales of 500k, 630k, and 820k units for 2024-2026, with revenue of RMB 143, 169.2 and 220.3 billion, respectively.",
       "500k = 500000 vehicle; 630k = 630000 vehicle; 820k units = 820000 vehicle; RMB 143 = 143000000000 CNY; "
       "169.2 = 169200000000 CNY; 220.3 billion = 220300000000 CNY"},
      {"BYD cut the Yuan Plus by 20,000 yuan to 99,800 yuan; sales of the Yuan family were 31,000.",
       "20,000 yuan = 20000 CNY; 99,800 yuan = 99800 CNY; 31,000 = 31000"},
      {"The fund put about $650 million into it at $14 per ADS, 2 percent under the last close of $14.29.",
       "{about $650 million} $650 million = 650000000 USD about; $14 per ADS = 14 USD/ADS; 2 percent = 2 percent; $14.29 = 14.29 USD"},
      {"- 58.4 percent at retail", "58.4 percent = 58.4 percent"},
      {"sold 5,000\nbought 300 cars\nin all 7\n", "5,000 = 5000; 300 cars = 300 vehicle; 7 = 7 bare"},
      {"| 1 | BYD | 190,250 | 27.9% |", "1 = 1 bare; 190,250 = 190250; 27.9% = 27.9 percent"},
      {"price: *245,900 CNY ($34,530) - down 15,000 CNY or 5.7% (from 260,900 CNY)",
       "245,900 CNY = 245900 CNY; $34,530 = 34530 USD; 15,000 CNY = 15000 CNY; 5.7% = 5.7 percent; 260,900 CNY = 260900 CNY"},
      {"RMB\n6.4 billion and 5\nkm", "6.4 billion = 6400000000; 5 = 5 bare"},
  });
}

TEST_CASE("sentences: dates") {
  check_dates({make_day(2025, 11, 1), month_interval(2025, 10), Direction::past}, {
      {"68,400 cars in October, 458,300 in the first ten months, and 1.06 million cumulatively as of October 31.",
       "October = 2025-10 month inferred; the first ten months = 2025-01-01/2025-10-31 ytd inferred; "
       "cumulatively = 2025-10-31 cumulative; {as of October 31} October 31 = 2025-10-31 as_of inferred"},
      {"58,600 units in the week of September 1-7 (week 36 of 2025), 9 percent fewer than a week earlier.",
       "the week of September 1-7 = 2025-09-01/2025-09-07 week inferred; week 36 of 2025 = 2025-W36 week; "
       "a week earlier = 2025-09-24/2025-10-24 week"},
      {"made between March 1, 2024 and August 15, 2025 will be recalled",
       "March 1, 2024 and August 15, 2025 = 2024-03-01/2025-08-15 range"},
      {"8,200 cars a week in the seven days to July 20", "the seven days to July 20 = 2025-07-14/2025-07-20 week inferred"},
      {"flat on the year and 3 percent more than in 2024 or 2023, not 2022",
       "2024 = 2024 year; 2023 = 2023 year"},
      {"In 2024 EVs sold well; of 2024 EVs sold, 5 were red", "2024 = 2024 year"},
      {"in 2024\nin May\nMarch 5\n, 2024", "2024 = 2024 year; May = 2025-05 month inferred; March 5 = 2025-03-05 day inferred"},
  });
}

}  // namespace
}  // namespace factmill
