#include "text/near_duplicates.h"

namespace factmill {
namespace {

constexpr size_t kSequence = 3;

uint64_t mixed(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

struct Word {
  uint64_t hash = 0;
  bool has_digit = false;
};

// The next word at or behind `at`: letters of any script and digits.
bool next_word(std::string_view text, size_t& at, Word& word) {
  constexpr uint64_t kBasis = 0xCBF29CE484222325, kPrime = 0x100000001B3;  // FNV-1a
  word = {kBasis, false};
  bool inside = false;
  for (; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    const bool capital = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    if (!capital && !digit && c < 0x80 && (c < 'a' || c > 'z')) {
      if (inside) break;
      continue;
    }
    inside = true;
    word.has_digit |= digit;
    word.hash = (word.hash ^ (capital ? c + 32u : c)) * kPrime;
  }
  return inside;
}

// How often each of 64 bits was set, all counters at once: the n-th digits of their counts, in binary, are one number.
class BitCounts {
 public:
  // `weight` is a power of two, given by its exponent.
  void add(uint64_t bits, size_t weight) {
    for (size_t digit = weight; bits != 0; ++digit) {
      const uint64_t carry = digits_[digit] & bits;
      digits_[digit] ^= bits;
      bits = carry;
    }
  }
  uint64_t of(size_t bit) const {
    uint64_t count = 0;
    for (size_t digit = 0; digit < digits_.size(); ++digit) count |= (digits_[digit] >> bit & 1) << digit;
    return count;
  }

 private:
  std::array<uint64_t, 40> digits_{};  // a text has fewer than 2^32 bytes
};

}  // namespace

uint64_t signature_of(std::string_view text) {
  BitCounts votes;
  uint64_t all = 0;
  std::array<Word, kSequence> last{};
  size_t words = 0;
  for (size_t at = 0; next_word(text, at, last[words % kSequence]);) {
    if (++words < kSequence) continue;
    uint64_t hash = 0;
    bool has_digit = false;
    for (size_t i = 0; i < kSequence; ++i) {
      const Word& word = last[(words + i) % kSequence];
      hash = mixed(hash + word.hash);
      has_digit |= word.has_digit;
    }
    const size_t weight = has_digit ? 1 : 0;
    votes.add(hash, weight);
    all += uint64_t{1} << weight;
  }
  if (words < kSignatureWords) return 0;
  uint64_t signature = 0;
  for (size_t bit = 0; bit < 64; ++bit) signature |= static_cast<uint64_t>(2 * votes.of(bit) > all) << bit;
  return signature == 0 ? 1 : signature;
}

std::optional<uint32_t> NearDuplicates::find(uint64_t signature) const {
  std::optional<uint32_t> nearest;
  int least = kMaxDistance + 1;
  for (size_t i = 0; signature != 0 && i < kParts; ++i) {
    for (uint32_t number : by_part_[i][part(signature, i)]) {
      const int distance = signature_distance(signature, signatures_[number]);
      if (distance > least || (distance == least && nearest && number >= *nearest) || distance > kMaxDistance) continue;
      nearest = number;
      least = distance;
    }
  }
  return nearest;
}

uint32_t NearDuplicates::add(uint64_t signature) {
  const auto number = static_cast<uint32_t>(signatures_.size());
  signatures_.push_back(signature);
  for (size_t i = 0; signature != 0 && i < kParts; ++i) by_part_[i][part(signature, i)].push_back(number);
  return number;
}

}  // namespace factmill
