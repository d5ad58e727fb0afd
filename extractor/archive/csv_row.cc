#include "archive/csv_row.h"

#include <cstring>

namespace factmill {

size_t CsvRowScanner::scan(std::string_view piece, bool& ended) {
  ended = false;
  for (size_t at = 0; at < piece.size(); ++at) {
    if (state_ == State::quoted) {
      const void* quote = std::memchr(piece.data() + at, '"', piece.size() - at);
      if (quote == nullptr) return piece.size();
      at = static_cast<size_t>(static_cast<const char*>(quote) - piece.data());
      state_ = State::behind_quote;
      continue;
    }
    const char c = piece[at];
    if (c == '"' && state_ != State::plain) {
      state_ = State::quoted;  // a cell's first, or the second of a doubled one
    } else if (c == '\n') {
      ended = true;
      state_ = State::cell_begin;
      return at + 1;
    } else {
      state_ = c == delimiter_ ? State::cell_begin : State::plain;
    }
  }
  return piece.size();
}

std::optional<CsvProblem> split_csv_row(std::string_view row, char delimiter, CsvCells& cells) {
  cells.size = 0;
  size_t at = 0;
  while (true) {
    std::string& cell = cells.add();
    if (at < row.size() && row[at] == '"') {
      const size_t open = at++;
      while (true) {
        const size_t quote = row.find('"', at);
        if (quote == std::string_view::npos) return CsvProblem{open, "unclosed-quote", "a quote is opened and not closed"};
        cell.append(row, at, quote - at);
        at = quote + 1;
        if (at == row.size() || row[at] != '"') break;
        cell += '"';
        ++at;
      }
      if (at < row.size() && row[at] != delimiter) return CsvProblem{at, "bad-quotes", "text follows a closing quote (a quote within quotes is doubled)"};
    } else {
      const size_t end = std::min(row.find(delimiter, at), row.size());
      cell.append(row, at, end - at);
      at = end;
    }
    if (at == row.size()) return std::nullopt;
    ++at;
  }
}

}  // namespace factmill
