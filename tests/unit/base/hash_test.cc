#include "base/hash.h"

#include <doctest/doctest.h>

namespace factmill {
namespace {

TEST_CASE("hash: XXH3-128 of the specification, high half first") {
  CHECK(hash128("").to_hex() == "99aa06d3014798d86001c324468d497f");
  CHECK(hash128("factmill").to_hex().size() == 32);
  CHECK(hash128("a") == hash128(std::string("a")));
  CHECK_FALSE(hash128("a") == hash128("b"));
  CHECK_FALSE(hash128("a") == hash128(std::string_view("a\0", 2)));
  CHECK(hash64("") == 0x2D06800538D394C2u);
}

TEST_CASE("hash: leading zeros are written") {
  CHECK(Hash128{1, 0xAB}.to_hex() == "000000000000000100000000000000ab");
}

}  // namespace
}  // namespace factmill
