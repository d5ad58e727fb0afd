// Which models and trims a sentence speaks of, for those that follow.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr std::string_view kDescription = "description";  // a variant that also just describes: "all-wheel drive"

}  // namespace

// The trims of the sentence, where there are several, else its models: what "the former", "respectively" in the next stand for.
void Resolver::note_named() {
  if ((s_->tags & (tag_bit(Tag::model) | tag_bit(Tag::variant))) == 0) return;
  std::vector<Spoken> trims, models;
  const auto note = [&](int32_t n, std::vector<Spoken>& names) {
    const Node& node = s_->node(n);
    for (uint32_t k = 0; k < (node.list ? node.item_count : 1); ++k) {
      const int32_t item = node.list ? s_->items[node.first_item + k] : n;
      if (s_->node(item).hit == kNoNode && s_->node(item).entity == kNoNode) continue;
      const std::string name(name_of(item));
      const auto same = [&](const Spoken& s) { return s.name == name; };
      const int32_t entity = s_->node(item).entity;
      if (std::ranges::none_of(names, same)) names.push_back({entity == kNoNode ? kNoEntity : static_cast<uint32_t>(entity), name, ""});
    }
  };
  for (int32_t n : s_->node_at) {
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    const int32_t trim = node.tag == Tag::variant ? n : node.slot(Slot::variant);
    const int32_t model = node.tag == Tag::model ? n : node.slot(Slot::model);
    if (trim != kNoNode) note(trim, trims);
    if (model != kNoNode) note(model, models);
  }
  if (trims.empty() && models.empty()) return;
  named_are_trims_ = trims.size() > 1;
  named_ = std::move(named_are_trims_ ? trims : models);
}

// "The EV6 also struggled. Its sales fell to 11,585": a count of what was the subject of the sentence before.
bool Resolver::is_of_subject_model(const Draft& draft, const Company& company) const {
  const Statement& st = *draft.statement;
  if (!subject_model_.known() || company.industry || is_of_company(st)) return false;
  const uint32_t maker = subject_model_.entity == kNoEntity ? kNoEntity : entity_at(subject_model_.entity).owner;
  if (maker == kNoEntity || (company.entity != kNoEntity && company.entity != maker)) return false;
  if (company.from != "paragraph" && !(company.from == "title" && model_is_fresh_)) return false;
  const bool named = names_any(0, static_cast<uint32_t>(s_->node_at.size()));
  const bool pronoun = has_pronoun(static_cast<uint32_t>(s_->tagged.size()));
  // "It has a share of 12 percent", "it was registered 2,450 times": what a car does; "it delivered 3,400" is what its maker does.
  const bool of_car = st.head == kNoNode || s_->node(st.head).tag == Tag::noun || st.position < st.head_position;
  if (owns_head(st)) return true;
  if (named) return model_is_fresh_ && goes_on() && of_car;
  return pronoun ? model_is_fresh_ && of_car : model_heads_ || model_is_fresh_;
}

// Does the sentence go on with the model that the one before was about; else its own subject, if that is a model: "the Kia EV6", "EV6
// sales", but not "Kia sold 600 EV6s".
void Resolver::note_subject_model() {
  if (begins_with_pronoun()) return;
  const bool heads = in_heading_ && is_name_alone();
  if (heads) subject_model_ = {};
  if ((s_->tags & kSomebody) == 0 && has_pronoun(static_cast<uint32_t>(s_->tagged.size()))) return;  // "In France, it was registered"
  model_is_fresh_ = false;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (node.tag == Tag::model && (node.list || is_unnamed_model(n))) return;
    const bool named = node.tag == Tag::company || node.tag == Tag::model || node.tag == Tag::stranger;
    if (named && (rival(i) || oblique(i) || inserted(i))) continue;
    if (node.tag == Tag::company) {
      const size_t next = s_->tagged.find_first_not_of(" '’s", i + 1);
      const bool of_model = next != std::string::npos && next <= i + 4 && s_->node_at[next] != kNoNode && s_->node(s_->node_at[next]).tag == Tag::model;
      if (of_model || owner(i)) continue;
    }
    int32_t model = node.tag == Tag::model ? n : is_head(node.tag) ? node.slot(Slot::model) : kNoNode;
    if (model != kNoNode && !s_->node(model).list && !is_unnamed_model(model)) {
      const int32_t entity = s_->node(model).entity;
      subject_model_ = {entity == kNoNode ? kNoEntity : static_cast<uint32_t>(entity), name_of(model), ""};
      model_heads_ = heads && drafts_.empty();
      model_is_fresh_ = true;
      return;
    }
    if (named || node.tag == Tag::anaphor || node.tag == Tag::person || node.tag == Tag::industry || (is_head(node.tag) && node.slot(Slot::company) != kNoNode)) {
      subject_model_ = {};
      model_heads_ = false;
      return;
    }
  }
}

// The model that the sentence was about: its first, before those that only stand in an aside; and the trim, where it is one.
void Resolver::note_model() {
  note_named();
  int32_t spoken = kNoNode, aside = kNoNode, variant = kNoNode;
  bool several = false;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (rival(i)) continue;
    if (node.tag == Tag::model && !node.list && !is_unnamed_model(n) && spoken == kNoNode) (oblique(i) ? aside : spoken) = n;
    // No reduction has read a sentence without figures: "will have all-wheel drive as a standard feature" names no trim.
    const bool describes = (s_->tags & kValueTags) == 0 && node.entity != kNoNode && entity_of(n).kind == kDescription;
    const int32_t trim = node.tag == Tag::variant ? (describes ? kNoNode : n) : node.tag == Tag::model ? kNoNode : node.slot(Slot::variant);
    if (trim != kNoNode) {
      several |= s_->node(trim).list || (variant != kNoNode && name_of(trim) != name_of(variant));
      if (!s_->node(trim).list && variant == kNoNode && node.tag == Tag::variant) variant = trim;
    }
    const int32_t inner = node.slot(Slot::model);
    if (aside == kNoNode && inner != kNoNode && !s_->node(inner).list && s_->node(inner).hit != kNoNode) aside = inner;
  }
  if (spoken == kNoNode) spoken = aside;
  if (spoken != kNoNode && s_->node(spoken).tag == Tag::model) {
    const Node& node = s_->node(spoken);
    last_model_ = {node.entity == kNoNode ? kNoEntity : static_cast<uint32_t>(node.entity), name_of(spoken), ""};
    if (int32_t own = node.slot(Slot::variant); own != kNoNode && !s_->node(own).list) last_model_.variant = name_of(own);
    if (variant != kNoNode && last_model_.variant.empty()) last_model_.variant = name_of(variant);
  } else if (variant != kNoNode) {
    // "The Pro has 200 kW. The Max has 358 kW. It needs 4.1 seconds": of the last one; of none where two were told apart.
    last_model_.variant = several ? std::string() : name_of(variant);
  }
}

}  // namespace factmill
