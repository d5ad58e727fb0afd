#include "ruleset/pattern_prefix.h"

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("pattern prefix: the last bytes, from the end on") {
  const PatternPrefix p = suffix_of(*PatternTree::parse("(?-i:x(?:ab|c)(?: d)?$)"));
  CHECK(p.depth == 2);
  CHECK(at(p, 0) == "bcd");
  CHECK(at(p, 1) == " ax");
  CHECK(suffix_of(*PatternTree::parse("ab*")).depth == 1);
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

TEST_CASE("line starts: which of several patterns may begin where a line does") {
  LineStarts starts;
  const int more = starts.add(*PatternTree::parse("read (?:more|next)|\\bfrom x")), also = starts.add(*PatternTree::parse("[>*]? ?see also"));
  starts.finish();
  const auto may_begin = [&](std::string_view line, int number) { return (starts.find(line) >> number & 1) != 0; };
  CHECK(may_begin("Read more: here", more));
  CHECK_FALSE(may_begin("Read more: here", also));
  CHECK(may_begin("from x", more));
  CHECK(may_begin("> see also", also));
  CHECK(may_begin("See also", also));
  CHECK(may_begin("re", more));  // too short to be told
  CHECK(starts.find("we see also") == 0);
}

TEST_CASE("line starts: more patterns than there is room for are refused, and none is lost") {
  LineStarts starts;
  for (size_t i = 0; i < LineStarts::kMostPatterns; ++i) REQUIRE(starts.add(*PatternTree::parse("a" + std::to_string(i) + "z")) == static_cast<int>(i));
  CHECK(starts.add(*PatternTree::parse("one more")) == -1);
  starts.finish();
  CHECK(starts.find("a63z") == uint64_t{1} << 63);
  CHECK(starts.find("b63z") == 0);
}

}  // namespace
}  // namespace factmill
