// The keys of a record: value, names, period, money, evidence, attributes.
#include <algorithm>

#include "mention/timex.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kMoneyPlaces = 2;
constexpr std::string_view kPowertrain = "powertrain";  // of segments

}  // namespace

std::string Resolver::name_of(int32_t index) const {
  const Node& node = s_->node(index);
  if (node.entity != kNoNode) return entity_of(index).name;
  return std::string(node.core.of(doc_->text));
}

void Resolver::fill_value(const Draft& draft, int32_t index, bool negative, Fact& fact) const {
  const Node& node = s_->node(index);
  const Metric& metric = metric_of(draft);
  Value v = m_->values.values[static_cast<size_t>(node.value)];
  if (const uint16_t unit = draft.statement->unit; unit != 0 && v.unit == 0) {
    v.unit = unit;
    const UnitType type = pack_.values.unit(unit).type;
    v.type = type == UnitType::currency ? ValueType::money
             : type == UnitType::time    ? ValueType::duration
             : type == UnitType::percent ? ValueType::percent
                                         : ValueType::quantity;
  }
  if (std::ranges::find(metric.loose_units, v.unit) != metric.loose_units.end()) v.unit = metric.unit;
  if (v.low.is_negative()) negative = false;  // "down -31%", "a net loss of $(477) million"
  auto sign = [&](Decimal d) { return negative ? d.negated() : d; };
  if (v.type == ValueType::multiple) {
    // "doubled" is +100 percent; where a rule counts in percent, the multiple is of what was added: "up 1.2-fold" is +120.
    auto percent = node.unit.empty() ? v.low.minus(Decimal(1)) : v.low;
    if (!node.unit.empty()) add_flag(fact, "multiple_as_growth");
    if (percent) percent = percent->times(Decimal(100));
    if (!percent) return;
    fact.value = sign(*percent);
    fact.unit = "percent";
  } else if (v.is_range) {
    fact.value_low = sign(negative ? v.high : v.low);
    fact.value_high = sign(negative ? v.low : v.high);
  } else {
    fact.value = sign(v.low);
  }
  if (fact.unit.empty()) fact.unit = v.unit ? pack_.values.unit(v.unit).name : pack_.values.unit(metric.unit).name;
  if (v.type == ValueType::percent) fact.unit = "percent";
  if (!node.unit.empty()) fact.unit = node.unit;
  if (v.per) fact.per = pack_.values.unit(v.per).name;
  if (!node.per.empty()) fact.per = node.per;
  if (int32_t upper = node.slot(Slot::upper); upper != kNoNode) {
    const Value& top = m_->values.values[static_cast<size_t>(s_->node(upper).value)];
    fact.value_low = sign(negative ? top.low : v.low);
    fact.value_high = sign(negative ? v.low : top.low);
    if (*fact.value_high < *fact.value_low) std::swap(fact.value_low, fact.value_high);  // "a decrease of 41 to 37 percent"
    fact.value.reset();
    fact.qualifier = qualifier_name(Qualifier::range);
  }
  Qualifier qualifier = v.approximate                                   ? Qualifier::about
                        : v.is_range && v.qualifier == Qualifier::exact ? Qualifier::range
                                                                        : v.qualifier;
  if (qualifier != Qualifier::exact) fact.qualifier = qualifier_name(qualifier);
  if (!node.qualifier.empty()) fact.qualifier = node.qualifier;
  if (v.unit_ambiguous) add_flag(fact, "ambiguous_currency");
  if (v.other_decimals) add_flag(fact, "decimal_comma");
  if (v.unit && node.unit.empty() && v.type == ValueType::quantity) {
    const Unit& unit = pack_.values.unit(v.unit);
    if (unit.standard && unit.standard != v.unit) {
      auto standard = [&](const std::optional<Decimal>& d) {
        return d ? pack_.values.to_standard(*d, v.unit) : std::nullopt;
      };
      fact.value_std = standard(fact.value);
      fact.value_low_std = standard(fact.value_low);
      fact.value_high_std = standard(fact.value_high);
      fact.unit_std = pack_.values.unit(unit.standard).name;
    }
  }
  if (int32_t alt = node.slot(Slot::alt); alt != kNoNode) {
    const Value& other = m_->values.values[static_cast<size_t>(s_->node(alt).value)];
    StatedAmount amount;
    // "negative RMB 3.8 billion ($536 million)": below zero in both.
    const Value& own = m_->values.values[static_cast<size_t>(node.value)];
    const bool flips = own.low.is_negative() && !own.is_range && !other.low.is_negative() && !other.is_range;
    const int32_t upper = node.slot(Slot::upper);
    const int32_t upper_alt = upper == kNoNode ? kNoNode : s_->node(upper).slot(Slot::alt);
    if (upper_alt != kNoNode) {
      amount.value_low = sign(other.low);
      amount.value_high = sign(m_->values.values[static_cast<size_t>(s_->node(upper_alt).value)].low);
    } else if (other.is_range) {
      amount.value_low = sign(other.low);
      amount.value_high = sign(other.high);
    } else {
      amount.value = flips ? sign(other.low).negated() : sign(other.low);
    }
    amount.unit = pack_.values.unit(other.unit).name;
    fact.stated_alt = amount;
  }
}

