#include "base/json_writer.h"

#include <doctest/doctest.h>

namespace factmill {
namespace {

template <class Value>
std::string written(const Value& value) {
  std::string out;
  JsonWriter(out).value(value);
  return out;
}

TEST_CASE("json: objects and arrays nest with their commas") {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("metric", "revenue");
  json.field("value", *Decimal::parse("6.40"));
  json.key("evidence");
  json.begin_array();
  json.begin_object();
  json.field("start", uint32_t{7});
  json.end_object();
  json.begin_object();
  json.end_object();
  json.value(-1);
  json.null();
  json.begin_array();
  json.end_array();
  json.end_array();
  json.field("flag", true);
  json.end_object();
  CHECK(out == R"({"metric":"revenue","value":6.4,"evidence":[{"start":7},{},-1,null,[]],"flag":true})");
}

TEST_CASE("json: keys made ready are those written anew") {
  static constexpr JsonKey kFirst("a"), kLongest("abcdefghijklmnopqrstuvwxyz01");
  std::string out;
  {
    JsonWriter json(out);
    json.begin_object();
    json.field(kFirst, 1);
    json.key(kLongest);
    json.begin_object();
    json.field(kFirst, std::string_view("x"));
    json.end_object();
    json.field(kFirst, std::string(90, '\x01'));
    json.end_object();
  }
  std::string escaped;
  for (int i = 0; i < 90; ++i) escaped += "\\u0001";
  CHECK(out == R"({"a":1,"abcdefghijklmnopqrstuvwxyz01":{"a":"x"},"a":")" + escaped + "\"}");
}

TEST_CASE("json: a character to escape at any place of a text of any length") {
  for (size_t size = 1; size < 70; ++size) {
    for (size_t at = 0; at < size; ++at) {
      std::string text(size, 'x'), expected = text;
      text[at] = '"';
      expected.replace(at, 1, "\\\"");
      CHECK(written(std::string_view(text)) == "\"" + expected + "\"");
    }
  }
}

TEST_CASE("json: integers of every width are written in full") {
  CHECK(written(INT64_MIN) == "-9223372036854775808");
  CHECK(written(UINT64_MAX) == "18446744073709551615");
  CHECK(written(uint32_t{4294967295}) == "4294967295");
  CHECK(written(0) == "0");
  CHECK(written(false) == "false");
  CHECK(written(*Decimal::parse("-0.00")) == "0");
  CHECK(written(*Decimal::parse("99999999999999999999999999999999999999")) == "99999999999999999999999999999999999999");
}

TEST_CASE("json: strings are escaped, UTF-8 kept, invalid bytes replaced") {
  struct {
    std::string_view text;
    std::string_view json;
  } const rows[] = {
      {"", R"("")"},
      {"say \"hi\" \\ /", R"("say \"hi\" \\ /")"},
      {"a\b\f\n\r\tb", R"("a\b\f\n\r\tb")"},
      {std::string_view("\0\x01\x1F", 3), R"("\u0000\u0001\u001f")"},
      {"\x7F", "\"\x7F\""},
      {"小米 SU7 €1 🚗", "\"小米 SU7 €1 🚗\""},
      {"\xF4\x8F\xBF\xBF", "\"\xF4\x8F\xBF\xBF\""},
      {"a\xFFz", "\"a\xEF\xBF\xBDz\""},
      {"\x80", "\"\xEF\xBF\xBD\""},
      {"\xE5\xB0", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xC3", "\"\xEF\xBF\xBD\""},
      {"\xC3(", "\"\xEF\xBF\xBD(\""},
      {"\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xE0\x80\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xC3\"", "\"\xEF\xBF\xBD\\\"\""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.json);
    CHECK(written(row.text) == row.json);
  }
}

TEST_CASE("json: long strings are cut nowhere within a character") {
  for (size_t shift = 0; shift < 8; ++shift) {
    std::string text(shift, '"'), json = "\"";
    for (size_t i = 0; i < shift; ++i) json += "\\\"";
    for (int i = 0; i < 400; ++i) {
      text += "\xF0\x9F\x9A\x97";
      json += "\xF0\x9F\x9A\x97";
    }
    text += std::string(400, '\x80');  // tails of nothing
    for (int i = 0; i < 400; ++i) json += "\xEF\xBF\xBD";
    text += std::string(3000, '\x01');
    for (int i = 0; i < 3000; ++i) json += "\\u0001";
    CHECK(written(text) == json + "\"");
  }
}

TEST_CASE("json: the string is complete with its outermost value") {
  std::string out = "x";
  JsonWriter json(out);
  json.begin_array();
  for (int i = 0; i < 700; ++i) json.value(i % 10);
  json.end_array();
  CHECK(out.size() == 1 + 1 + 700 + 699 + 1);
  CHECK(out.ends_with(",8,9]"));
  JsonWriter line(out);
  line.value("y");
  CHECK(out.ends_with("]\"y\""));
}

TEST_CASE("json: keys are escaped like strings") {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("a\"b", std::string("c"));
  json.end_object();
  CHECK(out == R"({"a\"b":"c"})");
}

}  // namespace
}  // namespace factmill
