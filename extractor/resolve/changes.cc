// Changes and references: basis, reference value, the period compared with.
#include <algorithm>

#include "base/basis.h"
#include "mention/timex.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kWeekDays = 7;

}  // namespace

// The basis of a change: said by its words, or by the period it names.
std::string Resolver::basis_of(const Node& change, const std::optional<Period>& period, int32_t compared,
                               bool& assumed) const {
  assumed = false;
  const bool of_week = period && period->date.days.days() == kWeekDays;
  // "Sequentially" is against the month before where the figure is a month's, the week before where it is a week's.
  if (change.basis == "qoq" && period && (of_week || period->date.kind == "month")) return of_week ? "wow" : "mom";
  if (!change.basis.empty()) return std::string(change.basis);
  if (compared != kNoNode) {
    const Value& value = m_->values.values[static_cast<size_t>(s_->node(compared).value)];
    const DateSpec& d = m_->values.dates[value.date];
    const bool named = d.month != 0 || d.quarter != 0 || d.half != 0;  // "April of last year" is no month before
    if (!named && (d.anchor == DateSpec::Anchor::context || d.anchor == DateSpec::Anchor::published)) {
      switch (d.grain) {
        case DateSpec::Grain::year:
          return "yoy";
        case DateSpec::Grain::half:
          return "hoh";
        case DateSpec::Grain::quarter:
          return "qoq";
        case DateSpec::Grain::month:
          return period && period->date.kind == "quarter" ? "qoq" : "mom";  // "the previous three months"
        case DateSpec::Grain::week:
          return "wow";
        default:
          break;
      }
    }
    std::optional<Interval> about;
    if (period) about = period->date.days;
    if (auto other = resolve_period(compared, "clause", Direction::past, about); other && period) {
      // "1.15 million from January to June, up from 633,777 in June last year": by its end, whatever its length.
      const Interval before = shifted_months(period->date.days, 12);
      if (other->date.days == before || (d.grain == DateSpec::Grain::month && other->date.days.to == before.to) || d.grain == DateSpec::Grain::year) return "yoy";
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
  return of_week ? "wow" : "yoy";  // of what has no season yet the news compare with the week before
}

// The level that the i-th member of a list is, or for a list of changes goes with: it says which metric its head is. kNoNode:
// changes without levels.
int32_t Resolver::level_beside(const Statement& st, uint32_t i) const {
  const Node& own = s_->node(st.value);
  const auto item = [&](const Node& list) { return list.list && i < list.item_count ? s_->items[list.first_item + i] : kNoNode; };
  if (own.tag != Tag::change) return item(own);
  if (st.host >= 0) return item(s_->node((*statements_)[static_cast<size_t>(st.host)].value));
  // "production and sales rose 12.4 and 13.2 percent to 27.7 and 27.6 million units"
  for (const Statement& other : *statements_) {
    if (const Node& list = s_->node(other.value); other.head == st.head && list.list && list.tag != Tag::change && list.item_count == own.item_count) return item(list);
  }
  return kNoNode;
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

// "NIO delivered 12,961, up 84.5 percent month on month, and Li Auto 13,024, growth of 13.3 percent": what the sentence compares the
// other companies' figures with, where that is one thing.
std::string Resolver::basis_of_others(const Draft& draft) const {
  std::string basis;
  for (const Draft& other : drafts_) {
    const Statement& st = *other.statement;
    const Node& change = s_->node(st.value);
    if (&st == draft.statement || !st.change || change.list || st.metric != draft.statement->metric) continue;
    const auto same = [&](Slot slot) { return other.slots[static_cast<size_t>(slot)] == draft.slots[static_cast<size_t>(slot)]; };
    if (other.company.entity == draft.company.entity && same(Slot::model) && same(Slot::variant) && same(Slot::segment) && same(Slot::region)) return {};
    bool assumed = false;
    std::string said = basis_of(change, other.period, change.slot(Slot::compared), assumed);
    if (assumed) continue;
    if (!basis.empty() && said != basis) return {};
    basis = std::move(said);
  }
  return basis;
}

// What all figures of a sentence are compared with at its head: "Compared with October, sales fell 1.1 percent, while exports rose".
int32_t Resolver::compared_in_front() const {
  const uint32_t end = end_of_front();
  for (uint32_t i = 0; i < end; ++i) {
    const int32_t n = s_->node_at[i];
    if (n != kNoNode && s_->node(n).slot(Slot::compared) != kNoNode) return s_->node(n).slot(Slot::compared);
  }
  return kNoNode;
}

// "Exports fell 13 percent to 47,061 from the previous quarter": what the change is compared with stands behind the level that it
// leads to, as a time or as a figure.
std::string Resolver::basis_behind_level(const Draft& draft, const std::optional<Period>& period) const {
  const Statement& st = *draft.statement;
  uint32_t from = st.position;
  for (const Statement& other : *statements_) {
    if (other.position <= st.position || other.metric != st.metric) continue;
    const Node& value = s_->node(other.value);
    if (value.list) return {};
    const auto close = [&] { return other.host < 0 ? other.head == st.head : &(*statements_)[static_cast<size_t>(other.host)] == &st || (*statements_)[static_cast<size_t>(other.host)].position == from; };
    if (other.change || !close()) return {};
    bool assumed = false;
    if (value.tag == Tag::reference) {
      std::string basis = basis_of(value, period, value.slot(Slot::period), assumed);
      return assumed ? std::string() : basis;
    }
    if (from != st.position) return {};
    from = other.position;
    for (uint32_t i = from + 1; i < s_->tagged.size(); ++i) {
      const int32_t n = s_->node_at[i];
      if (n == kNoNode) continue;
      if (!is_transparent(s_->node(n).tag)) break;
      if (const int32_t compared = s_->node(n).slot(Slot::compared); compared != kNoNode) {
        std::string basis = basis_of(Node(), period, compared, assumed);
        return assumed ? std::string() : basis;
      }
    }
  }
  return {};
}

void Resolver::fill_change(const Draft& draft, const Node& item, const std::optional<Period>& period,
                           Fact& fact) const {
  const bool plain_value = item.tag != Tag::change && item.tag != Tag::multiple;  // goes on with a change
  int32_t compared = plain_value ? draft.slots[static_cast<size_t>(Slot::period)] : item.slot(Slot::compared);
  if (int32_t reference = item.slot(Slot::reference); compared == kNoNode && reference != kNoNode) {
    compared = s_->node(reference).slot(Slot::period);
  }
  // "In the third quarter, Rivian dropped 35.2 percent year on year, Ford 8 percent": its own time is none that it is compared with.
  if (plain_value && compared != kNoNode && period) {
    const auto own = s_->node(compared).list ? std::nullopt : resolve_period(compared, "clause", Direction::past, {});
    if (own && own->date.days == period->date.days) compared = kNoNode;
  }
  if (compared == kNoNode && item.basis.empty()) compared = compared_in_front();
  bool assumed = false;
  fact.measure = "change";
  fact.basis = basis_of(item, period, compared, assumed);
  // What has no period of its own is compared with what it was before: a price.
  if (assumed && metric_of(draft).time == TimeKind::timeless) {
    fact.basis = "vs_previous";
    assumed = false;
  }
  // "now aims for 620,000, up from an earlier goal of 550,000, that is 70,000 more"
  const bool moved = assumed && draft.modality != "actual" && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& other) {
    return other.status == "previous" && other.modality == draft.modality && other.statement->metric == draft.statement->metric;
  });
  if (moved) {
    fact.basis = "vs_previous_target";
    assumed = false;
  }
  if (assumed) {
    const std::string behind = basis_behind_level(draft, period);
    const std::string parallel = behind.empty() ? basis_of_others(draft) : behind;
    if (!parallel.empty()) fact.basis = parallel;
    if (behind.empty()) add_flag(fact, "basis_assumed");
  }
  if (draft.statement->negative && fact.unit == "percent") set_attribute(fact, "of", "loss magnitude");
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
  if (host && d.anchor != DateSpec::Anchor::absolute && d.offset != 0 && d.month == 0 && d.quarter == 0 && d.half == 0) {
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

// "It cut its guidance for the year to 47,000 from 57,000 in October": the month is that of the earlier guidance.
const Resolver::Draft* Resolver::moved_outlook(const Draft& reference, int32_t when) const {
  const Draft* host = reference.statement->host >= 0 ? &drafts_[static_cast<size_t>(reference.statement->host)] : nullptr;
  if (!host || host->modality == "actual" || host->status != "revised" || when == kNoNode || !published_) return nullptr;
  const auto said = resolve_period(when, "clause", Direction::past, {});
  const bool apart = said && host->period && said->date.days.to < *published_ && said->date.days.days() < host->period->date.days.days();
  return apart && (said->date.kind == "day" || said->date.kind == "month") ? host : nullptr;
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
    return drop(draft, reference, "its metric takes no such value");
  Fact fact = host;
  fact.measure = "level";
  fact.basis.clear();
  fact.modality = node.modality.empty() ? "actual" : node.modality;
  if (!node.status.empty()) fact.status = node.status;
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
  if (period && is_stock(*draft.statement) && fact.modality == "actual") close(*period);
  fact.period = fact.period_start = fact.period_end = fact.period_kind = fact.period_from = "";
  fill_period(period, fact);
  fill_money(fact);
  fill_evidence(reference, draft.statement->support, fact);
  keep(std::move(fact));
}

}  // namespace factmill
