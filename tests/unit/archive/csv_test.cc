#include <doctest/doctest.h>

#include "archive/csv_row.h"
#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

TEST_CASE("csv: the names in the first row map columns by the profiles") {
  const Kept kept = read_memory(
      "id,title,date_publish,maintext,url,source_domain,language\r\n"
      "7,Head,2025-06-02,\"One, \"\"two\"\"\r\nand three.\",https://a.com/b,a.com,en\r\n"
      "8,None,None,Next,nowhere,,\r\n",
      "news.csv");
  REQUIRE(kept.texts() == Texts{"One, \"two\"\r\nand three.", "Next"});
  CHECK(kept.rejects.empty());
  const Record& first = kept.records[0];
  CHECK(first.id == "7");
  CHECK(first.title == "Head");
  CHECK(first.published == "2025-06-02");
  CHECK(first.source.url == "https://a.com/b");
  CHECK(first.site == "a.com");
  CHECK(first.lang == "en");
  CHECK(first.charset == "UTF-8");
  CHECK(first.source.path == "news.csv");
  CHECK(first.source.offset == 59);
  CHECK(kept.records[1].title == "");
  CHECK(kept.records[1].published == "");
  CHECK(kept.records[1].source.url == "");
  CHECK(kept.records[1].source.offset == 130);
}

TEST_CASE("csv: comma, semicolon or tab, as the first row says") {
  CHECK(read_memory("text,title\na;b\tc,d\n", "a.csv").texts() == Texts{"a;b\tc"});
  CHECK(read_memory("title;text\nx;a,b\n", "a.csv").texts() == Texts{"a,b"});
  CHECK(read_memory("title\ttext\nx\ta,b;c\n", "a.tsv").texts() == Texts{"a,b;c"});
  CHECK(read_memory("a, b and c;text\nx;y\n", "a.csv").texts() == Texts{"y"});
  CHECK(read_memory("text\none column, no delimiter\n", "a.csv").codes() == Texts{"wrong-cells"});
  CHECK(read_memory("text\nalone\n", "a.csv").texts() == Texts{"alone"});
}

TEST_CASE("csv: byte order mark, blank lines, letters of any case, no line break at the end") {
  const Kept kept = read_memory("\xEF\xBB\xBF\"Text\", TITLE \n\n\"a\",\"b\"\n  \nc,d", "a.csv");
  REQUIRE(kept.texts() == Texts{"a", "c"});
  CHECK(kept.rejects.empty());
  CHECK(kept.records[0].title == "b");
  CHECK(kept.records[0].source.offset == 19);
}

TEST_CASE("csv: --map goes before the profiles, a mapped text is not replaced by another") {
  ReadOptions options;
  options.map = {{RecordField::text, *KeyPath::parse("Story.body")}, {RecordField::title, *KeyPath::parse("head")}};
  CHECK(read_memory("text,story.body,head\nno,yes,H\n", "a.csv", options).texts() == Texts{"yes"});
  CHECK(read_memory("text,story.body,head\nno,yes,H\n", "a.csv", options).records[0].title == "H");
  const Kept kept = read_memory("text,head\nno,H\n", "a.csv", options);
  CHECK(kept.codes() == Texts{"no-text"});
  CHECK(kept.rejects[0].message == "line 1, column 1: no column of the text is named (got text, head; expected one of the profiles' or --map text=COLUMN)");
}

TEST_CASE("csv: a bad row is a reject with line and column, the next rows still come") {
  struct Row {
    std::string row;
    const char* code;
    const char* message;
  };
  const Row rows[] = {
      {"a", "wrong-cells", "line 2, column 2: the row has 1 cell, the first 2"},
      {"a,b,c", "wrong-cells", "line 2, column 6: the row has 3 cells, the first 2"},
      {"\"a\nb\"c,d", "bad-quotes", "line 3, column 3: text follows a closing quote (a quote within quotes is doubled)"},
      {",title", "no-text", "line 2, column 1: the text's cell is empty"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.row);
    for (size_t piece : {1, 3, 1000}) {
      const Kept kept = read_memory("text,title\n" + row.row + "\nx,y\n", "a.csv", {}, piece);
      CHECK(kept.texts() == Texts{"x"});
      REQUIRE(kept.codes() == Texts{row.code});
      CHECK(kept.rejects[0].message == row.message);
      CHECK(kept.rejects[0].source.offset == 11);
      CHECK(kept.rejects[0].stage == "archive");
    }
  }
}

