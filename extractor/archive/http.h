// Header fields as WARC (ISO 28500, section 4) and HTTP (RFC 9110, 9112) write them, and HTTP messages as crawlers keep
// them: the body that was sent, out of its chunks and its compression.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace factmill {

// Views of the parsed block.
struct HeaderFields {
  std::vector<std::pair<std::string_view, std::string>> all;

  // The lines behind the first; a folded line continues the one before. What is no field is left out.
  static HeaderFields parse(std::string_view lines);
  // The first of this name, in any case of letters; "" if there is none.
  std::string_view operator[](std::string_view name) const;
};

// Where the header ends: behind the first empty line. npos if it does not.
size_t header_end(std::string_view bytes);

// "text/html; charset=utf-8" -> "text/html", in small letters; and its charset, "" if none.
std::string media_type(std::string_view content_type);
std::string charset_parameter(std::string_view content_type);

struct HttpBody {
  std::string bytes;
  // Set where there is none: "damaged-http", "truncated-http", "unsupported-encoding", "too-long".
  std::string_view code;
  std::string message;
};

// The body behind `fields`, decoded. Crawlers often keep a field although they already undid what it says: bytes that are
// plainly not chunks, or not gzip, are taken as they are. `max_bytes` bounds what comes out. Of a body that the crawler
// says it cut (`may_be_cut`) what is there is taken.
HttpBody decode_http_body(const HeaderFields& fields, std::string_view raw, size_t max_bytes, bool may_be_cut);

}  // namespace factmill
