// Parts: 3/4, "two thirds", "half of", "two and a half", "a quarter of a million".
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr int kRoundedPlaces = 15;     // of a third
constexpr int kRoundedStated = 2;      // decimals that a third counts as stating
constexpr uint32_t kMaxDenominator = 1000;
constexpr uint32_t kMaxShortDenominator = 10;  // 3/4 cup; but 75/100-kWh packs are two

}  // namespace

// 3/4 and its like, below one. `shape` is the amount so far: with a currency there are no fractions.
size_t ValueScan::read_slash(size_t i, const Amount& shape, Amount& out) const {
  if (i > 0 && glued(i) && is_sign(i - 1, '/')) return 0;
  if (!is_sign(i + 1, '/') || !glued(i + 1) || !is_number(i + 2) || !glued(i + 2)) return 0;
  const Token& n = at(i);
  const Token& d = at(i + 2);
  const auto whole = [](const Token& t) { return t.decimals == 0 && t.digits <= 4 && !t.has(Token::kGrouped); };
  if (!whole(n) || !whole(d) || n.word == 0 || n.word >= d.word || d.word > kMaxDenominator || shape.currency_before) return 0;
  const size_t end = i + 3;
  if (runs_on(end) || on_list(end, List::tyre)) return 0;
  if (glued(end) && end + 1 < size() && glued(end + 1) && at(end).kind == Token::Kind::symbol && is_number(end + 1)) return 0;
  const bool shared = static_cast<bool>(longest(end, Sense::fraction_of));
  const bool inches = d.word == 16 || d.word == 32 || d.word == 64;  // not 60/80 kWh
  const bool common = shared || d.word <= kMaxShortDenominator || inches || d.word == kMaxDenominator;
  if (!common && (has_unit_at(end, shape) || (d.word % 5 != 0 && d.word != 12) || (d.word > 25 && d.word != 100))) return 0;
  set_fraction(n.word, d.word, out);
  return end;
}

void ValueScan::set_fraction(uint32_t numerator, uint32_t denominator, Amount& amount) {
  const Decimal d(static_cast<int64_t>(denominator));
  const Decimal n(static_cast<int64_t>(numerator));
  const Decimal quotient = n.divided_by(d, kRoundedPlaces).value_or(Decimal()).normalized();
  const std::optional<Decimal> back = quotient.times(d);
  amount.number = quotient;
  amount.decimals = back && *back == n ? quotient.scale() : kRoundedStated;
}

// amount + fraction, in units of the amount's scale: "3 million and a half".
void ValueScan::add_fraction(const Amount& fraction, Amount& amount) {
  const std::optional<Decimal> sum = amount.number.plus(fraction.number);
  if (!sum) return;
  amount.number = *sum;
  amount.decimals = std::max(amount.decimals, fraction.decimals);
}

// The word of a denominator behind `numerator`: "thirds", and for one "third".
ValueScan::Match ValueScan::denominator_at(size_t i, uint32_t numerator) const {
  const size_t begin = over_hyphen(i);
  if (begin >= size() || runs_on(begin)) return {};
  const Match single = longest(begin, Sense::fraction);
  // "a three-quarter-point cut"
  const bool adjective = begin > i && single && may_start(over_hyphen(single.end), Sense::unit);
  const Match word = numerator == 1 || adjective ? single : longest(begin, Sense::fractions);
  if (!word || runs_on(word.end) || longest(begin, Sense::never)) return {};
  // "one fifth-generation", "a third-party"
  if (over_hyphen(word.end) > word.end && !may_start(over_hyphen(word.end), Sense::unit)) return {};
  // "three quarters" are months, "three-quarters" are not.
  const bool also_unit = may_start(begin, Sense::unit) || may_start(begin, Sense::denominator);
  if (also_unit && begin == i && !is_part_of_something(word.end)) return {};
  return word;
}

