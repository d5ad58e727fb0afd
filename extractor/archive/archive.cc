#include "archive/archive.h"

#include <dirent.h>
#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

#include "archive/json_record.h"
#include "archive/sniff.h"
#include "archive/snippet.h"

namespace factmill {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Counts what goes to the sink, and remembers when it had enough.
class Output {
 public:
  Output(RecordSink& sink, ReadSummary& summary) : sink_(sink), summary_(summary) {}

  void record(Record&& record) {
    ++summary_.records;
    if (!sink_.on_record(std::move(record))) summary_.stopped = true;
  }
  void reject(Reject&& reject) {
    ++summary_.rejects;
    reject.stage = "archive";
    if (!sink_.on_reject(std::move(reject))) summary_.stopped = true;
  }
  void reject(const std::string& path, std::string code, std::string message, uint64_t offset = 0, std::string_view bytes = {}) {
    Reject result;
    result.source.path = path;
    result.code = std::move(code);
    result.message = std::move(message);
    result.offset = offset;
    result.snippet = snippet(bytes);
    reject(std::move(result));
  }
  bool stopped() const { return summary_.stopped; }
  ReadSummary& summary() { return summary_; }

 private:
  RecordSink& sink_;
  ReadSummary& summary_;
};

// One open stream and all that a format's reader needs.
struct Stream {
  Input& input;
  const std::string& path;
  const ReadOptions& options;
  const Profiles& profiles;
  Output& output;

  void reject_failure() { output.reject(path, "read-error", *input.failure(), input.bytes_read()); }
};

std::string size_text(uint64_t bytes) { return std::to_string(bytes) + " bytes"; }

// ---- text and HTML: the stream is one document ---------------------------------------------------------------------

void read_document(Stream& stream, Format format) {
  const size_t limit = stream.options.max_document_bytes;
  std::string bytes;
  for (std::string_view block = stream.input.next(); !block.empty(); block = stream.input.next()) {
    bytes += block;
    if (bytes.size() > limit) {
      return stream.output.reject(stream.path, "too-long", "the document has more than " + size_text(limit), 0, bytes);
    }
  }
  if (stream.input.failure()) return stream.reject_failure();
  if (bytes.empty()) return stream.output.reject(stream.path, "empty", "the file is empty");
  Record record;
  record.source.path = stream.path;
  record.bytes = std::move(bytes);
  record.format = format;
  stream.output.record(std::move(record));
}

void read_text(Stream& stream) { read_document(stream, Format::text); }
void read_html(Stream& stream) { read_document(stream, Format::html); }

// ---- JSON Lines ----------------------------------------------------------------------------------------------------

class JsonLines {
 public:
  explicit JsonLines(Stream& stream) : stream_(stream), reader_(stream.options, stream.profiles) {}

  void run() {
    for (std::string_view block = stream_.input.next(); !block.empty(); block = stream_.input.next()) {
      while (!block.empty()) {
        if (stream_.output.stopped()) return;
        take_piece(block);
      }
    }
    if (stream_.output.stopped()) return;
    if (stream_.input.failure()) {
      stream_.reject_failure();
      if (!line_.empty()) reject_line("truncated-json", "the input ended within the line", line_, 0);
    } else if (line_size_ > 0) {
      end_line();
    }
    if (lines_ == 0 && !stream_.input.failure()) stream_.output.reject(stream_.path, "empty", "the file is empty");
  }

 private:
  // Takes the block's part of the current line; a line that lies within the block is read where it lies.
  void take_piece(std::string_view& block) {
    const size_t newline = block.find('\n');
    const bool whole = newline != std::string_view::npos;
    const std::string_view piece = block.substr(0, newline);
    block.remove_prefix(whole ? newline + 1 : block.size());
    if (whole && line_size_ == 0 && piece.size() <= stream_.options.max_line_bytes) {
      line_size_ = piece.size();
      read_line(piece);
      next_line(1);
      return;
    }
    line_size_ += piece.size();
    // Of a line beyond the limit only its begin is kept, for the reject.
    const size_t limit = line_size_ > stream_.options.max_line_bytes ? kSnippetBytes : stream_.options.max_line_bytes;
    line_.append(piece.substr(0, limit > line_.size() ? limit - line_.size() : 0));
    if (line_size_ > stream_.options.max_line_bytes && line_.size() > kSnippetBytes) {
      line_.resize(kSnippetBytes);
      line_.shrink_to_fit();
    }
    if (!whole) return;
    end_line();
    next_line(1);
  }

