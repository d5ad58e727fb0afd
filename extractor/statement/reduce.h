// Runs the reductions over a sentence, each to its fixpoint, in order.
//
//   Reducer reducer(pack.rules);                       // of one thread; the rules must outlive it
//   reducer.run(sentence, document.text, test, nullptr);
//
// It remembers the sentences that it has read lately, as the rules see them: text that comes again leads to the same matches,
// and only what its mentions are is asked anew (ReductionMemo).
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "statement/fold.h"
#include "statement/reduction_memo.h"
#include "statement/sentence.h"

namespace factmill {

// Why a reduction did or did not apply, for `explain`.
struct ReductionTrace {
  std::vector<std::pair<const Reduction*, std::string>> applied;  // and the tagged text it folded
};

class Reducer {
 public:
  explicit Reducer(const RuleTable& rules) : rules_(rules) {}
  void run(TaggedSentence& sentence, std::string_view text, const NodeTest& test, ReductionTrace* trace);
  // As if the pack did not have this reduction. Empty: all.
  void leave_out(const std::string& rule);
  // Searches so far: work, where a clock would tell of the machine.
  uint64_t searches() const { return searches_; }

 private:
  bool next_match(ReductionPlace& at);
  bool find(const ReductionPlace& at);
  bool next_rule(ReductionPlace& at);
  bool same_again(const Reduction& rule) const;
  void fold(const Reduction& rule, std::span<const Span> groups);
  bool follow(ReductionPlace& at);
  void search(ReductionPlace at);

  const RuleTable& rules_;
  RuleFilter::Scratch candidates_;
  RuleStarts::Scratch starts_;
  ReductionMemo memo_;
  int left_out_ = -1;
  uint64_t searches_ = 0;
  std::array<Span, kMaxGroups> storage_;
  std::span<Span> groups_;  // of the match found last
  // Of the call.
  TaggedSentence* s_ = nullptr;
  std::string_view text_;
  const NodeTest* test_ = nullptr;
  ReductionTrace* trace_ = nullptr;
};

}  // namespace factmill
