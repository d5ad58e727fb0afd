#include "base/date.h"

#include <cassert>
#include <cstdio>

namespace factmill {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

year_month month_with(Day date) {
  const year_month_day parts(date);
  return parts.year() / parts.month();
}

Day first_day(year_month month) { return month / day(1); }
Day last_day(year_month month) { return month / last; }

Interval months_interval(year_month first, int count) {
  return {first_day(first), last_day(first + months(count - 1))};
}

// The same day of the month, or the month's last where it is shorter.
Day shifted_day(Day date, int count) {
  const year_month target = month_with(date) - months(count);
  const year_month_day same(target.year(), target.month(), year_month_day(date).day());
  return same.ok() ? Day(same) : last_day(target);
}

// The digits of `text` as a number, -1 if there is anything else.
int digits(std::string_view text) {
  int number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

Day make_day(int y, unsigned m, unsigned d) {
  const year_month_day parts{year(y), month(m), day(d)};
  assert(parts.ok());
  return parts;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int y = digits(text.substr(0, 4));
  const int m = digits(text.substr(5, 2));
  const int d = digits(text.substr(8, 2));
  if (y < 0 || m < 0 || d < 0) return std::nullopt;
  const year_month_day parts{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
  if (!parts.ok()) return std::nullopt;
  return parts;
}

std::optional<Day> parse_publish_day(std::string_view text) {
  const bool in_reach = text >= "1000" && text < "9000";
  return in_reach ? parse_day(text) : std::nullopt;
}

std::string to_string(Day date) {
  const year_month_day parts(date);
  const int y = static_cast<int>(parts.year());
  const auto m = static_cast<unsigned>(parts.month()), d = static_cast<unsigned>(parts.day());
  const auto digit = [](unsigned number) { return static_cast<char>('0' + number % 10); };
  if (y >= 0 && y <= 9999) {  // every fact has some of these
    const auto n = static_cast<unsigned>(y);
    const char text[] = {digit(n / 1000), digit(n / 100), digit(n / 10), digit(n), '-', digit(m / 10), digit(m), '-', digit(d / 10), digit(d)};
    return std::string(text, sizeof text);
  }
  char buffer[32];
  const int size = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", y, m, d);
  return std::string(buffer, static_cast<size_t>(size));
}

int year_of(Day date) { return static_cast<int>(year_month_day(date).year()); }

unsigned month_of(Day date) { return static_cast<unsigned>(year_month_day(date).month()); }

Interval year_interval(int y) { return months_interval(year(y) / 1, 12); }

Interval half_interval(int y, int half) {
  assert(half == 1 || half == 2);
  return months_interval(year(y) / (half * 6 - 5), 6);
}

Interval quarter_interval(int y, int quarter) {
  assert(quarter >= 1 && quarter <= 4);
  return months_interval(year(y) / (quarter * 3 - 2), 3);
}

Interval month_interval(int y, unsigned m) {
  assert(m >= 1 && m <= 12);
  return months_interval(year(y) / month(m), 1);
}

std::optional<Interval> iso_week_interval(int y, int week) {
  if (week < 1 || week > 53) return std::nullopt;
  const Day in_first_week = make_day(y, 1, 4);
  const Day first_monday = in_first_week - (std::chrono::weekday(in_first_week) - std::chrono::Monday);
  const Day monday = first_monday + days(7 * (week - 1));
  if (year_of(monday + days(3)) != y) return std::nullopt;  // the Thursday says whose week it is
  return Interval{monday, monday + days(6)};
}

Interval shifted_months(Interval interval, int count) {
  const year_month first = month_with(interval.from);
  const year_month final = month_with(interval.to);
  if (interval.from == first_day(first) && interval.to == last_day(final)) {
    return {first_day(first - months(count)), last_day(final - months(count))};
  }
  return {shifted_day(interval.from, count), shifted_day(interval.to, count)};
}

Interval shifted_days(Interval interval, int count) { return {interval.from - days(count), interval.to - days(count)}; }

}  // namespace factmill
