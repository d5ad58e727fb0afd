#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("anchors: a month is spoken of") {
  check_dates({make_day(2024, 9, 1), month_interval(2024, 8), Direction::nearest}, {
      {"a year earlier", "a year earlier = 2023-08 month"},
      {"a year ago", "a year ago = 2023-08 month"},
      {"the same period last year", "the same period last year = 2023-08 month"},
      {"the same month of last year", "the same month of last year = 2023-08 month"},
      {"year-ago month", "year-ago month = 2023-08 month"},
      {"the previous month", "the previous month = 2024-07 month"},
      {"a month earlier", "a month earlier = 2024-07 month"},
      {"the prior quarter", "the prior quarter = 2024-Q2 quarter"},
      {"the previous year", "the previous year = 2023 year"},
      {"a quarter earlier", "a quarter earlier = 2024-05 month"},
      {"in the period", "the period = 2024-08 month"},
      {"during the quarter", "the quarter = 2024-Q3 quarter"},
      {"for the month", "the month = 2024-08 month"},
      {"that month", "that month = 2024-08 month"},
      {"the full year", "the full year = 2024 year"},
      {"the same period of 2023", "the same period of 2023 = 2023-08 month"},
      {"in the same period", "the same period = 2024-08 month"},
      {"year-to-date", "year-to-date = 2024-01-01/2024-08-31 ytd"},
      {"to date", "to date = 2024-08-31 cumulative"},
      {"two months earlier", "two months earlier = 2024-06 month"},
      {"three months later", "three months later = 2024-11 month"},
  });
}

TEST_CASE("anchors: a quarter is spoken of") {
  check_dates({make_day(2024, 8, 21), quarter_interval(2024, 2), Direction::nearest}, {
      {"a year earlier", "a year earlier = 2023-Q2 quarter"},
      {"a year ago", "a year ago = 2023-Q2 quarter"},
      {"the same period last year", "the same period last year = 2023-Q2 quarter"},
      {"the same month of last year", "the same month of last year = 2023-Q2 quarter"},
      {"year-ago month", "year-ago month = 2023-Q2 quarter"},
      {"the previous month", "the previous month = 2024-05 month"},
      {"a month earlier", "a month earlier = 2024-03-01/2024-05-31 range"},
      {"the prior quarter", "the prior quarter = 2024-Q1 quarter"},
      {"the previous year", "the previous year = 2023 year"},
      {"a quarter earlier", "a quarter earlier = 2024-Q1 quarter"},
      {"in the period", "the period = 2024-Q2 quarter"},
      {"during the quarter", "the quarter = 2024-Q2 quarter"},
      {"for the month", "the month = 2024-06 month"},
      {"that month", "that month = 2024-06 month"},
      {"the full year", "the full year = 2024 year"},
      {"the same period of 2023", "the same period of 2023 = 2023-Q2 quarter"},
      {"in the same period", "the same period = 2024-Q2 quarter"},
      {"year-to-date", "year-to-date = 2024-H1 ytd"},
      {"to date", "to date = 2024-06-30 cumulative"},
      {"two months earlier", "two months earlier = 2024-02-01/2024-04-30 range"},
      {"three months later", "three months later = 2024-Q3 quarter"},
  });
}

TEST_CASE("anchors: nothing is spoken of") {
  check_dates({make_day(2024, 8, 21), {}, Direction::nearest}, {
      {"a year earlier", "a year earlier = ?"},
      {"a year ago", "a year ago = ?"},
      {"the same period last year", "the same period last year = ?"},
      {"the same month of last year", "the same month of last year = ?"},
      {"year-ago month", "year-ago month = ?"},
      {"the previous month", "the previous month = ?"},
      {"a month earlier", "a month earlier = ?"},
      {"the prior quarter", "the prior quarter = ?"},
      {"the previous year", "the previous year = ?"},
      {"a quarter earlier", "a quarter earlier = ?"},
      {"in the period", "the period = ?"},
      {"during the quarter", "the quarter = ?"},
      {"for the month", "the month = ?"},
      {"that month", "that month = ?"},
      {"the full year", "the full year = ?"},
      {"the same period of 2023", "the same period of 2023 = ?"},
      {"in the same period", "the same period = ?"},
      {"year-to-date", "year-to-date = 2024-01-01/2024-08-21 ytd"},
      {"to date", "to date = 2024-08-21 cumulative"},
      {"two months earlier", "two months earlier = ?"},
      {"three months later", "three months later = ?"},
  });
}

TEST_CASE("anchors: seven days are spoken of") {
  check_dates({make_day(2025, 3, 11), Interval{make_day(2025, 3, 3), make_day(2025, 3, 9)}, Direction::nearest}, {
      {"a week earlier", "a week earlier = 2025-02-24/2025-03-02 week"},
      {"the previous week", "the previous week = 2025-02-24/2025-03-02 week"},
      {"a year earlier", "a year earlier = 2024-03-03/2024-03-09 range"},
      {"the week before", "the week before = 2025-02-24/2025-03-02 week"},
      {"in the week", "the week = 2025-03-03/2025-03-09 week"},
      {"the month", ""},
  });
}

