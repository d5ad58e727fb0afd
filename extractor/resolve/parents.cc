// The owner of the brands that were spoken of.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {

// "The group", where one of its brands was spoken of last: the article's company, or the brand's owner if the text names it.
uint32_t Resolver::parent_spoken_of(uint32_t position) const {
  const auto means_parent = [&](int32_t n) {
    if (n == kNoNode || s_->node(n).tag != Tag::anaphor || s_->node(n).entity != kNoNode || s_->node(n).hit == kNoNode) return false;
    return m_->index().reading(m_->names[static_cast<size_t>(s_->node(n).hit)].readings).descriptor;
  };
  if (std::none_of(s_->node_at.begin(), s_->node_at.begin() + position, means_parent)) return kNoEntity;
  const uint32_t last = last_subject_.entity != kNoEntity ? last_subject_.entity : previous_topic_;
  if (last == kNoEntity || last == main_company_) return kNoEntity;
  if (main_is_clear_ && main_company_ != kNoEntity) return main_company_;
  const uint32_t owner = entity_at(last).owner;
  const auto is_owner = [&](const Name& name) { return name.tag == Tag::company && name.entity == owner; };
  return owner != kNoEntity && std::ranges::any_of(m_->names, is_owner) ? owner : kNoEntity;
}

// The one company that all others of the sentence, two at least, belong to.
uint32_t Resolver::parent_of_named() const {
  uint32_t parent = kNoEntity, first = kNoEntity;
  bool several = false;
  for (int32_t n : s_->node_at) {
    if (n == kNoNode) continue;
    if (const int32_t folded = s_->node(n).slot(Slot::company); folded != kNoNode) n = folded;
    const Node& node = s_->node(n);
    if (node.tag != Tag::company || node.list || node.entity == kNoNode) continue;
    const auto company = static_cast<uint32_t>(node.entity);
    const uint32_t owner = entity_at(company).owner;
    if (owner == kNoEntity || (parent != kNoEntity && owner != parent)) return kNoEntity;
    several |= first != kNoEntity && company != first;
    if (first == kNoEntity) first = company;
    parent = owner;
  }
  return several ? parent : kNoEntity;
}

}  // namespace factmill
