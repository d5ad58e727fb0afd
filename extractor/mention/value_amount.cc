// One number with its currency, scale, unit and rate.
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr int kConvertedPlaces = 15;
constexpr size_t kNearby = 6;       // tokens either side that a guard's context may stand in

Decimal sum(const Decimal& a, const Decimal& b) { return a.plus(b).value_or(a); }
Decimal product(const Decimal& a, const Decimal& b) { return a.times(b).value_or(a); }

}  // namespace

// [sign] [currency] [sign] number [scale] [currency or unit] [qualifier] [rate]
bool ValueScan::read_amount(size_t i, bool tied, Amount& amount) const {
  amount = Amount();
  amount.begin = i;
  amount.outer_begin = i;
  size_t p = read_sign(i, amount);
  if (p > i) amount.begin = p;
  const size_t money = read_currency_before(p, amount);
  p = read_sign(money, amount);
  if (p > money && money == amount.begin) amount.begin = p;
  if (!read_bracketed(p, amount)) {
    p = read_number(p, tied, amount);
    if (p == 0) return false;
    amount.end = p;
  }
  if (!read_scales(amount)) return false;
  read_unit(amount);
  amount.outer_end = std::max(amount.outer_end, amount.end);
  return ends_free(amount);
}

// "-2.7%", "negative 2.7 percent"; a hyphen only where it hangs on to the number and to nothing before it.
size_t ValueScan::read_sign(size_t i, Amount& amount) const {
  if (amount.has_sign || !(starts(i) & (sense_bit(Sense::negative) | sense_bit(Sense::positive)))) return i;
  for (const Sense sense : {Sense::negative, Sense::positive}) {
    const Match sign = longest(i, sense);
    if (!sign || sign.end >= size()) continue;
    if (at(i).kind == Token::Kind::symbol) {
      // "cell-2", "five variants--two of them"
      const bool hangs_on = i > 0 && glued(i) && (at(i - 1).kind != Token::Kind::symbol || is_sign(i - 1, '-'));
      if (!glued(sign.end) || hangs_on) continue;
    }
    const bool leads = is_number(sign.end) || is_point_number(sign.end) || may_start(sign.end, Sense::currency_before) || may_start(sign.end, Sense::numeral);
    if (!leads) continue;
    amount.negative = sense == Sense::negative;
    amount.has_sign = true;
    return sign.end;
  }
  return i;
}

size_t ValueScan::read_currency_before(size_t i, Amount& amount) const {
  if (!may_start(i, Sense::currency_before)) return i;
  if (runs_on(i)) return i;
  const Match mark = longest(i, Sense::currency_before);
  if (!mark || mark.end >= size()) return i;
  const CurrencyMark& currency = tables_.currency_mark(mark.payload);
  if (currency.aside && !asides_) return i;
  if (currency.grouped && !(currency.aside && i == 0 && is_all(mark.end + 1))) {
    const Token& next = at(mark.end);
    const bool scaled = may_start(over_hyphen(mark.end + 1), Sense::scale);
    if (!next.is_number() || !(next.has(Token::kGrouped) || next.decimals > 0 || scaled)) return i;
  }
  amount.unit = currency.unit;
  amount.unit_exponent = currency.exponent;
  amount.mark = currency.shared;
  amount.currency_before = true;
  return mark.end;
}

void ValueScan::read_unit(Amount& amount) const {
  if (amount.unit != 0 && !amount.currency_before) return;  // 6:46.874
  read_after(amount);
  if (amount.unit == 0 && amount.decimals > 0 && read_unit_of_one(amount)) return;
  const size_t begin = over_hyphen(amount.end);
  if (!read_weight(begin, amount) && !read_currency_after(begin, amount) && !amount.currency_before && begin < size()) read_plain_unit(begin, amount);
  read_per(amount);
  read_rests(amount);
  read_after(amount);
  // "20 degrees below zero"
  const Match below = amount.has_sign || amount.number.is_zero() ? Match() : longest(amount.end, Sense::negative_after);
  if (below && (amount.unit == 0 || tables_.unit(amount.unit).type == UnitType::physical)) {
    if (amount.unit == 0) amount.unit = static_cast<uint16_t>(below.payload);
    amount.negative = amount.has_sign = true;
    amount.outer_end = std::max(amount.outer_end, below.end);
  }
}

