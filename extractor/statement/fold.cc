#include "statement/fold.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace factmill {
namespace {

bool present(Span group) { return group.begin != kNoMatch.begin; }

}  // namespace

int32_t node_of_group(const TaggedSentence& s, std::span<const Span> groups, int group) {
  if (group < 0 || static_cast<size_t>(group) >= groups.size() || !present(groups[group])) return kNoNode;
  return s.node_at[groups[group].begin];
}

namespace {

bool restrictions_hold(const TaggedSentence& s, const Reduction& r, std::span<const Span> groups,
                       const NodeTest& test) {
  for (const Restriction& restriction : r.restrictions) {
    int32_t index = node_of_group(s, groups, restriction.group);
    if (index != kNoNode && !test.is(s, s.node(index), restriction.what)) return false;
  }
  // "702 stations and 4,826 charging points" is no list.
  for (size_t i = groups[0].begin, first = s.tagged.size(); r.list && i < groups[0].end; ++i) {
    const int32_t n = s.node_at[i];
    if (n == kNoNode || s.node(n).tag != r.as) continue;
    if (first < i && !test.same_unit(s.node(s.node_at[first]), s.node(n))) return false;
    first = std::min(first, i);
  }
  for (auto [slot, group] : r.set.slots) {
    if (slot != Slot::alt || r.keep <= 0) continue;
    int32_t amount = node_of_group(s, groups, r.keep), other = node_of_group(s, groups, group);
    if (amount != kNoNode && other != kNoNode && !test.restates(s.node(amount), s.node(other))) return false;
  }
  return true;
}

bool holds(const TaggedSentence& s, const std::vector<Restriction>& restrictions, std::span<const Span> groups,
           const NodeTest& test, size_t shift) {
  return std::all_of(restrictions.begin(), restrictions.end(), [&](const Restriction& restriction) {
    const Span group = groups[static_cast<size_t>(restriction.group)];
    if (!present(group)) return true;
    const int32_t index = s.node_at[group.begin + shift];
    return index == kNoNode || test.is(s, s.node(index), restriction.what);
  });
}

// Does the context match somewhere in text[shift..end) with mentions that are what it asks for?
bool context_holds(const TaggedSentence& s, const std::optional<Pattern>& context, const std::vector<Restriction>& restrictions,
                   size_t shift, size_t end, const NodeTest& test) {
  if (!context || restrictions.empty()) return true;
  const std::string_view text = std::string_view(s.tagged).substr(shift, end - shift);
  std::array<Span, kMaxGroups> storage;
  std::span<Span> groups(storage.data(), std::min<size_t>(kMaxGroups, static_cast<size_t>(context->group_count()) + 1));
  for (size_t from = 0; from < text.size() && context->find(text, from, groups); from = groups[0].begin + 1) {
    if (holds(s, restrictions, groups, test, shift)) return true;
  }
  return false;
}

// Is a context that asks for no mention in particular there? The others look at the mentions and are for later.
bool plain_context_holds(const std::optional<Pattern>& context, const std::vector<Restriction>& restrictions, std::string_view text) {
  return !context || !restrictions.empty() || context->matches_part(text);
}

void set_strings(Node& node, const Settings& set) {
  if (!set.basis.empty()) node.basis = set.basis;
  if (!set.modality.empty()) node.modality = set.modality;
  if (!set.status.empty()) node.status = set.status;
  if (!set.per.empty()) node.per = set.per;
  if (!set.unit.empty()) node.unit = set.unit;
  if (!set.qualifier.empty()) node.qualifier = set.qualifier;
  if (!set.subject.empty()) node.subject = set.subject;
  if (!set.period_kind.empty()) node.period_kind = set.period_kind;
}

// "{low}-{high}" with what the groups hold; {low.unit} is the unit of an amount.
std::string rendered(const TaggedSentence& s, const std::string& pattern, const Reduction& r,
                     std::span<const Span> groups, const NodeTest& test) {
  std::string out;
  size_t at = 0;
  for (size_t open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', at)) {
    const size_t close = pattern.find('}', open);
    if (close == std::string::npos) break;
    out.append(pattern, at, open - at);
    at = close + 1;
    std::string name = pattern.substr(open + 1, close - open - 1);
    const bool unit = name.ends_with(".unit");
    if (unit) name.resize(name.size() - 5);
    const int group = r.pattern.group(name);
    if (group <= 0 || !present(groups[static_cast<size_t>(group)])) continue;
    const Span held = groups[static_cast<size_t>(group)];
    const int32_t node = held.empty() ? kNoNode : s.node_at[held.begin];
    if (unit) {
      out += node == kNoNode ? "" : test.unit_of(s.node(node));
    } else {
      out += node == kNoNode ? s.tagged.substr(held.begin, held.size()) : test.text_of(s.node(node));
    }
  }
  return out.append(pattern, at);
}

void set_attributes(TaggedSentence& s, const Reduction& r, std::span<const Span> groups, const NodeTest& test,
                    Node& node) {
  for (const auto& [name, pattern] : r.set.attributes) {
    std::string text = rendered(s, pattern, r, groups, test);
    if (text.empty()) continue;
    s.attributes.push_back({name, std::move(text), node.attribute});
    node.attribute = static_cast<int32_t>(s.attributes.size()) - 1;
  }
}

// What the last head of a list is of, or the first, all are: "production and sales of NEVs", "China's production and sales".
void share_slots(const TaggedSentence& s, Node& list) {
  for (const int32_t item : {s.items.back(), s.items[list.first_item]}) {
    const Node& head = s.node(item);
    for (const Slot slot : {Slot::segment, Slot::region}) {
      int32_t& own = list.slots[static_cast<size_t>(slot)];
      if (own == kNoNode) own = head.slot(slot);
    }
    if (list.subject.empty()) list.subject = head.subject;
  }
}

Node folded(TaggedSentence& s, std::string_view text, const Reduction& r, std::span<const Span> groups,
            const NodeTest& test) {
  const Span match = groups[0];
  Node node;
  if (int32_t kept = node_of_group(s, groups, r.keep); kept != kNoNode) node = s.node(kept);
  node.tag = r.as;
  node.rule = &r;
  node.span = {s.text_begin(match.begin), s.text_end(match.end - 1, text)};
  if (r.keep <= 0) node.core = node.span;
  if (r.metric != -1) node.metric = r.metric;
  if (r.metric == kCarried && !r.metrics.empty()) node.among = &r.metrics;
  if (node.metric >= 0 && (r.metric != -1 || !r.metrics.empty())) node.score = r.score;
  for (auto [slot, group] : r.set.slots) {
    int32_t value = group == kWholeMatch ? kNoNode : node_of_group(s, groups, group);
    if (value == kNoNode) continue;
    // What an aside carries, not the aside: "deliveries {of the SU7} begin".
    if (is_transparent(s.node(value).tag)) value = s.node(value).slot(slot);
    node.slots[static_cast<size_t>(slot)] = value;
  }
  if (r.set.unchanged) node.value = test.zero();
  if (r.set.minus || (r.set.minus_group > 0 && present(groups[r.set.minus_group]))) node.negative = true;
  set_strings(node, r.set);
  set_attributes(s, r, groups, test, node);
  if (r.list) {
    node.list = true;
    node.first_item = static_cast<uint32_t>(s.items.size());
    for (size_t i = match.begin; i < match.end; ++i) {
      int32_t item = s.node_at[i];
      if (item == kNoNode || s.node(item).tag != r.as) continue;
      if (s.node(item).list) {  // a list inside a list: its members
        for (uint32_t k = 0; k < s.node(item).item_count; ++k) s.items.push_back(s.items[s.node(item).first_item + k]);
      } else {
        s.items.push_back(item);
      }
    }
    node.item_count = static_cast<uint32_t>(s.items.size()) - node.first_item;
    for (uint32_t k = 0; k < std::min<size_t>(node.item_count, r.metrics.size()); ++k)
      s.nodes[static_cast<size_t>(s.items[node.first_item + k])].metric = r.metrics[k];
    if (is_head(node.tag) && node.item_count > 0) share_slots(s, node);
    // What all items state, the list does; "620 km (CLTC) and 760 km (CLTC)".
    const auto items = std::span(s.items).subspan(node.first_item);
    const Node* first = items.empty() ? nullptr : &s.node(items.front());
    if (!r.metrics.empty()) {
      node.metric = r.metrics.front();
      node.score = r.score;
    } else if (first && is_value(node.tag) && first->metric >= 0 && std::ranges::all_of(items, [&](int32_t i) {
                 return s.node(i).metric == first->metric;
               })) {
      node.metric = first->metric;
      node.score = first->score;
    }
    if (node.item_count > 0) {
      const Node& first = s.node(s.items[node.first_item]);
      node.value = first.value;
      node.hit = first.hit;
      node.core = cover(first.core, s.node(s.items.back()).core);
    }
  }
  return node;
}

}  // namespace

