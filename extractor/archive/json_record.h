// One JSON object -> one record, by profile.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "archive/archive.h"
#include "archive/record.h"

namespace factmill {

// Keeps its parser's memory from line to line. Not thread-safe.
class JsonRecordReader {
 public:
  JsonRecordReader(const ReadOptions& options, const Profiles& profiles);
  ~JsonRecordReader();

  // Fills `record` but for its source's path and offset. Where that fails: false, and `code`, `message` and `offset`
  // (within `json`) of `problem`. At least SIMDJSON_PADDING bytes behind `json` must be readable.
  bool read(std::string_view json, Record& record, Reject& problem);
  // Whether this is a whole JSON object.
  bool is_object(std::string_view json);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace factmill
