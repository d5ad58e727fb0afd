// Numbers in digits and words: "6.4 billion", "two million three hundred thousand", "two and a half", "3/4".
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr size_t kMaxDigits = 38;
constexpr int kMaxShortDigits = 18;
constexpr size_t kMaxWords = 16;       // of a number in words
constexpr size_t kMaxGroups = 6;       // of "1 234 567"
constexpr int kMaxExponent = 30;
constexpr int kMaxTerms = 8;           // two million | three hundred thousand | and five
constexpr uint8_t kMaxPointDigits = 4;

}  // namespace

size_t ValueScan::read_number(size_t i, bool tied, Amount& amount) const {
  if (i >= size()) return 0;
  const size_t end = at(i).kind == Token::Kind::word ? read_words(i, amount) : read_digits(i, tied, amount);
  if (end == 0 || amount.fraction) return end;
  if (const size_t ratio = read_ratio(end, amount); ratio > end) return ratio;
  return read_and_fraction(end, amount);
}

// --- digits

size_t ValueScan::read_digits(size_t i, bool tied, Amount& amount) const {
  const bool free = tied || amount.currency_before || amount.has_sign;
  const bool hangs_on = amount.currency_before && is_sign(i, '.') && glued(i) && is_number(i + 1) && glued(i + 1) && at(i + 1).decimals == 0;  // R$.45bn
  if (is_point_number(i) || hangs_on) return read_point_digits(i, amount);
  if (at(i).kind == Token::Kind::number && at(i).has(Token::kOdd)) return free || stands_free(i) ? read_lap(i, amount) : 0;
  if (!is_number(i) || (!free && !stands_free(i))) return 0;
  if (const size_t end = read_slash(i, amount, amount)) {
    amount.fraction = true;
    return end;
  }
  const Token& token = at(i);
  // 001, 007; but "05 minutes"
  const bool padded = text_[token.begin] == '0' && token.digits > 1;
  if (padded && !is_whole(amount, i + 1) && (token.digits > 2 || token.decimals > 0 || !has_unit_at(i + 1, amount))) return 0;
  size_t end = read_spaced_groups(i, amount.currency_before);
  // "12,7": a decimal only where a unit shows it, or in a text that is known to write so.
  const bool unsure = token.has(Token::kComma) && !token.has(Token::kGrouped) && sign_ == DecimalSign::point;
  if (unsure && !amount.currency_before && !may_start(over_hyphen(end), Sense::scale) && !has_unit_at(end, amount)) return 0;
  amount.number = decimal_of(i, end);
  const Token& last = at(end - 1);
  amount.comma = token.has(Token::kComma) || last.has(Token::kComma);
  amount.decimals = last.decimals;
  amount.grouped = token.has(Token::kGrouped) || end > i + 1;
  if (const size_t power = read_power(end, amount)) return power;
  if (const size_t eighths = read_eighths(end, amount)) return eighths;
  if (end > i + 1 || amount.grouped || token.decimals > 0) return end;
  const size_t next = over_glued_hyphen(end);
  if (is_number(next) && (at(next).spaced() || next > end)) {
    Amount rest;  // 1 3/4, 2-1/2
    if (const size_t mixed = read_slash(next, next > end ? Amount() : amount, rest)) {
      add_fraction(rest, amount);
      return mixed;
    }
  }
  return read_hundreds(read_point_words(end, amount), amount);
}

