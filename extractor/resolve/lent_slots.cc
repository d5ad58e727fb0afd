// Slots that a statement has from another of its sentence: what it leans on, what its bracket stands behind, what it is part of.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {

// A statement that leans on another has what that one has, but for a trim that is named since: "the 75 kWh version costs A, the
// 103 kWh long range version B".
void Resolver::take_from_host(uint32_t low, Draft& draft) {
  const Statement& st = *draft.statement;
  const Draft& host = drafts_[static_cast<size_t>(st.host)];
  int32_t& variant = draft.slots[static_cast<size_t>(Slot::variant)];
  for (uint32_t i = low; variant == kNoNode && i-- > host.statement->position + 1;) {
    const int32_t n = s_->node_at[i];
    if (n != kNoNode && is_value(s_->node(n).tag)) variant = s_->node(n).slot(Slot::variant);
  }
  if (draft.aside == kNoNode && !st.change) draft.aside = host.aside;
  for (size_t k = 0; k < kSlotCount; ++k) {
    const Slot slot = static_cast<Slot>(k);
    const bool dropped = st.link && std::ranges::find(st.link->drop, slot) != st.link->drop.end();
    if (!dropped && draft.slots[k] == kNoNode && slot != Slot::company) draft.slots[k] = host.slots[k];
  }
}

// "In Germany sales fell to 12,000, in France to 20,000": does what stands behind the value belong to the next one, as its own
// stands before it? Set off from the value, right before another.
bool Resolver::opens_next(uint32_t behind, uint32_t value, uint32_t low, uint32_t left_limit, Slot slot) const {
  const auto gives = [&](uint32_t i) {
    const int32_t n = s_->node_at[i];
    return n != kNoNode && is_transparent(s_->node(n).tag) && s_->node(n).slot(slot) != kNoNode;
  };
  if (!gives(behind)) return false;
  uint32_t from = value + 1;
  while (from < behind && (s_->tagged[from] == ' ' || s_->node_at[from] != kNoNode)) ++from;
  const auto next = static_cast<uint32_t>(s_->tagged.find_first_not_of(' ', behind + 1));
  if (from == behind || next >= s_->tagged.size() || s_->node_at[next] == kNoNode) return false;
  const Tag tag = s_->node(s_->node_at[next]).tag;
  if (!is_value(tag) && tag != Tag::change) return false;
  for (uint32_t i = left_limit; i < low; ++i)
    if (gives(i)) return true;
  return false;
}

// "Petrol 71,000 (46.2 percent)": what a bracket right behind a value states is of the same thing.
void Resolver::take_from_bracketed(int32_t value, Draft& draft) {
  for (const Draft& other : drafts_) {
    if (other.statement->value != value) continue;
    for (const Slot slot : {Slot::segment, Slot::model, Slot::variant, Slot::region}) {
      int32_t& own = draft.slots[static_cast<size_t>(slot)];
      if (own == kNoNode) own = other.slots[static_cast<size_t>(slot)];
    }
  }
}

// "1,340 Avengers, 610 of them in Seoul": the model of what a carried figure is part of, where nothing is named since; "5,200
// registrations in Thailand, ahead of MG, which had 1,900": its place, where no other is.
void Resolver::take_from_whole(uint32_t low, uint32_t high, Draft& draft) {
  if (drafts_.size() < 2) return;
  const Draft& whole = drafts_[drafts_.size() - 2];
  const uint32_t from = whole.statement->position;
  if (whole.statement->metric != draft.statement->metric || from > low) return;
  const auto slot_in = [&](Slot slot) -> int32_t& { return draft.slots[static_cast<size_t>(slot)]; };
  if (slot_in(Slot::region) == kNoNode) slot_in(Slot::region) = whole.slots[static_cast<size_t>(Slot::region)];
  if (names_any(from + 1, high)) return;
  if (slot_in(Slot::model) == kNoNode) slot_in(Slot::model) = whole.slots[static_cast<size_t>(Slot::model)];
}

// "Sales of the Ioniq 5 came to 22,982, representing 3.2 percent": a figure in the same clause, where nobody is named since; "produced
// the Model S, which has an average price of": of what the relative is said of.
void Resolver::take_from_subject(uint32_t low, uint32_t high, Draft& draft) {
  const Metric& metric = metric_of(draft);
  int32_t& model = draft.slots[static_cast<size_t>(Slot::model)];
  const bool of_model = metric.about_model && !metric.carries_model && model == kNoNode;
  if (!of_model && !metric.is_part()) return;
  if (of_model && antecedent_.end > 0) {
    const int32_t n = s_->node_at[antecedent_.begin];
    if (n != kNoNode && s_->node(n).tag == Tag::model && !s_->node(n).list) model = n;
    return;
  }
  if (drafts_.size() < 2 || draft.statement->host >= 0) return;
  const Draft& before = drafts_[drafts_.size() - 2];
  const uint32_t from = std::max(before.statement->position, before.statement->head_position);
  if (before.statement->change || from > low) return;
  if (std::ranges::any_of(boundaries_, [&](uint32_t b) { return b > from && b < high; })) return;
  if (names_any(from + 1, high)) return;
  const auto lend = [&](Slot slot) {
    const int32_t spoken = before.slots[static_cast<size_t>(slot)];
    if (int32_t& own = draft.slots[static_cast<size_t>(slot)]; own == kNoNode && spoken != kNoNode && !s_->node(spoken).list) own = spoken;
  };
  if (of_model) lend(Slot::model);
  // "44,990 BEVs were registered in Canada, representing 11.3 percent of all registrations"
  if (metric.is_part() && metric_of(before).about_industry && metric_of(before).is_amount()) {
    lend(Slot::segment);
    lend(Slot::region);
  }
}

}  // namespace factmill
