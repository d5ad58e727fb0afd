// A sentence as the rules see it: tagged text, in which every mention is one byte, over a forest of mentions.
//
//   text    Xiaomi's revenue was RMB 6.4 billion ($900 million).
//   tagged  ⟨company⟩'s ⟨noun⟩ was ⟨money⟩.          after reduction
//   nodes   company; noun; money (alt: money)
//
// TaggedSentence is per-thread scratch: clear() keeps its memory. Offsets are bytes of the document's folded text.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"
#include "mention/value.h"
#include "ruleset/rules.h"
#include "ruleset/tags.h"

namespace factmill {

inline constexpr int32_t kNoNode = -1;

// What a reduction says of its result beside the slots: {"cycle": "CLTC"}. A node's are chained, the latest first.
struct NodeAttribute {
  std::string_view name;  // of the rule
  std::string text;
  int32_t next = kNoNode;
};

// A mention, plain or folded from others.
struct Node {
  Tag tag = Tag::none;
  bool list = false;
  bool negative = false;     // states an amount below zero
  Span span;                 // all that was folded into it
  Span core;                 // the mention that counts: the value itself, the name
  int32_t value = kNoNode;   // values: index into the document's ValueList
  int32_t hit = kNoNode;     // names and heads: index into the document's NameHits
  int32_t entity = kNoNode;  // names: the reading that was chosen; kNoNode while open
  int metric = -1;           // of a head made by a reduction (kCarried: the one stated last), or what a value states
  const std::vector<int>* among = nullptr;  // of a head that goes on: with which metrics; null: any
  int score = 0;              // of a value that states a metric, against the frames of heads
  int32_t attribute = kNoNode;  // first of its chain in TaggedSentence::attributes
  uint32_t first_item = 0;   // lists: members in TaggedSentence::items
  uint32_t item_count = 0;
  const Reduction* rule = nullptr;  // that made it
  std::array<int32_t, kSlotCount> slots;
  std::string_view basis, modality, status, per, unit, qualifier, period_kind, subject;  // set by reductions

  Node() { slots.fill(kNoNode); }
  int32_t slot(Slot s) const { return slots[static_cast<size_t>(s)]; }
};

// Appends plain text as tagged text has it: byte for byte, a non-ASCII character as one kForeign.
void append_tagged(std::string& out, std::string_view text);

class TaggedSentence {
 public:
  Span span;  // in the document's text
  std::string tagged;
  std::vector<uint32_t> origin;  // text offset of each tagged byte
  std::vector<int32_t> node_at;  // node of each tagged byte, kNoNode for plain text
  std::vector<Node> nodes;
  std::vector<int32_t> items;  // members of lists
  std::vector<NodeAttribute> attributes;
  TagSet tags = 0;             // of all bytes, ever
  TagByteSet tag_bytes = 0;    // the same, lists apart
  MetricSet metrics;           // that its heads may name, ever

  void clear();
  // Appends plain text, or a mention.
  void append_text(std::string_view text, uint32_t at);
  int32_t append_node(Node node);
  // Replaces tagged[begin, end) by one node; gives its index.
  int32_t fold(size_t begin, size_t end, Node node);

  const Node& node(int32_t index) const { return nodes[static_cast<size_t>(index)]; }
  // Text offset where the tagged byte begins, and behind it.
  uint32_t text_begin(size_t byte) const { return origin[byte]; }
  uint32_t text_end(size_t byte, std::string_view text) const;
  // For people: "⟨company⟩'s ⟨noun⟩ was ⟨money⟩."
  std::string readable(std::string_view tagged_part) const;
};

// What rules ask of mentions. `is` tells whether a node satisfies a restriction such as {noun/deliveries}.
class NodeTest {
 public:
  virtual ~NodeTest() = default;
  virtual bool is(const TaggedSentence& sentence, const Node& node, std::string_view what) const = 0;
  // The same amount once more: money in another currency, or another unit of the same dimension.
  virtual bool restates(const Node& amount, const Node& other) const = 0;
  // Two values of one unit, or two that are no values: they may stand in one list.
  virtual bool same_unit(const Node& a, const Node& b) const = 0;
  // What an attribute says of a mention: an amount in plain digits ("10-80" for a range), a canonical name.
  virtual std::string text_of(const Node& node) const = 0;
  virtual std::string unit_of(const Node& node) const = 0;
  // The amount that has not changed: 0 percent, of no place in the text; kNoNode where there is none.
  virtual int32_t zero() const = 0;
  // The metrics m of which is(head, m) holds.
  virtual void add_metrics(const Node& head, MetricSet& metrics) const = 0;
};

}  // namespace factmill
