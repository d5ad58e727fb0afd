// Names that a document introduces itself: the constructions under `introductions:` of the rules name trims and models
// that the lexicon does not have ("the Earth, Wind and Sky trims"), and companies ("the battery start-up Donut Lab"); they
// are names wherever the document has them.
//
//   introducer.run(document, mentions);    // between the mentions and the sentences
//
// Trims are looked for in documents that name a model. What a known company, model, person or metric is called
// is never taken away from it; a longer name takes in the known trim inside it ("602 Max").
#pragma once
#include <string>
#include <vector>

#include "mention/mentions.h"
#include "ruleset/rule_pack.h"
#include "statement/sentence.h"
#include "statement/tagger.h"
#include "text/document.h"

namespace factmill {

class Introducer {
 public:
  explicit Introducer(const RulePack& pack) : pack_(pack) {}
  void run(const Document& document, Mentions& mentions);
  // As if the pack did not have this introduction. Empty: all.
  void leave_out(const std::string& rule) { left_out_ = rule; }
  // Rules that introduced a name of the last document.
  const std::vector<const Rule*>& fired() const { return fired_; }

 private:
  struct Introduced {
    std::string name;
    Tag tag;
  };
  void read(const Document& document, const Mentions& mentions);
  void read_tagged(const Document& document, Span piece, MentionCursor cursor, const Mentions& mentions);
  void read_names(std::string_view text, Span group, const Introduction& rule);
  void place(const Document& document, Mentions& mentions) const;

  const RulePack& pack_;
  std::string left_out_;
  bool has_model_ = false;  // the document names one
  std::string text_;        // tagged, a paragraph at a time
  TaggedSentence tagged_;   // the same with its mentions, where an introduction may be in it
  bool is_tagged_ = false;  // that is made
  MatchStarts::Scratch starts_;
  std::vector<Introduced> found_;
  std::vector<const Rule*> fired_;
};

}  // namespace factmill