// "6:46.874", "7:04.957 minutes": minutes and seconds with decimals, which no time of the day has.
size_t ValueScan::read_lap(size_t i, Amount& amount) const {
  constexpr size_t kBeforePoint = 2;
  const std::string_view written = at(i).span().of(text_);
  const size_t colon = written.find(':'), point = written.find('.');
  const bool lap = tables_.clocked() != 0 && colon <= 2 && point == colon + 1 + kBeforePoint && written.find_first_of(".:,", point + 1) == written.npos;
  if (!lap || written.size() > kMaxShortDigits) return 0;
  const Unit::Rest& rest = tables_.unit(tables_.clocked()).rests.front();
  const std::optional<Decimal> whole = Decimal::parse(written.substr(0, colon)), seconds = Decimal::parse(written.substr(colon + 1));
  if (!whole || !seconds || *seconds >= Decimal(rest.count)) return 0;
  amount.number = whole->times(Decimal(rest.count)).value_or(Decimal()).plus(*seconds).value_or(*seconds);
  amount.decimals = static_cast<int>(written.size() - point - 1);
  amount.unit = rest.unit;
  const size_t unit = over_hyphen(i + 1);
  Amount trial;
  return unit < size() && read_plain_unit(unit, trial) && trial.unit == tables_.clocked() ? trial.end : i + 1;
}

// 1.3 | e6, 6 | x10^-4
size_t ValueScan::read_power(size_t i, Amount& amount) const {
  Match mark = longest(i, Sense::times_ten);
  if (!mark && glued(i)) mark = longest(i, Sense::power);
  if (!mark || !glued(mark.end)) return 0;
  const bool negative = is_sign(mark.end, '-');
  const size_t p = negative || is_sign(mark.end, '+') ? mark.end + 1 : mark.end;
  if (!is_number(p) || !glued(p) || at(p).digits > 2 || at(p).decimals > 0 || runs_on(p + 1)) return 0;
  const auto exponent = static_cast<int>(at(p).word);
  if (exponent > kMaxExponent) return 0;
  const Decimal factor = negative ? Decimal(1, exponent) : Decimal::power_of_ten(exponent);
  const std::optional<Decimal> number = amount.number.times(factor);
  if (!number) return 0;
  amount.number = *number;
  amount.decimals = std::max(0, amount.decimals + (negative ? exponent : -exponent));
  amount.grouped = true;
  return p + 1;
}

// .77 where nothing hangs on before it.
bool ValueScan::begins_point_number(size_t i) const {
  if (!is_number(i + 1) || !glued(i + 1)) return false;
  const Token& digits = at(i + 1);
  if (digits.decimals > 0 || digits.has(Token::kGrouped)) return false;
  return i == 0 || at(i).spaced() || (at(i - 1).kind == Token::Kind::symbol && !is_sign(i - 1, '.'));
}

size_t ValueScan::read_point_digits(size_t i, Amount& amount) const {
  char digits[kMaxDigits + 3] = "0.";
  const std::string_view written = at(i + 1).span().of(text_);
  if (written.size() > kMaxDigits - 1) return 0;
  std::copy(written.begin(), written.end(), digits + 2);
  amount.number = Decimal::parse({digits, written.size() + 2}).value_or(Decimal());
  amount.decimals = static_cast<int>(written.size());
  return i + 2;
}

// "1 234 567", "1 298,00 euros": a head of one to three digits and groups of three, of which the last may have decimals.
// One group is sure by what stands around it alone. Else just the one token.
size_t ValueScan::read_spaced_groups(size_t i, bool currency_before) const {
  const auto is_group = [&](size_t k) {
    const Token& token = at(k);
    return token.digits == 3 && !token.has(Token::kGrouped) && token.end - token.begin == (token.decimals > 0 ? 4U + token.decimals : 3U);
  };
  const Token& head = at(i);
  if (head.digits > 3 || head.decimals > 0 || head.has(Token::kGrouped)) return i + 1;
  size_t end = i + 1;
  while (is_number(end) && is_group(end) && (at(end).begin - at(end - 1).end - 1U < 3U && at(end).spaced()) && end - i <= kMaxGroups) {
    if (at(end++).decimals > 0) break;
  }
  if (end > i + 1 && is_number(end)) return i + 1;
  const bool closed = end >= size() || at(end).kind != Token::Kind::word;
  const bool as_written = sign_ == DecimalSign::comma;  // who writes 90,8 writes 12 112
  if (end == i + 2 && ((currency_before && closed) || as_written || is_sure_group(i, end))) return end;
  if (end == i + 1 && is_broken_group(i)) return i + 3;
  return end - i >= 3 && end - i <= kMaxGroups ? end : i + 1;
}