// "4,500 pounds | of weight": a name of money that is a measure here, not shorter than the currency's.
bool ValueScan::read_weight(size_t begin, Amount& amount) const {
  if (amount.currency_before || !may_start(begin, Sense::currency_after)) return false;
  Amount measured = amount;
  if (!read_plain_unit(begin, measured) || measured.end < longest(begin, Sense::currency_after).end) return false;
  amount = measured;
  return true;
}

// "0.8 | of a percentage point", "2.5 | ±0.1 kg": the unit stands behind something else.
bool ValueScan::read_unit_of_one(Amount& amount) const {
  size_t begin = amount.end;
  if (const Match of = longest(begin, Sense::fraction_of)) {
    const Match article = longest(of.end, Sense::article), one = longest(of.end, Sense::numeral);
    if (!article && one.payload != 1) return false;
    begin = article ? article.end : one.end;
    if (amount.scaled || amount.number >= Decimal(1)) return false;
  } else {
    const Match tolerance = longest(begin, Sense::qualifier_before);
    if (!tolerance || at(begin).kind != Token::Kind::symbol || may_start(begin, Sense::range_to) || !is_number(tolerance.end)) return false;
    begin = over_hyphen(tolerance.end + 1);
  }
  if (begin >= size()) return false;
  Amount measured = amount;
  if (!read_plain_unit(begin, measured)) return false;
  const UnitType type = tables_.unit(measured.unit).type;
  if (type == UnitType::count || type == UnitType::time || type == UnitType::multiple) return false;
  amount = measured;
  return true;
}

bool ValueScan::read_currency_after(size_t i, Amount& amount) const {
  if (!may_start(i, Sense::currency_after)) return read_mark_behind(i, amount);
  size_t end = 0;
  UnitSurface found;
  tables_.phrases().each_match(tokens_, i, text_, static_cast<uint8_t>(Sense::currency_after), [&](const PhraseSense& sense, size_t e) {
    const UnitSurface& surface = tables_.unit_surface(sense.payload);
    if (runs_on(e) || (surface.behind && !is_whole(amount, e)) || (surface.grouped && !is_like_money(amount, e)) || !passes(surface.guard, amount, i, e)) return;
    if (amount.currency_before ? !is_same_currency(amount, surface) : surface.echo) return;
    end = e;
    found = surface;
  });
  if (end == 0) return read_mark_behind(i, amount);
  // "RMB 215,900 CNY 100 million", "87 $5": a mark before a number goes with that.
  if (is_number(end) && marks_next(i, end) && !takes_currency_behind(end, found) && !closes_minor(end)) {
    return false;
  }
  if (amount.unit == 0 || found.shared == 0) {  // of "HK$263 dollars" the sign says more
    amount.unit = found.unit;
    amount.mark = found.shared;
  }
  if (found.exponent != 0 || !amount.currency_before) amount.unit_exponent = found.exponent;
  amount.end = end;
  if (amount.scaled) return true;
  if (const Match scale = scale_at(end, amount); scale && at(end).spaced()) {  // 75 USD million
    amount.exponent = static_cast<int>(scale.payload);
    amount.scaled = true;
    amount.end = scale.end;
  }
  return true;
}

// Whether the words from i to `end` are a mark that stands before numbers.
bool ValueScan::marks_next(size_t i, size_t end) const {
  const Match mark = longest(i, Sense::currency_before);
  return mark.end == end && mark && !tables_.currency_mark(mark.payload).aside;
}

// "1 C$": what stands before numbers, behind one that is the whole text with it.
bool ValueScan::read_mark_behind(size_t i, Amount& amount) const {
  if (!asides_ || amount.currency_before || !may_start(i, Sense::currency_before)) return false;
  const Match mark = longest(i, Sense::currency_before);
  if (!mark || !is_whole(amount, mark.end)) return false;
  const CurrencyMark& currency = tables_.currency_mark(mark.payload);
  if (currency.grouped) return false;
  amount.unit = currency.unit;
  amount.unit_exponent = currency.exponent;
  amount.mark = currency.shared;
  amount.end = mark.end;
  return true;
}

