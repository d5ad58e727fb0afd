#include "base/diagnostics.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"

namespace factmill {
namespace {

constexpr int kExcerptWidth = 110;   // characters of a long line that are shown
constexpr size_t kLongestName = 64;  // beyond that nothing is a slip of the pen, and the table would be large

// Byte offset of the character with this 0-based number, or the end.
size_t offset_of(std::string_view text, int character) {
  size_t offset = 0;
  while (offset < text.size() && character > 0) {
    ++offset;
    while (offset < text.size() && is_utf8_tail(text[offset])) ++offset;
    --character;
  }
  return offset;
}

// The part of a line that is shown, and the column within it.
struct Excerpt {
  std::string text;
  int column = 0;
};

Excerpt excerpt(std::string_view line, int column) {
  const int skipped = column > kExcerptWidth ? column - kExcerptWidth / 2 : 0;
  line.remove_prefix(offset_of(line, skipped));
  Excerpt result{std::string(line.substr(0, offset_of(line, kExcerptWidth))), column - skipped};
  for (char& c : result.text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t') c = ' ';  // nothing that a terminal would obey
  }
  return result;
}

// Blanks up to the column; a tab stays one, so that the caret stands below its character.
std::string padding(const Excerpt& excerpt) {
  std::string result;
  for (char c : std::string_view(excerpt.text).substr(0, offset_of(excerpt.text, excerpt.column - 1))) {
    if (!is_utf8_tail(c)) result += c == '\t' ? '\t' : ' ';
  }
  return result;
}

void append_source(const Diagnostic& diagnostic, std::string& out) {
  const Excerpt shown = excerpt(diagnostic.source_line, diagnostic.place.column);
  char gutter[32];
  std::snprintf(gutter, sizeof gutter, "%5d | ", diagnostic.place.line);
  out += gutter + shown.text + '\n';
  if (diagnostic.place.column > 0) out += "      | " + padding(shown) + "^\n";
}

void append_diagnostic(const Diagnostic& diagnostic, std::string& out) {
  const Place& place = diagnostic.place;
  out += place.file;
  if (place.line > 0) out += ':' + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) out += ':' + std::to_string(place.column);
  out += diagnostic.severity == Severity::error ? ": error: " : ": warning: ";
  out += diagnostic.message + '\n';
  if (place.line > 0 && !diagnostic.source_line.empty()) append_source(diagnostic, out);
}

// Insertions, deletions, replacements and swaps of neighbours, case aside; `limit` + 1 stands for anything above it.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace

void Diagnostics::error(Place place, std::string message, std::string source_line) {
  all_.push_back({Severity::error, std::move(place), std::move(message), std::move(source_line)});
  ++errors_;
}

void Diagnostics::warning(Place place, std::string message, std::string source_line) {
  all_.push_back({Severity::warning, std::move(place), std::move(message), std::move(source_line)});
}

void Diagnostics::append(const Diagnostics& others) {
  all_.insert(all_.end(), others.all_.begin(), others.all_.end());
  errors_ += others.errors_;
}

std::string Diagnostics::render() const {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : all_) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->place.file, a->place.line, a->place.column) <
           std::tie(b->place.file, b->place.line, b->place.column);
  });
  std::string out;
  for (const Diagnostic* diagnostic : sorted) append_diagnostic(*diagnostic, out);
  return out;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.size() > kLongestName) return {};
  size_t limit = name.size() / 3;  // one slip in three letters
  std::string_view nearest;
  for (std::string_view candidate : candidates) {
    const size_t distance = edit_distance(name, candidate, limit);
    if (distance > limit) continue;
    nearest = candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return nearest;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest_name(name, candidates);
  return near.empty() ? std::string() : " (did you mean '" + std::string(near) + "'?)";
}

}  // namespace factmill
