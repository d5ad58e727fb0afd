// Appends JSON to a string, key by key, without an object in between. The caller keeps the nesting right
// and takes a new writer for each line. The string has it all when the outermost value is written.
//
//   JsonWriter json(out);
//   json.begin_object(); json.field("metric", "revenue"); json.field("value", decimal); json.end_object();
//
// Strings must be UTF-8; control characters and invalid bytes are escaped (an invalid byte becomes U+FFFD).
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/decimal.h"

namespace factmill {

// A key made ready to be copied, for those that are written again and again:
//
//   static constexpr JsonKey kMetric("metric");
//   json.field(kMetric, "revenue");
class JsonKey {
 public:
  // Of ASCII characters that stand for themselves; longer than kMost is no constant expression.
  constexpr explicit JsonKey(std::string_view name) : size_(name.size() + 4) {
    size_t at = 0;
    bytes_[at++] = ',';
    bytes_[at++] = '"';
    for (char c : name) bytes_[at++] = c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : throw "a character that must be escaped";
    bytes_[at++] = '"';
    bytes_[at++] = ':';
    if (size_ > kMost) throw "too long";
  }

 private:
  friend class JsonWriter;
  static constexpr size_t kMost = 32;
  size_t size_;                         // with the comma
  std::array<char, kMost + 1> bytes_{};  // kMost of them are there also behind the comma
};

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  ~JsonWriter() { flush(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void key(const JsonKey& name) {
    const size_t comma = need_comma_ ? 0 : 1;
    std::memcpy(room(JsonKey::kMost), name.bytes_.data() + comma, JsonKey::kMost);
    size_ += name.size_ - comma;
    need_comma_ = false;
  }

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const Decimal& number);  // a JSON number in plain digits
  void value(bool flag);
  template <class Integer>
    requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, char>)
  void value(Integer number) {
    if constexpr (std::is_signed_v<Integer>) {
      signed_value(number);
    } else {
      unsigned_value(number);
    }
  }
  void null();

  template <class T>
  void field(std::string_view name, const T& v) {
    key(name);
    value(v);
  }
  template <class T>
  void field(const JsonKey& name, const T& v) {
    key(name);
    value(v);
  }

 private:
  static constexpr size_t kBlock = 1024;

  void open(char c);
  void close(char c);
  void separate();
  void signed_value(int64_t number);
  void unsigned_value(uint64_t number);
  void word(std::string_view text);
  void string(std::string_view text);
  void written();
  void flush();
  // Makes room for so many bytes, at most kBlock.
  char* room(size_t size) {
    if (kBlock - size_ < size) flush();
    return block_.data() + size_;
  }
  void put(char c) {
    *room(1) = c;
    ++size_;
  }

  std::string& out_;
  bool need_comma_ = false;
  int depth_ = 0;
  size_t size_ = 0;                  // of what waits in the block
  std::array<char, kBlock> block_;   // a fact is hundreds of small pieces
};

}  // namespace factmill
