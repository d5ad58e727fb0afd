#include "statement/reduction_memo.h"

#include "base/hash.h"

namespace factmill {
namespace {

constexpr size_t kShapes = 4096;       // a text whose place is taken drives out the one there
constexpr size_t kMaxTagged = 400;     // bytes of a text that is kept; longer ones hardly come again
constexpr size_t kMaxQuestions = 200;  // of one shape

}  // namespace

void ReductionMemo::enter(std::string_view tagged) {
  at_ = -1;
  shape_ = nullptr;
  if (tagged.size() > kMaxTagged) return;
  if (shapes_.empty()) shapes_.resize(kShapes);
  shape_ = &shapes_[hash64(tagged) % kShapes];
  if (shape_->tagged == tagged) return;
  shape_->tagged = tagged;
  shape_->questions.clear();
  shape_->groups.clear();
  shape_->root = kOpen;
}

const ReductionMemo::Question* ReductionMemo::question() const {
  if (!shape_) return nullptr;
  const int32_t next = *link();
  return next < 0 ? nullptr : &shape_->questions[static_cast<size_t>(next)];
}

void ReductionMemo::answer(bool yes) {
  if (!shape_) return;
  at_ = *link();
  answer_ = yes;
}

void ReductionMemo::add(const ReductionPlace& at, int32_t need, std::span<const Span> groups) {
  if (!shape_) return;
  if (shape_->questions.size() == kMaxQuestions) {
    shape_ = nullptr;
    return;
  }
  *link() = static_cast<int32_t>(shape_->questions.size());
  Question& q = shape_->questions.emplace_back();
  q.at = at;
  q.need = need;
  q.first_group = static_cast<uint32_t>(shape_->groups.size());
  q.group_count = static_cast<uint32_t>(groups.size());
  q.next[0] = q.next[1] = kOpen;
  shape_->groups.insert(shape_->groups.end(), groups.begin(), groups.end());
}

void ReductionMemo::add_end() {
  if (shape_) *link() = kNone;
}

}  // namespace factmill