// "241, 149 units": a space slipped into a number. Not of the last two of a list.
bool ValueScan::is_broken_group(size_t i) const {
  if (!is_sign(i + 1, ',') || !glued(i + 1) || !is_number(i + 2) || glued(i + 2) || (i > 0 && is_sign(i - 1, ','))) return false;
  const Token& group = at(i + 2);
  const bool plain = group.digits == 3 && group.decimals == 0 && group.end - group.begin == 3;
  Amount trial;
  trial.number = decimal_of(i, i + 3);
  trial.grouped = true;
  const size_t begin = i + 3;
  return plain && begin < size() && !glued(begin) && read_plain_unit(begin, trial) && tables_.unit(trial.unit).type == UnitType::count;
}

// "40 000 euros", "12 500 units": one group alone is sure where something is counted or paid, and no name stands before
// it as in "Model 3 500 units".
bool ValueScan::is_sure_group(size_t i, size_t end) const {
  const bool after_name = i > 0 && (is_word(i - 1) ? at(i - 1).has(Token::kCapital) : !is_sign(i - 1, ',') && !is_sign(i - 1, '('));
  if (after_name) return false;
  const size_t begin = over_hyphen(end);
  if (may_start(begin, Sense::currency_after) && longest(begin, Sense::currency_after)) return true;
  Amount trial;
  trial.number = decimal_of(i, end);
  trial.grouped = true;
  return begin < size() && read_plain_unit(begin, trial) && tables_.unit(trial.unit).type == UnitType::count;
}

Decimal ValueScan::decimal_of(size_t begin, size_t end) const {
  if (end == begin + 1 && at(begin).digits + at(begin).decimals <= kMaxShortDigits) return short_decimal(at(begin));
  char digits[kMaxDigits + 3];
  size_t count = 0;
  const char point = at(begin).has(Token::kComma) || at(end - 1).has(Token::kComma) ? ',' : '.';
  for (const char c : bytes(begin, end).of(text_)) {
    if ((c >= '0' && c <= '9') || c == point) {
      if (count < sizeof digits) digits[count++] = c == point ? '.' : c;
    }
  }
  return Decimal::parse({digits, count}).value_or(Decimal());
}

// Of so few digits that 64 bits hold them.
Decimal ValueScan::short_decimal(const Token& token) const {
  if (token.word != Token::kNoInteger) return Decimal(static_cast<int64_t>(token.word));
  int64_t value = 0;
  for (const char c : token.span().of(text_)) {
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
  }
  return Decimal(value, token.decimals);
}

// "3 hundred and 21", "322 hundred", "2 dozen"
size_t ValueScan::read_hundreds(size_t end, Amount& amount) const {
  const Match factor = longest(over_hyphen(end), Sense::multiplier);
  if (!factor || runs_on(over_hyphen(end))) return end;
  if (amount.decimals > 0 && factor.payload != 100) return end;
  const std::optional<Decimal> product = amount.number.times(Decimal(static_cast<int64_t>(factor.payload)));
  if (!product) return end;
  amount.number = *product;
  amount.factor = static_cast<int>(factor.payload);
  amount.decimals = 0;
  const Match joint = joins_ ? longest(factor.end, Sense::and_number) : Match();
  if (!joint || factor.payload != 100) return factor.end;
  if (!is_number(joint.end)) {
    const WordNumber word = read_below_thousand(joint.end, false, false);
    if (word.end == joint.end || word.value >= 100 || may_start(over_hyphen(word.end), Sense::fractions)) return factor.end;
    amount.number = product->plus(Decimal(word.value)).value_or(*product);
    return word.end;
  }
  const Token& rest = at(joint.end);
  const bool fits = rest.digits <= 2 && rest.decimals == 0 && rest.word > 0 && !may_start(over_hyphen(joint.end + 1), Sense::multiplier);
  if (!fits || !stands_free(joint.end)) return factor.end;
  amount.number = product->plus(Decimal(static_cast<int64_t>(rest.word))).value_or(*product);
  return joint.end + 1;
}

