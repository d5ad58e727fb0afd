// One row of CSV (RFC 4180, with any delimiter): where it ends, and its cells.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

// Finds the end of a row in bytes that come in pieces.
class CsvRowScanner {
 public:
  explicit CsvRowScanner(char delimiter) : delimiter_(delimiter) {}
  // The bytes of `piece` up to and with the line break that ends the row; all of them if it goes on (`ended` is false).
  size_t scan(std::string_view piece, bool& ended);
  bool in_quotes() const { return state_ == State::quoted; }
  void reset() { state_ = State::cell_begin; }

 private:
  enum class State { cell_begin, plain, quoted, behind_quote };
  char delimiter_;
  State state_ = State::cell_begin;
};

struct CsvProblem {
  size_t at;  // byte of the row
  std::string_view code;
  std::string_view message;
};

// The cells of a row without its line break, quotes undone. The cells of the call before are overwritten: memory is
// kept from row to row. `size` is how many there are.
struct CsvCells {
  std::vector<std::string> cells;
  size_t size = 0;
  std::string& add() {
    if (size == cells.size()) cells.emplace_back();
    cells[size].clear();
    return cells[size++];
  }
};
std::optional<CsvProblem> split_csv_row(std::string_view row, char delimiter, CsvCells& cells);

}  // namespace factmill
