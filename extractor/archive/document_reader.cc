// Text and HTML: the stream is one document.
#include "archive/stream.h"

namespace factmill {

void read_document(Stream& stream, Format format) {
  if (stream.is_later_part()) return;
  const size_t limit = stream.options().max_document_bytes;
  std::string bytes;
  for (std::string_view block = stream.input.next(); !block.empty(); block = stream.input.next()) {
    bytes += block;
    if (bytes.size() > limit) return stream.reject("too-long", "the document has more than " + size_text(limit), 0, bytes);
  }
  if (stream.input.failure()) return stream.reject_failure();
  if (bytes.empty()) return stream.reject("empty", "the file is empty");
  Record record = stream.new_record();
  record.bytes = std::move(bytes);
  record.format = format;
  stream.output().record(std::move(record));
}

}  // namespace factmill
