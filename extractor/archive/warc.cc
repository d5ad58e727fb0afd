// WARC 1.0 and 1.1 (ISO 28500:2009 and :2017): what was fetched (response), put in (resource) or made of it (conversion).
#include <algorithm>
#include <charconv>

#include "archive/http.h"
#include "archive/sniff.h"
#include "archive/snippet.h"
#include "archive/stream.h"

namespace factmill {
namespace {

constexpr std::string_view kMagic = "WARC/";
constexpr size_t kMaxHeaderBytes = 1 << 20;
constexpr size_t kHttpHeaderBytes = 1 << 20;  // allowed beside the document
constexpr size_t kVersionLineBytes = 16;

// "WARC/1.0" and a line break.
bool is_version_line(std::string_view bytes) {
  const auto is_digit = [&](size_t at) { return at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9'; };
  if (!bytes.starts_with(kMagic) || !is_digit(5) || bytes.substr(6, 1) != "." || !is_digit(7)) return false;
  size_t end = 8;
  while (is_digit(end)) ++end;
  return bytes.substr(end, 1) == "\n" || bytes.substr(end, 2) == "\r\n";
}

std::optional<uint64_t> number_of(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

// Some writers put addresses into < >, as an early version of the standard had it.
std::string without_brackets(std::string_view text) {
  if (text.starts_with('<') && text.ends_with('>') && text.size() >= 2) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

std::optional<Format> format_of_type(const std::string& type) {
  if (type == "text/html" || type == "application/xhtml+xml") return Format::html;
  if (type == "text/plain") return Format::text;
  return std::nullopt;
}

class WarcReader {
 public:
  explicit WarcReader(Stream& stream) : stream_(stream), input_(stream.input), knows_why_(stream.is_later_part()) {}

  void run() {
    if (stream_.is_later_part()) {
      if (!stream_.splits) return;
      // Where there is no such record reading ends, or fails, at once.
      input_.restart(stream_.file.range.begin, kMagic);
    }
    while (!ended_ && !stream_.output().stopped()) {
      skip_blanks();
      if (input_.peek(1).empty()) {
        if (input_.failure()) stream_.reject_failure();
        recover_or_end();
        continue;
      }
      const Address address = input_.address(input_.position());
      if (stream_.splits && address.offset >= stream_.file.range.end) return;
      if (is_version_line(input_.peek(kVersionLineBytes))) {
        read_record(address);
      } else {
        find_record(address);
      }
    }
    if (records_ == 0 && !stream_.is_later_part() && !rejected_ && !stream_.output().stopped()) stream_.reject("empty", "the file holds no record");
  }

 private:
  void skip_blanks() {
    while (true) {
      const std::string_view block = input_.peek(1);
      if (block.empty()) return;
      const size_t blanks = block.find_first_not_of("\r\n \t");
      input_.consume(std::min(blanks, block.size()));
      if (blanks != std::string_view::npos) return;
    }
  }

  // The stream has ended or failed.
  void recover_or_end() {
    if (input_.failure()) rejected_ = true;
    ended_ = !input_.failure() || !input_.recover(kMagic);
  }

  void drop_line() {
    while (true) {
      const std::string_view block = input_.peek(1);
      const size_t newline = block.find('\n');
      input_.consume(newline == std::string_view::npos ? block.size() : newline + 1);
      if (block.empty() || newline != std::string_view::npos) return;
    }
  }

  // Reads on to the next line that begins as a record does.
  void find_record(const Address& from) {
    const std::string head(input_.peek(kSnippetBytes).substr(0, kSnippetBytes));
    const uint64_t begin = input_.position();
    do drop_line();
    while (!input_.peek(1).empty() && !is_version_line(input_.peek(kVersionLineBytes)));
    if (knows_why_) return;
    reject_at(place_of(from), "damaged-warc", "no record begins here; " + size_text(input_.position() - begin) + " were left out", from.offset, head);
  }

  void read_record(const Address& address) {
    std::string_view head;
    size_t end = std::string_view::npos;
    for (size_t size = kSniffBytes; end == std::string_view::npos; size *= 4) {
      head = input_.peek(std::min(size, kMaxHeaderBytes));
      end = header_end(head);
      if (head.size() < size || size >= kMaxHeaderBytes) break;
    }
    Source place = place_of(address);
    if (end == std::string_view::npos) {
      knows_why_ = true;
      const bool cut = head.size() < kMaxHeaderBytes;
      if (input_.failure()) {
        reject_at(place, input_.failure_code(), *input_.failure(), address.offset, head);
      } else {
        reject_at(place, cut ? "truncated-warc" : "damaged-warc", "the header of the record does not end", address.offset, head);
      }
      if (!cut) return drop_line();
      input_.consume(head.size());
      return recover_or_end();
    }
    const HeaderFields fields = HeaderFields::parse(head.substr(0, end));
    const std::optional<uint64_t> length = number_of(fields["content-length"]);
    if (!length || fields["warc-type"].empty()) {
      knows_why_ = true;
      reject_at(place, "damaged-warc", length ? "the record has no WARC-Type" : "the record has no valid Content-Length", address.offset, head);
      input_.consume(end);
      return;
    }
    ++records_;
    knows_why_ = false;
    const std::string type(fields["warc-type"]);
    place.url = without_brackets(fields["warc-target-uri"]);
    record_ = stream_.new_record();
    record_.source = place;
    record_.id = without_brackets(fields["warc-record-id"]);
    record_.crawled = fields["warc-date"];
    content_type_ = fields["content-type"];
    payload_type_ = media_type(fields["warc-identified-payload-type"]);
    may_be_cut_ = !fields["warc-truncated"].empty();
    const std::string segment(fields["warc-segment-number"]);
    input_.consume(end);

    const bool wanted = type == "response" || type == "conversion" || type == "resource";
    const uint64_t limit = stream_.options().max_document_bytes + kHttpHeaderBytes;
    if (!wanted) {
      stream_.output().skip("warc " + snippet(type));
    } else if (!segment.empty()) {
      reject_at(place, "segmented", "the record is one of several segments, which are not put together", address.offset);
    } else if (*length > limit) {
      reject_at(place, "too-long", "the record has " + size_text(*length) + " (the limit is " + size_text(limit) + ")", address.offset);
    } else {
      const std::string_view block = input_.peek(static_cast<size_t>(*length));
      if (block.size() >= *length) {
        read_block(type, block.substr(0, static_cast<size_t>(*length)));
        input_.consume(static_cast<size_t>(*length));
        return;
      }
    }
    if (input_.skip(*length)) return;
    if (input_.failure()) {
      reject_at(place, input_.failure_code(), *input_.failure(), address.offset);
    } else {
      reject_at(place, "truncated-warc", "the record ends too soon (its Content-Length is " + std::to_string(*length) + ")", address.offset);
    }
    recover_or_end();
  }

  // The address of a record that does not begin its gzip member says how far into the member it begins.
  Source place_of(const Address& address) const {
    Source place = stream_.place;
    place.offset = address.offset;
    if (address.within > 0) place.member = member_path(place.member, "+" + std::to_string(address.within));
    return place;
  }

  void reject_at(const Source& place, std::string_view code, std::string message, uint64_t offset, std::string_view bytes = {}) {
    rejected_ = true;
    stream_.output().reject(place, code, std::move(message), offset, bytes);
  }
  void reject_record(std::string_view code, std::string message, std::string_view bytes = {}) {
    reject_at(record_.source, code, std::move(message), record_.source.offset.value_or(0), bytes);
  }

  void read_block(const std::string& type, std::string_view block) {
    if (type == "response" && media_type(content_type_) != "text/dns") {
      const bool is_http = media_type(content_type_) == "application/http" || block.starts_with("HTTP/");
      if (is_http) return read_http(block);
    }
    const std::string content = media_type(content_type_);
    const std::optional<Format> format = format_of_type(content.empty() ? payload_type_ : content);
    if (!format) return stream_.output().skip(content.empty() ? "no content type" : snippet(content));
    if (block.size() > stream_.options().max_document_bytes) return reject_record("too-long", "the document has " + size_text(block.size()));
    record_.charset = charset_parameter(content_type_);
    give(*format, std::string(block));
  }

  void read_http(std::string_view block) {
    const size_t end = header_end(block);
    if (!block.starts_with("HTTP/") || end == std::string_view::npos) return reject_record("damaged-http", "the record holds no HTTP response", block);
    const std::string_view status_line = block.substr(0, block.find('\n'));
    const size_t blank = std::min(status_line.find(' '), status_line.size());
    const std::string status(status_line.substr(std::min(blank + 1, status_line.size()), 3));
    if (status != "200" && status != "203") return stream_.output().skip("http status " + snippet(status));
    const HeaderFields fields = HeaderFields::parse(block.substr(std::min(status_line.size() + 1, end), end - std::min(status_line.size() + 1, end)));
    std::string type = media_type(fields["content-type"]);
    if (type.empty() || type == "application/octet-stream" || type == "unknown") type = payload_type_;
    std::optional<Format> format = format_of_type(type);
    // What names no type is worth a look; what names another one is not.
    if (!format && !type.empty()) return stream_.output().skip(snippet(type));
    HttpBody body = decode_http_body(fields, block.substr(end), stream_.options().max_document_bytes, may_be_cut_);
    if (!body.code.empty()) return reject_record(body.code, body.message);
    if (!format && looks_like_html(body.bytes)) format = Format::html;
    if (!format) return stream_.output().skip("no content type");
    record_.charset = charset_parameter(fields["content-type"]);
    give(*format, std::move(body.bytes));
  }

  void give(Format format, std::string bytes) {
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) return reject_record("empty", "the record's document is empty");
    record_.format = format;
    record_.bytes = std::move(bytes);
    stream_.output().record(std::move(record_));
  }

  Stream& stream_;
  Input& input_;
  Record record_;  // being read
  std::string content_type_, payload_type_;
  bool may_be_cut_ = false;
  uint64_t records_ = 0;
  bool rejected_ = false;
  bool knows_why_;  // why no record begins here: a reject said it, or the part begins within a record
  bool ended_ = false;
};

}  // namespace

void read_warc(Stream& stream) { WarcReader(stream).run(); }

}  // namespace factmill