// "of the", "of a million", "million": what makes a word before it a part and not a thing of its own.
bool ValueScan::is_part_of_something(size_t i) const {
  if (const Match of = longest(i, Sense::fraction_of)) return on_list(of.end, List::whole);
  return may_start(over_hyphen(i), Sense::scale);
}

// "three quarters", "one-third", "twenty-three fifths": behind a number in words.
size_t ValueScan::read_denominator(size_t end, Amount& amount) const {
  if (amount.number.scale() > 0 || amount.number > Decimal(999) || amount.number.is_zero()) return end;
  const auto numerator = static_cast<uint32_t>(amount.number.approximate());
  const Match word = denominator_at(end, numerator);
  if (!word) return end;
  set_fraction(numerator, word.payload, amount);
  amount.fraction = amount.part = true;
  return word.end;
}

// "$5.78 | -1/2 a bushel": parts of a cent behind cents.
size_t ValueScan::read_eighths(size_t i, Amount& amount) const {
  constexpr uint8_t kCents = 2;
  const bool cents = amount.currency_before && at(i - 1).decimals == kCents && is_sign(i, '-') && glued(i) && is_number(i + 1) && glued(i + 1);
  Amount part;
  const size_t end = cents ? read_slash(i + 1, Amount(), part) : 0;
  if (end == 0 || part.number >= Decimal(1)) return 0;
  const std::optional<Decimal> small = part.number.times(Decimal(1, kCents));
  const std::optional<Decimal> all = small ? amount.number.plus(*small) : std::nullopt;
  if (!all) return 0;
  amount.number = all->normalized();
  amount.decimals = amount.number.scale();
  return end;
}

// "two | and a half", "one hundred | and three quarters", "3 million | and a half".
size_t ValueScan::read_and_fraction(size_t end, Amount& amount) const {
  const Match joint = longest(over_hyphen(end), Sense::and_number);
  if (!joint || joint.end >= size()) return end;
  uint32_t numerator = 0;
  size_t p = over_hyphen(joint.end);
  if (is_number(p) && amount.decimals == 0) {  // 1 and 1/2
    Amount rest;
    const size_t slash = read_slash(p, amount, rest);
    if (slash != 0) add_fraction(rest, amount);
    return slash != 0 ? slash : end;
  }
  if (const Match article = longest(p, Sense::article)) {
    numerator = 1;
    p = article.end;
  } else if (const WordNumber word = read_below_thousand(p, false, false); word.end > p && word.value < 100) {
    numerator = static_cast<uint32_t>(word.value);
    p = word.end;
  }
  if (numerator == 0 || amount.decimals > 0) return end;
  const Match word = longest(over_hyphen(p), numerator == 1 ? Sense::fraction : Sense::fractions);
  if (!word || runs_on(word.end)) return end;
  Amount rest;
  set_fraction(numerator, word.payload, rest);
  if (rest.number >= Decimal(1)) return end;
  add_fraction(rest, amount);
  return word.end;
}

// "half a million", "quarter mile", "half of its sales": no number stands before the part.
size_t ValueScan::read_part(size_t i, Match part, Amount& amount) const {
  Amount trial = amount;
  set_fraction(1, part.payload, trial);
  size_t end = part.end;
  if (const Match of = longest(end, Sense::fraction_of)) {
    if (const Match article = longest(of.end, Sense::article)) end = article.end;
  } else if (const Match article = longest(end, Sense::article)) {
    end = article.end;
  }
  const size_t next = over_hyphen(end);
  if (i == 0 && is_all(part.end)) {
    amount = trial;
    amount.fraction = true;
    return part.end;
  }
  if (const Match factor = longest(next, Sense::multiplier)) {  // half a dozen
    trial.number = trial.number.times(Decimal(static_cast<int64_t>(factor.payload))).value_or(trial.number);
    trial.decimals = 0;
    amount = trial;
    return factor.end;
  }
  if (may_start(next, Sense::scale) || is_measured_at(end, part.payload, trial)) {
    amount = trial;
    return end;
  }
  const bool led = part.payload == 2 && (led_ || (i > 0 && on_list(i - 1, List::by)));  // not "quarter over quarter"
  const Match of = longest(part.end, Sense::fraction_of);
  const bool shared = of ? on_list(of.end, List::whole) : on_list(part.end, List::whole) && !may_start(part.end, Sense::article);
  if (!led && !shared) return 0;
  amount = trial;
  amount.fraction = amount.part = true;
  return part.end;
}

