// Finds every literal of the rules in one pass over the text: lexicon names, metric nouns and verbs, descriptors, cues.
//
//   NameIndex index(pack lists);
//   std::vector<NameHit> hits;
//   index.find(text, {0, text.size()}, hits);    // leftmost, longest, at word boundaries
//
// A word is looked up by its hash, so the cost does not grow with the number of names. NameIndex is immutable and
// shared by threads; hits are the caller's.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
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
  struct Bucket {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  // Of the entries, what is looked at first: the hash of the first word, and four bytes behind it as far as there are.
  struct Quick {
    uint32_t hash = 0;
    uint32_t rest = 0, mask = 0;
  };
  static constexpr size_t kHeldBits = 1 << 17;
  static size_t held_bit(uint32_t hash) { return hash >> 15; }
  bool is_held(uint32_t hash) const { return (held_[held_bit(hash) / 64] >> (held_bit(hash) % 64) & 1) != 0; }
  static Quick quick_of(const Entry& entry);
  size_t match(std::string_view text, size_t begin, size_t limit, const Entry& entry) const;
  const Entry* longest(std::string_view text, size_t at, size_t limit, size_t covered, size_t end, size_t& length) const;

  std::vector<Entry> entries_;  // by bucket, longest first
  std::vector<Quick> quick_;
  std::vector<Bucket> buckets_;
  std::vector<uint64_t> held_;  // a bit of a hash each: most words of a text are told to begin no name by it
  std::vector<NameReading> readings_;
  uint32_t mask_ = 0;
};

}  // namespace factmill
