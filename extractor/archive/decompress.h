// gzip (RFC 1952, of any number of members) and Zstandard (RFC 8878, of any number of frames) as sources of bytes.
//
//   Expansion expansion(limits);
//   const auto source = decompress(Packing::gzip, below, expansion.layer(1));
//   Input input(*source, block_bytes);
//
// Errors name the byte of the compressed data at which they were seen; what was decoded before is given first. Codes:
// "truncated-gzip", "damaged-gzip", "truncated-zstd", "damaged-zstd", "too-much-expansion", or that of the source below.
// Memory: a window (32 kB; Zstandard's up to 128 MB, as the file asks for) and what `below` buffers.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_source.h"

namespace factmill {

enum class Packing : uint8_t { gzip, zstd };

// By the first bytes. Where there are too few of them the name decides.
std::optional<Packing> packing_of(std::string_view head, std::string_view name = {});

// Bytes that a file's layers of compression made of its bytes, and how many they may. A decompression bomb ends when
// one of its layers has more than `floor` bytes and more than `ratio` for each byte read.
class Expansion {
 public:
  Expansion(uint64_t ratio, uint64_t floor) : ratio_(ratio), floor_(floor) {}
  void read(uint64_t bytes) { read_ += bytes; }
  // False, from then on, if that is more than it may be.
  bool made(size_t layer, uint64_t bytes);
  bool exceeded() const { return exceeded_; }
  // For the failure of a source, which its reader makes a reject.
  std::string message() const;
  uint64_t bytes_read() const { return read_; }

 private:
  uint64_t ratio_;
  uint64_t floor_;
  uint64_t read_ = 0;
  std::vector<uint64_t> made_;  // by layer
  bool exceeded_ = false;
};

// Counts what is read at the bottom of all layers.
class CountedSource : public ByteSource {
 public:
  CountedSource(ByteSource& source, Expansion& expansion) : source_(source), expansion_(expansion) {}
  Result<size_t> read(char* buffer, size_t size) override;
  std::string_view failure_code() const override { return source_.failure_code(); }
  Address address(uint64_t position) override { return source_.address(position); }
  std::optional<uint64_t> seek(int64_t offset, int whence) override { return source_.seek(offset, whence); }
  bool restart(uint64_t offset, std::string_view prefix) override { return source_.restart(offset, prefix); }

 private:
  ByteSource& source_;
  Expansion& expansion_;
};

// `below` and `expansion` must outlive the source.
std::unique_ptr<ByteSource> decompress(Packing packing, Input& below, Expansion& expansion, size_t layer);

}  // namespace factmill
