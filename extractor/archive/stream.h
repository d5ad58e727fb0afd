// What the readers of the formats share. Internal to this room.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "archive/archive.h"
#include "archive/byte_source.h"
#include "archive/decompress.h"

namespace factmill {

inline constexpr std::string_view kOtherKind = "file of another kind";

// Counts what goes to the sink, and remembers when it had enough.
class Output {
 public:
  Output(const ReadOptions& options, RecordSink& sink, ReadSummary& summary) : options_(options), sink_(sink), summary_(summary) {}

  // The limit of documents counts from here.
  void begin_file() {
    file_records_ = 0;
    file_ended_ = false;
    told_expansion_ = false;
  }
  void record(Record&& record);
  void reject(Reject&& reject);
  void reject(const Source& source, std::string_view code, std::string message, uint64_t offset = 0, std::string_view bytes = {});
  void skip(std::string_view kind);
  void wait() { sink_.on_wait(); }

  // No more is wanted: of anything, or of this file.
  bool stopped() const { return summary_.stopped || file_ended_; }
  void end_file() { file_ended_ = true; }
  // A reject said that this file expands too much.
  bool told_expansion() const { return told_expansion_; }
  ReadSummary& summary() { return summary_; }

 private:
  const ReadOptions& options_;
  RecordSink& sink_;
  ReadSummary& summary_;
  uint64_t file_records_ = 0;
  bool file_ended_ = false;
  bool told_expansion_ = false;
};

// One file that is read, with all its layers.
struct FileContext {
  const ReadOptions& options;
  const Profiles& profiles;
  Output& output;
  Expansion expansion;
  std::optional<Day> published;  // of the list that named the file
  ByteRange range;
  const Source* target = nullptr;  // only this document is wanted
};

// An open stream of bytes: a file, what a compressed one holds, a member of an archive.
struct Stream {
  Input& input;
  FileContext& file;
  Source place;         // path and member; of a tar's member also the offset, where a document takes it
  std::string name;     // tells the format: the innermost name without ".gz"
  size_t depth = 0;     // layers around it
  bool splits = false;  // its addresses are offsets of the file

  const ReadOptions& options() const { return file.options; }
  Output& output() { return file.output; }
  void reject_failure();
  void reject(std::string_view code, std::string message, uint64_t offset = 0, std::string_view bytes = {}) {
    file.output.reject(place, code, std::move(message), offset, bytes);
  }
  Record new_record() const {
    Record record;
    record.source = place;
    record.default_published = file.published;
    return record;
  }
  // Whether only a part of the file is wanted, and not its begin.
  bool is_later_part() const { return file.range.begin > 0; }
};

std::string size_text(uint64_t bytes);
// A member's name behind those of the archives around it.
std::string member_path(std::string_view outer, std::string_view name);

// One for each format; reads the stream to its end.
void read_document(Stream& stream, Format format);
void read_json(Stream& stream);
bool first_line_is_object(Stream& stream);
void read_csv(Stream& stream);
void read_warc(Stream& stream);

// A file as far as it may hold the target; other documents come too.
ReadSummary read_target(const Source& target, ByteRange part, const ReadOptions& options, const Profiles& profiles, RecordSink& sink);

// Unpacks what is packed and reads what is inside.
void read_layers(Stream& stream);
bool is_container(Stream& stream);
void read_container(Stream& stream);

}  // namespace factmill
