#include "text/near_duplicates.h"

namespace factmill {
namespace {

constexpr size_t kSequence = 3;
constexpr uint64_t kDigitWeight = 2;

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

// Of a byte: its bits as bytes, 0 or 1, the lowest first.
constexpr std::array<uint64_t, 256> kSpread = [] {
  std::array<uint64_t, 256> spread{};
  for (size_t byte = 0; byte < 256; ++byte) {
    for (size_t bit = 0; bit < 8; ++bit) spread[byte] |= static_cast<uint64_t>(byte >> bit & 1) << (8 * bit);
  }
  return spread;
}();

// How often each of 64 bits was set: eight counters of a byte in a number, emptied before one can run over.
class BitCounts {
 public:
  void add(uint64_t bits, uint64_t weight) {
    for (size_t i = 0; i < 8; ++i) bytes_[i] += kSpread[bits >> (8 * i) & 0xFF] * weight;
    waiting_ += weight;
    if (waiting_ > UINT8_MAX - kDigitWeight) empty();
  }
  uint64_t of(size_t bit) const { return counts_[bit] + (bytes_[bit / 8] >> (8 * (bit % 8)) & 0xFF); }

 private:
  void empty() {
    for (size_t bit = 0; bit < counts_.size(); ++bit) counts_[bit] = of(bit);
    bytes_ = {};
    waiting_ = 0;
  }

  std::array<uint64_t, 8> bytes_{};
  std::array<uint64_t, 64> counts_{};
  uint64_t waiting_ = 0;  // the most that a byte can hold
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
    const uint64_t weight = has_digit ? kDigitWeight : 1;
    votes.add(hash, weight);
    all += weight;
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
