// Phrases of one or more tokens with what they mean: "per cent", "km/h", "US$", "no less than".
//
//   PhraseTable phrases;
//   phrases.add("per cent", {.kind = 3, .payload = 7}, words);
//   PhraseMatch m = phrases.longest(tokens, i, text, 3);
//
// In a phrase a space stands for whitespace or a hyphen between words (kilowatt-hour); where there is none, the text
// must have none. A phrase is a few tokens long, so looking one up takes constant time.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ruleset/value_words.h"

namespace factmill {

struct PhraseSense {
  enum class Case : uint8_t { any, exact, capital };  // capital: begins with one
  uint8_t kind = 0;
  Case letter_case = Case::any;
  uint32_t payload = 0;
  uint32_t row = 0;  // where it stands in the tables: ValueTables::row
};

class PhraseTable {
 public:
  static constexpr size_t kMaxTokens = 8;

  // False where the phrase is empty or longer than kMaxTokens.
  bool add(std::string_view phrase, PhraseSense sense, Vocabulary& words);
  // Call once after the last add.
  void finish();

  // Calls accept(sense, end) for every sense of `kind` that tokens[begin..end) has, shorter phrases first; `accept`
  // says nothing: the caller keeps what it wants.
  template <class Accept>
  void each_match(std::span<const Token> tokens, size_t begin, std::string_view text, uint8_t kind,
                  Accept accept) const {
    uint32_t node = 0;
    for (size_t i = begin, steps = 0; i < tokens.size() && steps < kMaxTokens; ++i, ++steps) {
      const bool spaced = i > begin && tokens[i].spaced();
      uint32_t next = step(node, tokens[i], i > begin, spaced);
      if (next == 0 && i > begin && is_joint(tokens, i)) {
        ++i;
        next = step(node, tokens[i], true, true);
      }
      if (next == 0) return;
      node = next;
      const Node& reached = nodes_[node];
      if (!(reached.kinds >> kind & 1)) return;
      for (uint32_t s = reached.first_sense; s < reached.first_sense + reached.sense_count; ++s) {
        const Entry& entry = entries_[s];
        if (entry.sense.kind == kind && fits(entry, tokens, begin, i + 1, text)) accept(entry.sense, i + 1);
      }
      if (!reached.has_next) return;
    }
  }

  struct Match {
    size_t end = 0;  // one past the last token; 0: none
    uint32_t payload = 0;
    uint32_t row = 0;
    explicit operator bool() const { return end != 0; }
  };
  Match longest(std::span<const Token> tokens, size_t begin, std::string_view text, uint8_t kind) const {
    Match match;
    each_match(tokens, begin, text, kind, [&](const PhraseSense& sense, size_t end) {
      match.end = end;
      match.payload = sense.payload;
      match.row = sense.row;
    });
    return match;
  }

  // How a phrase begins.
  struct Start {
    uint32_t word = 0;    // the first
    uint32_t second = 0;  // 0: there is none, or it is digits
    uint8_t kind = 0;
    bool is_whole = false;  // that word is all of it
  };
  const std::vector<Start>& starts() const { return starts_; }

 private:
  struct Node {
    uint32_t first_sense = 0;
    uint32_t sense_count = 0;
    bool has_next = false;
    uint64_t kinds = 0;  // one bit each: of the senses here and of those that longer phrases have
  };
  struct Entry {
    PhraseSense sense;
    uint32_t surface = 0;  // in surfaces_, for exact ones
    uint32_t surface_size = 0;
  };
  struct Edge {
    uint64_t key = 0;
    uint32_t next = 0;
  };

  static constexpr int kNodeShift = 34;
  static constexpr uint64_t kNumberBit = uint64_t{1} << 33;
  // A word's edge key: where it stands, whether glued to the word before, which word or number.
  static uint64_t key_of(uint32_t node, const Token& token, bool glued) {
    const bool number = token.kind == Token::Kind::number;
    return uint64_t{node} << kNodeShift | (number ? kNumberBit : 0) | uint64_t{glued} << 32 | token.word;
  }
  void reach_kinds();
  uint32_t step(uint32_t node, const Token& token, bool inner, bool spaced) const {
    if (node == 0 && token.kind != Token::Kind::number) return token.word < roots_.size() ? roots_[token.word] : 0;
    if (token.word == 0 && token.kind != Token::Kind::number) return 0;
    const uint64_t key = key_of(node, token, inner && !spaced);
    size_t slot = slot_of(key);
    while (edges_[slot].next != 0) {
      if (edges_[slot].key == key) return edges_[slot].next;
      slot = (slot + 1) & (edges_.size() - 1);
    }
    return 0;
  }
  size_t slot_of(uint64_t key) const { return (key * 0x9E3779B97F4A7C15 >> 32) & (edges_.size() - 1); }
  // tokens[i] is a hyphen with a word glued to each of its sides.
  bool is_joint(std::span<const Token> tokens, size_t i) const {
    return tokens[i].word == hyphen_ && hyphen_ != 0 && tokens[i].kind == Token::Kind::symbol && !tokens[i].spaced() &&
           i + 1 < tokens.size() && !tokens[i + 1].spaced();
  }
  bool fits(const Entry& entry, std::span<const Token> tokens, size_t begin, size_t end, std::string_view text) const {
    return entry.sense.letter_case == PhraseSense::Case::any || is_written(entry, tokens, begin, end, text);
  }
  bool is_written(const Entry& entry, std::span<const Token> tokens, size_t begin, size_t end, std::string_view text) const;

  uint32_t hyphen_ = 0;
  std::vector<Node> nodes_{1};
  std::vector<Edge> edges_{1};
  std::vector<uint32_t> roots_;  // by vocabulary number: the node behind a word or sign that a phrase begins with
  std::vector<Entry> entries_;
  std::string surfaces_;
  std::unordered_map<uint64_t, uint32_t> building_;
  std::vector<std::pair<uint32_t, Entry>> added_;
  std::vector<Start> starts_;
};

}  // namespace factmill
