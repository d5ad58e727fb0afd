// Drafts to facts: values and their signs, names, periods, money, evidence, identity.
#include <algorithm>

#include "base/hash.h"
#include "mention/timex.h"
#include "resolve/audit.h"
#include "resolve/basis.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kMoneyPlaces = 2;
constexpr int kWeekDays = 7;
constexpr size_t kUsualFacts = 24;  // of a document; a fact is dear to move
constexpr size_t kMaxAlike =
    256;  // facts of one amount that a new one is compared with; only a dump of figures has more

// An absent slot agrees with anything.
bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

bool same_amount(const Fact& a, const Fact& b) {
  return a.value == b.value && a.value_low == b.value_low && a.value_high == b.value_high && a.unit == b.unit;
}

bool same_statement(const Fact& a, const Fact& b) {
  return a.metric == b.metric && a.measure == b.measure && a.company == b.company && same_amount(a, b) &&
         agree(a.basis, b.basis) && agree(a.model, b.model) && agree(a.variant, b.variant) &&
         agree(a.segment, b.segment) && agree(a.feature, b.feature) && agree(a.region, b.region) &&
         agree(a.counterparty, b.counterparty) && agree(a.period, b.period) && agree(a.status, b.status) &&
         a.modality == b.modality && a.per == b.per;
}

// Parts of a key, each ended by a byte that no part has.
void add_part(std::string& key, std::string_view part) { (key += part) += '\x1F'; }

void add_number(std::string& key, const std::optional<Decimal>& number) {
  if (number) number->append_to(key);
  key += '\x1F';
}

// What two facts must have in common to be one statement at all.
void write_amount(const Fact& f, std::string& key) {
  key.clear();
  for (const std::string* s : {&f.metric, &f.measure, &f.company, &f.unit, &f.per, &f.modality}) add_part(key, *s);
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high}) add_number(key, *d);
}

void write_identity(const Fact& f, std::string& key) {
  key.clear();
  for (const std::string* s : {&f.doc_id, &f.metric, &f.measure, &f.basis, &f.company, &f.brand, &f.model, &f.variant,
                               &f.industry, &f.segment, &f.region, &f.counterparty, &f.feature}) {
    add_part(key, *s);
  }
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high}) add_number(key, *d);
  for (const std::string* s : {&f.unit, &f.per, &f.period, &f.period_kind, &f.modality, &f.status}) add_part(key, *s);
  for (const auto& [name, value] : f.attributes) add_part((key += name) += '=', value);
}

}  // namespace

// Member `index` of a list of `count`; the node itself where it is no list. kNoNode where the lengths differ.
int32_t Resolver::item_of(int32_t index, int position, int count) const {
  if (index == kNoNode) return kNoNode;
  const Node& node = s_->node(index);
  if (!node.list) return index;
  if (static_cast<int>(node.item_count) != count || position < 0) return kNoNode;
  return s_->items[node.first_item + static_cast<uint32_t>(position)];
}

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
    v.type = type == UnitType::currency ? ValueType::money : type == UnitType::time ? ValueType::duration : ValueType::quantity;
  }
  if (node.tag == Tag::change && v.has_sign && v.low.is_negative()) negative = false;  // "down -31%"
  auto sign = [&](Decimal d) { return negative ? d.negated() : d; };
  if (v.type == ValueType::multiple) {
    // "doubled" is +100 percent.
    auto percent = v.low.minus(Decimal(1));
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
  if (metric.about_model) fill_model(draft, index, count, company, fact);
  if (company.industry) {
    fact.industry = fact.company = "industry";
  } else if (company.entity != kNoEntity) {
    const Entity& e = pack_.lexicon.entity(company.entity);
    fact.company = e.name;
    fact.company_id = e.id;
    fact.company_from = company.from;
    if (company.from == "title") add_flag(fact, "company_inferred");
  }
  if (int32_t n = slot(Slot::segment); n != kNoNode) fact.segment = name_of(n);
  if (int32_t n = slot(Slot::region); n != kNoNode) fact.region = name_of(n);
  if (int32_t n = slot(Slot::feature); n != kNoNode) fact.feature = name_of(n);
  if (int32_t n = slot(Slot::counterparty); n != kNoNode) fact.counterparty = name_of(n);
  if (int32_t n = slot(Slot::plant); n != kNoNode && fact.feature.empty()) fact.feature = name_of(n);
  for (const auto& [where, is, other] : metric.elsewhere) {
    int32_t n = slot(where);
    if (n == kNoNode || name_of(n) != is) continue;
    fact.metric = other;
    if (where == Slot::feature) fact.feature.clear();
  }
  if (fact.region.empty()) fact.region = metric.region;
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
  if (!support.empty()) add(support);
  Span raw = doc_->to_raw(s_->span);
  fact.sentence = raw;
}

