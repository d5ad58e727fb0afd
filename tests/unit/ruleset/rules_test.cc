#include "ruleset/rules.h"

#include "ruleset/metrics.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

// A reader over metrics and macros written in the test.
class Reading {
 public:
  explicit Reading(const std::string& rules = "")
      : metrics_file_(RuleFile::parse("metrics: [{id: revenue, nouns: [revenue], accepts: [money]}]", "m", diagnostics_)),
        file_(RuleFile::parse(rules, "r", diagnostics_)),
        reader_(metrics_, table_) {
    metrics_.add(metrics_file_, small_pack().get().values);
    reader_.add_macros(file_);
    const RuleFile* const files[] = {&file_};
    reader_.add_rules(files);
  }
  ExpandedPattern expand(const std::string& pattern) {
    const RuleFile file = RuleFile::parse("p: x", "p", diagnostics_);
    return reader_.expand(file.root()["p"], pattern);
  }
  const RuleTable& table() const { return table_; }
  std::string errors() const { return diagnostics_.render(); }

 private:
  Diagnostics diagnostics_;
  MetricTable metrics_;
  RuleTable table_;
  RuleFile metrics_file_, file_;
  RuleReader reader_;
};

TEST_CASE("expand: an unknown macro is complained about, unless a file of macros could not be read") {
  CHECK(Reading().errors() == "");
  Reading whole("macros: {up: rose}");
  whole.expand("@rose");
  CHECK(whole.errors().find("unknown macro '@rose'") != std::string::npos);
  Reading broken("macros: {up: rose");
  broken.expand("@up");
  CHECK(broken.errors().find("not YAML") != std::string::npos);
  CHECK(broken.errors().find("unknown macro") == std::string::npos);
}

TEST_CASE("expand: a tag is its byte, a list its own, a class of tags a choice") {
  struct {
    std::string pattern, re2;
  } const rows[] = {
      {"{money}", "[\\x82]"},
      {"{money+}", "[\\xC2]"},
      {"{money*}", "[\\x82\\xC2]"},
      {"{date:d}", "(?P<d>[\\x88])"},
      {"{money*:m}", "(?P<m>[\\x82\\xC2])"},
      {"{metric}", "[\\x8C\\x8D]"},
      {"in {date} or {money}", "in [\\x88] or [\\x82]"},
      {"a{2,3}", "a{2,3}"},
      {"a{2}{money}{3}", "a{2}[\\x82]{3}"},
      {"\\{money}", "\\{money}"},
      {"a\\@b", "a\\@b"},
      {"[{money}]", "[{money}]"},  // a class of characters holds no tags
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern);
    Reading reading;
    CHECK(reading.expand(row.pattern).re2 == row.re2);
    CHECK(reading.errors() == "");
  }
}

TEST_CASE("expand: {_} passes over transparent mentions and what joins them") {
  Reading reading;
  const Pattern p = *Pattern::compile("a" + reading.expand("{_}").re2 + " b", {.bytes = true});
  CHECK(p.matches_whole("a b"));
  const std::string when(1, tag_byte(Tag::when)), where(1, tag_byte(Tag::where));
  CHECK(p.matches_whole("a " + when + " b"));
  CHECK(p.matches_whole("a " + when + ", " + where + ", b"));
  CHECK(p.matches_whole("a" + when + where + " b"));
  CHECK_FALSE(p.matches_whole("a " + std::string(1, tag_byte(Tag::money)) + " b"));
  CHECK_FALSE(p.matches_whole("a x b"));
}

TEST_CASE("expand: restrictions are told by the group that they restrict") {
  Reading reading;
  const ExpandedPattern named = reading.expand("{quantity/km|mi:q}");
  REQUIRE(named.restrictions.size() == 1);
  CHECK(named.restrictions[0].name == "q");
  CHECK(named.restrictions[0].what == "km|mi");
  const ExpandedPattern unnamed = reading.expand("{noun/revenue} and {date/!context}");
  REQUIRE(unnamed.restrictions.size() == 2);
  CHECK(unnamed.restrictions[0].name == "restricted_0");
  CHECK(unnamed.restrictions[0].what == "revenue");
  CHECK(unnamed.restrictions[1].name == "restricted_1");
  CHECK(unnamed.restrictions[1].what == "!context");
  CHECK(reading.errors() == "");
}

