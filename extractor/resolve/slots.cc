// What stands around a statement: clauses, the stretch that it owns, and the mentions that fill its slots.
#include <algorithm>

#include "base/ascii.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

// Names that may stand alone, without a preposition, for a slot.
bool stands_alone(Slot slot) {
  return slot == Slot::model || slot == Slot::variant || slot == Slot::segment || slot == Slot::feature ||
         slot == Slot::region;
}

}  // namespace

const Entity& Resolver::entity_of(int32_t node) const {
  return entity_at(static_cast<uint32_t>(s_->node(node).entity));
}

// Every match, from left to right; the next may begin `shared` bytes before this one's end.
template <class Use>
void Resolver::for_each_match(const Sought& sought, uint32_t shared, Use use) {
  if (!met_.knows(sought.number)) read_matches(sought, shared);
  met_.for_each(sought.number, use);
}

void Resolver::read_matches(const Sought& sought, uint32_t shared) {
  const std::string& text = s_->tagged;
  if (!sought_is_read_) pack_.resolution.sought.find(text, sought_);
  sought_is_read_ = true;
  met_.note_end(sought.number);
  if (sought_.next(sought.number) != sought.number) return;
  std::array<Span, 1> match;
  const auto find = [&](size_t from) {
    const auto places = sought_.places(sought.number, from);
    return places ? sought.pattern.find_among(text, *places, match, false) : sought.pattern.find(text, from, match);
  };
  for (size_t from = 0; from < text.size() && find(from);) {
    met_.note(sought.number, match[0]);
    from = std::max<size_t>(match[0].end - shared, from + 1);
  }
}

// Only for those who ask: boundaries concern statements, oblique names the sentences that have one or the other.
void Resolver::find_boundaries() {
  constexpr TagSet kSubjects = tag_bit(Tag::company) | tag_bit(Tag::stranger) | tag_bit(Tag::model);
  boundaries_.clear();
  obliques_.clear();
  fronted_.clear();
  rivals_.clear();
  relatives_.clear();
  owners_.clear();
  objects_.clear();
  insertions_.clear();
  antecedents_.clear();
  antecedent_ = {};
  compared_times_.clear();
  since_events_.clear();
  time_clauses_.clear();
  said_times_.clear();
  outlook_times_.clear();
  beside_.clear();
  places_.clear();
  met_outlooks_.clear();
  split_periods_.clear();
  if (statements_->empty() && (s_->tags & kSubjects) == 0) return;
  sought_is_read_ = false;
  met_.enter(s_->tagged, pack_.rules.naive);
  find_names(pack_.resolution.oblique, Part::last, obliques_);
  find_names(pack_.resolution.rival, Part::all, rivals_);
  find_names(pack_.resolution.owner, Part::before_last, owners_);
  find_names(pack_.resolution.relative, Part::all, relatives_);
  find_names(pack_.resolution.object, Part::last, objects_);
  std::vector<uint32_t> subjects;
  find_names(pack_.resolution.subject, Part::all, subjects);
  for (std::vector<uint32_t>* names : {&obliques_, &rivals_}) std::erase_if(*names, [&](uint32_t i) { return std::ranges::binary_search(subjects, i); });
  if (const auto& antecedent = pack_.resolution.antecedent) {
    for_each_match(*antecedent, 0, [&](Span match) { antecedents_.push_back(match); });
  }
  if (const auto& insertion = pack_.resolution.insertion) {
    for_each_match(*insertion, 0, [&](Span match) {
      insertions_.push_back({match.begin + 1, static_cast<uint32_t>(s_->tagged.rfind(',', match.end - 1) + 1)});
    });
  }
  if (statements_->empty()) return;
  find_names(pack_.resolution.fronted, Part::last, fronted_);
  std::erase_if(fronted_, [&](uint32_t i) { return rival(i); });  // "With 2,430 registrations, it was ahead of the ID.3"
  if ((s_->tags & tag_bit(Tag::segment)) != 0) find_names(pack_.resolution.beside, Part::last, beside_);
  if ((s_->tags & tag_bit(Tag::when)) != 0) {
    find_names(pack_.resolution.compared_time, Part::last, compared_times_);
    find_names(pack_.resolution.since_event, Part::last, since_events_);
    if (const auto& clause = pack_.resolution.time_clause)
      for_each_match(*clause, 0, [&](Span match) { time_clauses_.push_back(match); });
    if (const auto& said = pack_.resolution.said_time)
      for_each_match(*said, 0, [&](Span match) { said_times_.push_back(match); });
    if (const auto& outlook = pack_.resolution.outlook_time)
      for_each_match(*outlook, 0, [&](Span match) { outlook_times_.push_back(match); });
  }
  if ((s_->tags & tag_bit(Tag::region)) != 0) find_names(pack_.resolution.place_subject, Part::all, places_);
  const uint32_t front = end_of_front();
  for_each_match(pack_.resolution.clause_boundary, 0, [&](Span match) {
    if (match.begin > front) boundaries_.push_back(match.begin);
  });
  if (const auto& met = pack_.resolution.met_outlook; met && !m_->cues.empty()) {
    for_each_match(*met, 0, [&](Span match) {
      met_outlooks_.push_back({s_->text_begin(match.begin), s_->text_end(match.end - 1, doc_->text)});
    });
  }
  if (const auto& split = pack_.resolution.split_period; split && (s_->tags & tag_bit(Tag::when)) != 0) {
    for_each_match(*split, 0, [&](Span match) {
      split_periods_.emplace_back(s_->node_at[match.begin], s_->node_at[match.end - 1]);
    });
  }
}