// What a mark asks for that is also a word: "3,000 won"; not "TOP 10", nor among words in capitals.
bool ValueScan::is_like_money(const Amount& amount, size_t end) const {
  if (is_whole(amount, end)) return true;
  if (is_word(end) && at(end).has(Token::kUpper) && at(end).span().size() > 1) return false;
  return amount.grouped || amount.scaled || amount.decimals > 0 || amount.number >= Decimal(1000);
}

// Whether the number bears a currency or a part of this one behind it: "3 GBP 10 pence", "10 rmb 20 usd", "10 $ 30 $".
bool ValueScan::takes_currency_behind(size_t number, const UnitSurface& surface) const {
  Amount whole;
  whole.unit = surface.unit;
  whole.mark = surface.shared;
  size_t end = 0;
  minor_at(number + 1, whole, end);
  if (end != 0) return true;
  const Match next = longest(over_hyphen(number + 1), Sense::currency_after);
  return next && !is_number(next.end) && (is_sign(next.end - 1, '$') || !surface.echo);
}

// "RMB 615 million yuan", "HK$263 dollars"; of "$5 Australian dollars" the name says more.
bool ValueScan::is_same_currency(const Amount& amount, const UnitSurface& surface) const {
  const auto is_among = [&](uint16_t unit, uint16_t mark) {
    const std::span<const uint16_t> units = tables_.alternatives(mark);
    return std::find(units.begin(), units.end(), unit) != units.end();
  };
  return surface.unit == amount.unit || is_among(surface.unit, amount.mark) || is_among(amount.unit, surface.shared);
}

bool ValueScan::read_plain_unit(size_t i, Amount& amount) const {
  if (!may_start(i, Sense::unit)) return false;
  size_t end = 0;
  UnitSurface found;
  tables_.phrases().each_match(tokens_, i, text_, static_cast<uint8_t>(Sense::unit), [&](const PhraseSense& sense, size_t e) {
    const UnitSurface& surface = tables_.unit_surface(sense.payload);
    if (runs_on(e) || !passes(surface.guard, amount, i, e)) return;
    if (amount.fraction && tables_.unit(surface.unit).type == UnitType::count) return;
    if (e == end && found.guard.context && !surface.guard.context) return;  // degrees: °C by its context
    end = e;
    found = surface;
  });
  if (end == 0) return false;
  amount.unit = found.unit;
  amount.unit_exponent = found.exponent;
  amount.end = end;
  return true;
}

// Whether an odd number of quotation marks stands before i. Counted from the last place asked about.
bool ValueScan::quote_is_open(size_t i) const {
  for (; quotes_until_ < i; ++quotes_until_) {
    if (is_sign(quotes_until_, '"')) ++quotes_;
  }
  for (; quotes_until_ > i; --quotes_until_) {
    if (is_sign(quotes_until_ - 1, '"')) --quotes_;
  }
  return quotes_ % 2 != 0;
}

bool ValueScan::has_unit_at(size_t i, const Amount& amount) const {
  const size_t begin = over_hyphen(i);
  if (may_start(begin, Sense::currency_after) && longest(begin, Sense::currency_after)) return true;
  Amount trial = amount;
  return read_plain_unit(begin, trial);
}

// tokens[i..end) are the guarded surface.
bool ValueScan::passes(const Guard& guard, const Amount& amount, size_t i, size_t end) const {
  if (guard.glued && (at(i).spaced() || amount.in_words)) return false;
  if (guard.spaced && !at(i).spaced()) return false;
  if (guard.closed && !amount.rest && (is_word(end) || is_number(end))) return false;
  if (guard.of && (amount.scaled || !longest(end, Sense::fraction_of))) return false;
  if (guard.unquoted && ((at(i).spaced() && glued(end)) || quote_is_open(i))) return false;
  if (guard.negative && !amount.negative) return false;
  if (guard.alone && !is_whole(amount, end)) return false;
  const size_t pair = guard.paired && is_word(i) && longest(end, Sense::and_number) ? end + 1 : end;
  if (guard.paired && !amount.rest && !(is_number(pair) && may_start(over_hyphen(pair + 1), Sense::unit) && (is_word(i) || glued(pair + 1)))) return false;
  if (guard.ungrouped && amount.grouped) return false;
  if (guard.whole && amount.decimals > 0) return false;
  if (guard.decimal && amount.decimals == 0) return false;
  const Decimal number = product(amount.number, Decimal::power_of_ten(amount.exponent));  // 2.3 million times: no multiple
  if (guard.min > 0 && number < Decimal(guard.min)) return false;
  if (guard.max < INT32_MAX && number > Decimal(guard.max)) return false;
  const size_t before = amount.begin;
  if (guard.unless && before > 0 && is_word(before - 1) && (tables_.lists(at(before - 1).word) & guard.unless)) return false;
  if (!guard.context) return true;
  const size_t from = amount.begin > kNearby ? amount.begin - kNearby : 0;
  const size_t to = std::min(size(), i + 1 + kNearby);
  for (size_t k = from; k < to; ++k) {
    if (is_word(k) && (tables_.lists(at(k).word) & guard.context)) return true;
  }
  return false;
}

