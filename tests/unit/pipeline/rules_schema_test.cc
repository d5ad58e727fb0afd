// rules/schema.json against the rule files: it takes all of them, and no misspelt key. What the schema says with words
// that this reader of it does not know fails the test.
#include <simdjson.h>

#include <set>

#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

using simdjson::dom::element;

class Schema {
 public:
  Schema() : root_(parser_.load(FACTMILL_SOURCE_DIR "/rules/schema.json")) {}

  // The first thing that is wrong with the node, or nothing.
  std::string complaint(const RuleNode& node) const { return check(node, root_, ""); }
  std::vector<std::string> names(const char* pointer) const {
    std::vector<std::string> out;
    for (element name : root_.at_pointer(pointer).get_array()) out.emplace_back(std::string_view(name));
    return out;
  }

 private:
  static bool is(const RuleNode& node, std::string_view type) {
    if (type == "object") return node.is_map();
    if (type == "array") return node.is_list();
    if (!node.is_text()) return false;
    const std::string text = node.text();
    if (type == "string") return true;
    if (type == "boolean") return text == "true" || text == "false";
    const std::optional<Decimal> number = Decimal::parse(text);
    return number && (type == "number" || (type == "integer" && number->is_integer()));
  }

  std::string check(const RuleNode& node, element schema, const std::string& path) const {
    for (const auto& [word, value] : schema.get_object()) {
      std::string wrong = check_word(node, schema, word, value, path);
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  std::string check_word(const RuleNode& node, element schema, std::string_view word, element value, const std::string& path) const {
    if (word == "$ref") return check(node, root_.at_pointer(std::string_view(value).substr(1)), path);
    if (word == "type") {
      if (value.is_string()) return is(node, value) ? "" : path + " is no " + std::string(std::string_view(value));
      for (element type : value.get_array()) {
        if (is(node, type)) return "";
      }
      return path + " is of no type that it may be";
    }
    if (word == "enum") {
      for (element one : value.get_array()) {
        if (node.is_text() && node.text() == std::string_view(one)) return "";
      }
      return path + " is none of its words: " + node.text();
    }
    if (word == "properties" || word == "additionalProperties") return node.is_map() ? check_keys(node, schema, path) : "";
    if (word == "required") {
      for (element key : value.get_array()) {
        if (node.is_map() && !node[std::string_view(key)].present()) return path + " lacks " + std::string(std::string_view(key));
      }
      return "";
    }
    if (word == "items") {
      if (!node.is_list()) return "";
      for (const RuleNode& item : node.items()) {
        std::string wrong = check(item, value, path + "[]");
        if (!wrong.empty()) return wrong;
      }
      return "";
    }
    if (word == "minLength") return node.is_text() && node.text().empty() ? path + " is empty" : "";
    if (word == "minimum") return node.is_text() && *Decimal::parse(node.text()) < Decimal(int64_t(value)) ? path + " is too small" : "";
    if (word == "maximum") return node.is_text() && *Decimal::parse(node.text()) > Decimal(int64_t(value)) ? path + " is too large" : "";
    if (word == "pattern") return !node.is_text() || Pattern::compile(std::string_view(value))->matches_part(node.text()) ? "" : path + " has another form";
    if (word == "if") {
      const bool holds = check(node, value, path).empty();
      return check(node, schema[holds ? "then" : "else"], path);
    }
    static const std::set<std::string_view> kSilent = {"$schema", "title", "description", "then", "else", "$defs"};
    return kSilent.count(word) ? "" : "the schema says '" + std::string(word) + "', which this test cannot read";
  }

  std::string check_keys(const RuleNode& node, element schema, const std::string& path) const {
    for (const auto& [key, value] : node.entries()) {
      element properties, own, rest;
      bool known = schema["properties"].get(properties) == simdjson::SUCCESS && properties[key].get(own) == simdjson::SUCCESS;
      std::string wrong;
      if (known) {
        wrong = value.present() ? check(value, own, path + "/" + key) : "";
      } else if (schema["additionalProperties"].get(rest) == simdjson::SUCCESS) {
        wrong = rest.is_bool() ? path + " has no key " + key : check(value, rest, path + "/" + key);
      }
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  simdjson::dom::parser parser_;
  element root_;
};

std::string complaint(const std::string& yaml) {
  Diagnostics diagnostics;
  const RuleFile file = RuleFile::parse(yaml, "test", diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  return Schema().complaint(file.root());
}

TEST_CASE("rules/schema.json: every rule file satisfies it") {
  const Schema schema;
  int files = 0;
  for (const char* folder : {"/rules", "/tests/small_pack"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(FACTMILL_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".yaml") continue;
      CAPTURE(entry.path().string());
      Diagnostics diagnostics;
      const RuleFile file = RuleFile::read(entry.path().string(), diagnostics);
      CHECK(schema.complaint(file.root()) == "");
      CHECK(diagnostics.render() == "");
      ++files;
    }
  }
  CHECK(files > 20);
}

TEST_CASE("rules/schema.json: tags and slots are those of the engine") {
  const Schema schema;
  const std::vector<std::string> tags = schema.names("/$defs/tag/enum"), slots = schema.names("/$defs/slot/enum");
  CHECK(tags == std::vector<std::string>(kTagNames.begin() + 1, kTagNames.end()));
  CHECK(slots == std::vector<std::string>(kSlotNames.begin(), kSlotNames.end()));
}

TEST_CASE("rules/schema.json: what is misspelt, missing or of another form does not satisfy it") {
  struct {
    const char* yaml;
    const char* complaint;
  } const rows[] = {
      {"frames: [{id: a, frame: '{noun} of {value}', score: 90}]", ""},
      {"frames: [{id: a, frame: '{noun} of {value}', scroe: 90}]", "/frames[] has no key scroe"},
      {"frames: [{id: a, frame: '{noun} of {value}'}]", "/frames[] lacks score"},
      {"frames: [{id: a, frame: '{noun} of {value}', score: high}]", "/frames[]/score is no integer"},
      {"frames: [{id: a, frame: '{noun} of {value}', score: 0}]", "/frames[]/score is too small"},
      {"frames: [{id: '', frame: '{noun} of {value}', score: 90}]", "/frames[]/id is empty"},
      {"frames: [{id: a, frame: '{noun} of {value}', score: 90, tests: [{text: x, on: Monday}]}]", "/frames[]/tests[]/on has another form"},
      {"farmes: []", " has no key farmes"},
      {"reductions: [{id: a, match: x, as: when, set: {perod: d}}]", "/reductions[]/set has no key perod"},
      {"reductions: [{id: a, match: x, as: wen}]", "/reductions[]/as is none of its words: wen"},
      {"links: [{id: a, link: '{value} and {value}', score: 80, drop: [modell]}]", "/links[]/drop[] is none of its words: modell"},
      {"metrics: [{id: revenue, noun: [revenue], accepts: [money]}]", "/metrics[] has no key noun"},
      {"metrics: [{id: revenue, accepts: [money], time: forever}]", "/metrics[]/time is none of its words: forever"},
      {"cues: [{modality: target, word: [aims]}]", "/cues[] has no key word"},
      {"companies: [{id: nio, name: NIO, need_context: true}]", "/companies[] has no key need_context"},
      {"models: [{name: ES6}]", "/models[] lacks maker"},
      {"anaphor: [it]", " has no key anaphor"},
      {"pack: ev\nversion: '1'\nvalues: []\nmetrics: []\nrules: []\nresolution: r", ""},
      {"pack: ev\nversion: '1'\nvalues: []\nmetrics: []\nrule: []\nresolution: r", " has no key rule"},
      {"pack: ev\nframes: []", " has no key frames"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    CHECK(complaint(row.yaml) == row.complaint);
  }
}

}  // namespace
}  // namespace factmill::testing
