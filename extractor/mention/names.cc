#include "mention/names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <unordered_map>

#include "base/utf8.h"

namespace factmill {
namespace {

// 0: not part of a word; else the lower-case character. Bytes of non-ASCII characters count as letters, but for the
// leads of U+0080..U+00BF (Xiaomi\xC2\xAE is Xiaomi) and U+2000..U+2FFF, where punctuation and symbols are.
constexpr std::array<uint8_t, 256> kWord = [] {
  std::array<uint8_t, 256> t{};
  for (int c = 0; c < 256; ++c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 0x80) t[c] = static_cast<uint8_t>(c);
    if (c >= 'A' && c <= 'Z') t[c] = static_cast<uint8_t>(c + 32);
  }
  t[0xC2] = t[0xE2] = 0;
  return t;
}();

constexpr size_t kFootnoted = 8;  // shorter names end in digits of their own

uint8_t word_char(char c) { return kWord[static_cast<uint8_t>(c)]; }
bool is_word(char c) { return word_char(c) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Behind the character at text[at], which is part of no word.
size_t over_gap(std::string_view text, size_t at, size_t limit) {
  ++at;
  while (at < limit && is_utf8_tail(text[at])) ++at;
  return at;
}

size_t end_of_word(std::string_view text, size_t at, size_t limit) {
  while (at < limit && is_word(text[at])) ++at;
  return at;
}

// Eight bytes from `at` on, those behind `end` zero, letters in lower case (and other bytes confused a little).
uint64_t eight_bytes(std::string_view text, size_t at, size_t end) {
  constexpr uint64_t kLower = 0x2020202020202020;
  const size_t size = std::min<size_t>(end - at, 8);
  uint64_t bytes = 0;
  if (at + 8 <= text.size()) {
    std::memcpy(&bytes, text.data() + at, 8);
    if (size < 8) bytes &= (uint64_t{1} << (8 * size)) - 1;
  } else {
    std::memcpy(&bytes, text.data() + at, size);
  }
  return bytes | (kLower >> (8 * (8 - size)));
}

// Of the word text[at..end): the same for all its spellings in capitals and small letters.
uint32_t hash_word(std::string_view text, size_t at, size_t end) {
  uint64_t h = (eight_bytes(text, at, end) ^ (end - at)) * 0x9E3779B97F4A7C15;
  if (end - at > 8) h = (h ^ (h >> 29) ^ eight_bytes(text, end - 8, end)) * 0xBF58476D1CE4E5B9;
  return static_cast<uint32_t>(h >> 32);
}

bool has_upper(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

void NameIndex::add(std::string_view surface, const NameReading& reading) {
  if (surface.empty()) return;
  size_t lead = 0;
  while (lead < surface.size() && !is_word(surface[lead])) lead = over_gap(surface, lead, surface.size());
  if (lead == surface.size() || lead > 8) return;
  Entry entry;
  entry.surface = surface;
  entry.any_case = !has_upper(surface);
  entry.lead = static_cast<uint8_t>(lead);
  entry.hash = hash_word(surface, lead, end_of_word(surface, lead, surface.size()));
  entry.own.push_back(reading);
  entries_.push_back(std::move(entry));
}

void NameIndex::build() {
  // One entry a spelling, its readings in order of adding.
  std::unordered_map<std::string_view, size_t> seen;
  std::vector<Entry> merged;
  merged.reserve(entries_.size());  // so that the spellings stay where they are
  for (Entry& entry : entries_) {
    if (const auto known = seen.find(entry.surface); known != seen.end()) {
      merged[known->second].own.push_back(entry.own.front());
      continue;
    }
    merged.push_back(std::move(entry));
    seen.emplace(merged.back().surface, merged.size() - 1);
  }
  // What is written as "Range" is also what any case of "range" stands for.
  for (Entry& entry : merged) {
    if (entry.any_case) continue;
    std::string lower = entry.surface;
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (auto plain = seen.find(lower); plain != seen.end()) {
      const std::vector<NameReading>& readings = merged[plain->second].own;
      entry.own.insert(entry.own.end(), readings.begin(), readings.end());
    }
  }
  entries_ = std::move(merged);
  size_t size = 64;
  while (size < entries_.size() * 4) size *= 2;
  mask_ = static_cast<uint32_t>(size - 1);
  std::stable_sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    uint32_t x = a.hash & mask_, y = b.hash & mask_;
    if (x != y) return x < y;
    if (a.surface.size() != b.surface.size()) return a.surface.size() > b.surface.size();
    return a.any_case < b.any_case;
  });
  buckets_.assign(size, {});
  held_.assign(kHeldBits / 64, 0);
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    Bucket& bucket = buckets_[entry.hash & mask_];
    if (bucket.end == 0) bucket.begin = i;
    bucket.end = i + 1;
    entry.readings = static_cast<uint32_t>(readings_.size());
    entry.count = static_cast<uint32_t>(entry.own.size());
    readings_.insert(readings_.end(), entry.own.begin(), entry.own.end());
    entry.own = {};
    quick_.push_back(quick_of(entry));
    held_[held_bit(entry.hash) / 64] |= uint64_t{1} << (held_bit(entry.hash) % 64);
  }
}

