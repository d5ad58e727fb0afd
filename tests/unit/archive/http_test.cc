#include "archive/http.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include "unit/archive/packing.h"

namespace factmill {
namespace {

std::string deflated(std::string_view bytes, int window) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

HttpBody decoded(std::string_view fields, std::string_view raw, size_t max_bytes = 1000, bool may_be_cut = false) {
  return decode_http_body(HeaderFields::parse(fields), raw, max_bytes, may_be_cut);
}

}  // namespace

TEST_CASE("http: fields by name, folded lines, what is no field") {
  const HeaderFields fields = HeaderFields::parse("Content-Type:  text/html \r\nX: a\r\n  b\r\nno field\r\n c\r\n: d\r\nEmpty:\nx: second\n");
  CHECK(fields["content-type"] == "text/html");
  CHECK(fields["x"] == "a b");
  CHECK(fields["empty"] == "");
  CHECK(fields["gone"] == "");
  CHECK(fields.all.size() == 4);
}

TEST_CASE("http: the header ends with the first empty line") {
  CHECK(header_end("a: b\r\n\r\nbody") == 8);
  CHECK(header_end("a: b\n\nbody") == 6);
  CHECK(header_end("a: b\n\r\nbody") == 7);
  CHECK(header_end("a: b\r\n") == std::string_view::npos);
}

TEST_CASE("http: media type and charset") {
  CHECK(media_type("Text/HTML; charset=UTF-8") == "text/html");
  CHECK(charset_parameter("text/html; charset=\"gb2312\"; x=y") == "gb2312");
  CHECK(charset_parameter("text/html;CHARSET=Shift_JIS") == "Shift_JIS");
  CHECK(charset_parameter("text/html") == "");
  CHECK(media_type("") == "");
}

TEST_CASE("http: bodies in chunks, compressed, and both") {
  const std::string chunked = "Transfer-Encoding: chunked\n";
  CHECK(decoded("", "plain").bytes == "plain");
  CHECK(decoded(chunked, "5\r\nHello\r\n7;x=y\r\n, world\r\n0\r\nTrailer: x\r\n\r\n").bytes == "Hello, world");
  CHECK(decoded(chunked, "A\nHello, wor\n2 \nld\n0\n\n").bytes == "Hello, world");
  CHECK(decoded("Content-Encoding: gzip\n", gzip("packed")).bytes == "packed");
  CHECK(decoded("Content-Encoding: x-gzip\n", gzip("pa") + gzip("cked")).bytes == "packed");
  CHECK(decoded("Content-Encoding: deflate\n", deflated("packed", 15)).bytes == "packed");
  CHECK(decoded("Content-Encoding: deflate\n", deflated("packed", -15)).bytes == "packed");
  CHECK(decoded("Content-Encoding: zstd\n", zstd("packed")).bytes == "packed");
  CHECK(decoded("Content-Encoding: identity\n", "plain").bytes == "plain");
  CHECK(decoded("Content-Encoding: deflate, gzip\n", gzip(deflated("packed", 15))).bytes == "packed");
  const std::string packed = gzip("packed");
  CHECK(packed.size() == 26);
  CHECK(decoded(chunked + "Content-Encoding: gzip\n", "1a\r\n" + packed + "\r\n0\r\n\r\n").bytes == "packed");
}

TEST_CASE("http: a field that was undone already is ignored") {
  CHECK(decoded("Transfer-Encoding: chunked\n", "<html>no chunks").bytes == "<html>no chunks");
  CHECK(decoded("Transfer-Encoding: chunked\n", "deadbeef is no size\n").bytes == "deadbeef is no size\n");
  CHECK(decoded("Content-Encoding: gzip\n", "<html>").bytes == "<html>");
  CHECK(decoded("Content-Encoding: deflate\n", "<html>").bytes == "<html>");
}

TEST_CASE("http: what cannot be decoded says why") {
  const std::string packed = gzip(std::string(500, 'x') + "end");
  CHECK(decoded("Content-Encoding: br\n", "x").code == "unsupported-encoding");
  CHECK(decoded("Content-Encoding: br\n", "x").message == "the body is encoded as 'br', which is not read");
  CHECK(decoded("Content-Encoding: gzip, gzip, gzip, gzip, gzip\n", "x").code == "unsupported-encoding");
  CHECK(decoded("Content-Encoding: gzip\n", packed, 502).code == "too-long");
  CHECK(decoded("Content-Encoding: gzip\n", packed, 503).code == "");
  CHECK(decoded("Content-Encoding: gzip\n", packed.substr(0, packed.size() - 9)).code == "truncated-http");
  CHECK(decoded("Content-Encoding: gzip\n", packed.substr(0, packed.size() - 8) + "badcheck").code == "damaged-http");
  CHECK(decoded("Transfer-Encoding: chunked\n", "5\r\nHello\r\n7\r\n, wo").code == "truncated-http");
  CHECK(decoded("Transfer-Encoding: chunked\n", "5\r\nHello\r\n").code == "truncated-http");
  CHECK(decoded("Transfer-Encoding: chunked\n", "5\r\nHello\r\nzz\r\n").code == "damaged-http");
  CHECK(decoded("Transfer-Encoding: chunked\n", "fffffffffffffff\r\nHello").code == "truncated-http");
  CHECK(decoded("", std::string(1001, 'x')).code == "too-long");
  // The crawler said that it cut the body.
  CHECK(decoded("Transfer-Encoding: chunked\n", "5\r\nHello\r\n7\r\n, wo", 1000, true).bytes == "Hello, wo");
}

}  // namespace factmill