// The basis of a change: said by its words, or by the period it names.
std::string Resolver::basis_of(const Node& change, const std::optional<Period>& period, int32_t compared,
                               bool& assumed) const {
  assumed = false;
  if (!change.basis.empty()) return std::string(change.basis);
  if (compared != kNoNode) {
    const Value& value = m_->values.values[static_cast<size_t>(s_->node(compared).value)];
    const DateSpec& d = m_->values.dates[value.date];
    const bool named = d.month != 0 || d.quarter != 0;  // "April of last year" is no month before
    if (!named && (d.anchor == DateSpec::Anchor::context || d.anchor == DateSpec::Anchor::published)) {
      switch (d.grain) {
        case DateSpec::Grain::year:
          return "yoy";
        case DateSpec::Grain::half:
          return "hoh";
        case DateSpec::Grain::quarter:
          return "qoq";
        case DateSpec::Grain::month:
          return "mom";
        case DateSpec::Grain::week:
          return "wow";
        default:
          break;
      }
    }
    std::optional<Interval> about;
    if (period) about = period->date.days;
    if (auto other = resolve_period(compared, "clause", Direction::past, about); other && period) {
      if (other->date.days == shifted_months(period->date.days, 12) || d.grain == DateSpec::Grain::year) return "yoy";
      if (d.grain == DateSpec::Grain::month) {
        bool same_month = d.month != 0 && month_of(period->date.days.from) == static_cast<unsigned>(d.month);
        return same_month ? "yoy" : "mom";
      }
      if (d.grain == DateSpec::Grain::quarter) {
        bool same = other->date.days.to < period->date.days.from &&
                    month_of(other->date.days.from) == month_of(period->date.days.from);
        return same ? "yoy" : "qoq";
      }
      if (d.grain == DateSpec::Grain::week || other->date.days.days() == kWeekDays) return "wow";
    }
  }
  assumed = true;
  // "down 50 percent from 1,400" in a week: the reference is the week before.
  const bool of_week = period && period->date.days.days() == kWeekDays && change.slot(Slot::reference) != kNoNode;
  return of_week ? "wow" : "yoy";
}

// The first metric of a head that takes the value; -1 where none does.
int Resolver::metric_of_head(int32_t head, int32_t value) const {
  const Node& node = s_->node(head);
  if (node.metric >= 0) return node.metric;
  if (node.hit == kNoNode) return -1;
  const Value& v = m_->values.values[static_cast<size_t>(s_->node(value).value)];
  const Name& name = m_->names[static_cast<size_t>(node.hit)];
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = m_->index().reading(r);
    if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
    if (accepts(pack_.metrics.metric(reading.index), s_->node(value).tag, v.unit))
      return static_cast<int>(reading.index);
  }
  return -1;
}