// A blank of a name may be a hyphen in the text, a letter of the other case: the bits that tell them apart are not compared.
NameIndex::Quick NameIndex::quick_of(const Entry& entry) {
  Quick quick{entry.hash, 0, 0};
  std::array<uint8_t, 4> rest{}, mask{};
  const size_t end = end_of_word(entry.surface, entry.lead, entry.surface.size());
  for (size_t i = 0; i < rest.size() && end + i < entry.surface.size(); ++i) {
    const auto byte = static_cast<uint8_t>(entry.surface[end + i]);
    mask[i] = byte == ' ' ? 0xF2 : 0xDF;
    rest[i] = byte & mask[i];
  }
  std::memcpy(&quick.rest, rest.data(), rest.size());
  std::memcpy(&quick.mask, mask.data(), mask.size());
  return quick;
}

// Bytes that `entry` covers from `begin` (its first word), 0 where it does not match.
size_t NameIndex::match(std::string_view text, size_t begin, size_t limit, const Entry& entry) const {
  if (begin < entry.lead) return 0;
  size_t at = begin - entry.lead;
  if (entry.surface.size() > limit - at) return 0;
  for (char s : entry.surface) {
    char c = text[at++];
    if (c == s) continue;
    // A sentence may begin with the name: "Non-GAAP net income".
    if (at == begin - entry.lead + 1 && s >= 'a' && s <= 'z' && c + 32 == s) continue;
    if (s == ' ' && c == '-') continue;
    if (entry.any_case && c >= 'A' && c <= 'Z' && c + 32 == s) continue;
    return 0;
  }
  char last = entry.surface.back();
  // "Polestar 1,241", "Model 3.5": the number goes on.
  const bool goes_on = at + 1 < limit && (text[at] == ',' || text[at] == '.') && is_digit(text[at + 1]);
  if (is_digit(last) && goes_on) return 0;
  if (is_word(last) && at < limit && is_word(text[at])) {
    // "EC6s", "Model Ys": a plural of a name that is not a plain word.
    // A footnote mark: "Vehicle margin2 was".
    bool footnote = entry.any_case && entry.surface.size() >= kFootnoted && text[at] >= '1' && text[at] <= '9' &&
                    (at + 1 >= limit || !is_word(text[at + 1]));
    bool plural = text[at] == 's' && !entry.any_case && (at + 1 >= limit || !is_word(text[at + 1]));
    if (footnote) return at - (begin - entry.lead);
    if (!plural) return 0;
    ++at;
  }
  return at - (begin - entry.lead);
}

// The longest of the names whose first word is text[at..end).
const NameIndex::Entry* NameIndex::longest(std::string_view text, size_t at, size_t limit, size_t covered, size_t end, size_t& length) const {
  const uint32_t hash = hash_word(text, at, end);
  if (!is_held(hash)) return nullptr;
  uint32_t behind = 0;
  std::memcpy(&behind, text.data() + end, std::min<size_t>(sizeof behind, text.size() - end));
  const Bucket& bucket = buckets_[hash & mask_];
  const Entry* best = nullptr;
  for (uint32_t i = bucket.begin; i < bucket.end; ++i) {
    if (quick_[i].hash != hash || (behind & quick_[i].mask) != quick_[i].rest) continue;
    const size_t matched = match(text, at, limit, entries_[i]);
    if (matched <= length || at - entries_[i].lead < covered) continue;
    length = matched;
    best = &entries_[i];
  }
  return best;
}

void NameIndex::find(std::string_view text, Span within, std::vector<NameHit>& hits) const {
  if (entries_.empty()) return;
  size_t at = within.begin;
  const size_t limit = within.end;
  size_t covered = within.begin;
  while (at < limit) {
    if (!is_word(text[at])) {
      at = over_gap(text, at, limit);
      continue;
    }
    const size_t end = end_of_word(text, at, limit);
    size_t length = 0;
    const Entry* best = longest(text, at, limit, covered, end, length);
    // A plural ("EC6s") or a footnoted word ("deliveries1") has another hash than its name: try without the last
    // character.
    if (!best && end - at > 2 && (text[end - 1] == 's' || (text[end - 1] >= '1' && text[end - 1] <= '9')))
      best = longest(text, at, limit, covered, end - 1, length);
    if (best) {
      const auto begin = static_cast<uint32_t>(at - best->lead);
      const auto stop = static_cast<uint32_t>(begin + length);
      hits.push_back({{begin, stop}, best->readings, best->count});
      covered = stop;
      at = std::max<size_t>(stop, at + 1);
    } else {
      at = end;
    }
  }
}

}  // namespace factmill
