// One paragraph's reading: tokens to values, left to right. Internal to the value reader; see value.h for the contract.
//
// At each token that may begin something, dates are tried first, then amounts; what is read is skipped over. Every
// attempt looks at a bounded number of tokens, so the whole is linear.
//   value_scan.cc     the loop, and what tokens look like
//   value_number.cc   a number in digits or words with its scale
//   value_fraction.cc  parts: 3/4, two thirds, two and a half
//   value_amount.cc   one number with its currency, unit and rate
//   value_ordinal.cc  ordinals and multiples
//   value_bracket.cc  what stands around numbers: brackets of accounts, two bounds, shares (one in five)
//   value_chain.cc    ranges and lists of amounts: which share a currency, scale or unit
//   date_scan.cc      dates
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mention/value.h"
#include "ruleset/value_tables.h"

namespace factmill {

// A number with what belongs to it, before ranges and lists are settled. Token positions are indexes.
struct Amount {
  size_t outer_begin = 0;  // first token with its sign
  size_t begin = 0;        // first token of the value itself
  size_t end = 0;          // one past the last
  size_t outer_end = 0;    // with qualifiers behind it
  Decimal number;          // as written, without sign and scale
  int exponent = 0;        // of its scale words
  int unit_exponent = 0;   // cents: -2
  int decimals = 0;
  bool scaled = false;
  bool grouped = false;
  int factor = 0;          // of its last word: 100 of "two hundred"
  bool comma = false;      // before the decimals, or points between groups
  bool in_words = false;
  bool fraction = false;   // "three quarters", 3/4: with no scale or unit yet
  bool part = false;       // the same in words of which facts take the percents: "a third"
  bool rest = false;       // of a larger unit: 12 ft | 2 in
  bool article = false;    // "an hour"
  bool negative = false;
  bool has_sign = false;    // a sign stands before it
  bool currency_before = false;
  uint16_t mark = 0;       // shared by several currencies; see Value::mark
  uint16_t unit = 0;
  uint16_t per = 0;
  Qualifier qualifier = Qualifier::exact;  // of words behind it

  bool is_plain() const { return !scaled && !grouped && decimals == 0 && factor == 0 && unit == 0 && !in_words; }
};

// "About" gives way to any other word, and none to all.
inline bool is_stronger(Qualifier a, Qualifier b) { return b == Qualifier::exact || (a != Qualifier::about && b == Qualifier::about); }

class ValueScan {
 public:
  ValueScan(std::string_view text, const ValueTables& tables, DecimalSign sign, ValueList& out, ReadFor purpose)
      : text_(text), tables_(tables), sign_(sign), tokens_(out.tokens.view()), out_(out), asides_(purpose == ReadFor::annotations) {}

  void run();

 private:
  using Match = PhraseTable::Match;

  static constexpr size_t kMaxChain = 24;
  enum class Joint : uint8_t { none, range, open, closed, tight };  // between two amounts; `open`: a comma

  struct Chain {
    std::array<Amount, kMaxChain> items;
    std::array<Amount, kMaxChain> glosses;  // the same amount in another currency, in a bracket behind items[i]; empty: none
    std::array<Joint, kMaxChain> joints;  // [i] stands before items[i]
    size_t count = 0;
  };
  // A number in words below a thousand, or some hundreds.
  struct WordNumber {
    int64_t value = 0;
    size_t end = 0;  // where it began: none
    int factor = 0;  // its last word, where that is a multiplier
    bool ordinal = false;
  };
  // What stands before an amount.
  struct Lead {
    size_t begin = 0;    // outer begin
    size_t number = 0;   // where the amount begins
    Qualifier qualifier = Qualifier::exact;
    bool about = false;
    size_t opened = 0;   // one past "from" or "between"
    bool mark = false;   // a mark that is passed: "below 20,000"
    bool from = false;
    bool between = false;
    bool tied = false;   // a hyphen joins it to the number: sub-200,000
  };

