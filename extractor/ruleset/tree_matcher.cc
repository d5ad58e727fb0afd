#include "ruleset/tree_matcher.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kMaxFrames = 192;      // places to go back to
constexpr size_t kMaxSlots = 2 * 24;
constexpr size_t kStepsPerByte = 48;    // of one search
constexpr size_t kStepsAtLeast = 2000;
constexpr uint32_t kNoBranch = 0xFFFFFFFF;
constexpr uint32_t kUnset = 0xFFFFFFFF;
constexpr size_t kNowhere = SIZE_MAX;

bool is_word_or_bar(char c) { return is_alnum(c) || c == '_'; }

}  // namespace

// Somewhere to go on when the way taken fails.
struct TreeMatcher::Frame {
  enum class Kind : uint32_t { go, shorten, lengthen, branch, restore };
  Kind kind;
  uint32_t step;   // restore: the slot; shorten, lengthen: the loop's
  uint32_t at;     // restore: what it held
  uint32_t bound;  // shorten: down to here; lengthen: up to here; branch: the next of its list
};

class TreeMatcher::Run {
 public:
  Run(const TreeMatcher& matcher, std::string_view text, size_t slots)
      : m_(matcher), text_(text), slots_(std::min(slots, kMaxSlots)), budget_(kStepsAtLeast + kStepsPerByte * text.size()) {
  }

  // From this place; `whole`: to the end of the text.
  Outcome run(size_t from, bool whole);
  // The groups of the match that began here.
  void write(size_t from, std::span<Span> groups) const {
    if (!groups.empty()) groups[0] = {static_cast<uint32_t>(from), end_};
    for (size_t i = 1; i < groups.size(); ++i) {
      const bool known = 2 * i + 1 < slots_ && slot_[2 * i] != kUnset && slot_[2 * i + 1] != kUnset;
      groups[i] = known ? Span{slot_[2 * i], slot_[2 * i + 1]} : Span{kUnset, kUnset};
    }
  }

 private:
  bool has(uint32_t set, size_t at) const {
    const auto byte = static_cast<uint8_t>(text_[at]);
    return (m_.sets_[set][byte >> 6] >> (byte & 63) & 1) != 0;
  }
  bool may_stand(const Next& next, size_t at) const {
    if (next.set == Next::kAny) return true;
    return at < text_.size() ? has(next.set, at) : next.end;
  }
  // The last place before `at`, from `least` on, where a loop's way may go on; `at` where there is none.
  size_t shorter(const Next& next, size_t at, size_t least) const {
    for (size_t place = at; place-- > least;) {
      if (may_stand(next, place)) return place;
    }
    return at;
  }
  // The first place from `at` on, up to `most`, where a lazy loop's way may go on; kNowhere where there is none.
  size_t longer(const Loop& loop, size_t at, size_t most) const {
    for (; !may_stand(loop.next, at); ++at) {
      if (at >= most || !has(loop.set, at)) return kNowhere;
    }
    return at;
  }
  bool push_longer(uint32_t step, size_t at, size_t most) {
    const Loop& loop = m_.loops_[m_.steps_[step].a];
    const size_t next = at < most && has(loop.set, at) ? longer(loop, at + 1, most) : kNowhere;
    return next == kNowhere || push({Frame::Kind::lengthen, step, static_cast<uint32_t>(next), static_cast<uint32_t>(most)});
  }
  bool push(Frame frame) {
    if (frames_ == kMaxFrames) return false;
    stack_[frames_++] = frame;
    return true;
  }
  bool bytes_match(const Step& s, size_t at) const {
    if (text_.size() - at < s.count) return false;
    for (uint16_t i = 0; i < s.count; ++i) {
      if ((text_[at + i] | m_.masks_[s.a + i]) != m_.text_[s.a + i]) return false;
    }
    return true;
  }
  // Those from here on, zeros behind the end.
  uint32_t four_bytes(size_t at) const {
    uint32_t bytes = 0;
    if (text_.size() - at >= sizeof bytes)
      std::memcpy(&bytes, text_.data() + at, sizeof bytes);
    else
      std::copy(text_.begin() + static_cast<ptrdiff_t>(at), text_.end(), reinterpret_cast<char*>(&bytes));
    return bytes;
  }
  bool at_boundary(size_t at) const {
    const bool before = at > 0 && is_word_or_bar(text_[at - 1]);
    const bool behind = at < text_.size() && is_word_or_bar(text_[at]);
    return before != behind;
  }
  // Does a word go on here?
  bool goes_on(size_t at) const { return at > 0 && is_alnum(text_[at]) && is_word_or_bar(text_[at - 1]); }
  bool go_back(uint32_t& step, size_t& at);

