// Where facts go. One interface for JSON Lines, CSV, SQLite and PostgreSQL, held to one contract test.
//
//   Result<std::unique_ptr<Sink>> sink = open_sink("facts.db", load);
//   (*sink)->write(document_facts); (*sink)->reject(reject); (*sink)->finish();
//
// A document is written whole or not at all. Writing a document again replaces what it had produced before; writing
// the same facts again changes no row. Not thread-safe: the pipeline calls from one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "archive/record.h"
#include "base/result.h"
#include "resolve/fact.h"

namespace factmill {

// What this run is, for the database's `load` table.
struct LoadInfo {
  std::string version;    // of factmill
  std::string pack;       // "ev@0.1.0"
  std::string pack_hash;  // of the rule files' bytes
};

class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status write(const DocumentFacts& document) = 0;
  virtual Status reject(const Reject& reject) = 0;
  // Makes everything written so far durable.
  virtual Status flush() = 0;
  // Flushes and marks the load as complete. Without it the load stays unfinished and invisible to the views.
  virtual Status finish() = 0;
};

// Chosen by `target`: "-" or *.jsonl, *.csv, *.db/*.sqlite, postgresql://... . Error: unknown kind, cannot open,
// or a database whose schema is of another version.
Result<std::unique_ptr<Sink>> open_sink(const std::string& target, const LoadInfo& load);

}  // namespace factmill
