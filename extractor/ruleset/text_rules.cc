#include "ruleset/text_rules.h"

#include <algorithm>
#include <set>

#include "ruleset/rule_file.h"

namespace factmill {
namespace {

// The alternation of all patterns is one automaton; it needs room for its states.
constexpr int64_t kAlternationMemory = 64 << 20;
// Lines in classes by words: the longer a line, the fewer rules apply to it.
constexpr uint32_t kFilterWords[] = {12, 30, 60, std::numeric_limits<uint32_t>::max()};

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
    compile_filters(root);
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
    patterns_.push_back(node["pattern"].text());
    rules_.zones.push_back(std::move(rule));
  }

  void compile_filters(const RuleNode& root) {
    uint32_t shorter = 0;
    for (uint32_t max_words : kFilterWords) {
      std::string at_start, inside;
      for (size_t i = 0; i < patterns_.size(); ++i) {
        if (rules_.zones[i].max_words <= shorter) continue;
        const std::string anchored = without_anchor(patterns_[i]);
        std::string& alternation = anchored.empty() ? inside : at_start;
        alternation += (alternation.empty() ? "(?:" : "|(?:") + (anchored.empty() ? patterns_[i] : anchored) + ")";
      }
      if (!at_start.empty()) at_start = "^(?:" + at_start + ")";  // RE2 then looks at the first bytes only
      ZoneFilter filter;
      filter.max_words = max_words;
      filter.at_start = compiled_filter(at_start, root);
      filter.inside = compiled_filter(inside, root);
      rules_.zone_filters.push_back(std::move(filter));
      shorter = max_words;
    }
  }

  // A pattern "^..." or "(?i)^..." without its anchor; empty where it may match elsewhere too.
  static std::string without_anchor(const std::string& pattern) {
    const size_t anchor = pattern.starts_with("(?i)") ? 4 : 0;
    if (anchor >= pattern.size() || pattern[anchor] != '^') return {};
    int depth = 0;
    for (size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == '\\') ++i;
      if (c == '[') {  // a class; a ']' that opens it is one of its members
        for (i += pattern[i + 1] == '^' ? 3 : 2; i < pattern.size() && pattern[i] != ']'; ++i) i += pattern[i] == '\\' ? 1 : 0;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '|' && depth == 0) return {};
    }
    return pattern.substr(0, anchor) + pattern.substr(anchor + 1);
  }

  static std::optional<Pattern> compiled_filter(const std::string& alternation, const RuleNode& root) {
    if (alternation.empty()) return std::nullopt;
    Pattern::Options options;
    options.max_memory = kAlternationMemory;
    Result<Pattern> all = Pattern::compile(alternation, options);
    if (all) return *all;
    root.error("the zone patterns together do not compile: " + all.error().message);
    return std::nullopt;
  }

  TextRules& rules_;
  std::set<std::string> ids_;
  std::vector<std::string> patterns_;  // of rules_.zones
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
