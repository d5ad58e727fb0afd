#include "archive/snippet.h"
#include "archive/stream.h"

namespace factmill {

void Output::record(Record&& record) {
  if (stopped()) return;
  if (++file_records_ > options_.max_documents) {
    end_file();
    Source place = record.source;
    place.url.clear();
    return reject(place, "too-many-documents", "the file holds more than " + std::to_string(options_.max_documents) + " documents; the rest was not read", record.source.offset.value_or(0));
  }
  ++summary_.records;
  if (!sink_.on_record(std::move(record))) summary_.stopped = true;
}

void Output::reject(Reject&& reject) {
  ++summary_.rejects;
  told_expansion_ = told_expansion_ || reject.code == "too-much-expansion";
  reject.stage = "archive";
  if (!sink_.on_reject(std::move(reject))) summary_.stopped = true;
}

void Output::reject(const Source& source, std::string_view code, std::string message, uint64_t offset, std::string_view bytes) {
  Reject result;
  result.source = source;
  result.code = code;
  result.message = std::move(message);
  result.offset = offset;
  result.snippet = snippet(bytes);
  reject(std::move(result));
}

void Output::skip(std::string_view kind) {
  ++summary_.skipped;
  const auto found = summary_.skipped_by.find(kind);
  if (found != summary_.skipped_by.end()) {
    ++found->second;
  } else if (summary_.skipped_by.size() < kMaxSkipKinds) {
    summary_.skipped_by.emplace(kind, 1);
  } else {
    ++summary_.skipped_by["other"];
  }
}

void Stream::reject_failure() { reject(input.failure_code(), *input.failure(), input.bytes_read()); }

std::string size_text(uint64_t bytes) { return std::to_string(bytes) + " bytes"; }

std::string member_path(std::string_view outer, std::string_view name) {
  return outer.empty() ? std::string(name) : std::string(outer) + "!/" + std::string(name);
}

}  // namespace factmill
