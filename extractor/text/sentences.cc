#include "text/sentences.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "base/ascii.h"

namespace factmill {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
bool is_terminator(char c) { return c == '.' || c == '!' || c == '?'; }
bool is_close(char c) { return c == '"' || c == '\'' || c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}'; }
bool goes_on(char c) { return c == ',' || c == '-' || c == ':' || is_terminator(c); }  // SContinue, SATerm
bool is_bracket(char c) { return c == '(' || c == ')' || c == '[' || c == ']'; }
bool is_opening(char c) { return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{'; }

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

// The first byte at or behind `at` that `is` holds for.
template <class Predicate>
size_t find_byte(std::string_view text, size_t at, Predicate is) {
  while (at < text.size() && !is(text[at])) ++at;
  return at;
}

// Sorted words, looked up without a copy.
class WordSet {
 public:
  explicit WordSet(std::vector<std::string> words) : words_(std::move(words)) { std::sort(words_.begin(), words_.end()); }
  bool contains(std::string_view word) const {
    return std::binary_search(words_.begin(), words_.end(), word, [](std::string_view a, std::string_view b) { return a < b; });
  }

 private:
  std::vector<std::string> words_;
};

// SB8: behind a full stop a lower-case letter goes on, whatever but letters and terminators stands before it.
bool lower_follows(std::string_view line, size_t at) {
  while (at < line.size() && !is_letter(line[at]) && !is_terminator(line[at])) ++at;
  return at < line.size() && is_lower(line[at]);
}

// The word that ends at `end`, with its full stop, without brackets and quotes before it.
std::string_view word_before(std::string_view line, size_t end) {
  size_t begin = end;
  while (begin > 0 && !is_blank(line[begin - 1])) --begin;
  while (begin < end && is_opening(line[begin])) ++begin;
  return line.substr(begin, end - begin);
}

std::string_view word_after(std::string_view line, size_t begin) {
  while (begin < line.size() && (is_opening(line[begin]) || is_blank(line[begin]))) ++begin;
  size_t end = begin;
  while (end < line.size() && (is_letter(line[end]) || line[end] == '\'')) ++end;
  return line.substr(begin, end - begin);
}

bool is_year(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit) && (text.starts_with("19") || text.starts_with("20"));
}

// Whether a sentence may end with this word (full stop included) before one that begins with a number. "RMB 31. 68
// billion" is a number with a blank in it.
bool ends_before_number(std::string_view word) {
  word.remove_suffix(1);
  if (word.empty()) return false;
  const char last = word.back();
  if (last == '%' || last == ')') return true;
  if (is_digit(last)) return is_year(word);
  return word.size() >= 3 && is_lower(last);
}

// "The top three: 1. Tesla (2,191), 2. Toyota (1,012)": the number of an item in running text ends no sentence.
bool is_item_number(std::string_view line, size_t at) {
  size_t end = at;
  while (end > 0 && is_blank(line[end - 1])) --end;
  if (end < 2 || line[end - 1] != '.') return false;
  size_t begin = end - 1;
  while (begin > 0 && is_digit(line[begin - 1])) --begin;
  if (begin == end - 1 || end - 1 - begin > 2 || begin < 2 || line[begin - 1] != ' ') return false;
  const char before = line[begin - 2];
  return before == ',' || before == ':' || before == ';';
}

// "We sold 5 cars!" he said. UAX 29 joins that for a full stop only.
bool quote_goes_on(std::string_view line, size_t at) {
  size_t end = at;
  while (end > 0 && is_blank(line[end - 1])) --end;
  return end > 0 && (line[end - 1] == '"' || line[end - 1] == '\'') && at < line.size() && is_lower(line[at]);
}

}  // namespace

struct SentenceSplitter::Impl {
  explicit Impl(const SentenceRules& rules)
      : never_end(rules.never_end), may_end(rules.may_end), starters(rules.starters), initial_after(rules.initial_after),
        max_bytes(rules.max_bytes) {
    UErrorCode status = U_ZERO_ERROR;
    iterator = ubrk_open(UBRK_SENTENCE, "", nullptr, 0, &status);
    if (U_FAILURE(status)) iterator = nullptr;
  }
  ~Impl() {
    if (iterator != nullptr) ubrk_close(iterator);
    utext_close(&utext);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void find_breaks(std::string_view line);
  void add_breaks_before_numbers(std::string_view line);
  void find_brackets(std::string_view line);
  bool is_abbreviation(std::string_view line, size_t at) const;

  WordSet never_end, may_end, starters, initial_after;
  uint32_t max_bytes;
  UBreakIterator* iterator = nullptr;
  UText utext = UTEXT_INITIALIZER;
  // Scratch.
  std::vector<uint32_t> breaks;
  std::vector<uint32_t> open;
  std::vector<Span> brackets;
};

SentenceSplitter::SentenceSplitter(const SentenceRules& rules) : impl_(std::make_unique<Impl>(rules)) {}
SentenceSplitter::~SentenceSplitter() = default;
SentenceSplitter::SentenceSplitter(SentenceSplitter&&) noexcept = default;
SentenceSplitter& SentenceSplitter::operator=(SentenceSplitter&&) noexcept = default;

// UAX 29 for ASCII (SB1..SB998); numbers of its rules behind the lines.
void SentenceSplitter::breaks_of_ascii(std::string_view line, std::vector<uint32_t>& breaks) {
  size_t at = 0;
  while (at < line.size()) {
    const size_t terminator = find_byte(line, at, is_terminator);
    if (terminator == line.size()) break;
    const bool full_stop = line[terminator] == '.';
    size_t next = terminator + 1;
    while (next < line.size() && is_close(line[next])) ++next;  // SB9
    while (next < line.size() && is_blank(line[next])) ++next;  // SB10
    at = next;
    if (next == line.size()) break;
    const char c = line[next];
    if (goes_on(c)) continue;  // SB8a
    if (full_stop) {
      const bool adjacent = next == terminator + 1;
      if (adjacent && is_digit(c)) continue;                                                          // SB6
      if (adjacent && is_upper(c) && terminator > 0 && is_letter(line[terminator - 1])) continue;  // SB7
      if (lower_follows(line, next)) continue;                                                        // SB8
    }
    breaks.push_back(static_cast<uint32_t>(next));  // SB11
  }
  if (!line.empty()) breaks.push_back(static_cast<uint32_t>(line.size()));
}

void SentenceSplitter::breaks_by_icu(std::string_view line, std::vector<uint32_t>& breaks) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&impl_->utext, line.data(), static_cast<int64_t>(line.size()), &status);
  if (impl_->iterator != nullptr) ubrk_setUText(impl_->iterator, &impl_->utext, &status);
  if (impl_->iterator == nullptr || U_FAILURE(status)) {
    breaks.push_back(static_cast<uint32_t>(line.size()));
    return;
  }
  ubrk_first(impl_->iterator);
  for (int32_t at = ubrk_next(impl_->iterator); at != UBRK_DONE; at = ubrk_next(impl_->iterator)) {
    breaks.push_back(static_cast<uint32_t>(at));
  }
}

