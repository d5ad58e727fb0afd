// Ranges and lists of amounts, and which of them share a currency, scale or unit.
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr size_t kMaxLeads = 4;        // "more than about"
constexpr size_t kChangeReach = 8;     // tokens before "from A to B" in which a verb of change makes it none
constexpr int kMinCode = 200;        // GB 38031-2025, 787-9; but 3-2 is a score
constexpr int kScaleShareLimit = 1000; // 143, 169.2 and 220.3 billion: only small numbers wait for a scale

}  // namespace

size_t ValueScan::read_amounts(size_t i) {
  constexpr uint64_t kOrdinals = sense_bit(Sense::ordinal) | sense_bit(Sense::ordinal_prefix) | sense_bit(Sense::ordinal_scale) |
                                 sense_bit(Sense::numeral);
  const bool number = is_number(i);
  if (number || (starts(i) & kOrdinals)) {
    if (size_t end = read_ordinal(i)) return end;
  }
  if (!number && (starts(i) & (sense_bit(Sense::multiple) | sense_bit(Sense::qualifier_before)))) {
    if (size_t end = read_multiple(i)) return end;
  }
  Lead lead = read_lead(i);
  if (lead.number >= size() || (lead.number > i && begins_date(lead.number))) return 0;
  Chain& chain = chain_;
  if (!read_first(lead, chain)) return 0;
  read_chain(lead, chain);
  if (lead.between && chain.count == 1) {  // between | one hundred and | five
    joins_ = false;
    if (read_first(lead, chain)) read_chain(lead, chain);
    joins_ = true;
  }
  if (size_t end = refuse_chain(chain)) return end;
  settle_range_ends(chain);
  take_loose_sign(chain);
  for (size_t last = chain.count; last-- > 1;) share_leftwards(chain, last);
  take_from_glossed(chain);
  share_currency_rightwards(chain);
  const Amount& last = chain.items[chain.count - 1];
  const size_t end = std::max({last.end, last.outer_end, glossed_until(chain)});
  emit_chain(chain, lead);
  return end;
}

// One past the gloss of the last amount, with its bracket; 0 where it has none.
size_t ValueScan::glossed_until(const Chain& chain) {
  const Amount& gloss = chain.glosses[chain.count - 1];
  return gloss.end > gloss.begin ? std::max(gloss.end, gloss.outer_end) + 1 : 0;
}

bool ValueScan::read_first(const Lead& lead, Chain& chain) {
  led_ = lead.qualifier != Qualifier::exact;
  const bool read = read_amount(lead.number, lead.tied, chain.items[0]);
  led_ = false;
  chain.count = read ? 1 : 0;
  return read;
}

// Qualifiers, "from" and "between" before a number.
ValueScan::Lead ValueScan::read_lead(size_t i) const {
  Lead lead;
  lead.begin = i;
  lead.number = i;
  for (size_t rounds = 0; rounds < kMaxLeads; ++rounds) {
    const size_t p = lead.number;
    if (runs_on(p)) break;
    if (const Match m = longest(p, Sense::qualifier_before)) {
      const QualifierPhrase& phrase = tables_.qualifier(m.payload);
      if (phrase.glued && !hangs_before(p, m.end)) break;
      if ((phrase.compares || phrase.aside) && is_compared(p, phrase.aside)) break;
      if (phrase.aside && !asides_) break;
      const auto qualifier = static_cast<Qualifier>(phrase.qualifier);
      if (is_stronger(qualifier, lead.qualifier)) lead.qualifier = qualifier;
      lead.about |= qualifier == Qualifier::about;
      lead.mark |= phrase.mark;
      lead.number = over_hyphen(m.end);
      const bool amount = is_number(m.end + 1) || (may_start(m.end + 1, Sense::currency_before) && !is_word(m.end + 1));  // sub-$25,000
      const bool hyphened = at(p).kind == Token::Kind::word && is_sign(m.end, '-') && glued(m.end) && amount && glued(m.end + 1);
      if (hyphened) lead.number = m.end + 1;
      lead.tied = hyphened || phrase.glued;
      if (phrase.outside) lead.begin = lead.number;
    } else if (const Match between = longest(p, Sense::range_between)) {
      lead.between = true;
      lead.number = lead.opened = between.end;
    } else if (const Match from = longest(p, Sense::range_from)) {
      lead.from = true;
      lead.number = lead.opened = from.end;
    } else {
      break;
    }
  }
  return lead;
}

