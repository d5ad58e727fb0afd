// Ordinals and multiples: "second", "27th", "one hundred and third", "No. 3"; "doubled", "threefold".
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr uint8_t kMaxOrdinalDigits = 4;  // of "No. 3"
constexpr int kMaxTerms = 8;

}  // namespace

size_t ValueScan::read_ordinal(size_t i) {
  if (runs_on(i)) return 0;
  Amount amount;
  size_t end = may_start(i, Sense::ordinal_prefix) ? read_prefixed_ordinal(i, amount) : 0;
  if (end == 0) end = is_number(i) ? read_digit_ordinal(i, amount) : read_word_ordinal(i, amount);
  if (end == 0) return 0;
  const std::optional<Decimal> number = amount.number.times(Decimal::power_of_ten(amount.exponent));
  if (!number) return 0;
  Value value;
  value.type = ValueType::ordinal;
  value.in_words = amount.in_words;
  value.span = value.outer = bytes(i, end);
  value.low = value.high = *number;
  value.last_digit = static_cast<int8_t>(amount.exponent);
  out_.values.push_back(value);
  return end;
}

// "No. 3", "#1"
size_t ValueScan::read_prefixed_ordinal(size_t i, Amount& amount) const {
  const Match prefix = longest(i, Sense::ordinal_prefix);
  if (!prefix || !is_number(prefix.end)) return 0;
  const Token& digits = at(prefix.end);
  const bool hangs_on = at(i).kind == Token::Kind::symbol && glued(i) && i > 0 && at(i - 1).kind != Token::Kind::symbol;
  if (hangs_on || digits.decimals > 0 || digits.digits > kMaxOrdinalDigits || runs_on(prefix.end + 1)) return 0;
  amount.number = decimal_of(prefix.end, prefix.end + 1);
  return prefix.end + 1;
}

// "27th", "300,000th", "1-millionth"
size_t ValueScan::read_digit_ordinal(size_t i, Amount& amount) const {
  constexpr uint64_t kBehind = sense_bit(Sense::ordinal_suffix) | sense_bit(Sense::ordinal_scale);
  if (!((starts(i + 1) | starts(over_hyphen(i + 1))) & kBehind) || at(i).decimals > 0 || !stands_free(i)) return 0;
  amount.number = decimal_of(i, i + 1);
  const Match suffix = longest(i + 1, Sense::ordinal_suffix);
  if (suffix && glued(i + 1) && !runs_on(suffix.end)) return suffix.end;
  const Match scale = longest(over_hyphen(i + 1), Sense::ordinal_scale);
  if (scale) amount.exponent = static_cast<int>(scale.payload);
  return scale.end;
}

// "second", "twenty-first", "one-millionth", "one hundred and third", "two thousand five hundredth"
size_t ValueScan::read_word_ordinal(size_t i, Amount& amount) const {
  amount.in_words = true;
  if (opening_share(i)) return 0;
  if (const Match scale = longest(i, Sense::ordinal_scale)) {
    amount.number = Decimal(1);
    amount.exponent = static_cast<int>(scale.payload);
    return runs_on(scale.end) ? 0 : scale.end;
  }
  size_t begin = i;
  for (int terms = 0; terms < kMaxTerms; ++terms) {
    const WordNumber word = read_below_thousand(begin, false, true);
    if (word.end == begin) return 0;
    Amount term;
    term.begin = begin;
    term.number = Decimal(word.value);
    term.end = word.end;
    const Match scale = word.ordinal ? Match() : longest(over_hyphen(word.end), Sense::ordinal_scale);
    if (scale) {
      term.exponent = static_cast<int>(scale.payload);
      term.end = scale.end;
    }
    const bool last = word.ordinal || scale;
    if (!last && (!read_scale_words(term) || term.exponent < 3)) return 0;
    if (terms == 0) {
      amount.number = term.number;
      amount.exponent = term.exponent;
      amount.end = term.end;
    } else if (!add_term(term, amount)) {
      return 0;
    }
    if (last) return runs_on(amount.end) ? 0 : amount.end;
    const Match joint = longest(amount.end, Sense::and_number);
    begin = joint ? joint.end : amount.end;
    if (!is_word(begin)) return 0;
  }
  return 0;
}

// "doubled", "threefold"; "2.5 times" is an amount whose unit is a multiple.
size_t ValueScan::read_multiple(size_t i) {
  const Lead lead = read_lead(i);
  const Match multiple = longest(lead.number, Sense::multiple);
  if (!multiple || runs_on(multiple.end)) return 0;
  Value value;
  value.type = ValueType::multiple;
  value.in_words = true;
  value.qualifier = lead.qualifier;
  value.span = bytes(lead.number, multiple.end);
  value.outer = bytes(lead.begin, multiple.end);
  if ((multiple.payload & ValueTables::kDivided) != 0) {
    Amount part;
    set_fraction(1, multiple.payload & ~ValueTables::kDivided, part);
    value.low = value.high = part.number;
  } else {
    value.low = value.high = Decimal(static_cast<int64_t>(multiple.payload));
  }
  value.unit = tables_.multiple();
  out_.values.push_back(value);
  return multiple.end;
}

}  // namespace factmill
