#include "ruleset/topic.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace factmill {

Result<Topic> Topic::compile(const std::string& pattern, Options options) {
  Topic topic;
  topic.options_ = options;
  // Of other characters the tree knows only bytes.
  const bool is_ascii = std::all_of(pattern.begin(), pattern.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  Result<Pattern> compiled = Pattern::compile(pattern, {.bytes = is_ascii, .ignore_case = true, .quick = options.quick});
  if (!compiled) return compiled.error();
  topic.pattern_ = *compiled;
  if (!is_ascii || !options.quick) return topic;
  if (const std::optional<PatternTree> tree = PatternTree::parse(pattern)) topic.scan_ = WordScan::compile(*tree);
  return topic;
}

size_t Topic::count(std::string_view text, size_t most) const {
  std::array<Span, 1> match;
  size_t found = 0;
  if (scan_) {
    thread_local std::vector<uint32_t> places;
    places.clear();
    scan_->find(text, places);
    std::span<const uint32_t> left = places;
    for (; found < most && pattern_.find_among(text, left, match); ++found) {
      const auto behind = std::lower_bound(left.begin(), left.end(), match[0].end);
      left = left.subspan(static_cast<size_t>(behind - left.begin()));
    }
    return found;
  }
  for (size_t from = 0; found < most && pattern_.find_at_word(text, from, match); ++found) {
    from = std::max<size_t>(match[0].end, from + 1);
  }
  return found;
}

bool Topic::may_be_in(std::string_view text, std::string_view title) const {
  if (!scan_ || text.size() < options_.min_bytes) return true;
  const size_t found = scan_->count(text, options_.times);
  return found >= options_.times || found + scan_->count(title, options_.times - found) >= options_.times;
}

}  // namespace factmill
