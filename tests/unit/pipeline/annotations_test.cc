#include "pipeline/annotations.h"

#include <simdjson.h>

#include "text/make_document.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

struct Annotated {
  std::string raw, line;
};

Annotated annotated(std::string raw, const std::string& charset, const std::string& id = "", bool rows = false) {
  const Extractor extractor(small_pack().shared());
  Extraction extraction(extractor);
  Record record;
  record.bytes = raw;
  record.charset = charset;
  TextOptions options;
  options.published = parse_day("2024-08-21");
  DocumentOrReject made = make_document(std::move(record), extractor.pack().text, options);
  REQUIRE(static_cast<bool>(made));
  Annotated out{std::move(raw), {}};
  append_annotations(extractor, made.document(), id, extraction.annotate(made.document()), {.rows = rows}, out.line);
  return out;
}

TEST_CASE("annotations: what is told of a value, a date, a name") {
  const Annotated a = annotated("NIO lost about RMB 5 billion in May.", "UTF-8", "n1");
  CHECK(a.line ==
        R"({"id":"n1","mentions":[{"type":"company","start":0,"end":3,"text":"NIO","name":"NIO","entity":"nio"},)"
        R"({"type":"verb","start":4,"end":8,"text":"lost","metrics":["net_profit"]},)"
        R"({"type":"money","start":15,"end":28,"text":"RMB 5 billion","value":5000000000,"unit":"CNY","qualifier":"about"},)"
        R"({"type":"date","start":32,"end":35,"text":"May","timex":"2024-05","granularity":"month","period_start":"2024-05-01","period_end":"2024-05-31"}]})"
        "\n");
}

TEST_CASE("annotations: the rows of the tables that read a value, where they are asked for") {
  const std::string line = annotated("NIO lost about RMB 5 billion.", "UTF-8", "n1", true).line;
  const std::string date = annotated("NIO lost it between June and August 2024, by the end of 2024.", "UTF-8", "n1", true).line;
  for (const char* row : {"dates.yaml:", " June\"", " August 2024\"", " by the end of\"", " 2024\""}) CHECK(date.find(row) != std::string::npos);
  for (const char* row : {"currencies.yaml:", " RMB\"", "numbers.yaml:", " about\"", " billion\""}) CHECK(line.find(row) != std::string::npos);
}

TEST_CASE("annotations: an ambiguous sign names what decided it") {
  const std::string line = annotated("It earned 80 billion yen, \xC2\xA5" "3 billion of it abroad.", "UTF-8", "y").line;
  CHECK(line.find(R"("text":"¥3 billion","value":3000000000,"unit":"JPY","reading":{"of":"currency","by":"document","start":10,"end":24,"text":"80 billion yen"}})") !=
        std::string::npos);
}

TEST_CASE("annotations: a document without a mention, and one without an id") {
  CHECK(annotated("Nothing here.", "UTF-8", "x").line == "{\"id\":\"x\",\"mentions\":[]}\n");
  const std::string line = annotated("Nothing here.", "UTF-8").line;
  CHECK(line.substr(0, 7) == "{\"id\":\"");
  CHECK(line.find("\",\"mentions\"") == 7 + 32);
}

TEST_CASE("annotations: spans are the raw bytes', in order, and do not overlap") {
  const std::string text =
      "\xE2\x80\x9CNio\xE2\x80\x9D (NYSE:\xC2\xA0NIO) delivered 1,200\xC2\xA0units, 20,000 Yuan Plus and 3 Model 3 cars in May 2024;\r\n\r\n"
      "net loss of RMB\xC2\xA0" "5 billion ($700\xC2\xA0million) at 87 stores \xE2\x80\x94 5 to 6 percent, \xEF\xBC\x91\xEF\xBC\x90 units \xE5\xB0\x8F\xE7\xB1\xB3.";
  const Annotated a = annotated(text, "UTF-8");
  simdjson::dom::parser parser;
  uint64_t covered = 0;
  int count = 0;
  simdjson::padded_string json(a.line);
  for (simdjson::dom::element m : parser.parse(json)["mentions"].get_array()) {
    const uint64_t start = m["start"], end = m["end"];
    CHECK(start >= covered);
    CHECK(end > start);
    REQUIRE(end <= a.raw.size());
    CHECK(a.raw.substr(start, end - start) == std::string_view(m["text"]));
    covered = end;
    ++count;
  }
  CHECK(count >= 12);
}

}  // namespace
}  // namespace factmill::testing
