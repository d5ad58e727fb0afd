// Which of many rules may match in a tagged text: one pass over the text for the literals of all rules, then tags.
//
//   RuleFilter filter;
//   filter.add({pattern, before, after});       // rule 0
//   filter.finish();
//   filter.find(tagged, scratch);               // by words; they only vanish while a sentence is reduced
//   for (int r = scratch.next(0); r >= 0; r = scratch.next(r + 1))
//     if (filter.tags_hold(r, tag_bytes)) ...   // may match
//
// A rule that is left out has no match in the text, nor in what becomes of it when parts are folded into mentions
// whose tags are added to `tag_bytes`. Immutable after finish, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/pattern_needs.h"

namespace factmill {

class RuleFilter {
 public:
  // Of one thread, and of the last text.
  class Scratch {
   public:
    // The first rule from `from` on that has its words; -1: none.
    int next(int from) const;

   private:
    friend class RuleFilter;
    std::vector<uint64_t> rules_;    // bits
    std::vector<uint16_t> missing_;  // of each rule: needs not yet met
    std::vector<uint64_t> met_;      // bits: needs
  };

  // The patterns that must all match for the next rule to hold.
  void add(std::initializer_list<std::string_view> patterns);
  void finish();
  void find(std::string_view tagged, Scratch& scratch) const;
  bool tags_hold(int rule, TagByteSet present) const {
    const Rule& r = rules_[static_cast<size_t>(rule)];
    for (uint32_t i = r.first_tags; i < r.first_tags + r.tags_count; ++i) {
      if ((tag_needs_[i] & present) == 0) return false;
    }
    return true;
  }
  size_t size() const { return rules_.size(); }

 private:
  struct Rule {
    uint32_t first_tags = 0;
    uint32_t tags_count = 0;
    uint16_t literal_needs = 0;
  };
  struct List {
    uint32_t first = 0;
    uint32_t count = 0;
  };
  uint32_t need_of(const std::vector<std::string>& literals);
  void insert(const std::string& literal, uint32_t need);
  void build_steps();

  std::vector<Rule> rules_;
  std::vector<TagByteSet> tag_needs_;
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
