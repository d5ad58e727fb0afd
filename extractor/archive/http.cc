#include "archive/http.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kMaxCodings = 4;
constexpr size_t kDecodeStep = 64 << 10;

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum class Coding { done, as_it_is, damaged, cut, too_long };

// RFC 9112, section 7.1. Extensions and trailers are read over.
Coding join_chunks(std::string_view raw, size_t max_bytes, std::string& out) {
  bool first = true;
  while (true) {
    size_t size = 0, digits = 0;
    while (digits < raw.size() && digits < 15 && hex_value(raw[digits]) >= 0) size = size * 16 + static_cast<size_t>(hex_value(raw[digits++]));
    const size_t line_end = raw.find('\n');
    const std::string_view rest = trimmed(raw.substr(digits, line_end == std::string_view::npos ? line_end : line_end - digits));
    const bool is_size = digits > 0 && (rest.empty() || rest[0] == ';');
    if (line_end == std::string_view::npos && (raw.empty() || is_size) && !first) return Coding::cut;
    if (!is_size || line_end == std::string_view::npos) return first ? Coding::as_it_is : Coding::damaged;
    raw.remove_prefix(line_end + 1);
    if (size == 0) return Coding::done;
    first = false;
    const size_t there = std::min(size, raw.size());
    if (out.size() + there > max_bytes) return Coding::too_long;
    out.append(raw.substr(0, there));
    if (there < size) return Coding::cut;
    raw.remove_prefix(size);
    if (raw.starts_with('\r')) raw.remove_prefix(1);
    if (raw.starts_with('\n')) raw.remove_prefix(1);
  }
}

// `window` as zlib's inflateInit2 takes it.
Coding inflate_all(std::string_view raw, int window, size_t max_bytes, std::string& out) {
  z_stream stream{};
  if (::inflateInit2(&stream, window) != Z_OK) return Coding::damaged;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ends(&stream, ::inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(raw.data()));
  stream.avail_in = static_cast<uInt>(std::min<size_t>(raw.size(), UINT32_MAX));
  while (true) {
    const size_t before = out.size();
    out.resize(before + kDecodeStep);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = kDecodeStep;
    const int status = ::inflate(&stream, Z_NO_FLUSH);
    out.resize(before + kDecodeStep - stream.avail_out);
    if (out.size() > max_bytes) return Coding::too_long;
    if (status == Z_STREAM_END) {
      const bool more = window > 15 && stream.avail_in > 2 && stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B;
      if (!more || ::inflateReset(&stream) != Z_OK) return Coding::done;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return Coding::damaged;
    } else if (stream.avail_in == 0 && stream.avail_out > 0) {
      return Coding::cut;
    }
  }
}

Coding unzstd_all(std::string_view raw, size_t max_bytes, std::string& out) {
  const std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream(::ZSTD_createDStream(), ::ZSTD_freeDStream);
  if (!stream) return Coding::damaged;
  ZSTD_inBuffer in{raw.data(), raw.size(), 0};
  while (true) {
    const size_t before = out.size();
    out.resize(before + kDecodeStep);
    ZSTD_outBuffer to{out.data() + before, kDecodeStep, 0};
    const size_t status = ::ZSTD_decompressStream(stream.get(), &to, &in);
    out.resize(before + to.pos);
    if (::ZSTD_isError(status) != 0) return Coding::damaged;
    if (out.size() > max_bytes) return Coding::too_long;
    if (status == 0 && in.pos == in.size) return Coding::done;
    if (in.pos == in.size && to.pos < kDecodeStep) return Coding::cut;
  }
}

// Undoes one Content-Encoding. Empty for one that is not known.
std::optional<Coding> decode(std::string_view coding, std::string_view raw, size_t max_bytes, std::string& out) {
  if (coding == "identity" || coding.empty()) return Coding::as_it_is;
  if (coding == "gzip" || coding == "x-gzip") {
    return raw.starts_with("\x1f\x8b") ? inflate_all(raw, 15 + 16, max_bytes, out) : Coding::as_it_is;
  }
  if (coding == "deflate") {
    // RFC 9110 means zlib's format; some servers send bare deflate data (section 8.4.1.2, the note).
    const Coding wrapped = inflate_all(raw, 15, max_bytes, out);
    if (wrapped != Coding::damaged) return wrapped;
    out.clear();
    const Coding bare = inflate_all(raw, -15, max_bytes, out);
    if (bare != Coding::damaged || !out.empty()) return bare;
    return Coding::as_it_is;
  }
  if (coding == "zstd") return raw.starts_with("\x28\xb5\x2f\xfd") ? unzstd_all(raw, max_bytes, out) : Coding::as_it_is;
  return std::nullopt;
}

