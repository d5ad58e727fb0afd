// Which model and which trim a statement is about: its own context, the sentence to the left, the sentence before, the
// heading, the document.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr std::string_view kDescription = "description";  // a variant that also just describes: "all-wheel drive"

}  // namespace

// A trim's name counts before words that also just describe a car: "the Max, with all-wheel drive".
int32_t Resolver::stronger_variant(int32_t found, const Draft& draft, uint32_t low, uint32_t high) const {
  auto describes = [&](int32_t n) { return s_->node(n).entity != kNoNode && entity_of(n).kind == kDescription; };
  if (found == kNoNode || s_->node(found).list || !describes(found)) return found;
  for (uint32_t i = std::max(high, low); i-- > draft.left_limit;) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const int32_t variant = slot_of_node(n, Slot::variant);
    if (variant != kNoNode && !s_->node(variant).list && !describes(variant)) return variant;
  }
  return found;
}

// Where the bracket that closes here opens: what it names is not carried out of it. The place itself where a rule took the
// opening one.
uint32_t Resolver::bracket_begin(uint32_t close) const {
  const size_t open = s_->tagged.rfind('(', close);
  const size_t before = close == 0 ? std::string::npos : s_->tagged.rfind(')', close - 1);
  const bool own = open != std::string::npos && (before == std::string::npos || before < open);
  return own ? static_cast<uint32_t>(open) : close;
}

// "The sedan", folded without a name.
bool Resolver::is_unnamed_model(int32_t index) const {
  if (index == kNoNode) return false;
  const Node& node = s_->node(index);
  return node.tag == Tag::model && !node.list && node.entity == kNoNode && node.hit == kNoNode;
}

// The nearest model to the left that the sentence may be about.
int32_t Resolver::model_left_of(uint32_t position) const {
  for (uint32_t i = position; i-- > 0;) {
    i = outside(i, position);
    const int32_t n = s_->node_at[i];
    if (n != kNoNode && s_->node(n).tag == Tag::model && !s_->node(n).list && !is_unnamed_model(n) && !rival(i)) return n;
  }
  return kNoNode;
}

// Is a model spoken of before `position`: by the paragraph, the heading or the sentence?
bool Resolver::speaks_of_model(uint32_t position) const {
  if (last_model_.known() || section_model_.known() || previous_model_.known()) return true;
  for (uint32_t i = 0; i < position; ++i) {
    if (s_->node_at[i] != kNoNode && s_->node(s_->node_at[i]).tag == Tag::model && !rival(i)) return true;
  }
  return false;
}

// What a car is and costs goes on with the model and trim named to its left in the sentence.
void Resolver::carry_model(const Statement& st, Draft& draft) const {
  const Metric& metric = metric_of(draft);
  // "The Mona M03 was first: 15,870 units of the sedan": the one to its left.
  if (int32_t& own = draft.slots[static_cast<size_t>(Slot::model)]; is_unnamed_model(own)) {
    if (const int32_t named = model_left_of(std::min(st.position, st.head_position)); named != kNoNode) own = named;
  }
  if (!metric.carries_model) return;
  int32_t& model = draft.slots[static_cast<size_t>(Slot::model)];
  int32_t& variant = draft.slots[static_cast<size_t>(Slot::variant)];
  if (model != kNoNode && variant != kNoNode) return;
  // What is launched stands behind the verb: "On Tuesday, Xiaomi launched the YU7".
  if (model == kNoNode && metric.time == TimeKind::event && st.head_position > st.position) {
    for (uint32_t i = st.head_position + 1; i < draft.right_limit && model == kNoNode; ++i) {
      const int32_t n = s_->node_at[i];
      if (n == kNoNode) continue;
      model = s_->node(n).tag == Tag::model ? n : s_->node(n).slot(Slot::model);
      if (model != kNoNode && variant == kNoNode) variant = s_->node(model).slot(Slot::variant);
    }
    if (model != kNoNode) return;
  }
  uint32_t maker = kNoEntity;  // the company nearest to the left: "(... the Model Y), given Hyundai's 800 V"
  for (uint32_t i = std::min(st.position, st.head_position); i-- > 0;) {
    if (s_->tagged[i] == ')') i = bracket_begin(i);
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (maker == kNoEntity && node.tag == Tag::company && !node.list && node.entity != kNoNode) {
      const Company named = company_of_node(n, "clause");
      if (named.entity != kNoEntity && !is_supplier(named)) maker = named.entity;
    }
    if (variant == kNoNode && node.tag == Tag::variant && !node.list) variant = n;
    if (variant == kNoNode && is_value(node.tag)) variant = node.slot(Slot::variant);  // "$40,700 for the Pro with 200 kW"
    const int32_t named = node.tag == Tag::model ? n : node.slot(Slot::model);
    if (named == kNoNode || s_->node(named).list) continue;
    if (rival(i) && speaks_of_model(i)) continue;
    if (maker != kNoEntity && s_->node(named).entity != kNoNode && entity_of(named).owner != maker) return;
    if (model != kNoNode && model != named) return;  // a trim to the left of another model is not ours
    model = named;
    if (variant == kNoNode) variant = s_->node(named).slot(Slot::variant);
    return;
  }
  // "With a battery of 80 kWh, the EQC can go": what it has stands before it.
  if (model != kNoNode) return;
  const int32_t fronted = fronted_.empty() || fronted_.front() < st.position ? kNoNode : s_->node_at[fronted_.front()];
  model = fronted != kNoNode && s_->node(fronted).tag == Tag::model ? fronted : only_model_behind(st, metric.time == TimeKind::event);
  if (model != kNoNode && variant == kNoNode) variant = s_->node(model).slot(Slot::variant);
}

