#include "base/hash.h"

#include <xxhash.h>

namespace factmill {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void write_hex(uint64_t number, char* out) {
  for (int i = 15; i >= 0; --i, number >>= 4) out[i] = kHexDigits[number & 0xF];
}

}  // namespace

std::string Hash128::to_hex() const {
  char text[32];
  write_hex(high, text);
  write_hex(low, text + 16);
  return std::string(text, sizeof text);
}

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

struct HashStream::State {
  XXH3_state_t* xxh = XXH3_createState();
  ~State() { XXH3_freeState(xxh); }
};

HashStream::HashStream() : state_(std::make_unique<State>()) { XXH3_128bits_reset(state_->xxh); }
HashStream::~HashStream() = default;
void HashStream::add(std::string_view bytes) { XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size()); }

Hash128 HashStream::hash() const {
  const XXH128_hash_t h = XXH3_128bits_digest(state_->xxh);
  return {h.high64, h.low64};
}

}  // namespace factmill
