// Attach: every value of a reduced sentence looks for its best head, or leans on an earlier value.
//
//   for each value, left to right
//     for each metric head of a compatible unit class, and each value already attached
//       for each frame whose ends fit and whose gap pattern matches the text between in full
//         edge = frame score - distance - values and heads crossed - clause boundary
//     plus an edge of low score where the unit alone implies the metric
//     the best edge wins; ties by rule order, then position
//
// Links point left only, so nothing cycles. Scores are integers: the outcome does not depend on the machine.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mention/mentions.h"
#include "ruleset/rule_pack.h"
#include "statement/sentence.h"
#include "text/document.h"

namespace factmill {

// One value under one metric.
struct Statement {
  int32_t value = kNoNode;     // node; a list stands for all its members
  int32_t head = kNoNode;      // node; kNoNode where a link or the unit decided
  int host = -1;               // index of the statement it leans on
  const Rule* rule = nullptr;  // frame, link, or null for an implied metric
  const Link* link = nullptr;
  int metric = -1;
  int score = 0;
  uint16_t unit = 0;           // of a number without one, taken over from an amount stated before it
  Span support;                // of a table's cell: its header, the second evidence; empty in prose
  bool change = false;         // measure: change
  bool negative = false;       // the head states an amount below zero
  bool carried = false;        // the head goes on with the metric stated last
  uint32_t position = 0;       // tagged byte of the value
  uint32_t head_position = 0;  // tagged byte of the head, or of the value itself
};

// An edge that was weighed, for `explain`.
struct EdgeTrace {
  uint32_t position = 0;  // tagged byte of the value
  std::string end;        // the head or value at the other end
  std::string rule;
  std::string metric;
  std::string gap;         // readable tagged text between
  int score = 0;           // after deductions
  std::string stopped_by;  // empty: it was a candidate
};

class Attacher {
 public:
  explicit Attacher(const RulePack& pack);
  // Appends the statements of the sentence, by position. Values without an edge are appended to `unclaimed` as nodes.
  void attach(const TaggedSentence& sentence, const Mentions& mentions, std::vector<Statement>& statements,
              std::vector<int32_t>& unclaimed, std::vector<EdgeTrace>* trace);
  // For a rule's own test. A frame: it alone, no links and no units that imply a metric. A link: it has
  // no rival among links, but frames and other links still state the hosts that it leans on. Empty: all.
  void restrict_to(const std::string& rule);
  // As if the pack did not have this frame or link. Empty: all.
  void leave_out(const std::string& rule) { left_out_ = rule; }
  // A new document: what was stated before is forgotten; the metrics that its title names count as stated.
  void begin(const Document& document, const Mentions& mentions);
  struct Stated {
    int metric = -1;
    bool negative = false;
    int times = 0;  // in the document so far
  };
  // Metrics of the document so far, the latest last, each once; first those that the title names.
  const std::vector<Stated>& stated() const { return stated_; }
  void forget() { stated_.clear(); }  // another story begins
  uint64_t gaps_read() const { return gaps_read_; }  // over all sentences: work
  // What a table states counts as stated too.
  void note_stated(Stated stated);

 private:
  static constexpr size_t kReach = 160;         // tagged bytes that a gap may span
  static constexpr int kBareNumberNeeds = 60;  // a plain small number needs a tight frame
  static constexpr int kStatedBefore = 1;      // of two metrics with the same noun, the one that the document has stated
  struct Edge {
    Statement statement;
    int score = 0;
  };
  void read_lead(const Document& document, const Mentions& mentions);
  void weigh_heads(size_t value_at);
  void weigh_links(size_t value_at);
  void weigh_carried(size_t value_at);
  void weigh_implied(size_t value_at);
  template <class Use>
  void each_fitting(size_t value_at, Use use);
  bool fits(size_t value_at, size_t head_at, const Frame& frame);
  void weigh_frame(size_t value_at, size_t head_at, const Frame& frame, int deduction);
  void note_stop(std::string why, size_t value_at, size_t head_at, const std::string& rule, const std::string& metric, int score);
  // A frame that fits between a value and a head, as far as the tagged text tells.
  struct Meeting {
    uint32_t value_at, head_at;
    const Frame* frame;
    int deduction;
  };
  const std::vector<Meeting>& meetings();
  void offer(Edge edge);
  void read_gap(size_t begin, size_t end);
  int deduction() const;
  bool has_slots(const std::vector<Slot>& slots) const;
  bool stands_beside(const std::vector<std::string>& metrics, size_t value_at) const;
  std::optional<Stated> carried_metric(const Node& value, const std::vector<int>* among = nullptr, bool else_first = true) const;
  bool was_stated(int metric) const;
  bool takes_change(const Metric& metric, const Node& value) const;
  bool may_refer(const Metric& metric, const Node& reference) const;
  bool kept_sign(const Node& head) const;
  static bool is_bare(const Node& node, const Value& amount);
  bool is_of_amount(const Metric& metric, const Node& change) const;
  int amount_before(int statement) const;
  int whole_of(int statement) const;
  bool is_unit_missing(const Metric& metric, const Node& change) const;
  uint16_t unit_of(const Statement& statement) const;
  bool lends_unit(const Metric& metric, uint16_t unit, const Node& number) const;
  uint16_t borrowed_unit(const Metric& metric, const Node& number) const;
  bool is_led(int metric) const;
  bool carries(const Node& head) const;
  bool may_be(const Metric& metric, const Node& node) const;
  bool rated(const Node& value, const std::vector<std::string>& per) const;
  bool is_less(const Node& value, const std::optional<Decimal>& least) const;
  void name_changes_by_levels();

  const RulePack& pack_;
  std::string only_frame_, only_link_;  // both empty: all
  std::string left_out_;
  bool takes(const Frame& frame) const { return (only_frame_.empty() || frame.id == only_frame_) && frame.id != left_out_; }
  const TaggedSentence* s_ = nullptr;
  const Mentions* m_ = nullptr;
  std::vector<Statement>* statements_ = nullptr;
  std::vector<EdgeTrace>* trace_ = nullptr;
  std::string gap_;
  uint64_t gaps_read_ = 0;
  int crossed_values_ = 0, crossed_heads_ = 0;
  int outdone_ = 0;  // the best score of a frame whose metric cannot have such an amount
  PatternSetMemo gaps_;
  struct Met {
    std::string tagged;
    std::vector<Meeting> meetings;  // by value, then head
  };
  std::vector<Met> met_;
  const std::vector<Meeting>* meetings_ = nullptr;  // of the sentence
  std::vector<std::vector<std::pair<size_t, const Implied*>>> implied_;  // by unit: metrics that it alone may name
  std::vector<Statement> best_;  // none or one
  std::vector<int> lead_;        // metrics that the first paragraphs name
  std::vector<int> lead_heads_;  // the first metric of each of their heads, also where it may be another one
  bool market_lead_ = false;     // they name a body that counts a market
  std::vector<Stated> stated_;   // metrics of the document so far, the latest last, each once
};

}  // namespace factmill
