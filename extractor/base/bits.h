// Sets of small numbers as bits in 64-bit words.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace factmill {

// The least member that is not below `from`; -1 where there is none.
inline int next_bit(std::span<const uint64_t> words, int from) {
  size_t word = static_cast<size_t>(from) / 64;
  if (word >= words.size()) return -1;
  uint64_t bits = words[word] & (~uint64_t{0} << (static_cast<size_t>(from) % 64));
  while (bits == 0) {
    if (++word == words.size()) return -1;
    bits = words[word];
  }
  return static_cast<int>(word * 64) + std::countr_zero(bits);
}

}  // namespace factmill
