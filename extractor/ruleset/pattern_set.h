// Many patterns matched against one short text: its first bytes say which may match, and these are tried.
// Immutable after finish, shared by threads.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ruleset/pattern.h"

namespace factmill {

class PatternSet {
 public:
  PatternSet();
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;
  ~PatternSet();

  // The index of a pattern is its order of adding.
  Status add(std::string_view pattern, const Pattern::Options& options);
  void finish();
  // Fills `matches` with the indexes, ascending, of the patterns that match the whole text.
  // False where none does.
  bool matches_whole(std::string_view text, std::vector<int>& matches) const;
  int size() const { return size_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  int size_ = 0;
};

// What sets match in texts that come again and again, as the words between a noun and its value do. Of one thread; it
// forgets a text when another one takes its place, so that it stays small.
class PatternSetMemo {
 public:
  // As PatternSet::matches_whole; the view lives until the next call.
  const std::vector<int>& matches_whole(const PatternSet& set, std::string_view text);

 private:
  struct Entry {
    const PatternSet* set = nullptr;
    std::string text;
    std::vector<int> matches;
  };
  static constexpr size_t kEntries = 2048;
  std::vector<Entry> entries_;
};

}  // namespace factmill
