// Finds every literal of the rules in one pass over the text: lexicon names, metric nouns and verbs, descriptors, cues.
//
//   NameIndex index(pack lists);
//   std::vector<NameHit> hits;
//   index.find(text, {0, text.size()}, hits);    // leftmost, longest, at word boundaries
//
// A word is looked up by its hash, what follows it byte by byte in a tree, so the cost does not grow with the number of
// names. NameIndex is immutable and shared by threads; hits are the caller's.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "mention/words.h"
#include "ruleset/tags.h"

namespace factmill {

// The index of a head that names no metric of its own but goes on with the last one: "the figure was".
inline constexpr uint32_t kCarriedMetric = 0xFFFFFFFF;

// What a literal stands for. Several literals with the same spelling form one hit with several readings.
struct NameReading {
  Tag tag = Tag::none;      // Tag::none: a cue
  uint32_t index = 0;       // entity, metric or cue
  bool negative = false;    // a noun that states an amount below zero
  bool descriptor = false;  // an anaphor that stands for entity `index`, or an adjective of a region
  bool bare = true;         // the name alone, without its maker before it
};

struct NameHit {
  Span span;
  uint32_t readings = 0;  // first reading, and how many
  uint32_t count = 0;
};

class NameIndex {
 public:
  // `surface` matches at word boundaries; any case if it is all lower case, else to the letter. A blank in it also
  // matches a hyphen. A plural s or 's behind it does not hinder.
  void add(std::string_view surface, const NameReading& reading);
  // Call once, after the last add.
  void build();

  // Appends hits inside `within`, by position, not overlapping.
  void find(std::string_view text, Span within, std::vector<NameHit>& hits) const;
  // The same, where the words of `within` are known.
  void find(std::string_view text, Span within, std::span<const Word> words, std::vector<NameHit>& hits) const;
  const NameReading& reading(uint32_t i) const { return readings_[i]; }

 private:
  struct Entry {
    std::string surface;
    bool any_case = false;
    uint8_t lead = 0;  // characters before the first word: '#' of "#1"
    std::vector<NameReading> own;
    uint32_t readings = 0;
    uint32_t count = 0;
    uint32_t hash = 0;  // of the first word, lower case
  };
  // Names that go on alike behind their first word, as far as capitals and hyphens are let be: those that end here, and by
  // the next byte those that go on. A name that is left alone is not followed further.
  struct Node {
    uint32_t entries = 0, children = 0;  // the first of them
    uint16_t entry_count = 0, child_count = 0;
  };
  struct Slot {
    uint32_t hash = 0;
    uint32_t root = 0;  // 0: none
  };
  size_t held_bit(uint32_t hash) const { return hash >> held_shift_; }
  bool is_held(uint32_t hash) const { return (held_[held_bit(hash) / 64] >> (held_bit(hash) % 64) & 1) != 0; }
  void merge_entries();
  void make_tree();
  const Node* root_of(uint32_t hash) const;
  const Node* child_of(const Node& node, char byte) const;
  size_t match(std::string_view text, size_t begin, size_t limit, const Entry& entry) const;
  // The longest of the names whose first word, of this hash, is text[at..end).
  const Entry* longest(std::string_view text, size_t at, size_t limit, size_t covered, size_t end, uint32_t hash, size_t& length) const;

  std::vector<Entry> entries_;      // longest first
  std::vector<uint32_t> ordered_;   // the same as the nodes have them: numbers of entries, ascending in each node
  std::vector<Node> nodes_;         // the children of one stand together
  std::vector<uint8_t> labels_;     // of each node: the byte that leads to it
  std::vector<Slot> slots_;         // of first words, by hash
  int held_shift_ = 0;
  std::vector<uint64_t> held_;      // a bit of a hash each: most words of a text are told to begin no name by it
  std::vector<NameReading> readings_;
};

}  // namespace factmill
