// One number with its currency, scale, unit and rate.
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr size_t kMaxDigits = 38;
constexpr size_t kMaxWords = 16;    // of a number in words
constexpr size_t kMaxGroups = 6;    // of "1 234 567"
constexpr uint8_t kMaxOrdinalDigits = 4;  // of "No. 3"
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
  p = read_number(p, tied, amount);
  if (p == 0) return false;
  amount.end = p;
  if (!read_scales(amount)) return false;
  read_unit(amount);
  amount.outer_end = std::max(amount.outer_end, amount.end);
  return ends_free(amount);
}

// "-2.7%", "negative 2.7 percent"; a hyphen only where it hangs on to the number and to nothing before it.
size_t ValueScan::read_sign(size_t i, Amount& amount) const {
  if (amount.has_sign) return i;
  for (const Sense sense : {Sense::negative, Sense::positive}) {
    const Match sign = longest(i, sense);
    if (!sign || sign.end >= size()) continue;
    if (at(i).kind == Token::Kind::symbol) {
      const bool after_word = i > 0 && glued(i) && at(i - 1).kind != Token::Kind::symbol;
      if (!glued(sign.end) || after_word) continue;
    }
    const bool leads = is_number(sign.end) || may_start(sign.end, Sense::currency_before) || may_start(sign.end, Sense::numeral);
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
  if (currency.grouped) {
    const Token& next = at(mark.end);
    const bool scaled = may_start(over_hyphen(mark.end + 1), Sense::scale);
    if (!next.is_number() || !(next.has(Token::kGrouped) || next.decimals > 0 || scaled)) return i;
  }
  amount.unit = currency.unit;
  amount.mark = currency.shared;
  amount.currency_before = true;
  return mark.end;
}

size_t ValueScan::read_number(size_t i, bool tied, Amount& amount) const {
  if (i >= size()) return 0;
  if (at(i).kind == Token::Kind::number) return read_digits(i, tied, amount);
  return read_words(i, amount);
}

size_t ValueScan::read_digits(size_t i, bool tied, Amount& amount) const {
  const Token& token = at(i);
  if (!token.is_number()) return 0;
  if (!tied && !amount.currency_before && !amount.has_sign && !stands_free(i)) return 0;
  if (text_[token.begin] == '0' && token.digits > 1) return 0;  // 001, 007
  const size_t end = read_spaced_groups(i);
  amount.number = decimal_of(i, end);
  amount.decimals = token.decimals;
  amount.grouped = token.has(Token::kGrouped) || end > i + 1;
  return end;
}

// "1 234 567": a head of one to three digits and at least two groups of three; else just the one token.
size_t ValueScan::read_spaced_groups(size_t i) const {
  const auto is_group = [&](size_t k) {
    return is_number(k) && at(k).digits == 3 && at(k).decimals == 0 && !at(k).has(Token::kGrouped) && at(k).begin == at(k - 1).end + 1;
  };
  const Token& head = at(i);
  if (head.digits > 3 || head.decimals > 0 || head.has(Token::kGrouped)) return i + 1;
  size_t end = i + 1;
  while (is_group(end) && end - i <= kMaxGroups) ++end;
  return end - i >= 3 && end - i <= kMaxGroups && !is_number(end) ? end : i + 1;
}

Decimal ValueScan::decimal_of(size_t begin, size_t end) const {
  char digits[kMaxDigits + 3];
  size_t count = 0;
  for (const char c : bytes(begin, end).of(text_)) {
    if ((c >= '0' && c <= '9') || c == '.') {
      if (count < sizeof digits) digits[count++] = c;
    }
  }
  return Decimal::parse({digits, count}).value_or(Decimal());
}

// A number in words; scales come later.
size_t ValueScan::read_words(size_t i, Amount& amount) const {
  if (runs_on(i)) return 0;
  amount.in_words = true;
  if (const Match half = longest(i, Sense::half)) return read_half(half.end, amount);
  size_t end = i;
  if (const Match article = longest(i, Sense::article)) {
    if (!may_start(article.end, Sense::multiplier) && !may_start(article.end, Sense::scale)) return read_article(i, article.end, amount);
    amount.number = Decimal(1);  // a dozen, a million
    end = article.end;
  }
  end = read_numerals(i, end, amount);
  if (end == i) return 0;
  const Match half = longest(end, Sense::and_half);
  if (!half) return end;
  amount.number = sum(amount.number, Decimal(5, 1));
  amount.decimals = 1;
  return half.end;
}

// "half a million", "half an hour"; nothing where neither scale nor unit follows.
size_t ValueScan::read_half(size_t end, Amount& amount) const {
  if (!may_start(end, Sense::scale) && !has_unit_at(end, amount)) return 0;
  amount.number = Decimal(5, 1);
  amount.decimals = 1;
  return end;
}

// "within an hour": an article counts one only before a unit of time and behind some words.
size_t ValueScan::read_article(size_t i, size_t end, Amount& amount) const {
  if (i == 0 || !on_list(i - 1, List::article_after)) return 0;
  Amount trial = amount;
  trial.number = Decimal(1);
  if (end >= size() || !read_plain_unit(end, trial) || tables_.unit(trial.unit).type != UnitType::time) return 0;
  amount.number = Decimal(1);
  amount.article = true;
  return end;
}

// "twenty-seven", "one hundred and five", "two dozen" from tokens[at] on; `at` is past i where an article stands before.
size_t ValueScan::read_numerals(size_t i, size_t end, Amount& amount) const {
  int value = end > i ? 1 : 0;
  bool any = end > i;
  for (size_t words = 0; words < kMaxWords; ++words) {
    size_t next = any ? over_hyphen(end) : end;
    if (any && value >= 100 && value % 100 == 0) {
      if (const Match joint = longest(next, Sense::and_number); joint && may_start(joint.end, Sense::numeral)) next = joint.end;
    }
    if (next > i && runs_on(next)) break;
    if (const Match word = longest(next, Sense::numeral)) {
      const int more = static_cast<int>(word.payload);
      const bool fits = !any || (more > 0 && (value % 100 == 0 || (value % 10 == 0 && value % 100 >= 20 && more < 10)));
      if (!fits) break;
      value += more;
      end = word.end;
    } else if (const Match factor = longest(next, Sense::multiplier); factor && any && value > 0 && value < 100) {
      value *= static_cast<int>(factor.payload);
      end = factor.end;
    } else {
      break;
    }
    any = true;
  }
  amount.number = Decimal(value);
  return end;
}

// "6.4 billion", "500k", "two million three hundred thousand". False where letters hang on that are no scale.
bool ValueScan::read_scales(Amount& amount) const {
  for (int rounds = 0; rounds < 3; ++rounds) {
    const size_t begin = over_hyphen(amount.end);
    if (!may_start(begin, Sense::scale)) break;
    size_t end = 0;
    int exponent = 0;
    tables_.phrases().each_match(tokens_, begin, text_, static_cast<uint8_t>(Sense::scale), [&](const PhraseSense& sense, size_t e) {
      const Scale& scale = tables_.scale(sense.payload);
      if (runs_on(e) || !passes(scale.guard, amount, begin)) return;
      const bool money = amount.currency_before || longest(over_hyphen(e), Sense::currency_after);
      if (scale.guard.money && !money) return;
      if (scale.guard.unit && !money && !has_unit_at(e, amount)) return;
      end = e;
      exponent = scale.exponent;
    });
    if (end == 0) break;
    if (amount.exponent + exponent > 24) return false;
    amount.exponent += exponent;
    amount.scaled = true;
    amount.end = end;
  }
  return true;
}

void ValueScan::read_unit(Amount& amount) const {
  read_after(amount);
  const size_t begin = over_hyphen(amount.end);
  if (read_currency_after(begin, amount) || amount.currency_before) {
    // RMB 615 million yuan
  } else if (begin < size()) {
    read_plain_unit(begin, amount);
  }
  read_per(amount);
  read_smaller_units(amount);
  read_after(amount);
}

bool ValueScan::read_currency_after(size_t i, Amount& amount) const {
  if (!may_start(i, Sense::currency_after)) return false;
  size_t end = 0;
  UnitSurface found;
  tables_.phrases().each_match(tokens_, i, text_, static_cast<uint8_t>(Sense::currency_after), [&](const PhraseSense& sense, size_t e) {
    const UnitSurface& surface = tables_.unit_surface(sense.payload);
    if (runs_on(e) || surface.behind || (surface.grouped && !is_like_money(amount, e))) return;
    if (amount.currency_before ? !is_same_currency(amount, surface) : surface.echo) return;
    end = e;
    found = surface;
  });
  // "RMB 3, yuan": not across a sign; "87 $": the sign belongs to the next number.
  if (end == 0) return false;
  if (is_number(end) && at(end - 1).kind == Token::Kind::symbol) return false;
  // "RMB 215,900 CNY 100 million": a code before a number goes with that.
  if (is_number(end) && may_start(i, Sense::currency_before) && longest(i, Sense::currency_before).end == end) return false;
  amount.unit = found.unit;
  amount.unit_exponent = found.exponent;
  amount.mark = found.shared;
  amount.end = end;
  return true;
}

// What a mark asks for that is also a word: "3,000 won"; not "TOP 10", nor among words in capitals.
bool ValueScan::is_like_money(const Amount& amount, size_t end) const {
  if (is_word(end) && at(end).has(Token::kUpper) && at(end).span().size() > 1) return false;
  return amount.grouped || amount.scaled || amount.decimals > 0 || amount.number >= Decimal(1000);
}

// "RMB 615 million yuan", "HK$263 dollars"; of "$5 Australian dollars" the name says more.
bool ValueScan::is_same_currency(const Amount& amount, const UnitSurface& surface) const {
  const auto is_among = [&](uint16_t unit, uint16_t mark) {
    const std::span<const uint16_t> units = tables_.alternatives(mark);
    return std::find(units.begin(), units.end(), unit) != units.end();
  };
  return surface.unit == amount.unit || is_among(surface.unit, amount.mark);
}

bool ValueScan::read_plain_unit(size_t i, Amount& amount) const {
  if (!may_start(i, Sense::unit)) return false;
  size_t end = 0;
  UnitSurface found;
  tables_.phrases().each_match(tokens_, i, text_, static_cast<uint8_t>(Sense::unit), [&](const PhraseSense& sense, size_t e) {
    const UnitSurface& surface = tables_.unit_surface(sense.payload);
    if (runs_on(e) || !passes(surface.guard, amount, i)) return;
    end = e;
    found = surface;
  });
  if (end == 0) return false;
  amount.unit = found.unit;
  amount.unit_exponent = found.exponent;
  amount.end = end;
  return true;
}

bool ValueScan::has_unit_at(size_t i, const Amount& amount) const {
  const size_t begin = over_hyphen(i);
  if (may_start(begin, Sense::currency_after) && longest(begin, Sense::currency_after)) return true;
  Amount trial = amount;
  return read_plain_unit(begin, trial);
}

bool ValueScan::passes(const Guard& guard, const Amount& amount, size_t i) const {
  if (guard.glued && (at(i).spaced() || amount.in_words)) return false;
  if (guard.ungrouped && amount.grouped) return false;
  if (guard.whole && amount.decimals > 0) return false;
  if (guard.min > 0 && amount.number < Decimal(guard.min)) return false;
  if (guard.max < INT32_MAX && amount.number > Decimal(guard.max)) return false;
  if (guard.context == 0) return true;
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
  const size_t i = std::max(amount.end, amount.outer_end);
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
  const Match unit = longest(per.end, Sense::denominator);
  if (!unit || runs_on(unit.end)) return;
  // "5 percent a share" is no rate; "1,200 a day" is.
  const Unit& denominator = tables_.unit(static_cast<uint16_t>(unit.payload));
  if (at(i).kind == Token::Kind::word && amount.unit == 0 && denominator.type != UnitType::time) return;
  amount.per = static_cast<uint16_t>(unit.payload);
  amount.end = unit.end;
}

// "12 minutes and 43 seconds", "7min 4.957sec": one value in the smaller unit.
void ValueScan::read_smaller_units(Amount& amount) const {
  for (int rounds = 0; rounds < 3; ++rounds) {
    const Unit& unit = tables_.unit(amount.unit);
    if (unit.type != UnitType::time || unit.standard == amount.unit || amount.per != 0 || amount.exponent != 0) return;
    size_t next = amount.end;
    if (const Match joint = longest(next, Sense::and_number)) next = joint.end;
    if (!is_number(next)) return;
    Amount rest;
    rest.begin = next;
    next = read_digits(next, false, rest);
    if (next == 0) return;
    rest.end = next;
    const size_t begin = over_hyphen(next);
    if (begin >= size() || !read_plain_unit(begin, rest)) return;
    const Unit& smaller = tables_.unit(rest.unit);
    if (smaller.standard != unit.standard || !(smaller.factor < unit.factor)) return;
    const std::optional<Decimal> ratio = unit.factor.divided_by(smaller.factor, 0);
    if (!ratio) return;
    amount.number = sum(product(amount.number, *ratio), rest.number);
    amount.decimals = rest.decimals;
    amount.unit = rest.unit;
    amount.end = rest.end;
  }
}

// "second", "27th", "No. 3", "300,000th", "one-millionth".
size_t ValueScan::read_ordinal(size_t i) {
  if (runs_on(i)) return 0;
  Amount amount;
  size_t end = read_prefixed_ordinal(i, amount);
  if (end == 0) end = is_number(i) ? read_digit_ordinal(i, amount) : read_word_ordinal(i, amount);
  if (end == 0) return 0;
  Value value;
  value.type = ValueType::ordinal;
  value.in_words = amount.in_words;
  value.span = value.outer = bytes(i, end);
  value.low = value.high = product(amount.number, Decimal::power_of_ten(amount.exponent));
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
  if (at(i).decimals > 0 || !stands_free(i)) return 0;
  amount.number = decimal_of(i, i + 1);
  const Match suffix = longest(i + 1, Sense::ordinal_suffix);
  if (suffix && glued(i + 1) && !runs_on(suffix.end)) return suffix.end;
  const Match scale = longest(over_hyphen(i + 1), Sense::ordinal_scale);
  if (scale) amount.exponent = static_cast<int>(scale.payload);
  return scale.end;
}

// "second", "twenty-first", "one-millionth"
size_t ValueScan::read_word_ordinal(size_t i, Amount& amount) const {
  amount.in_words = true;
  if (const Match ordinal = longest(i, Sense::ordinal)) {
    amount.number = Decimal(static_cast<int64_t>(ordinal.payload));
    return runs_on(ordinal.end) ? 0 : ordinal.end;
  }
  const Match word = longest(i, Sense::numeral);
  if (!word) return 0;
  const size_t next = over_hyphen(word.end);
  if (const Match scale = longest(next, Sense::ordinal_scale)) {
    amount.number = Decimal(static_cast<int64_t>(word.payload));
    amount.exponent = static_cast<int>(scale.payload);
    return scale.end;
  }
  const Match tail = longest(next, Sense::ordinal);
  if (!tail || next == word.end || word.payload < 20 || tail.payload >= 10) return 0;
  amount.number = Decimal(static_cast<int64_t>(word.payload + tail.payload));
  return tail.end;
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
  value.low = value.high = Decimal(static_cast<int64_t>(multiple.payload));
  value.unit = tables_.multiple();
  out_.values.push_back(value);
  return multiple.end;
}

}  // namespace factmill
