// 128-bit content hashes (XXH3-128) as 32 lower-case hex digits: document and fact identity.
// Not cryptographic. The hash of the same bytes is the same on every machine.
#pragma once
#include <cstdint>
#include <memory>
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

// The same over bytes that come in pieces.
class HashStream {
 public:
  HashStream();
  HashStream(const HashStream&) = delete;
  HashStream& operator=(const HashStream&) = delete;
  ~HashStream();
  void add(std::string_view bytes);
  Hash128 hash() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace factmill
