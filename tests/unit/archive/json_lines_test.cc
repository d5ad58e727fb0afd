#include <doctest/doctest.h>

#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

TEST_CASE("json lines: a record a line, with the offset of its line") {
  const Kept kept = read_memory("{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":7,\"text\":\"Two.\"}\n", "news.jsonl");
  REQUIRE(kept.records.size() == 2);
  CHECK(kept.rejects.empty());
  CHECK(kept.records[0].bytes == "One.");
  CHECK(kept.records[0].id == "a");
  CHECK(kept.records[0].source.path == "news.jsonl");
  CHECK(kept.records[0].source.offset == 0);
  CHECK(kept.records[0].charset == "UTF-8");
  CHECK(kept.records[0].format == Format::text);
  CHECK(kept.records[1].bytes == "Two.");
  CHECK(kept.records[1].id == "7");
  CHECK(kept.records[1].source.offset == 25);
}

TEST_CASE("json lines: blank lines, CRLF, a byte order mark and no line break at the end") {
  const Kept kept = read_memory("\xEF\xBB\xBF{\"text\":\"A\"}\r\n\r\n  \n{\"text\":\"B\"}", "x.ndjson");
  CHECK(kept.texts() == Texts{"A", "B"});
  CHECK(kept.rejects.empty());
  CHECK(kept.records[0].source.offset == 3);
  CHECK(kept.records[1].source.offset == 22);
}

TEST_CASE("json lines: the same records however the bytes arrive") {
  const std::string bytes = "{\"text\":\"One one one.\"}\n{bad}\n{\"text\":\"Two\"}\n\n{\"text\":\"Three three\"}";
  for (size_t piece : {1, 2, 3, 7, 23, 24, 25, 1000}) {
    ReadOptions options;
    options.block_bytes = 16;
    const Kept kept = read_memory(bytes, "x.jsonl", options, piece);
    CAPTURE(piece);
    CHECK(kept.texts() == Texts{"One one one.", "Two", "Three three"});
    REQUIRE(kept.rejects.size() == 1);
    CHECK(kept.rejects[0].offset == 24);
    CHECK(kept.rejects[0].line == 2);
    CHECK(kept.records[2].source.offset == 46);
  }
}

TEST_CASE("json lines: a bad line is a reject with its place, the next lines still come") {
  struct Row {
    std::string line;
    const char* code;
    uint64_t offset;
  };
  const Row rows[] = {
      {"{\"text\":\"cut off", "truncated-json", 14},
      {"{\"text\":\"cut off\"", "truncated-json", 14},
      {"{\"text\":\"a\" \"b\"}", "invalid-json", 14},
      {"{\"text\": nope}", "invalid-json", 14},
      {"[1, 2]", "invalid-json", 14},
      {"\"text\"", "invalid-json", 14},
      {"garbage", "invalid-json", 14},
      {"{\"text\":\"lone \\ud800 surrogate\"}", "invalid-json", 14},
      {"{\"text\":\"a\xFF\"}", "invalid-utf8", 24},
      {"{\"text\":\"\"}", "no-text", 14},
      {"{\"text\":null}", "no-text", 14},
      {"{\"title\":\"only\"}", "no-text", 14},
      {"{}", "no-text", 14},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const Kept kept = read_memory("{\"text\":\"A.\"}\n" + std::string(row.line) + "\n{\"text\":\"B.\"}\n", "dir/x.jsonl");
    CHECK(kept.texts() == Texts{"A.", "B."});
    REQUIRE(kept.rejects.size() == 1);
    const Reject& reject = kept.rejects[0];
    CHECK(reject.code == row.code);
    CHECK(reject.stage == "archive");
    CHECK(reject.source.path == "dir/x.jsonl");
    CHECK(reject.source.offset == 14);
    CHECK(reject.offset == row.offset);
    CHECK(reject.line == 2);
    CHECK(reject.message.starts_with("line 2: "));
  }
}

