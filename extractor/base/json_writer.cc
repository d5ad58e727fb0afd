#include "base/json_writer.h"

#include <algorithm>
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

// Where it ends.
char* write_escaped(char c, char* out) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  *out++ = '\\';
  switch (c) {
    case '"':
    case '\\': *out++ = c; return out;
    case '\b': *out++ = 'b'; return out;
    case '\f': *out++ = 'f'; return out;
    case '\n': *out++ = 'n'; return out;
    case '\r': *out++ = 'r'; return out;
    case '\t': *out++ = 't'; return out;
  }
  for (char digit : {'u', '0', '0', kHexDigits[c >> 4], kHexDigits[c & 0xF]}) *out++ = digit;
  return out;
}

constexpr size_t kMostEscaped = 6;  // bytes that one becomes

// Writes up to 8 bytes at a time and looks at them later; there is room for that.
char* write_text(std::string_view text, char* out) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  size_t at = 0;
  while (true) {
    for (; at + 8 <= text.size(); at += 8, out += 8) {
      uint64_t bytes;
      std::memcpy(&bytes, text.data() + at, 8);
      std::memcpy(out, &bytes, 8);
      // A top bit is set where a byte is below 0x20, a quote, a backslash or beyond ASCII; a borrow may set one above such a byte.
      const uint64_t quotes = bytes ^ (kOnes * '"'), slashes = bytes ^ (kOnes * '\\');
      if ((((bytes - kOnes * 0x20) | (quotes - kOnes) | (slashes - kOnes) | bytes) & kTops) != 0) break;
    }
    while (at < text.size() && is_plain(text[at])) *out++ = text[at++];
    if (at == text.size()) return out;
    const size_t length = utf8_sequence_size(text.substr(at));
    if (length == 1) {
      out = write_escaped(text[at], out);
    } else {
      const std::string_view character = length == 0 ? kReplacement : text.substr(at, length);
      out = std::copy(character.begin(), character.end(), out);
    }
    at += length == 0 ? 1 : length;
  }
}

}  // namespace

void JsonWriter::flush() {
  out_.append(block_.data(), size_);
  size_ = 0;
}

// A value is complete.
void JsonWriter::written() {
  if (depth_ == 0) flush();
}

void JsonWriter::string(std::string_view text) {
  put('"');
  constexpr size_t kPart = (kBlock - 8) / kMostEscaped;
  while (text.size() > kPart) {
    // Cut before what begins a character. So many tails on end are none of one.
    size_t part = kPart;
    while (part > 0 && is_utf8_tail(text[part])) --part;
    if (part == 0) part = kPart;
    char* at = room(kBlock);
    size_ += static_cast<size_t>(write_text(text.substr(0, part), at) - at);
    text.remove_prefix(part);
  }
  char* at = room(text.size() * kMostEscaped + 8);
  size_ += static_cast<size_t>(write_text(text, at) - at);
  put('"');
}

void JsonWriter::word(std::string_view text) {
  separate();
  std::copy(text.begin(), text.end(), room(text.size()));
  size_ += text.size();
  written();
}

void JsonWriter::key(std::string_view name) {
  separate();
  string(name);
  put(':');
  need_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  string(text);
  written();
}

void JsonWriter::value(const Decimal& number) {
  separate();
  char* at = room(Decimal::kMaxChars);
  size_ += number.write_to(at);
  written();
}

void JsonWriter::value(bool flag) { word(flag ? "true" : "false"); }

void JsonWriter::signed_value(int64_t number) {
  separate();
  char* at = room(24);
  size_ += static_cast<size_t>(std::to_chars(at, at + 24, number).ptr - at);
  written();
}

void JsonWriter::unsigned_value(uint64_t number) {
  separate();
  char* at = room(24);
  size_ += static_cast<size_t>(std::to_chars(at, at + 24, number).ptr - at);
  written();
}

void JsonWriter::null() { word("null"); }

void JsonWriter::open(char c) {
  separate();
  put(c);
  ++depth_;
  need_comma_ = false;
}

void JsonWriter::close(char c) {
  put(c);
  --depth_;
  need_comma_ = true;
  written();
}

void JsonWriter::separate() {
  if (need_comma_) put(',');
  need_comma_ = true;
}

}  // namespace factmill
