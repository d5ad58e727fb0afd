// Hard sentences of the shared folder, read where they stand: they are not ours to ship, and where they are absent this
// test says so and passes. Each row holds a text and its facts: every one comes out, and nothing besides.
#include <doctest/doctest.h>
#include <simdjson.h>

#include <fstream>

#include "base/json_writer.h"
#include "golden/extracting.h"
#include "golden/score.h"

namespace factmill::golden {
namespace {

constexpr size_t kStrictFloor = 116;  // facts with company, model, period, modality and basis, of 116
constexpr size_t kExtraCeiling = 0;

std::string hard_path() { return source_path("../shared/domain/hard_constructions.jsonl"); }

struct Row {
  std::string id, title, text, published;
  std::vector<FlatFact> facts;
};

Row read_row(const std::string& line) {
  simdjson::dom::parser parser;
  simdjson::dom::element row = parser.parse(line);
  const auto text_of = [&](const char* key) {
    std::string_view text;
    return row[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
  };
  Row out{text_of("id"), text_of("title"), text_of("text"), text_of("published"), {}};
  for (simdjson::dom::element fact : row["facts"]) out.facts.push_back(read_fact(simdjson::minify(fact)));
  return out;
}

// As a line of a JSON Lines archive, so that the title is the title.
std::string as_json_line(const Row& row) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("id", row.id);
  if (!row.title.empty()) json.field("title", row.title);
  json.field("text", row.text);
  json.end_object();
  return line + "\n";
}

}  // namespace

TEST_CASE("hard sentences: what was once found of them stays found") {
  std::ifstream file(hard_path());
  if (!file) {
    MESSAGE("skipped: " << hard_path() << " is not here");
    return;
  }
  const Scorer scorer(extractor().pack().lexicon);
  size_t strict = 0, extra = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    const Row row = read_row(line);
    INFO(row.id << ": " << row.text);
    const Extracted extracted = extract_bytes(as_json_line(row), "hard.jsonl", row.published);
    check_proofs(extracted);
    const Score score = scorer.score(row.facts, extracted.flat);
    strict += score.strict.size();
    extra += score.extra.size();
    for (const FlatFact* missed : score.missed) FAIL_CHECK("missed " << missed->brief());
    for (const FlatFact* surplus : score.extra) FAIL_CHECK("not stated " << surplus->brief());
  }
  MESSAGE("strictly found: " << strict << ", extra: " << extra);
  CHECK(strict >= kStrictFloor);
  CHECK(extra <= kExtraCeiling);
}

}  // namespace factmill::golden