// SB8 joins "... in 2024. 27,307 units were ...", since the next letter is a small one.
void SentenceSplitter::Impl::add_breaks_before_numbers(std::string_view line) {
  const size_t known = breaks.size();
  for (size_t at = line.find(". "); at != std::string_view::npos; at = line.find(". ", at + 1)) {
    size_t next = at + 1;
    while (next < line.size() && is_blank(line[next])) ++next;
    if (next == line.size() || !is_digit(line[next])) continue;
    if (ends_before_number(word_before(line, at + 1))) breaks.push_back(static_cast<uint32_t>(next));
  }
  if (breaks.size() == known) return;
  std::sort(breaks.begin(), breaks.end());
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
}

// Closed brackets that are short enough to hold a sentence together, by their begin.
void SentenceSplitter::Impl::find_brackets(std::string_view line) {
  brackets.clear();
  open.clear();
  for (size_t at = find_byte(line, 0, is_bracket); at < line.size(); at = find_byte(line, at + 1, is_bracket)) {
    if (line[at] == '(' || line[at] == '[') {
      open.push_back(static_cast<uint32_t>(at));
    } else if (!open.empty()) {
      const Span bracket{open.back(), static_cast<uint32_t>(at) + 1};
      open.pop_back();
      if (bracket.size() <= max_bytes) brackets.push_back(bracket);
    }
  }
  std::sort(brackets.begin(), brackets.end(), [](Span a, Span b) { return a.begin < b.begin; });
}

// Whether the full stop before the break at `at` belongs to an abbreviation that does not end a sentence here.
bool SentenceSplitter::Impl::is_abbreviation(std::string_view line, size_t at) const {
  size_t end = at;
  while (end > 0 && is_blank(line[end - 1])) --end;
  if (end == 0 || line[end - 1] != '.') return false;
  const std::string_view word = word_before(line, end);
  if (never_end.contains(word)) return true;
  const bool initial = word.size() == 2 && is_upper(word[0]);
  if (!initial && !may_end.contains(word)) return false;
  if (starters.contains(word_after(line, at))) return false;
  if (!initial) return true;
  size_t before = end - word.size();
  while (before > 0 && is_blank(line[before - 1])) --before;
  return !initial_after.contains(word_before(line, before));
}

void SentenceSplitter::Impl::find_breaks(std::string_view line) {
  add_breaks_before_numbers(line);
  find_brackets(line);
  uint32_t held_until = 0;
  size_t bracket = 0;
  size_t kept = 0;
  for (uint32_t at : breaks) {
    for (; bracket < brackets.size() && brackets[bracket].begin < at; ++bracket) {
      held_until = std::max(held_until, brackets[bracket].end);
    }
    const bool last = at == line.size();
    if (last || (at >= held_until && !is_abbreviation(line, at) && !is_item_number(line, at) && !quote_goes_on(line, at))) breaks[kept++] = at;
  }
  breaks.resize(kept);
}

void SentenceSplitter::split(std::string_view text, Span paragraph, std::vector<Span>& sentences) {
  const std::string_view line = paragraph.of(text);
  impl_->breaks.clear();
  if (is_ascii(line)) {
    breaks_of_ascii(line, impl_->breaks);
  } else {
    breaks_by_icu(line, impl_->breaks);
  }
  impl_->find_breaks(line);
  uint32_t begin = 0;
  for (uint32_t at : impl_->breaks) {
    uint32_t end = at;
    while (begin < end && is_blank(line[begin])) ++begin;
    while (begin < end && is_blank(line[end - 1])) --end;
    if (begin < end) sentences.push_back({paragraph.begin + begin, paragraph.begin + end});
    begin = at;
  }
}

}  // namespace factmill
