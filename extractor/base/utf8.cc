#include "base/utf8.h"

namespace factmill {

// The well-formed sequences of Unicode 15, table 3-7.
size_t utf8_sequence_size(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tails = [&](size_t count) {
    if (text.size() <= count) return false;
    for (size_t i = 1; i <= count; ++i) {
      if (!is_utf8_tail(text[i])) return false;
    }
    return true;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return tails(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (!tails(2)) return 0;
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  if (!tails(3)) return 0;
  const bool overlong = lead == 0xF0 && byte(1) < 0x90;
  const bool beyond_unicode = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || beyond_unicode ? 0 : 4;
}

}  // namespace factmill
