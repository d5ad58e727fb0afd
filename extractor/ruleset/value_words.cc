#include "ruleset/value_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kMaxDigits = 38;

enum class Byte : uint8_t { sign, letter, digit, space, line, high };

constexpr std::array<Byte, 256> byte_classes() {
  std::array<Byte, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
      classes[c] = Byte::letter;
    } else if (c >= '0' && c <= '9') {
      classes[c] = Byte::digit;
    } else if (c == '\n') {
      classes[c] = Byte::line;
    } else if (c <= ' ' || c == 0x7F) {
      classes[c] = Byte::space;
    } else if (c >= 0x80) {
      classes[c] = Byte::high;
    }
  }
  return classes;
}
constexpr std::array<Byte, 256> kBytes = byte_classes();

Byte byte_at(const char* p) { return kBytes[static_cast<uint8_t>(*p)]; }

// A character beyond ASCII: what it is and how many bytes it has. Damaged bytes are signs of one byte.
struct Wide {
  Byte kind;
  uint8_t size;
  bool alone = false;  // an ideograph: a word by itself
};

Wide wide_at(const char* p, const char* end) {
  const auto lead = static_cast<uint8_t>(*p);
  const int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (size == 1 || end - p < size) return {Byte::sign, 1};
  uint32_t code = lead & (0xFF >> (size + 1));
  for (int i = 1; i < size; ++i) {
    const auto tail = static_cast<uint8_t>(p[i]);
    if ((tail & 0xC0) != 0x80) return {Byte::sign, 1};
    code = code << 6 | (tail & 0x3F);
  }
  const auto bytes = static_cast<uint8_t>(size);
  if (code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0x3000)
    return {Byte::space, bytes};
  if (code < 0xC0) return {code == 0xAA || code == 0xB5 || code == 0xBA ? Byte::letter : Byte::sign, bytes};
  if (code == 0xD7 || code == 0xF7) return {Byte::sign, bytes};
  if (code >= 0x2010 && code < 0x2E80) return {Byte::sign, bytes};
  if (code >= 0x3001 && code <= 0x303F) return {Byte::sign, bytes};
  if (code >= 0xFF00 && code <= 0xFFEF) return {Byte::sign, bytes};
  if (code >= 0x2E80 && code <= 0x9FFF) return {Byte::letter, bytes, true};
  return {Byte::letter, bytes};
}

// How many of the bytes from p on are ASCII letters or '_', at most `room`. Two dozen instructions for a word: this is
// where most of a text is passed.
size_t letters_at(const char* p, size_t room) {
  size_t count = 0;
#if defined(__SSE2__)
  for (; room - count >= 16; count += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + count));
    // 'a'..'z' moved down to the 26 smallest of the signed bytes.
    const __m128i moved =
        _mm_add_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8(static_cast<char>(0x80 - 'a')));
    const __m128i letters = _mm_cmplt_epi8(moved, _mm_set1_epi8(static_cast<char>(0x80 + 26)));
    const __m128i either = _mm_or_si128(letters, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
    const auto others = static_cast<uint32_t>(_mm_movemask_epi8(either)) ^ 0xFFFF;
    if (others != 0) return count + static_cast<size_t>(std::countr_zero(others));
  }
#endif
  while (count < room && byte_at(p + count) == Byte::letter) ++count;
  return count;
}

// Lower case for the ASCII letters among eight bytes.
uint64_t lower_eight(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  const uint64_t low = bytes & (kOnes * 0x7F);
  const uint64_t above_z = low + kOnes * (0x7F - 'Z');
  const uint64_t from_a = low + kOnes * (0x80 - 'A');
  const uint64_t capital = (from_a ^ above_z) & ~bytes & (kOnes * 0x80);
  return bytes | capital >> 2;
}

uint64_t first_eight(const char* word, size_t size, size_t room) {
  uint64_t head = 0;
  if (room < 8) {
    std::memcpy(&head, word, std::min<size_t>(size, 8));
    return head;
  }
  std::memcpy(&head, word, 8);
  return size < 8 ? head & ((uint64_t{1} << (size * 8)) - 1) : head;
}

