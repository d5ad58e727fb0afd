// Appends JSON to a string, key by key, without an object in between. The caller keeps the nesting right.
//
//   JsonWriter json(out);
//   json.begin_object(); json.field("metric", "revenue"); json.field("value", decimal); json.end_object();
//
// Strings must be UTF-8; control characters and invalid bytes are escaped (an invalid byte becomes U+FFFD).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

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
  void value(int64_t number);
  void value(bool flag);
  void null();

  template <class T>
  void field(std::string_view name, const T& v) {
    key(name);
    value(v);
  }
  void field(std::string_view name, uint32_t v) {
    key(name);
    value(static_cast<int64_t>(v));
  }

 private:
  void open(char c);
  void close(char c);
  void separate();

  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace factmill
