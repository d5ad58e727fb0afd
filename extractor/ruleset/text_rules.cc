#include "ruleset/text_rules.h"

#include <algorithm>
#include <set>

#include "ruleset/rule_file.h"

namespace factmill {
namespace {

// The alternation of all patterns is one automaton; it needs room for its states.
constexpr int64_t kAlternationMemory = 64 << 20;

std::optional<Pattern> compiled(const RuleNode& node) {
  if (!node.present()) return std::nullopt;
  Result<Pattern> pattern = Pattern::compile(node.required_text());
  if (!pattern) {
    node.error("not a pattern: " + pattern.error().message);
    return std::nullopt;
  }
  return *pattern;
}

uint32_t count(const RuleNode& node, uint32_t otherwise) {
  const int value = node.integer(static_cast<int>(std::min<uint32_t>(otherwise, std::numeric_limits<int>::max())));
  if (!node.present()) return otherwise;
  if (value < 0) node.error("must not be negative");
  return static_cast<uint32_t>(std::max(value, 0));
}

template <class T>
T chosen(const RuleNode& node, std::initializer_list<std::string_view> names) {
  if (!node.present()) return T{};
  const std::string name = node.one_of(names, *names.begin());
  return static_cast<T>(std::find(names.begin(), names.end(), name) - names.begin());
}

class Boilerplate {
 public:
  explicit Boilerplate(TextRules& rules) : rules_(rules) {}

  void read(const RuleNode& root) {
    root.allow_keys({"shape", "zones"});
    read_shape(root["shape"]);
    for (const RuleNode& node : root["zones"].items()) read_rule(node);
    compile_alternation(short_, rules_.any_zone_of_short_line, root);
    compile_alternation(long_, rules_.any_zone_of_long_line, root);
  }

 private:
  void read_shape(const RuleNode& node) {
    LineShape& shape = rules_.shape;
    node.allow_keys({"title_max_words", "headline_min_words", "headline_max_words", "heading_max_words",
                     "statement_min_words", "long_line_words", "related_min_statements", "not_a_headline", "bullet"});
    shape.title_max_words = count(node["title_max_words"], shape.title_max_words);
    shape.headline_min_words = count(node["headline_min_words"], shape.headline_min_words);
    shape.headline_max_words = count(node["headline_max_words"], shape.headline_max_words);
    shape.heading_max_words = count(node["heading_max_words"], shape.heading_max_words);
    shape.statement_min_words = count(node["statement_min_words"], shape.statement_min_words);
    shape.long_line_words = count(node["long_line_words"], shape.long_line_words);
    shape.related_min_statements = count(node["related_min_statements"], shape.related_min_statements);
    shape.not_a_headline = compiled(node["not_a_headline"]);
    shape.bullet = compiled(node["bullet"]);
  }

  void read_rule(const RuleNode& node) {
    node.allow_keys({"id", "zone", "pattern", "except", "min_words", "max_words", "unterminated", "no_digits", "where",
                     "reach", "tests"});
    ZoneRule rule;
    rule.id = node["id"].required_text();
    if (!ids_.insert(rule.id).second) node["id"].error("another rule has the id '" + rule.id + "'");
    const std::string zone = node["zone"].required_text();
    if (auto known = zone_from_name(zone)) {
      rule.zone = *known;
    } else {
      node["zone"].error("unknown zone '" + zone + "'");
    }
    node["pattern"].required_text();
    rule.pattern = compiled(node["pattern"]);
    rule.except = compiled(node["except"]);
    rule.min_words = count(node["min_words"], rule.min_words);
    rule.max_words = count(node["max_words"], rule.max_words);
    rule.unterminated = node["unterminated"].flag(false);
    rule.no_digits = node["no_digits"].flag(false);
    rule.where = chosen<ZoneRule::Where>(node["where"], {"any", "top", "end"});
    rule.reach = chosen<ZoneRule::Reach>(node["reach"], {"line", "section", "headlines", "rest"});
    node["tests"].allow_keys({"hit", "miss"});
    rule.hits = node["tests"]["hit"].texts();
    rule.misses = node["tests"]["miss"].texts();
    if (rule.hits.empty()) node.error("rule '" + rule.id + "' has no example (tests: hit:)");
    if (rule.misses.empty()) node.error("rule '" + rule.id + "' has no counterexample (tests: miss:)");
    if (!rule.pattern) return;
    const bool limited = rule.max_words != std::numeric_limits<uint32_t>::max();
    if (limited) rules_.short_line_words = std::max(rules_.short_line_words, rule.max_words);
    append(short_, node["pattern"].text());
    if (!limited) append(long_, node["pattern"].text());
    rules_.zones.push_back(std::move(rule));
  }

  static void append(std::string& alternation, const std::string& pattern) {
    if (!alternation.empty()) alternation += '|';
    alternation += "(?:" + pattern + ")";
  }

  static void compile_alternation(const std::string& alternation, std::optional<Pattern>& pattern, const RuleNode& root) {
    if (alternation.empty()) return;
    Pattern::Options options;
    options.max_memory = kAlternationMemory;
    Result<Pattern> all = Pattern::compile(alternation, options);
    if (all) {
      pattern = *all;
    } else {
      root.error("the zone patterns together do not compile: " + all.error().message);
    }
  }

  TextRules& rules_;
  std::set<std::string> ids_;
  std::string short_;
  std::string long_;
};

void read_sentences(const RuleNode& root, SentenceRules& rules) {
  root.allow_keys({"never_end", "may_end", "starters", "initial_after", "max_bytes"});
  rules.never_end = root["never_end"].texts();
  rules.may_end = root["may_end"].texts();
  rules.starters = root["starters"].texts();
  rules.initial_after = root["initial_after"].texts();
  rules.max_bytes = count(root["max_bytes"], rules.max_bytes);
  for (const char* key : {"never_end", "may_end"}) {
    for (const RuleNode& node : root[key].items()) {
      const std::string word = node.text();
      if (word.empty() || word.back() != '.') node.error("an abbreviation ends with a full stop (got '" + word + "')");
    }
  }
}

void read_page(const RuleNode& root, PageRules& rules) {
  root.allow_keys({"published", "title", "site", "url", "json_published"});
  rules.published = root["published"].texts();
  rules.title = root["title"].texts();
  rules.site = root["site"].texts();
  rules.url = root["url"].texts();
  rules.json_published = root["json_published"].texts();
}

}  // namespace

TextRules TextRules::load(const std::string& directory, Diagnostics& diagnostics) {
  TextRules rules;
  const RuleFile boilerplate = RuleFile::read(directory + "/common/boilerplate.yaml", diagnostics);
  Boilerplate(rules).read(boilerplate.root());
  const RuleFile sentences = RuleFile::read(directory + "/common/sentences.yaml", diagnostics);
  read_sentences(sentences.root(), rules.sentences);
  const RuleFile page = RuleFile::read(directory + "/common/page.yaml", diagnostics);
  read_page(page.root(), rules.page);
  return rules;
}

}  // namespace factmill