TEST_CASE("json lines: a 100 MB line is skipped in little memory") {
  // A source that makes the line up as it goes.
  struct Long : ByteSource {
    uint64_t at = 0;
    const std::string begin = "{\"text\":\"A.\"}\n{\"text\":\"";
    const std::string end = "\"}\n{\"text\":\"B.\"}\n";
    const uint64_t middle = 100'000'000;
    Result<size_t> read(char* buffer, size_t size) override {
      size_t done = 0;
      for (; done < size && at < begin.size() + middle + end.size(); ++done, ++at) {
        buffer[done] = at < begin.size() ? begin[at] : at < begin.size() + middle ? 'x' : end[at - begin.size() - middle];
      }
      return done;
    }
  } source;
  Kept kept;
  read_stream(source, "long.jsonl", ReadOptions(), test_profiles(), kept);
  CHECK(kept.texts() == Texts{"A.", "B."});
  REQUIRE(kept.rejects.size() == 1);
  CHECK(kept.rejects[0].code == "too-long");
  CHECK(kept.rejects[0].offset == 14);
  CHECK(kept.rejects[0].line == 2);
  CHECK(kept.rejects[0].message == "line 2: the line has 100000011 bytes (the limit is 20971520 bytes)");
  CHECK(kept.rejects[0].snippet == "{\"text\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
  CHECK(kept.records[1].source.offset == 14 + 100000011 + 1);
}

TEST_CASE("json lines: a text over the limit is a reject, one at the limit is not") {
  ReadOptions options;
  options.max_document_bytes = 10;
  const Kept kept = read_memory("{\"text\":\"0123456789\"}\n{\"text\":\"0123456789a\"}\n", "x.jsonl", options);
  CHECK(kept.texts() == Texts{"0123456789"});
  REQUIRE(kept.rejects.size() == 1);
  CHECK(kept.rejects[0].code == "too-long");
  CHECK(kept.rejects[0].message == "line 2: the text has 11 bytes (the limit is 10)");
}

TEST_CASE("json lines: an input that fails half-way keeps what came before") {
  MemorySource source("{\"text\":\"A.\"}\n{\"text\":\"B", 1 << 16, "Input/output error");
  Kept kept;
  read_stream(source, "x.jsonl", ReadOptions(), test_profiles(), kept);
  CHECK(kept.texts() == Texts{"A."});
  CHECK(kept.codes() == Texts{"read-error", "truncated-json"});
  CHECK(kept.rejects[0].message == "Input/output error");
  CHECK(kept.rejects[0].offset == 24);
  CHECK(kept.rejects[1].offset == 14);
  CHECK(kept.rejects[1].line == 2);
}

TEST_CASE("json lines: the keys of each producer") {
  struct Row {
    std::string name;
    const char* json;
    const char* text;
    const char* title;
    const char* published;
    const char* url;
    const char* site;
    const char* lang;
  };
  const Row rows[] = {
      {"plain", R"({"text":"T","title":"H","published":"2024-08-21","url":"https://a.com/b","site":"A","lang":"en"})", "T", "H", "2024-08-21",
       "https://a.com/b", "A", "en"},
      {"news-please", R"({"maintext":"M","text":"other","title":"H","date_publish":"2024-08-21 10:00:00","url":"https://a.com","source_domain":"a.com","language":"en"})",
       "M", "H", "2024-08-21 10:00:00", "https://a.com", "a.com", "en"},
      {"news-please without a date", R"({"maintext":"M","date_publish":"None","title":"None"})", "M", "", "", "", "", ""},
      {"trafilatura", R"({"raw_text":"R","text":"T","source":"https://a.com/x","source-hostname":"A","date":"2024-08-21"})", "T", "", "2024-08-21",
       "https://a.com/x", "A", ""},
      {"fundus", R"({"body":{"summary":[],"sections":[{"headline":["x"],"paragraphs":["P1","P2"]},{"headline":[],"paragraphs":["P3"]}]},"publishing_date":"2024-08-21","title":"H"})",
       "P1\nP2\nP3", "H", "2024-08-21", "", "", ""},
      {"cc_news", R"({"text":"T","domain":"a.com","date":"2017-01-01 00:00:00","description":"d"})", "T", "", "2017-01-01 00:00:00", "", "a.com", ""},
      {"ninjs", R"({"body_text":"N","headline":"H","versioncreated":"2024-08-21T10:00:00Z","uri":"https://a.com/1","language":"en"})", "N", "H",
       "2024-08-21T10:00:00Z", "https://a.com/1", "", "en"},
      {"content", R"({"content":"C","headline":"H"})", "C", "H", "", "", "", ""},
      {"a list of paragraphs", R"({"body":["a","b"]})", "a\nb", "", "", "", "", ""},
      {"seconds since 1970", R"({"text":"T","timestamp":1724198400})", "T", "", "1724198400", "", "", ""},
      {"a source that is no address", R"({"text":"T","source":"Reuters"})", "T", "", "", "", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Kept kept = read_memory(std::string(row.json) + "\n", "x.jsonl");
    REQUIRE(kept.records.size() == 1);
    const Record& record = kept.records[0];
    CHECK(record.bytes == row.text);
    CHECK(record.title == row.title);
    CHECK(record.published == row.published);
    CHECK(record.source.url == row.url);
    CHECK(record.site == row.site);
    CHECK(record.lang == row.lang);
  }
}

TEST_CASE("json lines: a map goes before every profile, and its text is not replaced by another") {
  ReadOptions options;
  options.map.emplace_back(RecordField::text, *KeyPath::parse("a.story"));
  const Kept kept = read_memory("{\"text\":\"T\",\"a\":{\"story\":\"S\"}}\n{\"text\":\"T\"}\n", "x.jsonl", options);
  CHECK(kept.texts() == Texts{"S"});
  REQUIRE(kept.rejects.size() == 1);
  CHECK(kept.rejects[0].code == "no-text");
  CHECK(kept.rejects[0].message == "line 2: no text under a.story");
}

TEST_CASE("json lines: escapes are decoded, HTML is told apart") {
  const Kept kept = read_memory("{\"text\":\"Caf\\u00e9 \\u201cx\\u201d\\n\\ud83d\\ude97\"}\n{\"content\":\"<!DOCTYPE html><p>x</p>\"}\n", "x.jsonl");
  REQUIRE(kept.records.size() == 2);
  CHECK(kept.records[0].bytes == "Caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D\n\xF0\x9F\x9A\x97");
  CHECK(kept.records[1].format == Format::html);
}

TEST_CASE("json: a file that is one object over many lines, or a list") {
  SUBCASE("one object") {
    const Kept kept = read_memory("{\n  \"maintext\": \"M\",\n  \"title\": \"H\"\n}\n", "article.json");
    CHECK(kept.texts() == Texts{"M"});
    CHECK(kept.rejects.empty());
  }
  SUBCASE("a list") {
    const Kept kept = read_memory("[\n {\"text\": \"A\"},\n {\"text\": \"\"},\n {\"text\": \"B\"}\n]", "articles.json");
    CHECK(kept.texts() == Texts{"A", "B"});
    CHECK(kept.records[0].source.offset == 3);
    CHECK(kept.records[1].source.offset == 34);
    REQUIRE(kept.rejects.size() == 1);
    CHECK(kept.rejects[0].code == "no-text");
    CHECK(kept.rejects[0].line == 3);
  }
  SUBCASE("one object a line") {
    const Kept kept = read_memory("{\"text\":\"A\"}\n{\"text\":\"B\"}\n", "articles.json");
    CHECK(kept.texts() == Texts{"A", "B"});
  }
  SUBCASE("cut off") {
    const Kept kept = read_memory("{\n  \"text\": \"M\",\n", "article.json");
    CHECK(kept.records.empty());
    CHECK(kept.codes() == Texts{"truncated-json"});
  }
  SUBCASE("a list that is cut off keeps what came before") {
    const Kept kept = read_memory("[{\"text\": \"A\"}, {\"text\": \"B", "articles.json");
    CHECK(kept.rejects.size() == 1);
    CHECK(kept.rejects[0].line == 1);
  }
}

}  // namespace factmill
