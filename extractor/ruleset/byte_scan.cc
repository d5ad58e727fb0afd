#include "ruleset/byte_scan.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <bit>
#endif

namespace factmill {
namespace {

#if defined(__x86_64__)
// A byte belongs to the set where the row of its low half has the bit of its high half.
__attribute__((target("ssse3"))) size_t find_by_sixteen(const char* text, size_t at, size_t size, const uint8_t* low,
                                                        const uint8_t* high) {
  const __m128i bits = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const __m128i half = _mm_set1_epi8(0x0F);
  const __m128i low_rows = _mm_load_si128(reinterpret_cast<const __m128i*>(low));
  const __m128i high_rows = _mm_load_si128(reinterpret_cast<const __m128i*>(high));
  for (; at + 16 <= size; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const __m128i rows_below = _mm_shuffle_epi8(low_rows, _mm_and_si128(bytes, half));
    const __m128i rows_above = _mm_shuffle_epi8(high_rows, _mm_and_si128(bytes, half));
    const __m128i above = _mm_cmplt_epi8(bytes, _mm_setzero_si128());
    const __m128i rows = _mm_or_si128(_mm_andnot_si128(above, rows_below), _mm_and_si128(above, rows_above));
    const __m128i bit = _mm_shuffle_epi8(bits, _mm_and_si128(_mm_srli_epi16(bytes, 4), half));
    const __m128i found = _mm_cmpeq_epi8(_mm_and_si128(rows, bit), bit);
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<size_t>(std::countr_zero(mask));
  }
  return at;
}

bool has_ssse3() {
  static const bool has = __builtin_cpu_supports("ssse3");
  return has;
}
#endif

}  // namespace

ByteScan::ByteScan(const std::bitset<256>& set) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (!set[byte]) continue;
    bits_[byte >> 6] |= uint64_t{1} << (byte & 63);
    auto& rows = byte < 128 ? low_ : high_;
    rows[byte & 15] = static_cast<uint8_t>(rows[byte & 15] | 1U << (byte >> 4 & 7));
  }
}

size_t ByteScan::find(std::string_view text, size_t from) const {
  size_t at = from;
#if defined(__x86_64__)
  if (at + 16 <= text.size() && has_ssse3()) {
    at = find_by_sixteen(text.data(), at, text.size(), low_.data(), high_.data());
    if (at < text.size() && has(static_cast<uint8_t>(text[at]))) return at;
  }
#endif
  while (at < text.size() && !has(static_cast<uint8_t>(text[at]))) ++at;
  return at;
}

}  // namespace factmill
