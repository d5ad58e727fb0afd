// What a stream is: packed, an archive, or one of the formats.
#include "archive/sniff.h"
#include "archive/stream.h"

namespace factmill {
namespace {

bool is_html(Stream& stream) {
  return format_of_name(stream.name) == Format::html || looks_like_html(stream.input.peek(kSniffBytes));
}

bool is_json(Stream& stream) {
  if (format_of_name(stream.name) == Format::jsonl) return true;
  return first_mark(stream.input.peek(kSniffBytes)) == '{' && first_line_is_object(stream);
}

bool is_csv(Stream& stream) { return format_of_name(stream.name) == Format::csv; }
bool is_warc(Stream& stream) { return format_of_name(stream.name) == Format::warc || looks_like_warc(stream.input.peek(kSniffBytes)); }
bool is_text(Stream&) { return true; }

struct FormatRow {
  Format format;
  bool (*fits)(Stream&);  // asked in the order of the table
  void (*read)(Stream&);
};

// A new format needs a row here, a function like read_csv in a file of its own (stream.h), a Format in record.h, what tells it in
// sniff.cc, a row in archive.h's table, its name in --from (tools/cli) and, where its documents have an offset or a member, a case
// in read_again.cc.
constexpr FormatRow kFormats[] = {
    {Format::warc, is_warc, read_warc},
    {Format::csv, is_csv, read_csv},
    {Format::jsonl, is_json, read_json},
    {Format::html, is_html, [](Stream& stream) { read_document(stream, Format::html); }},
    {Format::text, is_text, [](Stream& stream) { read_document(stream, Format::text); }},
};

void read_format(Stream& stream) {
  const Format wanted = stream.options().from;
  for (const FormatRow& row : kFormats) {
    if (wanted == Format::automatic ? row.fits(stream) : wanted == row.format) return row.read(stream);
  }
}

void read_packed(Stream& stream, Packing packing) {
  const auto source = decompress(packing, stream.input, stream.file.expansion, stream.depth);
  Input input(*source, stream.options().block_bytes);
  Stream inside{input, stream.file, stream.place, unpacked_name(stream.name), stream.depth + 1, stream.splits && stream.depth == 0};
  read_layers(inside);
}

}  // namespace

void read_layers(Stream& stream) {
  const std::optional<Packing> packing = packing_of(stream.input.peek(kSniffBytes), stream.name);
  const bool nests = packing || is_container(stream);
  if (nests && stream.depth >= stream.options().max_nesting) {
    return stream.reject("too-deep", "there are more than " + std::to_string(stream.options().max_nesting) + " archives within each other");
  }
  if (packing) return read_packed(stream, *packing);
  if (nests) return read_container(stream);
  read_format(stream);
}

}  // namespace factmill
