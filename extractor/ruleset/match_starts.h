// Where in a tagged text the matches of many patterns begin, for all of them in one pass (backward_automaton.h). What it tells
// may be more than there is, never less; the pattern itself is tried at these places only.
//
//   MatchStarts starts(MatchStarts::Of::words);
//   starts.add(pattern);                         // pattern 0
//   starts.finish();
//   starts.find(tagged, scratch);
//   for (int p = scratch.next(0); p >= 0; p = scratch.next(p + 1))
//     if (auto places = scratch.places(p, from)) pattern_of(p).find_among(tagged, *places, groups) ...
//
// Immutable after finish, shared by threads.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ruleset/backward_automaton.h"
#include "ruleset/pattern.h"

namespace factmill {

class MatchStarts {
 public:
  // Of one thread, and of the last text.
  class Scratch {
   public:
    // The first pattern from `from` on that may have a match; -1: none.
    int next(int from) const;
    // The places from `from` on where its matches may begin, ascending; nothing where any may be one.
    std::optional<std::span<const uint32_t>> places(int pattern, size_t from);

   private:
    friend class MatchStarts;
    struct Start {
      uint32_t pattern;
      uint32_t place;
    };
    BackwardAutomaton::Reader reader_;
    std::vector<Start> starts_;  // by place, the last first
    std::vector<uint64_t> any_;  // bits: patterns with a start
    std::vector<uint32_t> found_;
    const std::vector<uint64_t>* everywhere_ = nullptr;
  };

  // Which matches count: all, or those that neither begin nor end within a word.
  enum class Of : uint8_t { all, words };
  explicit MatchStarts(Of of) : of_(of) {}
  // The next pattern; gives its number. `behind`: what must match where a match of it ends.
  int add(const Pattern& pattern, const Pattern* behind = nullptr);
  void finish();
  void find(std::string_view text, Scratch& scratch) const;

 private:
  Of of_;
  BackwardAutomaton automaton_;
  uint32_t size_ = 0;
  std::vector<uint64_t> everywhere_;  // bits: patterns of which nothing is known
};

}  // namespace factmill
