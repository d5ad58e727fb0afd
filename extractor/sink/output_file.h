// A file that appears under its name only when it is complete, or standard output.
//
//   Result<std::unique_ptr<OutputFile>> file = OutputFile::open("facts.jsonl");
//   (*file)->append(line); (*file)->commit();
//
// What is appended in one call is never split by flush(), so that a reader of standard output gets whole documents.
// Without commit() nothing is left behind: the bytes are in a temporary file beside the target, which the destructor
// removes; of a resumable file they stay, for a later run to go on from. A target that exists and is no regular file (a pipe, /dev/stdout) is written directly. Not thread-safe.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace factmill {

class OutputFile {
 public:
  // "-" is standard output. Error: the file cannot be created.
  static Result<std::unique_ptr<OutputFile>> open(const std::string& path);
  // The temporary file is NAME.part, with what an earlier run left in it, and belongs to one process at a time. Error:
  // also where the target is no regular file (see is_stream()) or another run is writing it.
  static Result<std::unique_ptr<OutputFile>> open_resumable(const std::string& path);
  // Whether a target is written directly, so that nothing of it could be taken up again.
  static bool is_stream(const std::string& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // Buffered. Error: the bytes could not be written (see kBrokenPipe in sink.h); after that every call fails.
  Status append(std::string_view bytes);
  // Writes what is buffered; a regular file reaches the disk.
  Status flush();
  // Of a resumable file: forgets what stands behind the first `size` bytes.
  Status truncate(uint64_t size);
  // Bytes appended so far, and what was there before.
  uint64_t size() const { return size_; }
  // Flushes and gives the file its name.
  Status commit();
  // Standard output, a pipe, a device: no name beside which other files could stand.
  bool is_stream() const { return final_.empty(); }

 private:
  OutputFile() = default;
  Status write_buffer();
  Status fail(const std::string& what);

  std::string path_;       // as the user gave it
  std::string final_;      // where the file will be, links resolved; empty: written directly
  std::string temporary_;  // where it is until then
  bool is_kept_ = false;   // the temporary file, by the destructor
  uint64_t size_ = 0;
  int descriptor_ = -1;
  std::string buffer_;
  Status status_;
};

}  // namespace factmill
