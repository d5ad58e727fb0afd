// Where the matches of many patterns begin, exactly, for one look into a table a byte: the text is read from its end, and
// behind each byte the automaton knows of which patterns a match begins there, wherever it ends.
//
//   BackwardAutomaton automaton;
//   automaton.add(0, *PatternTree::parse("up [\x83]"), nullptr, true);     // pattern 0
//   automaton.finish();
//   BackwardAutomaton::Reader reader;                               // of one thread
//   reader.begin(automaton);                                        // before each text
//   Step at = reader.end_of_text();
//   for (size_t i = text.size(); i-- > 0;) {
//     at = reader.before(at, text[i]);
//     if (BackwardAutomaton::has_matches(at)) use(reader.matches(at), i);
//   }
//
// The automaton is made while it is used: a state is the set of places in the patterns that the text behind leads to, and most
// of those that could be never are. What is made is kept, for all threads, up to a bound; then a new one is begun.
// \b and \B are not looked at, so that more may be told than there is; RE2 or its stand-in then says what there is.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "ruleset/pattern_tree.h"

namespace factmill {

class BackwardAutomaton {
 public:
  // Where the automaton stands.
  using Step = uint32_t;
  static bool has_matches(Step step) { return (step & kMatches) != 0; }

  BackwardAutomaton();
  BackwardAutomaton(BackwardAutomaton&&) noexcept;
  BackwardAutomaton& operator=(BackwardAutomaton&&) noexcept;
  ~BackwardAutomaton();

  // A pattern by its number. Only matches of some length count. `behind`: what must match where the first ends, if anything.
  // `word_end`: and only matches that do not end within a word. False: too large, and not added.
  bool add(uint32_t number, const PatternTree& pattern, const PatternTree* behind, bool word_end);
  void finish();
  size_t states() const;  // made so far

  class Reader;

 private:
  static constexpr Step kMatches = 0x80000000;
  struct Net;
  struct States;
  std::unique_ptr<Net> net_;
};

class BackwardAutomaton::Reader {
 public:
  // Before each text.
  void begin(const BackwardAutomaton& automaton);

  // Behind the last byte.
  Step end_of_text() const { return end_; }
  // Before a byte, given how it stands behind it.
  Step before(Step behind, char byte) { return next(behind, columns_[static_cast<uint8_t>(byte)]); }
  // Before the first byte of the text: what matches hold that ask for the begin of the text.
  Step before_text(Step first) { return next(first, begin_column_); }
  // The numbers of the patterns, ascending.
  std::span<const uint32_t> matches(Step step) const;

 private:
  Step next(Step behind, uint32_t column) {
    const Step known = steps_[(behind & ~kMatches) + column].load(std::memory_order_acquire);
    return known != 0 ? known : make(behind, column);
  }
  Step make(Step behind, uint32_t column);

  const Net* net_ = nullptr;
  std::shared_ptr<States> states_;
  const std::atomic<Step>* steps_ = nullptr;
  const uint8_t* columns_ = nullptr;
  uint32_t begin_column_ = 0;
  Step end_ = 0;
};

}  // namespace factmill
