// Where words of a text begin what a pattern looks for: few places, found at nearly the speed of memory.
//
//   std::optional<WordScan> scan = WordScan::compile(*PatternTree::parse("electric (?:car|van)|(?-i:EVs?)"));
//   scan->count(text, 2)     // 0, 1, or 2 and more
//   scan->find(text, places) // where
//
// A word is ASCII letters and digits. The first bytes of each word are looked up in small tables, which say of the begins of
// matches in which of them the byte may stand there; a word that all leave one is followed through an automaton of the whole
// pattern. What is counted is every word at which the pattern
// matches, so never fewer than its matches one behind the other (Pattern::find_at_word). A line break counts as a blank,
// as it may become one (text/unwrap.h), \b and the like always hold, and a byte beyond ASCII where the pattern takes any
// is taken for the rest of a match: the count may be too high, and is meant for telling quickly where there is nothing.
//
// Immutable after compile, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ruleset/pattern_tree.h"

namespace factmill {

class WordScan {
 public:
  // Nothing where a match may be empty or begin with anything but an ASCII letter or digit, or the automaton would be large.
  static std::optional<WordScan> compile(const PatternTree& tree);

  // Words at which the pattern matches, counted up to `most`.
  size_t count(std::string_view text, size_t most) const;
  // Appends where these words begin.
  void find(std::string_view text, std::vector<uint32_t>& places) const;

 private:
  // Tells `found` each of these words until it says that it has enough.
  template <class Found>
  void each(std::string_view text, Found found) const;
  friend class WordScanBuilder;
  static constexpr size_t kLooked = 5;  // bytes of a word
  bool may_match(const char* word) const {
    uint64_t begins = ~uint64_t{0};
    for (size_t i = 0; i < kLooked; ++i) begins &= begins_[i][static_cast<uint8_t>(word[i])];
    return begins != 0;
  }
  bool matches(std::string_view text, size_t at) const;

  // By place and byte: 64 groups of ways to begin a match, a bit each.
  std::array<std::array<uint64_t, 256>, kLooked> begins_{};
  // The automaton: from each state, by the class of the next byte.
  static constexpr uint16_t kDead = 0, kMatch = 1, kStart = 2;
  std::array<uint8_t, 256> classes_{};
  uint32_t class_count_ = 0;
  std::vector<uint16_t> next_;
};

}  // namespace factmill