// The one model that the sentence names, behind the statement, where the paragraph spoke of none: "A battery of 80 kWh gives
// the EQC a range of". Not one that only lends its name in an article about another model, nor another company's.
int32_t Resolver::only_model_behind(const Statement& st, bool event) const {
  if (last_model_.known() || (main_model_is_clear_ && !event)) return kNoNode;
  int32_t only = kNoNode;
  uint32_t named_before = kNoEntity;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (i < std::max(st.position, st.head_position)) {
      if (s_->node(n).tag == Tag::company && s_->node(n).entity != kNoNode) named_before = company_of_node(n, "clause").entity;
      continue;
    }
    const int32_t named = s_->node(n).tag == Tag::model ? n : s_->node(n).slot(Slot::model);
    if (named == kNoNode) continue;
    if (rival(i) || oblique(i) || s_->node(named).list || s_->node(named).entity == kNoNode) return kNoNode;
    if (only != kNoNode && s_->node(only).entity != s_->node(named).entity) return kNoNode;
    only = named;
  }
  const bool stranger = only != kNoNode && named_before != kNoEntity && entity_of(only).owner != named_before;
  return stranger ? kNoNode : only;
}

// What a sentence begins with holds for all its values: "For the EREV, there is a battery of 45 kWh and a range of 340 km".
void Resolver::carry_front(const Statement& st, Draft& draft) const {
  if (!metric_of(draft).carries_model) return;
  const int32_t model = draft.slots[static_cast<size_t>(Slot::model)];
  const uint32_t front = end_of_front();
  if (front > std::min(st.position, st.head_position)) return;
  for (uint32_t i = 0; i < front; ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    for (const Slot slot : {Slot::variant, Slot::segment}) {
      int32_t& own = draft.slots[static_cast<size_t>(slot)];
      const bool told = own != kNoNode || (model != kNoNode && s_->node(model).slot(Slot::variant) != kNoNode);
      if (!told) own = slot_of_node(n, slot);
    }
  }
}

// A condition at the head of a clause holds for all its values: "With battery rental, the Pro costs A, the Max B".
void Resolver::carry_feature(const Statement& st, Draft& draft) const {
  int32_t& feature = draft.slots[static_cast<size_t>(Slot::feature)];
  if (feature != kNoNode || metric_of(draft).elsewhere.empty()) return;
  uint32_t first = std::min(st.position, st.head_position);
  for (const Statement& other : *statements_) first = std::min({first, other.position, other.head_position});
  for (uint32_t i = 0; i < first; ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || !is_transparent(s_->node(n).tag) || s_->node(n).slot(Slot::feature) == kNoNode) continue;
    const bool ends = std::any_of(boundaries_.begin(), boundaries_.end(),
                                  [&](uint32_t b) { return b > i && b < std::min(st.position, st.head_position); });
    if (!ends) feature = s_->node(n).slot(Slot::feature);
    return;
  }
}

bool Resolver::is_supplier(const Company& company) const {
  if (company.entity == kNoEntity) return false;
  const auto& kinds = pack_.resolution.supplier_kinds;
  return std::find(kinds.begin(), kinds.end(), entity_at(company.entity).kind) != kinds.end();
}

