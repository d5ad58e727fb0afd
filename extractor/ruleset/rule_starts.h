// Where in a tagged text the matches of many patterns may begin: for each place, as bits, the rules whose matches can
// have the bytes that stand there. A sentence is looked at once for all rules, where each of them would look for its own
// first byte; what is left are a few places for the few rules that then try them.
//
//   RuleStarts starts;
//   starts.add(pattern);                              // rule 0
//   starts.finish();
//   starts.find(tagged, wanted, scratch);             // wanted: bits of the rules that count at all
//   for (int r = scratch.next(0); r >= 0; r = scratch.next(r + 1))
//     if (auto places = scratch.places(r, from)) pattern_of(r).find_among(tagged, *places, groups) ...
//   starts.folded(tagged, begin, end, scratch);       // [begin, end) has become one byte
//
// Only matches that do not begin within a word count. Immutable after finish, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ruleset/pattern.h"

namespace factmill {

class RuleStarts {
 public:
  // Of one thread, and of the last text.
  class Scratch {
   public:
    // The first rule from `from` on that may have a match; -1: none.
    int next(int from) const;
    // The places from `from` on where its matches may begin, ascending; nothing where any may be one.
    std::optional<std::span<const uint32_t>> places(int rule, size_t from);

   private:
    friend class RuleStarts;
    std::vector<uint64_t> any_;      // bits: rules with a place
    std::vector<uint64_t> wanted_;   // bits
    std::vector<uint32_t> starts_;   // places with a rule, ascending
    std::vector<uint64_t> rows_;     // of each: the rules
    size_t words_ = 0;               // of a row
    std::vector<uint32_t> moved_starts_;
    std::vector<uint64_t> moved_rows_;
    std::vector<uint32_t> found_;
    int found_rule_ = -1;  // whose places `found_` holds, of the text as it is
    const std::vector<uint64_t>* everywhere_ = nullptr;
  };

  // Of the next rule.
  void add(const Pattern& pattern);
  void finish();
  void find(std::string_view tagged, std::span<const uint64_t> wanted, Scratch& scratch) const;
  void folded(std::string_view tagged, size_t begin, size_t end, Scratch& scratch) const;

 private:
  static constexpr size_t kDepth = Pattern::kPrefix;
  void add_rows(std::string_view tagged, size_t begin, size_t end, std::vector<uint32_t>& starts, std::vector<uint64_t>& rows,
                Scratch& scratch) const;
  std::array<const uint64_t*, kDepth> fitting_at(std::string_view tagged, size_t at) const;
  const uint64_t* fitting(size_t place, size_t column) const { return fitting_.data() + (place * columns_ + column) * words_; }

  struct Prefix {
    std::array<uint8_t, 256> bytes{};  // bit k: may be the k-th
    size_t depth = 0;
  };
  std::vector<Prefix> prefixes_;      // while building
  std::vector<uint64_t> everywhere_;  // bits: rules of which nothing is known
  size_t words_ = 0;                  // of a set of rules; a multiple of kTogether
  size_t columns_ = 0;                // kinds of bytes; the last is the end of the text
  std::array<uint16_t, 256> column_{};
  std::vector<uint64_t> fitting_;     // by place behind the start and kind of byte: the rules that it fits
};

}  // namespace factmill