  void end_line() {
    if (line_size_ > stream_.options.max_line_bytes) {
      ++lines_;
      reject_line("too-long", "the line has " + size_text(line_size_) + " (the limit is " + size_text(stream_.options.max_line_bytes) + ")", line_, 0);
      return;
    }
    line_.reserve(line_.size() + simdjson::SIMDJSON_PADDING);
    read_line(line_);
  }

  void next_line(size_t newline) {
    offset_ += line_size_ + newline;
    line_size_ = 0;
    line_.clear();
    if (line_.capacity() > stream_.options.block_bytes * 4) line_.shrink_to_fit();
    ++number_;
  }

  void read_line(std::string_view line) {
    size_t skipped = 0;
    if (offset_ == 0 && line.starts_with(kByteOrderMark)) skipped = kByteOrderMark.size();
    line.remove_prefix(skipped);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    ++lines_;
    Record record;
    Reject problem;
    record.source.path = stream_.path;
    record.source.offset = offset_ + skipped;
    if (reader_.read(line, record, problem)) return stream_.output.record(std::move(record));
    reject_line(problem.code, problem.message, line, skipped + problem.offset);
  }

  void reject_line(std::string code, const std::string& message, std::string_view line, size_t offset_in_line) {
    Reject reject;
    reject.source.path = stream_.path;
    reject.source.offset = offset_;
    reject.offset = offset_ + offset_in_line;
    reject.line = number_;
    reject.code = std::move(code);
    reject.message = "line " + std::to_string(number_) + ": " + message;
    reject.snippet = snippet(line, offset_in_line);
    stream_.output.reject(std::move(reject));
  }

  Stream& stream_;
  JsonRecordReader reader_;
  std::string line_;        // what came of a line that is spread over blocks
  uint64_t line_size_ = 0;  // of the current line so far
  uint64_t offset_ = 0;     // of the current line in the stream
  uint64_t number_ = 1;
  uint64_t lines_ = 0;  // that were not blank
};

// A file of JSON that is not one object a line: one object over many lines, or a list of objects.
class WholeJson {
 public:
  explicit WholeJson(Stream& stream) : stream_(stream), reader_(stream.options, stream.profiles) {}

  void run() {
    std::string json;
    for (std::string_view block = stream_.input.next(); !block.empty(); block = stream_.input.next()) {
      json += block;
      if (json.size() <= stream_.options.max_line_bytes) continue;
      return stream_.output.reject(stream_.path, "too-long", "the JSON text has more than " + size_text(stream_.options.max_line_bytes), 0, json);
    }
    if (stream_.input.failure()) return stream_.reject_failure();
    json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    if (json.starts_with(kByteOrderMark)) json.replace(0, kByteOrderMark.size(), kByteOrderMark.size(), ' ');
    if (first_mark(json) == '[') {
      read_list(json);
    } else {
      read_object(json, std::min(json.find('{'), json.size()), json);
    }
  }

 private:
  void read_list(const std::string& json) {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array list;
    simdjson::error_code error = parser.iterate(json.data(), json.size(), json.capacity()).get(document);
    if (error == simdjson::SUCCESS) error = document.get_array().get(list);
    size_t behind = 0;
    if (error == simdjson::SUCCESS) {
      for (auto item : list) {
        simdjson::ondemand::object value;
        std::string_view object;
        error = item.get_object().get(value);
        if (error == simdjson::SUCCESS) error = value.raw_json().get(object);
        if (error != simdjson::SUCCESS || stream_.output.stopped()) break;
        const auto at = static_cast<size_t>(object.data() - json.data());
        behind = at + object.size();
        read_object(json, at, object);
      }
    }
    if (error != simdjson::SUCCESS) reject(json, behind, behind, "invalid-json", simdjson::error_message(error));
  }

