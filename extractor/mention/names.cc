#include "mention/names.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/ascii.h"
#include "base/utf8.h"

namespace factmill {
namespace {

constexpr size_t kHeldBits = 8;      // for each name, so that few other words have its bit
constexpr int kLeastHeldBits = 17;   // as a power of two
constexpr size_t kFootnoted = 8;  // shorter names end in digits of their own

// Behind the character at text[at], which is part of no word.
size_t over_gap(std::string_view text, size_t at, size_t limit) {
  ++at;
  while (at < limit && is_utf8_tail(text[at])) ++at;
  return at;
}

size_t end_of_word(std::string_view text, size_t at, size_t limit) {
  while (at < limit && is_word_byte(text[at])) ++at;
  return at;
}

// A byte as names are told apart by it: a letter of either case, a blank or the hyphen in its place.
uint8_t confused(char c) {
  if (c == '-') return ' ';
  return static_cast<uint8_t>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool has_upper(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

void NameIndex::add(std::string_view surface, const NameReading& reading) {
  if (surface.empty()) return;
  size_t lead = 0;
  while (lead < surface.size() && !is_word_byte(surface[lead])) lead = over_gap(surface, lead, surface.size());
  if (lead == surface.size() || lead > 8) return;
  Entry entry;
  entry.surface = surface;
  entry.any_case = !has_upper(surface);
  entry.lead = static_cast<uint8_t>(lead);
  entry.hash = hash_word(surface, lead, end_of_word(surface, lead, surface.size()));
  entry.own.push_back(reading);
  entries_.push_back(std::move(entry));
}

// One entry a spelling, its readings in order of adding.
void NameIndex::merge_entries() {
  std::unordered_map<std::string_view, size_t> seen(entries_.size());
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
}

void NameIndex::build() {
  merge_entries();
  std::vector<uint32_t> order(entries_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const Entry &x = entries_[a], &y = entries_[b];
    return x.surface.size() != y.surface.size() ? x.surface.size() > y.surface.size() : x.any_case < y.any_case;
  });
  std::vector<Entry> sorted;
  sorted.reserve(entries_.size());
  for (uint32_t i : order) sorted.push_back(std::move(entries_[i]));
  entries_ = std::move(sorted);
  const int bits = std::clamp(static_cast<int>(std::bit_width(entries_.size() * kHeldBits)), kLeastHeldBits, 31);
  held_shift_ = 32 - bits;
  held_.assign((size_t{1} << bits) / 64, 0);
  for (Entry& entry : entries_) {
    entry.readings = static_cast<uint32_t>(readings_.size());
    entry.count = static_cast<uint32_t>(entry.own.size());
    readings_.insert(readings_.end(), entry.own.begin(), entry.own.end());
    entry.own = {};
    held_[held_bit(entry.hash) / 64] |= uint64_t{1} << (held_bit(entry.hash) % 64);
  }
  make_tree();
}

// A range of `ordered_` whose names are alike so far becomes a node, and those that go on with one byte a child of it.
void NameIndex::make_tree() {
  std::string written;  // what stands behind the first words
  std::vector<std::string_view> rests(entries_.size());
  size_t bytes = 0;
  for (const Entry& entry : entries_) bytes += entry.surface.size();
  written.reserve(bytes);
  for (size_t i = 0; i < entries_.size(); ++i) {
    const std::string& surface = entries_[i].surface;
    const size_t begin = written.size(), at = end_of_word(surface, entries_[i].lead, surface.size());
    written.resize(begin + surface.size() - at);
    std::transform(surface.begin() + static_cast<ptrdiff_t>(at), surface.end(), written.begin() + static_cast<ptrdiff_t>(begin),
                   [](char c) { return static_cast<char>(confused(c)); });
    rests[i] = std::string_view(written).substr(begin);
  }
  // By hash, which tells most apart, then number.
  std::vector<std::pair<uint32_t, uint32_t>> hashes(entries_.size());
  for (uint32_t i = 0; i < hashes.size(); ++i) hashes[i] = {entries_[i].hash, i};
  std::sort(hashes.begin(), hashes.end());
  ordered_.resize(entries_.size());
  std::transform(hashes.begin(), hashes.end(), ordered_.begin(), [](const auto& hash) { return hash.second; });
  const auto is_before = [&](uint32_t a, uint32_t b) { return std::tie(rests[a], a) < std::tie(rests[b], b); };
  struct Open {
    uint32_t node, begin, end;
    size_t depth;
  };
  std::vector<Open> open;
  nodes_.assign(1, {});  // none is number 0
  labels_.assign(1, 0);
  const auto add_node = [&](uint8_t label, uint32_t begin, uint32_t end, size_t depth) {
    open.push_back({static_cast<uint32_t>(nodes_.size()), begin, end, depth});
    nodes_.emplace_back();
    labels_.push_back(label);
  };
  size_t size = 64;
  while (size < entries_.size() * 2) size *= 2;
  slots_.assign(size, {});
  for (uint32_t begin = 0, end = 0; begin < ordered_.size(); begin = end) {
    const uint32_t hash = hashes[begin].first;
    while (end < ordered_.size() && hashes[end].first == hash) ++end;
    std::sort(ordered_.begin() + begin, ordered_.begin() + end, is_before);
    size_t slot = hash & (size - 1);
    while (slots_[slot].root != 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = {hash, static_cast<uint32_t>(nodes_.size())};
    add_node(0, begin, end, 0);
  }
  for (size_t next = 0; next < open.size(); ++next) {
    const Open o = open[next];
    uint32_t begin = o.begin;
    while (begin < o.end && (o.end - o.begin == 1 || rests[ordered_[begin]].size() == o.depth)) ++begin;
    Node node{o.begin, static_cast<uint32_t>(nodes_.size()), static_cast<uint16_t>(begin - o.begin), 0};
    while (begin < o.end) {
      const char label = rests[ordered_[begin]][o.depth];
      uint32_t end = begin;
      while (end < o.end && rests[ordered_[end]][o.depth] == label) ++end;
      add_node(static_cast<uint8_t>(label), begin, end, o.depth + 1);
      ++node.child_count;
      begin = end;
    }
    nodes_[o.node] = node;
  }
}

const NameIndex::Node* NameIndex::root_of(uint32_t hash) const {
  for (size_t slot = hash & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot].root == 0) return nullptr;
    if (slots_[slot].hash == hash) return &nodes_[slots_[slot].root];
  }
}

const NameIndex::Node* NameIndex::child_of(const Node& node, char byte) const {
  const uint8_t label = confused(byte);
  for (uint32_t child = node.children; child < node.children + node.child_count; ++child) {
    if (labels_[child] == label) return &nodes_[child];
  }
  return nullptr;
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
  if (is_word_byte(last) && at < limit && is_word_byte(text[at])) {
    // "EC6s", "Model Ys": a plural of a name that is not a plain word.
    // A footnote mark: "Vehicle margin2 was".
    bool footnote = entry.any_case && entry.surface.size() >= kFootnoted && text[at] >= '1' && text[at] <= '9' &&
                    (at + 1 >= limit || !is_word_byte(text[at + 1]));
    bool plural = text[at] == 's' && !entry.any_case && (at + 1 >= limit || !is_word_byte(text[at + 1]));
    if (footnote) return at - (begin - entry.lead);
    if (!plural) return 0;
    ++at;
  }
  return at - (begin - entry.lead);
}

const NameIndex::Entry* NameIndex::longest(std::string_view text, size_t at, size_t limit, size_t covered, size_t end, uint32_t hash, size_t& length) const {
  uint32_t best = UINT32_MAX;
  for (const Node* node = root_of(hash); node != nullptr; ++end) {
    for (uint32_t i = node->entries; i < node->entries + node->entry_count; ++i) {
      const uint32_t number = ordered_[i];
      const size_t matched = match(text, at, limit, entries_[number]);
      if (matched == 0 || matched < length || (matched == length && number > best) || at - entries_[number].lead < covered) continue;
      length = matched;
      best = number;
    }
    node = node->child_count == 0 || end >= limit ? nullptr : child_of(*node, text[end]);
  }
  return best == UINT32_MAX ? nullptr : &entries_[best];
}

void NameIndex::find(std::string_view text, Span within, std::vector<NameHit>& hits) const {
  thread_local std::vector<Word> words;
  words.clear();
  find_words(text, within, words);
  find(text, within, words, hits);
}

void NameIndex::find(std::string_view text, Span within, std::span<const Word> words, std::vector<NameHit>& hits) const {
  if (entries_.empty()) return;
  const size_t limit = within.end;
  size_t covered = within.begin;
  for (size_t w = 0; w < words.size(); ++w) {
    Word word = words[w];
    if (word.begin < covered) {
      if (word.end <= covered) continue;
      word = {static_cast<uint32_t>(covered), word.end, hash_word(text, covered, word.end)};  // what a name left of it
    }
    const size_t at = word.begin, end = word.end;
    size_t length = 0;
    const Entry* best = is_held(word.hash) ? longest(text, at, limit, covered, end, word.hash, length) : nullptr;
    // A plural ("EC6s") or a footnoted word ("deliveries1") has another hash than its name: try without the last
    // character.
    if (!best && end - at > 2 && (text[end - 1] == 's' || (text[end - 1] >= '1' && text[end - 1] <= '9'))) {
      const uint32_t hash = hash_word(text, at, end - 1);
      if (is_held(hash)) best = longest(text, at, limit, covered, end - 1, hash, length);
    }
    if (!best) continue;
    const auto begin = static_cast<uint32_t>(at - best->lead);
    const auto stop = static_cast<uint32_t>(begin + length);
    hits.push_back({{begin, stop}, best->readings, best->count});
    covered = stop;
    if (stop < end) --w;  // the rest of the word
  }
}

}  // namespace factmill
