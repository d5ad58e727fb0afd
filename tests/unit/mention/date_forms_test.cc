#include "unit/mention/value_text.h"

namespace factmill {
namespace {

const DateContext kAugust2024 = {make_day(2024, 8, 21), {}, Direction::nearest};

TEST_CASE("days: every order, relative, weekdays; impossible ones are none") {
  check_dates(kAugust2024, {
      {"on August 21, 2024", "August 21, 2024 = 2024-08-21 day"},
      {"Aug. 21, Aug 21st, 2024 and 21 August 2024",
       "Aug. 21 = 2024-08-21 day inferred; Aug 21st, 2024 = 2024-08-21 day; 21 August 2024 = 2024-08-21 day"},
      {"the 21st of August, 21 Aug", "the 21st of August = 2024-08-21 day inferred; 21 Aug = 2024-08-21 day inferred"},
      {"2024-08-21, 2024/08/21, 08/21/2024",
       "2024-08-21 = 2024-08-21 day; 2024/08/21 = 2024-08-21 day; 08/21/2024 = 2024-08-21 day"},
      {"Wednesday, August 21", "Wednesday, August 21 = 2024-08-21 day inferred"},
      {"on May 23, on March 28", "May 23 = 2024-05-23 day inferred; March 28 = 2024-03-28 day inferred"},
      {"today, yesterday, tomorrow", "today = 2024-08-21 day; yesterday = 2024-08-20 day; tomorrow = 2024-08-22 day"},
      {"on Monday, last Tuesday", "Monday = 2024-08-19 day; last Tuesday = 2024-08-13 day"},
      {"August 32, 2024-13-01, February 30, 2024", "August = 2024-08 month inferred; February 30, 2024 = ?"},
      {"May 20 cities, June 30 percent", "June = 2024-06 month inferred"},
  });
}

TEST_CASE("months: names need a capital, doubtful ones a word before") {
  check_dates(kAugust2024, {
      {"in August 2024, in April, June, 2024",
       "August 2024 = 2024-08 month; April = 2024-04 month inferred; June, 2024 = 2024-06 month"},
      {"in May, since March; it may; to march; May deliveries; March on",
       "May = 2024-05 month inferred; {since March} March = 2024-03-01/2024-08-21 range inferred; May = 2024-05 month inferred"},
      {"Sept. 2024, Jan. and Dec 2023",
       "Sept. 2024 = 2024-09 month; Jan. = 2024-01 month inferred; Dec 2023 = 2023-12 month"},
      {"August last year, June this year", "August last year = 2023-08 month; June this year = 2024-06 month"},
      {"in April 2,000 units", "April = 2024-04 month inferred"},
      {"July 2024's sales", "July 2024 = 2024-07 month"},
  });
}

TEST_CASE("quarters: words, Q2, 2Q24, 2024Q2, three months ended") {
  check_dates(kAugust2024, {
      {"the second quarter of 2024, second-quarter, in the fourth quarter",
       "the second quarter of 2024 = 2024-Q2 quarter; second-quarter = 2024-Q2 quarter inferred; "
       "the fourth quarter = 2024-Q4 quarter inferred"},
      {"Q2 2024, Q2, 2Q24, 2024Q2, 2024 Q2, 25Q3, Q3 FY25, 4Q 2024, Q4'24",
       "Q2 2024 = 2024-Q2 quarter; Q2 = 2024-Q2 quarter inferred; 2Q24 = 2024-Q2 quarter; "
       "2024Q2 = 2024-Q2 quarter; 2024 Q2 = 2024-Q2 quarter; 25Q3 = 2025-Q3 quarter; Q3 FY25 = 2025-Q3 quarter; "
       "4Q 2024 = 2024-Q4 quarter; Q4'24 = 2024-Q4 quarter"},
      {"2025 Q3 2025 Q2 2025 Q1", "2025 Q3 = 2025-Q3 quarter; 2025 Q2 = 2025-Q2 quarter; 2025 Q1 = 2025-Q1 quarter"},
      {"the fourth quarter of last year, third quarter this year",
       "the fourth quarter of last year = 2023-Q4 quarter; third quarter this year = 2024-Q3 quarter"},
      {"the April-June quarter, July-September, the September quarter",
       "the April-June quarter = 2024-Q2 quarter inferred; July-September = 2024-Q3 quarter inferred; "
       "the September quarter = 2024-Q3 quarter inferred"},
      {"three months ended September 30, the three months ended June 30, 2024",
       "three months ended September 30 = 2024-Q3 quarter inferred; "
       "the three months ended June 30, 2024 = 2024-Q2 quarter"},
      {"Audi Q3s and SQ2", ""},
  });
}

TEST_CASE("quarters, halves and years without their unit are those beside one named shortly before") {
  check_dates(kAugust2024, {
      {"1,805 in the third quarter of 2023 and 3,386 in the fourth.", "the third quarter of 2023 = 2023-Q3 quarter; the fourth = 2023-Q4 quarter"},
      {"12 in the first quarter of 2024, 19 in the second and 21 in the third, it said",
       "the first quarter of 2024 = 2024-Q1 quarter; the second = 2024-Q2 quarter; the third = 2024-Q3 quarter"},
      {"35,000 in the first half of 2023 and 106,000 in the second", "the first half of 2023 = 2023-H1 half; the second = 2023-H2 half"},
      {"a loss this year and a profit next.", "this year = 2024 year; next = 2025 year"},
      {"in the third quarter of 2023 and fifth in the fourth race", "the third quarter of 2023 = 2023-Q3 quarter"},
      {"in the third quarter of 2023, more than in the third.", "the third quarter of 2023 = 2023-Q3 quarter"},
      {"in the first half of 2023, but not in the third.", "the first half of 2023 = 2023-H1 half"},
      {"It came last in the second, and a profit was next.", ""},
  });
}

TEST_CASE("halves: H1, 1H24, first half") {
  check_dates(kAugust2024, {
      {"H1 2025, 1H 2023, 1H24, the first half of 2024, in the first half, first-half sales",
       "H1 2025 = 2025-H1 half; 1H 2023 = 2023-H1 half; 1H24 = 2024-H1 half; "
       "the first half of 2024 = 2024-H1 half; the first half = 2024-H1 half inferred; "
       "first-half = 2024-H1 half inferred"},
      {"the first half of this year, the second half of the year",
       "the first half of this year = 2024-H1 half; the second half of the year = 2024-H2 half"},
  });
}

TEST_CASE("years: after a preposition and before no unit") {
  check_dates(kAugust2024, {
      {"in 2024, full-year 2024, the full year 2024, full year 2023, FY2024, FY25, fiscal 2024",
       "2024 = 2024 year; full-year 2024 = 2024 year; the full year 2024 = 2024 year; "
       "full year 2023 = 2023 year; FY2024 = 2024 year; FY25 = 2025 year; fiscal 2024 = 2024 year"},
      {"by 2025, since 2021, early 2026, mid-2025, late 2026, end-2025",
       "{by 2025} 2025 = 2025 by; {since 2021} 2021 = 2021-01-01/2024-08-21 range; early 2026 = 2026 year; "
       "mid-2025 = 2025 year; late 2026 = 2026 year; end-2025 = 2025-12-31 as_of"},
      {"the 2025 G6, its 2024 target, 2024 was good", ""},
      {"for 2024 yuan, of 2,024, for 2024 km", ""},
      {"in 2024 vehicles were sold", "2024 = 2024 year"},
      {"for 2024-2026, between 2022 and 2025, from 2022 to 2025, in 2024 and 2025",
       "2024-2026 = 2024-01-01/2026-12-31 range; 2022 and 2025 = 2022-01-01/2025-12-31 range; "
       "2022 to 2025 = 2022-01-01/2025-12-31 range; 2024 = 2024 year; 2025 = 2025 year"},
  });
}

TEST_CASE("days, months and years to others: one range") {
  check_dates(kAugust2024, {
      {"August 1-10, September 1-7, 2025, June 1 to 16, 2024",
       "August 1-10 = 2024-08-01/2024-08-10 range inferred; September 1-7, 2025 = 2025-09-01/2025-09-07 week; "
       "June 1 to 16, 2024 = 2024-06-01/2024-06-16 range"},
      {"August 26-September 1, Aug. 26 to Sept. 1, December 28 to January 3",
       "August 26-September 1 = 2024-08-26/2024-09-01 week inferred; "
       "Aug. 26 to Sept. 1 = 2024-08-26/2024-09-01 week inferred; "
       "December 28 to January 3 = 2023-12-28/2024-01-03 range inferred"},
      {"Dec 30, 2024-January 5, 2025", "Dec 30, 2024-January 5, 2025 = 2024-12-30/2025-01-05 week"},
      {"between March 1, 2024 and August 15, 2025", "March 1, 2024 and August 15, 2025 = 2024-03-01/2025-08-15 range"},
      {"January-August, January to August 2024, Jan-Nov 2023, January-June",
       "January-August = 2024-01-01/2024-08-31 ytd inferred; January to August 2024 = 2024-01-01/2024-08-31 ytd; "
       "Jan-Nov 2023 = 2023-01-01/2023-11-30 ytd; January-June = 2024-H1 half inferred"},
      {"the first nine months, the first nine months of 2024, first six months, the first eight months of this year",
       "the first nine months = 2024-01-01/2024-09-30 ytd inferred; "
       "the first nine months of 2024 = 2024-01-01/2024-09-30 ytd; first six months = 2024-H1 half inferred; "
       "the first eight months of this year = 2024-01-01/2024-08-31 ytd"},
      {"21-25 August 2024", "21-25 August 2024 = 2024-08-21/2024-08-25 range"},
  });
}

TEST_CASE("weeks: of a day, by number, of a month, to a day") {
  check_dates(kAugust2024, {
      {"the week of August 12-18, week of March 3-9, the week of July 29-August 4",
       "the week of August 12-18 = 2024-08-12/2024-08-18 week inferred; "
       "week of March 3-9 = 2024-03-03/2024-03-09 range inferred; "
       "the week of July 29-August 4 = 2024-07-29/2024-08-04 week inferred"},
      {"the week from August 12 to 18, the week between July 29 and August 4, the period of 12 to 18 August 2024",
       "the week from August 12 to 18 = 2024-08-12/2024-08-18 week inferred; "
       "the week between July 29 and August 4 = 2024-07-29/2024-08-04 week inferred; "
       "the period of 12 to 18 August 2024 = 2024-08-12/2024-08-18 week"},
      {"week 36 of 2025, the week ending July 28, the second week of June, the week of August 12",
       "week 36 of 2025 = 2025-W36 week; the week ending July 28 = 2024-07-22/2024-07-28 week inferred; "
       "the second week of June = 2024-06-10/2024-06-16 week inferred; "
       "the week of August 12 = 2024-08-12/2024-08-18 week inferred"},
      {"last week, this week, next week", "last week = 2024-W33 week; this week = 2024-W34 week; next week = 2024-W35 week"},
  });
}

TEST_CASE("roles: as of, by, since, until, to date stand in the outer span") {
  check_dates(kAugust2024, {
      {"as of June 30, 2024; As of March 31",
       "{as of June 30, 2024} June 30, 2024 = 2024-06-30 as_of; "
       "{As of March 31} March 31 = 2024-03-31 as_of inferred"},
      {"by the end of 2025, by the end of June, by end-June",
       "{by the end of 2025} 2025 = 2025-12-31 by; {by the end of June} June = 2024-06-30 by inferred; "
       "{by end-June} June = 2024-06-30 by inferred"},
      {"at the end of June, as of the end of July, end-November",
       "{at the end of June} June = 2024-06-30 as_of inferred; "
       "{as of the end of July} July = 2024-07-31 as_of inferred; end-November = 2024-11-30 as_of inferred"},
      {"since March 28, through June 16, until the end of 2025",
       "{since March 28} March 28 = 2024-03-28/2024-08-21 range inferred; "
       "{through June 16} June 16 = 2024-06-16 by inferred; {until the end of 2025} 2025 = 2025-12-31 by"},
      {"year-to-date, so far this year, this year so far, for the year so far, YTD",
       "year-to-date = 2024-01-01/2024-08-21 ytd; so far this year = 2024-01-01/2024-08-21 ytd; "
       "this year so far = 2024-01-01/2024-08-21 ytd; the year so far = 2024-01-01/2024-08-21 ytd; "
       "YTD = 2024-01-01/2024-08-21 ytd"},
      {"cumulatively, to date", "cumulatively = 2024-08-21 cumulative; to date = 2024-08-21 cumulative"},
  });
}

TEST_CASE("dates against the publish date") {
  check_dates(kAugust2024, {
      {"last month, this month, next quarter, last year, this year, next year",
       "last month = 2024-07 month; this month = 2024-08 month; next quarter = 2024-Q4 quarter; "
       "last year = 2023 year; this year = 2024 year; next year = 2025 year"},
      {"two quarters ago, 2 weeks ago", "two quarters ago = 2024-Q1 quarter; 2 weeks ago = 2024-W32 week"},
      {"late last year, early next year, the end of the year",
       "late last year = 2023 year; early next year = 2025 year; the end of the year = ?"},
  });
}

TEST_CASE("dates: what only looks like one") {
  check_dates(kAugust2024, {
      {"year-on-year, month-on-month, on the year, second, the 2nd place, a may day, 100 days", ""},
  });
}

}  // namespace
}  // namespace factmill