void Resolver::fill_names(const Draft& draft, int index, int count, Fact& fact) {
  auto slot = [&](Slot s) { return item_of(draft.slots[static_cast<size_t>(s)], index, count); };
  const Metric& metric = metric_of(draft);
  Company company = draft.company;
  if (int32_t own = draft.slots[static_cast<size_t>(Slot::company)]; own != kNoNode && s_->node(own).list) {
    if (int32_t item = item_of(own, index, count); item != kNoNode) company = company_of_node(item, "clause");
  }
  if (metric.about_model && !is_joint(draft, count)) fill_model(draft, index, count, company, fact);
  if (is_joint(draft, count)) {
    std::string names;
    const Node& list = s_->node(company.together);
    for (uint32_t i = 0; list.list && i < list.item_count; ++i) names += (i > 0 ? ", " : "") + name_of(s_->items[list.first_item + i]);
    if (!names.empty()) set_attribute(fact, "together", names);
  } else if (company.industry) {
    fact.industry = fact.company = "industry";
  } else if (company.entity != kNoEntity) {
    const Entity& e = entity_at(company.entity);
    fact.company = e.name;
    if (e.tag == Tag::company) fact.company_id = e.id;
    fact.company_from = company.from;
    if (company.from == "title") add_flag(fact, "company_inferred");
    if (company.entity >= pack_.lexicon.entities().size()) add_flag(fact, "new_name");
  }
  if (int32_t n = slot(Slot::segment); n != kNoNode) {
    // "The EREV has 231 kW": which one of the model it is.
    const bool of_model = metric.carries_model && !fact.model.empty() && fact.variant.empty();
    (of_model && is_powertrain(n) ? fact.variant : fact.segment) = name_of(n);
  }
  if (int32_t n = slot(Slot::region); n != kNoNode) {
    fact.region = name_of(n);
    if (metric.about_industry) place_ = fact.region, place_home_ = home_of(n);
  }
  if (int32_t n = slot(Slot::feature); n != kNoNode) fact.feature = name_of(n);
  if (int32_t n = slot(Slot::counterparty); n != kNoNode) fact.counterparty = name_of(n);
  if (int32_t n = slot(Slot::plant); n != kNoNode && fact.feature.empty()) fact.feature = name_of(n);
  for (const auto& [where, is, other] : metric.elsewhere) {
    const int32_t n = slot(where);
    const bool spoken_of = n == kNoNode && where == Slot::region;
    const std::string name = n != kNoNode ? name_of(n) : spoken_of ? place_ : std::string();
    const std::string_view home = n != kNoNode ? home_of(n) : place_home_;
    // "!CN": anywhere but there.
    const bool there = !name.empty() && ((name == is && !spoken_of) || (is.starts_with('!') && name != is.substr(1) && home != is.substr(1)));
    if (!there) continue;
    fact.metric = other;
    if (spoken_of) fact.region = name;
    if (where == Slot::feature) fact.feature.clear();
  }
  if (company.entity != kNoEntity && company.from != "clause" && may_be_own_part(draft)) fact.metric = metric.own;
  if (fact.region.empty()) fact.region = metric.region;
}

// The country of a city; empty where it is none of the lexicon.
std::string_view Resolver::home_of(int32_t index) const {
  return s_->node(index).entity == kNoNode ? std::string_view() : std::string_view(entity_of(index).home);
}

