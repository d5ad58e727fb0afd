// Where in a text two bytes of two sets follow each other, sixteen places at a time where the processor can.
//
//   ByteScan scan(first, second);            // second: every byte where only the first counts
//   for (uint32_t places = scan.places(text, from); places != 0; places &= places - 1)
//     use(from + std::countr_zero(places));
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>

namespace factmill {

class ByteScan {
 public:
  static constexpr size_t kPlaces = 16;

  ByteScan(const std::bitset<256>& first, const std::bitset<256>& second);
  // Of the places from `from` on, as bits. The last byte of a text has none behind it, which only a `second` of every byte
  // allows.
  uint32_t places(std::string_view text, size_t from) const;

 private:
  // A byte belongs to a set where the row of its low half has the bit of its high half: 0 to 7, and 8 to 15.
  struct Rows {
    explicit Rows(const std::bitset<256>& set);
    alignas(16) std::array<uint8_t, 16> low{}, high{};
  };
  static uint32_t sixteen(const char* text, const Rows& rows);
  uint32_t one_by_one(std::string_view text, size_t from) const;

  std::array<uint8_t, 256> sets_{};  // bit 0: in the first, bit 1: in the second
  bool any_second_;
  Rows first_, second_;
};

}  // namespace factmill