void Resolver::emit(const Draft& draft) {
  if (draft.silent || metric_of(draft).silent) return;
  const Statement& st = *draft.statement;
  const Node& value = s_->node(st.value);
  if (value.tag == Tag::when) {
    int count = 1;
    for (Slot slot : {Slot::variant, Slot::model}) {
      int32_t n = draft.slots[static_cast<size_t>(slot)];
      if (n != kNoNode && s_->node(n).list) count = std::max(count, static_cast<int>(s_->node(n).item_count));
      if (slot == Slot::model && n != kNoNode) {
        int32_t v = s_->node(n).slot(Slot::variant);
        if (v != kNoNode && s_->node(v).list) count = std::max(count, static_cast<int>(s_->node(v).item_count));
      }
    }
    for (int i = 0; i < count; ++i) emit_item(draft, st.value, i, count);
    return;
  }
  if (!value.list) {
    emit_item(draft, st.value, 0, 1);
    return;
  }
  // "length, width and height of A, B and C": one head an item.
  const Node* heads = st.head != kNoNode && s_->node(st.head).list ? &s_->node(st.head) : nullptr;
  if (heads && heads->item_count != value.item_count) return;
  for (uint32_t i = 0; i < value.item_count; ++i) {
    // "4,892/1,925/1,655 mm": items that say their own metrics are no pairs of anything.
    if (const int32_t item = s_->items[value.first_item + i]; st.head == kNoNode && s_->node(item).metric >= 0) {
      Statement one = st;
      one.value = item;
      one.metric = s_->node(item).metric;
      Draft part = draft;
      part.statement = &one;
      emit_item(part, item, 0, 1);
      continue;
    }
    if (heads) {
      Statement one = st;
      one.head = s_->items[heads->first_item + i];
      one.metric = metric_of_head(one.head, level_beside(st, i));
      if (one.metric < 0) continue;
      Draft part = draft;
      part.statement = &one;
      part.one_of_heads = true;
      emit_item(part, s_->items[value.first_item + i], static_cast<int>(i), static_cast<int>(value.item_count));
      continue;
    }
    emit_item(draft, s_->items[value.first_item + i], static_cast<int>(i), static_cast<int>(value.item_count));
  }
}

// The level that the i-th member of a list is, or for a list of changes goes with: it says which metric its head is.
int32_t Resolver::level_beside(const Statement& st, uint32_t i) const {
  const Node* list = &s_->node(st.value);
  if (list->tag == Tag::change && st.host >= 0) list = &s_->node((*statements_)[static_cast<size_t>(st.host)].value);
  return list->list && i < list->item_count ? s_->items[list->first_item + i] : s_->items[s_->node(st.value).first_item + i];
}

// A list of values pairs, slot by slot, with the nearest list of the same length. False where a list stands in a slot
// of the statement but has another length: such pairs are never guessed.
bool Resolver::pair_lists(Draft& draft, int position, int count, bool& paired) const {
  const Statement& st = *draft.statement;
  for (Slot slot : {Slot::variant, Slot::model, Slot::company, Slot::segment, Slot::region, Slot::period}) {
    int32_t& current = draft.slots[static_cast<size_t>(slot)];
    if (current != kNoNode) {
      if (s_->node(current).list && static_cast<int>(s_->node(current).item_count) != count) return false;
      paired |= s_->node(current).list;
      continue;
    }
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
      int32_t n = s_->node_at[i];
      if (n == kNoNode || n == st.value) continue;
      const Node& node = s_->node(n);
      int32_t list = node.list && tag_name(node.tag) == slot_name(slot) ? n : node.slot(slot);
      if (list == kNoNode || !s_->node(list).list || static_cast<int>(s_->node(list).item_count) != count) continue;
      uint32_t distance = i < st.position ? st.position - i : i - st.position;
      if (distance >= best) continue;
      best = distance;
      current = list;
      paired = true;
    }
  }
  int32_t when = draft.slots[static_cast<size_t>(Slot::period)];
  if (when != kNoNode && s_->node(when).list) {
    draft.period = resolve_period(item_of(when, position, count), "clause", Direction::nearest, {});
  }
  return true;
}

// Changes that no names pair with: "against 8,363 in May 2023 and 15,505 in April. That is growth of 114.5% and 15.7%".
bool Resolver::give_bases(Node& item, int position, int count) const {
  if (!item.basis.empty()) return true;
  if (static_cast<int>(bases_.size()) != count) return false;
  item.basis = bases_[static_cast<size_t>(position)];
  return true;
}

// What a reference was measured against, for changes that follow.
void Resolver::remember_basis(const Node& reference, const Draft& draft) {
  const Draft& host = drafts_[static_cast<size_t>(draft.statement->host)];
  bool assumed = false;
  std::string basis = basis_of(reference, host.period, reference.slot(Slot::period), assumed);
  if (!assumed) bases_.push_back(std::move(basis));
}

void Resolver::from_new_year(Period& period) {
  period.date.days.from = make_day(year_of(period.date.days.to), 1, 1);
  period.date.text = period_text(period.date.days);
  period.date.kind = "ytd";
}

