// The little of UTF-8 that every room needs. Anything about characters belongs to text/.
#pragma once
#include <cstddef>
#include <string_view>

namespace factmill {

// Bytes of the sequence that `text` begins with, 0 where that is not UTF-8 (overlong, surrogate, cut off) or nothing.
size_t utf8_sequence_size(std::string_view text);

// Whether this byte continues a sequence, so that no character begins at it.
inline bool is_utf8_tail(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace factmill
