// What stands around numbers: brackets of accounts, one bound after the other, shares of a number.
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr uint32_t kMaxShare = 1000;  // "one in a thousand"
constexpr uint32_t kGlossGap = 24;    // bytes between an amount and its gloss: " (approximately "
constexpr uint8_t kMinorDigits = 2;   // 20 dollars 43
// "Three in ten buyers": what one counts shares of, where no word but "in" shows that it is a share.
constexpr uint32_t kWholes[] = {3, 4, 5, 6, 7, 8, 9, 10, 20, 100};

bool is_low(Qualifier q) { return q == Qualifier::more_than || q == Qualifier::at_least; }
bool is_high(Qualifier q) { return q == Qualifier::less_than || q == Qualifier::up_to; }

}  // namespace

// "$(1.2) million", "(5.2)%", and "(1,234)" that is a line of its own: accounts write losses so.
bool ValueScan::read_bracketed(size_t i, Amount& amount) const {
  if (!is_sign(i, '(') || !is_number(i + 1) || !glued(i + 1) || !is_sign(i + 2, ')') || !glued(i + 2) || amount.has_sign) return false;
  const bool line_begins = i == 0 || at(i - 1).kind == Token::Kind::line;
  const bool line_ends = i + 3 >= size() || at(i + 3).kind == Token::Kind::line;
  // "USD (1,193) million": apart from its code only what is an amount by itself.
  const bool figure = at(i + 1).has(Token::kGrouped) || at(i + 1).decimals > 0;
  const bool money = amount.currency_before && (glued(i) || figure);
  const bool percent = glued(i + 3) && !runs_on(i + 3) && longest(i + 3, Sense::unit);
  const bool alone = line_begins && line_ends && figure;
  if (!money && !percent && !alone) return false;
  if (read_digits(i + 1, true, amount) != i + 2) return false;
  amount.negative = true;
  amount.has_sign = true;
  amount.end = i + 3;
  return true;
}

// "two out of five", "one in three": a share of a number that no unit of time follows.
size_t ValueScan::read_ratio(size_t end, Amount& amount) const {
  if (amount.decimals > 0 || amount.scaled || amount.fraction || amount.currency_before || amount.has_sign) return end;
  if (amount.number.is_zero() || amount.number >= Decimal(kMaxShare)) return end;
  const size_t begin = over_hyphen(end);
  Match joint = longest(begin, Sense::ratio);
  const bool by_word = static_cast<bool>(joint);
  const bool of_one = amount.number == Decimal(1);
  if (!joint) joint = longest(begin, Sense::ratio_of_one);
  if (!joint) return end;
  uint32_t whole = 0;
  size_t next = joint.end;
  if (begin > end) {  // 1-in-4
    if (!of_one || !is_sign(next, '-') || !glued(next) || !glued(next + 1)) return end;
    ++next;
  } else if (!at(end).spaced()) {
    return end;
  }
  if (is_number(next)) {
    if (at(next).decimals > 0 || at(next).word == Token::kNoInteger) return end;
    whole = at(next++).word;
  } else {
    const WordNumber word = read_below_thousand(next, false, false);
    if (word.end == next || word.value <= 0) return end;
    whole = static_cast<uint32_t>(word.value);
    next = word.end;
  }
  const auto part = static_cast<uint32_t>(amount.number.approximate());
  // For facts a share only where things are counted behind it: "one in four new cars", not "one in four said".
  const bool counts = !asides_ && is_counted_at(next);
  const bool usual = std::find(std::begin(kWholes), std::end(kWholes), whole) != std::end(kWholes);
  if (!by_word && !of_one && (!usual || part == whole || !is_word(next) || (has_unit_at(next, Amount()) && !counts))) return end;
  if (whole < 2 || whole > kMaxShare || part > whole || runs_on(next) || is_time_at(next)) return end;
  if (may_start(over_hyphen(next), Sense::scale) || may_start(next, Sense::ordinal_suffix)) return end;
  if (!counts && !by_word && !of_one && !asides_) return end;
  set_fraction(part, whole, amount);
  amount.fraction = true;
  amount.part = counts;
  return next;
}

// "20 dollars and 43.": hundredths without a name, where nothing follows that they could count.
bool ValueScan::add_closing_minor(const Amount& rest, Amount& amount) const {
  if ((amount.currency_before && !is_whole(amount, rest.end)) || rest.decimals > 0 || !(rest.number < Decimal(100))) return false;
  if (!rest.in_words && at(rest.begin).digits != kMinorDigits) return false;
  const bool closed = rest.end >= size() || at(rest.end).kind == Token::Kind::line || is_sign(rest.end, '.');
  if (!closed || runs_on(rest.end)) return false;
  const std::optional<Decimal> part = rest.number.times(Decimal(1, 2));
  const std::optional<Decimal> sum = part ? amount.number.plus(*part) : std::nullopt;
  if (!sum) return false;
  amount.number = *sum;
  amount.decimals = 2;
  amount.in_words = amount.in_words && rest.in_words;
  amount.end = rest.end;
  return true;
}

// "17 USD 25." where the sentence ends: what follows the name are its hundredths, no amount of its own.
bool ValueScan::closes_minor(size_t number) const {
  if (!asides_ || at(number).digits != kMinorDigits || at(number).decimals > 0 || !at(number).spaced()) return false;
  return number + 1 >= size() || (is_sign(number + 1, '.') && number + 2 >= size());
}

