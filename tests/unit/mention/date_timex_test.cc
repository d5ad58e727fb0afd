#include "unit/mention/date_timex.h"

namespace factmill {
namespace {

TEST_CASE("timex: days in every order and punctuation") {
  check_timexes({
      {"Deliveries began on March 28, 2024.", "March 28, 2024 = 2024-03-28"},
      {"Deliveries began on 28 March 2024.", "28 March 2024 = 2024-03-28"},
      {"Deliveries began on the 28th of March, 2024.", "the 28th of March, 2024 = 2024-03-28"},
      {"Deliveries began on Thursday, March 28, 2024.", "Thursday, March 28, 2024 = 2024-03-28"},
      {"The plant opened on march 28 2024.", "march 28 2024 = 2024-03-28"},
      {"The plant opened on the third of may.", "the third of may = 2024-05-03"},
      {"The plant opened on March first.", "March first = 2024-03-01"},
      {"The plant opened on june the 15th.", "june the 15th = 2024-06-15"},
      {"The plant opened on 28-Mar-2024.", "28-Mar-2024 = 2024-03-28"},
      {"The plant opened on 28/Mar/2024.", "28/Mar/2024 = 2024-03-28"},
      {"The plant opened on 2024.03.28.", "2024.03.28 = 2024-03-28"},
      {"The plant opened on 2024.13.28.", ""},
      {"The plant opened on Mar. 28 , 2024.", "Mar. 28 , 2024 = 2024-03-28"},
      {"The plant opened on March 28, 96.", "March 28, 96 = 1996-03-28"},
      {"The plant opened in Aug 96.", "Aug 96 = 1996-08"},
      {"The plant sold in Aug 96 cars.", "Aug = 2024-08"},
      {"The plant opened on Sunday, March, 6th 2016.", "Sunday, March, 6th 2016 = 2016-03-06"},
      {"The plant opened on 2024-3-8.", "2024-3-8 = 2024-03-08"},
      {"The plant opened on 3/28/2024.", "3/28/2024 = 2024-03-28"},
      {"The plant opened on 3/28/24.", "3/28/24 = 2024-03-28"},
      {"The plant opened on 28/3/2024.", "28/3/2024 = 2024-03-28"},
      {"The plant opened on 03/04/2024.", "03/04/2024 = 2024-03-04"},
      {"The plant opened on 28.03.2024.", "28.03.2024 = 2024-03-28"},
      {"The plant opened on 3.28.2024.", "3.28.2024 = 2024-03-28"},
      {"The plant opened on 3/28.", "3/28 = 2024-03-28"},
      {"Sales rose in 2/2024.", "2/2024 = 2024-02"},
      {"Version 1.2.3 and 10.31.99 are out.", ""},
      {"It may 5 times over, and march on.", ""},
      {"1/2 of the 24/7 service was cut.", ""},
      {"The plant opened on Jan 5,2023.", "Jan 5,2023 = 2023-01-05"},
      {"The plant sold Jan 1,200 cars.", ""},
      {"It opened on Dec31 , 1994.", "Dec31 , 1994 = 1994-12-31"},
      {"It opened on 2009 May 22nd.", "2009 May 22nd = 2009-05-22"},
      {"It opened on the 2nd of February in the year 1980.", "the 2nd of February in the year 1980 = 1980-02-02"},
      {"It opened on 09.08.2013.", "09.08.2013 = 2013-08-09"},
      {"It opened on November 10th of last year.", "November 10th of last year = 2023-11-10"},
      {"It ran from 28 September thru 5 October 2008.", "28 September thru 5 October 2008 = 2008-09-28/2008-10-05"},
      {"It sold well in may.", "may = 2024-05"},
      {"It opened last wed and opens this coming mon, it said.", "last wed = 2024-08-14; this coming mon = 2024-08-26"},
  });
}

TEST_CASE("timex: fiscal years by their end, by two years, estimates") {
  check_timexes({
      {"Profit rose in the fiscal year to March 31, 2024.", "the fiscal year to March 31, 2024 = 2023-04-01/2024-03-31"},
      {"Profit rose in the year to March.", "the year to March = 2023-04-01/2024-03-31"},
      {"Profit rose in the year to December 31, 2023.", "the year to December 31, 2023 = 2023"},
      {"Profit rose in the 12 months to June 2024.", "the 12 months to June 2024 = 2023-07-01/2024-06-30"},
      {"Profit rose in FY2023-24, in FY2022/23, in financial year 2021-22.",
       "FY2023-24 = 2023-04-01/2024-03-31; FY2022/23 = 2022-04-01/2023-03-31; financial year 2021-22 = 2021-04-01/2022-03-31"},
      {"Profit of FY25E, 4Q25E and 2026E.", "FY25E = 2025; 4Q25E = 2025-Q4; 2026E = 2026"},
      {"Profit rose in the half year to June 30, 2024.", "the half year to June 30, 2024 = 2024-H1"},
      {"Last year to March was good.", "Last year = 2023; March = 2024-03"},
      {"Sales of 2026E/27E and CY25.", "2026E/27E = 2026-01-01/2027-12-31; CY25 = 2025"},
      {"Sales in 2024-25 rose, in 2024-11 fell.", "2024-25 = 2024-01-01/2025-12-31; 2024-11 = 2024-11"},
      {"Sales of 8M25 and 9M 2024.", "8M25 = 2025-01-01/2025-08-31; 9M 2024 = 2024-01-01/2024-09-30"},
      {"Sales in 1Q/2Q26 and 4Q FY25 rose.", "1Q/2Q26 = 2026-H1; 4Q FY25 = 2025-Q4"},
      {"Sales rose in the back half of this year, in the quarter to date and MTD.",
       "the back half of this year = 2024-H2; the quarter to date = 2024-07-01/2024-08-21; MTD = 2024-08-01/2024-08-21"},
      {"NIO sold 21,340, its best month so far.", ""},
      {"It is to close between now and 2030.", "now and 2030 = 2024-08-21/2030-12-31"},
      {"It is to close between now and December 10.", "now = PRESENT_REF; December 10 = 2024-12-10"},
      {"It is open now and in 2030.", "now = PRESENT_REF; 2030 = 2030"},
      {"Sales in CW23 and W36 2025 rose.", "CW23 = 2025-W23; W36 2025 = 2025-W36"},
  });
}

TEST_CASE("timex: counted from a day, in two units, nights, centuries") {
  check_timexes({
      {"It opens two weeks from next Tuesday.", "two weeks from next Tuesday = 2024-09-10"},
      {"It opened 2 years 21 days ago.", "2 years 21 days ago = 2022-07-31"},
      {"It closed from 4 to 23 last month.", "4 to 23 last month = 2024-07-04/2024-07-23"},
      {"They stayed two nights.", "two nights = DURATION P2D"},
      {"It took a full day.", "a full day = DURATION P1D"},
      {"A charge from 10% to 80% in 13 minutes.", "13 minutes = DURATION PT13M"},
      {"It stood in the fifth century.", "the fifth century = 04"},
      {"It stood in the 3rd century A.D.", "the 3rd century A.D. = 02"},
      {"in 13 minutes", "13 minutes = DURATION PT13M"},
  });
}

TEST_CASE("timex: days to days, one value") {
  check_timexes({
      {"Orders from August 1 to 18, 2024 rose.", "August 1 to 18, 2024 = 2024-08-01/2024-08-18"},
      {"Orders from July 13 through 15 rose.", "July 13 through 15 = 2024-07-13/2024-07-15"},
      {"Orders on July 13 - 15 rose.", "July 13 - 15 = 2024-07-13/2024-07-15"},
      {"Orders from the 13th to the 15th of July rose.", "the 13th to the 15th of July = 2024-07-13/2024-07-15"},
      {"Orders from 13 to 15 July rose.", "13 to 15 July = 2024-07-13/2024-07-15"},
      {"Orders of 12 to 18 of August rose.", "12 to 18 of August = 2024-08-12/2024-08-18"},
      {"Orders from August 27th - 29th, 2023 rose.", "August 27th - 29th, 2023 = 2023-08-27/2023-08-29"},
      {"Orders from June 28 to July 4 rose.", "June 28 to July 4 = 2024-06-28/2024-07-04"},
      {"Orders between 2021 and 2023 rose.", "2021 and 2023 = 2021-01-01/2023-12-31"},
  });
}

TEST_CASE("timex: months, quarters, halves and years") {
  check_timexes({
      {"in May 2024, in june 2023", "May 2024 = 2024-05; june 2023 = 2023-06"},
      {"the second quarter of 2024, Q2 2024, 2Q24, 2024Q2, the 3rd quarter of 2023",
       "the second quarter of 2024 = 2024-Q2; Q2 2024 = 2024-Q2; 2Q24 = 2024-Q2; 2024Q2 = 2024-Q2; "
       "the 3rd quarter of 2023 = 2023-Q3"},
      {"the first half of 2024, H1 2024, the second half of 2023",
       "the first half of 2024 = 2024-H1; H1 2024 = 2024-H1; the second half of 2023 = 2023-H2"},
      {"the last half of 2023", "the last half of 2023 = 2023-H2"},
      {"the first two quarters of 2024", "the first two quarters of 2024 = 2024-H1"},
      {"It fell in the second half of September.", "the second half of September = 2024-09-16/2024-09-30"},
      {"It fell in the latter half of February 2024.", "the latter half of February 2024 = 2024-02-16/2024-02-29"},
      {"in fiscal 2024, fiscal year 2023", "fiscal 2024 = 2024; fiscal year 2023 = 2023"},
      {"the fiscal first quarter of 2024", "the fiscal first quarter of 2024 = 2024-Q1"},
      {"this year's third quarter, last year's fourth quarter",
       "this year's third quarter = 2024-Q3; last year's fourth quarter = 2023-Q4"},
      {"the first nine months of 2023", "the first nine months of 2023 = 2023-01-01/2023-09-30"},
      {"Sales in 1985 and in 1891 were small.", "1985 = 1985; 1891 = 1891"},
      {"The loss of 1985 units and 1,891 cars", ""},
      {"in nineteen ninety-six, in two thousand and twenty-one",
       "nineteen ninety-six = 1996; two thousand and twenty-one = 2021"},
      {"throughout the 1990s, the '80s and the nineties", "the 1990s = 199; the '80s = 198; the nineties = 199"},
      {"the late 1970s", "the late 1970s = 197 END"},
      {"in the 21st century", "the 21st century = 20"},
  });
}

TEST_CASE("timex: weeks and weekends") {
  check_timexes({
      {"Registrations in week 33 rose.", "week 33 = 2024-W33"},
      {"Registrations in the week of August 12 rose.", "the week of August 12 = 2024-W33"},
      {"Registrations in the week of August 14th rose.", "the week of August 14th = 2024-W33"},
      {"Registrations rose last week.", "last week = 2024-W33"},
      {"Registrations will rise next week.", "next week = 2024-W35"},
      {"Registrations rose this week.", "this week = 2024-W34"},
      {"Earlier this week, Registrations rose.", "Earlier this week = 2024-W34"},
      {"The show ran over the weekend.", "the weekend = 2024-W33-WE"},
      {"The show will open at the weekend.", "the weekend = 2024-W34-WE"},
      {"The show opens this weekend and closes next weekend.",
       "this weekend = 2024-W34-WE; next weekend = 2024-W35-WE"},
      {"It sold 300 cars in the first week of August.", "the first week of August = 2024-W31"},
      {"It sold 300 cars in the last week of July 2024.", "the last week of July 2024 = 2024-W30"},
      {"The team was weak 33 times.", ""},
  });
}

TEST_CASE("timex: relative to the day of publication") {
  check_timexes({
      {"It said today, yesterday and tomorrow.", "today = 2024-08-21; yesterday = 2024-08-20; tomorrow = 2024-08-22"},
      {"the day before yesterday and the day after tomorrow",
       "the day before yesterday = 2024-08-19; the day after tomorrow = 2024-08-23"},
      {"last month, this month, next month", "last month = 2024-07; this month = 2024-08; next month = 2024-09"},
      {"last quarter, this quarter and next quarter",
       "last quarter = 2024-Q2; this quarter = 2024-Q3; next quarter = 2024-Q4"},
      {"last year, this year, next year", "last year = 2023; this year = 2024; next year = 2025"},
      {"earlier this year, later this month", "earlier this year = 2024; later this month = 2024-08"},
      {"two years ago, three months ago, ten days ago",
       "two years ago = 2022; three months ago = 2024-05; ten days ago = 2024-08-11"},
      {"It was founded twenty-five years ago.", "twenty-five years ago = 1999"},
      {"a couple of years ago", "a couple of years ago = 2022"},
      {"two quarters ago", "two quarters ago = 2024-Q1"},
      {"three weeks from now, 10 days from now", "three weeks from now = 2024-W37; 10 days from now = 2024-08-31"},
      {"the year after next", "the year after next = 2026"},
      {"last fiscal year", "last fiscal year = 2023"},
      {"on the 20th of last month", "the 20th of last month = 2024-07-20"},
      {"the 5th of next month", "the 5th of next month = 2024-09-05"},
  });
}

TEST_CASE("timex: weeks are counted from the day") {
  check_days({
      {"The recall began two weeks ago.", "two weeks ago = 2024-W32 2024-08-07..2024-08-07"},
      {"The recall began a week ago.", "a week ago = 2024-W33 2024-08-14..2024-08-14"},
      {"The sale begins a week from now.", "a week from now = 2024-W35 2024-08-28..2024-08-28"},
      {"The sale will begin in two weeks.", "two weeks = 2024-W36 2024-09-04..2024-09-04"},
      {"The price was the lowest in two weeks.", "two weeks = DURATION P2W"},
  });
}

TEST_CASE("timex: weekdays lie where the tense puts them") {
  check_timexes({
      {"Nio unveiled the car on Tuesday.", "Tuesday = 2024-08-20"},
      {"Nio unveiled the car on Thursday.", "Thursday = 2024-08-15"},
      {"Nio will unveil the car on Thursday.", "Thursday = 2024-08-22"},
      {"Nio plans to open the plant on Monday.", "Monday = 2024-08-26"},
      {"Nio said Monday that it would hire.", "Monday = 2024-08-19"},
      {"The launch is scheduled for Friday.", "Friday = 2024-08-23"},
      {"The launch is set for Friday.", "Friday = 2024-08-23"},
      {"The launch set a record Friday.", "Friday = 2024-08-16"},
      {"The launch was postponed until Saturday.", "Saturday = 2024-08-24"},
      {"The launch was postponed on Saturday.", "Saturday = 2024-08-17"},
      {"On Wednesday, shares fell.", "Wednesday = 2024-08-21"},
      {"shares fell last Tuesday", "last Tuesday = 2024-08-13"},
      {"it will open next Tuesday", "next Tuesday = 2024-08-27"},
      {"It opened this past Sunday.", "this past Sunday = 2024-08-18"},
      {"It opens this coming Sunday.", "this coming Sunday = 2024-08-25"},
      {"the first Monday of September 2024", "the first Monday of September 2024 = 2024-09-02"},
      {"It closed on the last Friday of July.", "the last Friday of July = 2024-07-26"},
      {"Wednesday of next week", "Wednesday of next week = 2024-08-28"},
      {"It sold out in three Fridays.", "Fridays = SET XXXX-WXX-5"},
  });
}

TEST_CASE("timex: a year that is left out lies where the tense puts it") {
  check_timexes({
      {"It sold 20,000 cars in October.", "October = 2023-10"},
      {"It sold 20,000 cars in July.", "July = 2024-07"},
      {"It will launch the car in March.", "March = 2025-03"},
      {"The car is due on December 15.", "December 15 = 2024-12-15"},
      {"The dividend is payable Sept. 30.", "Sept. 30 = 2024-09-30"},
      {"Deliveries began in the fourth quarter.", "the fourth quarter = 2023-Q4"},
      {"It expects a profit in the fourth quarter.", "the fourth quarter = 2024-Q4"},
      {"The tax break ends on December 31.", "December 31 = 2024-12-31"},
      {"Sales in March, April and May were weak.", "March = 2024-03; April = 2024-04; May = 2024-05"},
      {"Sales in April may rise.", "April = 2025-04"},
      {"last October, next March, this September",
       "last October = 2023-10; next March = 2025-03; this September = 2024-09"},
      {"last spring, this summer, next winter", "last spring = 2024-SP; this summer = 2024-SU; next winter = 2024-WI"},
      {"in the fall of 2023, in summer 2022", "the fall of 2023 = 2023-FA; summer 2022 = 2022-SU"},
      {"Sales fall and spring back.", ""},
      {"Friday, July 18", "Friday, July 18 = 2025-07-18"},
  });
}

TEST_CASE("timex: parts are a mod and a stretch of days") {
  check_days({
      {"It began in early March 2024.", "early March 2024 = 2024-03 START 2024-03-01..2024-03-10"},
      {"It began in mid-March 2024.", "mid-March 2024 = 2024-03 MID 2024-03-11..2024-03-20"},
      {"It began in late March 2024.", "late March 2024 = 2024-03 END 2024-03-21..2024-03-31"},
      {"It began at the end of February 2024.", "February 2024 = 2024-02 END 2024-02-21..2024-02-29"},
      {"It began in early 2023.", "early 2023 = 2023 START 2023-01-01..2023-04-30"},
      {"It will end by the end of 2025.", "2025 = 2025 END 2025-12-31..2025-12-31"},
      {"It had 2,000 stores as of the end of June 2024.", "June 2024 = 2024-06 END 2024-06-30..2024-06-30"},
      {"It ended at year-end.", "year-end = 2024 END 2024-09-01..2024-12-31"},
      {"since March 28, 2024", "March 28, 2024 = 2024-03-28 2024-03-28..2024-08-21"},
      {"as of June 30, 2024", "June 30, 2024 = 2024-06-30 2024-06-30..2024-06-30"},
      {"so far this year", "so far this year = 2024-01-01/2024-08-21 2024-01-01..2024-08-21"},
      {"year to date", "year to date = 2024-01-01/2024-08-21 2024-01-01..2024-08-21"},
  });
}

TEST_CASE("timex: durations, and those that lie beside the publish date") {
  check_days({
      {"over the past three years", "the past three years = DURATION P3Y 2021-01-01..2023-12-31"},
      {"in the last two months", "the last two months = DURATION P2M 2024-06-01..2024-07-31"},
      {"in the next five days", "the next five days = DURATION P5D 2024-08-22..2024-08-26"},
      {"in the past 24 hours", "the past 24 hours = DURATION PT24H"},
      {"the next two quarters", "the next two quarters = DURATION P6M 2024-10-01..2025-03-31"},
      {"for several years", "several years = DURATION PXY"},
      {"in a few days", "a few days = DURATION PXD"},
      {"within a couple of weeks", "a couple of weeks = DURATION P2W"},
      {"for decades", "decades = DURATION PXDE"},
      {"for two decades", "two decades = DURATION P20Y"},
      {"for years", "years = DURATION PXY"},
      {"within a year", "a year = DURATION P1Y"},
      {"half a year", "half a year = DURATION P6M"},
      {"two and a half years", "two and a half years = DURATION P2Y6M"},
      {"an hour and a half", "an hour and a half = DURATION PT1H30M"},
      {"two years and three months", "two years and three months = DURATION P2Y3M"},
      {"12 minutes and 43 seconds", "12 minutes and 43 seconds = DURATION PT12M43S"},
      {"1 hour 30 minutes", "1 hour 30 minutes = DURATION PT1H30M"},
      {"two more weeks", "two more weeks = DURATION P2W"},
      {"a third of sales, a quarter of the market", ""},
  });
}

TEST_CASE("timex: sets") {
  check_timexes({
      {"It delivers 500 cars daily.", "daily = SET P1D"},
      {"It is updated every month and every quarter.", "every month = SET P1M; every quarter = SET P3M"},
      {"It reports monthly, annually and weekly.", "monthly = SET P1M; annually = SET P1Y; weekly = SET P1W"},
      {"Each Thursday, the ministry meets.", "Each Thursday = SET XXXX-WXX-4"},
      {"every Monday morning", "every Monday morning = SET XXXX-WXX-1TMO"},
      {"It opens on Sundays.", "Sundays = SET XXXX-WXX-7"},
      {"each July", "each July = SET XXXX-07"},
      {"every two weeks, every other day", "every two weeks = SET P2W; every other day = SET P2D"},
      {"every 30 minutes", "every 30 minutes = SET PT30M"},
      {"The quarterly dividend was cut.", ""},
  });
}

TEST_CASE("timex: times of day") {
  check_timexes({
      {"The launch begins at 7:30 p.m. on Friday.", "7:30 p.m. on Friday = TIME 2024-08-23T19:30"},
      {"The launch will begin at 7:30 p.m. Friday.", "7:30 p.m. Friday = TIME 2024-08-23T19:30"},
      {"The launch began at 14:00.", "14:00 = TIME 2024-08-21T14:00"},
      {"On August 15, orders opened. At 2 pm they closed.", "August 15 = 2024-08-15; 2 pm = TIME 2024-08-15T14:00"},
      {"at 10 a.m. EDT on July 23, 2024", "10 a.m. EDT on July 23, 2024 = TIME 2024-07-23T10:00"},
      {"at noon, until midnight", "noon = TIME 2024-08-21T12:00; midnight = TIME 2024-08-21T24:00"},
      {"this morning, this afternoon, tonight",
       "this morning = TIME 2024-08-21TMO; this afternoon = TIME 2024-08-21TAF; tonight = TIME 2024-08-21TNI"},
      {"last night, yesterday evening", "last night = TIME 2024-08-20TNI; yesterday evening = TIME 2024-08-20TEV"},
      {"It opened Tuesday night.", "Tuesday night = TIME 2024-08-20TNI"},
      {"A score of 4:3 and a ratio of 16:9", ""},
  });
}

TEST_CASE("timex: now, once and soon") {
  check_timexes({
      {"It now sells in 20 countries.", "now = PRESENT_REF"},
      {"It currently has 2,000 stores.", "currently = PRESENT_REF"},
      {"It recently opened a store.", "recently = PAST_REF"},
      {"In recent years, sales rose.", "recent years = DURATION PXY"},
      {"It will soon open a store.", "soon = FUTURE_REF"},
      {"in the near future", "the near future = FUTURE_REF"},
      {"several years ago", "several years ago = PAST_REF"},
      {"Now that prices fell, as soon as they can", ""},
  });
}

TEST_CASE("timex: what the period spoken of makes of relative words") {
  check_timexes({
      {"In July, Nio sold 20,498 cars, up from 20,462 a year earlier.", "July = 2024-07; a year earlier = 2023-07"},
      {"In July, Nio sold 20,498 cars, against 21,209 in the previous month.",
       "July = 2024-07; the previous month = 2024-06"},
      {"Second-quarter revenue rose from that of a year ago.", "Second-quarter = 2024-Q2; a year ago = 2023-Q2"},
      {"Second-quarter revenue rose from the year-earlier quarter.",
       "Second-quarter = 2024-Q2; the year-earlier quarter = 2023-Q2"},
      {"In the second quarter of 2024 sales rose. Margins fell in the quarter.",
       "the second quarter of 2024 = 2024-Q2; the quarter = 2024-Q2"},
      {"In the first half, sales rose from the same period last year.",
       "the first half = 2024-H1; the same period last year = 2023-H1"},
      {"Margins fell in the quarter.", "the quarter = 2024-Q2"},
      {"It earned more than a year earlier.", "a year earlier = 2023"},
      {"It opened on May 5. The next day it closed.", "May 5 = 2024-05-05; The next day = 2024-05-06"},
      {"It opened on May 5 and closed three days later.", "May 5 = 2024-05-05; three days later = 2024-05-08"},
      {"In 2019 it had 5 stores. That year it lost money.", "2019 = 2019; That year = 2019"},
      {"In 2019 it had 5 stores, and the following year 10.", "2019 = 2019; the following year = 2020"},
      {"At the same time, costs rose.", ""},
      {"In April it sold 4,500 cars, up from 3,000 in March. That is 50 percent more than in the previous month.",
       "April = 2024-04; March = 2024-03; the previous month = 2024-03"},
      {"Third-quarter sales rose from the second quarter and from the same period of 2023.",
       "Third-quarter = 2024-Q3; the second quarter = 2024-Q2; the same period of 2023 = 2023-Q3"},
      {"Registrations were 58,000 last week, up from the week before. BYD rose 5 percent from the previous week.",
       "last week = 2024-W33; the week before = 2024-W32; the previous week = 2024-W32"},
  });
}

TEST_CASE("timex: days with a name") {
  check_days({
      {"before Christmas 2024", "Christmas 2024 = 2024-12-25 2024-12-25..2024-12-25"},
      {"on Thanksgiving 2023 and Black Friday 2023",
       "Thanksgiving 2023 = 2023-11-23 2023-11-23..2023-11-23; Black Friday 2023 = 2023-11-24 2023-11-24..2023-11-24"},
      {"the Chinese New Year of 2024", "the Chinese New Year of 2024 = 2024-02-10 2024-02-10..2024-02-10"},
      {"the 2025 Spring Festival", "the 2025 Spring Festival = 2025-01-29 2025-01-29..2025-01-29"},
      {"the Spring Festival holiday in 2024",
       "the Spring Festival holiday in 2024 = 2024-02-09/2024-02-16 2024-02-09..2024-02-16"},
      {"the National Day holiday in 2023",
       "the National Day holiday in 2023 = 2023-10-01/2023-10-07 2023-10-01..2023-10-07"},
      {"the Mid-Autumn Festival of 2024", "the Mid-Autumn Festival of 2024 = 2024-09-17 2024-09-17..2024-09-17"},
      {"Qingming 2024", "Qingming 2024 = 2024-04-04 2024-04-04..2024-04-04"},
      {"Singles Day 2023", "Singles Day 2023 = 2023-11-11 2023-11-11..2023-11-11"},
      {"Easter 2024, Good Friday 2025",
       "Easter 2024 = 2024-03-31 2024-03-31..2024-03-31; Good Friday 2025 = 2025-04-18 2025-04-18..2025-04-18"},
      {"Labor Day 2024, Memorial Day 2024",
       "Labor Day 2024 = 2024-09-02 2024-09-02..2024-09-02; Memorial Day 2024 = 2024-05-27 2024-05-27..2024-05-27"},
      {"last Christmas, next Thanksgiving",
       "last Christmas = 2023-12-25 2023-12-25..2023-12-25; next Thanksgiving = 2024-11-28 2024-11-28..2024-11-28"},
      {"three days after Christmas 2023", "three days after Christmas 2023 = 2023-12-28 2023-12-28..2023-12-28"},
      {"Diwali 2024 and Dhanteras 2024",
       "Diwali 2024 = 2024-10-31 2024-10-31..2024-10-31; Dhanteras 2024 = 2024-10-29 2024-10-29..2024-10-29"},
  });
}

TEST_CASE("timex: a line that is wrapped is one text, a row of a table is not") {
  check_timexes({
      {"The company said that it paid its dividend on Dec.\n31, 2023, and that it would pay again",
       "Dec.\n31, 2023 = 2023-12-31"},
      {"Deliveries of the company rose last\nweek, and those of others fell", "last\nweek = 2024-W33"},
      {"May\n12 cars", ""},
      {"Deliveries of the company rose in the last\n\nweek", ""},
  });
}

TEST_CASE("timex: without a publish date what is known remains") {
  const auto bare = [](std::string_view text) { return timexes_of(text, std::nullopt, true); };
  CHECK(bare("on August 21") == "August 21 = XXXX-08-21");
  CHECK(bare("in August") == "August = XXXX-08");
  CHECK(bare("on Friday") == "Friday = XXXX-WXX-5");
  CHECK(bare("the third quarter") == "the third quarter = XXXX-Q3");
  CHECK(bare("in 2024") == "2024 = 2024 2024-01-01..2024-12-31");
  CHECK(bare("yesterday") == "yesterday = ?");
  CHECK(bare("every month, three weeks ago") == "every month = SET P1M; three weeks ago = ?");
}

TEST_CASE("timex: 03/04/2024 can be read the other way, 03/28/2024 cannot") {
  const auto order = [](std::string_view text) {
    ValueList values;
    ValueReader(common_tables())
        .read(text, {0, static_cast<uint32_t>(text.size())}, values, DecimalSign::point, ReadFor::annotations);
    return values.dates.at(0);
  };
  DateSpec open = order("on 03/04/2024");
  CHECK(open.order == DateSpec::Order::open);
  CHECK(swap_order(open));
  CHECK(open.month == 4);
  CHECK(open.day == 3);
  DateSpec closed = order("on 03/28/2024");
  CHECK(closed.order == DateSpec::Order::month_first);
  CHECK_FALSE(swap_order(closed));
  CHECK(order("on 03/03/2024").order == DateSpec::Order::none);
}

TEST_CASE("timex: what is read for annotations is not read for facts") {
  CHECK(dates_of("now, every month, last night, tonight", {make_day(2024, 8, 21), {}, Direction::nearest}) ==
        "tonight = 2024-08-21 day");
}

}  // namespace
}  // namespace factmill
