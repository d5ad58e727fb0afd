// What was read of amounts becomes values: kinds, ranges, lists.
#include <algorithm>

#include "mention/value_scan.h"

namespace factmill {

bool ValueScan::settle(const Amount& amount, Value& value) const {
  if (amount.part && amount.fraction && amount.unit == 0 && !amount.negative && !asides_) return settle_part(amount, value);
  const int exponent = amount.exponent + amount.unit_exponent;
  std::optional<Decimal> number = amount.number;
  // "10.000 vehicles": nothing that is counted comes in thousandths.
  const bool thousandths = amount.decimals == 3 && !amount.scaled && !amount.grouped && amount.unit != 0 && amount.per == 0 && exponent == 0;
  const UnitType type = tables_.unit(amount.unit).type;
  const bool counted = thousandths && type == UnitType::count && !(amount.number < Decimal(1));
  // "37.590 euros": nor does money of this size, which is no price of a litre.
  const bool paid = thousandths && type == UnitType::currency && !(amount.number < Decimal(10));
  if (counted || paid) return settle_thousands(amount, value);
  if (exponent > 0) number = amount.number.times(Decimal::power_of_ten(exponent));
  if (exponent < 0) number = amount.number.times(Decimal(1, -exponent));
  if (!number) return false;
  if (amount.negative) number = number->negated();
  value.has_sign = amount.has_sign;
  value.low = value.high = *number;
  value.last_digit = static_cast<int8_t>(exponent - amount.decimals);
  value.unit = amount.unit;
  value.per = amount.per;
  value.mark = amount.mark;
  value.other_decimals = amount.comma;
  value.unit_ambiguous = amount.mark != 0 && !tables_.is_settled(amount.mark);
  value.in_words = amount.in_words;
  value.bare = amount.is_plain() && amount.per == 0;
  value.fraction = amount.fraction && amount.unit == 0;
  switch (tables_.unit(amount.unit).type) {
    case UnitType::currency: value.type = ValueType::money; break;
    case UnitType::count:
    case UnitType::physical: value.type = ValueType::quantity; break;
    case UnitType::time: value.type = ValueType::duration; break;
    case UnitType::percent: value.type = ValueType::percent; break;
    case UnitType::points: value.type = ValueType::points; break;
    case UnitType::multiple: value.type = ValueType::multiple; break;
  }
  if (amount.unit == 0) value.type = ValueType::number;
  return true;
}

// "A third" of what is said elsewhere, for facts: 33.3 percent.
bool ValueScan::settle_part(const Amount& amount, Value& value) const {
  const std::optional<Decimal> percent = amount.number.times(Decimal(100));
  if (!percent) return false;
  value.type = ValueType::percent;
  value.unit = tables_.percent();
  value.low = value.high = percent->rounded(1).normalized();
  value.last_digit = static_cast<int8_t>(-value.low.scale());
  value.in_words = value.bare = true;
  return true;
}

bool ValueScan::settle_thousands(Amount amount, Value& value) const {
  amount.number = amount.number.times(Decimal(1000)).value_or(amount.number);
  amount.decimals = 0;
  amount.grouped = true;
  amount.comma = true;
  return settle(amount, value);
}

void ValueScan::emit(const Amount& amount, Qualifier qualifier, size_t outer_begin, bool at_mark) {
  Value value;
  value.at_mark = at_mark;
  if (!settle(amount, value)) return;
  value.qualifier = amount.qualifier != Qualifier::exact && is_stronger(amount.qualifier, qualifier) ? amount.qualifier : qualifier;
  value.span = bytes(amount.begin, amount.end);
  value.outer = bytes(outer_begin, std::max(amount.outer_end, amount.end));
  // "600+ km": the sign stands inside, the span is still the value.
  out_.values.push_back(value);
  join_bounds(outer_begin);
}

void ValueScan::emit_range(const Amount& a, const Amount& b, const Lead& lead, size_t outer_begin) {
  Value value;
  Value other;
  if (!settle(a, value) || !settle(b, other)) return;
  value.is_range = true;
  value.approximate = lead.about;
  value.qualifier = lead.about ? Qualifier::about : Qualifier::range;
  if (lead.qualifier != Qualifier::exact && lead.qualifier != Qualifier::about) value.qualifier = lead.qualifier;
  value.high = other.high;
  value.per = other.per;
  value.last_digit = other.last_digit;
  value.bare = value.bare && other.bare;
  if (value.high < value.low) std::swap(value.low, value.high);
  value.span = bytes(a.begin, b.end);
  value.outer = bytes(outer_begin, std::max(b.outer_end, b.end));
  out_.values.push_back(value);
}

// The range in its other currency; it stands where its upper end does, since the lower one lies inside the first range.
void ValueScan::emit_gloss_range(const Amount& a, const Amount& b) {
  emit_range(a, b, Lead(), b.outer_begin);
  out_.values.back().span.begin = bytes(b.begin, b.end).begin;
}

void ValueScan::emit_chain(Chain& chain, const Lead& lead) {
  for (size_t i = 0; i < chain.count; ++i) {
    const bool first = i == 0;
    const Amount& amount = chain.items[i];
    const Qualifier qualifier = first ? lead.qualifier : Qualifier::exact;
    const Amount& gloss = chain.glosses[i];
    const bool glossed = gloss.end > gloss.begin;
    const bool both_glossed = glossed && chain.count == 2 && chain.items[1].unit == amount.unit && asides_;
    const bool pair = (!glossed || both_glossed) && i + 1 < chain.count && is_range(chain, i + 1, lead);
    // "from 550,000", "from about 70 percent" and "between 3" that became no range keep their word outside.
    const bool opened = first && !pair && (lead.from || lead.between);
    const size_t led = lead.qualifier == Qualifier::exact ? amount.outer_begin : std::max(lead.begin, lead.opened);
    const size_t begin = opened ? led : first ? lead.begin : amount.outer_begin;
    if (pair) {
      emit_range(amount, chain.items[i + 1], first ? lead : Lead(), begin);
      ++i;
      if (glossed && chain.glosses[i].end > chain.glosses[i].begin) emit_gloss_range(gloss, chain.glosses[i]);
    } else {
      emit(amount, qualifier, begin, first && lead.mark);
      if (glossed) emit(gloss, gloss.qualifier, gloss.outer_begin);
    }
  }
}

}  // namespace factmill
