#include "ruleset/pattern_set.h"

#include <array>
#include <bit>

#include "base/hash.h"

namespace factmill {

struct PatternSet::Impl {
  static constexpr size_t kEnd = 256;  // in the place of a byte: the text has ended
  size_t row(size_t place, size_t byte) const { return (place * (kEnd + 1) + byte) * words; }

  std::vector<Pattern> patterns;
  size_t words = 0;
  std::vector<uint64_t> fitting;  // for each place and byte there the patterns that it fits, as bits
};

PatternSet::PatternSet() : impl_(std::make_unique<Impl>()) {}
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

Status PatternSet::add(std::string_view pattern, const Pattern::Options& options) {
  Result<Pattern> compiled = Pattern::compile(pattern, options);
  if (!compiled) return compiled.error();
  impl_->patterns.push_back(*std::move(compiled));
  ++size_;
  return {};
}

void PatternSet::finish() {
  const auto& patterns = impl_->patterns;
  impl_->words = (patterns.size() + 63) / 64;
  impl_->fitting.assign(impl_->row(Pattern::kPrefix, 0), 0);
  for (size_t p = 0; p < patterns.size(); ++p) {
    std::array<uint8_t, 256> bytes;
    const size_t depth = patterns[p].prefix(bytes);
    for (size_t place = 0; place < Pattern::kPrefix; ++place) {
      for (size_t byte = 0; byte <= Impl::kEnd; ++byte) {
        const bool fits = place >= depth || (byte < Impl::kEnd && (bytes[byte] >> place & 1) != 0);
        if (fits) impl_->fitting[impl_->row(place, byte) + p / 64] |= uint64_t{1} << (p % 64);
      }
    }
  }
}

bool PatternSet::matches_whole(std::string_view text, std::vector<int>& matches) const {
  matches.clear();
  for (size_t w = 0; w < impl_->words; ++w) {
    uint64_t left = ~uint64_t{0};
    for (size_t place = 0; place < Pattern::kPrefix && left != 0; ++place)
      left &= impl_->fitting[impl_->row(place, place < text.size() ? static_cast<uint8_t>(text[place]) : Impl::kEnd) + w];
    for (; left != 0; left &= left - 1) {
      const size_t p = w * 64 + static_cast<size_t>(std::countr_zero(left));
      if (impl_->patterns[p].matches_whole(text)) matches.push_back(static_cast<int>(p));
    }
  }
  return !matches.empty();
}

const std::vector<int>& PatternSetMemo::matches_whole(const PatternSet& set, std::string_view text) {
  if (entries_.empty()) entries_.resize(kEntries);
  const auto of_set = reinterpret_cast<uintptr_t>(&set) / alignof(PatternSet);
  Entry& entry = entries_[(hash64(text) ^ of_set * 0x9E3779B97F4A7C15 >> 40) % kEntries];
  if (entry.set == &set && entry.text == text) return entry.matches;
  entry.set = &set;
  entry.text = text;
  set.matches_whole(text, entry.matches);
  return entry.matches;
}

}  // namespace factmill
