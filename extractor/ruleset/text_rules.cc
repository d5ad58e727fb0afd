#include "ruleset/text_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <set>

#include "ruleset/rule_file.h"

namespace factmill {

namespace {

std::optional<Pattern> compiled(const RuleNode& node, std::string_view before = {}, std::string_view behind = {}) {
  if (!node.present()) return std::nullopt;
  Result<Pattern> pattern = Pattern::compile(std::string(before) + node.required_text() + std::string(behind));
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

uint32_t hash_of(const char* four_bytes) {
  uint32_t bytes = 0;
  std::memcpy(&bytes, four_bytes, sizeof bytes);
  return (bytes | 0x20202020) * 0x9E3779B1U >> 16;
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
    make_filter();
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
    node.allow_keys({"id", "zone", "begins", "has", "literals", "except", "max_words", "unterminated", "where",
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
    Part part;
    rule.pattern = read_pattern(node, part);
    rule.except = compiled(node["except"]);
    rule.max_words = count(node["max_words"], rule.max_words);
    rule.unterminated = node["unterminated"].flag(false);
    rule.where = chosen<ZoneRule::Where>(node["where"], {"any", "top", "end"});
    rule.reach = chosen<ZoneRule::Reach>(node["reach"], {"line", "section", "headlines", "rest"});
    node["tests"].allow_keys({"hit", "miss"});
    rule.hits = node["tests"]["hit"].texts();
    rule.misses = node["tests"]["miss"].texts();
    if (rule.hits.empty()) node.error("rule '" + rule.id + "' has no example (tests: hit:)");
    if (rule.misses.empty()) node.error("rule '" + rule.id + "' has no counterexample (tests: miss:)");
    if (!rule.pattern) return;
    parts_.push_back(std::move(part));
    rules_.zones.push_back(std::move(rule));
  }

  // A rule's part of the filter.
  struct Part {
    std::string pattern;
    bool at_begin = false;
    std::vector<std::string> literals;
  };

  std::optional<Pattern> read_pattern(const RuleNode& node, Part& part) {
    const RuleNode begins = node["begins"];
    const RuleNode has = node["has"];
    part.at_begin = begins.present();
    part.literals = node["literals"].texts();
    if (begins.present() == has.present()) {
      node.error("expected one of 'begins' and 'has'");
      return std::nullopt;
    }
    part.pattern = (begins.present() ? begins : has).required_text();
    if (part.at_begin) return compiled(begins, "^(?:", ")");
    if (part.literals.empty()) has.error("a pattern that may stand anywhere needs 'literals': without them it is tried on every line");
    for (const RuleNode& literal : node["literals"].items()) {
      if (literal.text().size() < LiteralGuard::kMinBytes) literal.error("too short (got '" + literal.text() + "'; expected 4 bytes or more)");
    }
    return compiled(has);
  }

  void make_filter() {
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].at_begin) {
        rules_.zone_filter.add_begin(static_cast<int>(i), parts_[i].pattern);
      } else {
        rules_.zone_filter.add_inside(static_cast<int>(i), parts_[i].literals);
      }
    }
    rules_.zone_filter.finish();
  }

  TextRules& rules_;
  std::set<std::string> ids_;
  std::vector<Part> parts_;  // of rules_.zones
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

void ZoneFilter::add_begin(int rule, std::string_view pattern) {
  const std::optional<PatternTree> tree = PatternTree::parse(pattern);
  const int number = tree ? begins_.add(*tree, true) : -1;
  (number < 0 ? always_ : of_begin_).push_back(rule);
}

void ZoneFilter::add_inside(int rule, const std::vector<std::string>& literals) {
  for (const std::string& literal : literals) guard_.add(literal, rule);
}

void ZoneFilter::find_candidates(std::string_view line, std::vector<int>& rules) const {
  rules = always_;
  for (uint64_t found = begins_.find(line); found != 0; found &= found - 1) rules.push_back(of_begin_[static_cast<size_t>(std::countr_zero(found))]);
  guard_.find(line, rules);
  if (rules.size() < 2) return;
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
}

// Four bytes at a time, letters in lower case.
void LiteralGuard::add(std::string_view literal, int owner) {
  if (literal.size() < kMinBytes) return;
  std::string confused(literal);
  for (char& c : confused) c = static_cast<char>(c | 0x20);
  const auto at = std::upper_bound(literals_.begin(), literals_.end(), confused, [](const std::string& a, const Literal& b) { return a < b.bytes; });
  literals_.insert(at, {std::move(confused), owner});
  const uint32_t hash = hash_of(literal.data());
  bits_[hash / 64] |= uint64_t{1} << (hash % 64);
}

void LiteralGuard::find(std::string_view text, std::vector<int>& owners) const {
  for (size_t i = 0; i + kMinBytes <= text.size(); ++i) {
    const uint32_t hash = hash_of(text.data() + i);
    if ((bits_[hash / 64] >> (hash % 64) & 1) != 0) find_at(text, i, owners);
  }
}

void LiteralGuard::find_at(std::string_view text, size_t at, std::vector<int>& owners) const {
  std::array<char, kMinBytes> begin{};
  for (size_t i = 0; i < kMinBytes; ++i) begin[i] = static_cast<char>(text[at + i] | 0x20);
  const std::string_view first(begin.data(), begin.size());
  const auto stands_here = [&](const std::string& literal) {
    if (literal.size() > text.size() - at) return false;
    return std::equal(literal.begin(), literal.end(), text.begin() + static_cast<ptrdiff_t>(at),
                      [](char wanted, char c) { return wanted == static_cast<char>(c | 0x20); });
  };
  auto literal = std::lower_bound(literals_.begin(), literals_.end(), first, [](const Literal& a, std::string_view b) { return a.bytes < b; });
  for (; literal != literals_.end() && literal->bytes.starts_with(first); ++literal) {
    if (stands_here(literal->bytes)) owners.push_back(literal->owner);
  }
}

TextRules TextRules::load(RuleFiles& files) {
  TextRules rules;
  Boilerplate(rules).read(files.read("common/boilerplate.yaml").root());
  read_sentences(files.read("common/sentences.yaml").root(), rules.sentences);
  read_page(files.read("common/page.yaml").root(), rules.page);
  rules.languages = LanguageTable::load(files);
  return rules;
}

}  // namespace factmill
