#include "ruleset/rule_starts.h"

#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "base/bits.h"

namespace factmill {
namespace {

constexpr size_t kTogether = 4;  // words of a row that are looked at in one go

}  // namespace

int RuleStarts::Scratch::next(int from) const { return next_bit(any_, from); }

std::optional<std::span<const uint32_t>> RuleStarts::Scratch::places(int rule, size_t from) {
  const size_t word = static_cast<size_t>(rule) / 64, bit = static_cast<size_t>(rule) % 64;
  if ((*everywhere_)[word] >> bit & 1) return std::nullopt;
  if (found_rule_ != rule) {
    found_rule_ = rule;
    found_.resize(starts_.size());
    size_t count = 0;
    const uint64_t* row = rows_.data() + word;
    for (size_t i = 0; i < starts_.size(); ++i, row += words_) {
      found_[count] = starts_[i];
      count += *row >> bit & 1;
    }
    found_.resize(count);
  }
  return std::span(std::lower_bound(found_.begin(), found_.end(), from), found_.end());
}

void RuleStarts::add(const Pattern& pattern) {
  Prefix& prefix = prefixes_.emplace_back();
  prefix.depth = pattern.prefix(prefix.bytes);
}

void RuleStarts::finish() {
  words_ = (prefixes_.size() + 64 * kTogether - 1) / (64 * kTogether) * kTogether;
  everywhere_.assign(words_, 0);
  for (size_t r = 0; r < prefixes_.size(); ++r) {
    if (prefixes_[r].depth == 0) everywhere_[r / 64] |= uint64_t{1} << (r % 64);
  }
  // Bytes that no rule tells apart are of one kind.
  std::map<std::vector<uint8_t>, uint16_t> kinds;
  std::vector<unsigned> sample;
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::vector<uint8_t> kind;
    for (const Prefix& prefix : prefixes_) kind.push_back(prefix.bytes[byte]);
    const auto [known, fresh] = kinds.try_emplace(std::move(kind), static_cast<uint16_t>(sample.size()));
    if (fresh) sample.push_back(byte);
    column_[byte] = known->second;
  }
  columns_ = sample.size() + 1;
  fitting_.assign(kDepth * columns_ * words_, 0);
  for (size_t place = 0; place < kDepth; ++place) {
    for (size_t column = 0; column < columns_; ++column) {
      uint64_t* row = fitting_.data() + (place * columns_ + column) * words_;
      for (size_t r = 0; r < prefixes_.size(); ++r) {
        const Prefix& prefix = prefixes_[r];
        const bool behind = place >= prefix.depth;  // where a match need not have a byte
        const bool fits = column + 1 < columns_ && (prefix.bytes[sample[column]] >> place & 1) != 0;
        if (prefix.depth > 0 && (behind || fits)) row[r / 64] |= uint64_t{1} << (r % 64);
      }
    }
  }
  prefixes_.clear();
}

// The sets of rules that the bytes from here on fit, each by its place.
std::array<const uint64_t*, RuleStarts::kDepth> RuleStarts::fitting_at(std::string_view tagged, size_t at) const {
  std::array<const uint64_t*, kDepth> fits;
  for (size_t place = 0; place < kDepth; ++place) {
    const size_t column = at + place < tagged.size() ? column_[static_cast<uint8_t>(tagged[at + place])] : columns_ - 1;
    fits[place] = fitting(place, column);
  }
  return fits;
}

namespace {

// What is wanted and fits all of these, also added to `any`; false where that is nothing.
[[gnu::always_inline]] inline bool intersect(const uint64_t* wanted, const std::array<const uint64_t*, Pattern::kPrefix>& fits, uint64_t* __restrict row, uint64_t* __restrict any, size_t words) {
  uint64_t left = 0;
  for (size_t w = 0; w < words; ++w) {
    uint64_t rules = wanted[w];
    for (const uint64_t* fit : fits) rules &= fit[w];
    row[w] = rules;
    any[w] |= rules;
    left |= rules;
  }
  return left != 0;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) bool intersect_wide(const uint64_t* wanted, const std::array<const uint64_t*, Pattern::kPrefix>& fits, uint64_t* __restrict row, uint64_t* __restrict any, size_t words) {
  return intersect(wanted, fits, row, any, words);
}
#endif

bool intersect_rules(const uint64_t* wanted, const std::array<const uint64_t*, Pattern::kPrefix>& fits, uint64_t* __restrict row, uint64_t* __restrict any, size_t words) {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return intersect_wide(wanted, fits, row, any, words);
#endif
  return intersect(wanted, fits, row, any, words);
}

}  // namespace

void RuleStarts::add_rows(std::string_view tagged, size_t begin, size_t end, std::vector<uint32_t>& starts,
                          std::vector<uint64_t>& rows, Scratch& scratch) const {
  for (size_t at = begin; at < end; ++at) {
    if (at > 0 && is_alnum(tagged[at]) && is_alnum(tagged[at - 1])) continue;
    rows.resize((starts.size() + 1) * words_);
    uint64_t* row = rows.data() + starts.size() * words_;
    if (!intersect_rules(scratch.wanted_.data(), fitting_at(tagged, at), row, scratch.any_.data(), words_)) continue;
    starts.push_back(static_cast<uint32_t>(at));
  }
}

void RuleStarts::find(std::string_view tagged, std::span<const uint64_t> wanted, Scratch& scratch) const {
  scratch.everywhere_ = &everywhere_;
  scratch.words_ = words_;
  scratch.wanted_.assign(wanted.begin(), wanted.end());
  scratch.wanted_.resize(words_);
  scratch.any_.resize(words_);
  for (size_t w = 0; w < words_; ++w) scratch.any_[w] = scratch.wanted_[w] & everywhere_[w];
  scratch.starts_.clear();
  scratch.found_rule_ = -1;
  add_rows(tagged, 0, tagged.size(), scratch.starts_, scratch.rows_, scratch);
}

// What begins far before the fold or behind it stays as it was.
void RuleStarts::folded(std::string_view tagged, size_t begin, size_t end, Scratch& scratch) const {
  const size_t touched = begin - std::min(begin, kDepth - 1);
  auto& starts = scratch.moved_starts_;
  auto& rows = scratch.moved_rows_;
  starts.clear();
  scratch.found_rule_ = -1;
  const auto row_of = [&](size_t i) { return scratch.rows_.begin() + static_cast<ptrdiff_t>(i * words_); };
  size_t i = 0;
  while (i < scratch.starts_.size() && scratch.starts_[i] < touched) ++i;
  starts.assign(scratch.starts_.begin(), scratch.starts_.begin() + static_cast<ptrdiff_t>(i));
  rows.assign(row_of(0), row_of(i));
  add_rows(tagged, touched, std::min(begin + 2, tagged.size()), starts, rows, scratch);
  rows.resize(starts.size() * words_);
  while (i < scratch.starts_.size() && scratch.starts_[i] <= end) ++i;  // the byte behind the fold was looked at again
  for (size_t k = i; k < scratch.starts_.size(); ++k) starts.push_back(scratch.starts_[k] - static_cast<uint32_t>(end - begin - 1));
  rows.insert(rows.end(), row_of(i), row_of(scratch.starts_.size()));
  scratch.starts_.swap(starts);
  scratch.rows_.swap(rows);
}

}  // namespace factmill
