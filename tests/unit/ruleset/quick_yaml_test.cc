#include "ruleset/quick_yaml.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "ruleset/rule_file.h"

namespace factmill {
namespace {

// "12:3<text>", "[..]", "{key=..}": all that a rule can ask of a node.
std::string shown(const RuleNode& node) {
  const Place place = node.place();
  std::string out = std::to_string(place.line) + ":" + std::to_string(place.column);
  if (!node.present()) return out + "-";
  if (node.is_text()) return out + "<" + node.text() + ">";
  if (node.is_list()) {
    out += "[";
    for (const RuleNode& item : node.items()) out += shown(item) + ",";
    return out + "]";
  }
  out += "{";
  for (const auto& [key, value] : node.entries()) out += key + "=" + shown(value) + ",";
  return out + "}";
}

std::string read_by(const std::string& content, bool quick) {
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse(content, "r.yaml", diagnostics, quick);
  return diagnostics.has_errors() ? diagnostics.render() : shown(file.root());
}

class Nobody : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

bool is_quick(const std::string& content) {
  Nobody nobody;
  return QuickYaml(content).read(nobody);
}

std::vector<std::string> rule_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(FACTMILL_SOURCE_DIR) + "/rules")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return files;
}

// The lines that begin as far in as the first one, or further, moved so that the first begins at the margin.
std::string moved_out(const std::string& text) {
  const std::string indent(std::min(text.find_first_not_of(' '), text.size()), ' ');
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += (line.starts_with(indent) ? line.substr(indent.size()) : line) + '\n';
  return out;
}

}  // namespace

TEST_CASE("quick yaml: what rule files are made of is read, as yaml-cpp reads it") {
  const char* const rows[] = {
      "a: b\n", "a:\n  b: c\n  d:\n    - e\n    - f\n", "- a: b\n  c: d\n- e: f\n", "- - a\n  - b\n- c\n",
      "a:\n- b\n- c\nd: e\n", "a: [b, 'c d', \"e\", [f], {g: h}]\n", "a: {b: c, d: [e, f,], g: 'h',}\n", "a: [b,\n  c d\n  e,  # why\n  f]\n",
      "a: 'it''s'\n", "a: \"x\\n\\\"y\\\\\"\n", "a: b c  # why\n# more\nd: e#f\n", "a: some words\n  that go on\nb: c\n",
      "a: 'some words\n  that go on'\n", "a: |-\n  one\n\n    two\n  three\nb: c\n", "a: |\n  one\n\nb: c\n", "a:\nb:\n  c:\n", "a: ~\nb: null\n",
      "'a b': c\n\"d\": e\n", "a: -5\nb: http://x\nc: x:y\n", "a: [x:y, http://z]\n", "\n\n# only\na: b", "é: [ü, '€']\n", "a: b\n\nc: d\n", "- a\n\n\n- b\n",
      "a: don't\nb: 5'\n", "a: x [y] {z}, w\n", "a: b\n   # further in\nc: d\n",
  };
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK(is_quick(row));
    CHECK(read_by(row, true) == read_by(row, false));
  }
}

TEST_CASE("quick yaml: the rest is left to yaml-cpp") {
  const char* const rows[] = {
      "", "# nothing\n", "a: b: c\n", "a: &x b\n", "a: *x\n", "a: !t b\n", "a: >\n  b\n", "a: |2\n  b\n", "a:\tb\n", "a: b\r\n", "---\na: b\n",
      "a: b\n...\n", "%YAML 1.2\n", "a: 'b\n", "a: [b\n", "a: [b]]\n", "a: {b\n", "a: {b}\n", "a: [b: c]\n", "- a\nb: c\n", "a: b\n  c: d\n", "a: b\n c\nd: e\n f: g\n",
      "  a: b\nc: d\n", "? a\n: b\n", "a: \"\\x41\"\n", "a: \"b\\\n  c\"\n", "a: 'b\n\n  c'\n", "a: b\n\n  c\n", "-\n- b\n", "a: [, b]\n", "a: @b\n", "a: `b`\n", "[a]: b\n",
  };
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK_FALSE(is_quick(row));
    CHECK(read_by(row, true) == read_by(row, false));
  }
}

TEST_CASE("quick yaml: every rule file is read quickly, and as yaml-cpp reads it") {
  const std::vector<std::string> files = rule_files();
  CHECK(files.size() > 50);
  for (const std::string& content : files) {
    INFO(content.substr(0, 300));
    CHECK(is_quick(content));
    CHECK((read_by(content, true) == read_by(content, false)));
  }
}

TEST_CASE("quick yaml: parts of rule files, damaged, are read or refused as by yaml-cpp") {
  const std::string_view bits[] = {" ", "  ", "\n", "- ", "-", ": ", ":", "#", " #", ",", "[", "]", "{", "}", "'", "\"", "|", "|-\n", "a", "null", "~", "\n  ", "\n\n",
                                   "''", "\\", "\\n", "&a", "*a", "!x", "? ", "%", "---", "é", "key: v\n", "[a, b]", "{a: b}", "- x\n"};
  const std::vector<std::string> files = rule_files();
  std::mt19937 random(20240821);
  size_t quick = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::string& file = files[random() % files.size()];
    const size_t begin = file.rfind('\n', random() % file.size()) + 1;  // npos + 1 is 0
    std::string part = file.substr(begin, 20 + random() % 400);
    if (round % 2 == 0) part = moved_out(part);
    for (auto changes = random() % 4; changes > 0; --changes) {
      const size_t at = random() % (part.size() + 1);
      if (random() % 2 == 0) part.insert(at, bits[random() % std::size(bits)]);
      else part.erase(at, 1 + random() % 5);
    }
    CAPTURE(part);
    REQUIRE(read_by(part, true) == read_by(part, false));
    quick += is_quick(part);
  }
  CHECK(quick > 500);
}

}  // namespace factmill