uint64_t hash_of(uint64_t head, size_t size) { return (head ^ static_cast<uint64_t>(size) << 56) * 0x9E3779B97F4A7C15; }

class Tokenizer {
 public:
  // `grow`: the vocabulary, where unknown words are to be added to it. `out` has room for a token a byte.
  Tokenizer(std::string_view text, Span within, const Vocabulary& words, Vocabulary* grow, DecimalSign sign, Token* out)
      : base_(text.data()),
        end_(base_ + within.end),
        at_(base_ + within.begin),
        words_(words),
        grow_(grow),
        sign_(sign),
        first_(out),
        out_(out) {}

  size_t run() {
    while (at_ < end_) {
      switch (byte_at(at_)) {
        case Byte::letter:
          word();
          break;
        case Byte::digit:
          number();
          break;
        case Byte::sign:
          symbol(1);
          break;
        case Byte::high:
          wide();
          break;
        case Byte::space:
          ++at_;
          spaced_ = true;
          break;
        case Byte::line:
          add(Token::Kind::line, at_ + 1);
          spaced_ = true;
          break;
      }
    }
    return static_cast<size_t>(out_ - first_);
  }
  const DecimalTally& tally() const { return tally_; }

 private:
  Token& add(Token::Kind kind, const char* end) {
    *out_ = {static_cast<uint32_t>(at_ - base_),
             static_cast<uint32_t>(end - base_),
             0,
             kind,
             static_cast<uint8_t>(spaced_ ? Token::kSpaced : 0),
             0,
             0};
    spaced_ = false;
    at_ = end;
    return *out_++;
  }

  void wide() {
    const Wide c = wide_at(at_, end_);
    if (c.kind == Byte::space) {
      at_ += c.size;
      spaced_ = true;
    } else if (c.kind == Byte::letter) {
      word();
    } else {
      symbol(c.size);
    }
  }

  uint32_t number_of(size_t size) {
    if (size > Vocabulary::kMaxWordBytes) return 0;
    if (grow_) return grow_->add({at_, size});
    return words_.find({at_, size}, static_cast<size_t>(end_ - at_));
  }

  void symbol(size_t size) {
    const uint32_t number = size == 1 && !grow_ ? words_.sign(*at_) : number_of(size);
    add(Token::Kind::symbol, at_ + size).word = number;
  }

  const char* word_end() const {
    const char* p = at_;
    while (true) {
      p += letters_at(p, static_cast<size_t>(end_ - p));
      if (p == end_ || byte_at(p) != Byte::high) return p;
      const Wide c = wide_at(p, end_);
      if (c.kind != Byte::letter) return p;
      if (c.alone) return p == at_ ? p + c.size : p;
      p += c.size;
    }
  }

  void word() {
    const char* end = word_end();
    const uint32_t number = number_of(static_cast<size_t>(end - at_));
    if (number == 0 && joins_unknown()) {
      out_[-1].end = static_cast<uint32_t>(end - base_);
      spaced_ = false;
      at_ = end;
      return;
    }
    const uint8_t flags = is_upper(*at_) ? case_of(at_, end) : 0;
    Token& token = add(Token::Kind::word, end);
    token.word = number;
    token.flags |= flags;
  }

  static uint8_t case_of(const char* p, const char* end) {
    for (; p < end; ++p) {
      if (is_lower(*p)) return Token::kCapital;
    }
    return Token::kCapital | Token::kUpper;
  }

  bool joins_unknown() const {
    return spaced_ && out_ != first_ && out_[-1].kind == Token::Kind::word && out_[-1].word == 0;
  }

  static const char* digits_end(const char* p, const char* end) {
    while (p < end && is_digit(*p)) ++p;
    return p;
  }

  bool digit_at(const char* p) const { return p < end_ && is_digit(*p); }

  // Groups behind the first digits: ",234,567", "'599" or ",59,900". Nothing where they are not regular to the end.
  const char* groups_end(const char* p, size_t first, char sign) const {
    if (first > 3) return p;
    const char* q = p;
    size_t pairs = 0;
    while (q < end_ && *q == sign) {
      const char* group = digits_end(q + 1, end_);
      const auto size = group - q - 1;
      if (size == 3) {
        q = group;
        // Behind pairs (1,59,900) the group of three is the last.
        if (pairs > 0) return q < end_ && *q == sign && digit_at(q + 1) ? p : q;
      } else if (size == 2 && first <= 2 && sign == ',' && (pairs > 0 || q == p)) {
        ++pairs;
        q = group;
      } else {
        return size == 0 && pairs == 0 ? q : p;
      }
    }
    return pairs == 0 ? q : p;
  }

