// Attach: which values a metric takes, and the unit of those that state none.
#include <algorithm>

#include "statement/attach.h"

namespace factmill {
namespace {

constexpr int kLeastPrice = 1000;          // a number that may be money without a currency beside it
constexpr uint32_t kCurrencyReach = 600;   // bytes from the last amount of money to such a number

}  // namespace

// What a reference stands beside is stated in the same kind of unit.
bool Attacher::may_refer(const Metric& metric, const Node& reference) const {
  if (reference.value == kNoNode) return false;
  const Value& amount = m_->values.values[static_cast<size_t>(reference.value)];
  return accepts(metric, static_cast<Tag>(static_cast<uint8_t>(amount.type) + static_cast<uint8_t>(Tag::number)), amount.unit);
}

// A plain small number, or a part of what is said elsewhere ("half"): any number of heads could take it.
bool Attacher::is_bare(const Node& node, const Value& amount) {
  return amount.bare && (node.tag == Tag::number || node.tag == Tag::percent);
}

// Is the amount a rate by one of these units, where any are asked for?
bool Attacher::rated(const Node& value, const std::vector<std::string>& per) const {
  if (per.empty()) return true;
  if (value.value == kNoNode) return false;
  std::string_view by = value.per;
  if (uint16_t unit = m_->values.values[static_cast<size_t>(value.value)].per; by.empty() && unit != 0)
    by = pack_.values.unit(unit).name;
  return std::find(per.begin(), per.end(), by) != per.end();
}

// A date changes to nothing, and a metric whose changes in percent have a name has none in points.
bool Attacher::takes_change(const Metric& metric, const Node& value) const {
  if (metric.time == TimeKind::event) return false;
  // A rank or a run has no change of its own.
  if (value.tag != Tag::reference && (metric.accepts & tag_bit(Tag::ordinal))) return false;
  const bool points = value.value != kNoNode && m_->values.values[static_cast<size_t>(value.value)].type == ValueType::points;
  if (value.tag == Tag::change && points && !(metric.accepts & tag_bit(Tag::percent))) return false;  // what counts cars moves by cars or percent
  // Nor does it move by money or by what is measured otherwise: "a $416 million improvement".
  if (value.tag == Tag::change && value.value != kNoNode) {
    const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
    const Tag kind = static_cast<Tag>(static_cast<uint8_t>(amount.type) + static_cast<uint8_t>(Tag::number));
    if ((kind == Tag::money || kind == Tag::quantity || kind == Tag::duration) && !accepts(metric, kind, amount.unit)) return false;
  }
  return metric.changes_as.empty() || value.tag == Tag::reference ||
         m_->values.values[static_cast<size_t>(value.value)].type != ValueType::points;
}

// A share changes by points: a change in percent beside it is of what it is a share of.
bool Attacher::is_of_amount(const Metric& metric, const Node& change) const {
  if (change.tag != Tag::change || change.list || change.value == kNoNode) return false;
  return metric.is_part() && m_->values.values[static_cast<size_t>(change.value)].type == ValueType::percent;
}

// A change by a plain number, of a metric that no plain number states.
bool Attacher::is_unit_missing(const Metric& metric, const Node& change) const {
  if (change.value == kNoNode || change.list || (metric.accepts & tag_bit(Tag::number)) != 0 || metric.unit != 0) return false;
  return m_->values.values[static_cast<size_t>(change.value)].type == ValueType::number;
}

uint16_t Attacher::unit_of(const Statement& statement) const {
  if (statement.unit != 0) return statement.unit;
  const int32_t value = s_->node(statement.value).value;
  return value == kNoNode ? uint16_t{0} : m_->values.values[static_cast<size_t>(value)].unit;
}

// May the number be an amount in this unit, of this metric? Words ("one") and plain figures beside money are none; beside percent
// only what is compared with it, "38.1 percent, from 37.6 a year earlier".
bool Attacher::lends_unit(const Metric& metric, uint16_t unit, const Node& number) const {
  const bool compared = number.tag == Tag::reference;
  if (unit == 0 || (number.tag != Tag::number && number.tag != Tag::change && !compared) || number.value == kNoNode || number.list) return false;
  const Value& amount = m_->values.values[static_cast<size_t>(number.value)];
  if (amount.type != ValueType::number || amount.unit != 0 || amount.per != 0 || amount.in_words) return false;
  switch (pack_.values.unit(unit).type) {
    case UnitType::currency: return !amount.bare && accepts(metric, Tag::money, unit);
    case UnitType::time: return accepts(metric, Tag::duration, unit);
    case UnitType::count:
    case UnitType::physical: return accepts(metric, Tag::quantity, unit);
    case UnitType::percent: return compared && amount.high < Decimal(100) && accepts(metric, Tag::percent, unit);
    default: return false;
  }
}

// The unit of a number that has none: that of what the sentence stated before it ("3.9 seconds, and the other takes 6.6");
// an amount of some size behind the price of a car is in the currency spoken of last. 0: none.
uint16_t Attacher::borrowed_unit(const Metric& metric, const Node& number) const {
  if (number.tag != Tag::number || number.value == kNoNode) return 0;
  const auto& values = m_->values.values;
  const Value& amount = values[static_cast<size_t>(number.value)];
  for (auto s = statements_->rbegin(); s != statements_->rend(); ++s) {
    if (const uint16_t unit = unit_of(*s); !s->change && lends_unit(metric, unit, number)) return unit;
  }
  if (!metric.carries_model || amount.bare || amount.last_digit < 0 || amount.low < Decimal(kLeastPrice)) return 0;
  for (auto i = static_cast<size_t>(number.value); i-- > 0;) {
    const Value& before = values[i];
    if (before.span.begin + kCurrencyReach < amount.span.begin) return 0;
    if (before.type == ValueType::money && before.per == 0) return lends_unit(metric, before.unit, number) ? before.unit : uint16_t{0};
  }
  return 0;
}

}  // namespace factmill
