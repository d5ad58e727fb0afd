#include "ruleset/phrase_table.h"

#include <algorithm>

namespace factmill {

// Every node learns the kinds of the nodes behind it; those were made later.
void PhraseTable::reach_kinds() {
  std::vector<std::pair<uint32_t, uint64_t>> children;
  for (const auto& [key, next] : building_) children.emplace_back(next, key);
  std::sort(children.rbegin(), children.rend());
  for (const auto& [next, key] : children) {
    const auto parent = static_cast<uint32_t>(key >> kNodeShift);
    nodes_[parent].kinds |= nodes_[next].kinds;
    const auto word = static_cast<uint32_t>(key);
    if (parent != 0 || (key & kNumberBit)) continue;
    if (roots_.size() <= word) roots_.resize(word + 1);
    roots_[word] = next;
  }
}

bool PhraseTable::add(std::string_view phrase, PhraseSense sense, Vocabulary& words) {
  hyphen_ = words.add("-");
  TokenList tokens;
  tokenize_known(phrase, words, tokens);
  if (tokens.empty() || tokens.size() > kMaxTokens) return false;
  uint32_t node = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const uint64_t key = key_of(node, tokens[i], i > 0 && !tokens[i].spaced());
    const auto [edge, is_new] = building_.emplace(key, static_cast<uint32_t>(nodes_.size()));
    if (is_new) {
      nodes_[node].has_next = true;
      nodes_.emplace_back();
    }
    node = edge->second;
  }
  Entry entry{sense, static_cast<uint32_t>(surfaces_.size()), static_cast<uint32_t>(phrase.size())};
  surfaces_ += phrase;
  added_.emplace_back(node, entry);
  if (tokens[0].kind != Token::Kind::number) {
    starts_.push_back({tokens[0].word, tokens.size() > 1 && tokens[1].kind != Token::Kind::number ? tokens[1].word : 0,
                       sense.kind, tokens.size() == 1});
  }
  return true;
}

void PhraseTable::finish() {
  std::stable_sort(added_.begin(), added_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [node, entry] : added_) {
    if (nodes_[node].sense_count == 0) nodes_[node].first_sense = static_cast<uint32_t>(entries_.size());
    ++nodes_[node].sense_count;
    nodes_[node].kinds |= uint64_t{1} << entry.sense.kind;
    entries_.push_back(entry);
  }
  reach_kinds();
  size_t size = 64;
  while (size < building_.size() * 2) size *= 2;
  edges_.assign(size, {});
  std::vector<std::pair<uint64_t, uint32_t>> sorted(building_.begin(), building_.end());
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [key, next] : sorted) {
    size_t slot = slot_of(key);
    while (edges_[slot].next != 0) slot = (slot + 1) & (edges_.size() - 1);
    edges_[slot] = {key, next};
  }
  building_.clear();
  added_.clear();
}

// As the table has it: its letters, or its first capital.
bool PhraseTable::is_written(const Entry& entry, std::span<const Token> tokens, size_t begin, size_t end,
                             std::string_view text) const {
  switch (entry.sense.letter_case) {
    case PhraseSense::Case::any:
      return true;
    case PhraseSense::Case::capital:
      return tokens[begin].has(Token::kCapital);
    case PhraseSense::Case::exact:
      break;
  }
  const std::string_view surface = std::string_view(surfaces_).substr(entry.surface, entry.surface_size);
  return text.substr(tokens[begin].begin, tokens[end - 1].end - tokens[begin].begin) == surface;
}

}  // namespace factmill
