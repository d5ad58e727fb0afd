// JSON Lines, and files of JSON that are one object or a list of objects.
#include <simdjson.h>

#include <algorithm>

#include "archive/json_record.h"
#include "archive/sniff.h"
#include "archive/snippet.h"
#include "archive/stream.h"

namespace factmill {
namespace {

class JsonLines {
 public:
  explicit JsonLines(Stream& stream) : stream_(stream), reader_(stream.options(), stream.file.profiles) {}

  void run() {
    if (stream_.is_later_part() && !find_first_line()) return;
    for (std::string_view block = stream_.input.next(); !block.empty(); block = stream_.input.next()) {
      while (!block.empty()) {
        if (stream_.output().stopped() || is_behind_range()) return;
        take_piece(block);
      }
    }
    if (stream_.output().stopped()) return;
    if (stream_.input.failure()) {
      stream_.reject_failure();
      if (!line_.empty()) reject_line("truncated-json", "the input ended within the line", line_, 0);
    } else if (line_size_ > 0) {
      end_line();
    }
    if (lines_ == 0 && number_ > 0 && !stream_.input.failure()) stream_.reject("empty", "the file is empty");
  }

 private:
  // The part begins with the first line that begins in it.
  bool find_first_line() {
    const uint64_t begin = stream_.file.range.begin;
    if (stream_.depth > 0 || !stream_.input.restart(begin - 1)) return false;
    offset_ = begin - 1;
    number_ = 0;
    while (true) {
      const std::string_view head = stream_.input.peek(1);
      if (head.empty()) return true;  // ended, or failed
      const size_t newline = head.find('\n');
      const size_t size = newline == std::string_view::npos ? head.size() : newline + 1;
      stream_.input.consume(size);
      offset_ += size;
      if (newline != std::string_view::npos) return true;
    }
  }

  bool is_behind_range() const { return line_size_ == 0 && stream_.depth == 0 && offset_ >= stream_.file.range.end; }

  // Takes the block's part of the current line; a line that lies within the block is read where it lies.
  void take_piece(std::string_view& block) {
    const size_t newline = block.find('\n');
    const bool whole = newline != std::string_view::npos;
    const std::string_view piece = block.substr(0, newline);
    block.remove_prefix(whole ? newline + 1 : block.size());
    if (whole && line_size_ == 0 && piece.size() <= stream_.options().max_line_bytes) {
      line_size_ = piece.size();
      read_line(piece);
      next_line(1);
      return;
    }
    line_size_ += piece.size();
    // Of a line beyond the limit only its begin is kept, for the reject.
    const size_t limit = line_size_ > stream_.options().max_line_bytes ? kSnippetBytes : stream_.options().max_line_bytes;
    line_.append(piece.substr(0, limit > line_.size() ? limit - line_.size() : 0));
    if (line_size_ > stream_.options().max_line_bytes && line_.size() > kSnippetBytes) {
      line_.resize(kSnippetBytes);
      line_.shrink_to_fit();
    }
    if (!whole) return;
    end_line();
    next_line(1);
  }

  void end_line() {
    if (line_size_ > stream_.options().max_line_bytes) {
      ++lines_;
      reject_line("too-long", "the line has " + size_text(line_size_) + " (the limit is " + size_text(stream_.options().max_line_bytes) + ")", line_, 0);
      return;
    }
    line_.reserve(line_.size() + simdjson::SIMDJSON_PADDING);
    read_line(line_);
  }

  void next_line(size_t newline) {
    offset_ += line_size_ + newline;
    line_size_ = 0;
    line_.clear();
    if (line_.capacity() > stream_.options().block_bytes * 4) line_.shrink_to_fit();
    if (number_ > 0) ++number_;
  }

  void read_line(std::string_view line) {
    size_t skipped = 0;
    if (offset_ == 0 && line.starts_with(kByteOrderMark)) skipped = kByteOrderMark.size();
    line.remove_prefix(skipped);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    ++lines_;
    Record record = stream_.new_record();
    Reject problem;
    record.source.offset = offset_ + skipped;
    if (reader_.read(line, record, problem)) return stream_.output().record(std::move(record));
    reject_line(problem.code, problem.message, line, skipped + problem.offset);
  }