// A kind of drive, called by its abbreviation: a word such as "all-electric" just describes a car.
bool Resolver::is_powertrain(int32_t segment) const {
  const Node& node = s_->node(segment);
  const std::string_view text = node.core.of(doc_->text);
  return node.entity != kNoNode && entity_of(segment).kind == kPowertrain && text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' &&
         text[1] >= 'A' && text[1] <= 'Z';
}

void Resolver::fill_period(const std::optional<Period>& period, Fact& fact) const {
  if (!period) return;
  bool week = period->date.kind == "week";
  fact.period = week ? to_string(period->date.days.from) + "/" + to_string(period->date.days.to) : period->date.text;
  fact.period_start = to_string(period->date.days.from);
  fact.period_end = to_string(period->date.days.to);
  fact.period_kind = period->date.kind;
  fact.period_from = period->from;
  if (period->inferred || period->from == "published") add_flag(fact, "period_inferred");
  if (period->date.year_inferred && published_inferred_) add_flag(fact, "year_inferred");
}

void Resolver::go_on_counting(const Metric& metric, Fact& fact) {
  for (const auto& [other, of_market, period_kind] : metric.continues) {
    if (other != last_continued_ || fact.metric != metric.id) continue;
    if ((of_market && fact.industry.empty()) || (!period_kind.empty() && fact.period_kind != period_kind)) continue;
    fact.metric = other;
    if (fact.region.empty()) fact.region = pack_.metrics.metric(static_cast<uint32_t>(pack_.metrics.find(other))).region;
  }
  note_continued(fact.metric);
}

// A metric was stated, or named in the title, whose counts may go on under plainer words.
void Resolver::note_continued(std::string_view metric) {
  const auto known = std::ranges::find(continued_, metric);
  if (known != continued_.end()) last_continued_ = *known;
}

void Resolver::fill_money(Fact& fact) const {
  const bool cny = fact.unit == "CNY", usd = fact.unit == "USD";
  if (!fact.value) return;
  if (!cny && !usd) return fill_other_currency(fact);
  auto& own = cny ? fact.value_cny : fact.value_usd;
  auto& other = cny ? fact.value_usd : fact.value_cny;
  own = fact.value;
  if (fact.stated_alt && fact.stated_alt->value && fact.stated_alt->unit == (cny ? "USD" : "CNY")) {
    other = fact.stated_alt->value;
    fact.fx_from = "article";
    // Beyond what rounding explains: the stated pair is more than 3 percent off the rate.
    Decimal rate = article_rate_ ? *article_rate_ : options_.fx_default;
    auto expected = cny ? fact.value->divided_by(rate, kMoneyPlaces) : fact.value->times(rate);
    if (article_rate_ && expected && !expected->is_zero()) {
      auto off = other->minus(*expected);
      auto share = off ? off->divided_by(*expected, 4) : std::nullopt;
      if (share && share->abs() > Decimal(3, 2)) add_flag(fact, "fx_mismatch");
    }
    if (article_rate_) fact.fx_rate = article_rate_;
    return;
  }
  std::optional<FxRate> table_rate;
  if (!article_rate_ && options_.fx_table && published_) table_rate = options_.fx_table->find("USD", "CNY", *published_);
  Decimal rate = article_rate_ ? *article_rate_ : table_rate ? table_rate->rate : options_.fx_default;
  auto converted = cny ? fact.value->divided_by(rate, kMoneyPlaces) : fact.value->times(rate);
  if (!converted) return;
  other = converted->rounded(kMoneyPlaces);
  fact.fx_rate = rate;
  fact.fx_from = article_rate_ ? "article" : table_rate ? "table" : options_.fx_from_option ? "option" : "default";
  if (options_.fx_table && !article_rate_ && !table_rate) add_flag(fact, "fx_default");
}

