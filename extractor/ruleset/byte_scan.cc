#include "ruleset/byte_scan.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace factmill {

ByteScan::Rows::Rows(const std::bitset<256>& set) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    auto& rows = byte < 128 ? low : high;
    if (set[byte]) rows[byte & 15] = static_cast<uint8_t>(rows[byte & 15] | 1U << (byte >> 4 & 7));
  }
}

ByteScan::ByteScan(const std::bitset<256>& first, const std::bitset<256>& second)
    : any_second_(second.all()), first_(first), second_(second) {
  for (unsigned byte = 0; byte < 256; ++byte) sets_[byte] = static_cast<uint8_t>((first[byte] ? 1 : 0) | (second[byte] ? 2 : 0));
}

#if defined(__x86_64__)
__attribute__((target("ssse3"))) uint32_t ByteScan::sixteen(const char* text, const Rows& rows) {
  const __m128i bits = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const __m128i half = _mm_set1_epi8(0x0F);
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i low_rows = _mm_load_si128(reinterpret_cast<const __m128i*>(rows.low.data()));
  const __m128i high_rows = _mm_load_si128(reinterpret_cast<const __m128i*>(rows.high.data()));
  const __m128i rows_below = _mm_shuffle_epi8(low_rows, _mm_and_si128(bytes, half));
  const __m128i rows_above = _mm_shuffle_epi8(high_rows, _mm_and_si128(bytes, half));
  const __m128i above = _mm_cmplt_epi8(bytes, _mm_setzero_si128());
  const __m128i both = _mm_or_si128(_mm_andnot_si128(above, rows_below), _mm_and_si128(above, rows_above));
  const __m128i bit = _mm_shuffle_epi8(bits, _mm_and_si128(_mm_srli_epi16(bytes, 4), half));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(both, bit), bit)));
}
#endif

uint32_t ByteScan::one_by_one(std::string_view text, size_t from) const {
  uint32_t places = 0;
  const size_t end = std::min(text.size(), from + kPlaces);
  for (size_t at = from; at < end; ++at) {
    const bool second = any_second_ || (at + 1 < text.size() && (sets_[static_cast<uint8_t>(text[at + 1])] & 2) != 0);
    if (second && (sets_[static_cast<uint8_t>(text[at])] & 1) != 0) places |= 1U << (at - from);
  }
  return places;
}

uint32_t ByteScan::places(std::string_view text, size_t from) const {
#if defined(__x86_64__)
  static const bool has_ssse3 = __builtin_cpu_supports("ssse3");
  if (from + kPlaces < text.size() && has_ssse3) {
    const uint32_t first = sixteen(text.data() + from, first_);
    return any_second_ || first == 0 ? first : first & sixteen(text.data() + from + 1, second_);
  }
#endif
  return one_by_one(text, from);
}

}  // namespace factmill
