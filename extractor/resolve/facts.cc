// Drafts to facts: one for each member of a list, paired with its names, plausible and complete.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kMaxParts = 12;  // "twelve lines of 100,000 each"

}  // namespace

// Member `index` of a list of `count`; the node itself where it is no list. kNoNode where the lengths differ.
int32_t Resolver::item_of(int32_t index, int position, int count) const {
  if (index == kNoNode) return kNoNode;
  const Node& node = s_->node(index);
  if (!node.list) return index;
  if (static_cast<int>(node.item_count) != count || position < 0) return kNoNode;
  return s_->items[node.first_item + static_cast<uint32_t>(position)];
}

// The first metric of a head that takes the value, or the change, and whether the head states it below zero; metric -1 where none does.
Resolver::HeadReading Resolver::reading_of_head(int32_t head, int32_t value, bool change) const {
  const Node& node = s_->node(head);
  if (node.metric >= 0) return {node.metric, node.negative};
  if (node.hit == kNoNode) return {};
  const Value& v = m_->values.values[static_cast<size_t>(s_->node(value).value)];
  const Name& name = m_->names[static_cast<size_t>(node.hit)];
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = m_->index().reading(r);
    if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
    const Metric& metric = pack_.metrics.metric(reading.index);
    const bool moves = metric.time != TimeKind::event && metric.is_amount();
    if (change ? moves : accepts(metric, s_->node(value).tag, v.unit)) {
      return {static_cast<int>(reading.index), reading.negative != node.negative};
    }
  }
  return {};
}

// The value states nothing that is a fact; `explain` says why.
void Resolver::drop(const Draft& draft, int32_t value, std::string_view why) const {
  if (drops_) drops_->push_back({std::string(s_->node(value).core.of(doc_->text)), metric_of(draft).id, std::string(why)});
}

void Resolver::emit(const Draft& draft) {
  const Statement& st = *draft.statement;
  if (draft.silent) return drop(draft, st.value, "its words deny it, or only suppose it");
  if (metric_of(draft).silent) return drop(draft, st.value, "the metric is read, but states no facts");
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
  if (const int32_t parts = value.slot(Slot::phase); value.subject == "each" && parts != kNoNode) {
    const double many = m_->values.values[static_cast<size_t>(s_->node(parts).value)].low.approximate();
    Draft one = draft;
    for (one.part = 1; one.part <= many && one.part <= kMaxParts; ++one.part) emit_item(one, st.value, 0, 1);
    return;
  }
  if (!value.list) {
    if (const auto [place, count] = place_in_run(draft); count > 1) return emit_item(draft, st.value, place, count);
    const auto [many, company] = spread(draft);
    if (many == 1) return emit_item(draft, st.value, 0, 1);
    Draft one = draft;
    one.slots[static_cast<size_t>(Slot::company)] = company;
    for (int i = 0; i < many; ++i) emit_item(one, st.value, i, many);
    return;
  }
  // "21,549 registrations for the Model Y and 11,943 for the Model 3, gains of 208 and 307 percent": one change for each.
  const std::vector<const Draft*> levels = value.tag == Tag::change && st.change ? levels_before(draft) : std::vector<const Draft*>();
  // "length, width and height of A, B and C": one head an item.
  const Node* heads = st.head != kNoNode && s_->node(st.head).list ? &s_->node(st.head) : nullptr;
  if (heads && heads->item_count != value.item_count) return drop(draft, st.value, "not as many heads as values");
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
      const int32_t level = level_beside(st, i);
      const HeadReading reading = reading_of_head(one.head, level == kNoNode ? s_->items[value.first_item + i] : level, level == kNoNode);
      if (reading.metric < 0) {
        drop(draft, s_->items[value.first_item + i], "its head takes no such value");
        continue;
      }
      one.metric = reading.metric;
      one.negative = reading.negative;
      Draft part = draft;
      part.statement = &one;
      part.one_of_heads = true;
      emit_item(part, s_->items[value.first_item + i], static_cast<int>(i), static_cast<int>(value.item_count));
      continue;
    }
    if (levels.size() == value.item_count) {
      Statement one = st;
      one.metric = levels[i]->statement->metric;
      one.head = levels[i]->statement->head;
      one.negative = levels[i]->statement->negative;
      Draft part = draft;
      part.statement = &one;
      part.company = levels[i]->company;
      part.slots = levels[i]->slots;
      part.one_of_heads = true;
      emit_item(part, s_->items[value.first_item + i], static_cast<int>(i), static_cast<int>(value.item_count));
      continue;
    }
    emit_item(draft, s_->items[value.first_item + i], static_cast<int>(i), static_cast<int>(value.item_count));
  }
}