  const TreeMatcher& m_;
  std::string_view text_;
  size_t slots_;
  size_t budget_;
  size_t frames_ = 0;
  uint32_t end_ = 0;
  std::array<Frame, kMaxFrames> stack_;  // not initialized: a search writes a few of them
  std::array<uint32_t, kMaxSlots> slot_;
};

bool TreeMatcher::Run::go_back(uint32_t& step, size_t& at) {
  while (frames_ > 0) {
    Frame& top = stack_[frames_ - 1];
    switch (top.kind) {
      case Frame::Kind::go:
        step = top.step;
        at = top.at;
        --frames_;
        return true;
      case Frame::Kind::shorten: {
        const Loop& loop = m_.loops_[m_.steps_[top.step].a];
        step = top.step + 1;
        at = top.at;
        top.at = static_cast<uint32_t>(shorter(loop.next, at, top.bound));
        if (top.at == at) --frames_;
        return true;
      }
      case Frame::Kind::lengthen: {
        const uint32_t loop = top.step;
        step = loop + 1;
        at = top.at;
        --frames_;
        (void)push_longer(loop, at, top.bound);  // in the place of this one
        return true;
      }
      case Frame::Kind::branch:
        step = m_.branches_[top.bound].step;
        at = top.at;
        top.bound = m_.next_branch(top.bound + 1, four_bytes(at));
        if (m_.branches_[top.bound].step == kNoBranch) --frames_;
        return true;
      case Frame::Kind::restore:
        slot_[top.step] = top.at;
        --frames_;
        break;
    }
  }
  return false;
}

