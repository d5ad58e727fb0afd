#include "text/fold.h"

#include <doctest/doctest.h>

#include <string>

namespace factmill {
namespace {

struct Folded {
  std::string text;
  OffsetMap map;
  bool changed;
};

Folded folded(std::string_view in) {
  Folded result;
  result.changed = fold(in, result.text, result.map);
  if (!result.changed) result.text = in;
  return result;
}

}  // namespace

TEST_CASE("fold: plain ASCII needs no work and no map") {
  std::string text;
  OffsetMap map;
  CHECK_FALSE(fold("Xiaomi delivered 27,307 units.\n\tIn June.", text, map));
  CHECK(map.identity());
  CHECK_FALSE(fold("", text, map));
}

TEST_CASE("fold: no character is left that is a letter of ASCII in another case") {
  // RE2 takes U+017F for an s and U+212A for a k; whoever looks at bytes does not (ruleset/word_scan.h).
  for (const char* before : {"", "5", "a", " ", "\u00E9"}) {
    for (const char* letter : {"\u017F", "\u212A"}) {
      for (const char* behind : {"", "5", "a", "\u0307", "\u0301\u0301"}) {
        const std::string text = folded(std::string(before) + letter + behind).text;
        CAPTURE(text);
        CHECK(text.find("\u017F") == std::string::npos);
        CHECK(text.find("\u212A") == std::string::npos);
      }
    }
  }
}

TEST_CASE("fold: one spelling for what readers take as the same") {
  struct Row {
    std::string what;
    std::string in;
    std::string out;
  };
  const Row rows[] = {
      {"CRLF", "a\r\nb", "a\nb"},
      {"CR", "a\rb", "a\nb"},
      {"two CR", "a\r\rb", "a\n\nb"},
      {"line separators", "a\u2028b\u2029c\u0085d\fe\vf", "a\nb\nc\nd\ne\nf"},
      {"NBSP", "RMB\u00A06.4", "RMB 6.4"},
      {"thin spaces", "1\u2009234\u202F567\u30008", "1 234 567 8"},
      {"zero width", "a\u200Bb\u00ADc\uFEFFd\u2060e", "abcde"},
      {"curly quotes", "\u201CIt\u2019s\u201D \u2018x\u2019", "\"It's\" 'x'"},
      {"low and angle quotes", "\u201Ex\u201C \u00ABy\u00BB", "\"x\" \"y\""},
      {"primes and accents", "19\u2033 5\u2032 it\u00B4s", "19\" 5' it's"},
      {"hyphens and minus", "a\u2010b\u2011c\u2012d\u2013e\u2212f", "a-b-c-d-e-f"},
      {"em dash", "a\u2014b", "a--b"},
      {"full width", "\uFF11\uFF12\uFF0C\uFF13\uFF05\uFF08\uFFE5\uFF09", "12,3%(\u00A5)"},
      {"ellipsis", "more\u2026", "more..."},
      {"ligature", "o\uFB03ce", "office"},
      {"units", "5\u33A1 20\u2103 3\u33A6", "5m2 20\u00B0C 3km3"},
      {"superscript unit", "m\u00B2 Wh kg\u207B\u00B9", "m2 Wh kg-1"},
      {"a footnote mark is no digit", "27,307\u00B9 units", "27,307\u00B9 units"},
      {"a circled number is no digit", "27\u2460", "27\u2460"},
      {"a fraction behind a digit is parted from it", "2\u00BD and \u00BD", "2 1/2 and 1/2"},
      {"composition", "Citroe\u0308n", "Citro\u00EBn"},
      {"composition at the begin", "e\u0301", "\u00E9"},
      {"trade mark", "Blade\u2122 \u2122", "Blade "},
      {"degree written as ordinal", "10\u00BAC", "10\u00B0C"},
      {"controls", std::string("a\x01") + "b\x7F" + "c\u0080d", "abcd"},
      {"Windows-1252 read as Latin-1", "it\u0092s \u0093x\u0094", "it's \"x\""},
      {"kept", "caf\u00E9 \u20AC5 \u00A35 \u5C0F\u7C73 \u00B7 \u00B5m \U0001F697", "caf\u00E9 \u20AC5 \u00A35 \u5C0F\u7C73 \u00B7 \u03BCm \U0001F697"},
      {"a spacing accent is no space", "a\u00A8b", "a\u00A8b"},
      {"variation selector", "\u2764\uFE0F", "\u2764"},
      {"roman numeral", "\u2163", "IV"},
      {"number sign", "\u2116 5", "No 5"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(folded(row.in).text == row.out);
  }
}

TEST_CASE("fold: a span of text knows the bytes it came from") {
  const std::string raw = "Xiaomi\u00A0sold \u201Cmany\u201D\u00AD cars\r\n";
  const Folded f = folded(raw);
  REQUIRE(f.text == "Xiaomi sold \"many\" cars\n");
  const auto below = [&](uint32_t begin, uint32_t end) {
    return raw.substr(f.map.begin_to_raw(begin), f.map.end_to_raw(end) - f.map.begin_to_raw(begin));
  };
  CHECK(below(0, 6) == "Xiaomi");
  CHECK(below(6, 7) == "\u00A0");
  CHECK(below(7, 11) == "sold");
  CHECK(below(12, 18) == "\u201Cmany\u201D");
  CHECK(below(19, 23) == "cars");
  CHECK(below(17, 18) == "\u201D");  // without the soft hyphen behind it
  CHECK(below(23, 24) == "\r\n");
  CHECK(below(0, 24) == raw);
}

TEST_CASE("fold: a part of what one character became maps to all of it") {
  const std::string raw = "x\u2026y";
  const Folded f = folded(raw);
  REQUIRE(f.text == "x...y");
  CHECK(f.map.begin_to_raw(2) == 1);
  CHECK(f.map.end_to_raw(2) == 4);
  CHECK(f.map.begin_to_raw(4) == 4);
}

TEST_CASE("fold: what is hostile stays bounded") {
  std::string marks = "e";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301\u0323";
  CHECK(folded(marks).text.size() <= marks.size());
  std::string grows;
  for (int i = 0; i < 10'000; ++i) grows += "\uFDFA";  // 18 characters each in NFKC
  CHECK(folded(grows).text.size() == grows.size());
}

}  // namespace factmill
