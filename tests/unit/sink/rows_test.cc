// The cells of a row and the columns of its table are written in two places; here they meet.
#include <doctest/doctest.h>

#include "sink/clean_text.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

TEST_CASE("rows: each has as many cells as its table has columns") {
  const DocumentFacts document = make_document('a', {make_fact('1', 'a')});
  const DocumentRows rows(document);
  Row row;
  document_row(rows, nullptr, 1, row);
  CHECK(row.size() == sql_table("document").columns.size());
  fact_row(rows.facts[0], 1, row);
  CHECK(row.size() == sql_table("fact").columns.size());
  evidence_row(document.facts[0], 0, row);
  CHECK(row.size() == sql_table("evidence").columns.size());
  const Reject reject = make_reject("a.html", "binary");
  const std::string reject_id = reject_id_of(reject);
  reject_row(reject, reject_id, nullptr, 1, row);
  CHECK(row.size() == sql_table("reject").columns.size());
  unclaimed_row(document.doc_id, {5, 8, "number", "300", "some {number} guests"}, 1, row);
  CHECK(row.size() == sql_table("unclaimed").columns.size());
  input_shard_row({}, "settings", "2024-08-21T09:30:00Z", 1, row);
  CHECK(row.size() == sql_table("input_shard").columns.size());
}

TEST_CASE("rows: the hash changes with the evidence, the document's with any fact and with its own columns") {
  const DocumentFacts document = make_document('a', {make_fact('1', 'a')});
  const DocumentRows before(document);
  CHECK(DocumentRows(document).row_hash == before.row_hash);

  DocumentFacts other = document;
  other.facts[0].evidence[0].end = 17;
  CHECK(DocumentRows(other).facts[0].row_hash != before.facts[0].row_hash);
  CHECK(DocumentRows(other).row_hash != before.row_hash);

  DocumentFacts renamed = document;
  renamed.site = "example.org";
  CHECK(DocumentRows(renamed).facts[0].row_hash == before.facts[0].row_hash);
  CHECK(DocumentRows(renamed).row_hash != before.row_hash);

  DocumentFacts open = document;
  open.unclaimed.push_back({5, 8, "number", "300", "some {number} guests"});
  CHECK(DocumentRows(open).row_hash != before.row_hash);
  InputProgress pass;
  pass.pass = 7;
  CHECK(DocumentRows(document, &pass).row_hash != before.row_hash);
}

TEST_CASE("rows: a repeated fact id counts once, as it came first") {
  Fact second = make_fact('1', 'a');
  second.value = Decimal(5);
  const DocumentFacts document = make_document('a', {make_fact('1', 'a'), second});
  const DocumentRows rows(document);
  REQUIRE(rows.facts.size() == 1);
  CHECK(rows.facts[0].fact == &document.facts[0]);
}

TEST_CASE("clean text: each byte that no table accepts becomes U+FFFD") {
  const std::string r = "\xEF\xBF\xBD";
  const std::string rows[][2] = {
      {"", ""},
      {"plain", "plain"},
      {"\xF0\x9F\x9A\x97", "\xF0\x9F\x9A\x97"},
      {std::string("\0", 1), r},
      {std::string("a\0b", 3), "a" + r + "b"},
      {"\xC3", r},
      {"\xC0\xAF", r + r},          // overlong
      {"\xED\xA0\x80", r + r + r},  // surrogate
      {"\xF4\x90\x80\x80", r + r + r + r},
      {"x\xFF", "x" + r},
      {"\xFFx", r + "x"},
  };
  for (const auto& [text, expected] : rows) {
    std::string scratch;
    CHECK(clean_text(text, scratch) == expected);
  }
}

}  // namespace
}  // namespace factmill::testing