// "3 percent | lower than 40,000", "265,800 yuan, | lower than 279,900 yuan": an amount stands before that is compared. Not
// "in May | more than 40,000".
bool ValueScan::is_compared(size_t i, bool behind_comma) const {
  if (i == 0 || out_.values.empty()) return false;
  const Value& before = out_.values.back();
  const bool amount = before.type != ValueType::date && before.type != ValueType::ordinal;
  return (behind_comma && is_sign(i - 1, ',')) || (amount && before.outer.end == at(i - 1).end);
}

// "c1.2m", "c.30%": a letter that hangs on to a figure; not C11, which is a name.
bool ValueScan::hangs_before(size_t i, size_t number) const {
  if (at(i).has(Token::kCapital) || number >= size() || at(number).spaced()) return false;
  if (!is_number(number)) return may_start(number, Sense::currency_before) && at(number).kind == Token::Kind::symbol;
  return at(number).digits > 1 || at(number).decimals > 0;
}

// What joins the amount that ends at i to the next one.
ValueScan::Joint ValueScan::read_joint(size_t i, const Lead& lead, size_t& end) const {
  if (i >= size()) return Joint::none;
  // "8- to 16-meter", "300-, 400- and 500-km": a hyphen that waits for the unit.
  const bool comma = may_start(i + 1, Sense::list_comma) && glued(i + 1);
  if (is_sign(i, '-') && glued(i) && (comma || (is_word(i + 1) && at(i + 1).spaced()))) {
    size_t waiting = 0;
    const Joint joint = read_joint(i + 1, lead, waiting);
    if (joint == Joint::none || joint == Joint::tight || !is_sign(waiting + 1, '-') || !glued(waiting + 1)) return Joint::none;
    end = waiting;
    return joint;
  }
  const auto even = [&](const Match& m) { return m && m.end < size() && at(i).spaced() == at(m.end).spaced(); };
  if (lead.between || (lead.from && lead.begin == 0 && asides_)) {
    if (const Match m = longest(i, Sense::range_and); even(m)) {
      end = m.end;
      return Joint::range;
    }
  }
  if (const Match m = longest(i, Sense::list_tight); even(m) && is_number(m.end)) {
    end = m.end;
    return Joint::tight;
  }
  if (const Match m = longest(i, Sense::range_to); even(m)) {
    end = m.end;
    return Joint::range;
  }
  if (const Match m = longest(i, Sense::list_and); m && m.end < size() && at(m.end).spaced()) {
    end = m.end;
    return Joint::closed;
  }
  if (const Match m = longest(i, Sense::list_comma); m && m.end < size() && at(m.end).spaced() && !at(i).spaced()) {
    end = m.end;
    return Joint::open;
  }
  return Joint::none;
}

// Past the approximator before the second end of a range: "2 - ~7 litres", "between 2 and about 7".
size_t ValueScan::over_about(size_t i, bool& about) const {
  const Match m = longest(i, Sense::qualifier_before);
  if (!m || static_cast<Qualifier>(tables_.qualifier(m.payload).qualifier) != Qualifier::about) return i;
  about = true;
  return m.end;
}

// Past the bracket in "RMB 139,800 ($20,100), 149,800 and 156,800", or i.
size_t ValueScan::read_gloss(size_t i, const Amount& of, Amount& gloss) const {
  const auto is_money = [&](const Amount& a) { return a.unit != 0 && tables_.unit(a.unit).type == UnitType::currency; };
  gloss.end = gloss.begin;
  if (!is_sign(i, '(') || !is_money(of)) return i;
  const Lead lead = read_lead(i + 1);
  Amount amount;
  if (lead.number >= size() || !read_amount(lead.number, false, amount)) return i;
  const size_t end = std::max(amount.end, amount.outer_end);
  if (!is_money(amount) || amount.unit == of.unit || !is_sign(end, ')')) return i;
  gloss = amount;
  gloss.qualifier = lead.qualifier;
  gloss.outer_begin = lead.begin;
  return end + 1;
}