  void read_object(const std::string& json, size_t at, std::string_view object) {
    Record record;
    Reject problem;
    record.source.path = stream_.path;
    if (object.size() != json.size()) record.source.offset = at;
    if (reader_.read(object, record, problem)) return stream_.output.record(std::move(record));
    reject(json, at, (object.data() - json.data()) + problem.offset, problem.code, problem.message);
  }

  void reject(std::string_view json, size_t at, size_t offset, std::string code, const std::string& message) {
    Reject reject;
    reject.source.path = stream_.path;
    reject.source.offset = at;
    reject.offset = offset;
    reject.line = 1 + static_cast<uint64_t>(std::count(json.begin(), json.begin() + static_cast<ptrdiff_t>(std::min(offset, json.size())), '\n'));
    reject.code = std::move(code);
    reject.message = "line " + std::to_string(reject.line) + ": " + message;
    reject.snippet = snippet(json, offset);
    stream_.output.reject(std::move(reject));
  }

  Stream& stream_;
  JsonRecordReader reader_;
};

// The first line that is not blank, as far as it is worth looking.
std::string_view first_line(Input& input, size_t max_bytes) {
  for (size_t size = kSniffBytes;; size *= 4) {
    std::string_view head = input.peek(std::min(size, max_bytes));
    const bool all = head.size() < size;
    if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
    const size_t begin = head.find_first_not_of(" \t\r\n");
    const size_t end = begin == std::string_view::npos ? begin : head.find('\n', begin);
    if (end != std::string_view::npos) return head.substr(begin, end - begin);
    if (all || size >= max_bytes) return begin == std::string_view::npos ? std::string_view() : head.substr(begin);
  }
}

bool first_line_is_object(Stream& stream) {
  const std::string_view line = first_line(stream.input, stream.options.max_line_bytes);
  return !line.empty() && JsonRecordReader(stream.options, stream.profiles).is_object(line);
}

void read_json(Stream& stream) {
  const bool may_be_whole = first_mark(stream.input.peek(kSniffBytes)) == '[' || has_extension(stream.path, ".json");
  if (may_be_whole && !first_line_is_object(stream)) {
    WholeJson(stream).run();
  } else {
    JsonLines(stream).run();
  }
}

// ---- which format --------------------------------------------------------------------------------------------------

bool is_html(Stream& stream) {
  return format_of_name(stream.path) == Format::html || looks_like_html(stream.input.peek(kSniffBytes));
}

bool is_json(Stream& stream) {
  if (format_of_name(stream.path) == Format::jsonl) return true;
  return first_mark(stream.input.peek(kSniffBytes)) == '{' && first_line_is_object(stream);
}

bool is_text(Stream&) { return true; }

struct FormatRow {
  Format format;
  bool (*fits)(Stream&);  // asked in the order of the table
  void (*read)(Stream&);
};

constexpr FormatRow kFormats[] = {
    {Format::jsonl, is_json, read_json},
    {Format::html, is_html, read_html},
    {Format::text, is_text, read_text},
};

void read_stream(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles, Output& output) {
  Input input(bytes, options.block_bytes);
  Stream stream{input, path, options, profiles, output};
  ++output.summary().files;
  for (const FormatRow& row : kFormats) {
    const bool wanted = options.from == Format::automatic ? row.fits(stream) : options.from == row.format;
    if (!wanted) continue;
    row.read(stream);
    break;
  }
  output.summary().bytes += input.bytes_read();
}

// ---- paths ---------------------------------------------------------------------------------------------------------

class Walker {
 public:
  Walker(const ReadOptions& options, const Profiles& profiles, Output& output) : options_(options), profiles_(profiles), output_(output) {}

  void list_into(std::vector<InputFile>& files) { listed_ = &files; }
  void read_path(const std::string& path) {
    if (path == "-") return read_standard_input();
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return reject_errno(path, "cannot find it");
    if (S_ISDIR(status.st_mode)) return read_folder(path, status);
    read_file(path);
  }

