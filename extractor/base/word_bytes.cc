#include "base/word_bytes.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace factmill {

WordBytes word_bytes(const char* text) {
  WordBytes bits;
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
  for (size_t i = 0; i < WordBytes::kBlock; ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    const bool is_word = (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
    bits.ascii |= uint64_t{is_word} << i;
    bits.beyond |= uint64_t{byte >= 0x80} << i;
  }
#endif
  return bits;
}

}  // namespace factmill
