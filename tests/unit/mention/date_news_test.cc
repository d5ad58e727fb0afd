// Dates as market reports write them: what ends on a day, lists with one year, times in four digits, seasons, sets.
#include "unit/mention/date_timex.h"

namespace factmill {
namespace {

TEST_CASE("news dates: what ends on the day behind it is a count with its days") {
  check_days({
      {"Profit for the six months ended Aug. 12 fell.", "the six months = DURATION P6M 2024-02-13..2024-08-12; Aug. 12 = 2024-08-12 2024-08-12..2024-08-12"},
      {"Sales for the 13 weeks ended July 27 rose.", "the 13 weeks = DURATION P13W 2024-04-28..2024-07-27; July 27 = 2024-07-27 2024-07-27..2024-07-27"},
      {"Income for the year ended March 31 rose.", "the year = DURATION P1Y 2023-04-01..2024-03-31; March 31 = 2024-03-31 2024-03-31..2024-03-31"},
      {"It expects less in the fiscal year ending June 30, 2025.",
       "the fiscal year = DURATION P1Y 2024-07-01..2025-06-30; June 30, 2025 = 2025-06-30 2025-06-30..2025-06-30"},
      {"Income for the half-year ended 30 June rose.", "the half-year = DURATION P6M 2024-01-01..2024-06-30; 30 June = 2024-06-30 2024-06-30..2024-06-30"},
      {"The year ended well.", "The year = DURATION P1Y"},
      {"In the first nine months, output fell.", "the first nine months = DURATION P9M 2024-01-01..2024-09-30"},
      {"In the first nine months of 2023, output fell.", "the first nine months of 2023 = 2023-01-01/2023-09-30 2023-01-01..2023-09-30"},
  });
}

TEST_CASE("news dates: the year that only the last of a list states") {
  check_timexes({
      {"Sales rose in March and April 2026.", "March = 2026-03; April 2026 = 2026-04"},
      {"Sales rose in December and January 2026.", "December = 2025-12; January 2026 = 2026-01"},
      {"Sales rose in May, June, and July 2021.", "May = 2021-05; June = 2021-06; July 2021 = 2021-07"},
      {"It closes in Q1 or Q2 of next year.", "Q1 = 2025-Q1; Q2 of next year = 2025-Q2"},
      {"It opens in the first or second quarter of 2026.", "the first or second quarter of 2026 = 2026-H1"},
      {"Sales fell in March while April 2026 looks good.", "March = 2024-03; April 2026 = 2026-04"},
      {"It opens in H2 next year.", "H2 next year = 2025-H2"},
  });
}

TEST_CASE("news dates: a month of the year that was spoken of") {
  check_timexes({
      {"It began in September 2017 and ended in December of the same year.", "September 2017 = 2017-09; December of the same year = 2017-12"},
      {"In 2022 it grew, and in May that year it was sold.", "2022 = 2022; May that year = 2022-05"},
      {"It grew in March, the same year it was sold.", "March = 2024-03; the same year = 2024"},
  });
}

TEST_CASE("news dates: what stood at the end of a month has been counted") {
  check_timexes({
      {"Orders stood at 3.9 billion as of the end of December.", "December = 2023-12 END"},
      {"Orders will stand at 3.9 billion as of the end of December.", "December = 2024-12 END"},
  });
}

TEST_CASE("news dates: weekdays that own something, and words that only look like the future") {
  check_timexes({
      {"Relatives will look for ways to get around Monday's ruling.", "Monday = 2024-08-19"},
      {"Investors await Friday's jobs report.", "Friday = 2024-08-23"},
      {"Stocks slipped ahead of Friday's jobs report.", "Friday = 2024-08-23"},
      {"Many were wounded in the blast next to the embassy on Monday.", "Monday = 2024-08-19"},
      {"It said so on Tuesday evening last week.", "Tuesday evening last week = TIME 2024-08-13TEV"},
  });
}

TEST_CASE("news dates: times in four digits stand before a zone") {
  check_timexes({
      {"Brent was up by 1043 GMT.", "1043 GMT = TIME 2024-08-21T10:43"},
      {"Shares were down at 0930 IST on Monday.", "0930 IST on Monday = TIME 2024-08-19T09:30"},
      {"It has 1043 staff.", ""},
  });
}

TEST_CASE("news dates: years in pairs, short years, years up to now") {
  check_timexes({
      {"It was the best season since 2010/11.", "2010/11 = 2010-01-01/2011-12-31"},
      {"Output fell in 2011-12.", "2011-12 = 2011-01-01/2012-12-31"},
      {"The log is of 2011/07.", "2011/07 = 2011-07"},
      {"It listed in '98.", "'98 = 1998"},
      {"Oil fell in April of '86.", "April of '86 = 1986-04"},
      {"He led it 2005-present.", "2005-present = 2005"},
      {"It won the 2016 Olympics with a 2024 Accord.", "2016 = 2016"},
  });
}

TEST_CASE("news dates: sets and runs") {
  check_timexes({
      {"Results are due on the second Tuesday of each month.", "the second Tuesday of each month = SET XXXX-WXX-2"},
      {"Rent is due on the 5th of every month.", "the 5th of every month = SET XXXX-XX-05"},
      {"Flights run three times daily, a ferry twice-weekly.", "three times daily = SET P1D; twice-weekly = SET P1W"},
      {"Buses run on alternate days.", "alternate days = SET P2D"},
      {"Prices rose for the 10th year in a row.", "the 10th year in a row = DURATION P10Y"},
      {"The 10th year was good.", ""},
      {"It was late for a second week.", ""},
      {"It was late for a week.", "a week = DURATION P1W"},
  });
}

TEST_CASE("news dates: feasts that markets close for") {
  check_timexes({
      {"Markets are shut for Whit Monday, the spring bank holiday and Chuseok.", "Whit Monday = 2024-05-20; the spring bank holiday = 2024-05-27; Chuseok = 2024-09-16/2024-09-18"},
      {"Sales rose on Akshaya Tritiya. Orthodox Easter 2025 is late.", "Akshaya Tritiya = 2024-05-10; Orthodox Easter 2025 = 2025-04-20"},
      {"It closes on Election Day 2028 and Giving Tuesday 2025.", "Election Day 2028 = 2028-11-07; Giving Tuesday 2025 = 2025-12-02"},
  });
}

}  // namespace
}  // namespace factmill
