#include "base/json_writer.h"

#include <charconv>
#include <cstring>

#include "base/utf8.h"

namespace factmill {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escaped(char c, std::string& out) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
  }
  out += "\\u00";
  out += kHexDigits[c >> 4];
  out += kHexDigits[c & 0xF];
}

// How many bytes stand for themselves: eight at a time, then one by one.
size_t plain_prefix(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, 8);
    // A top bit is set where a byte is below 0x20, a quote, a backslash or beyond ASCII; a borrow may set one more above such a byte.
    const uint64_t quotes = bytes ^ (kOnes * '"'), slashes = bytes ^ (kOnes * '\\');
    if ((((bytes - kOnes * 0x20) | (quotes - kOnes) | (slashes - kOnes) | bytes) & kTops) != 0) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

void append_string(std::string_view text, std::string& out) {
  out += '"';
  while (true) {
    const size_t plain = plain_prefix(text);
    out.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t length = utf8_sequence_size(text);
    if (length == 1) {
      append_escaped(text[0], out);
    } else {
      out += length == 0 ? kReplacement : text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out += '"';
}

template <class Integer>
void append_integer(Integer number, std::string& out) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end);
}

}  // namespace

void JsonWriter::key(std::string_view name) {
  separate();
  append_string(name, out_);
  out_ += ':';
  need_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_string(text, out_);
}

void JsonWriter::value(const Decimal& number) {
  separate();
  number.append_to(out_);
}

void JsonWriter::value(bool flag) {
  separate();
  out_ += flag ? "true" : "false";
}

void JsonWriter::signed_value(int64_t number) {
  separate();
  append_integer(number, out_);
}

void JsonWriter::unsigned_value(uint64_t number) {
  separate();
  append_integer(number, out_);
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::open(char c) {
  separate();
  out_ += c;
  need_comma_ = false;
}

void JsonWriter::close(char c) {
  out_ += c;
  need_comma_ = true;
}

void JsonWriter::separate() {
  if (need_comma_) out_ += ',';
  need_comma_ = true;
}

}  // namespace factmill
