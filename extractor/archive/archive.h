// Files, folders and standard input -> records, pushed one by one.
//
//   struct Print : RecordSink {
//     bool on_record(Record&& record) override { std::cout << record.bytes; return true; }   // false: stop
//     bool on_reject(Reject&& reject) override { std::cerr << reject.message << '\n'; return true; }
//   } print;
//   ReadSummary summary = read_records({"archive/", "-"}, ReadOptions(), rules.profiles, print);
//
// | what          | told by                           | a document is        | its Source: member             | offset            |
// | ------------- | --------------------------------- | -------------------- | ------------------------------ | ----------------- |
// | text          | .txt .text; what is nothing else  | the stream           | -                              | -                 |
// | HTML          | .html .htm .xhtml; <html          | the stream           | -                              | -                 |
// | JSON Lines    | .jsonl .ndjson .json; {           | an object            | -                              | of its line       |
// | CSV           | .csv .tsv                         | a row                | -                              | of its row        |
// | WARC 1.0, 1.1 | .warc .wet; WARC/1.               | a response, resource | -; within a frame "+N"         | of the record in  |
// |               |                                   | or conversion record | (N: bytes of its contents)     | the packed file   |
// | gzip, zstd    | first bytes                       | what is inside       | -                              | in what it holds  |
// | tar           | .tar; checksum of the header      | what its members are | the member's name              | of its header     |
// | zip           | .zip; first bytes                 | what its members are | the member's name              | -                 |
//
// Packed files and archives are unpacked around any format, `max_nesting` deep: the member of a member is
// "inner.tar!/name". Names in archives are names only; nothing is written, and nothing but the paths given is opened.
// Where a member has an offset of its own (a line, a row, a record), that one is meant, in the member's contents.
// Links, devices and names of other kinds in archives and folders are skipped and counted; of WARC also other record
// types, statuses and media types. Content-Encoding gzip, deflate and zstd are undone, br is a reject.
//
// What cannot be read is a reject with its place and reason, and reading goes on with the next line, row, record,
// member, file or path; what was read before it stands. Memory does not grow with the input: a document, a line and a
// block a layer at a time. Charsets and markup are not looked into: that is text/.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
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
  // What comes next may be long in coming: the input is a pipe or a device. A sink that collects hands on what it has.
  virtual void on_wait() {}
};

// A file or folder that is named, or one that was found.
struct InputFile {
  std::string path;
  uint64_t bytes = 0;            // 0 for what is no regular file
  std::optional<Day> published;  // what a list says: stands where nothing else dates a document
};

struct ReadOptions {
  Format from = Format::automatic;  // what all input is; automatic: by name and content
  size_t max_document_bytes = 16 << 20;
  size_t max_line_bytes = 20 << 20;  // of JSON, whose escapes are longer than what they mean
  std::vector<InputFile> files;     // of --files-from: read behind the paths
  std::vector<std::string> leave_out;  // files that do not count where they lie in a folder: what the run itself writes
  std::vector<std::pair<RecordField, KeyPath>> map;  // --map text=maintext: goes before every profile

  // Against archives made to do harm. Each is a reject that says which.
  size_t max_nesting = 6;                        // layers: a gzip member of a .tar.gz is the third
  uint64_t max_member_bytes = uint64_t{1} << 40;  // of a member of a tar or zip
  uint64_t max_documents = 100'000'000;          // of one file
  uint64_t max_expansion = 200;                  // bytes made of one byte, once there are more than ...
  uint64_t expansion_floor = 64 << 20;           // ... so many

  // These change nothing but speed and memory.
  size_t block_bytes = 256 << 10;
};

// Of a file as it lies: [begin, end).
struct ByteRange {
  uint64_t begin = 0;
  uint64_t end = UINT64_MAX;
};

inline constexpr size_t kMaxSkipKinds = 200;  // the rest is "other"

struct ReadSummary {
  uint64_t files = 0;    // opened
  uint64_t skipped = 0;  // in sum
  std::map<std::string, uint64_t, std::less<>> skipped_by;  // by kind: "file of another kind", "warc request", "image/png"
  uint64_t bytes = 0;    // as they lie
  uint64_t records = 0;
  uint64_t rejects = 0;
  bool stopped = false;  // by the sink
};

// Paths in the order given, "-" is standard input; folders with all that is below them, in byte order of the paths.
// In folders only known extensions are read; what is named is read whatever its name. A folder that can be reached in
// two ways (symbolic links) is read once.
ReadSummary read_records(const std::vector<std::string>& paths, const ReadOptions& options, const Profiles& profiles,
                         RecordSink& sink);

// The files that read_records would read, in its order, unopened: for a manifest, or to part them among several runs.
std::vector<InputFile> list_files(const std::vector<std::string>& paths, const ReadOptions& options, RecordSink& rejects,
                                  ReadSummary& summary);

// A list of files, a path a line, "-" for standard input; behind a tab, if any, the publish date as YYYY-MM-DD. Empty
// lines are read over. Folders are walked like those of `paths`.
Result<std::vector<InputFile>> read_file_list(const std::string& path);

// The records that begin in a part of the file as it lies, so that several runs can share it: the parts [0, n), [n, m),
// [m, end) together give what the whole gives, wherever they are cut. WARC, WARC.gz and WARC.zst with a record a frame
// and JSON Lines that is not packed can be parted; of everything else the part that begins at 0 gives all, others nothing.
ReadSummary read_file(const InputFile& file, ByteRange part, const ReadOptions& options, const Profiles& profiles, RecordSink& sink);

// One stream, as if it had been opened under this path.
ReadSummary read_stream(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles,
                        RecordSink& sink);

}  // namespace factmill