// "600+", "10,000-plus", "or more".
void ValueScan::read_after(Amount& amount) const {
  const size_t begin = over_hyphen(amount.end);
  const Match after = longest(begin, Sense::qualifier_after);
  if (!after) return;
  // "200 or more | than 190", "under 200 | and above 300"
  if (is_word(begin) && may_start(begin + 1, Sense::qualifier_before)) {
    const size_t next = longest(begin + 1, Sense::qualifier_before).end;
    if (next > after.end || (next == after.end && (is_number(next) || may_start(next, Sense::currency_before)))) return;
  }
  // "down 5.3 percent and up | 24 percent"
  size_t other = on_list(after.end, List::by) ? after.end + 1 : after.end;
  other = std::max(other, longest(other, Sense::qualifier_before).end);
  if (is_word(begin) && (is_number(other) || may_start(other, Sense::currency_before))) return;
  const QualifierPhrase& phrase = tables_.qualifier(after.payload);
  if (phrase.glued && (at(begin).spaced() || runs_on(after.end) || is_number(after.end))) return;
  amount.qualifier = static_cast<Qualifier>(phrase.qualifier);
  amount.outer_end = after.end;
  // The unit may still follow: "600+ km".
  const size_t unit = over_hyphen(after.end);
  Amount with_unit = amount;
  const bool more = amount.unit == 0 && (read_currency_after(unit, with_unit) || read_plain_unit(unit, with_unit));
  if (!more) return;
  amount = with_unit;
  amount.outer_end = amount.end;
}

// "per ADS", "a week", "/month", "each". Not "a year earlier", which is a date.
void ValueScan::read_per(Amount& amount) const {
  const size_t i = over_hyphen(std::max(amount.end, amount.outer_end));  // a $20-a-month plan
  if (const Match each = longest(i, Sense::each)) {
    if (amount.is_plain()) return;
    amount.per = static_cast<uint16_t>(each.payload);
    amount.end = each.end;
    return;
  }
  Match per = longest(i, Sense::per);
  if (!per) {
    per = longest(i, Sense::per_article);
    if (!per || amount.is_plain() || begins_date(i)) return;
  }
  const Match unit = longest(over_hyphen(per.end), Sense::denominator);
  if (!unit || runs_on(unit.end)) return;
  // "5 percent a share" is no rate; "1,200 a day" is.
  const Unit& denominator = tables_.unit(static_cast<uint16_t>(unit.payload));
  if (at(i).kind == Token::Kind::word && amount.unit == 0 && denominator.type != UnitType::time) return;
  amount.per = static_cast<uint16_t>(unit.payload);
  amount.end = unit.end;
}

// "12 minutes and 43 seconds", "5 feet 10 inches", "20 dollars and 43 cents": one value in the smaller unit.
void ValueScan::read_rests(Amount& amount) const {
  for (int rounds = 0; rounds < 3; ++rounds) {
    if (!joins_ || amount.per != 0 || amount.scaled || amount.decimals > 0 || amount.fraction) return;
    const bool money = tables_.unit(amount.unit).type == UnitType::currency;
    if (money ? amount.unit_exponent != 0 : tables_.unit(amount.unit).rests.empty()) return;
    Amount rest;
    if (!read_rest_number(amount, money, rest) || !(money ? add_minor(rest, amount) : add_rest(rest, amount))) return;
  }
}

