// Where facts go. One interface for JSON Lines, CSV, SQLite and PostgreSQL, held to one contract test.
//
//   Result<std::unique_ptr<Sink>> sink = open_sink("facts.db", load);
//   (*sink)->write(document_facts); (*sink)->reject(reject); (*sink)->finish();
//
// A document is written whole or not at all. In a database, writing a document again replaces what it had produced
// before, and writing the same facts again changes no row; a file holds what one run wrote and appears under its name
// when that run finishes. After an error every further call returns that error, and what was not yet flushed is gone.
// Destroying a sink without finish() leaves no file, and in a database an unfinished load that no view shows.
// Not thread-safe: the pipeline calls from one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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
  // A database refuses a fact that breaks the record's contract (no rule, a day that does not exist): the document
  // becomes a reject with stage "sink" and code "invalid-fact", what was known of it stays, and the status is success.
  virtual Status write(const DocumentFacts& document) = 0;
  // Files keep rejects beside the facts: facts.csv has facts.rejects.jsonl, if there are any. Standard output holds
  // facts alone; there the caller reports them.
  virtual Status reject(const Reject& reject) = 0;
  // Makes everything written so far durable.
  virtual Status flush() = 0;
  // Flushes and marks the load as complete. Without it the load stays unfinished and invisible to the views.
  virtual Status finish() = 0;
};

enum class SinkKind : uint8_t { automatic, jsonl, csv, sqlite, postgresql };

// Chosen by `target`, unless `kind` says it: "-" (JSON Lines on standard output), *.jsonl, *.ndjson, *.csv, *.db,
// *.sqlite, *.sqlite3, postgresql://... Error: unknown kind, cannot open, or a database whose schema is of another
// version. No message holds the password of a connection string.
Result<std::unique_ptr<Sink>> open_sink(const std::string& target, const LoadInfo& load,
                                        SinkKind kind = SinkKind::automatic);

// The whole message of the error when the reader of a pipe has gone (`factmill extract ... | head`), which a command
// treats as quiet success. The process must ignore SIGPIPE, or it ends before there is an error to see.
inline constexpr std::string_view kBrokenPipe = "broken pipe";
inline bool is_broken_pipe(const Error& error) { return error.message == kBrokenPipe; }

// Appends a reject as one JSON object, without a line end.
void append_json(const Reject& reject, std::string& out);

}  // namespace factmill
