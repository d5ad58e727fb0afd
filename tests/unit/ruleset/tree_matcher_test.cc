// The quick matcher beside RE2: the same match, the same groups, or it gives up.
#include "ruleset/tree_matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "ruleset/pattern.h"

namespace factmill {
namespace {

Pattern compiled(const std::string& source, bool quick, bool whole_words = false) {
  Result<Pattern> pattern = Pattern::compile(source, {.bytes = true, .ignore_case = true, .whole_words = whole_words, .quick = quick});
  REQUIRE_MESSAGE(pattern, source);
  return *pattern;
}

std::string shown(bool found, std::span<const Span> groups) {
  if (!found) return "none";
  std::string out;
  for (Span group : groups) out += group == kNoMatch ? "- " : std::to_string(group.begin) + "-" + std::to_string(group.end) + " ";
  return out;
}

void compare(const Pattern& quick, const Pattern& re2, std::string_view text) {
  std::vector<Span> a(static_cast<size_t>(re2.group_count()) + 1), b(a.size());
  for (size_t from = 0; from <= text.size(); from += 1 + text.size() / 3) {
    const std::string by_quick = shown(quick.find(text, from, a), a);
    const std::string by_re2 = shown(re2.find(text, from, b), b);
    if (by_quick != by_re2) FAIL_CHECK(re2.source() << " on '" << text << "' from " << from << ": " << by_quick << "but RE2 " << by_re2);
    const std::string words_quick = shown(quick.find_at_word(text, from, a), a);
    const std::string words_re2 = shown(re2.find_at_word(text, from, b), b);
    if (words_quick != words_re2) FAIL_CHECK(re2.source() << " on '" << text << "' at words from " << from << ": " << words_quick << "but RE2 " << words_re2);
  }
  if (quick.matches_whole(text) != re2.matches_whole(text)) FAIL_CHECK(re2.source() << " on all of '" << text << "'");
  if (quick.matches_part(text) != re2.matches_part(text)) FAIL_CHECK(re2.source() << " on part of '" << text << "'");
}

std::string expression(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  static const char* const kAtoms[] = {"a", "b", "ab", " ", "[ab]", "[^a]", "\\x82", "[\\x82\\xC2]", ".", "\\b", "B", "c", "(?-i:A)", "\\d", "", "^", "$", "ba c", "[a-c]", "\\B"};
  if (depth == 0) return kAtoms[pick(20)];
  // Twice the same branch: RE2 of 2022 then loses matches of a byte above 0x7F. No rule is written so.
  const auto branches = [&] {
    std::string all;
    for (std::vector<std::string> seen; seen.size() < 2 + random() % 2;) {
      std::string one = expression(random, depth - 1);
      if (std::find(seen.begin(), seen.end(), one) != seen.end()) continue;
      all += (seen.empty() ? "" : "|") + one;
      seen.push_back(std::move(one));
    }
    return "(?:" + all + ")";
  };
  switch (pick(7)) {
    case 0: return expression(random, depth - 1) + expression(random, depth - 1);
    case 1: return branches();
    case 2: return "(" + expression(random, depth - 1) + ")";
    case 3: {
      static const char* const kRepeats[] = {"?", "*", "+", "{2}", "{1,2}", "{0,2}", "??", "*?", "+?", "{1,}", "{2,}?"};
      return "(?:" + expression(random, depth - 1) + ")" + kRepeats[pick(11)];
    }
    case 4: return expression(random, depth - 1) + "(?:" + expression(random, depth - 1) + ")?" + expression(random, depth - 1);
    case 5: return branches() + expression(random, depth - 1);
    default: return expression(random, depth - 1);
  }
}

}  // namespace

TEST_CASE("matcher: patterns and texts at random, as RE2") {
  std::mt19937 random(20240821);
  int quick = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string source = i % 4 < 2 ? expression(random, 4) : "(?:" + expression(random, 4) + ")$";
    const bool whole_words = i % 2 == 1;
    Result<Pattern> re2 = Pattern::compile(source, {.bytes = true, .ignore_case = true, .whole_words = whole_words, .quick = false});
    Result<Pattern> ours = Pattern::compile(source, {.bytes = true, .ignore_case = true, .whole_words = whole_words});
    REQUIRE(static_cast<bool>(re2) == static_cast<bool>(ours));
    if (!re2 || !ours->is_quick()) continue;
    ++quick;
    for (int k = 0; k < 12; ++k) {
      std::string text;
      for (size_t size = random() % 24; text.size() < size;) text += "aabbcAB \x82\xC2" "1"[random() % 11];
      compare(*ours, *re2, text);
    }
  }
  CHECK(quick > 1000);
}