// Money of a third currency is converted by the table alone; what the article gives in one of the two stays as stated.
void Resolver::fill_other_currency(Fact& fact) const {
  if (!options_.fx_table || !published_ || fact.unit.size() != 3) return;
  const auto convert = [&](const char* currency, std::optional<Decimal>& to) {
    const std::optional<FxRate> rate = options_.fx_table->find(fact.unit, currency, *published_);
    const std::optional<Decimal> converted = rate ? fact.value->times(rate->rate) : std::nullopt;
    if (converted) to = converted->rounded(kMoneyPlaces);
  };
  convert("CNY", fact.value_cny);
  convert("USD", fact.value_usd);
  if (!fact.value_cny && !fact.value_usd) return;
  fact.fx_from = "table";
  if (const auto rate = options_.fx_table->find("USD", "CNY", *published_)) fact.fx_rate = rate->rate;
  if (!fact.stated_alt || !fact.stated_alt->value) return;
  if (fact.stated_alt->unit == "CNY") fact.value_cny = fact.stated_alt->value;
  if (fact.stated_alt->unit == "USD") fact.value_usd = fact.stated_alt->value;
}

void Resolver::fill_evidence(int32_t index, Span support, Fact& fact) const {
  auto add = [&](Span text) {
    Span raw = doc_->to_raw(text);
    Evidence evidence{raw.begin, raw.end, doc_->raw_text(raw)};
    bool known = std::any_of(fact.evidence.begin(), fact.evidence.end(),
                             [&](const Evidence& e) { return e.start == evidence.start && e.end == evidence.end; });
    if (!known) fact.evidence.push_back(std::move(evidence));
  };
  add(s_->node(index).core);
  if (const int32_t v = s_->node(index).value; v != kNoNode && !m_->values.values[static_cast<size_t>(v)].scale.empty()) {
    add(m_->values.values[static_cast<size_t>(v)].scale);
    add_flag(fact, "scale_elsewhere");
  }
  if (!support.empty()) add(support);
  Span raw = doc_->to_raw(s_->span);
  fact.sentence = raw;
}

// Slots that a fact has no key for are attributes: a place or a name as it is called, a date as a period, a count.
void Resolver::fill_attribute_slots(const Draft& draft, int index, int count, Fact& fact) const {
  for (Slot slot : kAttributeSlots) {
    const int32_t n = item_of(draft.slots[static_cast<size_t>(slot)], index, count);
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    std::string text;
    if (node.value == kNoNode) {
      text = name_of(n);
    } else if (const Value& v = m_->values.values[static_cast<size_t>(node.value)]; v.type != ValueType::date) {
      if (v.type == ValueType::duration) text = duration_timex(v, pack_.values.unit(v.unit));
      if (text.empty()) text = v.low.to_string();
    } else if (auto days = resolve_period(n, "clause", Direction::past, {})) {
      text = days->date.text;
    }
    if (slot == Slot::phase && draft.part > 0) text = std::to_string(draft.part);
    if (!text.empty()) set_attribute(fact, slot_name(slot), text);
  }
}

// Of the frame, the value and the head; then, as far as the metric takes them, of what stands beside: "(CLTC)".
void Resolver::fill_attributes(const Draft& draft, const Node& item, Fact& fact) const {
  const Statement& st = *draft.statement;
  if (st.rule) {
    for (const auto& [name, text] : st.rule->set.attributes) set_attribute(fact, name, text);
  }
  auto take = [&](const Node& node, const std::vector<std::string>* only) {
    for (int32_t a = node.attribute; a != kNoNode; a = s_->attributes[static_cast<size_t>(a)].next) {
      const NodeAttribute& attribute = s_->attributes[static_cast<size_t>(a)];
      if (!only && is_transparent(node.tag) && pack_.metrics.asks_for(attribute.name)) continue;
      if (!only || std::find(only->begin(), only->end(), attribute.name) != only->end())
        set_attribute(fact, attribute.name, attribute.text);
    }
  };
  if (draft.aside != kNoNode) take(s_->node(draft.aside), nullptr);
  take(item, nullptr);
  if (st.head != kNoNode) take(s_->node(st.head), nullptr);
  const std::vector<std::string>& wanted = metric_of(draft).attributes;
  if (wanted.empty() || s_->attributes.empty()) return;
  const uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  auto beside = [&](uint32_t at) {
    const int32_t n = s_->node_at[at];
    if (n != kNoNode && is_transparent(s_->node(n).tag)) take(s_->node(n), &wanted);
  };
  for (uint32_t i = low + 1; i < draft.right_limit; ++i) {
    if (i != high) beside(i);
  }
  for (uint32_t i = low; i-- > draft.left_limit;) beside(i);
}

}  // namespace factmill
