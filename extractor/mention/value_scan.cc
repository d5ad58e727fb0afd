#include "mention/value_scan.h"

namespace factmill {

namespace {

// What a word must be able to begin for anything to begin at it. The rest (units, joints, rates) only follow.
constexpr uint64_t kDateOpeners = sense_bit(Sense::date_role) | sense_bit(Sense::date_part) | sense_bit(Sense::date_between);
constexpr uint64_t kAmountOpeners = sense_bit(Sense::currency_before) | sense_bit(Sense::numeral) | sense_bit(Sense::article) |
                                    sense_bit(Sense::part) | sense_bit(Sense::ordinal) | sense_bit(Sense::ordinal_scale) | sense_bit(Sense::ordinal_prefix) |
                                    sense_bit(Sense::multiple) | sense_bit(Sense::qualifier_before) | sense_bit(Sense::negative) |
                                    sense_bit(Sense::positive) | sense_bit(Sense::range_from) | sense_bit(Sense::range_between);
// What a word is that is a value all by itself; behind every other opener stands a number or a word of the tables.
constexpr uint64_t kWhole = sense_bit(Sense::numeral) | sense_bit(Sense::ordinal) | sense_bit(Sense::multiple) |
                            sense_bit(Sense::ordinal_scale);
// What a value may begin with where a text does: "Thousand litres of it", "point 77".
constexpr uint64_t kTextOpeners = sense_bit(Sense::multiplier) | sense_bit(Sense::scale) | sense_bit(Sense::decimal_point) |
                                  sense_bit(Sense::lone) | sense_bit(Sense::fraction);

// What cannot stand behind "more than", "RMB" or "a".
constexpr uint64_t kNotAfterOpener =
    sense_bit(Sense::range_to) | sense_bit(Sense::range_and) | sense_bit(Sense::list_and) | sense_bit(Sense::list_comma) | sense_bit(Sense::list_tight) |
    sense_bit(Sense::per) | sense_bit(Sense::per_article) | sense_bit(Sense::never) | sense_bit(Sense::date_to) | sense_bit(Sense::date_and) |
    kDateOpeners | kDateStart | kDateWhole | kAsideStart | kAsideWhole;

constexpr int kMaxOpeners = 3;  // "by the end of": asked no further

}  // namespace

// Whether the word at i and the one behind it may begin something: most words that might do not.
bool ValueScan::may_open(size_t i, uint64_t bits, int openers) const {
  if (bits & (kWhole | (asides_ ? kAsideWhole : kDateWhole))) return true;
  if ((bits & sense_bit(Sense::part)) && i > 0 && on_list(i - 1, List::by)) return true;  // "fell by half."
  const uint64_t dates = kDateOpeners | date_start();
  if (!(bits & (dates | kAmountOpeners | sense_bit(Sense::never))) || !is_known(i + 1)) return false;
  const Token& next = at(i + 1);
  if (next.kind == Token::Kind::number || is_sign(i + 1, '-') || is_point_number(i + 1) || openers == 0) return true;
  if (tables_.may_begin(at(i).word, next.word)) return true;
  const uint64_t whole = tables_.whole(at(i).word), after = tables_.starts(next.word);
  if ((whole & kAmountOpeners) && (after & ~kNotAfterOpener)) return true;
  return (whole & kDateOpeners) && (after & dates) && may_open(i + 1, after, openers - 1);
}

void ValueScan::run() {
  const uint64_t date_openers = kDateOpeners | date_start();
  for (size_t i = 0; i < size();) {
    if (at(i).kind == Token::Kind::word && at(i).word == 0) {
      ++i;
      continue;
    }
    const bool number = at(i).kind == Token::Kind::number;
    const uint64_t bits = starts(i);
    size_t end = 0;
    if (number || may_open(i, bits, kMaxOpeners) || on_list(i, List::link)) {
      end = skip_nothing_of_value(i);
      if (end == 0 && (number || (bits & date_openers))) end = read_date(i);
      if (end == 0 && (number || (bits & kAmountOpeners))) end = read_amounts(i);
    } else if (is_point_number(i) || begins_bracketed(i, bits) || (i == 0 && (bits & kTextOpeners))) {
      end = read_amounts(i);
    }
    i = end > i ? end : i + 1;
  }
}

// Whether the tokens before i are the whole text, of annotations: "one" is a number then and no pronoun.
bool ValueScan::is_all(size_t i) const {
  return asides_ && i == size() && at(0).begin == 0 && text_.find_first_not_of(" \n", at(i - 1).end) == std::string_view::npos;
}

// Whether the amount, which ends at `end`, is the whole text but for a sign before it.
bool ValueScan::is_whole(const Amount& amount, size_t end) const {
  const bool opens = amount.begin == 0 || (amount.begin == 1 && at(0).kind == Token::Kind::symbol);
  return opens && is_all(end);
}

// Ideographs are words without a gap: 3.5亿元.
bool ValueScan::are_solid(size_t i) const {
  const auto is_ideograph = [&](const Token& token) { return text_[token.begin] >= '\xE3' && text_[token.begin] <= '\xE9'; };
  const auto is_solid = [&](const Token& token) {
    return token.kind == Token::Kind::number || (token.kind == Token::Kind::word && !is_ideograph(token));
  };
  return is_solid(at(i)) && is_solid(at(i - 1));
}

ValueScan::Match ValueScan::look_up(size_t i, Sense sense) const {
  return tables_.phrases().longest(tokens_, i, text_, static_cast<uint8_t>(sense));
}

size_t ValueScan::skip_nothing_of_value(size_t i) const {
  if (size_t end = skip_link(i)) return end;
  if (size_t end = skip_list_number(i)) return end;
  if (size_t end = skip_telephone(i)) return end;
  if (size_t end = skip_citation(i)) return end;
  const bool hyphened = is_number(i) && is_sign(i + 1, '-') && glued(i + 1);  // 10-K, 2-in-1
  return (hyphened ? look_up(i, Sense::never) : longest(i, Sense::never)).end;
}

// https://example.com/2024/08/21/: up to the next space.
size_t ValueScan::skip_link(size_t i) const {
  if (!on_list(i, List::link) || !(is_sign(i + 1, ':') || is_sign(i + 1, '.')) || !glued(i + 1)) return 0;
  size_t end = i + 2;
  while (glued(end)) ++end;
  return end;
}

// "1. Xiaomi", "2) Nio" where a line begins.
size_t ValueScan::skip_list_number(size_t i) const {
  if (!is_number(i) || at(i).decimals > 0 || at(i).digits > 2) return 0;
  if (i > 0 && at(i - 1).kind != Token::Kind::line) return 0;
  if (!(is_sign(i + 1, '.') || is_sign(i + 1, ')')) || !glued(i + 1)) return 0;
  return i + 2 < size() && at(i + 2).spaced() ? i + 2 : 0;
}

// "sold 500 cars.[12]", "[1][2]": the number of a note, right behind what it belongs to.
size_t ValueScan::skip_citation(size_t i) const {
  constexpr uint8_t kDigits = 3;
  if (!is_number(i) || i == 0 || !is_sign(i - 1, '[') || !glued(i) || !is_sign(i + 1, ']') || !glued(i + 1)) return 0;
  const bool plain = at(i).decimals == 0 && at(i).digits <= kDigits && !at(i).has(Token::kGrouped);
  const bool behind = i > 1 && (glued(i - 1) || (is_sign(i - 2, '[') || is_sign(i - 2, ']')));
  return plain && behind ? i + 1 : 0;
}

// +86 10 1234 5678, +1 (650) 555-0134: a plus, and groups of digits behind it.
size_t ValueScan::skip_telephone(size_t i) const {
  constexpr size_t kMinTelephone = 7;
  if (!is_sign(i, '+') || !glued(i + 1) || !is_digit_group(i + 1) || at(i + 1).digits > 3) return skip_local_telephone(i);
  size_t end = i + 2;
  size_t digits = at(i + 1).digits;
  for (size_t groups = 0; groups < 6; ++groups) {
    const bool area = is_sign(end, '(') && is_sign(end + 2, ')');
    const size_t next = area || (is_sign(end, '-') && glued(end)) ? end + 1 : end;
    if (!is_digit_group(next)) break;
    digits += at(next).digits;
    end = area ? next + 2 : next + 1;
  }
  return digits >= kMinTelephone ? end : 0;  // not +25-31%
}

bool ValueScan::is_digit_group(size_t i) const { return is_number(i) && at(i).decimals == 0 && !at(i).has(Token::kGrouped); }

// (555) 123-4567, (021) 6768 1234; where no hyphen shows it, a zero leads.
size_t ValueScan::skip_local_telephone(size_t i) const {
  constexpr uint8_t kLast = 4;
  const bool area = is_digit_group(i) && at(i).digits >= 3 && at(i).digits <= 4 && i > 0 && is_sign(i - 1, '(') && is_sign(i + 1, ')');
  if (!area || !is_digit_group(i + 2) || at(i + 2).digits < 3 || at(i + 2).digits > 4) return 0;
  const bool hyphened = is_sign(i + 3, '-') && glued(i + 3) && glued(i + 4);
  const size_t last = hyphened ? i + 4 : i + 3;
  if (!is_digit_group(last) || at(last).digits != kLast || (!hyphened && text_[at(i).begin] != '0')) return 0;
  return last + 1;
}

// Whether the digits at i are not part of a name, a code or an address: SU7, ID.4, (HKG: 1810), user@2024, '24.
bool ValueScan::stands_free(size_t i) const {
  if (i == 0) return true;
  const bool colon = is_sign(i - 1, ':');
  if (colon && i >= 2 && on_list(i - 2, List::exchange)) return false;
  if (at(i).spaced()) return true;
  if (at(i - 1).kind == Token::Kind::word || at(i - 1).kind == Token::Kind::number) return false;
  const char before = text_[at(i - 1).begin];
  constexpr std::string_view kTies = ".@=&%\\/#'+^";
  if (kTies.find(before) != kTies.npos) return false;
  // CS-75, 021-555: the hyphen ties, unless something else stands before it.
  if (before == '-') return i < 2 || at(i - 1).spaced() || at(i - 2).kind == Token::Kind::symbol;
  return true;
}

// The same for what follows: 7X, 9866.HK, 10 am.
bool ValueScan::ends_free(const Amount& amount) const {
  const size_t i = amount.end;
  // 4931x1960x1474
  const bool crossed = runs_on(i) && may_start(i, Sense::list_tight) && glued(i + 1) && is_number(i + 1);
  // "$109,410to install": a space that was lost; no name begins with an amount of money.
  const bool priced = amount.currency_before && amount.grouped && is_word(i) && at(i).span().size() > 1;
  if (runs_on(i) && !crossed && !priced) return false;
  if (amount.unit != 0) return true;
  if (on_list(i, List::clock)) return false;
  if (is_sign(i, '\'') && glued(i) && glued(i + 1) && is_word(i + 1)) return false;  // 80's, Model 3's
  if (is_sign(i, '.') && glued(i) && on_list(i + 1, List::exchange_suffix) && at(i + 1).has(Token::kUpper)) return false;
  return !((is_sign(i, '@') || is_sign(i, '_') || is_sign(i, '=')) && glued(i));
}

namespace {

constexpr uint32_t kMinWrapped = 25;  // bytes of a line that may be wrapped; shorter ones are rows and headings

// A paragraph of no end is read in pieces, so that its tokens fill no memory without end.
uint32_t piece_end(std::string_view text, Span within) {
  constexpr uint32_t kPiece = 1 << 16;
  if (within.size() <= kPiece) return within.end;
  const size_t space = text.substr(within.begin, kPiece).rfind(' ');
  return within.begin + (space == std::string_view::npos || space == 0 ? kPiece : static_cast<uint32_t>(space));
}

}  // namespace

void ValueReader::read(std::string_view text, Span within, ValueList& out, DecimalSign sign, ReadFor purpose) const {
  while (!within.empty()) {
    const Span piece = {within.begin, piece_end(text, within)};
    tokenize(text, piece, tables_.vocabulary(), sign, out.tokens);
    if (purpose == ReadFor::annotations) out.tokens.join_lines(kMinWrapped);
    out.decimals += out.tokens.decimals();
    ValueScan(text, tables_, sign, out, purpose).run();
    within.begin = piece.end;
  }
}

// "Sealion 7 - 2,795", "Model 3 - 433": the figure that ends a name begins no range, and what stands behind the dash is a number
// of its own.
bool ValueReader::keep_upper_end(std::string_view text, uint32_t name_end, Value& value) const {
  if (!value.is_range || name_end <= value.span.begin || name_end >= value.span.end) return false;
  const size_t begin = text.find_first_not_of(" -", name_end);
  if (begin == std::string_view::npos || begin >= value.span.end) return false;
  ValueList behind;
  read(text, {static_cast<uint32_t>(begin), value.outer.end}, behind);
  if (behind.values.size() != 1 || behind.values[0].is_range || behind.values[0].type == ValueType::date) return false;
  const Value& upper = behind.values[0];
  value.is_range = value.approximate = false;
  value.qualifier = upper.qualifier;
  value.low = value.high = upper.low;
  value.bare = upper.bare;
  value.span = upper.span;
  value.outer = upper.outer;
  return true;
}

}  // namespace factmill
