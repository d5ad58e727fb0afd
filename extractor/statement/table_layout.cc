#include "statement/table_layout.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kMaxCells = 24;
constexpr size_t kMaxLineCell = 48;  // bytes of a cell that is a line of its own
constexpr size_t kMaxMarkedLine = 160;
constexpr int kMaxValueLetters = 14;
constexpr size_t kMinMarkedRows = 3;
constexpr size_t kMaxLineTable = 2000;
constexpr size_t kMaxLabelWords = 4;

Span trimmed(std::string_view text, uint32_t begin, uint32_t end) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  return {begin, end};
}

// Cells between separators; `next` gives the separator at or behind an offset, or an empty span at the end.
template <typename Next>
void split(std::string_view text, Span line, Next next, std::vector<Span>& cells) {
  uint32_t at = line.begin;
  while (cells.size() < kMaxCells) {
    const Span mark = next(at);
    cells.push_back(trimmed(text, at, mark.begin));
    if (mark.empty()) return;
    at = mark.end;
  }
}

void split_bars(std::string_view text, Span line, std::vector<Span>& cells) {
  // The bars at both ends of "| a | b |" part nothing; HTML's empty first cell is "| b" with a bar alone in front.
  const bool framed = text[line.begin] == '|' && text[line.end - 1] == '|' && line.size() > 1;
  if (framed) line = {line.begin + 1, line.end - 1};
  split(text, line, [&](uint32_t at) {
    while (at < line.end && text[at] != '|') ++at;
    return Span{at, at < line.end ? at + 1 : at};
  }, cells);
}

void split_blanks(std::string_view text, Span line, std::vector<Span>& cells) {
  split(text, line, [&](uint32_t at) {
    for (; at < line.end; ++at) {
      uint32_t end = at;
      while (end < line.end && (text[end] == ' ' || text[end] == '\t')) ++end;
      if (text[at] == '\t' || end - at >= 2) return Span{at, end};
      at = std::max(at, end == at ? at : end - 1);
    }
    return Span{line.end, line.end};
  }, cells);
}

void split_marks(std::string_view text, Span line, std::string_view mark, std::vector<Span>& cells) {
  split(text, line, [&](uint32_t at) {
    const size_t found = text.substr(0, line.end).find(mark, at);
    if (found == std::string_view::npos) return Span{line.end, line.end};
    const auto begin = static_cast<uint32_t>(found);
    return Span{begin, begin + static_cast<uint32_t>(mark.size())};
  }, cells);
}

bool is_rule_line(std::string_view line) {
  return line.size() > 2 && line.find_first_not_of("|-+:= ") == std::string_view::npos && line.find('-') != std::string_view::npos;
}