TEST_CASE("matcher: whether a match ends the text is told from its last bytes on, however long it is") {
  const Pattern short_one = compiled("(?:(?:^|, )up(?: by)?) $", true), long_one = compiled("(?:of [a-z ]+) $", true);
  CHECK(short_one.matches_part("up by "));
  CHECK(short_one.matches_part("5, UP "));
  CHECK_FALSE(short_one.matches_part("5 up "));
  CHECK_FALSE(short_one.matches_part("cup "));
  CHECK_FALSE(short_one.matches_part("up by"));
  CHECK(short_one.matches_part(std::string(3000, 'x') + ", up "));
  CHECK_FALSE(short_one.matches_part(std::string(3000, 'x') + " up "));
  for (size_t size : {1, 990, 996, 997, 998, 1000, 3000}) {
    CHECK(long_one.matches_part("7 of " + std::string(size, 'a') + " "));
    CHECK_FALSE(long_one.matches_part("7 of " + std::string(size, '5') + " "));
    CHECK_FALSE(long_one.matches_part("7 if " + std::string(size, 'a') + " "));
  }
}

TEST_CASE("matcher: the branch that stands first wins, and a loop takes all it can") {
  const std::string text = "up by 5, upward of 7";
  for (const char* source : {"up|upward", "(?:up(?:ward)?) (by|of)", "u.*(\\d)", "u.*?(\\d)", "(?P<x>u[a-z]+)|(?P<y>\\d)", "\\d(?:, (up|u)[a-z]*)?"}) {
    compare(compiled(source, true), compiled(source, false), text);
  }
  std::array<Span, 2> groups;
  REQUIRE(compiled("u.*(\\d)", true).find(text, 0, groups));
  CHECK(groups[1].of(text) == "7");
  REQUIRE(compiled("u.*?(\\d)", true).find(text, 0, groups));
  CHECK(groups[1].of(text) == "5");
}

TEST_CASE("matcher: a loop stops where the pattern can go on, and nowhere else") {
  const std::string text = "about 1,200 of 3,400 units, or 5,600 units";
  std::array<Span, 2> groups;
  const auto found = [&](const char* source) {
    const Pattern pattern = compiled(source, true);
    REQUIRE(pattern.is_quick());
    compare(pattern, compiled(source, false), text);
    return pattern.find(text, 0, groups) ? std::string(groups[0].of(text)) : "";
  };
  CHECK(found("[0-9,]+ units") == "3,400 units");
  CHECK(found("[0-9,]+,") == "1,");                    // gives bytes back
  CHECK(found("a[a-z]+t [0-9,]+") == "about 1,200");
  CHECK(found("of [^u]*?units") == "of 3,400 units");  // the fewest
  CHECK(found("of .*?,\\d(.)") == "of 3,40");
  CHECK(groups[1].of(text) == "0");
  CHECK(found("of [0-9,]*? or").empty());
  CHECK(found("of [a-z]{3,}?").empty());
  CHECK(found("[0-9]{2,4}?$").empty());
  CHECK(found("[a-z]+?$") == "units");                 // only the end of the text lets it go on
  CHECK(found("(?:or )?(?:[0-9] ?)?,600") == "or 5,600");
  CHECK(found("(?:x?)?(?:units?)?, or") == "units, or");
}

