#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"

namespace factmill {
namespace {

constexpr size_t kMaxKey = 60;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr std::array<bool, 256> plain_bytes() {
  std::array<bool, 256> plain{};
  for (int c = 0x20; c < 0x80; ++c) plain[static_cast<size_t>(c)] = c != '"' && c != '\\';
  return plain;
}
constexpr std::array<bool, 256> kPlain = plain_bytes();

bool is_plain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

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

void append_string(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    size_t plain = 0;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
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

// In one piece where nothing is to be escaped, as in the names of our own keys.
void JsonWriter::key(std::string_view name) {
  char head[kMaxKey + 4];
  size_t size = 0;
  if (name.size() > kMaxKey || !std::all_of(name.begin(), name.end(), is_plain)) {
    separate();
    append_string(name, out_);
    out_ += ':';
  } else {
    if (need_comma_) head[size++] = ',';
    head[size++] = '"';
    size = static_cast<size_t>(std::copy(name.begin(), name.end(), head + size) - head);
    head[size++] = '"';
    head[size++] = ':';
    out_.append(head, size);
  }
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
