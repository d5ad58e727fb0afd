#include "text/unwrap.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace factmill {
namespace {

// Widths that texts are wrapped at, in characters.
constexpr size_t kLeastWidth = 50;
constexpr size_t kMostWidth = 110;
constexpr size_t kLeastBreaks = 2;  // one line that happens to be full says nothing
constexpr std::string_view kColumnGap = "   ";

size_t characters(std::string_view line) {
  return static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool ends_sentence(std::string_view line) {
  const size_t last = line.find_last_not_of("\"')]");
  return last != std::string_view::npos && std::string_view(".!?:").find(line[last]) != std::string_view::npos;
}

// Lines without a blank one between them.
struct Block {
  std::vector<std::string_view> lines;

  // The longest line, in characters.
  size_t width() const {
    size_t widest = 0;
    for (std::string_view line : lines) widest = std::max(widest, characters(line));
    return widest;
  }
  // A table set with blanks or marks.
  bool has_columns() const {
    return std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
      return line.find(kColumnGap) != std::string_view::npos || line.find_first_of("|\t") != std::string_view::npos;
    });
  }
  bool wrapped(size_t i, size_t width) const {
    const std::string_view next = lines[i + 1];
    return characters(lines[i]) + 1 + characters(next.substr(0, next.find(' '))) > width;
  }
};

// Joins the block's lines if every break was made by wrapping or stands at the end of a sentence, as that of a paragraph.
void join(const Block& block, std::string& text) {
  if (block.lines.size() <= kLeastBreaks) return;
  const size_t width = block.width();
  if (width < kLeastWidth || width > kMostWidth || block.has_columns()) return;
  std::vector<size_t> breaks;
  size_t within = 0;  // breaks within a sentence
  for (size_t i = 0; i + 1 < block.lines.size(); ++i) {
    if (block.wrapped(i, width)) {
      within += !ends_sentence(block.lines[i]);
      breaks.push_back(static_cast<size_t>(block.lines[i].data() + block.lines[i].size() - text.data()));
    } else if (!ends_sentence(block.lines[i])) {
      return;
    }
  }
  if (breaks.size() < kLeastBreaks || breaks.size() * 2 < block.lines.size() - 1 || within * 2 < breaks.size()) return;
  for (size_t at : breaks) text[at] = ' ';
}

}  // namespace

void unwrap(std::string& text) {
  Block block;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (line.find_first_not_of(" \t") == std::string_view::npos || end == text.size()) {
      if (!line.empty() && end == text.size()) block.lines.push_back(line);
      join(block, text);
      block.lines.clear();
    } else {
      block.lines.push_back(line);
    }
    begin = end + 1;
  }
}

}  // namespace factmill
