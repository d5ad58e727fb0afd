#include "mention/words.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "base/word_bytes.h"

namespace factmill {
namespace {

constexpr size_t kBlock = WordBytes::kBlock;

// Of 64 bytes, as bits: those of words. `in_gap`: whether the byte before them is of none.
uint64_t word_bits(const char* text, bool in_gap) {
  const WordBytes classes = word_bytes(text);
  uint64_t bits = classes.ascii | classes.beyond;
  for (uint64_t left = classes.beyond; left != 0; left &= left - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(left));
    const bool behind_gap = i == 0 ? in_gap : (bits >> (i - 1) & 1) == 0;
    if (!is_word_byte(text[i]) || (behind_gap && is_utf8_tail(text[i]))) bits &= ~(uint64_t{1} << i);
  }
  return bits;
}

// Eight bytes from `at` on, those behind `end` zero, letters in lower case (and other bytes confused a little).
uint64_t eight_bytes(std::string_view text, size_t at, size_t end) {
  constexpr uint64_t kLower = 0x2020202020202020;
  const size_t size = std::min<size_t>(end - at, 8);
  uint64_t bytes = 0;
  if (at + 8 <= text.size()) {
    std::memcpy(&bytes, text.data() + at, 8);
    if (size < 8) bytes &= (uint64_t{1} << (8 * size)) - 1;
  } else {
    std::memcpy(&bytes, text.data() + at, size);
  }
  return bytes | (kLower >> (8 * (8 - size)));
}

}  // namespace

uint32_t hash_word(std::string_view text, size_t at, size_t end) {
  uint64_t h = (eight_bytes(text, at, end) ^ (end - at)) * 0x9E3779B97F4A7C15;
  if (end - at > 8) h = (h ^ (h >> 29) ^ eight_bytes(text, end - 8, end)) * 0xBF58476D1CE4E5B9;
  return static_cast<uint32_t>(h >> 32);
}

void find_words(std::string_view text, Span within, std::vector<Word>& words) {
  bool inside = false, first = true;
  uint32_t begin = 0;
  for (size_t at = within.begin; at < within.end; at += kBlock) {
    const size_t size = std::min(kBlock, within.end - at);
    std::array<char, kBlock> rest{};
    if (size < kBlock) std::memcpy(rest.data(), text.data() + at, size);
    const uint64_t bits = word_bits(size < kBlock ? rest.data() : text.data() + at, !inside && !first);
    first = false;
    // Where words begin and end, by turns.
    for (uint64_t edges = bits ^ (bits << 1 | uint64_t{inside}); edges != 0; edges &= edges - 1) {
      const auto edge = static_cast<uint32_t>(at) + static_cast<uint32_t>(std::countr_zero(edges));
      if (inside) words.push_back({begin, edge, hash_word(text, begin, edge)});
      begin = edge;
      inside = !inside;
    }
  }
  if (inside) words.push_back({begin, within.end, hash_word(text, begin, within.end)});
}

}  // namespace factmill