// Where the clause begins that ends at this place; 0: the sentence's first.
uint32_t Resolver::clause_begin(uint32_t position) const {
  const auto next = std::ranges::lower_bound(boundaries_, position);
  return next == boundaries_.begin() ? 0 : *std::prev(next);
}

// The end of what stands before the first clause: "In Germany, SUVs took", "Last year in China, BYD sold".
uint32_t Resolver::end_of_front() const {
  uint32_t end = 0;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode && s_->tagged[i] == ' ') continue;
    if (n == kNoNode || !is_transparent(s_->node(n).tag)) break;
    end = i + 1;
  }
  return end;
}

// Bytes of every match.
void Resolver::find_names(const std::optional<Sought>& sought, Part part, std::vector<uint32_t>& out) {
  if (!sought) return;
  for_each_match(*sought, part == Part::before_last ? 1 : 0, [&](Span match) {
    const uint32_t last = match.end - 1;
    for (uint32_t i = part == Part::last ? last : match.begin; i < last; ++i) out.push_back(i);
    if (part != Part::before_last) out.push_back(last);
  });
}

bool Resolver::oblique(uint32_t position) const {
  return !(antecedent_.end > 0 && position == antecedent_.begin) && std::binary_search(obliques_.begin(), obliques_.end(), position);
}

bool Resolver::rival(uint32_t position) const {
  return !(antecedent_.end > 0 && position == antecedent_.begin) && std::binary_search(rivals_.begin(), rivals_.end(), position);
}

// The relative that a statement is said in: what "undercut the Model Y, which starts at 266,400 yuan" starts, is the Model Y.
Span Resolver::antecedent(const Statement& st) const {
  const uint32_t low = std::min(st.position, st.head_position);
  Span found;
  for (Span relative : antecedents_) {
    const bool closed = outside(relative.end - 1, low) != relative.end - 1;
    const bool left = std::ranges::any_of(boundaries_, [&](uint32_t b) { return b >= relative.end && b < low; });
    if (relative.end <= low && !closed && !left) found = relative;
  }
  return found;
}

// Is it the subject of a relative clause that reaches as far: "backed by Amazon, which has a 20 percent stake"?
bool Resolver::speaks_until(uint32_t company, uint32_t position) const {
  return std::binary_search(relatives_.begin(), relatives_.end(), company) && s_->tagged.find(',', company + 2) >= position;
}

bool Resolver::owner(uint32_t position) const { return std::binary_search(owners_.begin(), owners_.end(), position); }

bool Resolver::inserted(uint32_t position) const {
  return std::ranges::any_of(insertions_, [&](Span insertion) { return insertion.contains({position, position + 1}); });
}