  // --- tokens
  const Token& at(size_t i) const { return tokens_[i]; }
  size_t size() const { return tokens_.size(); }
  bool is_word(size_t i) const { return i < size() && at(i).kind == Token::Kind::word; }
  bool is_number(size_t i) const { return i < size() && at(i).is_number(); }
  bool is_known(size_t i) const { return i < size() && (at(i).word != 0 || at(i).kind == Token::Kind::number); }
  // A sign token of this ASCII character.
  bool is_sign(size_t i, char c) const { return i < size() && at(i).kind == Token::Kind::symbol && text_[at(i).begin] == c; }
  bool glued(size_t i) const { return i < size() && !at(i).spaced(); }
  bool may_open(size_t i, uint64_t bits, int openers) const;
  // tokens i-1 and i are letters or digits without a gap.
  bool runs_on(size_t i) const { return i != 0 && i < size() && !at(i).spaced() && are_solid(i); }
  bool are_solid(size_t i) const;
  bool is_all(size_t i) const;
  bool is_whole(const Amount& amount, size_t end) const;
  uint64_t starts(size_t i) const {
    return i >= size() || at(i).kind == Token::Kind::number ? 0 : tables_.starts(at(i).word);
  }
  bool may_start(size_t i, Sense sense) const { return starts(i) & sense_bit(sense); }
  bool on_list(size_t i, List list) const { return is_word(i) && tables_.is_on(at(i).word, list); }
  Match longest(size_t i, Sense sense) const { return may_start(i, sense) ? look_up(i, sense) : Match(); }
  Match look_up(size_t i, Sense sense) const;
  // Skips a hyphen that joins the token before i to a word.
  size_t over_hyphen(size_t i) const { return is_sign(i, '-') && glued(i) && is_word(i + 1) && glued(i + 1) ? i + 1 : i; }
  // The same before a word or digits: end-2025.
  size_t over_glued_hyphen(size_t i) const { return is_sign(i, '-') && glued(i) && glued(i + 1) ? i + 1 : i; }
  Span bytes(size_t begin, size_t end) const { return {at(begin).begin, at(end - 1).end}; }

  // --- things that are no value; each returns one past it, or 0
  size_t skip_nothing_of_value(size_t i) const;
  size_t skip_link(size_t i) const;
  size_t skip_list_number(size_t i) const;
  size_t skip_telephone(size_t i) const;
  size_t skip_local_telephone(size_t i) const;
  bool is_digit_group(size_t i) const;
  size_t skip_citation(size_t i) const;
  bool stands_free(size_t i) const;
  bool ends_free(const Amount& amount) const;

