// CSV as RFC 4180 has it. Cells hold the exact text: a leading '=' stays, because a prefix against spreadsheets would
// break the evidence for every other reader. Absent values are empty cells, which no present value is.
#include "sink/clean_text.h"
#include "sink/fact_columns.h"
#include "sink/file_sink.h"

namespace factmill {
namespace {

void append_text(std::string_view text, std::string& out) {
  std::string scratch;
  text = clean_text(text, scratch);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_cell(const Cell& cell, std::string& out) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return append_text(*text, out);
  if (const auto* integer = std::get_if<int64_t>(&cell)) out += std::to_string(*integer);
  if (const auto* number = std::get_if<Decimal>(&cell)) number->append_to(out);
  if (const auto* nested = std::get_if<LazyJson>(&cell)) {
    std::string text;
    JsonWriter json(text);
    nested->write(*nested->fact, json);
    append_text(text, out);
  }
}

template <class AppendColumn>
void append_row(std::string& out, AppendColumn append_column) {
  bool first = true;
  for (const FactColumn& column : fact_columns()) {
    if (!column.is_in(kCsv)) continue;
    if (!first) out += ',';
    first = false;
    append_column(column);
  }
  out += "\r\n";
}

void append_header(std::string& out) {
  append_row(out, [&](const FactColumn& column) { out += column.name; });
}

void append_fact(const Fact& fact, std::string& out) {
  append_row(out, [&](const FactColumn& column) { append_cell(column.read(fact), out); });
}

}  // namespace

const FileFormat& csv_format() {
  static constexpr FileFormat kFormat{append_header, append_fact};
  return kFormat;
}

}  // namespace factmill
