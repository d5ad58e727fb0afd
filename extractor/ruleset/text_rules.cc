#include "ruleset/text_rules.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <set>

#include "ruleset/rule_file.h"

namespace factmill {

// The patterns of one class of lines, apart and together. All that is lazy is made once, whichever thread comes first.
struct ZoneFilter::Automata {
  // An alternation of many patterns is one automaton; it needs room for its states.
  static constexpr int64_t kMemory = 64 << 20;

  struct Rule {
    int index = 0;  // into TextRules::zones
    std::string pattern;
    bool at_begin = false;
  };
  std::vector<Rule> rules;

  static RE2::Options options() {
    RE2::Options result;
    result.set_log_errors(false);
    result.set_max_mem(kMemory);
    return result;
  }

  const RE2* at_begin() { return alternation(true, at_begin_once_, at_begin_); }
  const RE2* inside() { return alternation(false, inside_once_, inside_); }

  // Null where the patterns together need too much memory: any of them may match then.
  const RE2::Set* set() {
    std::call_once(set_once_, [&] {
      auto set = std::make_unique<RE2::Set>(options(), RE2::UNANCHORED);
      for (const Rule& rule : rules) set->Add(rule.at_begin ? "^(?:" + rule.pattern + ")" : rule.pattern, nullptr);
      if (set->Compile()) set_ = std::move(set);
    });
    return set_.get();
  }

 private:
  // Null where there is none of the kind.
  const RE2* alternation(bool begins, std::once_flag& once, std::unique_ptr<RE2>& all) {
    std::call_once(once, [&] {
      std::string pattern;
      for (const Rule& rule : rules) {
        if (rule.at_begin == begins) pattern += (pattern.empty() ? "(?:" : "|(?:") + rule.pattern + ")";
      }
      if (!pattern.empty()) all = std::make_unique<RE2>(begins ? "^(?:" + pattern + ")" : pattern, options());
    });
    return all.get();
  }

  std::once_flag at_begin_once_, inside_once_, set_once_;
  std::unique_ptr<RE2> at_begin_, inside_;
  std::unique_ptr<RE2::Set> set_;
};

namespace {

// Lines in classes by words: the longer a line, the fewer rules apply to it.
constexpr uint32_t kFilterWords[] = {12, 30, 60, std::numeric_limits<uint32_t>::max()};

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
    make_filters();
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
    node.allow_keys({"id", "zone", "begins", "has", "literals", "except", "min_words", "max_words", "unterminated", "no_digits", "where",
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
    parts_.push_back(std::move(part));
    rules_.zones.push_back(std::move(rule));
  }

  // A rule's part of the filters.
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

  void make_filters() {
    uint32_t shorter = 0;
    for (uint32_t max_words : kFilterWords) {
      ZoneFilter filter;
      filter.max_words = max_words;
      filter.automata = std::make_shared<ZoneFilter::Automata>();
      for (size_t i = 0; i < parts_.size(); ++i) {
        if (rules_.zones[i].max_words <= shorter) continue;
        for (const std::string& literal : parts_[i].literals) filter.guard.add(literal);
        filter.automata->rules.push_back({static_cast<int>(i), parts_[i].pattern, parts_[i].at_begin});
      }
      rules_.zone_filters.push_back(std::move(filter));
      shorter = max_words;
    }
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

bool ZoneFilter::may_match(std::string_view line) const {
  const re2::StringPiece text(line.data(), line.size());
  const auto matches = [&](const RE2* all) {
    return all != nullptr && (!all->ok() || all->Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0));
  };
  return matches(automata->at_begin()) || (guard.may_hold(line) && matches(automata->inside()));
}

void ZoneFilter::find_candidates(std::string_view line, std::vector<int>& found) const {
  found.clear();
  RE2::Set::ErrorInfo info{};
  const RE2::Set* set = automata->rules.empty() ? nullptr : automata->set();
  const bool matched = set != nullptr && set->Match(re2::StringPiece(line.data(), line.size()), &found, &info);
  if (set == nullptr || (!matched && info.kind != RE2::Set::kNoError)) {  // out of memory: any of them
    found.clear();
    for (const Automata::Rule& rule : automata->rules) found.push_back(rule.index);
    return;
  }
  for (int& rule : found) rule = automata->rules[static_cast<size_t>(rule)].index;
  std::sort(found.begin(), found.end());
}

// Four bytes at a time, letters in lower case.
void LiteralGuard::add(std::string_view literal) {
  if (literal.size() < kMinBytes) return;
  std::string confused(literal);
  for (char& c : confused) c = static_cast<char>(c | 0x20);
  const auto at = std::lower_bound(literals_.begin(), literals_.end(), confused);
  if (at == literals_.end() || *at != confused) literals_.insert(at, std::move(confused));
  const uint32_t hash = hash_of(literal.data());
  bits_[hash / 64] |= uint64_t{1} << (hash % 64);
}

bool LiteralGuard::may_hold(std::string_view text) const {
  for (size_t i = 0; i + kMinBytes <= text.size(); ++i) {
    const uint32_t hash = hash_of(text.data() + i);
    if ((bits_[hash / 64] >> (hash % 64) & 1) != 0 && stands_at(text, i)) return true;
  }
  return false;
}

bool LiteralGuard::stands_at(std::string_view text, size_t at) const {
  std::array<char, kMinBytes> begin{};
  for (size_t i = 0; i < kMinBytes; ++i) begin[i] = static_cast<char>(text[at + i] | 0x20);
  const std::string_view first(begin.data(), begin.size());
  const auto matches = [&](const std::string& literal) {
    if (literal.size() > text.size() - at) return false;
    return std::equal(literal.begin(), literal.end(), text.begin() + static_cast<ptrdiff_t>(at),
                      [](char wanted, char c) { return wanted == static_cast<char>(c | 0x20); });
  };
  auto literal = std::lower_bound(literals_.begin(), literals_.end(), first);
  for (; literal != literals_.end() && literal->starts_with(first); ++literal) {
    if (matches(*literal)) return true;
  }
  return false;
}

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
