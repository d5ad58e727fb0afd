// A quick matcher for the shapes of pattern that rules have. It gives what RE2 gives, the leftmost match and of those the
// one that the pattern prefers, by trying and going back: a short anchored walk where RE2 would run an automaton twice and
// then a third one for the groups. Where trying would take more steps than the text allows it gives up, and RE2 is asked,
// so that no text costs more than linear time.
//
//   std::optional<PatternTree> tree = PatternTree::parse("(?P<v>\\d+) units");
//   std::optional<TreeMatcher> matcher = TreeMatcher::compile(*tree, prefix_of(*tree));
//   if (matcher->find(text, 0, {}, groups) == TreeMatcher::Outcome::match) ...
//
// Immutable after compile, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "ruleset/byte_scan.h"
#include "ruleset/pattern_prefix.h"
#include "ruleset/pattern_tree.h"

namespace factmill {

class TreeMatcher {
 public:
  enum class Outcome : uint8_t { none, match, gave_up };
  static constexpr size_t kDepth = 8;  // first bytes of a match that are looked at before it is tried

  // Nothing where the pattern has a shape in which this matcher and RE2 might differ, or would be too long.
  // `whole_words`: as in Pattern::Options.
  static std::optional<TreeMatcher> compile(const PatternTree& tree, const PatternPrefix& prefix, bool whole_words = false);

  // As Pattern::find. `at_words`: only matches that do not begin within a word.
  Outcome find(std::string_view text, size_t from, bool at_words, std::span<Span> groups) const;
  // The same among these places, ascending, of which none is within a word: no match begins elsewhere.
  Outcome find_among(std::string_view text, std::span<const uint32_t> places, std::span<Span> groups) const;
  Outcome matches_whole(std::string_view text) const;
  size_t max_length() const { return max_length_; }

 private:
  // Whether the first bytes, of which there are enough, could be those of a match.
  bool may_begin(const char* at) const {
    for (size_t k = 2; k < depth_; ++k) {  // `starts_` knows two
      if ((prefix_[static_cast<uint8_t>(at[k])] >> k & 1) == 0) return false;
    }
    return true;
  }

  friend class TreeMatcherBuilder;
  enum class Op : uint8_t { bytes, set, loop, lazy_loop, split, choice, few, save, jump, text_begin, text_end, word_boundary, no_word_boundary, match };
  // What may stand where a way goes on: a byte of the set, or nothing, the text being at its end.
  struct Next {
    static constexpr uint32_t kAny = 0xFFFFFFFF;
    uint32_t set = kAny;
    bool end = true;
  };
  struct Step {
    Op op = Op::match;
    bool lazy = false;   // split: the other way first
    uint16_t count = 0;  // bytes: how many
    uint32_t a = 0;      // bytes: into text_; set, loop, choice: index; few: its list of branches; split: the body; jump: where; save: slot
    uint32_t b = 0;      // split: behind the body
    uint32_t first = 0;  // split: index of the set of bytes that the body can begin with
    Next next;           // split: at `b`
  };
  struct Loop {
    uint32_t set = 0;
    uint32_t min = 0, max = 0;
    Next next;               // behind it
    bool is_apart = false;   // no byte of the loop is one that it may go on with: it never helps to take fewer
  };
  struct Choice {
    // For each next byte (256: the end of the text) the branches that may match there, as a list in `branches`.
    std::array<uint16_t, 257> list{};
  };
  // Where a branch begins, and its first four bytes, each with those that it may differ in: (byte | mask) == text.
  struct Branch {
    uint32_t step = 0, text = 0, mask = 0;
  };
  // A choice of a few branches that all begin with bytes is one list for any next byte: less memory to touch.
  // The next of a list from `index` on that may match where these four bytes stand, or the list's end.
  uint32_t next_branch(uint32_t index, uint32_t bytes) const {
    while ((bytes | branches_[index].mask) != branches_[index].text) ++index;
    return index;
  }
  struct Frame;
  class Run;

  std::vector<Step> steps_;
  std::vector<std::array<uint64_t, 4>> sets_;
  std::vector<Loop> loops_;
  std::vector<Choice> choices_;
  std::vector<Branch> branches_;  // lists, each ended by kNoBranch, which any bytes fit
  std::string text_, masks_;        // of bytes: (byte | mask) == text
  std::optional<ByteScan> starts_;  // of the first two bytes of a match; nothing: any place
  // Bit k of a byte: it can be the k-th of a match. Only for the first `depth_`, which every match has.
  std::array<uint8_t, 256> prefix_{};
  size_t depth_ = 0;
  bool at_begin_ = false;           // only at the begin of the text
  bool at_end_ = false;             // only up to its end
  bool whole_words_ = false;        // ends nowhere within a word
  size_t min_length_ = 0, max_length_ = 0;  // of a match
};

}  // namespace factmill
