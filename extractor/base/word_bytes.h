// Which of 64 bytes are part of words, as bits: what the scans for words begin with.
//
//   const WordBytes bytes = word_bytes(text);   // text[0..63] must be there
//   if (bytes.ascii & 1) ...                     // text[0] is a letter or digit
//
// Thread-safe.
#pragma once
#include <cstddef>
#include <cstdint>

namespace factmill {

struct WordBytes {
  static constexpr size_t kBlock = 64;
  uint64_t ascii = 0;   // letters and digits
  uint64_t beyond = 0;  // what is no ASCII
};

WordBytes word_bytes(const char* text);

}  // namespace factmill
