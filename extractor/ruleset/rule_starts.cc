#include "ruleset/rule_starts.h"

#include <algorithm>
#include <map>

#include "base/bits.h"

namespace factmill {
namespace {

constexpr size_t kDepth = Pattern::kPrefix;

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

int RuleStarts::Scratch::next(int from) const { return next_bit(any_, from); }

std::optional<std::span<const uint32_t>> RuleStarts::Scratch::places(int rule, size_t from) {
  const size_t word = static_cast<size_t>(rule) / 64, bit = static_cast<size_t>(rule) % 64;
  if ((*everywhere_)[word] >> bit & 1) return std::nullopt;
  if (found_rule_ != rule) {
    found_rule_ = rule;
    found_.resize(starts_.size());
    size_t count = 0;
    const uint64_t* row = rows_.data() + column_[word];
    for (size_t i = 0; i < starts_.size(); ++i, row += words_.size()) {
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
  words_ = (prefixes_.size() + 63) / 64;
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

// False where no rule is left.
bool RuleStarts::fill_row(std::string_view tagged, size_t at, const Scratch& scratch, uint64_t* row) const {
  std::array<const uint64_t*, kDepth> fits;
  for (size_t place = 0; place < kDepth; ++place) {
    const size_t column = at + place < tagged.size() ? column_[static_cast<uint8_t>(tagged[at + place])] : columns_ - 1;
    fits[place] = fitting(place, column);
  }
  const size_t count = scratch.words_.size();
  const uint64_t* wanted = scratch.wanted_.data();
  const uint64_t *first = fits[0], *second = fits[1];
  uint64_t left = 0;
  if (count == words_) {  // the common case, without looking up each
    for (size_t w = 0; w < count; ++w) left |= row[w] = wanted[w] & first[w] & second[w];
  } else {
    for (size_t w = 0; w < count; ++w) left |= row[w] = wanted[w] & first[scratch.words_[w]] & second[scratch.words_[w]];
  }
  if (left == 0) return false;
  // Two bytes leave few.
  left = 0;
  for (size_t w = 0; w < count; ++w) {
    uint64_t rules = row[w];
    for (size_t place = 2; rules != 0 && place < kDepth; ++place) rules &= fits[place][scratch.words_[w]];
    row[w] = rules;
    left |= rules;
  }
  return left != 0;
}

void RuleStarts::add_rows(std::string_view tagged, size_t begin, size_t end, std::vector<uint32_t>& starts,
                          std::vector<uint64_t>& rows, Scratch& scratch) const {
  const size_t count = scratch.words_.size();
  for (size_t at = begin; at < end; ++at) {
    if (at > 0 && is_word(tagged[at]) && is_word(tagged[at - 1])) continue;
    rows.resize((starts.size() + 1) * count);
    uint64_t* row = rows.data() + starts.size() * count;
    if (!fill_row(tagged, at, scratch, row)) continue;
    starts.push_back(static_cast<uint32_t>(at));
    for (size_t w = 0; w < count; ++w) scratch.any_[scratch.words_[w]] |= row[w];
  }
}

void RuleStarts::find(std::string_view tagged, std::span<const uint64_t> wanted, Scratch& scratch) const {
  scratch.everywhere_ = &everywhere_;
  scratch.any_.assign(words_, 0);
  scratch.column_.resize(words_);
  scratch.words_.clear();
  scratch.wanted_.clear();
  for (size_t w = 0; w < words_; ++w) {
    scratch.column_[w] = static_cast<uint32_t>(scratch.words_.size());
    if (wanted[w] == 0) continue;
    scratch.any_[w] = wanted[w] & everywhere_[w];
    scratch.words_.push_back(static_cast<uint32_t>(w));
    scratch.wanted_.push_back(wanted[w]);
  }
  scratch.starts_.clear();
  scratch.found_rule_ = -1;
  if (!scratch.words_.empty()) add_rows(tagged, 0, tagged.size(), scratch.starts_, scratch.rows_, scratch);
}

// What begins far before the fold or behind it stays as it was.
void RuleStarts::folded(std::string_view tagged, size_t begin, size_t end, Scratch& scratch) const {
  const size_t count = scratch.words_.size();
  const size_t touched = begin - std::min(begin, kDepth - 1);
  auto& starts = scratch.moved_starts_;
  auto& rows = scratch.moved_rows_;
  starts.clear();
  scratch.found_rule_ = -1;
  const auto row_of = [&](size_t i) { return scratch.rows_.begin() + static_cast<ptrdiff_t>(i * count); };
  size_t i = 0;
  while (i < scratch.starts_.size() && scratch.starts_[i] < touched) ++i;
  starts.assign(scratch.starts_.begin(), scratch.starts_.begin() + static_cast<ptrdiff_t>(i));
  rows.assign(row_of(0), row_of(i));
  add_rows(tagged, touched, std::min(begin + 2, tagged.size()), starts, rows, scratch);
  rows.resize(starts.size() * count);
  while (i < scratch.starts_.size() && scratch.starts_[i] <= end) ++i;  // the byte behind the fold was looked at again
  for (size_t k = i; k < scratch.starts_.size(); ++k) starts.push_back(scratch.starts_[k] - static_cast<uint32_t>(end - begin - 1));
  rows.insert(rows.end(), row_of(i), row_of(scratch.starts_.size()));
  scratch.starts_.swap(starts);
  scratch.rows_.swap(rows);
}

}  // namespace factmill
