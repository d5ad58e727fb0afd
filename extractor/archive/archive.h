// Files, folders and standard input -> records, pushed one by one.
//
//   struct Print : RecordSink {
//     bool on_record(Record&& record) override { std::cout << record.bytes; return true; }   // false: stop
//     bool on_reject(Reject&& reject) override { std::cerr << reject.message << '\n'; return true; }
//   } print;
//   ReadSummary summary = read_records({"archive/", "-"}, ReadOptions(), rules.profiles, print);
//
// What cannot be read is a reject with its place and reason, and reading goes on with the next line, file or path.
// Memory does not grow with the input: a document, a line and a block at a time. Decoding and markup are not looked
// into: that is text/.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "archive/byte_source.h"
#include "archive/record.h"
#include "ruleset/profiles.h"

namespace factmill {

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // False stops reading.
  virtual bool on_record(Record&& record) = 0;
  virtual bool on_reject(Reject&& reject) = 0;
};

// A file that is named, or one that was found.
struct InputFile {
  std::string path;
  uint64_t bytes = 0;            // 0 for what is no regular file
  std::optional<Day> published;
};

// Of a file as it lies: [begin, end).
struct ByteRange {
  uint64_t begin = 0;
  uint64_t end = UINT64_MAX;
};

struct ReadOptions {
  Format from = Format::automatic;  // what all input is; automatic: by name and content
  size_t max_document_bytes = 16 << 20;
  size_t max_line_bytes = 20 << 20;  // of JSON, whose escapes are longer than what they mean
  std::vector<std::pair<RecordField, KeyPath>> map;  // --map text=maintext: goes before every profile

  // These change nothing but speed and memory.
  size_t block_bytes = 256 << 10;
};

struct ReadSummary {
  uint64_t files = 0;    // opened
  std::map<std::string, uint64_t, std::less<>> skipped_by;
  uint64_t skipped = 0;  // files in folders whose name says nothing we know
  uint64_t bytes = 0;
  uint64_t records = 0;
  uint64_t rejects = 0;
  bool stopped = false;  // by the sink
};

// Paths in the order given, "-" is standard input; folders with all that is below them, in byte order of the paths.
// In folders only known extensions are read; what is named is read whatever its name. A folder that can be reached in
// two ways (symbolic links) is read once.
ReadSummary read_records(const std::vector<std::string>& paths, const ReadOptions& options, const Profiles& profiles,
                         RecordSink& sink);

// The files that read_records would read, in its order, unopened.
std::vector<InputFile> list_files(const std::vector<std::string>& paths, const ReadOptions& options, RecordSink& rejects,
                                  ReadSummary& summary);

// The records that begin in a part of the file as it lies.
ReadSummary read_file(const InputFile& file, ByteRange part, const ReadOptions& options, const Profiles& profiles,
                      RecordSink& sink);

// One stream, as if it had been opened under this path.
ReadSummary read_stream(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles,
                        RecordSink& sink);

}  // namespace factmill