  void number() {
    uint32_t value = 0;
    const char* first_end = at_;
    for (; first_end < end_ && is_digit(*first_end); ++first_end)
      value = value * 10 + static_cast<uint32_t>(*first_end - '0');
    const auto first = static_cast<size_t>(first_end - at_);
    const char next = first_end < end_ ? *first_end : ' ';
    if (first > 9 || ((next == ',' || next == '.' || next == ':' || next == '\'') && digit_at(first_end + 1)))
      return long_number(first_end, first);
    Token& token = add(Token::Kind::number, first_end);
    token.word = value;
    token.digits = static_cast<uint8_t>(first);
  }

  // Digits with signs among them.
  void long_number(const char* first_end, size_t first) {
    if (comma_number(first_end, first)) return;
    const char groups = first_end < end_ && *first_end == '\'' ? '\'' : ',';
    const char* whole_end = groups_end(first_end, first, groups);
    const char* end = whole_end;
    uint8_t flags = whole_end > first_end ? Token::kGrouped : 0;
    if (end < end_ && *end == '.' && digit_at(end + 1)) end = digits_end(end + 1, end_);
    // 1.2.3, 10:30: digits that hang together and are no number.
    const bool hangs_on = end < end_ && (*end == '.' || *end == ':' || (*end == ',' && first <= 3));
    if (hangs_on && digit_at(end + 1)) {
      flags |= Token::kOdd;
      end = chain_end(end);
    } else if (whole_end == first_end && end - whole_end == 4 && first <= 3 && *at_ != '0') {
      ++tally_.open;  // 10.000
      ++tally_.grouped;
    } else if (end > first_end) {
      ++tally_.point;
    }
    finish_number(whole_end, end, flags);
  }

  const char* chain_end(const char* end) const {
    while (end < end_ && (is_digit(*end) || ((*end == ',' || *end == '.' || *end == ':') && digit_at(end + 1)))) ++end;
    return end;
  }

  // 1.234.567, 1.234,5 and 12,7; where the text is known to write so also 10.000 and 0,125.
  bool comma_number(const char* first_end, size_t first) {
    const char* whole_end = groups_end(first_end, *at_ == '0' ? 4 : first, '.');
    const auto groups = (whole_end - first_end) / 4;
    const char* end = whole_end;
    if (end < end_ && *end == ',' && digit_at(end + 1)) end = digits_end(end + 1, end_);
    const auto decimals = end - whole_end;  // with the comma
    if (end == first_end || chain_end(end) != end) return false;
    const bool sure = groups == 2 || (groups == 1 && decimals > 0);
    const bool likely = groups == 0 && (decimals == 2 || decimals == 3);
    if (likely) ++tally_.open;
    if (!sure && !likely && sign_ == DecimalSign::point) return false;
    if (sure || likely) {
      if (tally_.comma++ == 0)
        tally_.first_comma = {static_cast<uint32_t>(at_ - base_), static_cast<uint32_t>(end - base_)};
    }
    finish_number(whole_end, end, static_cast<uint8_t>(Token::kComma | (groups > 0 ? Token::kGrouped : 0)));
    return true;
  }

  void finish_number(const char* whole_end, const char* end, uint8_t flags) {
    size_t digits = 0;
    uint64_t value = 0;
    for (const char* p = at_; p < whole_end && p < end; ++p) {
      if (!is_digit(*p)) continue;
      ++digits;
      if (digits <= 9) value = value * 10 + static_cast<uint64_t>(*p - '0');
    }
    const size_t decimals = end > whole_end ? static_cast<size_t>(end - whole_end) - 1 : 0;
    if (digits + decimals > kMaxDigits) flags |= Token::kOdd;
    Token& token = add(Token::Kind::number, end);
    token.flags |= flags;
    const bool odd = flags & Token::kOdd;
    token.word = odd || digits > 9 || decimals > 0 ? Token::kNoInteger : static_cast<uint32_t>(value);
    token.digits = odd ? 0 : static_cast<uint8_t>(digits);
    token.decimals = odd ? 0 : static_cast<uint8_t>(decimals);
  }

