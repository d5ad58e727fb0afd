// Reductions, frames and links: rules over tagged text, compiled.
//
// A reduction folds what belongs together into one mention. A frame says how a value is stated about any metric. A link
// lets a value lean on an earlier one. All three are patterns in RE2 syntax, in which {tag} is a mention ({tag:name}
// captures it, {tag/what} restricts it to a unit, metric or kind), {tag+} a list, {tag*} one or a list, {value} any
// value, {metric} any head, {_} a run of transparent mentions, and @name a macro.
//
// Compiled rules are immutable and shared by threads.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "ruleset/match_starts.h"
#include "ruleset/pattern.h"
#include "ruleset/pattern_set.h"
#include "ruleset/rule_file.h"
#include "ruleset/rule_filter.h"
#include "ruleset/rule_starts.h"
#include "ruleset/tags.h"

namespace factmill {

// A rule's own test: a text, the day it was published, and the facts it states (partial records: only the keys given
// are compared), or whether the rule fires at all.
struct RuleTest {
  std::string text;
  std::string on;  // publish date, may be empty
  std::string title;
  std::optional<bool> fires;
  bool has_facts = false;
  std::vector<std::vector<std::pair<std::string, std::string>>> facts;
  Place place;
};

// `plant: match`: the slot holds the result itself, all that was folded.
inline constexpr int kWholeMatch = 0;

// What a rule says of its result beyond the pattern. Names that are not slots are constants or texts of groups.
// An attribute's text is a constant, or names groups of the pattern: "{low}-{high}" is what they hold, amounts in plain digits.
struct Settings {
  std::vector<std::pair<Slot, int>> slots;  // slot <- mention captured by a group
  int minus_group = -1;                     // this group took part: the value is below zero
  int plus_group = -1;                      // it took part: above zero
  bool minus = false;                       // always below zero
  bool unchanged = false;                   // a change of 0 percent, about
  std::string basis, modality, status, qualifier, per, unit, period_kind, subject;
  std::string flag;  // of the facts, for a rule that reads loosely
  std::vector<std::pair<std::string, std::string>> attributes;
};

struct Restriction {
  std::string name;  // of the group
  std::string what;  // a metric id, unit name or entity kind; several with '|'
  int group = 0;
};

struct Rule {
  std::string id;
  Place place;
  Settings set;
  std::vector<RuleTest> tests;
};

// `metric: carried`: the result goes on with the metric stated last.
inline constexpr int kCarried = -2;

struct Reduction : Rule {
  Pattern pattern;
  size_t groups = 1;  // of the pattern, with the whole match
  Tag as = Tag::none;
  int keep = -1;      // group whose payload the result takes; -1: none
  bool list = false;  // the result is the list of all mentions of the tag `as` inside the match
  int metric = -1;    // the metric that the result heads (kCarried: the one stated last) or, being a value, states
  std::vector<int> metrics;  // of a list: what its items state, in order; of a head that goes on: with which
  int score = 0;             // of a value that states its metric, against the frames of other heads
  TagSet requires_tags = 0;
  std::vector<Restriction> restrictions;
  std::optional<Pattern> before;  // must match the tagged text that ends where the match begins
  std::optional<Pattern> after;   // must match the tagged text that begins where the match ends
  std::vector<Restriction> before_restrictions, after_restrictions;  // of their mentions
};

// A construction that names what the lexicon does not have: "the Earth, Wind and Sky trims". Its group `names` holds
// one name or several; they are names of the tag `as` wherever the document has them (statement/introduced.h).
struct Introduction : Reduction {};

// One gap pattern between two ends, left to right.
struct Frame : Rule {
  enum class End : uint8_t { value, noun, verb };
  End left = End::value;
  End right = End::noun;
  int score = 0;
  TagSet values = 0;              // value tags it takes
  std::vector<int> metrics;       // restricted to these; empty: any
  std::optional<Pattern> before;  // must match the tagged text ending at the left end
  std::optional<Pattern> after;   // must match the tagged text beginning behind the right end
  int as_metric = -1;             // the metric it states, where that is not the head's
  bool carried = false;           // only for heads that go on with the metric stated last
  std::vector<std::string> per;   // only amounts that are a rate by one of these; empty: any
};

struct Link : Rule {
  int score = 0;
  TagSet left_values = 0, right_values = 0;
  bool same_type = true;   // both ends state the same kind of value
  bool as_change = false;  // a plain value that goes on with a change: "up 3 percent and 5 percent from April"
  bool part = false;       // the right value is a part of the left one: "30,450, including 12,100"
  int metric = -1;         // the right value's metric, where it is not the left one's
  std::vector<Slot> drop;  // slots that are not inherited
  std::vector<int> metrics;      // only hosts of these; empty: any
  std::vector<std::string> per;  // as for frames, of the right value
  std::optional<Decimal> least;   // the smallest right value
  std::optional<Pattern> before, after;  // of a carried link: what must stand beside the value
};

// Frames of one orientation with their gap patterns in one set.
struct FrameTable {
  std::vector<Frame> frames;
  PatternSet gaps;
};

struct RuleTable {
  bool naive = false;  // nothing is left out or remembered, for those who compare
  std::map<std::string, std::string> macros;
  std::vector<Reduction> reductions;  // in order
  std::vector<Introduction> introductions;
  std::vector<TagSet> reduction_tags;  // by index: what each requires
  RuleFilter reduction_filter;  // by index
  RuleStarts reduction_starts;  // the same
  MatchStarts introduction_starts{MatchStarts::Of::words};  // the same
  FrameTable noun_value, verb_value, value_noun, value_verb;
  std::vector<Link> links;
  PatternSet link_gaps;
  std::vector<Link> carried_links;  // "... {value}": the value goes on with the metric stated last

