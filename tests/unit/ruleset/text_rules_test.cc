#include "ruleset/text_rules.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "ruleset/profiles.h"
#include "ruleset/rule_file.h"

namespace factmill {
namespace {

// A rules folder of its own, removed at the end.
class RulesFolder {
 public:
  RulesFolder() {
    char name[] = "/tmp/factmill-rules-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    path_ = name;
    std::filesystem::create_directory(path_ + "/common");
    write("boilerplate", "zones: []\n");
    write("sentences", "never_end: [No.]\n");
    write("page", "published: [date]\n");
    write("languages", "words: [{language: en, words: [the]}]\nextracted: [en]\n");
  }
  ~RulesFolder() { std::filesystem::remove_all(path_); }
  RulesFolder(const RulesFolder&) = delete;
  RulesFolder& operator=(const RulesFolder&) = delete;
  void write(const std::string& name, const std::string& yaml) const { std::ofstream(path_ + "/common/" + name + ".yaml") << yaml; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string complaint(const RulesFolder& folder) {
  Diagnostics diagnostics;
  RuleFiles files(folder.path(), diagnostics);
  TextRules::load(files);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.all()) text += diagnostic.message + "\n";
  return text;
}

}  // namespace

TEST_CASE("text rules: a rule is read with all it says") {
  const RulesFolder folder;
  folder.write("boilerplate",
               "shape: {title_max_words: 9}\n"
               "zones:\n"
               "- {id: a, zone: fx_note, begins: 'x', except: 'y$', max_words: 5, unterminated: true, where: end, reach: section, tests: {hit: x, miss: [y]}}\n"
               "- {id: b, zone: prompt, has: 'z', literals: [quiz], tests: {hit: quiz, miss: y}}\n");
  Diagnostics diagnostics;
  RuleFiles files(folder.path(), diagnostics);
  const TextRules rules = TextRules::load(files);
  INFO(diagnostics.render());
  REQUIRE_FALSE(diagnostics.has_errors());
  REQUIRE(rules.zones.size() == 2);
  const ZoneRule& rule = rules.zones[0];
  CHECK(rule.id == "a");
  CHECK(rule.zone == Zone::fx_note);
  CHECK(rule.max_words == 5);
  CHECK(rule.unterminated);
  CHECK(rule.where == ZoneRule::Where::end);
  CHECK(rule.reach == ZoneRule::Reach::section);
  CHECK(rules.shape.title_max_words == 9);
  const auto candidates = [&](std::string_view line) {
    std::vector<int> found;
    rules.zone_filter.find_candidates(line, found);
    return found;
  };
  CHECK(candidates("x") == std::vector<int>{0});
  CHECK(candidates("ax").empty());
  CHECK(candidates("x and a quiz") == std::vector<int>{0, 1});
  CHECK(candidates("a QUIz") == std::vector<int>{1});
  CHECK(candidates("a z").empty());
  CHECK(rules.sentences.never_end == std::vector<std::string>{"No."});
}

TEST_CASE("text rules: what is wrong is said") {
  struct Row {
    std::string file;
    std::string yaml;
    std::string message;
  };
  const Row rows[] = {
      {"boilerplate", "zones: [{id: a, zone: nowhere, begins: x, tests: {hit: x, miss: y}}]", "unknown zone 'nowhere'"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: '(x', tests: {hit: x, miss: y}}]", "not a pattern: missing ): "},
      {"boilerplate", "zones: [{id: a, zone: body, tests: {hit: x, miss: y}}]", "expected one of 'begins' and 'has'"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, has: y, tests: {hit: x, miss: y}}]", "expected one of 'begins' and 'has'"},
      {"boilerplate", "zones: [{id: a, zone: body, has: y, tests: {hit: x, miss: y}}]", "needs 'literals'"},
      {"boilerplate", "zones: [{id: a, zone: body, has: y, literals: [abc], tests: {hit: x, miss: y}}]", "too short (got 'abc'; expected 4 bytes or more)"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, tests: {miss: y}}]", "rule 'a' has no example (tests: hit:)"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, tests: {hit: x}}]", "rule 'a' has no counterexample (tests: miss:)"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, tests: {hit: x, miss: y}}, {id: a, zone: body, begins: x, tests: {hit: x, miss: y}}]", "another rule has the id 'a'"},
      {"boilerplate", "zones: [{id: a, zone: body, begin: x, begins: x, tests: {hit: x, miss: y}}]", "'begin'"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, max_words: -1, tests: {hit: x, miss: y}}]", "must not be negative"},
      {"boilerplate", "zones: [{id: a, zone: body, begins: x, reach: page, tests: {hit: x, miss: y}}]", "'page'"},
      {"sentences", "never_end: [No]", "an abbreviation ends with a full stop (got 'No')"},
      {"page", "publish: [date]", "'publish'"},
  };
  for (const Row& row : rows) {
    const RulesFolder folder;
    folder.write(row.file, row.yaml + "\n");
    CAPTURE(row.yaml);
    const std::string said = complaint(folder);
    CAPTURE(said);
    CHECK(said.find(row.message) != std::string::npos);
  }
}

TEST_CASE("profiles: what is wrong is said") {
  const RulesFolder folder;
  folder.write("profiles", "profiles:\n- {name: a, text: [x..y]}\n- {name: b, title: [t]}\n- {text: [t], when: ['a[]']}\n");
  Diagnostics diagnostics;
  RuleFiles files(folder.path(), diagnostics);
  const Profiles profiles = Profiles::load(files);
  const std::string said = diagnostics.render();
  CHECK(said.find("not a key path (got 'x..y'; expected 'key', 'key.key' or 'key[].key')") != std::string::npos);
  CHECK(said.find("profile 'b' names no key of the text") != std::string::npos);
  CHECK(said.find("'name'") != std::string::npos);
  CHECK(profiles.all.size() == 3);
}

}  // namespace factmill
