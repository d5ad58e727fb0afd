#include "ruleset/match_starts.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/bits.h"

namespace factmill {

int MatchStarts::Scratch::next(int from) const { return next_bit(any_, from); }

std::optional<std::span<const uint32_t>> MatchStarts::Scratch::places(int pattern, size_t from) {
  const auto number = static_cast<uint32_t>(pattern);
  if ((*everywhere_)[number / 64] >> (number % 64) & 1) return std::nullopt;
  found_.clear();
  for (size_t i = starts_.size(); i-- > 0;) {
    if (starts_[i].pattern == number && starts_[i].place >= from) found_.push_back(starts_[i].place);
  }
  return std::span<const uint32_t>(found_);
}

int MatchStarts::add(const Pattern& pattern, const Pattern* behind) {
  const uint32_t number = size_++;
  everywhere_.resize(number / 64 + 1);
  std::array<uint8_t, 256> prefix;
  bool known = pattern.prefix(prefix) > 0;  // else the quick matcher does not know it, or it matches the empty text
  if (known) {
    const std::optional<PatternTree> tree = PatternTree::parse(pattern.source());
    const std::optional<PatternTree> context = behind ? PatternTree::parse(behind->source()) : std::nullopt;
    known = automaton_.add(number, *tree, context ? &*context : nullptr, of_ == Of::words && !context);
  }
  if (!known) everywhere_[number / 64] |= uint64_t{1} << (number % 64);
  return static_cast<int>(number);
}

void MatchStarts::finish() { automaton_.finish(); }

void MatchStarts::find(std::string_view text, Scratch& scratch) const {
  scratch.everywhere_ = &everywhere_;
  scratch.any_ = everywhere_;
  scratch.starts_.clear();
  BackwardAutomaton::Reader& reader = scratch.reader_;
  reader.begin(automaton_);
  const auto note = [&](BackwardAutomaton::Step at, size_t place) {
    if (of_ == Of::words && place > 0 && is_alnum(text[place - 1]) && is_alnum(text[place])) return;
    for (uint32_t pattern : reader.matches(at)) {
      scratch.starts_.push_back({pattern, static_cast<uint32_t>(place)});
      scratch.any_[pattern / 64] |= uint64_t{1} << (pattern % 64);
    }
  };
  BackwardAutomaton::Step at = reader.end_of_text();
  for (size_t i = text.size(); i-- > 0;) {
    at = reader.before(at, text[i]);
    if (BackwardAutomaton::has_matches(at)) note(at, i);
  }
  at = reader.before_text(at);
  if (BackwardAutomaton::has_matches(at) && !text.empty()) note(at, 0);
}

}  // namespace factmill