// "Nio, Xpeng and Li Auto delivered A, B and C, up 2 percent, up 229 percent and down 39 percent": which member of the list a change is
// of, where as many follow it; {0, 0}: none.
std::pair<int, int> Resolver::place_in_run(const Draft& draft) const {
  const auto root = [&](const Statement& st) {
    int k = st.host;
    while (k >= 0 && drafts_[static_cast<size_t>(k)].statement->change) k = drafts_[static_cast<size_t>(k)].statement->host;
    return k;
  };
  const Statement& st = *draft.statement;
  const int of = st.change ? root(st) : -1;
  if (of < 0) return {0, 0};
  const Node& list = s_->node(drafts_[static_cast<size_t>(of)].statement->value);
  int place = 0, count = 0;
  for (const Draft& other : drafts_) {
    if (!other.statement->change || root(*other.statement) != of || s_->node(other.statement->value).list) continue;
    if (&other == &draft) place = count;
    ++count;
  }
  return list.list && count == static_cast<int>(list.item_count) ? std::pair(place, count) : std::pair(0, 0);
}

// Of how many a single value is said one by one: "more than 30,000 in both August and September", "the Pro and the Max have 800 V".
// A count of several is of all together. With the companies, which are no slot of a count of all.
std::pair<int, int32_t> Resolver::spread(const Draft& draft) const {
  constexpr uint32_t kWordBefore = 12, kReachOfEach = 60;  // bytes
  const auto is_each = [&](int32_t list) {
    const Span names = s_->node(list).span;
    const uint32_t from = names.begin - std::min(names.begin, kWordBefore), value = s_->node(draft.statement->value).span.begin;
    const std::string_view text = doc_->text, before = text.substr(from, names.begin - from);
    // "both A and B have 800 V", "A and B each have 800 V"
    const std::string_view between = value > names.end && value - names.end < kReachOfEach ? text.substr(names.end, value - names.end) : std::string_view();
    return pack_.resolution.each_words.stands_in(before) || pack_.resolution.each_words.stands_in(between);
  };
  const bool of_car = metric_of(draft).carries_model && metric_of(draft).time == TimeKind::timeless && !has_pairing();
  int32_t company = draft.slots[static_cast<size_t>(Slot::company)];
  if (company == kNoNode && draft.company.together != kNoNode && s_->node(draft.company.together).list && is_each(draft.company.together))
    company = draft.company.together;
  for (const Slot slot : {Slot::variant, Slot::model, Slot::company, Slot::period}) {
    const int32_t n = slot == Slot::company ? company : draft.slots[static_cast<size_t>(slot)];
    if (n == kNoNode || !s_->node(n).list) continue;
    const bool named = slot == Slot::variant || slot == Slot::model;
    if ((named && of_car) || is_each(n)) return {static_cast<int>(s_->node(n).item_count), company};
  }
  return {1, company};
}

// The levels that a list of as many changes follows: "revenue of A and a loss of B, up 5 and down 2 percent, respectively".
std::vector<const Resolver::Draft*> Resolver::levels_before(const Draft& draft) const {
  std::vector<const Draft*> same, all;
  for (const Draft& other : drafts_) {
    const Statement& st = *other.statement;
    const Node& value = s_->node(st.value);
    if (st.position >= draft.statement->position || st.change || value.tag == Tag::reference || value.tag == Tag::when) continue;
    if (value.list) return {};
    all.push_back(&other);
    if (st.metric == draft.statement->metric) same.push_back(&other);
  }
  return same.size() == s_->node(draft.statement->value).item_count ? same : all;
}

