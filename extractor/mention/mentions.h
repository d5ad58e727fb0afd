// All mentions of a document: values and names, cleared of each other, plus the cues.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "mention/conventions.h"
#include "mention/names.h"
#include "mention/value.h"
#include "ruleset/rule_pack.h"
#include "text/document.h"

namespace factmill {

// A name that survived, with one reading chosen for entities. Heads keep all readings: the value decides.
struct Name {
  Span span;
  Tag tag = Tag::none;
  uint32_t entity = kNoEntity;  // of the lexicon or of the document, see Mentions::entity; for heads kNoEntity
  uint32_t readings = 0;        // into NameIndex, for heads and anaphors
  uint32_t count = 0;
  bool uncertain = false;  // the spelling has several owners and nothing decided
};

struct CueHit {
  Span span;
  uint32_t cue = 0;
};

struct Mentions {
  ValueList values;                        // by span
  std::vector<Name> names;                 // by span; do not overlap values
  std::vector<CueHit> cues;                // by span; may lie anywhere
  const NameIndex* names_index = nullptr;  // of the finder that filled this
  const NameIndex& index() const { return *names_index; }
  std::vector<Entity> introduced;  // companies that only this document names; they are numbered behind the lexicon's
  const Entity& entity(const Lexicon& lexicon, uint32_t number) const {
    const auto known = static_cast<uint32_t>(lexicon.entities().size());
    return number < known ? lexicon.entity(number) : introduced[number - known];
  }
  int32_t zero = -1;               // the last of the values, 0 percent, for what is said to be unchanged; -1: none
  void clear() {
    zero = -1;
    values.clear();
    names.clear();
    cues.clear();
    introduced.clear();
  }
};

// A bare number of four digits that would be a year of our time: no count, whatever stands beside it.
bool looks_like_year(const Value& value);

// Compiled once from a pack; immutable, shared by threads.
class MentionFinder {
 public:
  explicit MentionFinder(const RulePack& pack);
  // Everything inside the document's statement zones and title. `scratch` and `out` are the caller's.
  struct Scratch {
    std::vector<Word> words;         // of the paragraphs with names
    std::vector<size_t> word_ends;   // behind those of each paragraph
    std::vector<NameHit> hits;
    std::vector<NameHit> cue_hits;
    MatchStarts::Scratch scale_starts;
  };
  void find(const Document& document, Scratch& scratch, Mentions& out) const;
  // Everything of every paragraph, times, sets and references too: what `annotate` shows.
  void find_all(const Document& document, Scratch& scratch, Mentions& out) const;
  // The same, but nothing where the names alone show that no metric can be stated: most of an archive ends here.
  // Adds to what was found the amount that has not changed.
  void add_zero(Mentions& out) const;
  void find_if_promising(const Document& document, Scratch& scratch, Mentions& out) const;

  const NameIndex& names() const { return names_; }
  const RulePack& pack() const { return pack_; }

 private:
  void find_names(const Document& document, Scratch& scratch, Mentions& out) const;
  bool before_head(std::string_view text, const std::vector<NameHit>& hits, size_t index) const;
  void find_values(const Document& document, ReadFor purpose, Scratch& scratch, Mentions& out) const;
  void read_values(const Document& document, ReadFor purpose, ValueList& out) const;
  void read_blocks(const Document& document, DecimalSign sign, ValueList& out) const;
  bool promising(const Document& document, const Scratch& scratch) const;
  bool is_short(const Document& document) const;
  bool names_car(const Document& document, const std::vector<NameHit>& hits, size_t index) const;

  const RulePack& pack_;
  NameIndex names_;
  NameIndex cues_;
  ValueReader values_;
  Conventions conventions_;
};

}  // namespace factmill