// Past a dash that hangs on to the words on both its sides as a hyphen would: twenty–fifth, twenty--fifth.
size_t ValueScan::over_thin_dash(size_t i) const {
  if (is_sign(i, '-') && is_sign(i + 1, '-') && glued(i) && glued(i + 1) && is_word(i + 2) && glued(i + 2)) return i + 2;
  const bool dash = i < size() && at(i).kind == Token::Kind::symbol && bytes(i, i + 1).size() == 3 && may_start(i, Sense::range_to);
  return dash && glued(i) && is_word(i + 1) && glued(i + 1) ? i + 1 : i;
}

// "RMB 139,800 ($20,100), 149,800 and 156,800": what goes on behind a gloss is in the first currency.
void ValueScan::take_from_glossed(Chain& chain) const {
  const Amount& first = chain.items[0];
  if (out_.values.size() < 2 || first.unit != 0 || first.in_words || !(first.grouped || first.scaled) || first.outer_begin < 2) return;
  const Value& gloss = out_.values.back();
  const Value& glossed = out_.values[out_.values.size() - 2];
  if (gloss.type != ValueType::money || glossed.type != ValueType::money || gloss.unit == glossed.unit) return;
  size_t p = first.outer_begin;
  for (int steps = 0; steps < 2 && p > 0; ++steps) {
    const bool joint = longest(p - 1, Sense::list_comma).end == p || longest(p - 1, Sense::list_and).end == p;
    if (!joint) break;
    --p;
  }
  const bool bracketed = p < first.outer_begin && p > 1 && is_sign(p - 1, ')') && at(p - 2).end == gloss.outer.end &&
                         text_.substr(glossed.outer.end, gloss.outer.begin - glossed.outer.end).find('(') != std::string_view::npos &&
                         gloss.outer.begin - glossed.outer.end <= kGlossGap;
  if (!bracketed) return;
  for (size_t i = 0; i < chain.count; ++i) {
    Amount& item = chain.items[i];
    if (item.unit != 0 || item.in_words || !(item.grouped || item.scaled)) return;
    item.unit = glossed.unit;
    item.mark = glossed.mark;
    item.per = glossed.per;
  }
}

// "RMB 24.8-26.2 billion and 820,000 units": the ends of a range share before anything else is shared.
void ValueScan::settle_range_ends(Chain& chain) const {
  for (size_t i = 1; i < chain.count; ++i) {
    if (chain.joints[i] != Joint::range) continue;
    Amount& low = chain.items[i - 1];
    Amount& high = chain.items[i];
    if (low.currency_before && high.unit == 0 && !high.in_words) {
      high.unit = low.unit;
      high.mark = low.mark;
    }
    take_from_right(low, high, true);
  }
}

// "- 1,200,000" that is the whole text, and "-5-8%", where the sign is of both ends.
void ValueScan::take_loose_sign(Chain& chain) const {
  Amount& first = chain.items[0];
  if (chain.count == 1 && first.begin == 1 && !first.has_sign && !first.currency_before && is_sign(0, '-') && is_whole(first, std::max(first.end, first.outer_end))) {
    first.negative = first.has_sign = true;
  }
  for (size_t i = 1; i < chain.count; ++i) {
    const Amount& low = chain.items[i - 1];
    Amount& high = chain.items[i];
    if (chain.joints[i] != Joint::range || !low.negative || low.begin == 0 || high.has_sign) continue;
    const bool signs = at(low.begin - 1).kind == Token::Kind::symbol && glued(high.begin) && low.number < high.number;
    if (signs && tables_.unit(high.unit).type == UnitType::percent) high.negative = high.has_sign = true;
  }
}

// "More than 100 and less than 300 km": the two values read last are the ends of one. `begin` is the second's first token.
void ValueScan::join_bounds(size_t begin) {
  if (out_.values.size() < 2) return;
  Value& a = out_.values[out_.values.size() - 2];
  const Value& b = out_.values.back();
  const bool rising = is_low(a.qualifier) && is_high(b.qualifier), falling = is_high(a.qualifier) && is_low(b.qualifier);
  if ((!rising && !falling) || a.is_range || b.is_range || a.per != b.per) return;
  const bool counts = a.type == ValueType::number && !a.fraction && b.last_digit <= 0 && (a.bare || b.type == ValueType::quantity);
  if (a.unit != b.unit && !counts) return;
  if (rising ? !(a.low < b.low) : !(b.low < a.low)) return;
  size_t p = begin;
  while (p > 0 && begin - p < 2 && (longest(p - 1, Sense::bounds_and).end == p || longest(p - 1, Sense::list_comma).end == p)) --p;
  if (p == begin || p == 0 || at(p - 1).end != a.outer.end) return;
  Value both = b;
  both.low = rising ? a.low : b.low;
  both.high = rising ? b.low : a.low;
  both.span.begin = a.span.begin;
  both.outer.begin = a.outer.begin;
  both.is_range = true;
  both.bare = a.bare && b.bare;
  both.qualifier = Qualifier::range;
  out_.values.pop_back();
  out_.values.back() = both;
}

}  // namespace factmill
