#include "unit/archive/packing.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>

namespace factmill {
namespace {

// No test fails by it, the tests themselves are wrong; also before main, where doctest cannot speak yet.
void must(bool holds) {
  if (!holds) std::abort();
}

std::string archived(const std::vector<Member>& members, int (*format)(struct archive*)) {
  std::string out(4 << 20, '\0');
  size_t size = 0;
  for (const Member& member : members) out.resize(out.size() + member.bytes.size() + 4096);
  struct archive* writer = archive_write_new();
  must(format(writer) == ARCHIVE_OK);
  archive_write_set_bytes_per_block(writer, 512);
  must(archive_write_open_memory(writer, out.data(), out.size(), &size) == ARCHIVE_OK);
  for (const Member& member : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, member.kind == Member::Kind::folder ? AE_IFDIR : member.kind == Member::Kind::link ? AE_IFLNK : AE_IFREG);
    if (member.kind == Member::Kind::link) archive_entry_set_symlink(entry, member.bytes.c_str());
    if (member.kind == Member::Kind::file) archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    must(archive_write_header(writer, entry) >= ARCHIVE_WARN);
    if (member.kind == Member::Kind::file && !member.bytes.empty()) {
      must(archive_write_data(writer, member.bytes.data(), member.bytes.size()) == static_cast<la_ssize_t>(member.bytes.size()));
    }
    archive_entry_free(entry);
  }
  must(archive_write_close(writer) == ARCHIVE_OK);
  archive_write_free(writer);
  out.resize(size);
  return out;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  must(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  must(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
  must(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

std::string tar(const std::vector<Member>& members) { return archived(members, archive_write_set_format_pax_restricted); }
std::string zip(const std::vector<Member>& members) { return archived(members, archive_write_set_format_zip); }

std::string warc_record(std::string_view type, std::string_view url, std::string_view content_type, std::string_view block,
                        std::string_view more_fields, std::string_view version) {
  std::string out = "WARC/" + std::string(version) + "\r\nWARC-Type: " + std::string(type) + "\r\n";
  if (!url.empty()) out += "WARC-Target-URI: " + std::string(url) + "\r\n";
  out += "WARC-Date: 2025-06-02T08:30:00Z\r\nWARC-Record-ID: <urn:uuid:" + std::string(url) + ">\r\n";
  if (!content_type.empty()) out += "Content-Type: " + std::string(content_type) + "\r\n";
  out += more_fields;
  out += "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  return out + std::string(block) + "\r\n\r\n";
}

std::string http(std::string_view fields, std::string_view body, std::string_view status) {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace factmill