// A unit of measure that one can halve; calendar units only into halves ("a quarter year" is a date's word).
bool ValueScan::is_measured_at(size_t i, uint32_t denominator, Amount trial) const {
  const size_t begin = over_hyphen(i);
  if (longest(begin, Sense::currency_after)) return true;
  if (begin >= size() || !read_plain_unit(begin, trial)) return false;
  const Unit& unit = tables_.unit(trial.unit);
  if (unit.type == UnitType::time) return denominator == 2 || unit.dimension == "time";
  return unit.type != UnitType::count;
}

// "a third of", "by a third": an article and a part, where what follows or stands before shows that it is one.
size_t ValueScan::read_article_part(size_t i, size_t end, Amount& amount) const {
  const Match word = longest(end, Sense::fraction);
  if (!word || runs_on(word.end) || longest(end, Sense::never) || over_hyphen(word.end) > word.end) return 0;
  const Match of = longest(word.end, Sense::fraction_of);
  const bool led = led_ || (i > 0 && on_list(i - 1, List::by));
  Amount trial = amount;
  set_fraction(1, word.payload, trial);
  const bool measured = may_start(word.end, Sense::scale) || (longest(end, Sense::part) && is_measured_at(word.end, word.payload, trial));
  // "up a third.", "fell a fifth,"; not "a third time"
  const bool closed = word.end >= size() || at(word.end).kind == Token::Kind::symbol || at(word.end).kind == Token::Kind::line;
  const bool changed = closed && (i > 0 ? on_list(i - 1, List::change) : is_all(word.end));
  const bool shared = of && (on_list(of.end, List::whole) || !may_start(end, Sense::unit));
  // "a third more than a year ago"
  const bool compared = on_list(word.end, List::compared);
  if (!led && !measured && !shared && !changed && !compared) return 0;
  amount = trial;
  amount.fraction = amount.part = true;
  return word.end;
}

// "Tenth of a gallon" where the text begins: a part without its article.
ValueScan::Match ValueScan::opening_share(size_t i) const {
  const Match word = i == 0 && asides_ ? longest(i, Sense::fraction) : Match();
  if (!word || runs_on(word.end)) return {};
  const size_t thing = over_of_a(word.end);
  return thing > word.end && is_measured_at(thing, 2, Amount()) ? word : Match();
}

// "two thirds | of a | million": past the words between a part and what it is a part of; else `end`.
size_t ValueScan::over_of_a(size_t end) const {
  const Match of = longest(end, Sense::fraction_of);
  if (!of) return end;
  const Match article = longest(of.end, Sense::article);
  return article ? article.end : end;
}

// "3 million | and a half", "one billion | and a half million".
bool ValueScan::read_scaled_fraction(Amount& amount) const {
  if (!may_start(over_hyphen(amount.end), Sense::and_number)) return true;
  Amount rest = amount;
  rest.number = Decimal();
  rest.exponent = 0;
  rest.scaled = false;
  rest.end = read_and_fraction(amount.end, rest);
  if (rest.end == amount.end) return true;
  if (!read_scale_words(rest)) return false;
  if (!rest.scaled) {
    add_fraction(rest, amount);
    amount.end = rest.end;
    return true;
  }
  if (rest.exponent >= amount.exponent) return true;
  add_term(rest, amount);
  amount.decimals = rest.decimals;
  return true;
}

}  // namespace factmill