// Does the sentence begin with a pronoun for what the one before was about?
bool Resolver::goes_on() const {
  const std::string_view sentence = s_->span.of(doc_->text);
  return std::any_of(pack_.resolution.topic_pronouns.all().begin(), pack_.resolution.topic_pronouns.all().end(),
                     [&](const std::string& pronoun) {
                       return sentence.starts_with(pronoun) && sentence.size() > pronoun.size() &&
                              (sentence[pronoun.size()] == ' ' || sentence[pronoun.size()] == ',');
                     });
}

// The model that a fact is about whose sentence names none, the nearest first: spoken of in the paragraph or the heading, or the
// one whose trim is named; then that of the article, where most is said of it, before that of the paragraph before. A company
// that the clause names has no model of another maker; what was only spoken of before, or makes parts, gives way to the model.
Resolver::Spoken Resolver::carried_model(int32_t trim, Company& company) const {
  Spoken near = last_model_.known() ? last_model_ : section_model_;
  if (trim != kNoNode && !near.known()) {
    if (auto known = trims_.find(name_of(trim)); known != trims_.end()) near = known->second;
  }
  const auto maker_of = [&](const Spoken& s) { return s.entity == kNoEntity ? kNoEntity : entity_at(s.entity).owner; };
  // A brand of one model is its model: Firefly.
  if (auto own = namesakes_.find(company.entity); own != namesakes_.end() && (!near.known() || maker_of(near) != company.entity))
    return {own->second, entity_at(own->second).name, ""};
  Spoken main;
  if (main_model_ != kNoEntity) main = {main_model_, entity_at(main_model_).name, ""};
  const bool unnamed = company.entity == kNoEntity || company.from == "title";
  const std::pair<const Spoken*, bool> order[] = {
      {&near, true}, {main_model_is_clear_ ? &main : &previous_model_, false}, {main_model_is_clear_ ? &previous_model_ : &main, false}};
  for (const auto& [spoken, is_near] : order) {
    if (!spoken->known()) continue;
    const uint32_t maker = maker_of(*spoken);
    // What a parent is named beside is a car of its brand.
    const bool parent = maker != kNoEntity && company.entity != kNoEntity && entity_at(maker).owner == company.entity;
    const bool weak = unnamed || parent || company.aside || (is_near && company.from == "paragraph") || (is_supplier(company) && (is_near || maker == main_company_));
    if (!weak && company.entity != maker && !(is_near && maker == kNoEntity)) continue;
    if (weak && maker != kNoEntity) company = {maker, "paragraph", false, false};
    Spoken found = *spoken;
    if (!near.known() && found.variant.empty()) found.variant = last_model_.variant;  // the trim that the paragraph spoke of by itself
    return found;
  }
  return {};
}

// Is each value of a name of its own: "respectively"?
bool Resolver::has_pairing() const {
  const std::string_view sentence = s_->span.of(doc_->text);
  return std::ranges::any_of(pack_.resolution.pairing, [&](const std::string& word) { return sentence.find(word) != std::string_view::npos; });
}

// Which of the trims or models that stand apart before several values it is about, where a word pairs them, else of those of the
// sentence before: "It comes as Pro and Max. They cost A and B, respectively". Values of one statement or of several that lean on
// each other; for every name as many.
std::optional<Resolver::Apart> Resolver::name_apart(const Draft& draft, int index, int count) const {
  if (!has_pairing()) return {};
  const Statement& st = *draft.statement;
  size_t place = static_cast<size_t>(index), values = static_cast<size_t>(count);
  uint32_t first = std::min(st.position, st.head_position);
  if (count == 1) {
    values = 0;
    for (const Statement& other : *statements_) {
      if (other.metric != st.metric || other.change != st.change || s_->node(other.value).list) continue;
      if (&other == &st) place = values;
      if (values++ == 0) first = std::min(other.position, other.head_position);
    }
  }
  if (values < 2) return {};
  std::vector<int32_t> names;
  Tag tag = Tag::none;
  for (uint32_t i = 0; i < first; ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || rival(i)) continue;
    const Node& node = s_->node(n);
    const int32_t own = node.tag == Tag::variant ? n : node.slot(Slot::variant);
    const int32_t name = own != kNoNode ? own : node.tag == Tag::model && node.hit != kNoNode ? n : kNoNode;
    if (name == kNoNode) continue;
    if (tag != Tag::none && s_->node(name).tag != tag) return {};
    const Node& named = s_->node(name);
    tag = named.tag;
    if (named.list) names.insert(names.end(), &s_->items[named.first_item], &s_->items[named.first_item] + named.item_count);
    else if (names.empty() || name_of(names.back()) != name_of(name)) names.push_back(name);
  }
  if (names.empty()) {
    constexpr TagSet kNames = tag_bit(Tag::model) | tag_bit(Tag::variant);
    if ((s_->tags & kNames) != 0) return {};
    const bool several = named_.size() > 1 && values % named_.size() == 0;
    return several ? std::optional<Apart>({named_are_trims_, named_[place % named_.size()].name}) : std::nullopt;
  }
  if (names.size() < 2 || values % names.size() != 0) return {};
  return Apart{tag == Tag::variant, name_of(names[place % names.size()])};
}

