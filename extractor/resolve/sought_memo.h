// Where the patterns that are sought in every sentence match, of the tagged texts met lately: that depends on the text alone, and
// news puts the same few shapes of sentence again and again.
//
//   memo.enter(tagged);
//   if (!memo.knows(number)) { memo.note(number, match); ...; memo.note_end(number); }
//   memo.for_each(number, use);
//
// Of one thread.
#pragma once
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/span.h"

namespace factmill {

class SoughtMemo {
 public:
  // From here on all is about this text. `anew`: whatever is known of it.
  void enter(std::string_view tagged, bool anew) {
    if (texts_.empty()) texts_.resize(kTexts);
    text_ = &texts_[tagged.size() <= kMaxBytes ? 1 + hash64(tagged) % (kTexts - 1) : 0];
    if (!anew && text_->tagged == tagged) return;
    text_->tagged = tagged;
    text_->asked = 0;
    text_->matches.clear();
  }
  bool knows(int number) const { return (text_->asked & bit(number)) != 0; }
  void note(int number, Span match) { text_->matches.emplace_back(number, match); }
  void note_end(int number) { text_->asked |= bit(number); }
  template <class Use>
  void for_each(int number, Use use) const {
    for (const auto& [of, match] : text_->matches) {
      if (of == number) use(match);
    }
  }

 private:
  static constexpr size_t kTexts = 4096;    // one whose place is taken goes
  static constexpr size_t kMaxBytes = 400;  // of one; longer ones hardly come again, and share a place
  static uint64_t bit(int number) {
    assert(number >= 0 && number < 64);
    return uint64_t{1} << number;
  }
  struct Text {
    std::string tagged;
    uint64_t asked = 0;  // bits: patterns whose matches are known
    std::vector<std::pair<int, Span>> matches;
  };
  std::vector<Text> texts_;
  Text* text_ = nullptr;
};

}  // namespace factmill
