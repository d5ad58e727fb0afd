// Any bytes in: no crash, values in order, inside the text and never overlapping; and the same again on a second reading.
// Each input is copied into a heap buffer of its exact size, so that a sanitizer catches a read past its end.
#include <memory>
#include <random>

#include "unit/mention/value_text.h"

namespace factmill {
namespace {

void check_resolves(const DateSpec& spec) {
  for (const Direction direction : {Direction::nearest, Direction::past, Direction::future}) {
    const auto date = resolve_date(spec, {make_day(2024, 2, 29), month_interval(2024, 1), direction});
    if (date && date->days.to < date->days.from) FAIL("a period that ends before it begins: " << date->text);
  }
}

void check_wellformed(std::string_view text, Span within) {
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  std::copy(text.begin(), text.end(), exact.get());
  const std::string_view copy(exact.get(), text.size());
  ValueList values;
  const ValueReader reader(common_tables());
  reader.read(copy, within, values);
  uint32_t end = within.begin;
  for (const Value& value : values.values) {
    const bool inside = value.outer.begin >= end && value.outer.end <= within.end && value.outer.contains(value.span);
    const bool ordered = value.low <= value.high && (value.is_range || value.low == value.high);
    if (!inside || !ordered || value.span.empty()) FAIL("value at " << value.span.begin << ".." << value.span.end);
    if (value.type == ValueType::date) check_resolves(values.dates.at(value.date));
    end = value.outer.end;
  }
}

void check_wellformed(std::string_view text) { check_wellformed(text, {0, static_cast<uint32_t>(text.size())}); }

// Pieces that the tables know, joined at random: more paths than random letters would find.
constexpr std::string_view kPieces[] = {
    "1",      "12",    "2024",   "1,234",     "6.4",    "007",  "billion", "million", "m",    "k",     "RMB",   "$",      "yuan",   "%",
    "percent", "to",   "-",      "\xE2\x80\x93", "and", "or",   ",",       ", and",   "/",    "x",     "from",  "between", "about", "more than",
    "+",      "plus",  "km",     "km/h",      "kWh/100 km", "V", "C",      "minutes", "per",  "a",     "an",    "each",   "month",  "May",
    "August", "Aug.",  "Q2",     "second",    "quarter", "first", "half",  "half a",  "of",   "in",    "by",    "the end of", "year", "earlier",
    "ago",    "three", "twenty", "hundred",   "No.",    "th",   "doubled", "times",   "week", "last",  "so far", "this",  "(",      ")",
    "\n",     ".",     ":",      "HKG",       "http",   "'",    "\"",      "\xC2\xA5", "\xE4\xBA\xBF", "\xFF", "SU7",  "-5",   "same period", "months ended",
};

TEST_CASE("any text: random pieces") {
  std::mt19937 random(20240821);
  const auto pick = [&](size_t n) { return static_cast<size_t>(random()) % n; };
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const size_t pieces = 1 + pick(14);
    for (size_t i = 0; i < pieces; ++i) {
      text += kPieces[pick(std::size(kPieces))];
      if (pick(3) != 0) text += ' ';
    }
    CAPTURE(text);
    check_wellformed(text);
  }
}

TEST_CASE("any text: random bytes") {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t i = random() % 60; i > 0; --i) text += static_cast<char>(random() % 256);
    check_wellformed(text);
  }
}

TEST_CASE("any text: every cut of a sentence") {
  const std::string_view text =
      "In Q2 2024, RMB 6.4 billion ($900 million), up 5.1-6.2 percent from August 1-7, 2023; 4,997/1,963 mm by the end of June";
  for (uint32_t begin = 0; begin <= text.size(); ++begin) {
    for (uint32_t end = begin; end <= text.size(); ++end) check_wellformed(text, {begin, end});
  }
}

TEST_CASE("any text: nothing outside the span is read") {
  const std::string_view text = "RMB 6.4 billion";
  ValueList values;
  ValueReader(common_tables()).read(text, {4, 7}, values);
  REQUIRE(values.values.size() == 1);
  CHECK(amount_line(values.values[0], text) == "6.4 = 6.4");
}

TEST_CASE("any text: values append") {
  ValueList values;
  const ValueReader reader(common_tables());
  reader.read("5 km in May 2024", {0, 16}, values);
  reader.read("in 2023", {0, 7}, values);
  REQUIRE(values.values.size() == 3);
  CHECK(values.values[2].date == 1);
  CHECK(values.dates[1].year == 2023);
}

std::string repeated(std::string_view piece, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

TEST_CASE("any text: a megabyte of anything takes linear time") {
  for (const std::string_view piece :
       {"1", "1 ", "1,", "1,234,", "1.", "1-", "1/", "1x", "5 and ", "RMB ", "RMB 5, ", "million ", "about ", "a ", "from ", "-", "- ", "(",
        "Aug ", "Aug 1-", "2024-", "2024 ", "Q2 ", "the ", "first ", "the end of ", "by ", "half a ", "one hundred ", "twenty-", "1 234 ",
        "5 min ", "5 to ", "between 5 and ", "between ", "k", "%", "\n", "1\n", "the same period ", "12 minutes and ", "http://", "http:/ "}) {
    const std::string text = repeated(piece, 1 << 20);
    ValueList values;
    ValueReader(common_tables()).read(text, {0, static_cast<uint32_t>(text.size())}, values);
    CAPTURE(piece);
    // Quadratic time would be hours and run into the suite's limit; nothing is timed here.
    CHECK((values.values.empty() || values.values.back().outer.end <= text.size()));
  }
}

}  // namespace
}  // namespace factmill