TEST_CASE("matcher: where no word may go on behind a match, the next branch is tried") {
  std::array<Span, 2> groups;
  for (bool quick : {true, false}) {
    const Pattern pattern = compiled("(?:offer|offers?|(offering)) ?", quick, true);
    REQUIRE(pattern.find("is offering 5", 0, groups));
    CHECK(groups[0] == Span{3, 12});
    CHECK(groups[1] == Span{3, 11});
    REQUIRE(pattern.find_at_word("its coffers, offers: 5", 0, groups));
    CHECK(groups[0] == Span{13, 19});
    CHECK(groups[1] == kNoMatch);
    CHECK_FALSE(pattern.matches_part("offered5"));
    CHECK_FALSE(pattern.matches_part("an offer5"));
    CHECK(pattern.matches_part("the offer"));
    CHECK(pattern.matches_whole("offering "));
    CHECK_FALSE(pattern.matches_whole("offering,"));
  }
  CHECK(Pattern::compile("a(", {.bytes = true, .whole_words = true}).error().message == Pattern::compile("a(", {.bytes = true}).error().message);
}

TEST_CASE("matcher: leaves to RE2 what it might read otherwise") {
  for (const char* source : {"(?:a?)*", "(?:a|)+", "(?:(a)?)?", "\\pL", "[[:alpha:]]", "(?m)^a"}) CHECK_FALSE(compiled(source, true).is_quick());
  for (const char* source : {"(?:ab)*", "a{2,5}", "(?:a?)?b", "(?:a)*b", "(?P<n>[a-z]+),? of"}) CHECK(compiled(source, true).is_quick());
  CHECK_FALSE(Pattern::compile("(?P<n>a)(?P<n>b)", {.bytes = true, .ignore_case = true}));
  CHECK_FALSE(Pattern::compile("a(", {.bytes = true, .ignore_case = true}));
}

TEST_CASE("matcher: gives up where trying would take too long, and RE2 answers") {
  const std::string text(3000, 'a');
  const Pattern pattern = compiled("(?:a|aa|a[a-z])+(?:a|aa)+b", true);
  REQUIRE(pattern.is_quick());
  CHECK_FALSE(pattern.matches_part(text));
  CHECK(pattern.matches_part(text + "b"));
  compare(pattern, compiled(pattern.source(), false), text.substr(0, 300) + "b");
}

TEST_CASE("matcher: two bytes of two sets, whatever stands before and behind") {
  std::bitset<256> first, second, any;
  any.set();
  first.set('q').set(0x82).set(0xF1).set(0).set('Z');
  second.set('x').set(0x82).set(0xC0);
  const ByteScan pair(first, second), single(first, any);
  for (size_t length = 0; length < 40; ++length) {
    for (char wanted : {'q', '\x82', '\xF1', '\0', 'Z'}) {
      for (char behind : {'x', '\x82', '\xC0', 'q'}) {
        const std::string text = std::string(length, 'r') + wanted + behind + std::string(length / 2, 'r');
        const size_t from = length - std::min<size_t>(length, 9);
        const uint32_t bit = 1U << (length - from);
        CHECK((pair.places(text, from) & bit) == (behind == 'q' ? 0 : bit));
        CHECK((single.places(text, from) & bit) == bit);
        CHECK((pair.places(text.substr(0, length + 1), from) & bit) == 0);   // nothing behind
        CHECK((single.places(text.substr(0, length + 1), from) & bit) == bit);
      }
    }
  }
  for (unsigned byte = 0; byte < 256; ++byte) {
    CHECK(single.places(std::string(20, static_cast<char>(byte)), 0) == (first[byte] ? 0xFFFFU : 0U));
    CHECK(pair.places(std::string(20, static_cast<char>(byte)), 0) == (first[byte] && second[byte] ? 0xFFFFU : 0U));
  }
}

TEST_CASE("matcher: the first bytes of a match are known") {
  std::array<uint8_t, 256> bytes{};
  CHECK(compiled("(?:a|bc)d*e(?:fg)?", true).prefix(bytes) == 2);  // "ae" is the shortest
  CHECK(bytes['a'] == 1);
  CHECK(bytes['B'] == 1);
  CHECK((bytes['c'] & 3) == 2);
  CHECK((bytes['d'] & 3) == 2);
  CHECK((bytes['e'] & 3) == 2);
  CHECK((bytes['f'] & 3) == 0);
  CHECK(compiled("[0-9]{12,}", true).prefix(bytes) == 8);
  CHECK(bytes['7'] == 0xFF);
  CHECK(compiled("a*", true).prefix(bytes) == 0);
  CHECK(compiled("a+b", false).prefix(bytes) == 0);  // RE2 alone tells nothing
}

}  // namespace factmill
