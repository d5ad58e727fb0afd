// What the reductions did to the sentences met lately, by their tagged text, so that a sentence with the same text need not be
// searched again. News puts the same few shapes of sentence again and again:
//
//   ⟨noun⟩ was ⟨money⟩ (⟨money⟩) in ⟨date⟩
//
// Which patterns match where depends on the tagged text alone. Whether a match then holds also depends on what its mentions
// are, as does the text that is left behind it; so that a shape is a tree of questions, each with what follows for either answer.
// Who comes by with the same text asks them of his own mentions, as far as the tree goes.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace factmill {

// How far the loop over the reductions has come.
struct ReductionPlace {
  int rule = -1;
  int pass = 0;
  uint32_t from = 0;     // where the search for its next match begins
  bool changed = false;  // in this pass
};

class ReductionMemo {
 public:
  struct Question {
    ReductionPlace at;    // behind it, but for the answer
    int32_t need = -1;    // of a rule that was left out since no head is of the metrics that it needs; -1: of a match
    uint32_t first_group = 0, group_count = 0;
    int32_t next[2];      // by the answer: index of the next question; kOpen, kNone
  };
  static constexpr int32_t kOpen = -1;  // not met yet
  static constexpr int32_t kNone = -2;  // no more questions

  // Goes to the shape with this text, which becomes one if there is none.
  void enter(std::string_view tagged);
  // The next question, null where it is not known or where there is none (`is_at_end`).
  const Question* question() const;
  bool is_at_end() const { return shape_ && *link() == kNone; }
  std::span<const Span> groups(const Question& q) const { return {shape_->groups.data() + q.first_group, q.group_count}; }
  void answer(bool yes);
  // At a question that is not known: here it is, to be answered.
  void add(const ReductionPlace& at, int32_t need, std::span<const Span> groups);
  void add_end();

 private:
  struct Shape {
    std::string tagged;
    std::vector<Question> questions;
    std::vector<Span> groups;
    int32_t root = kOpen;
  };
  const int32_t* link() const { return at_ < 0 ? &shape_->root : &shape_->questions[static_cast<size_t>(at_)].next[answer_]; }
  int32_t* link() { return at_ < 0 ? &shape_->root : &shape_->questions[static_cast<size_t>(at_)].next[answer_]; }

  std::vector<Shape> shapes_;
  Shape* shape_ = nullptr;  // null: this one is not kept
  int32_t at_ = -1;         // the question answered last
  bool answer_ = false;
};

}  // namespace factmill
