#include "ruleset/lexicon.h"

#include <algorithm>
#include <map>
#include <set>

namespace factmill {
namespace {

void add_surfaces(Entity& entity, const RuleNode& list) {
  for (std::string& surface : list.texts()) {
    if (std::find(entity.surfaces.begin(), entity.surfaces.end(), surface) == entity.surfaces.end()) {
      entity.surfaces.push_back(std::move(surface));
    }
  }
}

}  // namespace

Entity& Lexicon::append(Tag tag, const RuleNode& node) {
  Entity& entity = entities_.emplace_back();
  entity.tag = tag;
  entity.name = node["name"].required_text();
  entity.kind = node["kind"].text();
  entity.needs_context = node["needs_context"].flag(false) || node["needs_brand"].flag(false);
  return entity;
}

void Lexicon::refer(const RuleNode& company) {
  if (company.present()) pending_.push_back({static_cast<uint32_t>(entities_.size() - 1), company.text(), company});
}

void Lexicon::refer_to_region(const RuleNode& region) {
  if (region.present()) pending_regions_.push_back(region);
}

// Trims of one model: names only where a document names the model.
void Lexicon::add_trims(const RuleNode& names) {
  const auto model = static_cast<uint32_t>(entities_.size() - 1);
  for (std::string& name : names.texts()) {
    Entity& trim = entities_.emplace_back();
    trim.tag = Tag::variant;
    trim.owner = model;
    trim.needs_context = true;
    trim.surfaces = {name};
    trim.name = std::move(name);
  }
}

void Lexicon::add(const RuleFile& file) {
  RuleNode root = file.root();
  root.allow_keys({"companies", "models", "variants", "people", "regions", "segments", "features"});
  for (const RuleNode& node : root["companies"].items()) {
    node.allow_keys(
        {"id", "name", "kind", "parent", "home", "aliases", "tickers", "descriptors", "volume_word", "needs_context"});
    Entity& entity = append(Tag::company, node);
    entity.id = node["id"].required_text();
    if (!entity.id.empty() && !ids_.insert(entity.id).second)
      node["id"].error("company id '" + entity.id + "' is given twice");
    if (!entity.name.empty() && !ids_.insert("name\n" + entity.name).second)
      node["name"].error("company '" + entity.name + "' is given twice");
    entity.home = node["home"].text();
    refer_to_region(node["home"]);
    entity.volume_word = node["volume_word"].text();
    entity.surfaces = {entity.name};
    add_surfaces(entity, node["aliases"]);
    entity.tickers = node["tickers"].texts();
    entity.descriptors = node["descriptors"].texts();
    refer(node["parent"]);
  }
  for (const RuleNode& node : root["models"].items()) {
    node.allow_keys({"name", "maker", "aliases", "variants", "needs_brand", "export"});
    Entity& entity = append(Tag::model, node);
    const std::string maker = node["maker"].text();
    if (!entity.name.empty() && !ids_.insert("model\n" + maker + "\n" + entity.name).second)
      node["name"].error("model '" + entity.name + "' of '" + maker + "' is given twice");
    entity.surfaces = {entity.name};
    add_surfaces(entity, node["aliases"]);
    refer(node["maker"]);
    add_trims(node["variants"]);
  }
  for (const RuleNode& node : root["variants"].items()) {
    node.allow_keys({"name", "kind", "surfaces"});
    Entity& entity = append(Tag::variant, node);
    add_surfaces(entity, node["surfaces"]);
  }
  for (const RuleNode& node : root["people"].items()) {
    node.allow_keys({"name", "company", "aliases", "surname", "role"});
    Entity& entity = append(Tag::person, node);
    entity.surname = node["surname"].text();
    entity.surfaces = {entity.name};
    add_surfaces(entity, node["aliases"]);
    refer(node["company"]);
  }
  for (const RuleNode& node : root["regions"].items()) {
    node.allow_keys({"name", "surfaces", "adjectives", "kind", "country"});
    Entity& entity = append(Tag::region, node);
    entity.home = node["country"].text();
    refer_to_region(node["country"]);
    entity.adjectives = node["adjectives"].texts();
    add_surfaces(entity, node["surfaces"]);
  }
  for (const RuleNode& node : root["segments"].items()) {
    node.allow_keys({"name", "kind", "surfaces"});
    add_surfaces(append(Tag::segment, node), node["surfaces"]);
  }
  for (const RuleNode& node : root["features"].items()) {
    node.allow_keys({"name", "surfaces", "company"});
    add_surfaces(append(Tag::feature, node), node["surfaces"]);
    refer(node["company"]);
  }
}

void Lexicon::link() {
  std::map<std::string_view, uint32_t> by_id;
  std::vector<std::string_view> ids;
  for (uint32_t i = 0; i < entities_.size(); ++i) {
    if (entities_[i].id.empty()) continue;
    by_id.emplace(entities_[i].id, i);
    ids.push_back(entities_[i].id);
  }
  for (const Pending& pending : pending_) {
    auto found = by_id.find(pending.company);
    if (found != by_id.end()) {
      uint32_t above = found->second;
      while (above != kNoEntity && above != pending.entity) above = entities_[above].owner;
      if (above == pending.entity) {
        pending.node.error("company '" + entities_[pending.entity].id + "' would be its own parent");
      } else {
        entities_[pending.entity].owner = found->second;
      }
      continue;
    }
    const std::string message = "no company has the id '" + pending.company + "'";
    pending.node.error(message + suggestion(pending.company, ids));
  }
  pending_.clear();

  std::vector<std::string_view> regions;
  for (const Entity& entity : entities_) {
    if (entity.tag == Tag::region) regions.push_back(entity.name);
  }
  std::sort(regions.begin(), regions.end());
  for (const RuleNode& node : pending_regions_) {
    const std::string name = node.text();
    if (!std::binary_search(regions.begin(), regions.end(), name)) node.error("no region has the name '" + name + "'" + suggestion(name, regions));
  }
  pending_regions_.clear();
}

uint32_t Lexicon::company(std::string_view id) const {
  for (uint32_t i = 0; i < entities_.size(); ++i) {
    if (entities_[i].tag == Tag::company && entities_[i].id == id) return i;
  }
  return kNoEntity;
}

}  // namespace factmill