  // --- amounts
  size_t read_amounts(size_t i);
  size_t read_ordinal(size_t i);
  size_t read_prefixed_ordinal(size_t i, Amount& amount) const;
  size_t read_digit_ordinal(size_t i, Amount& amount) const;
  size_t read_word_ordinal(size_t i, Amount& amount) const;
  size_t read_multiple(size_t i);
  bool read_first(const Lead& lead, Chain& chain);
  Lead read_lead(size_t i) const;
  bool is_compared(size_t i, bool behind_comma) const;
  bool hangs_before(size_t i, size_t number) const;
  // `tied`: a joint stands before the number, which would otherwise tie it to a name: sub-200,000, 10x20.
  bool read_amount(size_t i, bool tied, Amount& amount) const;
  size_t read_sign(size_t i, Amount& amount) const;
  size_t read_currency_before(size_t i, Amount& amount) const;
  size_t read_number(size_t i, bool tied, Amount& amount) const;
  size_t read_digits(size_t i, bool tied, Amount& amount) const;
  size_t read_lap(size_t i, Amount& amount) const;
  size_t read_eighths(size_t i, Amount& amount) const;
  size_t read_spaced_groups(size_t i, bool currency_before) const;
  bool is_broken_group(size_t i) const;
  bool is_sure_group(size_t i, size_t end) const;
  size_t read_power(size_t i, Amount& amount) const;
  bool is_point_number(size_t i) const { return is_sign(i, '.') && begins_point_number(i); }
  bool begins_point_number(size_t i) const;
  size_t read_point_digits(size_t i, Amount& amount) const;
  size_t read_point_words(size_t end, Amount& amount) const;
  size_t read_hundreds(size_t end, Amount& amount) const;
  size_t read_words(size_t i, Amount& amount) const;
  size_t read_article(size_t i, size_t end, Amount& amount) const;
  size_t read_lone_scale(size_t i, bool alone, Amount& amount) const;
  WordNumber read_below_thousand(size_t i, bool counted, bool ordinals) const;
  size_t next_in_words(const WordNumber& n, size_t begin, bool any) const;
  static bool fits_behind(int64_t value, int64_t more);
  bool is_ones(size_t i) const;
  bool is_last_of_hundreds(size_t end, bool joined) const;
  void end_with_ordinal(size_t i, bool any, WordNumber& n) const;
  bool read_scales(Amount& amount) const;
  bool read_scale_words(Amount& amount) const;
  bool read_scaled_fraction(Amount& amount) const;
  Match scale_at(size_t i, const Amount& amount) const;
  bool read_term(Amount& amount) const;
  bool is_time_at(size_t i) const;
  static bool add_term(const Amount& term, Amount& amount);
  bool is_counted_at(size_t i) const;
  // --- around numbers
  bool begins_bracketed(size_t i, uint64_t bits) const {
    return bits & sense_bit(Sense::currency_before) ? is_sign(i + 1, '(') : is_sign(i, '(') && is_sign(i + 2, ')');
  }
  bool read_bracketed(size_t i, Amount& amount) const;
  size_t read_ratio(size_t end, Amount& amount) const;
  bool add_closing_minor(const Amount& rest, Amount& amount) const;
  size_t over_thin_dash(size_t i) const;
  void take_from_glossed(Chain& chain) const;
  void join_bounds(size_t begin);
  // --- fractions
  size_t read_slash(size_t i, const Amount& shape, Amount& out) const;
  static void set_fraction(uint32_t numerator, uint32_t denominator, Amount& amount);
  static void add_fraction(const Amount& fraction, Amount& amount);
  Match denominator_at(size_t i, uint32_t numerator) const;
  bool is_part_of_something(size_t i) const;
  size_t read_denominator(size_t end, Amount& amount) const;
  size_t read_and_fraction(size_t end, Amount& amount) const;
  size_t read_part(size_t i, Match part, Amount& amount) const;
  size_t read_article_part(size_t i, size_t end, Amount& amount) const;
  bool is_measured_at(size_t i, uint32_t denominator, Amount trial) const;
  size_t over_of_a(size_t end) const;
  Match opening_share(size_t i) const;
  void read_unit(Amount& amount) const;
  bool read_weight(size_t begin, Amount& amount) const;
  bool read_unit_of_one(Amount& amount) const;
  bool read_currency_after(size_t i, Amount& amount) const;
  bool takes_currency_behind(size_t number, const UnitSurface& surface) const;
  bool is_like_money(const Amount& amount, size_t end) const;
  bool is_same_currency(const Amount& amount, const UnitSurface& surface) const;
  bool read_plain_unit(size_t i, Amount& amount) const;
  void read_after(Amount& amount) const;
  void read_per(Amount& amount) const;
  void read_rests(Amount& amount) const;
  bool read_rest_number(const Amount& amount, bool money, Amount& rest) const;
  bool add_rest(Amount& rest, Amount& amount) const;
  bool add_minor(const Amount& rest, Amount& amount) const;
  bool add_other(const Amount& rest, Amount& amount) const;
  bool marks_next(size_t i, size_t end) const;
  bool read_mark_behind(size_t i, Amount& amount) const;
  bool closes_minor(size_t number) const;
  UnitSurface minor_at(size_t i, const Amount& amount, size_t& end) const;
  bool passes(const Guard& guard, const Amount& amount, size_t i, size_t end) const;
  bool quote_is_open(size_t i) const;
  bool has_unit_at(size_t i, const Amount& amount) const;
  Decimal decimal_of(size_t begin, size_t end) const;
  Decimal short_decimal(const Token& token) const;