  void reject_line(std::string code, const std::string& message, std::string_view line, size_t offset_in_line) {
    Reject reject;
    reject.source = stream_.place;
    reject.source.offset = offset_;
    reject.offset = offset_ + offset_in_line;
    reject.line = number_;
    reject.code = std::move(code);
    reject.message = (number_ > 0 ? "line " + std::to_string(number_) : "byte " + std::to_string(offset_)) + ": " + message;
    reject.snippet = snippet(line, offset_in_line);
    stream_.output().reject(std::move(reject));
  }

  Stream& stream_;
  JsonRecordReader reader_;
  std::string line_;        // what came of a line that is spread over blocks
  uint64_t line_size_ = 0;  // of the current line so far
  uint64_t offset_ = 0;     // of the current line in the stream
  uint64_t number_ = 1;    // 0: unknown, in a later part of a file
  uint64_t lines_ = 0;  // that were not blank
};

// A file of JSON that is not one object a line: one object over many lines, or a list of objects.
class WholeJson {
 public:
  explicit WholeJson(Stream& stream) : stream_(stream), reader_(stream.options(), stream.file.profiles) {}

  void run() {
    std::string json;
    for (std::string_view block = stream_.input.next(); !block.empty(); block = stream_.input.next()) {
      json += block;
      if (json.size() <= stream_.options().max_line_bytes) continue;
      return stream_.reject("too-long", "the JSON text has more than " + size_text(stream_.options().max_line_bytes), 0, json);
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
        if (error != simdjson::SUCCESS || stream_.output().stopped()) break;
        const auto at = static_cast<size_t>(object.data() - json.data());
        behind = at + object.size();
        read_object(json, at, object);
      }
    }
    if (error != simdjson::SUCCESS) reject(json, behind, behind, "invalid-json", simdjson::error_message(error));
  }

  void read_object(const std::string& json, size_t at, std::string_view object) {
    Record record = stream_.new_record();
    Reject problem;
    if (object.size() != json.size()) record.source.offset = at;
    if (reader_.read(object, record, problem)) return stream_.output().record(std::move(record));
    reject(json, at, (object.data() - json.data()) + problem.offset, problem.code, problem.message);
  }

  void reject(std::string_view json, size_t at, size_t offset, std::string code, const std::string& message) {
    Reject reject;
    reject.source = stream_.place;
    reject.source.offset = at;
    reject.offset = offset;
    reject.line = line_at(json, std::min(offset, json.size()));
    reject.code = std::move(code);
    reject.message = "line " + std::to_string(reject.line) + ": " + message;
    reject.snippet = snippet(json, offset);
    stream_.output().reject(std::move(reject));
  }

  // Counts on from the call before: a long list may have many rejects.
  uint64_t line_at(std::string_view json, size_t offset) {
    if (offset < counted_) {
      counted_ = 0;
      line_ = 1;
    }
    line_ += static_cast<uint64_t>(std::count(json.begin() + static_cast<ptrdiff_t>(counted_), json.begin() + static_cast<ptrdiff_t>(offset), '\n'));
    counted_ = offset;
    return line_;
  }

  Stream& stream_;
  JsonRecordReader reader_;
  size_t counted_ = 0;  // up to there
  uint64_t line_ = 1;   // at counted_
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

}  // namespace

bool first_line_is_object(Stream& stream) {
  const std::string_view line = first_line(stream.input, stream.options().max_line_bytes);
  return !line.empty() && JsonRecordReader(stream.options(), stream.file.profiles).is_object(line);
}

void read_json(Stream& stream) {
  const bool may_be_whole = first_mark(stream.input.peek(kSniffBytes)) == '[' || has_extension(stream.name, ".json");
  if (may_be_whole && !first_line_is_object(stream)) {
    if (!stream.is_later_part()) WholeJson(stream).run();
  } else {
    JsonLines(stream).run();
  }
}

}  // namespace factmill
