// JSON Lines: the wire form of the record.
#include "sink/fact_columns.h"
#include "sink/file_sink.h"

namespace factmill {
namespace {

void append_nothing(std::string&) {}

void append_line(const Fact& fact, std::string& out) {
  append_json(fact, out);
  out += '\n';
}

}  // namespace

const FileFormat& jsonl_format() {
  static constexpr FileFormat kFormat{append_nothing, append_line};
  return kFormat;
}

}  // namespace factmill