// Cumulative figures are of a day, or due by one; those "from January to October" are of these months.
std::optional<Resolver::Period> Resolver::period_of_item(const Draft& draft, const Node& item) const {
  const Statement& st = *draft.statement;
  std::optional<Period> period = draft.period;
  // What was counted through October was counted from the start of the year.
  if (period && period->role == DateSpec::Role::until && draft.modality == "actual" &&
      metric_of(draft).time == TimeKind::flow && period->date.days.from == period->date.days.to) {
    from_new_year(*period);
  }
  bool cumulative = item.period_kind == "cumulative" || (st.rule && st.rule->set.period_kind == "cumulative") ||
                    (st.head != kNoNode && s_->node(st.head).period_kind == "cumulative") ||
                    (draft.aside != kNoNode && s_->node(draft.aside).period_kind == "cumulative") ||
                    (period && period->role == DateSpec::Role::cumulative);
  if (!cumulative || !period || period->date.kind == "ytd") return period;
  const Interval& days = period->date.days;
  if (period->date.kind == "range" && days.from == make_day(year_of(days.from), 1, 1)) return period;
  if (draft.modality != "actual") {
    period->date.kind = "by";
    return period;
  }
  if (period->from == "title") return {};  // the article's month is not the figure's
  period->date.kind = "cumulative";
  period->date.days.from = period->date.days.to;
  period->date.text = to_string(period->date.days.to);
  return period;
}

void Resolver::fill_change(const Draft& draft, const Node& item, const std::optional<Period>& period,
                           Fact& fact) const {
  const bool plain_value = item.tag != Tag::change && item.tag != Tag::multiple;  // goes on with a change
  int32_t compared = plain_value ? draft.slots[static_cast<size_t>(Slot::period)] : item.slot(Slot::compared);
  if (int32_t reference = item.slot(Slot::reference); compared == kNoNode && reference != kNoNode) {
    compared = s_->node(reference).slot(Slot::period);
  }
  bool assumed = false;
  fact.measure = "change";
  fact.basis = basis_of(item, period, compared, assumed);
  // What has no period of its own is compared with what it was before: a price.
  if (assumed && metric_of(draft).time == TimeKind::timeless) {
    fact.basis = "vs_previous";
    assumed = false;
  }
  if (assumed) add_flag(fact, "basis_assumed");
  if (draft.statement->negative && fact.unit == "percent") set_attribute(fact, "of", "loss magnitude");
}

// A company of another trade: named as a partner or holder, its own figures are none of the pack's business.
bool Resolver::is_outsider(uint32_t company) const {
  if (company == kNoEntity) return false;
  const auto& outside = pack_.resolution.outside_kinds;
  return std::find(outside.begin(), outside.end(), pack_.lexicon.entity(company).kind) != outside.end();
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

// A member of a list of changes has the list's direction; "yoy,mom" gives each member its basis.
Node Resolver::change_of_list(const Node& list, Node item, int position) const {
  if (item.tag != Tag::change) {
    item.tag = Tag::change;
    item.negative = list.negative;
    for (Slot slot : {Slot::compared, Slot::reference}) item.slots[static_cast<size_t>(slot)] = list.slot(slot);
  }
  std::string_view bases = list.basis;
  for (; position > 0 && bases.find(',') != std::string_view::npos; --position) bases.remove_prefix(bases.find(',') + 1);
  if (item.basis.empty()) item.basis = bases.substr(0, bases.find(','));
  return item;
}

// Is the amount below zero: a loss, a fall?
bool Resolver::is_negative(const Statement& st, const Node& item) const {
  if (!st.change && item.tag == Tag::reference) return is_negative_reference(st, item);
  if (!st.change) return st.negative != item.negative;
  if (item.tag == Tag::change || st.host < 0) return item.negative;
  return s_->node(drafts_[static_cast<size_t>(st.host)].statement->value).negative;
}

// A reference with a noun of its own has that noun's sign: "a net loss, compared with a net profit of RMB 1.1 billion".
bool Resolver::is_negative_reference(const Statement& st, const Node& reference) const {
  const int32_t head = reference.slot(Slot::head);
  if (head == kNoNode) return st.negative != reference.negative;
  const Node& noun = s_->node(head);
  if (noun.hit == kNoNode) return noun.negative;
  const Name& name = m_->names[static_cast<size_t>(noun.hit)];
  std::optional<bool> negative;
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = m_->index().reading(r);
    if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
    if (!negative || static_cast<int>(reading.index) == st.metric) negative = reading.negative;
  }
  return negative ? *negative != noun.negative : st.negative;
}

