// The next byte of a text that is one of a set, sixteen at a time where the processor can.
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>

namespace factmill {

class ByteScan {
 public:
  explicit ByteScan(const std::bitset<256>& set);
  bool has(uint8_t byte) const { return (bits_[byte >> 6] >> (byte & 63) & 1) != 0; }
  // text.size() where there is none from `from` on.
  size_t find(std::string_view text, size_t from) const;

 private:
  std::array<uint64_t, 4> bits_{};
  // For each low half of a byte the high halves that belong to the set: 0 to 7, and 8 to 15.
  alignas(16) std::array<uint8_t, 16> low_{}, high_{};
};

}  // namespace factmill