// --- words

// A number in words; scales come later.
size_t ValueScan::read_words(size_t i, Amount& amount) const {
  if (runs_on(i)) return 0;
  amount.in_words = true;
  if (const Match lone = i == 0 ? longest(i, Sense::lone) : Match(); lone && is_all(lone.end)) {
    amount.number = Decimal(static_cast<int64_t>(lone.payload));
    return lone.end;
  }
  if (const Match part = longest(i, Sense::part)) return read_part(i, part, amount);
  if (const Match share = opening_share(i)) {
    set_fraction(1, share.payload, amount);
    amount.fraction = true;
    return share.end;
  }
  if (i == 0 && may_start(i, Sense::decimal_point)) {
    const size_t end = read_point_words(i, amount);
    return end > i ? end : 0;
  }
  size_t begin = i;
  bool counted = false;
  const bool alone = i == 0 && !may_start(i, Sense::article);
  if (const Match article = longest(i, Sense::article)) {
    if (const Match pair = longest(article.end, Sense::collective)) {  // a couple of
      amount.number = Decimal(static_cast<int64_t>(pair.payload));
      return read_hundreds(pair.end, amount);  // a couple of | hundred
    }
    if (const size_t end = read_article_part(i, article.end, amount)) return end;
    counted = may_start(article.end, Sense::multiplier) || may_start(article.end, Sense::scale);
    if (!counted) return read_article(i, article.end, amount);
    begin = article.end;  // a dozen, a million
  } else if (alone) {
    counted = may_start(i, Sense::multiplier) || may_start(i, Sense::scale);
  }
  const WordNumber word = read_below_thousand(begin, counted, false);
  if (word.end == begin) return counted ? read_lone_scale(begin, alone, amount) : 0;
  amount.number = Decimal(word.value);
  amount.factor = word.factor;
  const size_t end = read_denominator(word.end, amount);
  return amount.fraction ? end : read_point_words(end, amount);
}

// "million" for one million: behind an article, or `alone` at the beginning and before a unit.
size_t ValueScan::read_lone_scale(size_t i, bool alone, Amount& amount) const {
  const Match word = longest(i, Sense::scale);
  if (!word || runs_on(word.end)) return 0;
  const Scale& scale = tables_.scale(word.payload);
  const bool goes_on = may_start(word.end, Sense::numeral) || may_start(word.end, Sense::scale) || may_start(longest(word.end, Sense::and_number).end, Sense::numeral);
  if (scale.plural || (alone && !has_unit_at(word.end, amount) && !is_all(word.end) && !goes_on)) return 0;
  amount.number = Decimal(1);
  amount.exponent = scale.exponent;
  amount.scaled = true;
  return word.end;
}

// "within an hour", "more than a mile": an article counts one before a unit of time behind some words, and before any
// measure or currency behind a qualifier or where the text begins.
size_t ValueScan::read_article(size_t i, size_t end, Amount& amount) const {
  const bool listed = i > 0 && on_list(i - 1, List::article_after);
  if ((!listed && !led_ && i > 0 && !asides_) || end >= size()) return 0;
  Amount trial = amount;
  trial.number = Decimal(1);
  if (!read_currency_after(end, trial) && !read_plain_unit(end, trial)) return 0;
  if (may_start(end, Sense::ordinal) && may_start(trial.end, Sense::unit)) return 0;  // "for a second | week"
  const UnitType type = tables_.unit(trial.unit).type;
  const std::string& dimension = tables_.unit(trial.unit).dimension;
  if (asides_ && (dimension == "mass" || dimension == "volume") && longest(trial.end, Sense::fraction_of)) {  // a gallon | of
    amount.number = Decimal(1);
    amount.article = true;
    return end;
  }
  const bool measure = type == UnitType::physical || type == UnitType::currency;
  if (type == UnitType::time ? !listed && !led_ : !measure || (!led_ && i > 0)) return 0;
  amount.number = Decimal(1);
  amount.article = true;
  return end;
}

