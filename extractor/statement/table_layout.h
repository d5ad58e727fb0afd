// Where a document holds tables, by their form alone: rows of cells, in whatever way the text parts them.
//
//   Brand | May | Change        bars (also HTML's tables: text/page.cc writes them so)
//   Brand<tab>May               tabs, or runs of blanks
//   BYD / 67,980 / +3%          the same mark between blanks, in several lines one after another
//   Brand                       lines: a cell each, the header first, rows of equal length
//   May
//   BYD
//   67,980
//   1                           items: the same without a header, with or without places
//   Tesla Model Y
//   2,191
//   Rank Model Units Share      words: lines that end in as many values each; the header is one cell, which the
//   1 VW ID.7 3,120 6.4%        reader of the table parts
//   Brand May Change BYD 67,980 +3% XPeng 9,120 +8%    line: the same, all in one; what stands before the first values is
//                               header and first label, which the reader parts
//
// Words are not looked at, only the shape of cells. Linear in the text.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "text/document.h"

namespace factmill {

struct TableRow {
  Span span;
  std::vector<Span> cells;  // in the document's text, without blanks around them; an empty cell is an empty span
  Span rank;                // of an item of a numbered list
};

struct TableLayout {
  enum class Form : uint8_t { bars, blanks, marks, lines, items, words, line } form = Form::bars;
  size_t first = 0, last = 0;  // paragraphs
  std::vector<TableRow> rows;
  bool has_rule = false;  // a line of dashes closed the header
  uint32_t header_rows = 0;  // known so by the form
  // The header is one cell, which the reader parts.
  bool has_whole_header() const { return form == Form::words || form == Form::line; }
};

// Tables in order, not overlapping.
void find_tables(const Document& document, std::vector<TableLayout>& tables);

// What blanks part.
void split_words(std::string_view text, Span line, std::vector<Span>& words);

// "35,990", "+8.9%", "RMB 6.4 bn", "-": begins with a digit, sign or currency and holds few letters.
bool looks_like_value(std::string_view cell);

}  // namespace factmill