// The byte itself, or where the insertion begins that it stands in and that was closed before `from`: what "BYD, which began
// exports to Mexico in May, sold" names there is not of the sales.
uint32_t Resolver::outside(uint32_t position, uint32_t from) const {
  for (const Span& insertion : insertions_) {
    if (insertion.end <= from && insertion.contains({position, position + 1})) return insertion.begin;
  }
  return position;
}

// Is it what was expected of a whole whose parts stand between: "72,056, including 7,843 from Firefly, in line with its guidance"?
bool Resolver::passes_parts(const Statement& st) const {
  if (st.host < 0 || s_->node(st.value).tag != Tag::reference) return false;
  const Statement& before = *std::prev(&st);
  return &before != &(*statements_)[static_cast<size_t>(st.host)] && before.host >= 0 && !before.change;
}

// The stretch of tagged text that a statement owns: from the value before it to the value behind it, inside its clause.
void Resolver::limits(const Statement& st, Draft& draft) const {
  uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  draft.left_limit = passes_parts(st) ? low : 0;
  draft.right_limit = static_cast<uint32_t>(s_->tagged.size());
  for (uint32_t i = high + 1; i < draft.right_limit; ++i) {
    int32_t n = s_->node_at[i];
    if (n != kNoNode && is_value(s_->node(n).tag) && s_->node(n).tag != Tag::ordinal) draft.right_limit = i;
  }
  for (uint32_t b : boundaries_) {
    if (b < low) draft.left_limit = std::max(draft.left_limit, b);
    if (b > high) draft.right_limit = std::min(draft.right_limit, b);
  }
  if (antecedent_.end > 0)  // "Amazon, which holds 16 percent, and Ford": what stands behind it is of another
    draft.right_limit = std::min(draft.right_limit, static_cast<uint32_t>(std::min(s_->tagged.find(',', high), s_->tagged.size())));
  for (const Statement& other : *statements_) {
    if (&other == &st) continue;
    uint32_t other_high = other.position;
    // A rank leaves its name to what follows: "the XC40 took third place with 8,233".
    const bool rank = s_->node(other.value).tag == Tag::ordinal;
    const bool put_in = outside(other_high, low) != other_high;  // "the Equinox EV, starting at $34,995, led with 25,085"
    if (other_high < low && !other.change && !rank && !put_in) draft.left_limit = std::max(draft.left_limit, other_high + 1);
    if (other.change && !st.change) continue;  // a change hangs on its host and owns nothing of it
    // What stands before the head of the next statement is its own, unless the head is one for both.
    if (other.position > high)
      draft.right_limit =
          std::min(draft.right_limit, other.head_position > high ? std::min(other.position, other.head_position) : other.position);
  }
}

// Is the head to the left one that an earlier value was already stated with?
bool Resolver::shares_head(const Statement& st) const {
  if (st.head == kNoNode || st.head_position >= st.position) return false;
  return std::any_of(statements_->begin(), statements_->end(), [&](const Statement& other) {
    return other.head == st.head && other.position < st.position;
  });
}

// The node that gives `slot` at this node: a mention folded into it, or the name itself where names may stand alone.
int32_t Resolver::slot_of_node(int32_t index, Slot slot) const {
  const Node& node = s_->node(index);
  if (int32_t inner = node.slot(slot); inner != kNoNode) return inner;
  if (stands_alone(slot) && tag_name(node.tag) == slot_name(slot)) return index;
  // A model that carries its variant inside an aside: of the SU7 Pro.
  if (slot == Slot::variant) {
    if (int32_t model = node.slot(Slot::model); model != kNoNode) return s_->node(model).slot(Slot::variant);
  }
  return kNoNode;
}

