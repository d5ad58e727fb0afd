#include "text/metadata_date.h"

#include <array>
#include <chrono>
#include <cstdint>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr int kFirstYear = 1971;  // what comes before is an unset clock
constexpr int kLastYear = 2100;
constexpr size_t kMaxDateBytes = 64;

size_t digits_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

int64_t number(std::string_view digits) {
  int64_t value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<Day> day(int64_t year, int64_t month, int64_t day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// YYYY-MM-DD with any of - / . between, or YYYYMMDD, at `at`, no digit behind. `end` is where it ends.
std::optional<Day> numeric_date_at(std::string_view text, size_t at, size_t& end) {
  const size_t size = digits_at(text, at);
  if (size == 8) {
    end = at + 8;
    return day(number(text.substr(at, 4)), number(text.substr(at + 4, 2)), number(text.substr(at + 6, 2)));
  }
  if (size != 4 || at + 4 >= text.size()) return std::nullopt;
  const char separator = text[at + 4];
  if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
  const size_t month = at + 5;
  const size_t month_size = digits_at(text, month);
  if (month_size < 1 || month_size > 2 || month + month_size >= text.size() || text[month + month_size] != separator) return std::nullopt;
  const size_t day_at = month + month_size + 1;
  const size_t day_size = digits_at(text, day_at);
  if (day_size < 1 || day_size > 2) return std::nullopt;
  end = day_at + day_size;
  return day(number(text.substr(at, 4)), number(text.substr(month, month_size)), number(text.substr(day_at, day_size)));
}

// The month names of RFC 2822, section 3.3: protocol words in any language. Longer names begin with them.
int month_of_name(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() < 3) return 0;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (lower(word[0]) == kMonths[i][0] && lower(word[1]) == kMonths[i][1] && lower(word[2]) == kMonths[i][2]) return static_cast<int>(i) + 1;
  }
  return 0;
}

// A day number, a month's name and a year, day and month in either order.
std::optional<Day> spelled_date(std::string_view text) {
  int64_t month = 0, day_number = 0, year = 0;
  for (size_t at = 0; at < text.size();) {
    if (is_digit(text[at])) {
      const size_t size = digits_at(text, at);
      const bool time = at + size < text.size() && text[at + size] == ':';
      const int64_t value = size <= 4 ? number(text.substr(at, size)) : 0;
      if (size <= 2 && day_number == 0 && !time) day_number = value;
      if (size == 4 && year == 0 && !time) year = value;
      at += size;
      if (month != 0 && day_number != 0 && year != 0) break;
    } else if (is_letter(text[at])) {
      size_t end = at;
      while (end < text.size() && is_letter(text[end])) ++end;
      if (month == 0) month = month_of_name(text.substr(at, end - at));
      at = end;
    } else {
      ++at;
    }
  }
  return day(year, month, day_number);
}

std::optional<Day> epoch_date(std::string_view text) {
  const size_t size = digits_at(text, 0);
  if (size != 10 && size != 13) return std::nullopt;
  if (size != text.size() && text[size] != '.') return std::nullopt;
  const int64_t seconds = number(text.substr(0, size)) / (size == 13 ? 1000 : 1);
  const Day result{std::chrono::days(seconds / 86400)};
  return year_of(result) <= kLastYear && year_of(result) >= kFirstYear ? std::optional(result) : std::nullopt;
}

}  // namespace

std::optional<Day> parse_metadata_date(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || text.front() == '"')) text.remove_prefix(1);
  text = text.substr(0, kMaxDateBytes);
  if (text.empty()) return std::nullopt;
  size_t end = 0;
  if (is_digit(text[0])) {
    if (auto found = numeric_date_at(text, 0, end)) return found;
    if (auto found = epoch_date(text)) return found;
  }
  return spelled_date(text);
}

std::optional<Day> date_in_url(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const size_t path = url.find('/');
  if (path == std::string_view::npos) return std::nullopt;
  url = url.substr(path, url.find_first_of("?#", path) - path);
  for (size_t at = 1; at < url.size(); ++at) {
    if (!is_digit(url[at]) || is_digit(url[at - 1])) continue;
    size_t end = 0;
    const auto found = numeric_date_at(url, at, end);
    // 8 digits may be an article's number: they must fill a part of the path or begin its name.
    const bool alone = found && (end == url.size() || !is_digit(url[end])) &&
                       (digits_at(url, at) != 8 || url[at - 1] == '/' || url[at - 1] == '-' || url[at - 1] == '_');
    if (alone) return found;
  }
  return std::nullopt;
}

}  // namespace factmill
