// The words of a text as the value tables know them: letters, digits and signs cut apart, every word a number.
//
//   Vocabulary words;
//   words.add("billion");
//   TokenList tokens;
//   tokenize("RMB 6.4 billion", {0, 15}, words, tokens);   // unknown "RMB", number "6.4", word "billion"
//
// Words compare without regard to ASCII case. A run of unknown words is one token. What these words mean is not said
// here: see value_tables.h.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace factmill {

// Which of the word lists of the tables, at most 128 of them: those of a word, or those that a form or guard asks for.
struct ListSet {
  static constexpr size_t kMost = 128;
  uint64_t low = 0, high = 0;
  static ListSet of(size_t list) { return list < 64 ? ListSet{uint64_t{1} << list, 0} : ListSet{0, uint64_t{1} << (list - 64)}; }
  bool has(size_t list) const { return *this & of(list); }
  explicit operator bool() const { return (low | high) != 0; }
  bool operator&(const ListSet& other) const { return ((low & other.low) | (high & other.high)) != 0; }
  ListSet& operator|=(const ListSet& other) {
    low |= other.low;
    high |= other.high;
    return *this;
  }
};

struct Token {
  enum class Kind : uint8_t { word, number, symbol, line };
  enum Flag : uint8_t {
    kSpaced = 1,   // whitespace before it, or the text begins
    kGrouped = 2,  // digits with thousands separators
    kCapital = 4,  // the word begins with a capital
    kOdd = 8,      // digits that are no number: 1.2.3, 10:30, more than 38
    kUpper = 16,   // the word is all capitals
    kComma = 32,   // digits with a comma before the decimals or points between groups: 12,7 and 1.234.567
  };
  static constexpr uint32_t kNoInteger = 0xFFFFFFFF;

  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t word = 0;  // of a word or symbol: its vocabulary number, 0 unknown; of digits: their value or kNoInteger
  Kind kind = Kind::word;
  uint8_t flags = 0;
  uint8_t digits = 0;    // of a number: before the point
  uint8_t decimals = 0;  // of a number: behind the point

  bool has(Flag flag) const { return flags & flag; }
  bool spaced() const { return flags & kSpaced; }
  bool is_number() const { return kind == Kind::number && !(flags & kOdd); }
  Span span() const { return {begin, end}; }
};

// Immutable once the tables are loaded; shared by threads.
class Vocabulary {
 public:
  Vocabulary();
  // The word's number, 1 and up; new words are added. At most kMaxWordBytes long.
  uint32_t add(std::string_view word);
  // 0 where the word is not known.
  uint32_t find(std::string_view word) const { return find(word, word.size()); }
  // The same where `room` bytes may be read from word.data(): eight or more make it quicker.
  uint32_t find(std::string_view word, size_t room) const;
  // The same for a sign of one byte.
  uint32_t sign(char c) const { return signs_[static_cast<uint8_t>(c)]; }
  size_t size() const { return words_.size(); }
  const std::string& word(uint32_t number) const { return words_[number]; }

  static constexpr size_t kMaxWordBytes = 40;

 private:
  struct Slot {
    uint64_t head = 0;  // the first eight bytes, lower case
    uint32_t size = 0;
    uint32_t number = 0;
  };
  static constexpr size_t kSlots = 4096;
  static constexpr size_t kHeldBits = 1 << 16;

  void insert(uint32_t number);
  size_t first_slot(uint64_t hash) const;
  static size_t held_bit(uint64_t hash) { return hash >> 48; }

  std::vector<std::string> words_;  // lower case; [0] is empty
  std::vector<Slot> slots_;         // open addressing, a power of two
  std::array<uint32_t, 256> signs_{};
  std::vector<uint64_t> held_;  // one bit of a hash a word: most words of a text are told to be unknown by it
};

// Which sign parts the decimals: 1,234.5 or 1.234,5.
enum class DecimalSign : uint8_t { point, comma };

// What the digits of a text say of the sign before their decimals.
struct DecimalTally {
  uint32_t point = 0;  // 1,234 and 6.4
  uint32_t comma = 0;  // 1.234.567 and 12,7
  uint32_t open = 0;   // 10.000 and 12,7, read one way or the other by the sign that was asked for
  uint32_t grouped = 0;  // of the open ones 10.000
  Span first_comma;    // the first that counts in `comma`

  DecimalTally& operator+=(const DecimalTally& more) {
    if (comma == 0) first_comma = more.first_comma;
    point += more.point;
    comma += more.comma;
    open += more.open;
    grouped += more.grouped;
    return *this;
  }
};

// The tokens of one text, with the memory that they need kept for the next.
class TokenList {
 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Token& operator[](size_t i) const { return tokens_[i]; }
  std::span<const Token> view() const { return {tokens_.get(), size_}; }
  const DecimalTally& decimals() const { return decimals_; }
  // Drops the breaks behind lines of that many bytes: there running text is wrapped. A blank line stays one.
  void join_lines(uint32_t min_bytes);

 private:
  friend void tokenize_known(std::string_view, Vocabulary&, TokenList&);
  friend void tokenize(std::string_view, Span, const Vocabulary&, DecimalSign, TokenList&);
  // Room for a token a byte; what was there is gone.
  Token* room(size_t bytes);

  std::unique_ptr<Token[]> tokens_;
  size_t capacity_ = 0;
  size_t size_ = 0;
  DecimalTally decimals_;
};

// The tokens of a phrase that a table gives: every word of it is added to the vocabulary first.
void tokenize_known(std::string_view phrase, Vocabulary& words, TokenList& out);

// The tokens of text[within], in place of what `out` held, with the tally of its digits. Never fails; any bytes will
// do. Digits that can only be read with the other sign (1.234.567; 12,7 with its flag kComma) are read so under either.
void tokenize(std::string_view text, Span within, const Vocabulary& words, DecimalSign sign, TokenList& out);

}  // namespace factmill