// "seven hundred and twenty-one", "two dozen", "twenty-one hundred", "one twenty two", and with `ordinals` "one hundred
// and third". `counted`: an article has counted one already.
ValueScan::WordNumber ValueScan::read_below_thousand(size_t i, bool counted, bool ordinals) const {
  WordNumber n;
  n.value = counted ? 1 : 0;
  n.end = i;
  bool any = counted;
  for (size_t words = 0; words < kMaxWords; ++words) {
    const size_t next = next_in_words(n, i, any);
    if (next > i && runs_on(next)) break;
    if (const Match word = longest(next, Sense::numeral)) {
      const auto more = static_cast<int64_t>(word.payload);
      if (!any || fits_behind(n.value, more)) {
        const bool joined = any && next > over_hyphen(n.end);
        if (n.value >= 100 && !is_last_of_hundreds(word.end, joined)) break;
        n.value += more;
      } else if (words == 1 && n.value < 10 && more >= 20 && more % 10 == 0 && (is_ones(word.end) || (i == 0 && is_all(word.end)))) {
        n.value = n.value * 100 + more;  // one twenty two
      } else {
        break;
      }
      n.end = word.end;
      n.factor = 0;
    } else if (const Match factor = longest(next, Sense::multiplier); factor && any && n.value > 0 && n.value % 100 != 0) {
      if (n.value > 100 && factor.payload == 100) break;
      n.value *= static_cast<int64_t>(factor.payload);
      n.factor = static_cast<int>(factor.payload);
      n.end = factor.end;
    } else if (const Match factor = longest(next, Sense::multiplier); factor && any && factor.payload < 100 && n.factor == 100) {
      n.value *= static_cast<int64_t>(factor.payload);  // two hundred dozens
      n.end = factor.end;
    } else {
      if (ordinals) end_with_ordinal(next, any, n);
      break;
    }
    any = true;
  }
  return n;
}

// Where the next word of the number stands: over a hyphen, and behind hundreds over "and".
size_t ValueScan::next_in_words(const WordNumber& n, size_t begin, bool any) const {
  const size_t next = any && n.end > begin ? over_thin_dash(over_hyphen(n.end)) : n.end;
  if (!joins_ || n.value < 100 || n.value % 100 != 0) return next;
  const Match joint = longest(next, Sense::and_number);
  if (!joint || runs_on(joint.end)) return next;
  constexpr uint64_t kParts = sense_bit(Sense::numeral) | sense_bit(Sense::ordinal);
  return starts(joint.end) & kParts ? joint.end : next;
}

// twenty | one, one hundred | five; not one | two.
bool ValueScan::fits_behind(int64_t value, int64_t more) {
  return more > 0 && more < 100 && (value % 100 == 0 || (value % 10 == 0 && value % 100 >= 20 && more < 10));
}

bool ValueScan::is_ones(size_t i) const {
  const Match word = longest(i, Sense::numeral);
  return word && word.payload > 0 && word.payload < 10 && !may_start(word.end, Sense::multiplier);
}

// "one hundred and | two hundred" and "one hundred and | three quarters" are each two numbers.
bool ValueScan::is_last_of_hundreds(size_t end, bool joined) const {
  const size_t next = over_hyphen(end);
  return !longest(next, Sense::multiplier) && !(joined && may_start(next, Sense::fractions));
}

