// Which of many rules may match in a tagged text: one pass over the text for the literals of all rules, then tags.
//
//   RuleFilter filter;
//   filter.add(needs);                          // rule 0: what its patterns need (pattern_needs.h)
//   filter.finish();
//   filter.find(tagged, scratch);               // by words; they only vanish while a sentence is reduced
//   for (int r = scratch.next(0); r >= 0; r = scratch.next(r + 1))
//     if (filter.holds(r, scratch, tag_bytes, metrics)) ...   // may match
//
// A rule that is left out has no match in the text, nor in what becomes of it when parts are folded into mentions
// whose tags are added to `tag_bytes`, and what heads they are to `metrics`. Immutable after finish, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/pattern_needs.h"

namespace factmill {

// Metrics as bits. One whose number is too high cannot be told from others.
class MetricSet {
 public:
  static constexpr int kMax = 256;
  void add(int metric) { bits_[static_cast<size_t>(metric % kMax) / 64] |= uint64_t{1} << (metric % 64); }
  void clear() { bits_ = {}; }
  bool empty() const { return !meets(*this); }
  bool meets(const MetricSet& other) const {
    uint64_t common = 0;
    for (size_t i = 0; i < bits_.size(); ++i) common |= bits_[i] & other.bits_[i];
    return common != 0;
  }

 private:
  std::array<uint64_t, kMax / 64> bits_{};
};

class RuleFilter {
 public:
  // Of one thread, and of the last text.
  class Scratch {
   public:
    // The first rule from `from` on that has its words; -1: none.
    int next(int from) const;
    // All of them, as bits.
    std::span<const uint64_t> rules() const { return rules_; }

   private:
    friend class RuleFilter;
    std::vector<uint64_t> rules_;    // bits
    std::vector<uint16_t> missing_;  // of each rule: needs not yet met
    std::vector<uint64_t> met_;      // bits: needs
  };

  // Of the next rule; all must hold.
  void add(const std::vector<Need>& needs);
  void finish();
  void find(std::string_view tagged, Scratch& scratch) const;
  // The first of its needs that nothing meets.
  int unmet(int rule, const Scratch& scratch, TagByteSet tags, const MetricSet& metrics) const {
    const Rule& r = rules_[static_cast<size_t>(rule)];
    for (uint32_t i = r.first; i < r.first + r.count; ++i) {
      const Open& need = open_[i];
      if ((need.tags & tags) != 0 || need.metrics.meets(metrics)) continue;
      if (need.literals == kNone || (scratch.met_[need.literals / 64] >> (need.literals % 64) & 1) == 0) return static_cast<int>(i);
    }
    return kAllMet;
  }
  bool holds(int rule, const Scratch& scratch, TagByteSet tags, const MetricSet& metrics) const {
    return unmet(rule, scratch, tags, metrics) == kAllMet;
  }
  static constexpr int kAllMet = -1;
  // May a head of some metric meet this need, and does one of these?
  bool asks_for_metrics(int need) const { return !open_[static_cast<size_t>(need)].metrics.empty(); }
  bool meets(int need, const MetricSet& metrics) const { return open_[static_cast<size_t>(need)].metrics.meets(metrics); }
  size_t size() const { return rules_.size(); }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  // Needs that the text alone does not settle, since a mention may meet them.
  struct Open {
    TagByteSet tags = 0;
    MetricSet metrics;
    uint32_t literals = kNone;  // a need of words
  };
  struct Rule {
    uint32_t first = 0;  // of its open needs
    uint32_t count = 0;
    uint16_t literal_needs = 0;
  };
  struct List {
    uint32_t first = 0;
    uint32_t count = 0;
  };
  void meet(uint32_t state, Scratch& scratch) const;
  uint32_t need_of(const std::vector<std::string>& literals);
  void insert(const std::string& literal, uint32_t need);
  void build_steps();

  std::vector<Rule> rules_;
  std::vector<Open> open_;
  std::vector<std::vector<std::string>> needs_;        // each once
  std::vector<std::vector<uint32_t>> rules_of_need_;
  // While building: a tree of literals. Then an automaton, a row of next states for each.
  struct Node {
    std::vector<std::pair<uint8_t, uint32_t>> children;
    std::vector<uint32_t> needs;
  };
  std::vector<Node> tree_;
  std::array<uint8_t, 256> column_{};  // of a byte; 0: in no literal
  uint32_t columns_ = 1;
  std::vector<uint32_t> steps_;        // state * columns + column: next state * columns, and whether something ends there
  std::vector<List> ends_;             // by state: needs met there
  std::vector<uint32_t> ended_;
  std::vector<uint64_t> always_;       // rules without words, as bits
  std::vector<uint16_t> missing_;      // of each rule, to begin with
  std::vector<List> followers_;        // by need: rules
  std::vector<uint32_t> followed_;
};

}  // namespace factmill