// "2 -7 kg": a hyphen that hangs on to the second number alone; not of columns such as "5 -7%".
bool ValueScan::joins_unevenly(const Amount& first, size_t& next) const {
  const size_t i = first.end;
  if (!first.is_plain() || !is_sign(i, '-') || glued(i) || !is_number(i + 1) || !glued(i + 1)) return false;
  Amount second;
  if (!read_amount(i + 1, true, second) || second.unit == 0 || !(first.number < second.number)) return false;
  next = i + 1;
  return tables_.unit(second.unit).type == UnitType::physical;
}

// "SE L 60 – £34,350": the figure of a name. Who gives the currency to the upper end alone writes no spaces around the dash.
bool ValueScan::is_label(const Amount& first, size_t dash, const Amount& second) const {
  return first.is_plain() && second.currency_before && dash == first.end && at(dash).kind == Token::Kind::symbol && at(dash).spaced() && at(dash + 1).spaced();
}

void ValueScan::read_chain(Lead& lead, Chain& chain) {
  chain.joints[0] = Joint::none;
  chain.glosses[0] = Amount();
  while (chain.count < kMaxChain) {
    const Amount& last = chain.items[chain.count - 1];
    Amount& gloss = chain.glosses[chain.count - 1];
    const size_t bare_end = std::max(last.end, last.outer_end);
    const size_t end = read_gloss(bare_end, last, gloss);
    const bool glossed = end > bare_end;
    // Only where a number without a currency goes on does the bracket belong to a list.
    const auto stop = [&] { gloss.end = gloss.begin; };
    size_t next = 0;
    Joint joint = read_joint(end, lead, next);
    if (joint == Joint::none && chain.count == 1 && joins_unevenly(last, next)) joint = Joint::range;
    if (joint == Joint::none || begins_date(next) || skip_nothing_of_value(next) != 0) return stop();
    Amount& amount = chain.items[chain.count];
    // "from 5,000 to about 7,000" is a movement as a rule.
    const bool unmoved = lead.between || at(next - 1).kind == Token::Kind::symbol;
    if (joint == Joint::range && chain.count == 1 && unmoved) next = over_about(next, lead.about);
    const bool tied = glued(next) && (joint == Joint::range || joint == Joint::tight);
    after_money_ = joint != Joint::open && last.currency_before && last.scaled;
    const bool read = read_amount(next, tied, amount);
    after_money_ = false;
    if (!read || (joint == Joint::range && is_label(last, next - 1, amount))) return stop();
    chain.joints[chain.count] = joint;
    chain.glosses[chain.count] = Amount();
    if (glossed && (amount.currency_before || amount.unit != 0)) return read_glossed_end(lead, chain);
    ++chain.count;
  }
}

// "RMB 19.6 billion ($2.7 billion) to | RMB 21.0 billion ($2.9 billion)": of annotations; facts see two amounts, which their rules join.
void ValueScan::read_glossed_end(const Lead& lead, Chain& chain) const {
  Amount& gloss = chain.glosses[chain.count - 1];
  const Amount& upper = chain.items[chain.count];
  const bool even = asides_ && chain.count == 1 && chain.joints[1] == Joint::range && upper.unit == chain.items[0].unit;
  if (!even || !is_range(chain, 1, lead)) {
    gloss.end = gloss.begin;
    return;
  }
  chain.count = 2;
  read_gloss(std::max(upper.end, upper.outer_end), upper, chain.glosses[1]);
  const Amount& other = chain.glosses[1];
  if (other.end == other.begin || other.unit != gloss.unit) chain.glosses[1] = Amount();
}

