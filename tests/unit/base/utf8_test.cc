#include "base/utf8.h"

#include <doctest/doctest.h>

namespace factmill {
namespace {

TEST_CASE("utf8: a sequence has one to four bytes, or is none") {
  struct {
    std::string_view text;
    size_t size;
  } const rows[] = {
      {"", 0},           {"a", 1},          {"é", 2},          {"€", 3},          {"🚗", 4},
      {"aé", 1},         {"\x80", 0},       {"\xC3", 0},       {"\xE2\x82", 0},   {"\xF0\x9F\x9A", 0},
      {"\xC1\xBF", 0},   {"\xE0\x9F\xBF", 0}, {"\xED\xA0\x80", 0}, {"\xED\x9F\xBF", 3}, {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x8F\xBF\xBF", 4}, {"\xF4\x90\x80\x80", 0}, {"\xF5\x80\x80\x80", 0}, {"\xFF", 0}, {"\xE2(\xAC", 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(utf8_sequence_size(row.text) == row.size);
  }
}

}  // namespace
}  // namespace factmill
