#include "mention/words.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace factmill {
namespace {

constexpr size_t kBlock = 64;

// Of 64 bytes, as bits: those of ASCII letters and digits, and those beyond ASCII.
struct Classes {
  uint64_t ascii = 0, beyond = 0;
};

Classes classes_of(const char* text) {
  Classes bits;
#if defined(__SSE2__)
  for (int i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text) + i);
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    // A range [low, high] of signed bytes, moved up to the highest of them.
    const __m128i letters = _mm_cmpgt_epi8(_mm_add_epi8(lower, _mm_set1_epi8(127 - 'z')), _mm_set1_epi8(126 - ('z' - 'a')));
    const __m128i digits = _mm_cmpgt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(127 - '9')), _mm_set1_epi8(126 - ('9' - '0')));
    bits.ascii |= uint64_t{static_cast<uint16_t>(_mm_movemask_epi8(_mm_or_si128(letters, digits)))} << (16 * i);
    bits.beyond |= uint64_t{static_cast<uint16_t>(_mm_movemask_epi8(bytes))} << (16 * i);
  }
#else
  for (size_t i = 0; i < kBlock; ++i) {
    const bool beyond = static_cast<uint8_t>(text[i]) >= 0x80;
    bits.ascii |= uint64_t{!beyond && is_word_byte(text[i])} << i;
    bits.beyond |= uint64_t{beyond} << i;
  }
#endif
  return bits;
}

// Of 64 bytes, as bits: those of words. `in_gap`: whether the byte before them is of none.
uint64_t word_bits(const char* text, bool in_gap) {
  const Classes classes = classes_of(text);
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