// Digits that hang together and mean something else: 245/45 R19, 400-123-4567, 24/7. Past them, or 0.
size_t ValueScan::refuse_chain(const Chain& chain) const {
  const Amount& first = chain.items[0];
  const Amount& last = chain.items[chain.count - 1];
  const bool wheel = chain.count > 1 && on_list(last.end, List::tyre) && is_number(last.end + 1) && glued(last.end + 1);
  if (wheel) return last.end + 2;
  bool bare = !first.currency_before;
  size_t hyphens = 0;
  bool tight = false;
  bool pronouns = true;  // "no one, the one"
  for (size_t i = 0; i < chain.count; ++i) {
    bare &= chain.items[i].is_plain() || (chain.items[i].in_words && chain.items[i].unit == 0);
    pronouns &= chain.items[i].in_words && !chain.items[i].scaled && !chain.items[i].has_sign && chain.items[i].number == Decimal(1);
    if (i == 0) continue;
    if (chain.joints[i] == Joint::range && glued(chain.items[i].begin)) ++hyphens;
    tight |= chain.joints[i] == Joint::tight;
  }
  if (!bare) {
    // 5.0: the number of a version, where nothing says otherwise. "version 2.5" likewise.
    if (chain.count > 1 || first.unit != 0 || first.scaled || first.grouped || first.in_words || first.has_sign) return 0;
    if (first.fraction) return 0;
    if (first.begin > 0 && on_list(first.begin - 1, List::version)) return first.end;
    constexpr int64_t kMaxVersion = 20;
    if (first.begin > 0 && is_sign(first.begin - 1, ':')) return 0;  // "BYD: 3.0"
    const bool point_zero = first.decimals == 1 && first.number < Decimal(kMaxVersion) && text_[at(first.end - 1).end - 1] == '0';
    return point_zero ? first.end : 0;
  }
  if (hyphens > 1 || tight || (pronouns && !(first.begin == 0 && is_all(last.end)))) return last.end;
  // 400-820-0018, GB 38031-2025
  const bool goes_on = is_sign(last.end, '-') && glued(last.end) && last.end + 1 < size() && glued(last.end + 1) && at(last.end + 1).kind == Token::Kind::number;
  if (goes_on) return last.end + 2;
  if (hyphens == 1 && chain.count == 2 && last.number < first.number && first.number >= Decimal(kMinCode) && !first.has_sign) return last.end;
  // 255/40ZR20
  if (chain.count == 1 && glued(last.end) && may_start(last.end, Sense::list_tight) && is_number(last.end + 1) && glued(last.end + 1)) {
    return last.end + 2;
  }
  const bool counted = chain.count == 1 && !first.in_words && first.begin > 0 && on_list(first.begin - 1, List::version);
  return counted ? first.end : 0;
}

// Unit and scale go from the last amount to those before it, along ranges and along lists that end in "and":
// "RMB 143, 169.2 and 220.3 billion", "500k, 630k, and 820k units".
void ValueScan::share_leftwards(Chain& chain, size_t from) const {
  if (chain.joints[from] == Joint::open) return;
  bool scale = true;  // "one to two million, 15 to 20 thousand": what has a scale keeps that of those before it
  for (size_t i = from; i-- > 0;) {
    const bool scaled = chain.items[i].scaled;
    if (!take_from_right(chain.items[i], chain.items[from], scale)) return;
    scale = scale && !scaled;
  }
}

// False where the two are of different kinds, so that nothing goes on beyond.
bool ValueScan::take_from_right(Amount& item, const Amount& last, bool scale) const {
  const bool own_unit = item.unit != 0 && !item.currency_before;
  if (own_unit && item.unit != last.unit) return false;
  if (item.per != 0 && last.per == 0 && item.currency_before && last.currency_before) return false;  // "$12 each, and $1 million"
  if (item.part && !last.fraction) return false;  // "fell by two-thirds to 14,000 cars"
  if (item.currency_before && last.unit != 0 && last.unit != item.unit) return false;
  const UnitType type = tables_.unit(last.unit).type;
  const bool ratio = type == UnitType::percent || type == UnitType::points || type == UnitType::multiple;
  const bool too_large = ratio && (item.grouped || item.scaled);  // "93,200 and 5 percent"
  if (item.unit == 0 && last.unit != 0 && !too_large) {
    item.unit = last.unit;
    item.unit_exponent = last.unit_exponent;
    item.mark = last.mark;
    if (item.per == 0) item.per = last.per;
  }
  // two to three hundred
  if (item.in_words && item.factor == 0 && !item.scaled && item.decimals == 0 && last.factor != 0 && item.number < Decimal(10) && !own_unit) {
    if (const std::optional<Decimal> all = item.number.times(Decimal(last.factor)); all && *all < last.number) item.number = *all;
  }
  // "4,200-4,700 crore": two of a kind
  const bool small = item.grouped ? last.grouped && item.number < last.number : item.number < Decimal(kScaleShareLimit);
  const bool waits = !item.scaled && small && !own_unit;
  if (waits && scale && last.scaled && !too_large) {
    item.exponent = last.exponent;
    item.scaled = true;
  }
  return true;
}