bool Resolver::plausible(const Metric& metric, const Statement& st, const Fact& fact) const {
  if (!fact.value) return fact.value_low.has_value();
  if (st.change) return true;
  // The bounds are in the metric's own unit.
  const bool converted = metric.unit && fact.value_std && fact.unit_std == pack_.values.unit(metric.unit).name;
  Decimal size = (converted ? *fact.value_std : *fact.value).abs();
  return !(metric.min && size < *metric.min) && !(metric.max && size > *metric.max);
}

void Resolver::emit_item(const Draft& draft, int32_t index, int position, int count) {
  const Statement& st = *draft.statement;
  const Metric& metric = metric_of(draft);
  const Node& value = s_->node(st.value);
  const bool of_changes = value.list && value.tag == Tag::change;
  Node item = of_changes ? change_of_list(value, s_->node(index), position) : s_->node(index);
  const bool event = value.tag == Tag::when;
  if (draft.company.stranger) return;
  Draft own = draft;
  for (size_t k = 0; k < kSlotCount; ++k) {
    if (value.list && item.slots[k] != kNoNode) own.slots[k] = item.slots[k];  // "1,498 ES8s, 3,755 ES6s"
  }
  bool paired = own.one_of_heads;
  if ((count > 1 || value.list) && !pair_lists(own, position, count, paired)) return;
  if (of_changes && !paired && !give_bases(item, position, count)) return;

  Fact fact;
  fact.metric = metric.id;
  fact.modality = draft.modality;
  fact.status = draft.status;
  fact.attributed_to = draft.attributed_to;
  fact.stated_on = draft.stated_on;
  fact.rule = st.rule ? st.rule->id : metric.id + ".unit";
  if (st.rule && !st.rule->set.flag.empty()) add_flag(fact, st.rule->set.flag);
  fill_names(own, position, count, fact);
  if (!metric.about_outsider && is_outsider(own.company.entity)) return;
  if (metric.needs_subject && fact.company.empty() && fact.model.empty()) return;
  if (metric.about_model && !metric.about_company && fact.model.empty()) return;
  bool complete = std::all_of(metric.needs.begin(), metric.needs.end(),
                              [&](Slot need) { return own.slots[static_cast<size_t>(need)] != kNoNode; });
  if (!complete) return;
  if (!event) {
    fill_value(own, index, is_negative(st, item), fact);
    if (!plausible(metric, st, fact)) return;
  }
  std::optional<Period> period = period_of_item(own, item);
  if (st.change) fill_change(own, item, period, fact);
  if (value.tag == Tag::reference) {
    int32_t when = item.slot(Slot::period);
    // "compared with 4.9 percent in the first quarter and 1.0 percent a year ago": both are measured from the statement.
    const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;
    while (host && host->statement->host >= 0 && s_->node(host->statement->value).tag == Tag::reference)
      host = &drafts_[static_cast<size_t>(host->statement->host)];
    if (when != kNoNode) {
      if (host) period = compared_period(when, host->period);  // else it was read beside its head
    } else if (!item.modality.empty()) {
      if (host) period = host->period;  // what was expected of the same figure
    } else {
      period = host ? previous_period(st, *host) : std::nullopt;
    }
    fact.modality = item.modality.empty() ? "actual" : item.modality;
    if (period && metric.time == TimeKind::stock && !is_flow(st) && fact.modality == "actual") close(*period);
  }
  if (value.tag == Tag::reference && st.host >= 0) remember_basis(item, draft);
  const bool since_event = own.aside != kNoNode && s_->node(own.aside).period_kind == "since_event";
  if (since_event && period && period->from != "clause") period.reset();
  fill_period(period, fact);
  if (since_event) fact.period_kind = "since_event";
  fill_attributes(own, item, fact);
  fill_attribute_slots(own, position, count, fact);
  if (fact.status == "moved") emit_old_level(own, index, fact);
  if (!event) fill_money(fact);
  fill_evidence(event ? value.slot(Slot::period) : index, st.support, fact);
  if (int32_t reference = item.slot(Slot::reference); reference != kNoNode)
    emit_reference(own, fact, period, reference, fact.basis);
  if (st.change && fact.unit == "percent" && !metric.changes_as.empty()) {
    fact.metric = metric.changes_as;  // itself a change, so a level of that metric
    fact.measure = "level";
    fact.basis.clear();
    std::erase(fact.flags, "basis_assumed");
  }
  keep(std::move(fact));
}

