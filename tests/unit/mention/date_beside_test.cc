#include "unit/mention/date_timex.h"

// Dates that another date, a weekday or a length makes: expected days worked out from the calendar of 2024 (August 21 is
// a Wednesday, Thanksgiving November 28, Christmas a Wednesday, Easter March 31).
namespace factmill {
namespace {

TEST_CASE("timex: weekdays counted from a date") {
  check_timexes({
      {"the Monday after Thanksgiving 2024", "the Monday after Thanksgiving 2024 = 2024-12-02"},
      {"the Friday before Christmas 2024", "the Friday before Christmas 2024 = 2024-12-20"},
      {"the Wednesday before Christmas 2024", "the Wednesday before Christmas 2024 = 2024-12-18"},
      {"the third Tuesday after Christmas 2024", "the third Tuesday after Christmas 2024 = 2025-01-14"},
      {"the second Tuesday before Easter 2024", "the second Tuesday before Easter 2024 = 2024-03-19"},
      {"the first Monday after June 3, 2024", "the first Monday after June 3, 2024 = 2024-06-10"},
      {"the closest Wednesday to 1 May 2025", "the closest Wednesday to 1 May 2025 = 2025-04-30"},
      {"the nearest Wednesday to May 1, 2024", "the nearest Wednesday to May 1, 2024 = 2024-05-01"},
      {"the second closest Monday to October 5, 2024", "the second closest Monday to October 5, 2024 = 2024-09-30"},
      {"the third nearest Monday to October 5, 2024", "the third nearest Monday to October 5, 2024 = 2024-10-14"},
      {"He came second, and closest to Monday's leader.", "Monday = 2024-08-19"},
      {"the third Tuesday", "Tuesday = 2024-08-20"},
  });
}

TEST_CASE("timex: from a date for so long") {
  check_days({
      {"The fair runs for 10 days from December 18, 2024.",
       "10 days from December 18, 2024 = 2024-12-18/2024-12-28 2024-12-18..2024-12-28"},
      {"from 18 December 2024 for ten days", "18 December 2024 for ten days = 2024-12-18/2024-12-28 2024-12-18..2024-12-28"},
      {"for two weeks starting on June 18, 2024",
       "two weeks starting on June 18, 2024 = 2024-06-18/2024-07-02 2024-06-18..2024-07-02"},
      {"for a week from Christmas 2024", "a week from Christmas 2024 = 2024-12-25/2025-01-01 2024-12-25..2025-01-01"},
      {"10 days from December 18, 2024", "10 days from December 18, 2024 = 2024-12-28 2024-12-28..2024-12-28"},
      {"It stood on May 5 for 5 minutes of calm.", "May 5 = 2024-05-05 2024-05-05..2024-05-05"},
      {"They paid on May 5, 2024 for 10 cars.", "May 5, 2024 = 2024-05-05 2024-05-05..2024-05-05"},
  });
}

TEST_CASE("timex: the date that is meant is the one that comes out") {
  check_timexes({
      {"one year after Christmas", "one year after Christmas = 2024-12-25"},
      {"a week before Easter", "a week before Easter = 2025-04-13"},
      {"3 years from today", "3 years from today = 2027-08-21"},
      {"It sold out three days after Christmas.", "three days after Christmas = 2023-12-28"},
  });
}

TEST_CASE("timex: units back and ahead are as exact as what is below them") {
  check_days({
      {"It was founded two years ago.", "two years ago = 2022 2022-08-01..2022-08-31"},
      {"It was founded three months ago.", "three months ago = 2024-05 2024-05-21..2024-05-21"},
      {"It was founded a month ago.", "a month ago = 2024-07 2024-07-21..2024-07-21"},
      {"It was founded two quarters ago.", "two quarters ago = 2024-Q1 2024-01-01..2024-03-31"},
      {"It was founded nearly two years ago.", "nearly two years ago = 2022 2022-01-01..2022-12-31"},
      {"It will end in two years.", "two years = 2026 2026-08-01..2026-08-31"},
      {"Two years ago it had 5 stores. That year it lost money, more than a year earlier.",
       "Two years ago = 2022 2022-08-01..2022-08-31; That year = 2022 2022-01-01..2022-12-31; "
       "a year earlier = 2021 2021-01-01..2021-12-31"},
  });
}

TEST_CASE("timex: the rest of a unit and all of it") {
  check_days({
      {"for the rest of the year", "the rest of the year = 2024-08-21/2024-12-31 2024-08-21..2024-12-31"},
      {"the remainder of this quarter", "the remainder of this quarter = 2024-08-21/2024-09-30 2024-08-21..2024-09-30"},
      {"rest of the week", "rest of the week = 2024-08-21/2024-08-25 2024-08-21..2024-08-25"},
      {"It rained all week.", "all week = 2024-W34 2024-08-19..2024-08-25"},
      {"It rained all month long.", "all month long = 2024-08 2024-08-01..2024-08-31"},
      {"the rest of the team, all weak cells", ""},
      {"BOY", "BOY = 2024 START 2024-01-01..2024-03-31"},
      {"by the EOY 2025", "the EOY 2025 = 2025 END 2025-12-31..2025-12-31"},
      {"the boy", ""},
  });
}

TEST_CASE("timex: seasons without a name") {
  check_days({
      {"this season", "this season = 2024-SU 2024-06-21..2024-09-22"},
      {"next season", "next season = 2024-FA 2024-09-23..2024-12-20"},
      {"last season", "last season = 2024-SP 2024-03-20..2024-06-20"},
      {"The team won last season.", ""},
  });
  check_days({{"this season", "this season = 2024-WI 2024-12-21..2025-03-19"},
              {"last season", "last season = 2024-FA 2024-09-23..2024-12-20"},
              {"next season", "next season = 2025-SP 2025-03-20..2025-06-20"}},
             make_day(2025, 2, 12));
}

TEST_CASE("timex: weekdays of a lower case, and beside a day of a month that is not named") {
  check_timexes({
      {"sat", "sat = 2024-08-24"},
      {"sun.", "sun. = 2024-08-25"},
      {"the sun", ""},
      {"It sat in the sun.", ""},
      {"sat aug 17", "sat aug 17 = 2024-08-17"},
      {"sun, 25 aug", "sun, 25 aug = 2024-08-25"},
      {"Thursday the 15th", "Thursday the 15th = 2025-05-15"},
      {"It was sold on Thursday the 15th.", "Thursday the 15th = 2024-08-15"},
      {"this Monday", "this Monday = 2024-08-26"},
      {"It will open this Monday.", "this Monday = 2024-08-26"},
      {"It opened this Monday.", "this Monday = 2024-08-19"},
      {"It opens this Friday.", "this Friday = 2024-08-23"},
  });
}

TEST_CASE("timex: short years, old years and the ides") {
  check_timexes({
      {"on 14th April 15.", "14th April 15 = 2015-04-14"},
      {"on April 14, '15", "April 14, '15 = 2015-04-14"},
      {"in April '15", "April '15 = 2015-04"},
      {"On 14 April 15 people came.", "14 April = 2024-04-14"},
      {"in 44 BC", "44 BC = BC0044"},
      {"in 480 B.C.", "480 B.C. = BC0480"},
      {"in 2014 A.D.", "2014 A.D. = 2014"},
      {"in 14 a.d.", "14 a.d. = 0014"},
      {"In A.D. 79 the city fell.", "A.D. 79 = 0079"},
      {"In 2014 BC Hydro raised prices.", "2014 = 2014"},
      {"He hired 14 ad agencies.", ""},
      {"the ides of March 2024", "the ides of March 2024 = 2024-03-15"},
      {"the ides of June 2024", "the ides of June 2024 = 2024-06-13"},
  });
}

TEST_CASE("timex: a week is called by its first day") {
  check_timexes({
      {"the week of October 6, 2024", "the week of October 6, 2024 = 2024-W41"},
      {"the week of October 7, 2024", "the week of October 7, 2024 = 2024-W41"},
      {"the week of October 5, 2024", "the week of October 5, 2024 = 2024-W40"},
  });
}

TEST_CASE("timex: durations of many parts are one") {
  check_timexes({
      {"It ran 1 year, 2 days, 3 hours and 4 seconds.",
       "1 year, 2 days, 3 hours and 4 seconds = DURATION P1Y2DT3H4S"},
      {"2 hours, 10 minutes and 5 seconds", "2 hours, 10 minutes and 5 seconds = DURATION PT2H10M5S"},
      {"one day, two hours and three minutes", "one day, two hours and three minutes = DURATION P1DT2H3M"},
      {"3 weeks, 2 days and 4 hours", "3 weeks, 2 days and 4 hours = DURATION P3W2DT4H"},
      {"It took 2h 30m 10s in all.", "2h 30m 10s = DURATION PT2H30M10S"},
      {"a stop of 1h30m", "1h30m = DURATION PT1H30M"},
      {"two years, three months, and 5 cars", "two years, three months = DURATION P2Y3M"},
      {"2 hours, 10 minutes and 5 hours", "2 hours, 10 minutes = DURATION PT2H10M"},
  });
}

TEST_CASE("timex: the one before last, fortnights, weekends") {
  check_timexes({
      {"the week before last", "the week before last = 2024-W32"},
      {"the year before last", "the year before last = 2022"},
      {"It fell the Monday before last.", "the Monday before last = 2024-08-12"},
      {"the day before last Tuesday", "the day before = 2024-08-20; last Tuesday = 2024-08-13"},
      {"the past fortnight", "the past fortnight = DURATION P2W"},
      {"It opens on weekends.", "weekends = SET XXXX-WXX-WE"},
      {"the last weekend of July 2024", "the last weekend of July 2024 = 2024-W30-WE"},
      {"the first weekend of August 2024", "the first weekend of August 2024 = 2024-W31-WE"},
      {"the week of Christmas 2024", "the week of Christmas 2024 = 2024-W52"},
      {"every second Tuesday, every second week, every third month",
       "every second Tuesday = SET XXXX-WXX-2; every second week = SET P2W; every third month = SET P3M"},
      {"half a century, a quarter century", "half a century = DURATION P50Y; a quarter century = DURATION P25Y"},
  });
}

TEST_CASE("timex: weekday to weekday, and so long from a weekday") {
  check_timexes({
      {"It will open from Monday to Friday.", "Monday to Friday = 2024-08-26/2024-08-30"},
      {"It will open Friday through Monday.", "Friday through Monday = 2024-08-23/2024-08-26"},
      {"It will open a week from Friday.", "a week from Friday = 2024-08-30"},
      {"two weeks from tomorrow", "two weeks from tomorrow = 2024-09-05"},
      {"It opened on Monday to cheers.", "Monday = 2024-08-19"},
  });
}

TEST_CASE("timex: months up to a month, quarters of a fiscal year") {
  check_timexes({
      {"the nine months to September 2023", "the nine months to September 2023 = 2023-01-01/2023-09-30"},
      {"the six months to June 2024", "the six months to June 2024 = 2024-H1"},
      {"three months to live", ""},
      {"Q3 FY2024 and Q1 FY 2023", "Q3 FY2024 = 2024-Q3; Q1 FY 2023 = 2023-Q1"},
  });
}

}  // namespace
}  // namespace factmill
