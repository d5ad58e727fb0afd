// 128-bit content hashes (XXH3-128) as 32 lower-case hex digits: document and fact identity.
// Not cryptographic. The hash of the same bytes is the same on every machine.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace factmill {

struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;
  std::string to_hex() const;
  friend bool operator==(const Hash128&, const Hash128&) = default;
};

Hash128 hash128(std::string_view bytes);
uint64_t hash64(std::string_view bytes);

}  // namespace factmill
