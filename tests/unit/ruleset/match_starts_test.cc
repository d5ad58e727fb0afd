// Where matches may begin: never less than RE2 finds.
#include "ruleset/match_starts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace factmill {
namespace {

const std::string kMoney = "\x82";

Pattern compiled(const std::string& source, bool quick = true) {
  Result<Pattern> pattern = Pattern::compile(source, {.bytes = true, .ignore_case = true, .quick = quick});
  REQUIRE_MESSAGE(pattern, source);
  return *std::move(pattern);
}

using Places = std::vector<uint32_t>;

struct Starts {
  explicit Starts(const std::vector<Pattern>& patterns, MatchStarts::Of of = MatchStarts::Of::words) : starts(of) {
    for (const Pattern& pattern : patterns) starts.add(pattern);
    starts.finish();
  }
  Places places(int pattern, size_t from = 0) {
    const auto found = scratch.places(pattern, from);
    REQUIRE(found);
    return {found->begin(), found->end()};
  }
  MatchStarts starts;
  MatchStarts::Scratch scratch;
};

TEST_CASE("match starts: places of whole matches, none that begins or ends within a word") {
  Starts s({compiled("up [\x82]"), compiled("(?:a|the) tot(?:al|als)"), compiled("zebra"), compiled("[\x82] (?:[a-z]+ ){0,2}up")});
  const std::string text = "Up " + kMoney + " from a total; sup " + kMoney + " the totally; the totals " + kMoney + " then all up";
  s.starts.find(text, s.scratch);
  CHECK(s.places(0) == Places{0});
  CHECK(s.places(1) == Places{10, 38});
  CHECK(s.places(1, 11) == Places{38});
  CHECK(s.places(3) == Places{3, 23, 49});  // behind an amount, which is rare, no loop is looked into
  CHECK(s.scratch.next(0) == 0);
  CHECK(s.scratch.next(2) == 3);  // no zebra
  CHECK(s.scratch.next(4) == -1);
}

TEST_CASE("match starts: within words, where all matches count") {
  Starts s({compiled("tot"), compiled("up")}, MatchStarts::Of::all);
  s.starts.find("atotal sup", s.scratch);
  CHECK(s.places(0) == Places{1});
  CHECK(s.places(1) == Places{8});
}

TEST_CASE("match starts: begin and end of the text, and what must stand behind") {
  MatchStarts starts(MatchStarts::Of::words);
  starts.add(compiled("^of [\x82]"));
  const Pattern behind = compiled("^(?: cars|$)");
  starts.add(compiled("[\x82]"), &behind);
  starts.add(compiled("(?:^|, )up$"));
  starts.finish();
  MatchStarts::Scratch scratch;
  const auto places = [&](int pattern) {
    const auto found = scratch.places(pattern, 0);
    return Places(found->begin(), found->end());
  };
  starts.find("of " + kMoney + ", of " + kMoney + " cars, up", scratch);
  CHECK(places(0) == Places{0});
  CHECK(places(1) == Places{9});
  CHECK(places(2) == Places{15});
  starts.find(kMoney + " of " + kMoney, scratch);
  CHECK(places(0).empty());
  CHECK(places(1) == Places{5});
  starts.find("up", scratch);
  CHECK(places(2) == Places{0});
  starts.find("", scratch);
  CHECK(scratch.next(0) == -1);
}

TEST_CASE("match starts: of a pattern that tells nothing any place may be one") {
  Starts s({compiled("a*"), compiled("abc", false), compiled("abc")});
  s.starts.find("xyz", s.scratch);
  CHECK_FALSE(s.scratch.places(0, 0));
  CHECK_FALSE(s.scratch.places(1, 0));
  CHECK(s.scratch.next(2) == -1);
}

TEST_CASE("match starts: never less than RE2, nor after more states than are kept") {
  const std::vector<std::string> sources = {"a(?:b|ab)*c", "(?:a|b)+ c", "b{2,3}", "a.{1,4}b", "(?:ab|a)(?:c|bc)$", "^a?b", "\\bb+\\b c?",
                                            "c(?: [a-c]+){0,3} a", "[^a ]+a",  "(?:a b|b a|c c)(?:, ?|$)", "a[ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab]c"};
  std::vector<Pattern> quick, naive;
  for (const std::string& source : sources) {
    quick.push_back(compiled(source));
    naive.push_back(compiled(source, false));
  }
  Starts s(quick, MatchStarts::Of::all);
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string text;
    const int length = round % 20 == 0 ? 3000 : 40;
    for (int i = 0; i < length; ++i) text += round % 20 == 0 ? "ab"[random() % 2] : "aabbc ,"[random() % 7];
    s.starts.find(text, s.scratch);
    for (size_t p = 0; p < naive.size(); ++p) {
      const Places places = s.places(static_cast<int>(p));
      std::array<Span, 1> match;
      for (size_t from = 0; from < text.size() && naive[p].find(text, from, match); from = match[0].begin + 1) {
        const bool told = std::find(places.begin(), places.end(), match[0].begin) != places.end();
        if (!told) FAIL_CHECK(sources[p] << " at " << match[0].begin << " of '" << text << "'");
      }
    }
  }
}

}  // namespace
}  // namespace factmill
