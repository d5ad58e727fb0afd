// What the first bytes of a pattern's matches can be, and how many there are in any case.
//
//   PatternPrefix prefix = prefix_of(tree);
//   prefix.bytes['x'] >> k & 1       // whether the k-th byte can be an x, for k < prefix.depth
//
//   StartScan scan;                  // of several patterns over one text: where each may begin
//   const int number = scan.add(tree);
//   scan.finish();
//   scan.find(text, 1, places);      // places[number], ascending
//   scan.at_begin(text);             // bits of those that may begin at the text's begin
//
// A scan is immutable after finish, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ruleset/pattern_tree.h"

namespace factmill {

struct PatternPrefix {
  static constexpr size_t kMost = 8;
  std::array<uint8_t, 256> bytes{};  // bit k: may be the k-th
  size_t depth = 0;
};

// `characters`: the pattern is matched over characters of UTF-8, of which the tree knows the bytes; nothing is said of what
// stands behind one beyond ASCII.
PatternPrefix prefix_of(const PatternTree& tree, bool characters = false);

// Patterns are told apart by their ways to begin: the branches of their first choice.
class StartScan {
 public:
  static constexpr size_t kMostPatterns = 64;
  static constexpr size_t kLooked = 5;  // bytes of a way
  using Places = std::array<std::vector<uint32_t>, kMostPatterns>;

  // The pattern's number, as many as were added before; -1 where no more have room.
  int add(const PatternTree& tree, bool characters = false);
  void finish();
  size_t size() const { return patterns_.size(); }
  // Of the patterns whose bits are set.
  void find(std::string_view text, uint64_t wanted, Places& places) const;
  uint64_t at_begin(std::string_view text) const;

 private:
  struct Way {
    PatternPrefix prefix;
    bool at_word = false;  // begins where \b holds
  };
  // Bits of the ways that may begin at a place with so many bytes behind it.
  uint64_t ways_at(const char* place, size_t room) const {
    uint64_t ways = ~uint64_t{0};
    for (size_t k = 0; k < kLooked && k < room; ++k) ways &= fitting_[k][static_cast<uint8_t>(place[k])];
    return ways;
  }
  uint64_t patterns_of(uint64_t ways, uint64_t wanted) const;

  std::vector<std::vector<Way>> patterns_;  // while building, their ways
  std::vector<uint64_t> bits_;              // of each pattern: its ways, several of which may share a bit
  uint64_t at_word_ = 0;
  std::array<std::array<uint64_t, 256>, kLooked> fitting_{};
};

}  // namespace factmill