  // --- chains
  Joint read_joint(size_t i, const Lead& lead, size_t& end) const;
  bool is_label(const Amount& first, size_t dash, const Amount& second) const;
  bool joins_unevenly(const Amount& first, size_t& next) const;
  size_t over_about(size_t i, bool& about) const;
  size_t read_gloss(size_t i, const Amount& of, Amount& gloss) const;
  void read_chain(Lead& lead, Chain& chain);
  static size_t glossed_until(const Chain& chain);
  void read_glossed_end(const Lead& lead, Chain& chain) const;
  static bool is_tied(const Chain& chain, size_t i) { return chain.joints[i] == Joint::range || chain.joints[i] == Joint::tight; }
  void share_leftwards(Chain& chain, size_t from) const;
  bool take_from_right(Amount& item, const Amount& last, bool scale) const;
  void settle_range_ends(Chain& chain) const;
  void take_loose_sign(Chain& chain) const;
  void share_currency_rightwards(Chain& chain) const;
  static bool is_closed(const Chain& chain, size_t i);
  bool is_range(const Chain& chain, size_t second, const Lead& lead) const;
  bool change_before(size_t i) const;
  size_t refuse_chain(const Chain& chain) const;
  void emit_chain(Chain& chain, const Lead& lead);
  void emit(const Amount& amount, Qualifier qualifier, size_t outer_begin, bool at_mark = false);
  void emit_range(const Amount& low, const Amount& high, const Lead& lead, size_t outer_begin);
  void emit_gloss_range(const Amount& low, const Amount& high);
  bool settle(const Amount& amount, Value& value) const;
  bool settle_part(const Amount& amount, Value& value) const;
  bool settle_thousands(Amount amount, Value& value) const;

  // --- dates
  size_t read_date(size_t i);
  uint64_t date_start() const { return asides_ ? kAsideStart : kDateStart; }
  DateForms::Match match_date(size_t i, bool after_date) const;
  bool goes_on_as_date(size_t i) const;
  bool accepts(const DateForm& form, const DateFields& fields, size_t begin, size_t end, bool after_date) const;
  bool is_sole(size_t begin, size_t end) const;
  bool unit_follows(size_t i, size_t date_begin) const;
  size_t read_pieces(DateSpec& spec, size_t end) const;
  size_t extend_range(DateSpec& spec, size_t end, bool between) const;
  size_t extend_to_other(DateSpec& spec, size_t begin, size_t end, bool between);
  bool begins_date(size_t i) const;
  bool complete_elided(size_t begin, DateSpec& spec) const;
  bool is_after_year(size_t i) const;

  std::string_view text_;
  const ValueTables& tables_;
  DecimalSign sign_;
  std::span<const Token> tokens_;
  ValueList& out_;
  const bool asides_;  // forms of annotations count
  // Of the thread: it is large, and what is in it counts only as far as an attempt wrote it.
  static Chain& kept_chain() {
    thread_local Chain chain;
    return chain;
  }
  Chain& chain_ = kept_chain();
  mutable size_t quotes_until_ = 0;  // quotation marks before this token: quotes_
  mutable size_t quotes_ = 0;
  bool after_money_ = false;  // a joint ties the number that is being read to money: $50m-60m
  bool led_ = false;    // a qualifier stands before the amount that is being read
  bool joins_ = true;   // "and" may join parts of one number: not in "between one hundred and five hundred"
  size_t year_end_ = 0;  // one past the last year read: "2024 and 2025"
};

}  // namespace factmill
