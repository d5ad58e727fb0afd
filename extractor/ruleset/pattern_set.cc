#include "ruleset/pattern_set.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "base/hash.h"
#include "ruleset/pattern_prefix.h"
#include "ruleset/pattern_tree.h"

namespace factmill {

namespace {

constexpr size_t kPlaces = PatternPrefix::kMost;
constexpr size_t kOther = 256;  // in the place of a byte: the text has none there

}  // namespace

struct PatternSet::Impl {
  static size_t row(size_t place, size_t byte) { return place * (kOther + 1) + byte; }

  std::vector<Pattern> patterns;
  std::vector<PatternPrefix> begins, ends;  // of the patterns; the second from the last byte backwards
  size_t words = 0;
  std::vector<uint64_t> fitting;  // for each place, those from the begin and those from the end, and each byte there: the patterns as bits
};

PatternSet::PatternSet() : impl_(std::make_unique<Impl>()) {}
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

Status PatternSet::add(std::string_view pattern, const Pattern::Options& options) {
  std::optional<PatternTree> tree;
  Result<Pattern> compiled = Pattern::compile(pattern, options, &tree);
  if (!compiled) return compiled.error();
  impl_->patterns.push_back(*std::move(compiled));
  impl_->begins.push_back(tree ? prefix_of(*tree) : PatternPrefix());
  impl_->ends.push_back(tree ? suffix_of(*tree) : PatternPrefix());
  ++size_;
  return {};
}

void PatternSet::finish() {
  const size_t count = impl_->patterns.size();
  impl_->words = (count + 63) / 64;
  impl_->fitting.assign(Impl::row(2 * kPlaces, 0) * impl_->words, 0);
  for (size_t place = 0; place < 2 * kPlaces; ++place) {
    const std::vector<PatternPrefix>& known = place < kPlaces ? impl_->begins : impl_->ends;
    const size_t k = place % kPlaces;
    for (size_t byte = 0; byte <= kOther; ++byte) {
      for (size_t p = 0; p < count; ++p) {
        const bool fits = k >= known[p].depth || (byte != kOther && (known[p].bytes[byte] >> k & 1) != 0);
        if (fits) impl_->fitting[Impl::row(place, byte) * impl_->words + p / 64] |= uint64_t{1} << (p % 64);
      }
    }
  }
}

bool PatternSet::matches_whole(std::string_view text, std::vector<int>& matches) const {
  matches.clear();
  std::array<const uint64_t*, 2 * kPlaces> rows;
  for (size_t k = 0; k < kPlaces; ++k) {
    const bool has = k < text.size();
    rows[k] = impl_->fitting.data() + Impl::row(k, has ? static_cast<uint8_t>(text[k]) : kOther) * impl_->words;
    rows[kPlaces + k] = impl_->fitting.data() + Impl::row(kPlaces + k, has ? static_cast<uint8_t>(text[text.size() - 1 - k]) : kOther) * impl_->words;
  }
  for (size_t w = 0; w < impl_->words; ++w) {
    uint64_t left = ~uint64_t{0};
    for (const uint64_t* row : rows) left &= row[w];
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
