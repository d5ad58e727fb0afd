// A pattern over tagged bytes taken apart, for those who reason about it: what must stand in every match
// (pattern_needs.h). RE2 stays the matcher that defines what a pattern means; a pattern with syntax that is
// not known here has no tree, and nothing is concluded about it.
//
//   std::optional<PatternTree> tree = PatternTree::parse("(?P<v>[\\x82\\xC2]),? of which");
//
// Bytes stand for themselves (Latin-1), letters without regard to case unless (?-i:...) says so.
#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

using ByteSet = std::bitset<256>;

struct PatternTree {
  enum class Kind : uint8_t { empty, bytes, letters, sequence, choice, repeat, group, text_begin, text_end, word_boundary, no_word_boundary };

  struct Node {
    Kind kind = Kind::empty;
    bool greedy = true;           // repeat
    bool any_case = false;        // letters
    uint32_t set = 0;             // bytes: index into `sets`
    int32_t min = 0, max = 0;     // repeat; max -1: any number
    int32_t capture = 0;          // group: its number, from 1
    uint32_t begin = 0, end = 0;  // choice: where the pattern writes it; letters: in `text`
    uint32_t first_part = 0, part_count = 0;  // sequence, choice; repeat and group have one
  };
  std::vector<Node> nodes;
  std::vector<uint32_t> all_parts;
  std::vector<ByteSet> sets;
  std::string text;  // of letters: ASCII, one behind the other, in lower case where any case counts
  uint32_t root = 0;
  int captures = 0;
  std::vector<std::string> names;  // of captures, by number; empty where it has none

  std::span<const uint32_t> parts(const Node& node) const { return {all_parts.data() + node.first_part, node.part_count}; }
  uint32_t part(const Node& node) const { return all_parts[node.first_part]; }
  std::string_view letters(const Node& node) const { return std::string_view(text).substr(node.begin, node.end - node.begin); }
  // What a byte of `text` stands for.
  static const ByteSet& set_of(char letter, bool any_case);

  // Nothing where the syntax is not wholly understood.
  static std::optional<PatternTree> parse(std::string_view pattern);
};

// Its matches are those of the pattern read from their last byte.
PatternTree reversed(PatternTree tree);

}  // namespace factmill
