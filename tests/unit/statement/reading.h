// One sentence read by the rules of a pack, up to its statements.
//
//   Reading r("Xiaomi delivered 27,307 units.");
//   CHECK(r.tagged == "{company} {verb} {quantity}.");
//   CHECK(r.statements() == "deliveries 27,307 by verb.value");
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "statement/attach.h"
#include "statement/reduce.h"
#include "statement/tagger.h"
#include "text/make_document.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {

inline Document make_test_document(const RulePack& pack, const std::string& text, const std::string& title = "", const std::string& published = "") {
  Record record;
  record.bytes = text;
  record.title = title;
  record.charset = "UTF-8";
  TextOptions options;
  if (!published.empty()) options.published = parse_day(published);
  DocumentOrReject made = make_document(std::move(record), pack.text, options);
  REQUIRE_MESSAGE(static_cast<bool>(made), text);
  return std::move(made.document());
}

struct Reading {
  explicit Reading(const std::string& text, const RulePack& pack = small_pack().get(), const std::string& only = "",
                   Reducer* reducer = nullptr)
      : pack(pack), finder(pack), document(make_test_document(pack, text)), attacher(pack) {
    MentionFinder::Scratch scratch;
    finder.find(document, scratch, mentions);
    REQUIRE(document.paragraphs.size() == 1);
    MentionCursor cursor;
    tag_sentence(document.text, document.paragraphs[0].span, mentions, cursor, sentence);
    tagged = sentence.readable(sentence.tagged);
    const MentionTest test(pack, mentions);
    if (reducer) {
      reducer->run(sentence, document.text, test, nullptr);
    } else {
      Reducer(pack.rules).run(sentence, document.text, test, &trace);
    }
    reduced = sentence.readable(sentence.tagged);
    attacher.restrict_to(only);
    attacher.begin(document, mentions);
    attacher.attach(sentence, mentions, stated, unclaimed, &edges);
  }
  Reading(const Reading&) = delete;

  std::string text_of(int32_t node) const { return std::string(sentence.node(node).core.of(document.text)); }
  // "METRIC VALUE by RULE", one after the other; a change has a plus.
  std::string statements() const {
    std::string out;
    for (const Statement& s : stated) {
      out += out.empty() ? "" : "; ";
      out += (s.change ? "+" : "") + pack.metrics.metric(static_cast<uint32_t>(s.metric)).id + " " + text_of(s.value) + " by " + (s.rule ? s.rule->id : "its unit");
    }
    return out;
  }
  std::string open() const {
    std::string out;
    for (int32_t n : unclaimed) out += (out.empty() ? "" : "; ") + text_of(n);
    return out;
  }

  const RulePack& pack;
  MentionFinder finder;
  Document document;
  Mentions mentions;
  TaggedSentence sentence;
  ReductionTrace trace;
  Attacher attacher;
  std::string tagged, reduced;
  std::vector<Statement> stated;
  std::vector<int32_t> unclaimed;
  std::vector<EdgeTrace> edges;
};

}  // namespace factmill::testing
