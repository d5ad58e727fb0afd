// The names a rule pack knows: companies, models, variants, people, regions, segments, features.
// Loaded once, immutable, shared by threads. Entities refer to each other by index.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/rule_file.h"
#include "ruleset/tags.h"

namespace factmill {

inline constexpr uint32_t kNoEntity = 0xFFFFFFFF;

struct Entity {
  Tag tag = Tag::none;
  std::string id;    // companies only
  std::string name;  // canonical, as facts carry it
  std::string kind;  // of a company: automaker, brand, battery, body, ...; of a region: country, city, ...
  std::string home;  // of a company its country; of a city its country
  std::string volume_word;
  uint32_t owner = kNoEntity;  // of a company its parent, of a model its maker, of a trim its model, of a person the employer
  // A company reports under its own name although it has a parent (a sub-brand of the contract); always so for
  // companies here. A `brand` entity of kind "marque" is a brand of its owner.
  bool needs_context = false;  // the bare name counts only where the owner (or the company itself) is otherwise named
  std::vector<std::string> surfaces;  // every spelling, the canonical name first
  std::vector<std::string> tickers;
  std::vector<std::string> descriptors;
  std::string surname;                  // of a person, where it stands for him alone
  std::vector<std::string> adjectives;  // of a region: a place only before what is counted there, "German EV sales"
};

class Lexicon {
 public:
  // Reads the lists of one file (`companies:`, `models:`, `variants:`, `people:`, `regions:`, `segments:`, `features:`)
  // and adds them. References to companies are bound by link(), after the last file.
  void add(const RuleFile& file);
  void link();

  const std::vector<Entity>& entities() const { return entities_; }
  const Entity& entity(uint32_t index) const { return entities_[index]; }
  uint32_t company(std::string_view id) const;

 private:
  struct Pending {
    uint32_t entity;
    std::string company;
    RuleNode node;
  };
  Entity& append(Tag tag, const RuleNode& node);
  void refer(const RuleNode& company);
  void refer_to_region(const RuleNode& region);
  void add_trims(const RuleNode& names);

  std::vector<Entity> entities_;
  std::vector<Pending> pending_;
  std::vector<RuleNode> pending_regions_;
  std::set<std::string> ids_;
};

}  // namespace factmill
