// The sinks that write a file or standard output: one loop, and a format for how a fact looks.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "sink/sink.h"

namespace factmill {

struct FileFormat {
  void (*append_header)(std::string& out) = nullptr;
  void (*append_fact)(const Fact& fact, std::string& out) = nullptr;
};

const FileFormat& jsonl_format();  // one object a line, LF
const FileFormat& csv_format();    // RFC 4180: a header, CRLF, quotes where they are needed

// `path` may be "-". Error: the file cannot be created.
Result<std::unique_ptr<Sink>> open_file_sink(const std::string& path, const FileFormat& format);
// With a manifest: `path` names a regular file or none.
Result<std::unique_ptr<Sink>> open_resumable_file_sink(const std::string& path, const FileFormat& format,
                                                       const LoadInfo& load);

// "out/facts.csv" -> "out/facts.rejects.jsonl"
std::string rejects_path_of(const std::string& path);

}  // namespace factmill
