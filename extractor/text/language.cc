#include "text/language.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.h"

namespace factmill {
namespace {

constexpr uint32_t kRoundWords = 60;    // after so many it may be clear
constexpr uint32_t kMaxWords = 600;     // after so many it will not get clearer
constexpr uint32_t kClearHits = 10;     // of the best language, within a round or more ...
constexpr uint32_t kClearTimes = 2;     // ... and so many times the next one's
constexpr uint32_t kFewHits = 5;        // at the end of the text
constexpr uint32_t kLeastShare = 12;    // percent of all words; prose has twice that and more
constexpr int kLeastDifferent = 5;
constexpr uint32_t kScriptLetters = 20;  // so many letters tell a language of other letters

class Counts {
 public:
  explicit Counts(const LanguageTable& table) : table_(table) {}

  void add_word(uint64_t key) {
    ++words_;
    const uint64_t which = uint64_t{1} << (key * 0x9E3779B97F4A7C15 >> 58);
    for (uint32_t bits = table_.languages_of(key); bits != 0; bits &= bits - 1) {
      const auto language = static_cast<size_t>(std::countr_zero(bits));
      ++hits_[language];
      different_[language] |= which;
    }
  }
  void add_letter(uint32_t code_point) {
    const auto behind = std::upper_bound(table_.ranges.begin(), table_.ranges.end(), code_point, [](uint32_t point, const auto& range) { return point < range.first; });
    if (behind == table_.ranges.begin() || code_point > (behind - 1)->last) return;
    ++letters_[(behind - 1)->script];
    ++all_letters_;
  }
  uint32_t units() const { return words_ + all_letters_; }

  // The language's index, or -1.
  int decide(bool at_end) const {
    if (all_letters_ >= kScriptLetters && all_letters_ > words_) {
      for (size_t i = 0; i < table_.scripts.size(); ++i) {
        if (letters_[i] * 100 >= all_letters_ * table_.scripts[i].share) return table_.scripts[i].language;
      }
    }
    size_t best = 0;
    uint32_t next = 0;
    for (size_t i = 1; i < table_.codes.size(); ++i) {
      if (hits_[i] > hits_[best]) {
        next = hits_[best];
        best = i;
      } else {
        next = std::max(next, hits_[i]);
      }
    }
    // "Est." all over a table is no French.
    const bool is_prose = hits_[best] * 100 >= words_ * kLeastShare && std::popcount(different_[best]) >= kLeastDifferent;
    if (!is_prose) return -1;
    const bool clear = hits_[best] >= (at_end ? kFewHits : kClearHits) && hits_[best] >= next * kClearTimes;
    if (clear) return static_cast<int>(best);
    // Sisters share many words; what matters is whether it may be a language that is read.
    if (!at_end || hits_[best] < kClearHits) return -1;
    uint32_t read = 0;
    for (size_t i = 0; i < table_.codes.size(); ++i) {
      if ((table_.extracted >> i & 1) != 0) read = std::max(read, hits_[i]);
    }
    const bool far = hits_[best] >= read * (kClearTimes + 1);
    return far ? static_cast<int>(best) : -1;
  }

 private:
  const LanguageTable& table_;
  uint32_t words_ = 0, all_letters_ = 0;
  std::array<uint32_t, LanguageTable::kMaxLanguages> hits_{};
  std::array<uint64_t, LanguageTable::kMaxLanguages> different_{};  // a bit a word, or several words
  std::array<uint32_t, LanguageTable::kMaxLanguages> letters_{};
};

uint32_t decoded(std::string_view sequence) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(sequence[i])); };
  if (sequence.size() == 2) return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
  if (sequence.size() == 3) return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

constexpr uint32_t kFirstOtherScript = 0x370;

}  // namespace

std::string language_of(std::string_view text, const LanguageTable& table) {
  Counts counts(table);
  uint32_t round = kRoundWords;
  size_t at = 0;
  while (at < text.size()) {
    // A word of letters; bytes of longer characters are letters, but those of other scripts count one by one.
    uint64_t key = 0;
    size_t size = 0;
    for (; at < text.size(); ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      const bool capital = c >= 'A' && c <= 'Z';
      if (c >= 0x80) {
        const size_t length = std::max<size_t>(utf8_sequence_size(text.substr(at, 4)), 1);
        const uint32_t point = length > 1 ? decoded(text.substr(at, length)) : 0;
        if (point >= kFirstOtherScript && (point < 0x1E00 || point > 0x1EFF)) {
          counts.add_letter(point);
          at += length;
          break;
        }
      } else if (!capital && (c < 'a' || c > 'z')) {
        ++at;
        break;
      }
      key = key << 8 | (capital ? c + 32u : c);
      ++size;
    }
    if (size > 0) counts.add_word(size <= LanguageTable::kMaxWordBytes ? key : 0);
    if (counts.units() < round) continue;
    const int found = counts.decide(false);
    if (found >= 0) return table.codes[static_cast<size_t>(found)];
    if (counts.units() >= kMaxWords) break;
    round += kRoundWords;
  }
  const int found = counts.decide(true);
  return found >= 0 ? table.codes[static_cast<size_t>(found)] : std::string();
}

}  // namespace factmill
