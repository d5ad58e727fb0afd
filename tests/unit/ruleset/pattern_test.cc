#include "ruleset/pattern.h"
#include "ruleset/pattern_set.h"

#include <doctest/doctest.h>

#include <thread>

namespace factmill {
namespace {

Pattern pattern(std::string_view text, Pattern::Options options = {}) {
  Result<Pattern> result = Pattern::compile(text, options);
  REQUIRE_MESSAGE(static_cast<bool>(result), text);
  return *result;
}

TEST_CASE("pattern: named groups are found with their bytes") {
  const Pattern p = pattern(R"((?P<count>\d+) (?:units|cars)( sold)?)");
  const std::string_view text = "A total of 27 units";
  Span groups[3];
  REQUIRE(p.find(text, 0, groups));
  CHECK(groups[0].of(text) == "27 units");
  CHECK(groups[1] == Span{11, 13});
  CHECK(groups[2] == kNoMatch);
  CHECK(p.group_count() == 2);
  CHECK(p.group("count") == 1);
  CHECK(p.group("nothing") == 0);
  CHECK(p.group("") == 0);
  CHECK(p.group_names() == std::vector<std::string>{"", "count", ""});
}

TEST_CASE("pattern: a search may begin later, and still sees what stands before") {
  const Pattern p = pattern(R"(\bcat)");
  Span found[1];
  REQUIRE(p.find("cat cat", 1, found));
  CHECK(found[0] == Span{4, 7});
  CHECK_FALSE(p.find("bobcat", 3, found));
  CHECK_FALSE(pattern("^a").find("aa", 1, found));
  CHECK_FALSE(p.find("cat", 4, found));
  CHECK(pattern("$").find("cat", 3, found));
  CHECK(found[0] == Span{3, 3});
}

TEST_CASE("pattern: without a match the groups are left as they were") {
  Span groups[1] = {{5, 6}};
  CHECK_FALSE(pattern("x").find("abc", 0, groups));
  CHECK(groups[0] == Span{5, 6});
}

TEST_CASE("pattern: fewer or more groups than the pattern has") {
  const Pattern p = pattern("(a)(b)");
  CHECK(p.find("ab", 0, {}));
  Span few[2];
  REQUIRE(p.find("ab", 0, few));
  CHECK(few[1] == Span{0, 1});
  Span many[4] = {{9, 9}, {9, 9}, {9, 9}, {9, 9}};
  REQUIRE(p.find("ab", 0, many));
  CHECK(many[2] == Span{1, 2});
  CHECK(many[3] == kNoMatch);

  std::string twenty;
  for (int i = 0; i < 20; ++i) twenty += "(a)";
  Span all[21];
  REQUIRE(pattern(twenty).find(std::string(20, 'a'), 0, all));
  CHECK(all[20] == Span{19, 20});
}

TEST_CASE("pattern: an empty match in an empty text is a match") {
  Span found[2] = {{9, 9}, {9, 9}};
  REQUIRE(pattern("(x?)").find(std::string_view(), 0, found));
  CHECK(found[0] == Span{0, 0});
  CHECK(found[1] == Span{0, 0});
  CHECK(pattern("").matches_whole(""));
}

TEST_CASE("pattern: whole and part") {
  const Pattern p = pattern("up|upward");
  CHECK(p.matches_whole("upward"));
  CHECK_FALSE(p.matches_whole("upwards"));
  CHECK(p.matches_part("growing upwards"));
  CHECK_FALSE(p.matches_part("down"));
}

TEST_CASE("pattern: case is ignored on request only") {
  CHECK_FALSE(pattern("revenue").matches_part("Revenue"));
  CHECK(pattern("revenue", {.ignore_case = true}).matches_part("REVENUE"));
  CHECK(pattern("É", {.ignore_case = true}).matches_whole("é"));
}

TEST_CASE("pattern: a dot is a character, or a byte of tagged text") {
  CHECK(pattern(".").matches_whole("€"));
  CHECK_FALSE(pattern(".", {.bytes = true}).matches_whole("€"));
  CHECK(pattern("...", {.bytes = true}).matches_whole("€"));
  CHECK(pattern("€+", {.bytes = true}).matches_part("€"));
  CHECK(pattern("\\x01[\\x80-\\xff]", {.bytes = true}).matches_whole("\x01\xFE"));
  CHECK_FALSE(pattern(".").matches_whole("\xFF"));
}

TEST_CASE("pattern: alternatives may begin with the same tag, whoever matches") {
  for (const bool quick : {true, false}) {
    const auto pattern = Pattern::compile(R"([\x8E](?:'s)? owner [\x8E]|[\x8E]' [\x8E])", {.bytes = true, .ignore_case = true, .quick = quick});
    REQUIRE(pattern);
    Span groups[1];
    REQUIRE(pattern->find("of \x8E' \x8E: yes", 0, groups));
    CHECK(groups[0] == Span{3, 7});
    CHECK_FALSE(pattern->find("of \x8E\xFF \x8E: yes", 0, groups));
  }
  PatternSet set;
  constexpr Pattern::Options kBytes{.bytes = true, .ignore_case = true, .quick = true};
  REQUIRE(set.add(R"([\x8E]a)", kBytes));
  REQUIRE(set.add(R"([\x8E]b)", kBytes));
  set.finish();
  std::vector<int> matches;
  CHECK(set.matches_whole("\x8E" "b", matches));
  CHECK(matches == std::vector<int>{1});
}

TEST_CASE("pattern: a bad pattern names the fragment at fault") {
  struct {
    std::string_view pattern;
    std::string_view message;
  } const rows[] = {
      {"a(b", "missing ): a(b"},
      {"a)b", "unexpected ): a)b"},
      {"[z-a]", "invalid character class range: z-a"},
      {"*a", "no argument for repetition operator: *"},
      {"a**", "bad repetition operator: **"},
      {"(?=a)", "invalid perl operator: (?="},
      {"(?P<n>a)(?P<n>b)", "duplicate group name: n"},
      {"a\\", "trailing \\"},
      {"\\1", "invalid escape sequence: \\1"},
      {"\xFF", "invalid UTF-8"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern);
    const Result<Pattern> result = Pattern::compile(row.pattern);
    REQUIRE_FALSE(static_cast<bool>(result));
    CHECK(result.error().message.find(row.message) == 0);
  }
}

TEST_CASE("pattern: one too large for its memory is an error, not a slow surprise") {
  const Result<Pattern> result = Pattern::compile("(?:\\pL{500}){2}", {.max_memory = 1 << 16});
  REQUIRE_FALSE(static_cast<bool>(result));
  CHECK(result.error().message.find("too large") != std::string::npos);
}

TEST_CASE("pattern: threads share one") {
  const Pattern p = pattern("(\\d+) (?:GWh|kWh)");
  int found[4] = {};
  {
    std::vector<std::jthread> threads;
    for (int& count : found) {
      threads.emplace_back([&count, p] {
        for (int i = 0; i < 1000; ++i) {
          Span groups[2];
          count += p.find("a battery of " + std::to_string(i) + " kWh", 0, groups) && groups[1].begin == 13;
        }
      });
    }
  }
  for (int count : found) CHECK(count == 1000);
}

}  // namespace
}  // namespace factmill