void ValueScan::end_with_ordinal(size_t i, bool any, WordNumber& n) const {
  const Match word = longest(i, Sense::ordinal);
  if (!word || runs_on(word.end)) return;
  const auto more = static_cast<int64_t>(word.payload);
  if (!any) {
    n.value = more;
  } else if (more == 100 && n.value < 100) {
    n.value *= more;
  } else if (fits_behind(n.value, more)) {
    n.value += more;
  } else {
    return;
  }
  n.end = word.end;
  n.ordinal = true;
}

// "two | point two", "nine point nought four", "1 point 1", and "point 77" where the text begins.
size_t ValueScan::read_point_words(size_t end, Amount& amount) const {
  const Match point = longest(end, Sense::decimal_point);
  if (!point || amount.decimals > 0 || runs_on(end) || amount.number.scale() > 0) return end;
  char digits[kMaxWords + 3] = "0.";
  size_t count = 2;
  size_t p = point.end;
  if (is_number(p) && at(p).decimals == 0 && !at(p).has(Token::kGrouped) && at(p).digits <= kMaxPointDigits) {
    for (const char c : at(p).span().of(text_)) digits[count++] = c;
    ++p;
  } else {
    while (count < 2 + kMaxWords / 2) {
      const Match word = longest(count > 2 ? over_hyphen(p) : p, Sense::numeral);
      if (!word || runs_on(word.end)) break;
      if (word.payload >= 10) {
        if (count > 2) break;
        digits[count++] = static_cast<char>('0' + word.payload / 10);
        digits[count++] = static_cast<char>('0' + word.payload % 10);
        p = word.end;
        // seventy-one
        const Match ones = longest(over_hyphen(p), Sense::numeral);
        if (word.payload % 10 == 0 && word.payload >= 20 && ones && ones.payload > 0 && ones.payload < 10) {
          digits[count - 1] = static_cast<char>('0' + ones.payload);
          p = ones.end;
        }
        break;
      }
      digits[count++] = static_cast<char>('0' + word.payload);
      p = word.end;
    }
  }
  if (count == 2) return end;
  const std::optional<Decimal> part = Decimal::parse({digits, count});
  const std::optional<Decimal> sum = part ? amount.number.plus(*part) : std::nullopt;
  if (!sum) return end;
  amount.number = *sum;
  amount.decimals = static_cast<int>(count) - 2;
  amount.factor = 0;
  return p;
}

// --- scales

// "6.4 billion", "500k", "two million three hundred thousand". False where letters hang on that are no scale.
bool ValueScan::read_scales(Amount& amount) const {
  if (amount.fraction) {
    const size_t whole = over_of_a(amount.end);
    Amount trial = amount;
    trial.fraction = false;
    if (may_start(over_hyphen(whole), Sense::scale) || (whole > amount.end && is_measured_at(whole, 2, trial))) {
      amount.end = whole;
      amount.fraction = false;
    }
  }
  if (!read_scale_words(amount)) return false;
  if (!amount.scaled) return true;
  amount.fraction = false;
  for (int terms = 0; terms < kMaxTerms && read_term(amount); ++terms) {
  }
  return read_scaled_fraction(amount);
}

bool ValueScan::read_scale_words(Amount& amount) const {
  for (int rounds = 0; rounds < 3; ++rounds) {
    const Match scale = scale_at(amount.end, amount);
    if (!scale) break;
    if (amount.exponent + static_cast<int>(scale.payload) > kMaxExponent) return false;
    amount.exponent += static_cast<int>(scale.payload);
    amount.scaled = true;
    amount.end = scale.end;
  }
  return true;
}

