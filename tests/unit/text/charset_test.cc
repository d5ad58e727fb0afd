#include "text/charset.h"

#include <doctest/doctest.h>

#include <string>

#include "unit/text/making.h"

namespace factmill {
namespace {

// ASCII text and \uXXXX as UTF-16.
std::string utf16(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (char16_t c : text) {
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

}  // namespace

TEST_CASE("charset: what the bytes are") {
  const std::u16string wide = u"Xiaomi sold \u201Cmany\u201D \u5C0F\u7C73 \U0001F697 cars.";
  const std::string narrow = "Xiaomi sold \u201Cmany\u201D \u5C0F\u7C73 \U0001F697 cars.";
  struct Row {
    std::string what;
    std::string bytes;
    const char* declared;
    const char* charset;
    std::string text;
  };
  const Row rows[] = {
      {"ASCII", "plain", "", "UTF-8", "plain"},
      {"UTF-8", narrow, "", "UTF-8", narrow},
      {"UTF-8, declared otherwise", narrow, "gb2312", "UTF-8", narrow},
      {"UTF-8 with mark", "\xEF\xBB\xBF" + narrow, "", "UTF-8", "\uFEFF" + narrow},
      {"UTF-16LE with mark", utf16(u"\uFEFF" + wide, false), "", "UTF-16LE", "\uFEFF" + narrow},
      {"UTF-16BE with mark", utf16(u"\uFEFF" + wide, true), "", "UTF-16BE", "\uFEFF" + narrow},
      {"UTF-16LE without mark", utf16(wide, false), "", "UTF-16LE", narrow},
      {"UTF-16BE without mark", utf16(wide, true), "", "UTF-16BE", narrow},
      {"GB18030, declared", "\xA1\xB0\xD0\xA1\xC3\xD7\xA1\xB1 SU7", "gb2312", "GB18030", "\u201C\u5C0F\u7C73\u201D SU7"},
      {"GB18030, quotes only", "He said \xA1\xB0yes\xA1\xB1 today.", "", "GB18030", "He said \u201Cyes\u201D today."},
      {"GB18030, a name", "Xiaomi (\xD0\xA1\xC3\xD7) sold 5 cars.", "", "GB18030", "Xiaomi (\u5C0F\u7C73) sold 5 cars."},
      {"GB18030, four bytes", "\x81\x30\x84\x36 \xD0\xA1", "gbk", "GB18030", "\u00A5 \u5C0F"},
      {"Big5, declared", "\xA4\x70\xA6\xCC", "big5", "Big5", "\u5C0F\u7C73"},
      {"Shift_JIS, declared", "\x83\x67\x83\x88\x83\x5E", "shift_jis", "Shift_JIS", "\u30C8\u30E8\u30BF"},
      {"Windows-1252, declared as Latin-1", "\x80" "5 \x93x\x94", "ISO-8859-1", "windows-1252", "\u20AC5 \u201Cx\u201D"},
      {"Windows-1252, undeclared", "It\x92s a Citro\xEBn for \xA3" "88,000 \x96 cheap", "", "windows-1252", "It\u2019s a Citro\u00EBn for \u00A388,000 \u2013 cheap"},
      {"unknown label", "plain", "klingon", "UTF-8", "plain"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Decoded decoded = decode(row.bytes, row.declared);
    CHECK(decoded.problem == "");
    CHECK(decoded.charset == row.charset);
    CHECK(std::string(decoded.text(row.bytes)) == row.text);
  }
}

TEST_CASE("charset: longer texts are detected") {
  // "Xiaomi Automobile announced its deliveries of the second quarter ..." in each.
  const std::string gb =
      "\xD0\xA1\xC3\xD7\xC6\xFB\xB3\xB5\xB7\xA2\xB2\xBC\xC1\xCB\xB5\xDA\xB6\xFE\xBC\xBE\xB6\xC8\xB5\xC4\xBD\xBB\xB8\xB6\xCA\xFD\xBE\xDD\xA3\xAC\xC6\xE4\xD6\xD0"
      "\xB0\xFC\xC0\xA8\xC8\xAB\xB2\xBF\xB5\xC4\xB3\xB5\xD0\xCD\xA1\xA3";
  CHECK(decode(gb, "").charset == "GB18030");
  const std::string sjis = "\x83\x67\x83\x88\x83\x5E\x82\xCD\x93\x64\x8B\x43\x8E\xA9\x93\xAE\x8E\xD4\x82\xCC\x94\xCC\x94\x84\x82\xF0\x94\xAD\x95\x5C\x82\xB5\x82\xDC\x82\xB5\x82\xBD\x81\x42"
                           "\x82\xB1\x82\xEA\x82\xCD\x91\xE6\x93\xF1\x8E\x6C\x94\xBC\x8A\xFA\x82\xCC\x82\xE0\x82\xCC\x82\xC5\x82\xB7\x81\x42";
  CHECK(decode(sjis, "").charset == "Shift_JIS");
}

TEST_CASE("charset: damaged UTF-8 is a reject at the first wrong byte, not Windows-1252") {
  struct Row {
    std::string what;
    std::string bytes;
    uint64_t offset;
  };
  const Row rows[] = {
      {"a byte that is never UTF-8", "Xiaomi \xFF sold", 7},
      {"a lone tail", "abc\x80" "def", 3},
      {"a cut sequence", "said \xE2\x80", 5},
      {"a cut sequence behind a good one", "\u201Cyes\xE2\x80 no", 6},
      {"overlong", "abc\xC0\xAF" "def", 3},
      {"a surrogate", "abc\xED\xA0\x80", 3},
      {"beyond U+10FFFF", "abc\xF4\x90\x80\x80", 3},
      {"a good text with one wrong byte", "caf\u00E9 caf\u00E9 caf\xE9", 15},
      {"lead byte before ASCII", "abc\xC3(", 3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Reject reject = reject_of(row.bytes);
    CHECK(reject.code == "invalid-utf8");
    CHECK(reject.stage == "text");
    CHECK(reject.offset == row.offset);
    CHECK(reject.source.path == "test");
    CHECK(reject.message.find("is not UTF-8") != std::string::npos);
  }
  CHECK(reject_of("Xiaomi \xFF sold").snippet == "Xiaomi \\xFF sold");
  CHECK(reject_of("Xiaomi \xFF sold").message == "byte 0xFF is not UTF-8, and no other charset fits");
}

TEST_CASE("charset: binary junk is a reject") {
  CHECK(reject_of(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0", 20)).code == "binary");
  CHECK(reject_of(std::string("text with one \0 in it", 21)).offset == 14);
  CHECK(reject_of(std::string("text with one \0 in it", 21)).code == "binary");
  CHECK(reject_of("\x01\x02\x03\x04 a \x05\x06").code == "binary");
  CHECK(reject_of(std::string(1000, '\0')).code == "binary");
  CHECK(reject_of("\xFF\xFE" "a").code == "invalid-charset");                           // half a character
  CHECK(reject_of(std::string("\xFF\xFE\x00\xD8" "a\0", 6)).code == "invalid-charset");  // an unpaired surrogate
}

TEST_CASE("charset: nothing in it is a reject") {
  CHECK(reject_of("").code == "empty");
  CHECK(reject_of(" \n\t \r\n").code == "empty");
  CHECK(reject_of("\xEF\xBB\xBF").code == "empty");
  CHECK(reject_of("<html><script>x</script>", Format::html).code == "empty");
}

TEST_CASE("charset: what markup declares") {
  CHECK(declared_in_markup("<meta charset=\"GB2312\">") == "gb2312");
  CHECK(declared_in_markup("<META content='text/html; charset=big5' http-equiv=Content-Type>") == "big5");
  CHECK(declared_in_markup("<?xml version='1.0' encoding='Shift_JIS'?><html>") == "shift_jis");
  CHECK(declared_in_markup("<meta name=charset>") == "");
  CHECK(declared_in_markup("<p>charset=gbk</p>") == "");
  CHECK(declared_in_markup("") == "");
}

TEST_CASE("charset: raw bytes of a span are shown as UTF-8") {
  const Document document = document_of("Xiaomi (\xD0\xA1\xC3\xD7) sold 5 cars.", Format::text, "gbk");
  const size_t at = document.text.find("\u5C0F\u7C73");
  const Span raw = document.to_raw({static_cast<uint32_t>(at), static_cast<uint32_t>(at) + 6});
  CHECK(raw == Span{8, 12});
  CHECK(document.raw_text(raw) == "\u5C0F\u7C73");
}

}  // namespace factmill
