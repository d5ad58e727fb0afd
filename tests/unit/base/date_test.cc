#include "base/date.h"

#include <doctest/doctest.h>

namespace factmill {
namespace {

Day day(std::string_view text) {
  const std::optional<Day> parsed = parse_day(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

Interval interval(std::string_view from, std::string_view to) { return {day(from), day(to)}; }

std::string text_of(Interval days) { return to_string(days.from) + "/" + to_string(days.to); }

TEST_CASE("date: a day is read and written as ISO 8601") {
  for (std::string_view text : {"2024-08-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "1969-12-31"}) {
    CHECK(to_string(day(text)) == text);
  }
  CHECK(day("2024-08-21") == make_day(2024, 8, 21));
  CHECK(year_of(day("2024-08-21")) == 2024);
  CHECK(month_of(day("2024-08-21")) == 8);
}

TEST_CASE("date: what is no day is refused") {
  for (std::string_view text : {"", "2024", "2024-08", "2024-8-21", "2024-08-21T00:00", "2023-02-29", "1900-02-29",
                                "2024-00-10", "2024-13-01", "2024-04-31", "2024-01-00", "2024-01-32", "2024/08/21",
                                "-024-08-21", "2024-08-2x", " 2024-08-21", "20240821", "2024-+8-21", "２024-08-21"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_day(text).has_value());
  }
}

TEST_CASE("date: years, halves, quarters and months are whole") {
  CHECK(text_of(year_interval(2024)) == "2024-01-01/2024-12-31");
  CHECK(text_of(half_interval(2024, 1)) == "2024-01-01/2024-06-30");
  CHECK(text_of(half_interval(2024, 2)) == "2024-07-01/2024-12-31");
  CHECK(text_of(quarter_interval(2024, 1)) == "2024-01-01/2024-03-31");
  CHECK(text_of(quarter_interval(2024, 4)) == "2024-10-01/2024-12-31");
  CHECK(text_of(month_interval(2024, 2)) == "2024-02-01/2024-02-29");
  CHECK(text_of(month_interval(2023, 2)) == "2023-02-01/2023-02-28");
  CHECK(year_interval(2024).days() == 366);
  CHECK(interval("2024-08-21", "2024-08-21").days() == 1);
}

TEST_CASE("date: an ISO week runs from Monday and belongs to the year of its Thursday") {
  struct {
    int year;
    int week;
    std::string_view days;
  } const rows[] = {
      {2024, 33, "2024-08-12/2024-08-18"}, {2024, 1, "2024-01-01/2024-01-07"},  {2021, 1, "2021-01-04/2021-01-10"},
      {2020, 53, "2020-12-28/2021-01-03"}, {2025, 1, "2024-12-30/2025-01-05"},  {2016, 52, "2016-12-26/2017-01-01"},
      {2023, 52, "2023-12-25/2023-12-31"}, {2026, 53, "2026-12-28/2027-01-03"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.week);
    const std::optional<Interval> days = iso_week_interval(row.year, row.week);
    REQUIRE(days.has_value());
    CHECK(text_of(*days) == row.days);
  }
  CHECK_FALSE(iso_week_interval(2024, 53).has_value());
  CHECK_FALSE(iso_week_interval(2024, 0).has_value());
  CHECK_FALSE(iso_week_interval(2020, 54).has_value());
  CHECK_FALSE(iso_week_interval(2024, -1).has_value());
}

TEST_CASE("date: whole months move to whole months, other intervals keep the day of the month") {
  struct {
    std::string_view from, to;
    int months;
    std::string_view shifted;
  } const rows[] = {
      {"2024-02-01", "2024-02-29", 1, "2024-01-01/2024-01-31"},
      {"2024-02-01", "2024-02-29", 12, "2023-02-01/2023-02-28"},
      {"2023-02-01", "2023-02-28", -12, "2024-02-01/2024-02-29"},
      {"2024-04-01", "2024-06-30", 12, "2023-04-01/2023-06-30"},
      {"2024-04-01", "2024-06-30", 3, "2024-01-01/2024-03-31"},
      {"2024-01-01", "2024-12-31", 12, "2023-01-01/2023-12-31"},
      {"2024-01-01", "2024-08-31", 12, "2023-01-01/2023-08-31"},
      {"2024-01-01", "2024-01-31", 1, "2023-12-01/2023-12-31"},
      {"2024-01-01", "2024-08-21", 12, "2023-01-01/2023-08-21"},
      {"2024-08-21", "2024-08-21", 1, "2024-07-21/2024-07-21"},
      {"2024-03-31", "2024-03-31", 1, "2024-02-29/2024-02-29"},
      {"2024-02-29", "2024-02-29", 12, "2023-02-28/2023-02-28"},
      {"2024-02-15", "2024-02-29", 1, "2024-01-15/2024-01-29"},
      {"2024-01-15", "2024-01-20", -1, "2024-02-15/2024-02-20"},
      {"2024-08-01", "2024-08-31", 0, "2024-08-01/2024-08-31"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.from);
    CAPTURE(row.months);
    CHECK(text_of(shifted_months(interval(row.from, row.to), row.months)) == row.shifted);
  }
}

TEST_CASE("date: days are shifted across months and years") {
  CHECK(text_of(shifted_days(interval("2024-08-12", "2024-08-18"), 7)) == "2024-08-05/2024-08-11");
  CHECK(text_of(shifted_days(interval("2024-01-01", "2024-01-07"), 7)) == "2023-12-25/2023-12-31");
  CHECK(text_of(shifted_days(interval("2024-02-28", "2024-02-28"), -1)) == "2024-02-29/2024-02-29");
}

}  // namespace
}  // namespace factmill
