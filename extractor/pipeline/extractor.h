// One document in, its facts out: the stages from text to facts in their order.
//
//   Extractor extractor(pack);                 // compiled once, immutable, shared by threads
//   Extraction extraction(extractor);          // scratch of one thread
//   DocumentFacts facts = extraction.run(document);
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mention/mentions.h"
#include "resolve/fact.h"
#include "resolve/resolver.h"
#include "ruleset/rule_pack.h"
#include "statement/attach.h"
#include "statement/introduced.h"
#include "statement/reduce.h"
#include "statement/sentence.h"
#include "statement/table_reader.h"
#include "statement/tagger.h"
#include "text/document.h"
#include "text/sentences.h"

namespace factmill {

class Extractor {
 public:
  explicit Extractor(std::shared_ptr<const RulePack> pack) : pack_(std::move(pack)), finder_(*pack_) {}
  const RulePack& pack() const { return *pack_; }
  const MentionFinder& finder() const { return finder_; }

 private:
  std::shared_ptr<const RulePack> pack_;
  MentionFinder finder_;
};

// A value that found no head, and the reduced sentence around it: "output of {quantity} in the".
struct OpenValue {
  Span span;  // in the document's text
  std::string context;
};

// What happened to one sentence, for `explain`.
struct SentenceTrace {
  Span span;            // in the document's text
  std::string tagged;   // before reduction, readable
  std::string reduced;  // after
  ReductionTrace reductions;
  std::vector<EdgeTrace> edges;
  std::vector<Statement> statements;
  std::vector<DropTrace> drops;
  std::vector<OpenValue> unclaimed;
};

// A value that no rule claimed.
struct Unclaimed {
  Span span;  // in the document's text
  Span sentence;
  std::string type;
  std::string context;  // the words around it; only where they were asked for
};

class Extraction {
 public:
  // `extractor` must outlive this.
  explicit Extraction(const Extractor& extractor, ResolveOptions options = {});

  DocumentFacts run(const Document& document) { return run(document, nullptr); }
  // The same, with what was tried for every sentence.
  DocumentFacts run(const Document& document, std::vector<SentenceTrace>* trace);
  // The document's mentions alone. Valid until the next call.
  const Mentions& annotate(const Document& document);
  // From now on the documents' outcome lists the values that no rule claimed.
  void list_unclaimed(bool wanted) { lists_unclaimed_ = wanted; }
  // The documents' signatures are left out: only sinks that know documents again ask for them.
  void leave_out_signatures() { gives_signatures_ = false; }
  // Searches of rules and gaps between mentions looked at, over all documents: work, the same on any machine.
  uint64_t work() const { return reducer_.searches() + attacher_.gaps_read(); }
  // Values of the last document that no rule claimed.
  const std::vector<Unclaimed>& unclaimed() const { return unclaimed_; }
  // Introductions that found a name in the last document.
  const std::vector<const Rule*>& introduced_by() const { return introducer_.fired(); }
  // For a rule's own test: this frame alone, or this link without rivals among links; empty: all.
  void restrict_to(const std::string& rule) { attacher_.restrict_to(rule); }
  // As if the pack did not have this reduction, introduction, frame or link; empty: all.
  void leave_out(const std::string& rule);
  // Does the document speak of what the pack is about? Else it states no facts.
  bool on_topic(const Document& document) const;

 private:
  void run_sentence(const Document& document, Span sentence, MentionCursor& cursor, std::vector<SentenceTrace>* trace);

  // The paragraph behind the table or list that begins here; `paragraph` itself where none was read.
  size_t run_table(const Document& document, size_t paragraph, std::vector<SentenceTrace>* trace);

  const Extractor& extractor_;
  SentenceSplitter splitter_;
  MentionFinder::Scratch mention_scratch_;
  Mentions mentions_;
  Introducer introducer_;
  TaggedSentence sentence_;
  Reducer reducer_;
  Attacher attacher_;
  TableReader tables_;
  Resolver resolver_;
  std::vector<Statement> statements_;
  std::vector<int32_t> open_values_;
  std::vector<Span> sentences_;
  bool of_trade(const Fact& fact, bool anywhere) const;
  void drop_off_topic(const Document& document, std::vector<Fact>& facts, std::vector<SentenceTrace>* trace) const;
  void append_unclaimed(const Document& document, DocumentFacts& out) const;

  std::vector<Unclaimed> unclaimed_;
  bool lists_unclaimed_ = false;
  bool gives_signatures_ = true;
};

}  // namespace factmill
