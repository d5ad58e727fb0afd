#include "ruleset/pattern_prefix.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "ruleset/pattern.h"

namespace factmill {
namespace {

PatternPrefix prefix(std::string_view pattern, bool characters = false) { return prefix_of(*PatternTree::parse(pattern), characters); }

std::string at(const PatternPrefix& prefix, size_t place) {
  std::string bytes;
  for (unsigned byte = 0; byte < 0x80; ++byte) {
    if (prefix.bytes[byte] >> place & 1) bytes += static_cast<char>(byte);
  }
  return bytes;
}

TEST_CASE("pattern prefix: bytes by their place, as far as every match goes") {
  const PatternPrefix p = prefix("(?-i:a(?:b|cd)[ef])");
  CHECK(p.depth == 3);
  CHECK(at(p, 0) == "a");
  CHECK(at(p, 1) == "bc");
  CHECK(at(p, 2) == "def");
  CHECK(prefix("x*").depth == 0);
  CHECK(prefix("x{12}").depth == 8);
  CHECK(prefix("\\bto|on the").depth == 2);
  CHECK(at(prefix("(?-i:a?b)"), 0) == "ab");
  CHECK(at(prefix("(?-i:(?:a|b?)+c)"), 0) == "abc");
}

TEST_CASE("pattern prefix: over characters nothing is known behind one beyond ASCII") {
  CHECK(prefix("a[^x]bc", true).depth == 2);
  CHECK(prefix("a[^x]bc").depth == 4);
  CHECK(prefix("a[xy]bc", true).depth == 4);
  CHECK(prefix("\u00E9t\u00E9", true).depth == 1);
}

// Places by number, ',' between them.
std::string places(const StartScan& scan, std::string_view text, int number) {
  StartScan::Places all;
  scan.find(text, uint64_t{1} << number, all);
  std::string out;
  for (uint32_t place : all[static_cast<size_t>(number)]) out += (out.empty() ? "" : ",") + std::to_string(place);
  return out;
}

TEST_CASE("start scan: where each of several patterns may begin") {
  StartScan scan;
  const int from = scan.add(*PatternTree::parse("\\b(?:from|by) x|, and ")), clause = scan.add(*PatternTree::parse("; |[a-z]\\.[A-Z]"));
  scan.finish();
  CHECK(places(scan, "from x, by x; or, and so", from) == "0,8,16");
  CHECK(places(scan, "from x, by x; or, and so", clause) == "12");
  CHECK(places(scan, "it is. It was.Then", clause) == "12");
  CHECK(places(scan, "wherefrom x, standby x", from) == "");  // within words
  CHECK(places(scan, "fro", from) == "0");                     // too short to be told
  CHECK(places(scan, "", from) == "");
}

TEST_CASE("start scan: at the begin of a text") {
  StartScan scan;
  scan.add(*PatternTree::parse("read more"));
  scan.add(*PatternTree::parse("[>*]? ?see also"));
  scan.finish();
  CHECK(scan.at_begin("Read more: here") == 1);
  CHECK(scan.at_begin("> see also") == 2);
  CHECK(scan.at_begin("we see also") == 0);
}

TEST_CASE("start scan: more patterns than it has room for are refused, and nobody's places are lost") {
  StartScan scan;
  for (size_t i = 0; i < StartScan::kMostPatterns; ++i) REQUIRE(scan.add(*PatternTree::parse("a" + std::to_string(i) + "z")) == static_cast<int>(i));
  CHECK(scan.add(*PatternTree::parse("one more")) == -1);
  scan.finish();
  CHECK(places(scan, "b a63z", 63) == "2");
  CHECK(places(scan, "b a63z", 62) == "");
}

TEST_CASE("start scan: no begin of a match is missed, on texts made of the patterns' parts") {
  const std::string patterns[] = {", (?:whose|which)\\b[^,;]*? x|\\b(?:from|by|ahead of)(?: the| its)* x|\\bin x", "; | but |, (?:and|but) (?:it|they) |[a-z]\\.(?-i:[A-Z])[a-z]+ ",
                                  "x(?:'s|-(?:owned|backed))(?: new){0,2} x", "(?:^|[.;] )(?:the )?x (?:sold|saw)\\b"};
  StartScan scan;
  for (const std::string& pattern : patterns) scan.add(*PatternTree::parse(pattern));
  scan.finish();
  const std::string_view parts[] = {", ", "which", " x", "x", "from", " the", " its", " ", "by", "ahead of", "in", ";", " but ", "and", "it", ".", "A", "b", "'s", "-owned", " new", "sold", "\n"};
  std::mt19937 random(5);
  size_t matches = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto size = random() % 14; size > 0; --size) text += parts[random() % std::size(parts)];
    StartScan::Places all;
    scan.find(text, 15, all);
    for (size_t p = 0; p < std::size(patterns); ++p) {
      const Pattern pattern = *Pattern::compile(patterns[p], {.bytes = true, .ignore_case = true});
      std::array<Span, 1> match;
      for (size_t from = 0; pattern.find(text, from, match); from = match[0].begin + 1) {
        CAPTURE(text);
        CAPTURE(patterns[p]);
        REQUIRE(std::count(all[p].begin(), all[p].end(), match[0].begin) == 1);
        ++matches;
      }
    }
  }
  CHECK(matches > 1000);
}

}  // namespace
}  // namespace factmill