// Which of the two that the sentence before named: "The former has 200 kW, the latter twice as much".
const Resolver::Spoken* Resolver::one_of_two(const Draft& draft) const {
  if (named_.size() != 2) return nullptr;
  // Right behind the value, "300 km for the latter", else the last one before it.
  constexpr size_t kBehind = 18;
  const Statement& st = *draft.statement;
  const uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  const std::string_view tagged = s_->tagged;
  const auto last = [](std::string_view text, const std::vector<std::string>& words) {
    size_t at = 0;
    for (const std::string& word : words) {
      if (const size_t found = text.rfind(word); found != std::string_view::npos) at = std::max(at, found + 1);
    }
    return at;
  };
  const std::string_view behind = tagged.substr(high, std::min<size_t>(kBehind, draft.right_limit - high));
  for (const std::string_view text : {behind.substr(0, behind.find_first_of(",;")), tagged.substr(0, low)}) {
    const size_t former = last(text, pack_.resolution.former), latter = last(text, pack_.resolution.latter);
    if (former > 0 || latter > 0) return &named_[former > latter ? 0 : 1];
  }
  return nullptr;
}

void Resolver::fill_model(const Draft& draft, int index, int count, Company& company, Fact& fact) {
  auto slot = [&](Slot s) { return item_of(draft.slots[static_cast<size_t>(s)], index, count); };
  const int32_t model = slot(Slot::model);
  const bool anaphor = is_unnamed_model(model), carries = metric_of(draft).carries_model;
  if (!anaphor && model != kNoNode && s_->node(model).tag == Tag::model) {
    fact.model = name_of(model);
    if (s_->node(model).entity == kNoNode) add_flag(fact, "new_name");
    if (Company maker = company_of_node(model, "clause"); maker.entity != kNoEntity) company = maker;
    if (int32_t variant = item_of(s_->node(model).slot(Slot::variant), index, count); variant != kNoNode)
      fact.variant = name_of(variant);
  } else if (anaphor || (carries && !is_of_company(*draft.statement) && !company.industry)) {
    const Spoken carried = carried_model(slot(Slot::variant), company);
    fact.model = carried.name;
    const int32_t segment = slot(Slot::segment);
    const bool each = count > 1 && has_pairing();  // of none that was spoken of by itself
    if (!each && (segment == kNoNode || !is_powertrain(segment))) fact.variant = carried.variant;  // "for the EREVs": another one
  } else if (is_of_subject_model(draft, company)) {
    fact.model = subject_model_.name;
    if (subject_model_.entity != kNoEntity) company = {entity_at(subject_model_.entity).owner, "paragraph", false, false};
  }
  if (int32_t variant = slot(Slot::variant); variant != kNoNode && s_->node(variant).tag == Tag::variant)
    fact.variant = name_of(variant);
  if (const auto apart = carries ? name_apart(draft, index, count) : std::nullopt) (apart->is_trim ? fact.variant : fact.model) = apart->name;
  if (const Spoken* one = carries ? one_of_two(draft) : nullptr) (named_are_trims_ ? fact.variant : fact.model) = one->name;
  if (fact.variant.empty() && carries && (!section_model_.known() || section_model_.name == fact.model)) fact.variant = section_variant_;
  // An article about one trim of a model: its title says so.
  if (fact.variant.empty() && carries && model == kNoNode && main_model_ != kNoEntity && fact.model == entity_at(main_model_).name) fact.variant = main_variant_;
  if (fact.model.empty() || fact.variant.empty()) return;
  const bool own = model != kNoNode && s_->node(model).entity != kNoNode;
  uint32_t entity = own ? static_cast<uint32_t>(s_->node(model).entity) : kNoEntity;
  for (const Spoken& spoken : {last_model_, section_model_}) {
    if (entity == kNoEntity && spoken.name == fact.model) entity = spoken.entity;
  }
  if (entity == kNoEntity && main_model_ != kNoEntity && entity_at(main_model_).name == fact.model) entity = main_model_;
  if (entity != kNoEntity) trims_[fact.variant] = {entity, fact.model, ""};
}

}  // namespace factmill
