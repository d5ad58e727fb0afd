// What the first bytes of a pattern's matches can be, and how many there are in any case.
//
//   PatternPrefix prefix = prefix_of(tree);
//   prefix.bytes['x'] >> k & 1       // whether the k-th byte can be an x, for k < prefix.depth
//
//   LineStarts starts;               // of several patterns: which may begin where a line does
//   const int number = starts.add(tree);
//   starts.finish();
//   starts.find(line) >> number & 1
//
// Immutable after finish, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
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
// The same of the last bytes, from the last one on.
PatternPrefix suffix_of(const PatternTree& tree);

// Patterns are told apart by their ways to begin: the branches of their first choice.
class LineStarts {
 public:
  static constexpr size_t kMostPatterns = 64;

  // The pattern's number, as many as were added before; -1 where no more have room.
  int add(const PatternTree& tree, bool characters = false);
  void finish();
  // Bits of the patterns that may begin here.
  uint64_t find(std::string_view line) const;

 private:
  static constexpr size_t kLooked = 5;  // bytes of a way
  struct Way {
    PatternPrefix prefix;
    unsigned char first() const;  // the least byte that it can begin with
  };

  std::vector<std::vector<Way>> patterns_;  // while building, their ways
  std::vector<uint64_t> bits_;              // of each pattern: its ways, several of which may share a bit
  std::array<std::array<uint64_t, 256>, kLooked> fitting_{};
};

}  // namespace factmill
