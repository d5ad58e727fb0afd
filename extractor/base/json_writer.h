// Appends JSON to a string, key by key, without an object in between. The caller keeps the nesting right
// and takes a new writer for each line.
//
//   JsonWriter json(out);
//   json.begin_object(); json.field("metric", "revenue"); json.field("value", decimal); json.end_object();
//
// Strings must be UTF-8; control characters and invalid bytes are escaped (an invalid byte becomes U+FFFD).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/decimal.h"

namespace factmill {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

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

 private:
  void open(char c);
  void close(char c);
  void separate();
  void signed_value(int64_t number);
  void unsigned_value(uint64_t number);

  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace factmill
