// From a sentence and the document's mentions to tagged text, before reduction.
#pragma once
#include <string>
#include <string_view>

#include "mention/mentions.h"
#include "statement/sentence.h"

namespace factmill {

// Mentions are read from cursors that only move forward, so that a document costs one pass over its mentions.
struct MentionCursor {
  size_t value = 0;
  size_t name = 0;
};

// Fills `out` (cleared first) with the sentence at `span` of the document's text. A sentence beyond any prose is read
// piece by piece: out.span.end says where this piece ends, between mentions, and the next begins there.
void tag_sentence(std::string_view text, Span span, const Mentions& mentions, MentionCursor& cursor,
                  TaggedSentence& out);

// The same, but the tagged text alone; gives where the piece ends.
uint32_t tag_text(std::string_view text, Span span, const Mentions& mentions, MentionCursor& cursor, std::string& out);

// Restrictions of patterns: {noun/deliveries}, {quantity/km}, {date/context}, {company/body}; several joined by '|', and by '&'
// what must hold together; {quantity/range} is a range of amounts, {number/100} just that one.
class MentionTest : public NodeTest {
 public:
  MentionTest(const RulePack& pack, const Mentions& mentions) : pack_(pack), mentions_(mentions) {}
  bool is(const TaggedSentence& sentence, const Node& node, std::string_view what) const override;
  bool restates(const Node& amount, const Node& other) const override;
  bool same_unit(const Node& a, const Node& b) const override;
  std::string text_of(const Node& node) const override;
  std::string unit_of(const Node& node) const override;
  int32_t zero() const override { return mentions_.zero; }
  void add_metrics(const Node& head, MetricSet& metrics) const override;

 private:
  bool is_one(const Node& node, std::string_view what) const;
  const RulePack& pack_;
  const Mentions& mentions_;
};

}  // namespace factmill