// The slots that any mention of the sentence gives, as bits.
uint64_t Resolver::given_slots() const {
  static const std::array<TagSet, kSlotCount> kAlone = [] {
    std::array<TagSet, kSlotCount> tags{};
    for (size_t k = 0; k < kSlotCount; ++k) {
      if (stands_alone(static_cast<Slot>(k))) tags[k] = tag_bit(tag_of(slot_name(static_cast<Slot>(k))));
    }
    return tags;
  }();
  uint64_t given = 0;
  TagSet tags = 0;
  for (const Node& node : s_->nodes) {
    tags |= tag_bit(node.tag);
    for (size_t k = 0; k < kSlotCount; ++k) given |= uint64_t{node.slots[k] != kNoNode} << k;
  }
  for (size_t k = 0; k < kSlotCount; ++k) given |= uint64_t{(tags & kAlone[k]) != 0} << k;
  return given;
}

// What stands right before the bracket that the node at `position` opens: its names govern "led by Tesla (#1), then GM (#2)".
int32_t Resolver::before_bracket(uint32_t position) const {
  const int32_t n = position < s_->node_at.size() ? s_->node_at[position] : kNoNode;
  uint32_t i = position;
  if (n != kNoNode && doc_->text[s_->node(n).span.begin] != '(') {
    if (i == 0 || s_->tagged[--i] != '(') return kNoNode;
  }
  while (i > 0 && s_->tagged[i - 1] == ' ') --i;
  return i == 0 ? kNoNode : s_->node_at[i - 1];
}

bool Resolver::is_company_name(uint32_t position) const {
  const Tag tag = s_->node(s_->node_at[position]).tag;
  return (tag == Tag::company || tag == Tag::stranger || tag == Tag::anaphor) && !oblique(position) && !rival(position);
}