  const char* base_;
  const char* end_;
  const char* at_;
  const Vocabulary& words_;
  Vocabulary* grow_;
  DecimalSign sign_;
  DecimalTally tally_;
  Token* first_;
  Token* out_;
  bool spaced_ = true;
};

}  // namespace

Vocabulary::Vocabulary() : words_(1), slots_(kSlots), held_(kHeldBits / 64) {}

uint32_t Vocabulary::add(std::string_view word) {
  assert(!word.empty() && word.size() <= kMaxWordBytes);
  if (const uint32_t known = find(word)) return known;
  std::string& kept = words_.emplace_back(word);
  for (char& c : kept) c = lower(c);
  if (words_.size() * 4 > slots_.size()) {
    slots_.assign(slots_.size() * 2, {});
    for (uint32_t i = 1; i + 1 < words_.size(); ++i) insert(i);
  }
  insert(static_cast<uint32_t>(words_.size() - 1));
  return static_cast<uint32_t>(words_.size() - 1);
}

void Vocabulary::insert(uint32_t number) {
  const std::string& word = words_[number];
  if (word.size() == 1) signs_[static_cast<uint8_t>(word[0])] = number;
  const uint64_t head = first_eight(word.data(), word.size(), word.size());
  const uint64_t hash = hash_of(head, word.size());
  held_[held_bit(hash) / 64] |= uint64_t{1} << held_bit(hash) % 64;
  size_t slot = first_slot(hash);
  while (slots_[slot].number != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = {head, static_cast<uint32_t>(word.size()), number};
}

uint32_t Vocabulary::find(std::string_view word, size_t room) const {
  const uint64_t head = lower_eight(first_eight(word.data(), word.size(), room));
  const uint64_t hash = hash_of(head, word.size());
  if (!(held_[held_bit(hash) / 64] >> held_bit(hash) % 64 & 1)) return 0;
  for (size_t at = first_slot(hash); slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.head != head || slot.size != word.size()) continue;
    const std::string& known = words_[slot.number];
    size_t i = 8;
    while (i < word.size() && lower(word[i]) == known[i]) ++i;
    if (i >= word.size()) return slot.number;
  }
  return 0;
}

size_t Vocabulary::first_slot(uint64_t hash) const { return static_cast<size_t>(hash >> 20) & (slots_.size() - 1); }

Token* TokenList::room(size_t bytes) {
  if (bytes > capacity_) {
    capacity_ = std::max(bytes, capacity_ * 2);
    tokens_ = std::make_unique<Token[]>(capacity_);
  }
  return tokens_.get();
}

void TokenList::join_lines(uint32_t min_bytes) {
  size_t kept = 0;
  uint32_t line_begin = size_ == 0 ? 0 : tokens_[0].begin;
  for (size_t i = 0; i < size_; ++i) {
    const Token token = tokens_[i];
    if (token.kind == Token::Kind::line) {
      const bool blank = i + 1 < size_ && tokens_[i + 1].kind == Token::Kind::line;
      const bool wrapped = token.begin - line_begin >= min_bytes && !blank;
      line_begin = token.end;
      if (wrapped) continue;
    }
    tokens_[kept++] = token;
  }
  size_ = kept;
}

void tokenize_known(std::string_view phrase, Vocabulary& words, TokenList& out) {
  out.size_ = Tokenizer(phrase, {0, static_cast<uint32_t>(phrase.size())}, words, &words, DecimalSign::point,
                        out.room(phrase.size()))
                  .run();
}

void tokenize(std::string_view text, Span within, const Vocabulary& words, DecimalSign sign, TokenList& out) {
  assert(within.begin <= within.end && within.end <= text.size());
  Tokenizer tokenizer(text, within, words, nullptr, sign, out.room(within.size()));
  out.size_ = tokenizer.run();
  out.decimals_ = tokenizer.tally();
}

}  // namespace factmill
