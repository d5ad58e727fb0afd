// What the fuzz targets share. Each target is one file with LLVMFuzzerTestOneInput, for libFuzzer and for driver.cc, which
// stands in for it where there is no clang. A broken promise aborts: `promise` is an assert that is always on.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size);

namespace factmill::fuzz {

inline void promise(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// An exact copy on the heap, so that the sanitizer sees a read beyond the end.
inline std::string_view exact(const uint8_t* input, size_t size, std::unique_ptr<char[]>& owner) {
  owner = std::make_unique<char[]>(size);
  if (size > 0) std::memcpy(owner.get(), input, size);
  return {owner.get(), size};
}

// Gives its bytes in pieces, and fails or ends behind the last.
class Pieces : public ByteSource {
 public:
  Pieces(std::string_view bytes, size_t piece, bool fails = false) : bytes_(bytes), piece_(piece), fails_(fails) {}
  Result<size_t> read(char* buffer, size_t size) override {
    size = std::min({size, piece_, bytes_.size()});
    if (size == 0 && fails_) return Error{"Input/output error"};
    if (size > 0) std::memcpy(buffer, bytes_.data(), size);
    bytes_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view bytes_;
  size_t piece_;
  bool fails_;
};

struct Kept : RecordSink {
  std::vector<Record> records;
  std::vector<Reject> rejects;
  bool on_record(Record&& record) override {
    records.push_back(std::move(record));
    return true;
  }
  bool on_reject(Reject&& reject) override {
    rejects.push_back(std::move(reject));
    return true;
  }
};

// The rules' text layer and profiles, read once from the source tree.
const Profiles& profiles();

// Small limits, so that they are met too.
ReadOptions small_options();
// Reads the input under this name: in one piece, in small pieces, and with a failure behind the last byte. All three must
// give the same records; the failure must be told.
void read_in_all_ways(std::string_view bytes, const std::string& name, const ReadOptions& options);

}  // namespace factmill::fuzz
