#include "statement/table_layout.h"

#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

// "FORM first-last: cell|cell; cell|cell", a table a line.
std::string tables_of(const std::string& text) {
  const Document document = make_test_document(small_pack().get(), text);
  std::vector<TableLayout> tables;
  find_tables(document, tables);
  const char* forms[] = {"bars", "blanks", "marks", "lines", "items", "words", "line"};
  std::string out;
  for (const TableLayout& table : tables) {
    out += std::string(out.empty() ? "" : "\n") + forms[static_cast<size_t>(table.form)];
    for (const TableRow& row : table.rows) {
      out += "; ";
      for (size_t c = 0; c < row.cells.size(); ++c) out += (c > 0 ? "|" : "") + std::string(row.cells[c].of(document.text));
    }
  }
  return out;
}

TEST_CASE("tables: every form of rows") {
  CHECK(tables_of("Brand | May\nBYD | 67,980") == "bars; Brand|May; BYD|67,980");
  CHECK(tables_of("| Brand | May |\n|---|---|\n| BYD | 67,980 |") == "bars; Brand|May; BYD|67,980");
  CHECK(tables_of("Brand   May\nBYD\t67,980") == "blanks; Brand|May; BYD|67,980");
  CHECK(tables_of("Name / H1 / Target\nBYD / 1,200 / 2,400\nNIO / 100 / 200") == "marks; Name|H1|Target; BYD|1,200|2,400; NIO|100|200");
  CHECK(tables_of("Brand\nMay\nY/Y\nBYD\n67,980\n+3%\nNIO\n6,150\n-12%") == "lines; Brand|May|Y/Y; BYD|67,980|+3%; NIO|6,150|-12%");
}

TEST_CASE("tables: all rows in one line, with places or without") {
  CHECK(tables_of("Brand May Change BYD 67,980 +3% Li Auto 9,120 +8%") == "line; Brand May Change BYD; Brand May Change BYD|67,980|+3%; Li Auto|9,120|+8%");
  CHECK(tables_of("Brand May Change BYD 67,980 +3% Great Wall Motor Co 9,120 +8%") == "line; Brand May Change BYD; Brand May Change BYD|67,980|+3%; Great Wall Motor Co|9,120|+8%");
  CHECK(tables_of("Rank Brand May Change 1 BYD 67,980 +3% 2 NIO 9,120 +8%") == "words; Rank Brand May Change; 1 BYD|67,980|+3%; 2 NIO|9,120|+8%");
  CHECK(tables_of("Brand May BYD 67,980 NIO 9,120") == "");                             // one value each is a sentence as well
  CHECK(tables_of("Brand May Change BYD 67,980 +3% NIO 9,120 +8% in all") == "");
  CHECK(tables_of("Brand May Change BYD 67,980 +3%. NIO 9,120 +8%") == "");
  CHECK(tables_of("Brand May Change BYD 67,980 NIO 9,120 +8%") == "");
}

TEST_CASE("tables: prose is none, nor is a row alone") {
  CHECK(tables_of("BYD sold 67,980 cars in May. NIO sold 6,150.\nThat is all.") == "");
  CHECK(tables_of("News | Reviews | Shop\nBYD sold 67,980 cars in May.") == "");
  CHECK(tables_of("Brand\nMay\nBYD\n67,980\nand so on") == "");
}

TEST_CASE("tables: what looks like a value") {
  for (const char* cell : {"35,990", "+8.9%", "-2.1", "RMB 6.4 bn", "$1,337", "(2,450)", "~500 km", "-"}) {
    CAPTURE(cell);
    CHECK(looks_like_value(cell));
  }
  for (const char* cell : {"BYD", "W10", "S07", "Model 3", "L60", "n/a today", "Long Range 80 kWh with heat pump"}) {
    CAPTURE(cell);
    CHECK_FALSE(looks_like_value(cell));
  }
}

}  // namespace
}  // namespace factmill::testing