// "raised its target price from RMB 425 to RMB 490": no range but an old level, which goes out, and the one it was moved to.
void Resolver::emit_old_level(const Draft& draft, int32_t index, Fact& fact) {
  fact.status.clear();
  if (!fact.value_low || !fact.value_high) return;
  const auto at = [](const Fact& f, bool low) {
    Fact one = f;
    one.value = low ? f.value_low : f.value_high;
    one.value_std = low ? f.value_low_std : f.value_high_std;
    one.value_low = one.value_high = one.value_low_std = one.value_high_std = std::nullopt;
    one.stated_alt.reset();
    if (one.qualifier == qualifier_name(Qualifier::range)) one.qualifier.clear();
    return one;
  };
  Fact old = at(fact, true);
  fact = at(fact, false);
  old.status = "previous";
  fill_money(old);
  fill_evidence(index, draft.statement->support, old);
  keep(std::move(old));
}

// The period of a reference: "a year earlier" moves the host's period as a whole, "in July" stands for itself.
std::optional<Resolver::Period> Resolver::compared_period(int32_t when, const std::optional<Period>& host) const {
  const Value& value = m_->values.values[static_cast<size_t>(s_->node(when).value)];
  const DateSpec& d = m_->values.dates[value.date];
  std::optional<Interval> about;
  if (host) about = host->date.days;
  if (host && d.anchor != DateSpec::Anchor::absolute && d.offset != 0 && d.month == 0 && d.quarter == 0) {
    std::optional<Interval> moved;
    switch (d.grain) {
      case DateSpec::Grain::year:
        moved = shifted_months(*about, -12 * d.offset);
        break;
      case DateSpec::Grain::half:
        moved = shifted_months(*about, -6 * d.offset);
        break;
      case DateSpec::Grain::quarter:
        moved = shifted_months(*about, -3 * d.offset);
        break;
      case DateSpec::Grain::month:
        moved = shifted_months(*about, -1 * d.offset);
        break;
      case DateSpec::Grain::week:
        moved = shifted_days(*about, -7 * d.offset);
        break;
      default:
        break;
    }
    if (moved)
      return Period{{period_text(*moved), *moved, host->date.kind, false}, "clause", host->role, host->inferred};
  }
  return resolve_period(when, "clause", Direction::past, about);
}

// What a change of this basis is measured against.
std::optional<Resolver::Period> Resolver::period_before(const Period& period, std::string_view basis) const {
  const std::optional<Interval> moved = days_before(period.date.days, basis);
  if (!moved) return {};
  return Period{{period_text(*moved), *moved, period.date.kind, false}, "clause", DateSpec::Role::plain, period.inferred};
}

// "from 19,400 a year earlier": a level of its own period.
void Resolver::emit_reference(const Draft& draft, const Fact& host, const std::optional<Period>& host_period,
                              int32_t reference, std::string_view basis) {
  const Node& node = s_->node(reference);
  if (node.value == kNoNode) return;
  const Value& v = m_->values.values[static_cast<size_t>(node.value)];
  if (!accepts(metric_of(draft), static_cast<Tag>(static_cast<uint8_t>(v.type) + static_cast<uint8_t>(Tag::number)),
               v.unit))
    return;
  Fact fact = host;
  fact.measure = "level";
  fact.basis.clear();
  fact.modality = node.modality.empty() ? "actual" : node.modality;
  fact.attributes.clear();
  fact.flags.clear();
  fact.evidence.clear();
  fact.value.reset();
  fact.value_low.reset();
  fact.value_high.reset();
  fact.value_std.reset();
  fact.unit.clear();
  fact.unit_std.clear();
  fact.qualifier.clear();
  fact.stated_alt.reset();
  fact.value_cny.reset();
  fact.value_usd.reset();
  fact.fx_rate.reset();
  fact.fx_from.clear();
  fill_value(draft, reference, is_negative_reference(*draft.statement, node), fact);
  std::optional<Period> period;
  if (int32_t when = node.slot(Slot::period); when != kNoNode) {
    period = compared_period(when, host_period);
  } else if (host_period && !node.modality.empty()) {
    period = host_period;
  } else if (host_period) {
    period = period_before(*host_period, basis);
  }
  if (period && metric_of(draft).time == TimeKind::stock && !is_flow(*draft.statement) && fact.modality == "actual") close(*period);
  fact.period = fact.period_start = fact.period_end = fact.period_kind = fact.period_from = "";
  fill_period(period, fact);
  fill_money(fact);
  fill_evidence(reference, draft.statement->support, fact);
  keep(std::move(fact));
}

