#include "ruleset/pattern_needs.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "ruleset/pattern.h"
#include "ruleset/pattern_tree.h"
#include "ruleset/rule_filter.h"

namespace factmill {
namespace {

using Words = std::vector<std::string>;

bool needs_words(std::string_view pattern, Words words) {
  std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  const std::vector<Need> needs = needs_of(pattern);
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) { return need.tags == 0 && need.literals == words; });
}

bool needs_tags(std::string_view pattern, std::string_view bytes) {
  TagByteSet tags = 0;
  for (char byte : bytes) tags |= tag_byte_bit(byte);
  const std::vector<Need> needs = needs_of(pattern);
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) { return need.literals.empty() && need.tags == tags; });
}

// The rules that the filter leaves for a text.
Words left(const std::vector<std::string>& patterns, std::string_view text) {
  RuleFilter filter;
  for (const std::string& pattern : patterns) filter.add(needs_of(pattern));
  filter.finish();
  RuleFilter::Scratch scratch;
  filter.find(text, scratch);
  TagByteSet tags = 0;
  for (char byte : text) tags |= tag_byte_bit(byte);
  Words result;
  for (int r = scratch.next(0); r >= 0; r = scratch.next(r + 1)) {
    if (filter.holds(r, scratch, tags, {})) result.push_back(patterns[static_cast<size_t>(r)]);
  }
  return result;
}

}  // namespace

TEST_CASE("needs: words that stand in every match, in lower case") {
  CHECK(needs_words("which Costs", {"which costs"}));
  CHECK(needs_words("(?:up|down) by", {"up by", "down by"}));
  CHECK(needs_words("rates? of", {"rate of", "rates of"}));
  CHECK(needs_words("(?:the )?(?:rate|quota)", {"rate", "quota"}));  // what holds "the rate" holds "rate"
  CHECK(needs_words("(?P<x>gross) [a-z]+ margin", {"gross "}));
  CHECK(needs_words("(?P<x>gross) [a-z]+ margin", {" margin"}));
  CHECK(needs_words("gr[ae]y", {"gray", "grey"}));
  CHECK(needs_words("(?:no[a-z]+|yes) it", {"no", "yes"}));
  CHECK(needs_words("(?:cash)+", {"cash"}));
}

TEST_CASE("needs: a choice that comes again needs the same, unless it asks for metrics of its own") {
  NeedsReader reader;
  const std::string words = "(?:delivered [a-z]+|handed over [a-z]+)";
  const Need both{0, {"delivered ", "handed over "}, {}};
  CHECK(reader.needs_of(words + " to") == std::vector<Need>{both, {0, {" to"}, {}}});
  CHECK(reader.needs_of("was " + words) == std::vector<Need>{{0, {"was "}, {}}, both});
  const std::string head = "(?:(?P<h>[\x8C])|registrations of cars)";
  const auto metrics_of = [&](const HeadGroups& heads) {
    std::vector<int> metrics;
    for (const Need& need : reader.needs_of(head, heads)) metrics.insert(metrics.end(), need.metrics.begin(), need.metrics.end());
    return metrics;
  };
  CHECK(metrics_of({}).empty());
  CHECK(metrics_of({{1, {5}}}) == std::vector<int>{5});
  CHECK(metrics_of({{1, {7}}}) == std::vector<int>{7});
}

TEST_CASE("needs: what may be missing is not needed") {
  CHECK(needs_of("(?:up )?").empty());
  CHECK(needs_of("(?:up )*x?").empty());
  CHECK(needs_of("(?:up )*|down").empty());
  CHECK(needs_of("[a-z]+").empty());
  CHECK(needs_of(" ?, ?").empty());  // blanks and commas stand everywhere
  CHECK(needs_of("up(?:stairs|)").size() == 1);
  CHECK(needs_words("up(?:stairs|)", {"up"}));
}