TEST_CASE("csv: a quote that is never closed costs its line only") {
  for (size_t piece : {1, 5, 1000}) {
    const Kept kept = read_memory("text,title\na,b\n\"stray,c\nd,e\nf,g\n", "a.csv", {}, piece);
    CHECK(kept.texts() == Texts{"a", "d", "f"});
    REQUIRE(kept.codes() == Texts{"unclosed-quote"});
    CHECK(kept.rejects[0].message == "line 3, column 1: a quote is opened and not closed");
    CHECK(kept.rejects[0].offset == 15);
    CHECK(kept.records[1].source.offset == 24);
  }
  ReadOptions options;
  options.max_line_bytes = 100;
  std::string bytes = "text,title\n\"stray,c\n";
  for (int i = 0; i < 50; ++i) bytes += "row " + std::to_string(i) + ",t\n";
  const Kept kept = read_memory(bytes, "a.csv", options, 30);
  CHECK(kept.records.size() == 50);
  CHECK(kept.codes() == Texts{"unclosed-quote"});
  CHECK(read_memory("\"text,title\na,b\n", "a.csv").codes() == Texts{"unclosed-quote"});
}

TEST_CASE("csv: a row over the limit is a reject in little memory, the next is read") {
  ReadOptions options;
  options.max_line_bytes = 100;
  options.block_bytes = 16;
  const Kept kept = read_memory("text,title\n" + std::string(1000, 'x') + ",y\na,b\n", "a.csv", options, 7);
  CHECK(kept.texts() == Texts{"a"});
  REQUIRE(kept.codes() == Texts{"too-long"});
  CHECK(kept.rejects[0].line == 2);
  CHECK(kept.records[0].source.offset == 1014);
}

TEST_CASE("csv: an input that fails half-way keeps what came before") {
  MemorySource source("text,title\na,b\nhalf,", 1 << 16, "Input/output error");
  Kept kept;
  read_stream(source, "a.csv", ReadOptions(), test_profiles(), kept);
  CHECK(kept.texts() == Texts{"a"});
  CHECK(kept.codes() == Texts{"read-error", "truncated-row"});
}

TEST_CASE("csv: other charsets are left to the text room, UTF-16 is refused") {
  const Kept kept = read_memory("text,title\ncaf\xE9,x\n", "a.csv");
  CHECK(kept.texts() == Texts{"caf\xE9"});
  CHECK(kept.records[0].charset == "");
  CHECK(read_memory(std::string("\xFF\xFEt\0e\0x\0t\0\n\0a\0\n\0", 16), "a.csv").codes() == Texts{"unsupported-charset"});
}

TEST_CASE("csv: only the name or --from makes a CSV, an empty one is a reject") {
  CHECK(read_memory("text,title\na,b\n", "a.txt").texts() == Texts{"text,title\na,b\n"});
  ReadOptions options;
  options.from = Format::csv;
  CHECK(read_memory("text,title\na,b\n", "-", options).texts() == Texts{"a"});
  CHECK(read_memory("", "a.csv").codes() == Texts{"empty"});
  CHECK(read_memory("\n\n", "a.csv").codes() == Texts{"empty"});
  CHECK(read_memory("text,title\n", "a.csv").codes().empty());
}

TEST_CASE("csv: cells of a row") {
  CsvCells cells;
  CHECK_FALSE(split_csv_row("a,,\"b\"\"c\",\"\"", ',', cells));
  REQUIRE(cells.size == 4);
  CHECK(cells.cells[1] == "");
  CHECK(cells.cells[2] == "b\"c");
  CHECK(cells.cells[3] == "");
  CHECK_FALSE(split_csv_row("a \"b\" c", ',', cells));
  CHECK(cells.cells[0] == "a \"b\" c");
  CHECK_FALSE(split_csv_row("", ',', cells));
  CHECK(cells.size == 1);
  CHECK(split_csv_row("a,\"b", ',', cells)->at == 2);
}

}  // namespace factmill