void Resolver::read_slots(const Statement& st, Draft& draft) {
  draft.slots.fill(kNoNode);
  uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  auto take = [&](int32_t index, Slot slot) {
    int32_t& out = draft.slots[static_cast<size_t>(slot)];
    if (out != kNoNode || index == kNoNode) return;
    const Tag tag = s_->node(index).tag;
    const bool other_value = index != st.value && ((is_value(tag) && tag != Tag::ordinal) || tag == Tag::change || tag == Tag::reference);
    if (!other_value) out = slot_of_node(index, slot);
  };
  const auto is_beside = [&](uint32_t i) { return std::ranges::binary_search(beside_, i); };
  const auto take_at = [&](uint32_t i, Slot slot) {
    if (i < st.position && is_beside(i)) return;  // of the value before this one
    // Whose another head is, says no more than any name: "Li Auto's rose by 6.9 percent and Nio's by 0.4 percent".
    if (slot == Slot::company && s_->node_at[i] != kNoNode && is_head(s_->node(s_->node_at[i]).tag)) return;
    if (slot != Slot::period || !(is_compared_time(i, st.position) || is_said_time(i, low))) take(s_->node_at[i], slot);
  };
  const int32_t before = before_bracket(low);
  for (size_t k = 0; k < kSlotCount; ++k) {
    Slot slot = static_cast<Slot>(k);
    if (slot == Slot::alt || slot == Slot::reference || slot == Slot::upper || slot == Slot::compared) continue;
    if ((given_slots_ >> k & 1) == 0) continue;
    if (slot == Slot::segment) take(st.value, slot);  // "passenger car sales included 205,050 BEVs"
    if (st.head != kNoNode && !st.link) take(st.head, slot);
    take(st.value, slot);
    if (slot == Slot::period) {
      for (const int32_t when : {time_of_value(st), time_of_head(st), time_of_clause(low)}) {
        if (when != kNoNode) take(when, slot);
      }
    }
    // "production to 300,000 by 2025 from fewer than 40,000 last year": what stands right behind the value is its own.
    if ((slot == Slot::period || slot == Slot::region) && st.position > st.head_position) {
      const uint32_t behind = st.position + (st.position + 1 < s_->tagged.size() && s_->tagged[st.position + 1] == ' ' ? 2 : 1);
      const int32_t n = behind < draft.right_limit ? s_->node_at[behind] : kNoNode;
      if (n != kNoNode && s_->node(n).tag == (slot == Slot::period ? Tag::when : Tag::where)) take(n, slot);
    }
    // "41,053 deliveries in March, and 95,142 for the quarter": what stands between the head and the second value is the first one's.
    const uint32_t between = slot == Slot::period && shares_head(st) ? high : low + 1;
    // Of several clauses between them the last is the value's: "raised the price of the Hummer EV, while the EV6 will jump by".
    const uint32_t clause = std::max(between, clause_begin(high));
    for (uint32_t i = clause; i < high; ++i) take_at(i, slot);
    for (uint32_t i = between; i < clause; ++i) take_at(i, slot);
    if (before != kNoNode) take(before, slot);
    const bool leans = st.host >= 0 && (st.change || s_->node(st.value).tag == Tag::reference);
    bool words = false;  // between the value and the name
    for (uint32_t i = high + 1; i < draft.right_limit; ++i) {
      int32_t n = s_->node_at[i];
      words |= is_letter(s_->tagged[i]);
      if (n == kNoNode) continue;
      // "BYD sold 5,000 cars despite competition from Tesla": who comes behind other words is not whose they are, where somebody is.
      if (slot == Slot::company && words && (leans || names_subject(st))) break;
      if (opens_next(i, high, low, draft.left_limit, slot)) break;
      // Behind the value a bare name begins something else; what qualifies the value is folded.
      if (is_transparent(s_->node(n).tag) || is_beside(i)) take_at(i, slot);
    }
    for (uint32_t i = low + 1; i < between; ++i) take_at(i, slot);
    const bool of_car = slot == Slot::model || slot == Slot::variant;
    for (uint32_t i = low; i-- > draft.left_limit;) {
      i = outside(i, low);
      // "invested by Volkswagen after Rivian had a profit of": a name is nearer than what an aside says.
      if (slot == Slot::company && s_->node_at[i] != kNoNode && is_company_name(i)) break;
      if (!(of_car && rival(i) && speaks_of_model(low))) take_at(i, slot);
    }
  }
  // A place behind the next value of the clause is one for both: "87 stores in 30 cities in China". Behind a part it is the part's:
  // "74,117 cars, including 27,890 in Europe", "including 27,890 exported to Europe".
  const auto is_part = [&](const Statement& other) { return other.host >= 0 && &(*statements_)[static_cast<size_t>(other.host)] == &st && !other.change; };
  bool passed = false;  // another value
  for (uint32_t i = high + 1; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (std::binary_search(boundaries_.begin(), boundaries_.end(), i)) break;
    if (n == kNoNode) continue;
    const Tag tag = s_->node(n).tag;
    if ((passed && tag == Tag::verb) || std::ranges::any_of(*statements_, [&](const Statement& other) { return other.value == n && is_part(other); })) break;
    passed |= is_value(tag) && tag != Tag::ordinal;
    if (tag == Tag::where) take(n, Slot::region);
  }
  read_aside(low, draft);
  int32_t& variant = draft.slots[static_cast<size_t>(Slot::variant)];
  variant = stronger_variant(variant, draft, low, high);
  if (st.host >= 0) take_from_host(low, draft);
  if (st.host < 0 && before != kNoNode) take_from_bracketed(before, draft);
  if (st.host < 0 && st.carried) take_from_whole(low, high, draft);
  take_from_subject(low, high, draft);
  carry_model(st, draft);
  carry_front(st, draft);
  carry_feature(st, draft);
}

// What is said beside the statement and has attributes of its own: right of it first, then left.
void Resolver::read_aside(uint32_t low, Draft& draft) const {
  // What metrics ask for by name is looked for when the fact is made.
  auto says_more = [&](const Node& node) {
    int32_t a = node.attribute;
    while (a != kNoNode && pack_.metrics.asks_for(s_->attributes[static_cast<size_t>(a)].name))
      a = s_->attributes[static_cast<size_t>(a)].next;
    return a != kNoNode;
  };
  auto take = [&](int32_t index) {
    if (draft.aside != kNoNode || index == kNoNode) return;
    const Node& node = s_->node(index);
    if (is_transparent(node.tag) && (says_more(node) || !node.period_kind.empty())) draft.aside = index;
  };
  for (uint32_t i = low; i < draft.right_limit; ++i) take(s_->node_at[i]);
  for (uint32_t i = low; i-- > draft.left_limit;) take(s_->node_at[i]);
}

}  // namespace factmill
