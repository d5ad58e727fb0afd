// A compiled RE2 pattern without RE2's header. Immutable, shared by threads.
//
//   Result<Pattern> pattern = Pattern::compile(R"((?P<count>\d+) units)");
//   if (!pattern) return pattern.error();
//   Span groups[2];
//   if (pattern->find(text, 0, groups)) use(groups[pattern->group("count")].of(text));
//
// RE2 says what a pattern means. Patterns over bytes are matched by a quicker matcher where it is sure to agree
// (tree_matcher.h); RE2 is then made when first needed. Matching never fails: a pattern that ran out of its memory budget
// falls back inside RE2.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace factmill {

struct PatternTree;

// Byte range of a group that took no part in the match.
inline constexpr Span kNoMatch{0xFFFFFFFF, 0xFFFFFFFF};

class Pattern {
 public:
  Pattern() = default;  // a place for one; not to be asked anything

  struct Options {
    bool bytes = false;  // every byte is a character (tagged text), so [é] is a choice of two bytes; else UTF-8
    bool ignore_case = false;
    bool whole_words = false;  // a match that is searched for ends nowhere within a word: the next alternative is tried
    bool quick = true;          // false: by RE2 alone
    int64_t max_memory = 8 << 20;  // bytes for the program and its automata; a pattern too large for it is an error
  };
  // Error: RE2's message and the fragment at fault. `tree`: what the pattern was taken apart into, where it was, for those who
  // reason about it.
  static Result<Pattern> compile(std::string_view pattern, Options options, std::optional<PatternTree>* tree = nullptr);
  static Result<Pattern> compile(std::string_view pattern) { return compile(pattern, Options()); }

  // Anywhere in text[from..]; groups[0] is the whole match, groups[i] the i-th group (kNoMatch if unused).
  // All of `groups` are written on a match, none otherwise. Offsets count from the start of text, and what stands
  // before `from` is still seen by \b and ^.
  bool find(std::string_view text, size_t from, std::span<Span> groups) const;
  // The same, of the matches that do not begin within a word.
  bool find_at_word(std::string_view text, size_t from, std::span<Span> groups) const;
  // As the first, or with `at_word` the second, where it is known that they begin at one of these places, ascending.
  bool find_among(std::string_view text, std::span<const uint32_t> places, std::span<Span> groups, bool at_word = true) const;
  bool matches_whole(std::string_view text) const;
  bool matches_part(std::string_view text) const;

  // The pattern as compiled, in RE2 syntax.
  const std::string& source() const;
  int group_count() const;
  // Index of a named group, 0 where there is none.
  int group(std::string_view name) const;
  const std::vector<std::string>& group_names() const;  // index -> name or empty
  bool is_quick() const;                                // whether the quick matcher does the work
  // How many first bytes of its matches are known, up to kPrefix: bit k of bytes[b] says whether b may be the k-th.
  static constexpr size_t kPrefix = 8;
  size_t prefix(std::array<uint8_t, 256>& bytes) const;

 private:
  bool search(std::string_view text, size_t from, bool at_words, std::span<Span> groups) const;

  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace factmill