TEST_CASE("needs: tags, those of a class together") {
  CHECK(needs_tags("[\\x82] of [\\x8E\\xCE]", "\x82"));
  CHECK(needs_tags("[\\x82] of [\\x8E\\xCE]", "\x8E\xCE"));
  CHECK(needs_tags("(?:[\\x82]|[\\x8E]) of", "\x82\x8E"));
  CHECK(needs_of("(?:[\\x82] )?[a-z]").empty());
}

TEST_CASE("needs: nothing is known of syntax that is not understood") {
  for (const char* pattern : {"\\pL up", "[[:alpha:]] up", "\\Qup\\E", "(?m)^up", "up(", "up**", "\\x{41}"}) CHECK(needs_of(pattern).empty());
}

TEST_CASE("needs: of a head the metrics, alone or instead of words") {
  const std::vector<Need> alone = needs_of("(?P<n>[\\x8C\\xCC]) of", {{1, {7}}});
  CHECK(std::find(alone.begin(), alone.end(), Need{0, {}, {7}}) != alone.end());
  const std::vector<Need> either = needs_of("(?:(?P<n>[\\x8C])|cash) of", {{1, {7, 3}}});
  CHECK(std::find(either.begin(), either.end(), Need{0, {"cash"}, {3, 7}}) != either.end());
  // A group that holds other mentions too, or none, says nothing.
  for (const Need& need : needs_of("(?P<n>[\\x82]) of", {{1, {7}}})) CHECK(need.metrics.empty());
  for (const Need& need : needs_of("(?P<n>[\\x8C])? of", {{1, {7}}})) CHECK(need.metrics.empty());
}

TEST_CASE("filter: a need of words or a metric is met by either") {
  RuleFilter filter;
  filter.add({Need{0, {"cash"}, {3}}});
  filter.finish();
  MetricSet three, four;
  three.add(3);
  four.add(4);
  RuleFilter::Scratch scratch;
  filter.find("money of", scratch);
  CHECK(filter.holds(0, scratch, 0, three));
  CHECK_FALSE(filter.holds(0, scratch, 0, four));
  filter.find("Cash of", scratch);
  CHECK(filter.holds(0, scratch, 0, four));
}

TEST_CASE("filter: leaves the rules whose words and tags are all there") {
  const Words rules = {"up [\\x83]", "down", "(?:up|down) by [\\x82\\xC2]", "[a-z]+", "ups"};
  CHECK(left(rules, "Up \x83") == Words{"up [\\x83]", "[a-z]+"});
  CHECK(left(rules, "up \x84") == Words{"[a-z]+"});
  CHECK(left(rules, "DOWN by \xC2") == Words{"down", "(?:up|down) by [\\x82\\xC2]", "[a-z]+"});
  CHECK(left(rules, "ups and \x83") == Words{"[a-z]+", "ups"});
  CHECK(left(rules, "") == Words{"[a-z]+"});
  CHECK(left({}, "up").empty());
}

TEST_CASE("filter: whatever RE2 matches, it leaves") {
  const std::vector<std::string> patterns = {"(?i)a(?:b|c[de]?)+ ?f", "(?:ab|)c", "(?:(?:x|y)z){2,3}", "[^ab]c", "(?-i:A)b|cA", "a.c", "\\bab\\b", "^ab|c$", "(?P<n>a{2}|b{1,2})c"};
  std::vector<std::string> texts = {"ACEF", "c", "yzxz", "-c", "Ab", "ca", "aXc", "x ab", "ab", "bc", "aac", "acd f", "ccA"};
  for (const std::string& text : texts) {
    const Words kept = left(patterns, text);
    for (const std::string& pattern : patterns) {
      const Result<Pattern> re2 = Pattern::compile(pattern, {.bytes = true, .ignore_case = true});
      REQUIRE(re2);
      INFO(pattern << " on " << text);
      if (re2->matches_part(text)) CHECK(std::find(kept.begin(), kept.end(), pattern) != kept.end());
    }
  }
}

}  // namespace factmill