 private:
  void reject_errno(const std::string& path, const std::string& what) {
    const int error = errno;
    const bool missing = error == ENOENT || error == ENOTDIR;
    output_.reject(path, missing ? "missing" : "unreadable", what + ": " + std::strerror(error));
  }

  void read_standard_input() {
    if (listed_) return listed_->push_back({"-", 0, {}});
    FileSource source(STDIN_FILENO, false);
    read_stream(source, "-", options_, profiles_, output_);
  }

  void read_file(const std::string& path) {
    if (listed_) {
      struct stat status{};
      ::stat(path.c_str(), &status);
      listed_->push_back({path, S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0, {}});
      return;
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return reject_errno(path, "cannot open it");
    FileSource source(descriptor, true);
    read_stream(source, path, options_, profiles_, output_);
  }

  struct Entry {
    std::string name;  // of a folder with '/' behind it, so that paths come in byte order
    struct stat status;
  };

  void read_folder(const std::string& path, const struct stat& status) {
    if (!visited_.insert({status.st_dev, status.st_ino}).second) return;  // a loop of links, or a second way here
    std::vector<Entry> entries;
    if (!list_folder(path, entries)) return;
    const std::string prefix = path.ends_with('/') ? path : path + '/';
    for (Entry& entry : entries) {
      if (output_.stopped()) return;
      if (S_ISDIR(entry.status.st_mode)) {
        entry.name.pop_back();
        read_folder(prefix + entry.name, entry.status);
      } else if (S_ISREG(entry.status.st_mode) && (format_of_name(entry.name) || options_.from != Format::automatic)) {
        read_file(prefix + entry.name);
      } else {
        ++output_.summary().skipped;
      }
    }
  }

  bool list_folder(const std::string& path, std::vector<Entry>& entries) {
    std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
    if (!folder) {
      reject_errno(path, "cannot read the folder");
      return false;
    }
    while (true) {
      errno = 0;
      const dirent* found = ::readdir(folder.get());
      if (found == nullptr) break;
      const std::string_view name = found->d_name;
      if (name == "." || name == "..") continue;
      Entry entry{std::string(name), {}};
      if (::fstatat(::dirfd(folder.get()), entry.name.c_str(), &entry.status, 0) != 0) {
        if (format_of_name(name)) {
          reject_errno((path.ends_with('/') ? path : path + '/') + entry.name, "cannot find it");
        } else {
          ++output_.summary().skipped;
        }
        continue;
      }
      if (S_ISDIR(entry.status.st_mode)) entry.name += '/';
      entries.push_back(std::move(entry));
    }
    if (errno != 0) reject_errno(path, "cannot read the folder to its end");
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return true;
  }

  const ReadOptions& options_;
  const Profiles& profiles_;
  Output& output_;
  std::set<std::pair<dev_t, ino_t>> visited_;
  std::vector<InputFile>* listed_ = nullptr;
};

}  // namespace

ReadSummary read_records(const std::vector<std::string>& paths, const ReadOptions& options, const Profiles& profiles,
                         RecordSink& sink) {
  ReadSummary summary;
  Output output(sink, summary);
  for (const std::string& path : paths) {
    if (output.stopped()) break;
    // A folder named twice is read twice, as a file would be.
    Walker(options, profiles, output).read_path(path);
  }
  return summary;
}

std::vector<InputFile> list_files(const std::vector<std::string>& paths, const ReadOptions& options, RecordSink& rejects,
                                  ReadSummary& summary) {
  std::vector<InputFile> files;
  Output output(rejects, summary);
  const Profiles profiles;
  for (const std::string& path : paths) {
    Walker walker(options, profiles, output);
    walker.list_into(files);
    walker.read_path(path);
  }
  return files;
}

ReadSummary read_file(const InputFile& file, ByteRange part, const ReadOptions& options, const Profiles& profiles,
                      RecordSink& sink) {
  if (part.begin > 0) return {};
  return read_records({file.path}, options, profiles, sink);
}

ReadSummary read_stream(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles,
                        RecordSink& sink) {
  ReadSummary summary;
  Output output(sink, summary);
  read_stream(bytes, path, options, profiles, output);
  return summary;
}

}  // namespace factmill