bool is_word_alone(std::string_view cell) {
  constexpr size_t kLongest = 12;
  return cell.size() <= kLongest && std::all_of(cell.begin(), cell.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class TableFinder {
 public:
  TableFinder(const Document& document, std::vector<TableLayout>& tables)
      : text_(document.text), paragraphs_(document.paragraphs), tables_(tables) {}

  void run() {
    for (size_t i = 0; i < paragraphs_.size();) {
      const bool found = find_rows(i, TableLayout::Form::bars) || find_rows(i, TableLayout::Form::blanks) || find_marked(i) || find_words(i) || find_line(i) || find_lines(i) || find_items(i);
      i = found ? tables_.back().last + 1 : i + 1;
    }
  }

 private:
  std::string_view line(size_t i) const { return paragraphs_[i].span.of(text_); }
  bool searched(size_t i) const { return i < paragraphs_.size() && paragraphs_[i].zone != Zone::related && paragraphs_[i].zone != Zone::legal && paragraphs_[i].zone != Zone::prompt; }

  TableRow row_of(size_t i, TableLayout::Form form) const {
    TableRow row;
    row.span = paragraphs_[i].span;
    if (form == TableLayout::Form::bars) {
      if (line(i).find('|') != std::string_view::npos) split_bars(text_, row.span, row.cells);
    } else if (line(i).find('\t') != std::string_view::npos || line(i).find("  ") != std::string_view::npos) {
      split_blanks(text_, row.span, row.cells);
    }
    return row;
  }

  // Lines one after another that the same separator parts, at least two.
  bool find_rows(size_t begin, TableLayout::Form form) {
    TableLayout table;
    table.form = form;
    table.first = begin;
    size_t i = begin;
    for (; searched(i); ++i) {
      if (form == TableLayout::Form::bars && is_rule_line(line(i))) {
        table.has_rule = true;
        if (table.rows.size() == 1) table.header_rows = 1;
        continue;
      }
      TableRow row = row_of(i, form);
      if (row.cells.size() < 2) break;
      table.rows.push_back(std::move(row));
    }
    if (table.rows.size() < 2) return false;
    table.last = i - 1;
    tables_.push_back(std::move(table));
    return true;
  }

  // "BYD / 2,163,200 / 39.3%", "Tang - 530 km - 482 km": the same number of cells in every line.
  bool find_marked(size_t begin) {
    for (std::string_view mark : {" / ", " - ", " : ", "; ", ";"}) {
      TableLayout table;
      table.form = TableLayout::Form::marks;
      table.first = begin;
      size_t i = begin;
      for (; searched(i) && line(i).size() <= kMaxMarkedLine; ++i) {
        TableRow row{paragraphs_[i].span, {}};
        split_marks(text_, row.span, mark, row.cells);
        // Below a header the label may stand unparted before the first value: "BYD 2,163,200 / 5,500,000".
        const size_t header = table.rows.empty() ? row.cells.size() : table.rows.front().cells.size();
        if (row.cells.size() < 3 || (row.cells.size() != header && row.cells.size() + 1 != header)) break;
        table.rows.push_back(std::move(row));
      }
      if (table.rows.size() < kMinMarkedRows) continue;
      table.last = i - 1;
      tables_.push_back(std::move(table));
      return true;
    }
    return false;
  }

  // The values at the end of a line, of one word each, the last first; none where nothing stands before them.
  std::vector<Span> values_at_end(size_t i) const {
    std::vector<Span> values;
    const Span span = paragraphs_[i].span;
    if (span.size() > kMaxMarkedLine || line(i).find('|') != std::string_view::npos) return values;
    uint32_t end = span.end;
    while (end > span.begin) {
      uint32_t begin = end;
      while (begin > span.begin && text_[begin - 1] != ' ') --begin;
      const std::string_view word = text_.substr(begin, end - begin);
      if (!looks_like_value(word) || word[0] == '(' || word.back() == '.' || word.back() == ',') break;
      if (begin == span.begin) return {};
      if (text_[begin - 2] == ':') return {};  // an item of a list
      values.push_back({begin, end});
      end = begin - 1;
    }
    return values;
  }

  // "1 VW ID.7 3,120 6.4%" below "Rank Model Units Share": a line without values, then lines that end in at least two.
  bool find_words(size_t begin) {
    if (!searched(begin) || line(begin).size() > kMaxMarkedLine || looks_like_value(line(begin)) || line(begin).find(' ') == std::string_view::npos) return false;
    if (std::string_view(".:!?,").find(line(begin).back()) != std::string_view::npos) return false;
    std::vector<std::vector<Span>> values;
    size_t width = kMaxCells, i = begin + 1;
    for (; searched(i); ++i) {
      std::vector<Span> row = values_at_end(i);
      if (row.size() < 2) break;
      width = std::min(width, row.size());
      values.push_back(std::move(row));
    }
    if (values.size() < kMinMarkedRows) return false;
    TableLayout table;
    table.form = TableLayout::Form::words;
    table.first = begin;
    table.last = i - 1;
    table.header_rows = 1;
    table.rows.push_back({paragraphs_[begin].span, {paragraphs_[begin].span}});
    for (size_t r = 0; r < values.size(); ++r) {
      const Span span = paragraphs_[begin + 1 + r].span;
      TableRow row{span, {{span.begin, values[r][width - 1].begin - 1}}};
      for (size_t v = width; v-- > 0;) row.cells.push_back(values[r][v]);
      table.rows.push_back(std::move(row));
    }
    tables_.push_back(std::move(table));
    return true;
  }

  // "Brand May Change BYD 67,980 +3% XPeng 9,120 +8%": read from the end, the same number of values behind each label; before it
  // there may be a place, "1 BYD 67,980 +3% 2 XPeng 9,120 +8%".
  bool find_line(size_t i) {
    const std::string_view all = line(i);
    if (!searched(i) || all.size() > kMaxLineTable || !looks_like_value(all.substr(all.rfind(' ') + 1)) || all.find('|') != std::string_view::npos) return false;
    std::vector<Span> words;
    split_words(text_, paragraphs_[i].span, words);
    const auto is_value = [&](size_t w) {
      const std::string_view word = words[w].of(text_);
      return looks_like_value(word) && word[0] != '(' && word.back() != '.' && word.back() != ',';
    };
    const auto is_name = [&](size_t w) { return !is_value(w) && std::string_view(".:!?,;").find(text_[words[w].end - 1]) == std::string_view::npos; };
    const auto is_place = [&](size_t w) { return words[w].size() <= 2 && std::ranges::all_of(words[w].of(text_), is_digit); };
    TableLayout table;
    table.first = table.last = i;
    table.header_rows = 1;
    size_t width = 0, end = words.size(), places = 0;
    const auto put_place = [&](size_t w) { ++places, table.rows.back().span.begin = table.rows.back().cells[0].begin = words[w].begin; };
    while (end > 0 && table.rows.size() < kMaxCells) {
      size_t first = end;
      while (first > 0 && is_value(first - 1)) --first;
      if (width == 0) width = end - first;
      const bool place = !table.rows.empty() && end - first == width + 1 && is_place(end - 1);
      if (end - first != width + static_cast<size_t>(place) || width < 2) break;
      if (place) put_place(--end);
      size_t label = first;
      while (label > 0 && first - label < kMaxLabelWords && is_name(label - 1)) --label;
      if (label == first) return false;
      TableRow row{{words[label].begin, words[end - 1].end}, {{words[label].begin, words[first - 1].end}}, {}};
      row.cells.insert(row.cells.end(), words.begin() + static_cast<ptrdiff_t>(first), words.begin() + static_cast<ptrdiff_t>(end));
      table.rows.push_back(std::move(row));
      end = label;
      if (end > 0 && !is_value(end - 1)) break;  // more words than a label has: the header
    }
    if (table.rows.size() < 2) return false;
    const bool ranked = end > 1 && places + 1 == table.rows.size() && is_place(end - 1);
    if (!ranked && places > 0) return false;
    if (ranked) put_place(end - 1);
    table.form = ranked ? TableLayout::Form::words : TableLayout::Form::line;
    const Span header{words[0].begin, ranked ? words[end - 2].end : table.rows.back().cells[0].end};
    table.rows.push_back({header, {header}, {}});
    std::ranges::reverse(table.rows);
    tables_.push_back(std::move(table));
    return true;
  }

  bool is_line_cell(size_t i) const {
    if (!searched(i) && !(i < paragraphs_.size() && paragraphs_[i].zone == Zone::related)) return false;
    const std::string_view cell = line(i);
    return cell.size() <= kMaxLineCell && cell.back() != '.' && cell.back() != ':' && cell.back() != '!' && cell.back() != '?';
  }

  // How many rows of one label and `values` values stand from here on; with `ranked` a number before each label.
  size_t count_rows(size_t begin, size_t values, bool ranked) const {
    const size_t width = 1 + values + ranked;
    size_t rows = 0;
    for (size_t at = begin;; at += width, ++rows) {
      for (size_t k = 0; k < width; ++k) {
        const bool value = k > static_cast<size_t>(ranked) || (ranked && k == 0);
        if (!is_line_cell(at + k)) return rows;
        const bool word = k > static_cast<size_t>(ranked) + 1 && is_word_alone(line(at + k));  // "unchanged", "new"
        if (looks_like_value(line(at + k)) != value && !word) return rows;
        if (ranked && k == 0 && (line(at + k).size() > 3 || line(at + k).find_first_not_of("0123456789.") != std::string_view::npos)) return rows;
      }
    }
  }

  // Without a header, a line for each cell: "1", "Tesla Model Y", "2,191", "2", ... or "BYD", "67,980", "Tesla", ...
  bool find_items(size_t begin) {
    constexpr size_t kMostValues = 4;
    if (!is_line_cell(begin)) return false;
    const bool ranked = line(begin) == "1" || line(begin) == "1.";
    if (!ranked && looks_like_value(line(begin))) return false;
    for (size_t values = kMostValues; values > 0; --values) {
      const size_t width = values + 1 + static_cast<size_t>(ranked), rows = count_rows(begin, values, ranked);
      if (rows < kMinMarkedRows) continue;
      TableLayout table;
      table.form = TableLayout::Form::items;
      table.first = begin;
      add_rows(table, begin, rows, width, ranked);
      for (size_t r = 0; ranked && r < rows; ++r) {
        const Span rank = paragraphs_[begin + r * width].span;
        table.rows[r].rank = {rank.begin, rank.end - static_cast<uint32_t>(text_[rank.end - 1] == '.')};
      }
      tables_.push_back(std::move(table));
      return true;
    }
    return false;
  }

  // A cell a line. The header has as many cells as a row and stands before the first row.
  bool find_lines(size_t begin) {
    if (!is_line_cell(begin) || looks_like_value(line(begin))) return false;
    size_t width = 1;
    for (; width <= kMaxCells && is_line_cell(begin + width); ++width) {
      if (begin + width + 1 < paragraphs_.size() && !looks_like_value(line(begin + width)) && try_lines(begin, width, false)) return true;
      if (try_lines(begin, width, true)) return true;
    }
    return false;
  }

  // The header is [begin, begin + width), the first row the next `width` lines.
  bool try_lines(size_t begin, size_t width, bool ranked) {
    const size_t labels = 1 + static_cast<size_t>(ranked);
    if (width <= labels) return false;
    const size_t first = begin + width;
    if (looks_like_value(line(begin + static_cast<size_t>(ranked)))) return false;
    const size_t rows = count_rows(first, width - labels, ranked);
    if (rows < 2) return false;
    TableLayout table;
    table.form = TableLayout::Form::lines;
    table.first = begin;
    table.header_rows = 1;
    add_rows(table, begin, rows + 1, width, ranked);
    // A line alone above more rows of the same width is the heading of a section.
    for (size_t at = table.last + 1; is_line_cell(at) && !looks_like_value(line(at)); at = table.last + 1) {
      const size_t more = count_rows(at + 1, width - labels, ranked);
      if (more < 2) break;
      table.rows.push_back({paragraphs_[at].span, {paragraphs_[at].span}});
      add_rows(table, at + 1, more, width, ranked);
    }
    tables_.push_back(std::move(table));
    return true;
  }

  void add_rows(TableLayout& table, size_t begin, size_t rows, size_t width, bool ranked) const {
    table.last = begin + rows * width - 1;
    for (size_t at = begin; at <= table.last; at += width) {
      TableRow row;
      row.span = cover(paragraphs_[at].span, paragraphs_[at + width - 1].span);
      for (size_t k = static_cast<size_t>(ranked); k < width; ++k) row.cells.push_back(paragraphs_[at + k].span);
      table.rows.push_back(std::move(row));
    }
  }

  std::string_view text_;
  const std::vector<Paragraph>& paragraphs_;
  std::vector<TableLayout>& tables_;
};

}  // namespace

void split_words(std::string_view text, Span line, std::vector<Span>& words) {
  for (uint32_t at = line.begin; at < line.end;) {
    uint32_t end = at;
    while (end < line.end && text[end] != ' ') ++end;
    if (end > at) words.push_back({at, end});
    at = end + 1;
  }
}

bool looks_like_value(std::string_view cell) {
  if (cell.empty()) return false;
  size_t at = 0;
  while (at < cell.size() && !is_digit(cell[at]) && (!is_letter(cell[at]) || at < 4) && at < 6) ++at;
  const bool has_digit = at < cell.size() && is_digit(cell[at]);
  if (!has_digit) return cell.size() <= 3 && !is_letter(cell[0]);
  // "W10" and "S07" are names; a currency before the number is followed by a blank or a sign, or is long.
  if (at > 0 && is_letter(cell[at - 1]) && at < 3) return false;
  const auto letters = std::count_if(cell.begin(), cell.end(), is_letter);
  return letters <= kMaxValueLetters;
}

void find_tables(const Document& document, std::vector<TableLayout>& tables) {
  tables.clear();
  TableFinder(document, tables).run();
}

}  // namespace factmill