  // Every rule, for tests and listings.
  std::vector<const Rule*> all() const;
};

// Expands tags and macros of a pattern into RE2 syntax over tagged bytes. Unknown names are reported at `node`.
struct ExpandedPattern {
  std::string re2;
  TagSet requires_tags = 0;  // tags without which it cannot match (outside optional parts and alternations)
  std::vector<Restriction> restrictions;
};

class MetricTable;

// Reads `macros:`, `reductions:`, `frames:`, `links:` of all files, in order. Errors go to the files' diagnostics.
class RuleReader {
 public:
  // `naive`: no rule is ever left out, for those who compare.
  RuleReader(const MetricTable& metrics, RuleTable& table, bool naive = false) : metrics_(metrics), table_(table) {
    table_.naive = naive;
  }
  void add_macros(const RuleFile& file);
  // How patterns over tagged text are compiled.
  Pattern::Options pattern_options() const { return {.bytes = true, .ignore_case = true, .quick = !table_.naive}; }
  // All files' at once, and whatever is derived from them. When all macros are known.
  void add_rules(std::span<const RuleFile* const> files);
  // A pattern over tagged text with its tags and macros replaced; complaints go to `node`.
  ExpandedPattern expand(const RuleNode& node, std::string_view pattern) const;

 private:
  void read_common(const RuleNode& node, Rule& rule);
  static void read_own(const RuleNode& node, Rule& rule);
  void check_id(const RuleNode& node, const Rule& rule);
  void read_settings(const RuleNode& node, const Pattern* pattern, Settings& set) const;
  // A pattern taken apart, and what its groups are restricted to: what its needs are derived from while it is at hand.
  using Needing = std::function<void(const Pattern&, const PatternTree&, const std::vector<Restriction>&)>;
  bool read_match(const RuleNode& node, Reduction& rule, const Needing& needing = {}) const;
  bool read_reduction(const RuleNode& node, Reduction& rule, const Needing& needing) const;
  std::vector<std::vector<Need>> add_reductions(const std::vector<RuleNode>& nodes);
  void add_introduction(const RuleNode& node);
  void add_frame(const RuleNode& node);
  void add_link(const RuleNode& node);
  void read_context(const RuleNode& node, const char* side, std::optional<Pattern>& context,
                    std::vector<Restriction>* restrictions, const Needing& needing = {}) const;
  std::string expand_gap(const RuleNode& node, const std::string& gap) const;
  HeadGroups head_groups(const std::vector<Restriction>& restrictions) const;
  void add_gap(const RuleNode& node, PatternSet& set, const std::string& gap) const;
  int metric(const RuleNode& node) const;

  const MetricTable& metrics_;
  RuleTable& table_;
  bool knows_macros_ = true;  // else a file of theirs could not be read: that one error is enough
  std::map<std::string, Place> ids_;
};

// Tests of a rule or metric, as they stand beside it.
std::vector<RuleTest> read_tests(const RuleNode& node);

}  // namespace factmill
