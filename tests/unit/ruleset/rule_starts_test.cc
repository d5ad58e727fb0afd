#include "ruleset/rule_starts.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace factmill {
namespace {

const std::string kMoney = "\x82";

Pattern compiled(const std::string& source, bool quick = true) {
  Result<Pattern> pattern = Pattern::compile(source, {.bytes = true, .ignore_case = true, .quick = quick});
  REQUIRE(pattern);
  return *std::move(pattern);
}

struct Starts {
  explicit Starts(const std::vector<Pattern>& patterns) {
    for (const Pattern& pattern : patterns) starts.add(pattern);
    starts.finish();
    wanted.assign((patterns.size() + 63) / 64, ~uint64_t{0});
  }
  std::vector<uint32_t> places(int rule, size_t from = 0) {
    const auto found = scratch.places(rule, from);
    REQUIRE(found);
    return {found->begin(), found->end()};
  }
  RuleStarts starts;
  RuleStarts::Scratch scratch;
  std::vector<uint64_t> wanted;
};

using Places = std::vector<uint32_t>;

TEST_CASE("rule starts: places where the first bytes fit, none within a word") {
  Starts s({compiled("up [\x82] from"), compiled("(?:a|the) total"), compiled("[\x82]"), compiled("zebra")});
  const std::string text = "Up " + kMoney + " from a total; sup " + kMoney + " from the total";
  s.starts.find(text, s.wanted, s.scratch);
  CHECK(s.places(0) == Places{0});
  CHECK(s.places(1) == Places{10, 30});
  CHECK(s.places(1, 11) == Places{30});
  CHECK(s.places(2) == Places{3, 23});
  CHECK(s.scratch.next(0) == 0);
  CHECK(s.scratch.next(1) == 1);
  CHECK(s.scratch.next(3) == -1);  // no zebra
  s.wanted[0] = 0b0010;
  s.starts.find(text, s.wanted, s.scratch);
  CHECK(s.scratch.next(0) == 1);
  CHECK(s.places(1) == Places{10, 30});
  CHECK(s.scratch.next(2) == -1);
}

TEST_CASE("rule starts: the end of the text fits no byte that a match must have") {
  Starts s({compiled("ab(?:cd)?"), compiled("abc"), compiled("a?b|cd")});
  s.starts.find("ab", s.wanted, s.scratch);
  CHECK(s.places(0) == Places{0});
  CHECK(s.scratch.next(1) == 2);
  s.starts.find("", s.wanted, s.scratch);
  CHECK(s.scratch.next(0) == -1);
}

TEST_CASE("rule starts: of a pattern that tells nothing any place may be one") {
  Starts s({compiled("a*"), compiled("abc", false), compiled("abc")});
  s.starts.find("xyz", s.wanted, s.scratch);
  CHECK_FALSE(s.scratch.places(0, 0));
  CHECK_FALSE(s.scratch.places(1, 0));
  CHECK(s.scratch.next(0) == 0);
  CHECK(s.scratch.next(2) == -1);
}

TEST_CASE("rule starts: a fold changes what begins before it, and moves what is behind") {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 70; ++i) patterns.push_back(compiled(i == 69 ? "about [\x82], up" : "of [\x82]"));
  Starts s(patterns);
  std::string text = "of RMB 5, about RMB 6, up, of " + kMoney;
  s.starts.find(text, s.wanted, s.scratch);
  CHECK(s.scratch.next(69) == -1);
  CHECK(s.places(0) == Places{27});
  const auto fold = [&](const std::string& part) {
    const size_t at = text.find(part);
    text.replace(at, part.size(), kMoney);
    s.starts.folded(text, at, at + part.size(), s.scratch);
  };
  fold("RMB 6");
  CHECK(text == "of RMB 5, about \x82, up, of \x82");
  CHECK(s.places(69) == Places{10});
  CHECK(s.scratch.next(1) == 1);
  CHECK(s.places(0) == Places{23});
  fold("RMB 5");
  CHECK(s.places(69) == Places{6});
  CHECK(s.places(0) == Places{0, 19});
  CHECK(s.places(68) == Places{0, 19});
  fold("of \x82, about");  // of what was a start nothing is left
  CHECK(text == "\x82 \x82, up, of \x82");
  CHECK(s.places(69).empty());
  CHECK(s.places(0) == Places{9});
}

TEST_CASE("rule starts: of many rules only those that are wanted cost anything") {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 300; ++i) patterns.push_back(compiled("w" + std::to_string(i) + " x"));
  Starts s(patterns);
  s.wanted.assign(s.wanted.size(), 0);
  s.wanted[1] = uint64_t{1} << 3;   // w67
  s.wanted[4] = uint64_t{1} << 43;  // w299
  s.starts.find("w1 x w67 x w299 x", s.wanted, s.scratch);
  CHECK(s.scratch.next(0) == 67);
  CHECK(s.scratch.next(68) == 299);
  CHECK(s.places(67) == Places{5});
  CHECK(s.places(299) == Places{11});
}

}  // namespace
}  // namespace factmill
