#include "ruleset/rule_file.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

namespace factmill {
namespace {

// A file in memory with what was said about it. Not movable: the nodes point into it.
struct Sample {
  explicit Sample(std::string content) : file(RuleFile::parse(std::move(content), "r.yaml", diagnostics)) {}
  Sample(const Sample&) = delete;

  RuleNode root() const { return file.root(); }
  std::string complaints() const {
    std::string result;
    for (const Diagnostic& d : diagnostics.all()) {
      result += std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.message + "\n";
    }
    return result;
  }

  Diagnostics diagnostics;
  RuleFile file;
};

using Texts = std::vector<std::string>;

TEST_CASE("rule file: scalars keep the letters they were written with") {
  const Sample sample("a: NO\nb: 007\nc: 1.50\nd: 'null'\ne: \"x\\ty\"\nf: 2024-08-21\ng: [yes, 0x10, 1_000]\n"
                      "h: 'it''s'\ni: \"a\\\"b\\\\\"\n");
  CHECK(sample.root()["a"].text() == "NO");
  CHECK(sample.root()["b"].text() == "007");
  CHECK(sample.root()["c"].text() == "1.50");
  CHECK(sample.root()["d"].text() == "null");
  CHECK(sample.root()["e"].text() == "x\ty");
  CHECK(sample.root()["f"].text() == "2024-08-21");
  CHECK(sample.root()["g"].texts() == Texts{"yes", "0x10", "1_000"});
  CHECK(sample.root()["h"].text() == "it's");
  CHECK(sample.root()["i"].text() == "a\"b\\");
  CHECK(sample.complaints() == "");
}

TEST_CASE("rule file: numbers, flags and choices are read from their letters") {
  const Sample sample("count: 12\nnegative: -3\nfactor: 1.609344\non: true\noff: false\nkind: stock\n");
  const RuleNode root = sample.root();
  CHECK(root["count"].integer(0) == 12);
  CHECK(root["negative"].integer(0) == -3);
  CHECK(root["factor"].decimal(0) == *Decimal::parse("1.609344"));
  CHECK(root["on"].flag(false));
  CHECK_FALSE(root["off"].flag(true));
  CHECK(root["kind"].one_of({"flow", "stock"}, "flow") == "stock");
  CHECK(sample.complaints() == "");
}

TEST_CASE("rule file: what is absent or empty takes the default without complaint") {
  const Sample sample("empty:\ntilde: ~\nblank: ''\n");
  const RuleNode root = sample.root();
  for (const char* key : {"empty", "tilde", "absent"}) {
    CAPTURE(key);
    CHECK_FALSE(root[key].present());
    CHECK(root[key].text("default") == "default");
    CHECK(root[key].integer(7) == 7);
    CHECK(root[key].flag(true));
    CHECK(root[key].decimal(Decimal(5, 1)) == Decimal(5, 1));
    CHECK(root[key].one_of({"a", "b"}, "b") == "b");
    CHECK(root[key].items().empty());
    CHECK(root[key].entries().empty());
    CHECK(root[key]["deeper"]["still"].texts().empty());
    root[key].allow_keys({});
  }
  CHECK(root["blank"].present());
  CHECK(root["blank"].text("default") == "");
  CHECK(sample.complaints() == "");
}

TEST_CASE("rule file: a list may be a single scalar, a map comes in file order") {
  const Sample sample("one: a\nmany: [b, c]\nmap: {z: 1, a: 2, m: 3}\n");
  CHECK(sample.root()["one"].texts() == Texts{"a"});
  CHECK(sample.root()["many"].texts() == Texts{"b", "c"});
  std::string keys;
  for (const auto& [key, value] : sample.root()["map"].entries()) keys += key + value.text();
  CHECK(keys == "z1a2m3");
}

TEST_CASE("rule file: every value knows its line and column, in characters") {
  const Sample sample("# comment\n名字: [一, 二二, three]\nlist:\n  - a: 1\n    'b': \"q\"\n");
  const auto place = [](const RuleNode& node) {
    return std::to_string(node.place().line) + ":" + std::to_string(node.place().column);
  };
  const RuleNode root = sample.root();
  CHECK(place(root) == "2:1");
  CHECK(place(root["名字"].items()[1]) == "2:9");
  CHECK(place(root["名字"].items()[2]) == "2:13");
  CHECK(place(root["list"].items()[0]) == "4:5");
  CHECK(place(root["list"].items()[0]["b"]) == "5:10");
  CHECK(place(root["list"].items()[0]["absent"]) == "4:5");
  CHECK(root["list"].place().file == "r.yaml");
}

TEST_CASE("rule file: Windows line ends and a byte order mark change no place") {
  const Sample sample("\xEF\xBB\xBF" "a: b\r\nc: [d]\r\n");
  CHECK(sample.root()["a"].text() == "b");
  CHECK(sample.root()["a"].place().column == 4);
  CHECK(sample.root()["c"].items()[0].place().line == 2);
  CHECK(sample.complaints() == "");
  CHECK(sample.file.content().size() == 17);
}

TEST_CASE("rule file: an unknown key is complained about at the key") {
  const Sample sample("units:\n  - name: km\n    surface: [km]\n    zzz: 1\n");
  sample.root()["units"].items()[0].allow_keys({"name", "surfaces"});
  CHECK(sample.complaints() ==
        "3:5 unknown key 'surface' (did you mean 'surfaces'?)\n"
        "4:5 unknown key 'zzz' (expected one of 'name', 'surfaces')\n");
  CHECK(sample.diagnostics.render() ==
        "r.yaml:3:5: error: unknown key 'surface' (did you mean 'surfaces'?)\n"
        "    3 |     surface: [km]\n"
        "      |     ^\n"
        "r.yaml:4:5: error: unknown key 'zzz' (expected one of 'name', 'surfaces')\n"
        "    4 |     zzz: 1\n"
        "      |     ^\n");
}

TEST_CASE("rule file: a required text that is missing is complained about where it should stand") {
  const Sample sample("a:\n  b: ''\n");
  CHECK(sample.root()["a"]["name"].required_text() == "");
  CHECK(sample.root()["a"]["b"].required_text() == "");
  CHECK(sample.root()["x"]["y"].required_text() == "");
  CHECK(sample.complaints() == "2:3 missing 'name'\n2:6 'b' is empty\n1:1 missing 'x.y'\n");
}

TEST_CASE("rule file: a value of the wrong kind is complained about once, and the default comes back") {
  struct {
    std::string_view content;
    void (*ask)(const RuleNode& node);
    std::string_view complaint;
  } const rows[] = {
      {"v: 1.5", [](const RuleNode& v) { CHECK(v.integer(7) == 7); }, "got '1.5'; expected an integer"},
      {"v: 99999999999", [](const RuleNode& v) { CHECK(v.integer(7) == 7); }, "got '99999999999'; expected an integer"},
      {"v: ''", [](const RuleNode& v) { CHECK(v.integer(7) == 7); }, "got ''; expected an integer"},
      {"v: 12x", [](const RuleNode& v) { CHECK(v.integer(7) == 7); }, "got '12x'; expected an integer"},
      {"v: NO", [](const RuleNode& v) { CHECK(v.flag(true)); }, "got 'NO'; expected true or false"},
      {"v: 1e5", [](const RuleNode& v) { CHECK(v.decimal(3) == Decimal(3)); }, "got '1e5'; expected a decimal number"},
      {"v: [1]", [](const RuleNode& v) { CHECK(v.decimal(3) == Decimal(3)); }, "got a list; expected a decimal number"},
      {"v: {a: b}", [](const RuleNode& v) { CHECK(v.texts().empty()); }, "got a map; expected a list"},
      {"v: {a: b}", [](const RuleNode& v) { CHECK(v.text("d") == "d"); }, "got a map; expected a text"},
      {"v: [a]", [](const RuleNode& v) { CHECK(v.required_text() == ""); }, "got a list; expected a text"},
      {"v: [a]", [](const RuleNode& v) { CHECK(v["k"].text("d") == "d"); }, "got a list; expected a map"},
      {"v: a", [](const RuleNode& v) { CHECK(v.entries().empty()); }, "got 'a'; expected a map"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.content);
    const Sample sample{std::string(row.content)};
    row.ask(sample.root()["v"]);
    row.ask(sample.root()["v"]);
    CHECK(sample.complaints() == "1:4 wrong value for 'v' (" + std::string(row.complaint) + ")\n");
  }
}

TEST_CASE("rule file: a list of texts with something else in it keeps the texts") {
  const Sample sample("v: [a, [b], ~, c]\n");
  CHECK(sample.root()["v"].texts() == Texts{"a", "c"});
  CHECK(sample.complaints() ==
        "1:8 wrong value for 'v' (got a list; expected a text)\n"
        "1:13 wrong value for 'v' (got nothing; expected a text)\n");
}

TEST_CASE("rule file: an empty text in a list is no word") {
  const Sample sample("v: [a, \"\", ' ', c]\n");
  CHECK(sample.root()["v"].texts() == Texts{"a", "c"});
  CHECK(sample.complaints() == "1:8 an empty text in a list\n1:12 an empty text in a list\n");
}

TEST_CASE("rule file: a wrong choice gives the first and names the nearest") {
  const Sample sample("kind: stok\nother: nonsense\n");
  CHECK(sample.root()["kind"].one_of({"flow", "stock"}, "stock") == "flow");
  CHECK(sample.root()["other"].one_of({"flow", "stock"}, "stock") == "flow");
  CHECK(sample.complaints() ==
        "1:7 unknown 'kind' (got 'stok'; did you mean 'stock'?)\n"
        "2:8 unknown 'other' (got 'nonsense'; expected one of 'flow', 'stock')\n");
}

TEST_CASE("rule file: a duplicate key is an error and the first one counts") {
  const Sample sample("a: 1\nb: 2\na: {c: 3}\n'b': 4\nd: {e: 1, e: 2}\n");
  CHECK(sample.root()["a"].text() == "1");
  CHECK(sample.root()["b"].text() == "2");
  CHECK(sample.root().entries().size() == 3);
  CHECK(sample.complaints() ==
        "3:1 duplicate key 'a' (first on line 1)\n"
        "4:1 duplicate key 'b' (first on line 2)\n"
        "5:11 duplicate key 'e' (first on line 5)\n");
}

TEST_CASE("rule file: an own complaint stands at the value or its key, and may be a warning") {
  const Sample sample("a: bcd\n");
  sample.root()["a"].error("wrong");
  sample.root()["a"].key_error("odd");
  sample.root()["a"].warning("hm");
  CHECK(sample.complaints() == "1:4 wrong\n1:1 odd\n1:4 hm\n");
  CHECK(sample.diagnostics.errors() == 2);
}

std::string nested(int depth) { return "a: " + std::string(depth, '[') + "x" + std::string(depth, ']') + "\n"; }

TEST_CASE("rule file: what rules never need is refused whole, with its place and one error") {
  struct {
    std::string content;
    std::string_view complaint;
  } const rows[] = {
      {"a: [b\n", "2:1 not YAML: end of sequence flow not found"},
      {"a: 'b\n", "1:4 not YAML: the quote is not closed"},
      {"a: [b]\nc: \"b\\\"\n", "2:4 not YAML: the quote is not closed"},
      {"a: 'it''\n", "1:4 not YAML: the quote is not closed"},
      {"a: b\n c: d\n", "not YAML: "},
      {"a: b: c\n", "1:5 not YAML: "},
      {"a:\n\t- b\n", "not YAML: "},
      {"a: %b\n- c\n", "not YAML: "},
      {"a: &x b\nc: *x\n", "1:4 anchors and aliases are not supported"},
      {"a: *x\n", "1:4 not YAML: the referenced anchor is not defined"},
      {"a: !!str b\n", "1:4 tags are not supported (got 'tag:yaml.org,2002:str'"},
      {"a: !include x.yaml\n", "1:4 tags are not supported (got '!include'"},
      {"? [a, b]\n: c\n", "1:3 a key must be a text"},
      {"? {a: b}\n: c\n", "1:3 a key must be a text"},
      {"~: c\n", "1:1 a key must be a text"},
      {"a: b\n---\nc: d\n", "2:1 a second document begins here"},
      {nested(64), "1:67 nested more than 64 deep"},
      {nested(100000), "nested more than 64 deep"},
      {std::string(100000, '['), "1:1 "},
      {std::string(100000, '{'), "1:1 "},
      {"- " + std::string(100000, '{'), "1:3 "},
      {"a: \xFF\n", "1:4 not UTF-8"},
      {"a: b\nc: é\xE5\xB0\n", "2:5 not UTF-8"},
      {std::string("a: b\0c", 6), "1:5 control character"},
      {"a: \x1B[2J", "1:4 control character"},
      {"a: b\x04\nc: d", "1:5 control character"},
      {"a: b\rc: d", "1:5 control character"},
      {"\xFF\xFE" "a", "1:1 not UTF-8"},
      {"a: " + std::string(4 << 20, 'x'), "0:0 larger than 4 MB"},
      {"%YAML 9.0\n---\na: b\n", "not YAML: "},
  };
  for (const auto& row : rows) {
    CAPTURE(row.content.substr(0, 60));
    const Sample sample(row.content);
    CAPTURE(sample.complaints());
    CHECK(sample.complaints().find(row.complaint) != std::string::npos);
    CHECK_FALSE(sample.root().present());
    sample.root()["name"].required_text();
    sample.root().error("more");
    CHECK(sample.diagnostics.errors() == 1);
  }
}

TEST_CASE("rule file: 64 deep, and just below 4 MB, is still read") {
  CHECK(Sample(nested(63)).complaints() == "");
  const Sample large("a: " + std::string((4 << 20) - 3, 'x'));
  CHECK(large.root()["a"].text().size() == (4 << 20) - 3);
}

TEST_CASE("rule file: an alias bomb ends at its first anchor") {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string before(1, static_cast<char>(c - 1));
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) bomb += "*" + before + ", ";
    bomb += "]\n";
  }
  CHECK(Sample(bomb).complaints().find("1:4 anchors") == 0);
}