TEST_CASE("expand: macros, longest name first, a full stop behind one is the pattern's") {
  Reading reading("macros: {up: [rose, grew], cue.said: [said, 'i\\.e\\.'], both: '@up|@cue.said', text: 'a|b'}");
  CHECK(reading.expand("@up by").re2 == "(?:rose|grew) by");
  CHECK(reading.expand("@cue.said.").re2 == "(?:said|i\\.e\\.).");
  CHECK(reading.expand("@both").re2 == "(?:(?:rose|grew)|(?:said|i\\.e\\.))");
  CHECK(reading.expand("x @text y").re2 == "x (?:a|b) y");
  CHECK(reading.errors() == "");
}

TEST_CASE("expand: a tag is required only where every match holds it") {
  const TagSet money = tag_bit(Tag::money), date = tag_bit(Tag::date);
  struct {
    std::string pattern;
    TagSet required;
  } const rows[] = {
      {"{money}", money},
      {"{money:a} in {date+}", money | date},
      {"{money}+ {date}", money | date},
      {"{money}? {date}", date},
      {"{money}* {date}", date},
      {"{money}{0,2} {date}", date},
      {"{money}{1,2} {date}", money | date},
      {"(?:{money})? {date}", date},
      {"(?:{money}|x) {date}", date},
      {"{money}|{date}", 0},
      {"[)](?:{money})?{date}", date},
      {"[(]{money}", money},
      {"[|]{money}", money},
      {"[^])|]{money}", money},
      {"\\({money}\\|", money},
      {"{value} {date}", date},  // a class is one of several
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern);
    Reading reading;
    CHECK(reading.expand(row.pattern).requires_tags == row.required);
    CHECK(reading.errors() == "");
  }
}

TEST_CASE("frames: {metric} stands for nouns and for verbs, each in its table") {
  Reading reading("frames: [{id: a, frame: '{metric} of {value}', score: 90}, {id: b, frame: '{value} {noun}', score: 80, values: [money]}]");
  REQUIRE(reading.errors() == "");
  const RuleTable& table = reading.table();
  REQUIRE(table.noun_value.frames.size() == 1);
  REQUIRE(table.verb_value.frames.size() == 1);
  REQUIRE(table.value_noun.frames.size() == 1);
  CHECK(table.value_verb.frames.empty());
  CHECK(table.noun_value.frames[0].id == "a");
  CHECK(table.verb_value.frames[0].score == 90);
  CHECK(table.value_noun.frames[0].values == tag_bit(Tag::money));
  CHECK((table.noun_value.frames[0].values & tag_bit(Tag::multiple)) != 0);
  CHECK((table.noun_value.frames[0].values & tag_bit(Tag::date)) == 0);
  std::vector<int> matches;
  CHECK(table.noun_value.gaps.matches_whole(" of ", matches));
  CHECK(matches == std::vector<int>{0});
  CHECK_FALSE(table.noun_value.gaps.matches_whole(" of a ", matches));
  CHECK(table.all().size() == 2);  // a frame in two tables is one rule
}

TEST_CASE("frames: an end that names a kind of value takes no other") {
  Reading reading("frames: [{id: a, frame: '{noun} {change}', score: 90}, {id: b, frame: '{verb} {date}', score: 80}]");
  REQUIRE(reading.errors() == "");
  CHECK(reading.table().noun_value.frames[0].values == tag_bit(Tag::change));
  CHECK(reading.table().verb_value.frames[0].values == tag_bit(Tag::date));
}

TEST_CASE("rule tests: facts mean that the rule fires, none that it must not") {
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse("tests:\n  - {text: a, facts: [{metric: revenue, value: 5.0}]}\n  - {text: b, facts: []}\n  - {text: c, fires: false}\n"
                                        "  - {text: d, fires: false, facts: [{metric: revenue}], on: 2024-08-21, title: t}\n  - {facts: {}, txt: e}\n", "t", diagnostics);
  const std::vector<RuleTest> tests = read_tests(file.root()["tests"]);
  REQUIRE(tests.size() == 5);
  CHECK(tests[0].fires == true);
  REQUIRE(tests[0].facts.size() == 1);
  CHECK(tests[0].facts[0][1] == std::pair<std::string, std::string>{"value", "5.0"});
  CHECK(tests[1].fires == false);
  CHECK(tests[1].has_facts);
  CHECK(tests[2].fires == false);
  CHECK_FALSE(tests[2].has_facts);
  CHECK(tests[3].fires == false);
  CHECK(tests[3].on == "2024-08-21");
  CHECK(tests[3].place.line == 5);
  CHECK(diagnostics.errors() == 3);  // no text, an unknown key, facts that are no list
}

}  // namespace
}  // namespace factmill::testing
