#include "pipeline/load.h"

#include <fcntl.h>
#include <tbb/enumerable_thread_specific.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <unordered_set>
#include <utility>

#include "archive/byte_source.h"
#include "archive/snippet.h"
#include "base/hash.h"
#include "pipeline/flow.h"
#include "pipeline/writer.h"
#include "sink/fact_reader.h"
#include "sink/sql_rows.h"

namespace factmill {
namespace {

constexpr size_t kBlockBytes = size_t{256} << 10;
// Lines of one document that travel together; the rest comes behind as more of it.
constexpr size_t kGroupBytes = size_t{8} << 20;
constexpr std::string_view kMore = "more";  // Record::id of lines whose document came before

// The value of the line's "doc_id" key, wherever it stands, without reading the JSON: within a text its quotes would
// have a backslash before them.
std::string_view doc_id_of(std::string_view line) {
  constexpr std::string_view kKey = "\"doc_id\"";
  for (size_t at = line.find(kKey); at != std::string_view::npos; at = line.find(kKey, at + 1)) {
    if (at > 0 && line[at - 1] == '\\') continue;
    size_t begin = line.find_first_not_of(" \t", at + kKey.size());
    if (begin == std::string_view::npos || line[begin] != ':') continue;
    begin = line.find_first_not_of(" \t", begin + 1);
    if (begin == std::string_view::npos || line[begin] != '"') return {};
    const size_t end = line.find('"', begin + 1);
    return end == std::string_view::npos ? std::string_view() : line.substr(begin + 1, end - begin - 1);
  }
  return {};
}

Reject reject_at(const std::string& path, uint64_t offset, const char* code, std::string message) {
  Reject reject;
  reject.source.path = path;
  reject.source.offset = reject.offset = offset;
  reject.stage = "load";
  reject.code = code;
  reject.message = std::move(message);
  return reject;
}

// Lines of a file -> records that hold the lines of one document.
class FactLines {
 public:
  FactLines(const std::string& path, size_t max_line_bytes, RecordSink& sink)
      : path_(path), max_line_bytes_(max_line_bytes), sink_(sink) {}

  void run(ByteSource& source) {
    std::string block(kBlockBytes, '\0');
    while (goes_on_) {
      const Result<size_t> got = source.read(block.data(), block.size());
      if (!got) return fail(got.error().message);
      if (*got == 0) break;
      take(std::string_view(block).substr(0, *got));
    }
    if (goes_on_ && !line_.empty()) end_line(line_, 0);
    if (goes_on_) push_group();
  }

 private:
  void take(std::string_view block) {
    while (goes_on_ && !block.empty()) {
      const size_t newline = block.find('\n');
      const std::string_view piece = block.substr(0, newline);
      if (newline == std::string_view::npos) {
        // Of a line beyond the limit only so much is kept that it is known to be one.
        const size_t room = max_line_bytes_ + 1 - std::min(line_.size(), max_line_bytes_ + 1);
        line_.append(piece.substr(0, room));
        cut_ += piece.size() - std::min(piece.size(), room);
        return;
      }
      if (line_.empty()) {
        end_line(piece, 1);
      } else {
        line_.append(piece);
        end_line(line_, 1);
        line_.clear();
      }
      block.remove_prefix(newline + 1);
    }
  }

  void end_line(std::string_view line, uint64_t newline) {
    ++number_;
    if (line.size() > max_line_bytes_) {
      push_group();
      reject("too-long", "the line is too long for a fact", line);
    } else if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
      add(line);
    }
    offset_ += line.size() + std::exchange(cut_, 0) + newline;
  }

  void add(std::string_view line) {
    const std::string_view doc_id = doc_id_of(line);
    if (!group_.bytes.empty() && (doc_id != doc_id_ || group_.bytes.size() > kGroupBytes)) push_group();
    if (group_.bytes.empty()) {
      doc_id_ = doc_id;
      group_.source.path = path_;
      group_.source.offset = offset_;
      // Two documents of one hash would be one: at 64 bits that needs billions.
      if (!seen_.insert(hash64(doc_id)).second) group_.id = kMore;
    }
    group_.bytes.append(line).append(1, '\n');
  }