TEST_CASE("rule file: a thousand complaints about one file are enough") {
  std::string content;
  for (int i = 0; i < 5000; ++i) content += "k: 1\n";
  const Sample sample(content);
  CHECK(sample.diagnostics.errors() == 1001);
  CHECK(sample.diagnostics.all().back().message == "more than 1000 complaints, the rest is left out");
}

TEST_CASE("rule file: an empty file has an empty root") {
  for (const char* content : {"", "\n", "# only a comment\n", "---\n", "~\n"}) {
    CAPTURE(content);
    const Sample sample(content);
    CHECK_FALSE(sample.root().present());
    CHECK(sample.root()["units"].items().empty());
    CHECK(sample.complaints() == "");
    sample.root()["name"].required_text();
    CHECK(sample.diagnostics.errors() == 1);
  }
}

TEST_CASE("rule file: no prefix of a file throws") {
  const std::string content =
      "- id: deliveries.passive\n  frame: '{value} (?:was|were) {metric.verb}'\n  score: 94\n  tests:\n"
      "    - on: 2024-08-21\n      text: >-\n        folded é\n        text\n"
      "      facts: [{metric: \"a\\u4e2d\", value: 1}]\n"
      "    - ? x\n      : |\n        y\n";
  for (size_t size = 0; size <= content.size(); ++size) {
    const Sample sample(content.substr(0, size));
    for (const RuleNode& item : sample.root().items()) item.allow_keys({"id", "frame", "score", "tests"});
  }
  for (size_t at = 0; at < content.size(); ++at) {
    for (char c : {'[', '{', '}', ':', '"', '\'', '&', '*', '!', '\n', '\t', '-', '?', '|', '%', '\xC3'}) {
      std::string broken = content;
      broken[at] = c;
      const Sample sample(broken);
      for (const RuleNode& item : sample.root().items()) item["tests"].items();
    }
  }
}

TEST_CASE("rule file: a file that cannot be read leaves an empty root and a diagnostic") {
  for (const char* path : {"/nonexistent/rules.yaml", "/"}) {
    Diagnostics diagnostics;
    const RuleFile file = RuleFile::read(path, diagnostics);
    CHECK_FALSE(file.root().present());
    CHECK(diagnostics.render() == std::string(path) + ": error: cannot be read\n");
  }
  Diagnostics diagnostics;
  CHECK_FALSE(RuleFile::read("/dev/zero", diagnostics).root().present());
  CHECK(diagnostics.render() == "/dev/zero: error: larger than 4 MB\n");
}

TEST_CASE("rule file: a file on disk is read as it is in memory") {
  const std::string path = "rule_file_test.yaml";
  std::ofstream(path) << "name: km\n";
  Diagnostics diagnostics;
  CHECK(RuleFile::read(path, diagnostics).root()["name"].required_text() == "km");
  CHECK_FALSE(diagnostics.has_errors());
  std::remove(path.c_str());
}

}  // namespace
}  // namespace factmill