bool ValueScan::read_rest_number(const Amount& amount, bool money, Amount& rest) const {
  size_t next = amount.end;
  if (const Match joint = longest(next, Sense::and_number)) {
    next = joint.end;
  } else if (const Match comma = longest(next, Sense::list_comma); comma && !money && glued(next) && !glued(comma.end)) {
    next = comma.end;
  }
  const bool hyphened = is_sign(next, '-') && glued(next) && glued(next + 1) && is_number(next + 1);
  if (hyphened && !money) ++next;  // 6-foot-2-inch
  if (next >= size()) return false;
  rest.begin = next;
  rest.rest = true;
  if (is_number(next)) {
    rest.end = read_digits(next, glued(next), rest);
    return rest.end != 0 && !rest.fraction;
  }
  const WordNumber word = read_below_thousand(next, false, false);
  if (word.end == next || runs_on(next)) return false;
  rest.number = Decimal(word.value);
  rest.in_words = true;
  rest.end = word.end;
  return true;
}

bool ValueScan::add_rest(Amount& rest, Amount& amount) const {
  const size_t begin = over_hyphen(rest.end);
  if (begin >= size() || !read_plain_unit(begin, rest)) {
    // 5-foot-10
    const Unit::Rest& largest = tables_.unit(amount.unit).rests.front();
    const bool hyphened = glued(rest.begin) && is_sign(rest.begin - 1, '-') && rest.decimals == 0 && rest.number < Decimal(largest.count);
    if (!hyphened || runs_on(rest.end) || is_sign(begin, '-')) return false;
    rest.unit = largest.unit;
  }
  for (const Unit::Rest& smaller : tables_.unit(amount.unit).rests) {
    if (smaller.unit != rest.unit) continue;
    amount.number = sum(product(amount.number, Decimal(smaller.count)), rest.number);
    amount.decimals = rest.decimals;
    amount.in_words = amount.in_words && rest.in_words;
    amount.unit = rest.unit;
    amount.end = rest.end;
    return true;
  }
  return add_other(rest, amount);
}

// "1 metre and 1 foot" that is the whole text: of one dimension, but neither a part of the other.
bool ValueScan::add_other(const Amount& rest, Amount& amount) const {
  const Unit& larger = tables_.unit(amount.unit);
  const Unit& other = tables_.unit(rest.unit);
  const bool alike = larger.type == UnitType::physical && larger.standard == other.standard && amount.unit != rest.unit && !longest(rest.begin - 1, Sense::list_comma);
  if (!alike || !is_whole(amount, rest.end)) return false;
  const std::optional<Decimal> converted = rest.number.times(other.factor);
  const std::optional<Decimal> part = converted ? converted->divided_by(larger.factor, kConvertedPlaces) : std::nullopt;
  if (!part) return false;
  amount.number = sum(amount.number, part->normalized());
  amount.decimals = amount.number.scale();
  amount.end = rest.end;
  return true;
}

// Hundredths and the like of the same currency.
bool ValueScan::add_minor(const Amount& rest, Amount& amount) const {
  size_t end = 0;
  const UnitSurface minor = minor_at(rest.end, amount, end);
  if (end == 0) return add_closing_minor(rest, amount);
  if (rest.decimals > 0 || rest.number >= Decimal::power_of_ten(-minor.exponent)) return false;
  amount.number = sum(amount.number, product(rest.number, Decimal(1, -minor.exponent)));
  amount.decimals = -minor.exponent;
  amount.in_words = amount.in_words && rest.in_words;
  amount.end = end;
  return true;
}

// A name for a part of the amount's currency at i; sets `end` where there is one.
UnitSurface ValueScan::minor_at(size_t i, const Amount& amount, size_t& end) const {
  UnitSurface found;
  const size_t begin = over_hyphen(i);
  if (!may_start(begin, Sense::currency_after)) return found;
  tables_.phrases().each_match(tokens_, begin, text_, static_cast<uint8_t>(Sense::currency_after), [&](const PhraseSense& sense, size_t e) {
    const UnitSurface& surface = tables_.unit_surface(sense.payload);
    if (surface.exponent < 0 && !runs_on(e) && is_same_currency(amount, surface)) {
      found = surface;
      end = e;
    }
  });
  return found;
}

}  // namespace factmill
