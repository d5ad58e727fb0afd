// The facts of a text by a pack, as the pipeline makes them.
//
//   CHECK(facts("Xiaomi delivered 27,307 units in May 2024.") == "deliveries Xiaomi 27307 vehicle 2024-05");
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "resolve/resolver.h"
#include "statement/reduce.h"
#include "statement/tagger.h"
#include "text/sentences.h"
#include "unit/statement/reading.h"

namespace factmill::testing {

struct Given {
  std::string title = "";
  std::string published = "2024-08-21";
  ResolveOptions options = {};
  const RulePack* pack = &small_pack().get();
};

inline std::vector<Fact> facts_of(const std::string& text, const Given& given = {}, std::vector<DropTrace>* drops = nullptr) {
  const RulePack& pack = *given.pack;
  const Document document = make_test_document(pack, text, given.title, given.published);
  const MentionFinder finder(pack);
  MentionFinder::Scratch scratch;
  Mentions mentions;
  finder.find(document, scratch, mentions);
  SentenceSplitter splitter(pack.text.sentences);
  Attacher attacher(pack);
  Resolver resolver(finder, given.options);
  resolver.begin(document, mentions);
  attacher.begin(document, mentions);
  MentionCursor cursor;
  TaggedSentence sentence;
  Reducer reducer(pack.rules);
  const MentionTest test(pack, mentions);
  for (const Paragraph& paragraph : document.paragraphs) {
    if (!states_facts(paragraph.zone)) continue;
    resolver.begin_paragraph(paragraph);
    std::vector<Span> sentences;
    splitter.split(document.text, paragraph.span, sentences);
    for (Span span : sentences) {
      tag_sentence(document.text, span, mentions, cursor, sentence);
      reducer.run(sentence, document.text, test, nullptr);
      std::vector<Statement> statements;
      std::vector<int32_t> unclaimed;
      attacher.attach(sentence, mentions, statements, unclaimed, nullptr);
      resolver.add(sentence, statements, drops);
    }
  }
  std::vector<Fact> facts = resolver.finish();
  for (const Fact& fact : facts) {
    for (const Evidence& e : fact.evidence) CHECK(document.raw.substr(e.start, e.end - e.start) == e.text);
  }
  return facts;
}

inline void append_word(std::string& out, std::string_view word) {
  if (!word.empty()) (out += out.empty() ? "" : " ") += word;
}

// metric company model variant region value unit period, then what is not the usual: "+yoy", modality, status, flags.
inline std::string brief(const Fact& f) {
  std::string out;
  for (const std::string* s : {&f.metric, &f.company, &f.model, &f.variant, &f.region}) append_word(out, *s);
  if (f.measure == "change") append_word(out, "+" + f.basis);
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high}) append_word(out, *d ? (*d)->to_string() : "");
  append_word(out, f.unit);
  append_word(out, f.period);
  if (f.modality != "actual") append_word(out, f.modality);
  append_word(out, f.status);
  for (const std::string& flag : f.flags) append_word(out, "!" + flag);
  return out;
}

inline std::string facts(const std::string& text, const Given& given = {}) {
  std::string out;
  for (const Fact& fact : facts_of(text, given)) out += (out.empty() ? "" : "; ") + brief(fact);
  return out;
}

struct Row {
  std::string text, facts;
};

inline void check(const std::vector<Row>& rows, const Given& given = {}) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(facts(row.text, given) == row.facts);
  }
}

}  // namespace factmill::testing