// A list of values pairs, slot by slot, with the nearest list of the same length. False where a list stands in a slot
// of the statement but has another length: such pairs are never guessed.
bool Resolver::pair_lists(Draft& draft, int position, int count, bool& paired) const {
  const Statement& st = *draft.statement;
  for (Slot slot : {Slot::variant, Slot::model, Slot::company, Slot::segment, Slot::region, Slot::period}) {
    int32_t& current = draft.slots[static_cast<size_t>(slot)];
    if (current != kNoNode) {
      const bool joined = slot == Slot::period && draft.period;  // "in January and February" of three companies
      if (s_->node(current).list && static_cast<int>(s_->node(current).item_count) != count && !joined) return false;
      paired |= s_->node(current).list && !joined;
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
  if (when != kNoNode && s_->node(when).list && static_cast<int>(s_->node(when).item_count) == count) {
    draft.period = resolve_period(item_of(when, position, count), "clause", draft.modality == "plan" ? Direction::future : Direction::nearest, {});
  } else if (draft.period && !paired) {
    const DateSpec* named = when == kNoNode || s_->node(when).list || s_->node(when).value == kNoNode ? nullptr
                            : &m_->values.dates[m_->values.values[static_cast<size_t>(s_->node(when).value)].date];
    if (draft.period->date.kind == "range" || (named && named->end_quarter > 0)) paired = take_part(*draft.period, named, position, count);
  }
  return true;
}

// "500, 630 and 820 for 2024-2026", "A and B in the first and second quarters": as many whole years, or quarters that are named, as
// values.
bool Resolver::take_part(Period& period, const DateSpec* named, int position, int count) {
  const Interval days = period.date.days;
  const int first = year_of(days.from);
  Interval part = year_interval(first + position);
  bool fits = days.from == year_interval(first).from && days.to == year_interval(first + count - 1).to;
  if (named && named->end_quarter == named->quarter + count - 1) {
    part = quarter_interval(first, named->quarter + position);
    fits = days.from == quarter_interval(first, named->quarter).from && days.to == quarter_interval(first, named->end_quarter).to;
  }
  if (fits) period.date = {period_text(part), part, named && named->end_quarter > 0 ? "quarter" : "year", false};
  return fits;
}

// A company of another trade: named as a partner or holder, its own figures are none of the pack's business.
bool Resolver::is_outsider(uint32_t company) const {
  if (company == kNoEntity) return false;
  const auto& outside = pack_.resolution.outside_kinds;
  return std::find(outside.begin(), outside.end(), entity_at(company).kind) != outside.end();
}

// Is the amount below zero: a loss, a fall?
bool Resolver::is_negative(const Statement& st, const Node& item) const {
  if (!st.change && item.tag == Tag::reference) return is_negative_reference(st, item);
  if (!st.change) return st.negative != item.negative;
  if (item.tag == Tag::change || st.host < 0) return item.negative;
  // "fell 12 percent in Germany, 8 percent in France and 3 percent in Spain": as the first of the row.
  const Statement* host = drafts_[static_cast<size_t>(st.host)].statement;
  while (host->host >= 0 && host->change && s_->node(host->value).tag != Tag::change) host = drafts_[static_cast<size_t>(host->host)].statement;
  return s_->node(host->value).negative;
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

// "will not sell cars in Europe before 2027": no model is meant.
bool Resolver::is_of_company(const Statement& st) const { return st.head != kNoNode && s_->node(st.head).subject == "company"; }

bool Resolver::plausible(const Metric& metric, const Statement& st, const Fact& fact) const {
  if (!fact.value) return fact.value_low.has_value();
  if (st.change) return true;
  // The bounds are in the metric's own unit.
  const bool converted = metric.unit && fact.value_std && fact.unit_std == pack_.values.unit(metric.unit).name;
  return metric.may_be(converted ? *fact.value_std : *fact.value);
}

void Resolver::emit_item(const Draft& draft, int32_t index, int position, int count) {
  const Statement& st = *draft.statement;
  const Metric& metric = metric_of(draft);
  const Node& value = s_->node(st.value);
  const bool of_changes = value.list && value.tag == Tag::change;
  Node item = of_changes ? change_of_list(value, s_->node(index), position) : s_->node(index);
  const bool event = value.tag == Tag::when;
  if (draft.company.stranger) return drop(draft, index, "of a company that the lexicon does not have");
  Draft own = draft;
  for (size_t k = 0; k < kSlotCount; ++k) {
    if (value.list && item.slots[k] != kNoNode) own.slots[k] = item.slots[k];  // "1,498 ES8s, 3,755 ES6s"
  }
  if (const int32_t named = value.list ? item.slot(Slot::company) : kNoNode; named != kNoNode) own.company = company_of_node(named, "clause");
  bool paired = own.one_of_heads;
  if ((count > 1 || value.list) && !pair_lists(own, position, count, paired)) return drop(draft, index, "the list beside it has another length");
  if (of_changes && !paired && !give_bases(item, position, count)) return drop(draft, index, "nothing that the list of changes goes with");

  // "They sold A, B and C, respectively": who the sentence before named.
  const bool pairs = value.list && !paired && static_cast<int>(companies_.size()) == count && own.company.from != "clause";
  if (pairs && begins_with_pronoun() && has_pairing()) own.company = {companies_[static_cast<size_t>(position)], "paragraph"};

  Fact fact;
  fact.metric = metric.id;
  fact.modality = draft.modality;
  fact.status = draft.status;
  fact.attributed_to = draft.attributed_to;
  fact.stated_on = draft.stated_on;
  fact.rule = st.rule ? st.rule->id : metric.id + ".unit";
  if (st.rule && !st.rule->set.flag.empty()) add_flag(fact, st.rule->set.flag);
  fill_names(own, position, count, fact);
  if (fact.company.empty()) fact.company = metric.nobody;
  if (!metric.about_outsider && is_outsider(own.company.entity)) return drop(draft, index, "of a company of another trade");
  const bool unnamed = metric.needs_subject && fact.company.empty() && fact.model.empty() && !is_joint(own, count);
  if (unnamed && !may_be_unnamed(own)) return drop(draft, index, "no company was found");
  if (unnamed) add_flag(fact, "subject_unknown");
  if (metric.about_model && !metric.about_company && fact.model.empty() && !unnamed && !is_of_company(st)) return drop(draft, index, "no model was found");
  bool complete = std::all_of(metric.needs.begin(), metric.needs.end(),
                              [&](Slot need) { return own.slots[static_cast<size_t>(need)] != kNoNode; });
  if (!complete) return drop(draft, index, "a slot that its metric needs was not found");
  if (!event) {
    fill_value(own, index, is_negative(st, item), fact);
    if (!plausible(metric, st, fact)) return drop(draft, index, "no plausible amount of its metric");
  }
  if (event && st.head != kNoNode) fact.qualifier = s_->node(st.head).qualifier;
  std::optional<Period> period = period_of_item(own, item);
  if (st.change) fill_change(own, item, period, fact);
  if (value.tag == Tag::reference) {
    int32_t when = item.slot(Slot::period);
    const Draft* moved = moved_outlook(draft, when);
    // "compared with 4.9 percent in the first quarter and 1.0 percent a year ago": both are measured from the statement.
    const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;
    while (host && host->statement->host >= 0 && s_->node(host->statement->value).tag == Tag::reference)
      host = &drafts_[static_cast<size_t>(host->statement->host)];
    if (moved) {
      period = moved->period;
    } else if (when != kNoNode) {
      if (host) period = compared_period(when, host->period);  // else it was read beside its head
    } else if (!item.modality.empty()) {
      if (host) period = host->period;  // what was expected of the same figure
    } else {
      period = host ? previous_period(st, *host) : std::nullopt;
    }
    fact.modality = moved ? moved->modality : item.modality.empty() ? "actual" : item.modality;
    if (moved) fact.status = "previous";
    if (period && is_stock(st) && fact.modality == "actual") close(*period);
  }
  if (value.tag == Tag::reference && st.host >= 0) remember_basis(item, draft);
  const bool since_event = own.aside != kNoNode && s_->node(own.aside).period_kind == "since_event";
  if (since_event && period && period->from != "clause") period.reset();
  fill_period(period, fact);
  if (since_event) fact.period_kind = "since_event";
  go_on_counting(metric, fact);
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

}  // namespace factmill