// The scale behind the token before i; its payload is the exponent.
ValueScan::Match ValueScan::scale_at(size_t i, const Amount& amount) const {
  const size_t begin = over_hyphen(i);
  Match found;
  if (!may_start(begin, Sense::scale)) return found;
  tables_.phrases().each_match(tokens_, begin, text_, static_cast<uint8_t>(Sense::scale), [&](const PhraseSense& sense, size_t e) {
    const Scale& scale = tables_.scale(sense.payload);
    if (runs_on(e) || !passes(scale.guard, amount, begin, e)) return;
    const bool money = amount.currency_before || after_money_ || longest(over_hyphen(e), Sense::currency_after);
    if (scale.guard.money && !money) return;
    // 1.2m-1.3m units: the other end of a range has the same letter, and says what is counted.
    const Match to = scale.guard.unit && !money ? longest(e, Sense::range_to) : Match();
    const bool again = to && is_number(to.end) && to.end + 1 < size() && at(to.end + 1).word == at(begin).word;
    const size_t thing = again ? to.end + 2 : e;
    if (scale.guard.unit && !money && !has_unit_at(thing, amount) && !is_counted_at(thing)) return;
    found.end = e;
    found.payload = static_cast<uint32_t>(scale.exponent);
  });
  return found;
}

// "6.9m | BEVs", "26.9m | new passenger cars", "1.1m | of EVs": things that are counted, a few words off.
bool ValueScan::is_counted_at(size_t i) const {
  for (size_t words = 0; words < 4 && is_word(i); ++words, ++i) {
    if (on_list(i, List::counted_things)) return true;
    if (!on_list(i, List::counted_over)) return false;
  }
  return false;
}

// One more term of a number, smaller than the scale before it: "two million | three hundred thousand | and five".
bool ValueScan::read_term(Amount& amount) const {
  if (!joins_ || amount.exponent < 3 || amount.decimals > 0) return false;
  Match joint = longest(amount.end, Sense::and_number);
  const Match comma = joint ? Match() : longest(amount.end, Sense::list_comma);
  if (comma && !may_start(comma.end, Sense::numeral) && !may_start(comma.end, Sense::and_number)) return false;
  if (comma) joint = longest(comma.end, Sense::and_number);
  const size_t begin = joint ? joint.end : comma ? comma.end : amount.end;
  if (begin >= size() || runs_on(begin)) return false;
  Amount term;
  term.begin = begin;
  bool by_digits = false;
  if (is_number(begin)) {
    if (at(begin).decimals > 0 || !at(begin).spaced()) return false;
    term.number = decimal_of(begin, begin + 1);
    term.end = read_hundreds(begin + 1, term);
    by_digits = term.end == begin + 1;
  } else {
    const WordNumber word = read_below_thousand(begin, false, false);
    if (word.end == begin || word.value == 0 || (!amount.in_words && word.value < 100)) return false;
    if (may_start(over_hyphen(word.end), Sense::fractions)) return false;
    term.number = Decimal(word.value);
    term.end = read_point_words(word.end, term);
    if (term.decimals > 0 && !joint) return false;
  }
  if (!read_scale_words(term)) return false;
  if (term.exponent == 0 && by_digits) return false;
  // "three million two years ago", "four thousand, five of them"
  const bool loose = term.exponent == 0 && !joint && term.number < Decimal(100);
  if (loose && (comma || (amount.exponent > 3 && is_time_at(term.end)))) return false;
  return add_term(term, amount);
}

bool ValueScan::is_time_at(size_t i) const {
  Amount trial;
  const size_t begin = over_hyphen(i);
  return begin < size() && read_plain_unit(begin, trial) && tables_.unit(trial.unit).type == UnitType::time;
}

bool ValueScan::add_term(const Amount& term, Amount& amount) {
  const int down = amount.exponent - term.exponent;
  if (down <= 0 || term.number >= Decimal::power_of_ten(down)) return false;
  const std::optional<Decimal> shifted = amount.number.times(Decimal::power_of_ten(down));
  const std::optional<Decimal> sum = shifted ? shifted->plus(term.number) : std::nullopt;
  if (!sum) return false;
  amount.number = *sum;
  amount.exponent = term.exponent;
  amount.decimals = term.decimals;
  amount.end = term.end;
  return true;
}

}  // namespace factmill
