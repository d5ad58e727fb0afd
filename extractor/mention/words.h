// The words of a text: where each lies, and a hash that is the same for all its spellings in capitals and small letters.
//
//   std::vector<Word> words;
//   find_words(text, {0, size}, words);      // appends, in order; sixty-four bytes at a time
//
// A word is letters and digits. Bytes of non-ASCII characters count as letters, but for the characters U+0080..U+00BF
// (Xiaomi\xC2\xAE is Xiaomi) and U+2000..U+2FFF, where punctuation and symbols are.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace factmill {

struct Word {
  uint32_t begin = 0, end = 0;
  uint32_t hash = 0;
};

void find_words(std::string_view text, Span within, std::vector<Word>& words);
// Of the word text[at..end).
uint32_t hash_word(std::string_view text, size_t at, size_t end);

// Whether the byte is part of a word, where no byte before it makes it part of a symbol.
inline bool is_word_byte(char c) {
  constexpr std::array<bool, 256> kWord = [] {
    std::array<bool, 256> t{};
    for (int c = 0; c < 256; ++c) t[c] = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80;
    t[0xC2] = t[0xE2] = false;
    return t;
  }();
  return kWord[static_cast<uint8_t>(c)];
}

}  // namespace factmill