std::vector<std::string> list_of(std::string_view value) {
  std::vector<std::string> items;
  while (!value.empty()) {
    const size_t comma = std::min(value.find(','), value.size());
    const std::string item = lowered(trimmed(value.substr(0, comma)));
    if (!item.empty()) items.push_back(item);
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return items;
}

}  // namespace

HeaderFields HeaderFields::parse(std::string_view lines) {
  HeaderFields fields;
  bool folds = false;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (!line.empty() && (line[0] == ' ' || line[0] == '\t')) {
      const std::string_view more = trimmed(line);
      if (folds && !more.empty()) fields.all.back().second.append(1, ' ').append(more);
      continue;
    }
    const size_t colon = line.find(':');
    folds = colon != std::string_view::npos && colon > 0;
    if (folds) fields.all.emplace_back(trimmed(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
  }
  return fields;
}

std::string_view HeaderFields::operator[](std::string_view name) const {
  for (const auto& [field, value] : all) {
    if (same_name(field, name)) return value;
  }
  return {};
}

size_t header_end(std::string_view bytes) {
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (bytes.substr(at + 1, 1) == "\n") return at + 2;
    if (bytes.substr(at + 1, 2) == "\r\n") return at + 3;
  }
  return std::string_view::npos;
}

std::string media_type(std::string_view content_type) {
  return lowered(trimmed(content_type.substr(0, content_type.find_first_of(";,"))));
}

std::string charset_parameter(std::string_view content_type) {
  constexpr std::string_view kName = "charset=";
  const size_t at = lowered(content_type).find(kName);
  if (at == std::string::npos) return {};
  std::string_view value = content_type.substr(at + kName.size());
  value = trimmed(value.substr(0, value.find_first_of(";,")));
  if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"' ")));
}

HttpBody decode_http_body(const HeaderFields& fields, std::string_view raw, size_t max_bytes, bool may_be_cut) {
  HttpBody body;
  const auto fail = [&](std::string_view code, std::string message) {
    body.bytes.clear();
    body.code = code;
    body.message = std::move(message);
    return std::move(body);
  };
  std::vector<std::string> codings = list_of(fields["transfer-encoding"]);
  const std::vector<std::string> encodings = list_of(fields["content-encoding"]);
  codings.insert(codings.begin(), encodings.begin(), encodings.end());
  if (codings.size() > kMaxCodings) return fail("unsupported-encoding", "the body has more than " + std::to_string(kMaxCodings) + " encodings");
  body.bytes = raw;
  // The last named was applied last.
  for (auto coding = codings.rbegin(); coding != codings.rend(); ++coding) {
    std::string decoded;
    const std::optional<Coding> result = *coding == "chunked" ? join_chunks(body.bytes, max_bytes, decoded) : decode(*coding, body.bytes, max_bytes, decoded);
    if (!result) return fail("unsupported-encoding", "the body is encoded as '" + coding->substr(0, 40) + "', which is not read");
    if (*result == Coding::damaged) return fail("damaged-http", "the body is not what '" + coding->substr(0, 40) + "' means");
    if (*result == Coding::cut && !may_be_cut) return fail("truncated-http", "the body ends within its '" + coding->substr(0, 40) + "' encoding");
    if (*result == Coding::too_long) return fail("too-long", "the body has more than " + std::to_string(max_bytes) + " bytes");
    if (*result != Coding::as_it_is) body.bytes = std::move(decoded);
  }
  if (body.bytes.size() > max_bytes) return fail("too-long", "the body has more than " + std::to_string(max_bytes) + " bytes");
  return body;
}

}  // namespace factmill
