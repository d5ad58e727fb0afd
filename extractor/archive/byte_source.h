// Bytes in order, from wherever: a file, standard input, a decompressor, a member of an archive; in tests a source that
// fails half-way.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace factmill {

// Where a byte lies below a decompressor: the begin of its gzip member or zstd frame, and how far it is into what
// that holds. For bytes that are not compressed: their own offset, and 0.
struct Address {
  uint64_t offset = 0;
  uint64_t within = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes into `buffer`; 0 at the end. An Error ends the source.
  virtual Result<size_t> read(char* buffer, size_t size) = 0;
  // What kind of Error it was: the code of the reject that it becomes.
  virtual std::string_view failure_code() const { return "read-error"; }

  // Of the byte at `position` of what read() has given since the begin. Positions must not decrease from call to call.
  virtual Address address(uint64_t position) { return {position, 0}; }
  // The file offset at which reading stands, or nothing where the source cannot seek.
  virtual std::optional<uint64_t> seek(int64_t offset, int whence) {
    static_cast<void>(offset);
    static_cast<void>(whence);
    return std::nullopt;
  }
  // Goes on at the first place at or behind `offset` of the file below from which reading can begin. A decompressor
  // takes the first member whose contents begin with `prefix`. False: it cannot, or there is none.
  virtual bool restart(uint64_t offset, std::string_view prefix) {
    static_cast<void>(offset);
    static_cast<void>(prefix);
    return false;
  }
  // After an Error: goes on at the next such place. False: it cannot, or there is none.
  virtual bool recover(std::string_view prefix) {
    static_cast<void>(prefix);
    return false;
  }
};

// A file descriptor; closes it if told to own it. `before_wait` is called before a read that may be long in coming.
class FileSource : public ByteSource {
 public:
  FileSource(int descriptor, bool owned, std::function<void()> before_wait = nullptr);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  Result<size_t> read(char* buffer, size_t size) override;
  Address address(uint64_t position) override { return {position + moved_, 0}; }
  std::optional<uint64_t> seek(int64_t offset, int whence) override;
  bool restart(uint64_t offset, std::string_view prefix) override;

 private:
  int descriptor_;
  bool owned_;
  std::function<void()> before_wait_;  // empty for a regular file
  uint64_t given_ = 0;
  uint64_t moved_ = 0;  // file offset less position, modulo 2^64
};

// A source with a look ahead. Blocks are followed by readable bytes (simdjson's padding).
class Input {
 public:
  Input(ByteSource& source, size_t block_bytes) : source_(source), max_block_bytes_(block_bytes) {}

  // The next bytes, at least `size` of them unless the source ends or fails before; they are read again by next().
  std::string_view peek(size_t size);
  // Drops so many of the bytes that were peeked.
  void consume(size_t size) { begin_ += size; }
  // Keeps so many of the bytes that were dropped, and goes back over some of them; it returns how many there were.
  void keep(size_t size) { kept_bytes_ = size; }
  size_t back(size_t size);
  // What was peeked, else the next block; empty at the end and on failure. Valid until the next call.
  std::string_view next();
  // Reads over so many bytes; false if the source ended before.
  bool skip(uint64_t size);

  // Why the source failed, if it did; `bytes_read` bytes came before.
  const std::optional<std::string>& failure() const { return failure_; }
  std::string_view failure_code() const { return source_.failure_code(); }
  uint64_t bytes_read() const { return bytes_read_; }
  // Of the next byte, in what the source gave.
  uint64_t position() const { return bytes_read_ - (used_ - begin_); }
  Address address(uint64_t position) { return source_.address(position); }
  // As of the source; what was peeked is forgotten.
  bool restart(uint64_t offset, std::string_view prefix = {});
  bool recover(std::string_view prefix);
  ByteSource& source() { return source_; }

 private:
  void fill(size_t size);
  void forget();

  ByteSource& source_;
  size_t max_block_bytes_;
  size_t block_bytes_ = 8 << 10;  // of the next read; doubles, so that a small member costs little
  std::string buffer_;  // bytes in [begin_, used_), then padding
  size_t kept_bytes_ = 0;  // before begin_, if there were so many
  size_t begin_ = 0;
  size_t used_ = 0;
  bool ended_ = false;
  uint64_t bytes_read_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace factmill
