#include "sink/journal.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/json_writer.h"

namespace factmill {
namespace {

std::string header_of(const std::string& settings) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("manifest", 1);
  json.field("settings", std::string_view(settings));
  json.end_object();
  return line + "\n";
}

void append_entry(const JournalEntry& entry, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.field("path", std::string_view(entry.part.path));
  json.field("bytes", entry.part.bytes);
  json.field("begin", entry.part.begin);
  json.field("end", entry.part.end);
  json.field("content_hash", std::string_view(entry.part.content_hash));
  json.field("done", entry.state.is_done);
  json.field("records", entry.state.records);
  json.field("documents", entry.state.documents);
  json.field("facts", entry.state.facts);
  json.field("rejects", entry.state.rejects);
  json.field("facts_bytes", entry.facts_bytes);
  json.field("rejects_bytes", entry.rejects_bytes);
  json.end_object();
  out += '\n';
}

std::optional<JournalEntry> parse_entry(const std::string& line) {
  try {
    simdjson::dom::parser parser;
    const simdjson::dom::object object = parser.parse(simdjson::padded_string(line));
    const auto number = [&](const char* key) { return uint64_t{object[key]}; };
    const auto text = [&](const char* key) { return std::string(std::string_view(object[key])); };
    JournalEntry entry;
    entry.part = {text("path"), number("bytes"), number("begin"), number("end"), text("content_hash")};
    entry.state = {bool{object["done"]}, number("records"), number("documents"), number("facts"), number("rejects")};
    entry.facts_bytes = number("facts_bytes");
    entry.rejects_bytes = number("rejects_bytes");
    return entry;
  } catch (const simdjson::simdjson_error&) {
    return {};
  }
}

// A whole line, with its end.
bool read_line(std::istream& in, std::string& line) { return std::getline(in, line) && !in.eof(); }

}  // namespace

Journal::~Journal() {
  if (descriptor_ >= 0) close(descriptor_);
}

Status Journal::open(const std::string& target, const std::string& settings, bool starts_afresh) {
  path_ = target + ".manifest";
  header_ = header_of(settings);
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return fail("cannot create the file");
  old_.open(path_, std::ios::binary);
  std::string line;
  if (starts_afresh || !read_line(old_, line) || line + "\n" != header_) {
    old_.close();
    return {};
  }
  read_ = taken_ = header_.size();
  if (!read_entry()) old_.close();
  return {};
}

bool Journal::read_entry() {
  std::string line;
  ahead_.reset();
  if (!read_line(old_, line)) return false;
  ahead_ = parse_entry(line);
  read_ += line.size() + 1;
  return ahead_.has_value();
}

std::optional<JournalEntry> Journal::next(const InputPart& part) {
  if (!old_.is_open()) return {};
  std::optional<JournalEntry> found;
  while (ahead_ && ahead_->part == part) {  // the later line of a part tells more
    found = ahead_;
    taken_ = read_;
    if (!read_entry()) break;
    if (found->state.is_done) break;  // the same part a second time
  }
  // Behind a part that is not done, or one that is not there, nothing else can follow.
  if (!found || !found->state.is_done) old_.close();
  return found;
}

Status Journal::begin_writing(uint64_t taken) {
  old_.close();
  if (ftruncate(descriptor_, static_cast<off_t>(taken)) != 0) return fail("cannot shorten the file");
  if (lseek(descriptor_, 0, SEEK_END) < 0) return fail("cannot write");
  if (taken == 0) buffer_ = header_;
  return {};
}

void Journal::add(const JournalEntry& entry) { append_entry(entry, buffer_); }

Status Journal::commit() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail("cannot write");
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
  return fdatasync(descriptor_) == 0 ? Status{} : fail("cannot write");
}

void Journal::remove() {
  unlink(path_.c_str());
  if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
}

Status Journal::fail(const std::string& what) {
  return Error{path_ + ": error: " + what + ": " + std::strerror(errno)};
}

}  // namespace factmill