TreeMatcher::Outcome TreeMatcher::Run::run(size_t from, bool whole) {
  frames_ = 0;
  std::fill_n(slot_.begin(), slots_, kUnset);
  uint32_t step = 0;
  size_t at = from;
  while (true) {
    if (budget_-- == 0) return Outcome::gave_up;
    const Step& s = m_.steps_[step];
    bool holds = true;
    switch (s.op) {
      case Op::bytes:
        holds = bytes_match(s, at);
        at += s.count;
        ++step;
        break;
      case Op::set:
        holds = at < text_.size() && has(s.a, at);
        ++at;
        ++step;
        break;
      case Op::loop: {
        const Loop& loop = m_.loops_[s.a];
        const size_t least = at + loop.min;
        const size_t most = text_.size() - at < loop.max ? text_.size() : at + loop.max;
        while (at < most && has(loop.set, at)) ++at;
        holds = at >= least;
        if (holds && !loop.is_apart) {
          const size_t fewer = shorter(loop.next, at, least);
          if (fewer != at && !push({Frame::Kind::shorten, step, static_cast<uint32_t>(fewer), static_cast<uint32_t>(least)}))
            return Outcome::gave_up;
        }
        holds = holds && may_stand(loop.next, at);
        ++step;
        break;
      }
      case Op::lazy_loop: {
        const Loop& loop = m_.loops_[s.a];
        const size_t least = at + loop.min;
        const size_t most = text_.size() - at < loop.max ? text_.size() : at + loop.max;
        while (at < least && at < most && has(loop.set, at)) ++at;
        const size_t first = at == least ? longer(loop, at, most) : kNowhere;
        holds = first != kNowhere;
        if (!holds) break;
        at = first;
        if (!push_longer(step, at, most)) return Outcome::gave_up;
        ++step;
        break;
      }
      case Op::split: {
        const bool can_begin = at < text_.size() && has(s.first, at);
        const bool can_go_on = may_stand(s.next, at);
        if (can_begin && can_go_on && !push({Frame::Kind::go, s.lazy ? s.a : s.b, static_cast<uint32_t>(at), 0})) return Outcome::gave_up;
        holds = can_begin || can_go_on;
        step = can_begin && !(s.lazy && can_go_on) ? s.a : s.b;
        break;
      }
      case Op::choice:
      case Op::few: {
        const size_t next = at < text_.size() ? static_cast<uint8_t>(text_[at]) : 256;
        const uint32_t bytes = four_bytes(at);
        const uint32_t branch = m_.next_branch(s.op == Op::few ? s.a : m_.choices_[s.a].list[next], bytes);
        step = m_.branches_[branch].step;
        holds = step != kNoBranch;
        if (!holds) break;
        const uint32_t other = m_.next_branch(branch + 1, bytes);
        if (m_.branches_[other].step != kNoBranch && !push({Frame::Kind::branch, 0, static_cast<uint32_t>(at), other}))
          return Outcome::gave_up;
        break;
      }
      case Op::save:
        if (s.a < slots_) {
          if (frames_ > 0 && !push({Frame::Kind::restore, s.a, slot_[s.a], 0})) return Outcome::gave_up;
          slot_[s.a] = static_cast<uint32_t>(at);
        }
        ++step;
        break;
      case Op::jump: step = s.a; break;
      case Op::text_begin: holds = at == 0; ++step; break;
      case Op::text_end: holds = at == text_.size(); ++step; break;
      case Op::word_boundary: holds = at_boundary(at); ++step; break;
      case Op::no_word_boundary: holds = !at_boundary(at); ++step; break;
      case Op::match:
        holds = at == text_.size() || (!whole && !(m_.whole_words_ && goes_on(at)));
        if (!holds) break;
        end_ = static_cast<uint32_t>(at);
        return Outcome::match;
    }
    if (!holds && !go_back(step, at)) return Outcome::none;
  }
}

TreeMatcher::Outcome TreeMatcher::find(std::string_view text, size_t from, bool at_words, std::span<Span> groups) const {
  Run run(*this, text, 2 * groups.size());
  if (text.size() < min_length_) return Outcome::none;
  const size_t last = at_begin_ ? 0 : text.size() - min_length_;
  size_t at = from;
  if (at_end_ && text.size() > max_length_) at = std::max(at, text.size() - max_length_);
  for (; at <= last; at += ByteScan::kPlaces) {
    uint32_t places = starts_ ? starts_->places(text, at) : (1U << ByteScan::kPlaces) - 1;
    for (; places != 0; places &= places - 1) {
      const size_t place = at + static_cast<size_t>(std::countr_zero(places));
      if (place > last) return Outcome::none;
      if (at_words && place > 0 && place < text.size() && is_alnum(text[place]) && is_alnum(text[place - 1])) continue;
      if (!may_begin(text.data() + place)) continue;
      const Outcome outcome = run.run(place, false);
      if (outcome == Outcome::none) continue;
      if (outcome == Outcome::match) run.write(place, groups);
      return outcome;
    }
  }
  return Outcome::none;
}

TreeMatcher::Outcome TreeMatcher::find_among(std::string_view text, std::span<const uint32_t> places,
                                             std::span<Span> groups) const {
  Run run(*this, text, 2 * groups.size());
  for (uint32_t at : places) {
    if (text.size() - at < min_length_) return Outcome::none;
    const Outcome outcome = run.run(at, false);
    if (outcome == Outcome::none) continue;
    if (outcome == Outcome::match) run.write(at, groups);
    return outcome;
  }
  return Outcome::none;
}

TreeMatcher::Outcome TreeMatcher::matches_whole(std::string_view text) const {
  if (text.size() < min_length_ || text.size() > max_length_) return Outcome::none;
  return Run(*this, text, 0).run(0, true);
}

}  // namespace factmill
