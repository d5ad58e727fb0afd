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
  size_t width = 0;
  bool has_columns = false;  // a table set with blanks

  void add(std::string_view line) {
    lines.push_back(line);
    has_columns |= line.find(kColumnGap) != std::string_view::npos || line.find_first_of("|\t") != std::string_view::npos;
    width = std::max(width, characters(line));
  }
  bool wrapped(size_t i) const {
    const std::string_view next = lines[i + 1];
    return characters(lines[i]) + 1 + characters(next.substr(0, next.find(' '))) > width;
  }
};

// Joins the block's lines if every break was made by wrapping or stands at the end of a sentence, as that of a paragraph.
void join(const Block& block, std::string& text) {
  if (block.has_columns || block.width < kLeastWidth || block.width > kMostWidth) return;
  std::vector<size_t> breaks;
  for (size_t i = 0; i + 1 < block.lines.size(); ++i) {
    if (block.wrapped(i)) {
      breaks.push_back(static_cast<size_t>(block.lines[i].data() + block.lines[i].size() - text.data()));
    } else if (!ends_sentence(block.lines[i])) {
      return;
    }
  }
  if (breaks.size() < kLeastBreaks || breaks.size() * 2 < block.lines.size() - 1) return;
  for (size_t at : breaks) text[at] = ' ';
}

}  // namespace

void unwrap(std::string& text) {
  Block block;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (line.find_first_not_of(" \t") == std::string_view::npos || end == text.size()) {
      if (!line.empty() && end == text.size()) block.add(line);
      join(block, text);
      block = Block();
    } else {
      block.add(line);
    }
    begin = end + 1;
  }
}

}  // namespace factmill