void Resolver::keep(Fact&& fact) {
  fact.doc_id = doc_->doc_id;
  write_amount(fact, key_);
  const auto [alike, fresh] = alike_.try_emplace(hash64(key_), Alike{});
  size_t at = fresh ? facts_.size() : alike->second.first;
  for (size_t i = 0; i < kMaxAlike && at < facts_.size(); ++i, at = next_alike_[at]) {
    Fact& known = facts_[at];
    if (!same_statement(known, fact)) continue;
    merge(std::move(fact), known);
    return;
  }
  fact.path = doc_->source.path;
  fact.member = doc_->source.member;
  fact.offset = doc_->source.offset;
  fact.url = doc_->source.url;
  if (doc_->charset != "UTF-8") fact.charset = doc_->charset;
  fact.title = doc_->title;
  fact.site = doc_->site;
  fact.lang = doc_->lang;
  fact.published = published_text_;
  fact.published_from = published_from_;
  fact.pack = pack_label_;
  const size_t index = facts_.size();
  if (fresh) {
    alike->second.first = index;
  } else {
    next_alike_[alike->second.last] = index;
  }
  alike->second.last = index;
  next_alike_.push_back(SIZE_MAX);
  if (facts_.empty()) facts_.reserve(kUsualFacts);
  facts_.push_back(std::move(fact));
}

// The same statement once more: its evidence, and what is fuller in it.
void Resolver::merge(Fact&& fact, Fact& known) {
  for (Evidence& e : fact.evidence) {
    // Statements come sentence by sentence: only this one's evidence can be there already.
    bool there = false;
    for (auto k = known.evidence.rbegin(); k != known.evidence.rend() && k->end > fact.sentence.begin && !there; ++k) {
      there = k->start == e.start && k->end == e.end;
    }
    if (!there) known.evidence.push_back(std::move(e));
  }
  // The fuller record wins, slot by slot.
  for (auto slot : {&Fact::basis, &Fact::model, &Fact::variant, &Fact::segment, &Fact::feature, &Fact::region,
                    &Fact::counterparty, &Fact::status}) {
    if (known.*slot == "") known.*slot = fact.*slot;
  }
  if (known.period.empty()) {
    for (auto slot : {&Fact::period, &Fact::period_start, &Fact::period_end, &Fact::period_kind, &Fact::period_from})
      known.*slot = fact.*slot;
  }
  if (!known.stated_alt) known.stated_alt = fact.stated_alt;
}

std::vector<Fact> Resolver::finish() {
  if (article_rate_) {
    Fact fact;
    fact.metric = "fx_rate";
    fact.value = *article_rate_;
    fact.unit = "CNY";
    fact.per = "USD";
    fact.rule = "fx_note";
    Span raw = doc_->to_raw(rate_span_);
    fact.evidence.push_back({raw.begin, raw.end, doc_->raw_text(raw)});
    fact.sentence = raw;
    keep(std::move(fact));
  }
  for (Fact& fact : facts_) {
    write_identity(fact, key_);
    fact.fact_id = hash128(key_).to_hex();
  }
  audit(facts_);
  const auto earlier = [](const Fact& a, const Fact& b) { return a.evidence[0].start < b.evidence[0].start; };
  // Most documents state their facts in order, and a fact is dear to move.
  if (!std::is_sorted(facts_.begin(), facts_.end(), earlier)) std::stable_sort(facts_.begin(), facts_.end(), earlier);
  return std::move(facts_);
}

}  // namespace factmill