bool text_holds(std::string_view t, const Reduction& r, std::span<const Span> groups) {
  const Span match = groups[0];
  if (match.empty() || (r.keep > 0 && !present(groups[static_cast<size_t>(r.keep)]))) return false;  // nothing to keep
  if (match.begin > 0 && is_alnum(t[match.begin]) && is_alnum(t[match.begin - 1])) return false;
  return plain_context_holds(r.before, r.before_restrictions, t.substr(0, match.begin)) &&
         plain_context_holds(r.after, r.after_restrictions, t.substr(match.end));
}

bool mentions_hold(const TaggedSentence& s, const Reduction& r, std::span<const Span> groups, const NodeTest& test) {
  return restrictions_hold(s, r, groups, test) &&
         context_holds(s, r.before, r.before_restrictions, 0, groups[0].begin, test) &&
         context_holds(s, r.after, r.after_restrictions, groups[0].end, s.tagged.size(), test);
}

int32_t fold_match(TaggedSentence& s, std::string_view text, const Reduction& r, std::span<const Span> groups, const NodeTest& test) {
  const int32_t made = s.fold(groups[0].begin, groups[0].end, folded(s, text, r, groups, test));
  for (auto [slot, group] : r.set.slots) {
    if (group == kWholeMatch) s.nodes[static_cast<size_t>(made)].slots[static_cast<size_t>(slot)] = made;
  }
  return made;
}

}  // namespace factmill
