#include "mention/names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

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

// Behind the character at text[at], which is part of no word.
size_t over_gap(std::string_view text, size_t at, size_t limit) {
  ++at;
  while (at < limit && is_utf8_tail(text[at])) ++at;
  return at;
}

uint32_t mix(uint32_t h, uint8_t c) { return (h ^ c) * 16777619u; }

// Hash of the word that begins at text[at]; sets `end` behind it.
uint32_t hash_word(std::string_view text, size_t at, size_t limit, size_t& end) {
  uint32_t h = 2166136261u;
  while (at < limit) {
    uint8_t c = word_char(text[at]);
    if (c == 0) break;
    h = mix(h, c);
    ++at;
  }
  end = at;
  return h ^ (h >> 15);
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
  size_t end = 0;
  entry.hash = hash_word(surface, lead, surface.size(), end);
  entry.own.push_back(reading);
  entries_.push_back(std::move(entry));
}

void NameIndex::build() {
  // One entry a spelling, its readings in order of adding.
  std::map<std::string, size_t> seen;
  std::vector<Entry> merged;
  for (Entry& entry : entries_) {
    auto [it, fresh] = seen.emplace(entry.surface, merged.size());
    if (fresh) {
      merged.push_back(std::move(entry));
    } else {
      merged[it->second].own.push_back(entry.own.front());
    }
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
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    Bucket& bucket = buckets_[entry.hash & mask_];
    if (bucket.end == 0) bucket.begin = i;
    bucket.end = i + 1;
    entry.readings = static_cast<uint32_t>(readings_.size());
    entry.count = static_cast<uint32_t>(entry.own.size());
    readings_.insert(readings_.end(), entry.own.begin(), entry.own.end());
    entry.own = {};
  }
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

void NameIndex::find(std::string_view text, Span within, std::vector<NameHit>& hits) const {
  size_t at = within.begin;
  const size_t limit = within.end;
  size_t covered = within.begin;
  while (at < limit) {
    if (!is_word(text[at])) {
      at = over_gap(text, at, limit);
      continue;
    }
    size_t end = 0;
    uint32_t hash = hash_word(text, at, limit, end);
    const Bucket& bucket = buckets_[hash & mask_];
    size_t next = end;
    const Entry* best = nullptr;
    size_t best_length = 0;
    for (uint32_t i = bucket.begin; i < bucket.end; ++i) {
      const Entry& entry = entries_[i];
      if (entry.hash != hash) continue;
      size_t length = match(text, at, limit, entry);
      if (length > best_length && at - entry.lead >= covered) {
        best_length = length;
        best = &entry;
      }
    }
    // A plural ("EC6s") or a footnoted word ("deliveries1") has another hash than its name: try without the last
    // character.
    if (!best && end - at > 2 && (text[end - 1] == 's' || (text[end - 1] >= '1' && text[end - 1] <= '9'))) {
      uint32_t h = 2166136261u;
      for (size_t i = at; i + 1 < end; ++i) h = mix(h, word_char(text[i]));
      h ^= h >> 15;
      const Bucket& singular = buckets_[h & mask_];
      for (uint32_t i = singular.begin; i < singular.end; ++i) {
        const Entry& entry = entries_[i];
        if (entry.hash != h) continue;
        size_t length = match(text, at, limit, entry);
        if (length > best_length && at - entry.lead >= covered) {
          best_length = length;
          best = &entry;
        }
      }
    }
    if (best) {
      auto begin = static_cast<uint32_t>(at - best->lead);
      auto stop = static_cast<uint32_t>(begin + best_length);
      hits.push_back({{begin, stop}, best->readings, best->count});
      covered = stop;
      next = std::max<size_t>(stop, at + 1);
    }
    at = next;
  }
}

}  // namespace factmill