TEST_CASE("a missing year: the past") {
  check_dates({make_day(2024, 8, 21), {}, Direction::past}, {
      {"in November", "November = 2023-11 month inferred"},
      {"in August", "August = 2024-08 month inferred"},
      {"in the first quarter", "the first quarter = 2024-Q1 quarter inferred"},
      {"in the third quarter", "the third quarter = 2024-Q3 quarter inferred"},
      {"May 23", "May 23 = 2024-05-23 day inferred"},
      {"in 2023", "2023 = 2023 year"},
      {"December 28 to January 3", "December 28 to January 3 = 2023-12-28/2024-01-03 range inferred"},
      {"on Sunday", "Sunday = 2024-08-18 day"},
      {"the first half", "the first half = 2024-H1 half inferred"},
      {"January-July", "January-July = 2024-01-01/2024-07-31 ytd inferred"},
      {"week 30", "week 30 = 2024-W30 week inferred"},
      {"February 29", "February 29 = 2024-02-29 day inferred"},
  });
}

TEST_CASE("a missing year: the future") {
  check_dates({make_day(2024, 8, 21), {}, Direction::future}, {
      {"in November", "November = 2024-11 month inferred"},
      {"in August", "August = 2024-08 month inferred"},
      {"in the first quarter", "the first quarter = 2025-Q1 quarter inferred"},
      {"in the third quarter", "the third quarter = 2024-Q3 quarter inferred"},
      {"May 23", "May 23 = 2025-05-23 day inferred"},
      {"in 2023", "2023 = 2023 year"},
      {"December 28 to January 3", "December 28 to January 3 = 2024-12-28/2025-01-03 range inferred"},
      {"on Sunday", "Sunday = 2024-08-25 day"},
      {"the first half", "the first half = 2025-H1 half inferred"},
      {"January-July", "January-July = 2025-01-01/2025-07-31 ytd inferred"},
      {"week 30", "week 30 = 2025-W30 week inferred"},
      {"February 29", "February 29 = 2028-02-29 day inferred"},
  });
}

TEST_CASE("a missing year: the nearest, days ahead counting twice") {
  check_dates({make_day(2024, 8, 21), {}, Direction::nearest}, {
      {"in November", "November = 2024-11 month inferred"},
      {"in August", "August = 2024-08 month inferred"},
      {"in the first quarter", "the first quarter = 2024-Q1 quarter inferred"},
      {"in the third quarter", "the third quarter = 2024-Q3 quarter inferred"},
      {"May 23", "May 23 = 2024-05-23 day inferred"},
      {"in 2023", "2023 = 2023 year"},
      {"December 28 to January 3", "December 28 to January 3 = 2023-12-28/2024-01-03 range inferred"},
      {"on Sunday", "Sunday = 2024-08-18 day"},
      {"the first half", "the first half = 2024-H1 half inferred"},
      {"January-July", "January-July = 2024-01-01/2024-07-31 ytd inferred"},
      {"week 30", "week 30 = 2024-W30 week inferred"},
      {"February 29", "February 29 = 2024-02-29 day inferred"},
  });
}

TEST_CASE("around New Year") {
  check_dates({make_day(2025, 1, 2), {}, Direction::past}, {
      {"in December", "December = 2024-12 month inferred"},
      {"in January", "January = 2025-01 month inferred"},
      {"the fourth quarter", "the fourth quarter = 2024-Q4 quarter inferred"},
      {"last week", "last week = 2024-W52 week"},
      {"yesterday", "yesterday = 2025-01-01 day"},
      {"last month", "last month = 2024-12 month"},
      {"last quarter", "last quarter = 2024-Q4 quarter"},
      {"January 1", "January 1 = 2025-01-01 day inferred"},
      {"December 30", "December 30 = 2024-12-30 day inferred"},
      {"this week", "this week = 2025-W01 week"},
      {"February 29", "February 29 = 2024-02-29 day inferred"},
  });
}

TEST_CASE("a date without a publish date: only what states its year") {
  check_dates({}, {
      {"in August", "August = ?"},
      {"in August 2024", "August 2024 = 2024-08 month"},
      {"today", "today = ?"},
      {"a year earlier", "a year earlier = ?"},
  });
}

TEST_CASE("period_text: the shortest that is exact") {
  const auto day = [](int y, unsigned m, unsigned d) { return make_day(y, m, d); };
  CHECK(period_text({day(2024, 8, 21), day(2024, 8, 21)}) == "2024-08-21");
  CHECK(period_text({day(2024, 8, 1), day(2024, 8, 31)}) == "2024-08");
  CHECK(period_text({day(2024, 4, 1), day(2024, 6, 30)}) == "2024-Q2");
  CHECK(period_text({day(2024, 7, 1), day(2024, 12, 31)}) == "2024-H2");
  CHECK(period_text({day(2024, 1, 1), day(2024, 12, 31)}) == "2024");
  CHECK(period_text({day(2024, 1, 1), day(2024, 8, 31)}) == "2024-01-01/2024-08-31");
  CHECK(period_text({day(2024, 8, 12), day(2024, 8, 18)}) == "2024-08-12/2024-08-18");
  CHECK(period_text({day(2023, 7, 1), day(2024, 6, 30)}) == "2023-07-01/2024-06-30");
}

}  // namespace
}  // namespace factmill