// Whether items[i] belongs to a range, or to a list that ends in "and".
bool ValueScan::is_closed(const Chain& chain, size_t i) {
  if (is_tied(chain, i) || chain.joints[i] == Joint::closed) return true;
  for (size_t k = i + 1; k < chain.count && !is_tied(chain, k); ++k) {
    if (chain.joints[k] == Joint::closed) return true;
  }
  return false;
}

// The currency goes from the first to those after it: "RMB 161,800, 171,800 and 183,800".
void ValueScan::share_currency_rightwards(Chain& chain) const {
  for (size_t i = 1; i < chain.count; ++i) {
    Amount& item = chain.items[i];
    const Amount& before = chain.items[i - 1];
    if (item.unit != 0 || item.in_words || tables_.unit(before.unit).type != UnitType::currency) continue;
    const bool looks_like_money = item.grouped || item.scaled || item.decimals > 0 || is_tied(chain, i);
    if (!looks_like_money || !is_closed(chain, i)) continue;
    item.unit = before.unit;
    item.mark = before.mark;
    if (item.per == 0) item.per = before.per;
  }
}

// A verb of change shortly before, so that "from A to B" is a movement and not a range.
bool ValueScan::change_before(size_t i) const {
  for (size_t steps = 0; i > 0 && steps < kChangeReach; ++steps) {
    --i;
    if (at(i).kind == Token::Kind::line || is_sign(i, '.') || is_sign(i, ';')) return false;
    if (on_list(i, List::ranging)) return false;
    if (on_list(i, List::change)) return true;
    if (may_start(i, Sense::range_from)) steps = 0;  // "rises from 20 to 28 percent and for hybrids from 25 to 30"
  }
  return false;
}

// Whether items[second - 1] and items[second] are the ends of one range.
bool ValueScan::is_range(const Chain& chain, size_t second, const Lead& lead) const {
  const Amount& a = chain.items[second - 1];
  const Amount& b = chain.items[second];
  if (chain.joints[second] != Joint::range || a.unit != b.unit || (b.negative && !a.negative)) return false;
  if (a.unit_exponent != b.unit_exponent || a.qualifier != Qualifier::exact) return false;
  if (a.per != 0 && a.per != b.per) return false;
  const bool worded = at(b.outer_begin - 1).kind == Token::Kind::word;
  if (lead.between) return true;
  // "from 30 and 40 degrees" is one where nothing else stands.
  if (worded && may_start(b.outer_begin - 1, Sense::list_and)) return is_all(std::max(b.end, b.outer_end));
  const bool falls = b.number < a.number && a.exponent == b.exponent && !a.negative;
  // "from 263,900 to 258,900 yuan", "RMB 215,900 - 20,000 less"; but 272,900-130,000 is a range by its hyphen.
  if (falls && at(a.end).spaced()) return false;
  if (!worded) return true;
  const bool first = second == 1;
  const size_t before = first ? lead.begin : chain.items[second - 1].begin;
  if (first && lead.from) return !change_before(lead.begin);
  if (before > 0 && (on_list(before - 1, List::by) || on_list(before - 1, List::change))) {
    // "up 40 to 45 percent" waits for its unit, "by 20,000 yuan to 99,800 yuan" does not.
    const bool elided = a.end == a.begin + 1 && bytes(a.begin, a.end).size() == at(a.begin).span().size() && b.unit != 0;
    return elided && !a.grouped;
  }
  return true;
}

}  // namespace factmill
