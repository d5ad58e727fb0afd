// What a document must speak of to state facts of a pack, and how often.
//
//   Result<Topic> topic = Topic::compile("(?:electric cars?|(?-i:EVs?))", {.times = 2, .min_bytes = 500});
//   if (topic->may_be_in(text, title)) ...     // nearly at the speed of memory; false: it is about something else
//
// Immutable, shared by threads.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ruleset/pattern.h"
#include "ruleset/word_scan.h"

namespace factmill {

class Topic {
 public:
  struct Options {
    size_t times = 1;
    uint32_t near_bytes = 1500;  // so far from a word of it a text speaks of it
    size_t min_bytes = 0;  // a shorter text need not speak of it
    bool quick = true;     // false: may_be_in() rules out nothing
  };
  // `pattern` is looked for at the begins of words, without regard to case.
  static Result<Topic> compile(const std::string& pattern, Options options);

  const Options& options() const { return options_; }
  // Matches in text, one behind the other, up to `most`.
  size_t count(std::string_view text, size_t most) const;
  // Whether the two, folded and unwrapped or not, may hold `times` matches.
  bool may_be_in(std::string_view text, std::string_view title) const;

 private:
  Options options_;
  Pattern pattern_;
  std::optional<WordScan> scan_;  // none: the pattern itself is asked
};

}  // namespace factmill
