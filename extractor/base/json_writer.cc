#include "base/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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
constexpr size_t kShort = 100;      // bytes that have room in a block, whatever they become

template <class Word>
Word load(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// Whether eight bytes all stand for themselves: none is below 0x20, a quote, a backslash or beyond ASCII.
bool are_plain(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  const uint64_t quotes = bytes ^ (kOnes * '"'), slashes = bytes ^ (kOnes * '\\');
  return (((bytes - kOnes * 0x20) | (quotes - kOnes) | (slashes - kOnes) | bytes) & kTops) == 0;
}

// Writes a text in which all bytes stand for themselves, as most do. False: what was written counts for nothing.
bool write_plain(std::string_view text, char* out) {
  const size_t size = text.size();
  const char* from = text.data();
  if (size < 4) {
    for (size_t i = 0; i < size; ++i) {
      if (!is_plain(from[i])) return false;
      out[i] = from[i];
    }
    return true;
  }
  if (size < 8) {  // two halves that overlap
    const auto low = load<uint32_t>(from), high = load<uint32_t>(from + size - 4);
    std::memcpy(out, &low, 4);
    std::memcpy(out + size - 4, &high, 4);
    return are_plain(uint64_t{high} << 32 | low);
  }
  size_t at = 0;
#if defined(__SSE2__)
  for (; at + 16 <= size; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + at), bytes);
    // Bytes beyond ASCII are below zero.
    const __m128i special = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                         _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    if (_mm_movemask_epi8(special) != 0) return false;
  }
#endif
  for (; at + 8 < size; at += 8) {
    const auto bytes = load<uint64_t>(from + at);
    std::memcpy(out + at, &bytes, 8);
    if (!are_plain(bytes)) return false;
  }
  const auto last = load<uint64_t>(from + size - 8);
  std::memcpy(out + size - 8, &last, 8);
  return are_plain(last);
}

// Where it ends.
char* write_text(std::string_view text, char* out) {
  if (write_plain(text, out)) return out + text.size();
  for (size_t at = 0; at < text.size();) {
    if (is_plain(text[at])) {
      *out++ = text[at++];
      continue;
    }
    const size_t length = utf8_sequence_size(text.substr(at));
    if (length == 1) {
      out = write_escaped(text[at], out);
    } else {
      const std::string_view character = length == 0 ? kReplacement : text.substr(at, length);
      out = std::copy(character.begin(), character.end(), out);
    }
    at += length == 0 ? 1 : length;
  }
  return out;
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
  if (text.size() <= kShort) {
    char* at = room(text.size() * kMostEscaped + 3);
    if (need_comma_) *at++ = ',';
    *at++ = '"';
    at = write_text(text, at);
    *at++ = '"';
    size_ = static_cast<size_t>(at - block_.data());
    need_comma_ = true;
    return written();
  }
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
