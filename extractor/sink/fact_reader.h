// A line of JSON Lines -> a fact: the way back from append_json() in fact_columns.h.
//
//   FactReader reader;
//   Fact fact; std::string problem;
//   if (!reader.read(line, fact, problem)) reject(problem);
//
// Numbers are read from their digits, never through binary floating point. Keys that the record does not know are read
// over; whether required ones are there is for check_document() to say. Keeps its parser's memory from line to line.
// Not thread-safe.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "resolve/fact.h"

namespace factmill {

class FactReader {
 public:
  FactReader();
  ~FactReader();
  // False where it is no fact; `problem` says why. `fact` must be empty.
  bool read(std::string_view line, Fact& fact, std::string& problem);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace factmill
