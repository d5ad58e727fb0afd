// The same article told twice: agencies' texts that many sites print, with other heads, feet and a few other words.
//
//   NearDuplicates seen;
//   const uint64_t signature = signature_of(document.text);
//   if (auto earlier = seen.find(signature)) mark(document, dup_of(*earlier));
//   const uint32_t number = seen.add(signature);           // 0, 1, 2, ...: what `find` gives for its near duplicates
//
// A signature is a simhash (Charikar 2002) of the text's sequences of three words, those with a digit counting twice: last
// month's report in the same words is another article. Of 229 articles no two were nearer than 15 bits; with a few words,
// a head and a foot exchanged most stay within kMaxDistance, with other numbers none does.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace factmill {

// 0 for a text of fewer than kSignatureWords words, which is too short to tell.
uint64_t signature_of(std::string_view text);
inline constexpr size_t kSignatureWords = 20;

inline int signature_distance(uint64_t a, uint64_t b) { return std::popcount(a ^ b); }

// Signatures in the order in which they were added. About 50 bytes each; a look-up compares about one in fourteen. Not
// thread-safe.
class NearDuplicates {
 public:
  static constexpr int kMaxDistance = 8;

  // The number of the nearest, of several the first; nothing for signature 0.
  std::optional<uint32_t> find(uint64_t signature) const;
  uint32_t add(uint64_t signature);
  size_t size() const { return signatures_.size(); }

 private:
  // Two that differ in at most 8 bits are equal in one of 9 parts.
  static constexpr size_t kParts = kMaxDistance + 1;
  static constexpr size_t kPartBits = 7;
  static size_t part(uint64_t signature, size_t i) { return signature >> (i * kPartBits) & ((1u << kPartBits) - 1); }

  std::vector<uint64_t> signatures_;
  std::array<std::array<std::vector<uint32_t>, 1 << kPartBits>, kParts> by_part_;
};

}  // namespace factmill