  void push_group() {
    if (!group_.bytes.empty()) goes_on_ = sink_.on_record(std::exchange(group_, {}));
  }

  void fail(const std::string& message) {
    push_group();
    reject("read-error", message, {});
  }

  void reject(const char* code, const std::string& message, std::string_view line) {
    Reject reject = reject_at(path_, offset_, code, message);
    reject.line = number_;
    reject.snippet = snippet(line);
    goes_on_ = sink_.on_reject(std::move(reject)) && goes_on_;
  }

  const std::string& path_;
  size_t max_line_bytes_;
  RecordSink& sink_;
  Record group_;
  std::string doc_id_;                   // of the group
  std::unordered_set<uint64_t> seen_;    // hashes of the file's doc_ids: eight bytes a document
  std::string line_;                     // what came of a line that is spread over blocks
  uint64_t cut_ = 0;                     // what was not kept of it
  uint64_t offset_ = 0, number_ = 0;     // of the line
  bool goes_on_ = true;
};

ReadSummary read_fact_file(const InputFile& file, size_t max_line_bytes, RecordSink& sink) {
  ReadSummary summary;
  ++summary.files;
  const bool is_input = file.path == "-";
  const int descriptor = is_input ? STDIN_FILENO : ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    Reject reject;
    reject.source.path = file.path;
    reject.stage = "archive";
    reject.code = "unreadable";
    reject.message = std::string("cannot open it: ") + std::strerror(errno);
    sink.on_reject(std::move(reject));
    return summary;
  }
  FileSource source(descriptor, !is_input);
  FactLines(file.path, max_line_bytes, sink).run(source);
  return summary;
}

// The record's lines as facts; lines that are none become rejects.
void parse_group(FactReader& reader, Parcel& parcel) {
  const Record& record = *parcel.record;
  std::string_view rest = record.bytes;
  uint64_t offset = record.source.offset.value_or(0);
  DocumentFacts& document = parcel.facts;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    Fact fact;
    std::string problem;
    if (reader.read(line, fact, problem) && fact.doc_id.empty()) problem = "doc_id is missing";
    if (problem.empty()) {
      document.facts.push_back(std::move(fact));
    } else {
      parcel.more_rejects.push_back(reject_at(record.source.path, offset, "no-fact", std::move(problem)));
      parcel.more_rejects.back().snippet = snippet(line);
    }
    offset += line.size() + 1;
  }
  parcel.bytes = record.bytes.size();
  if (document.facts.empty()) return;
  const Fact& first = document.facts.front();
  document.doc_id = first.doc_id;
  document.path = first.path;
  document.member = first.member;
  document.url = first.url;
  document.offset = first.offset;
  document.title = first.title;
  document.site = first.site;
  document.lang = first.lang;
  document.published = first.published;
  document.published_from = first.published_from;
  document.is_partial = record.id == kMore;
  if (Status status = check_document(document); !status) {
    parcel.more_rejects.push_back(
        reject_at(record.source.path, record.source.offset.value_or(0), "invalid-fact", status.error().message));
    document = {};
    return;
  }
  parcel.is_document = true;
}

}  // namespace

RunSummary load_facts(const std::vector<std::string>& paths, const LoadRunOptions& options, Sink& sink) {
  RunOptions run;
  run.keeps_manifest = options.keeps_manifest;
  run.stop = options.stop;
  run.progress = options.progress;
  run.on_reject = options.on_reject;
  run.threads = 2;
  run.read.from = Format::jsonl;
  run.read.leave_out = options.leave_out;
  tbb::enumerable_thread_specific<FactReader> readers;
  FlowHooks hooks;
  hooks.read = [&](const InputFile& file, ByteRange, RecordSink& to) {
    return read_fact_file(file, options.max_line_bytes, to);
  };
  hooks.work = [&](Parcel& parcel) { parse_group(readers.local(), parcel); };
  return run_into(sink, paths, run, std::move(hooks));
}

}  // namespace factmill
