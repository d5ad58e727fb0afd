// Bytes in order, from wherever: a file, standard input, later a decompressor; in tests a source that fails half-way.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace factmill {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes into `buffer`; 0 at the end. An Error ends the source.
  virtual Result<size_t> read(char* buffer, size_t size) = 0;
};

// A file descriptor; closes it if told to own it.
class FileSource : public ByteSource {
 public:
  FileSource(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  Result<size_t> read(char* buffer, size_t size) override;

 private:
  int descriptor_;
  bool owned_;
};

// A source with a look ahead. Blocks are followed by readable bytes (simdjson's padding).
class Input {
 public:
  Input(ByteSource& source, size_t block_bytes) : source_(source), block_bytes_(block_bytes) {}

  // The next bytes, at least `size` of them unless the source ends or fails before; they are read again by next().
  std::string_view peek(size_t size);
  // What was peeked, else the next block; empty at the end and on failure. Valid until the next call.
  std::string_view next();
  // Why the source failed, if it did; `bytes_read` bytes came before.
  const std::optional<std::string>& failure() const { return failure_; }
  uint64_t bytes_read() const { return bytes_read_; }

 private:
  void fill(size_t size);

  ByteSource& source_;
  size_t block_bytes_;
  std::string buffer_;  // `used_` bytes, then padding
  size_t used_ = 0;
  bool peeked_ = false;
  bool ended_ = false;
  uint64_t bytes_read_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace factmill
