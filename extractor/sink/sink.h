// Where facts go. One interface for JSON Lines, CSV, SQLite and PostgreSQL, held to one contract test.
//
//   Result<std::unique_ptr<Sink>> sink = open_sink("facts.db", load);
//   (*sink)->write(document_facts); (*sink)->reject(reject); (*sink)->finish();
//
// A document is written whole or not at all. In a database, writing a document again replaces what it had produced
// before, and writing the same facts again changes no row; a file holds what one run wrote and appears under its name
// when that run finishes. After an error every further call returns that error, and what was not yet flushed is gone.
// Destroying a sink without finish() leaves no file, and in a database an unfinished load that no view shows. With a
// manifest (LoadInfo::settings) a later run goes on from what was flushed: a file's is kept beside it as NAME.part.
// Not thread-safe: no two calls at once.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/record.h"
#include "base/result.h"
#include "resolve/fact.h"
#include "sink/manifest.h"

namespace factmill {

class FxTable;
class Lexicon;

// What this run is, for the database's `load` table.
struct LoadInfo {
  std::string version;    // of factmill
  std::string pack;       // "ev@0.1.0"
  std::string pack_hash;  // of the rule files' bytes
  // Hash of all that makes the same bytes give other facts: rules, options, this program. Where it is given, the sink
  // keeps a manifest of its inputs (manifest.h) and goes on from what a run of the same settings has left.
  std::string settings;
  bool starts_afresh = false;  // forget what earlier runs know of these inputs
  // What was written becomes durable after so long at the latest: what a crash may cost.
  std::chrono::milliseconds checkpoint{1000};
  // What a database keeps beside the facts when the load is finished, where given; they must outlive the sink.
  const Lexicon* lexicon = nullptr;
  const FxTable* rates = nullptr;
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

  // ---- the manifest: see manifest.h; a sink without one knows nothing and keeps nothing ----

  // What earlier runs have of this part. May be asked while an earlier part is still being written.
  virtual Result<InputState> find_input(const InputPart&) { return InputState{}; }
  // What find_input() called done is kept as it is.
  virtual Status keep_input(const InputPart&) { return {}; }
  // What follows comes from this part, whose first `from.records` records are there.
  virtual Status begin_input(const InputPart&, const InputState&) { return {}; }
  // The next write() or reject() is the part's record of this number, counted from 1.
  virtual void at_record(uint64_t) {}
  virtual Status end_input() { return {}; }
  // What follows comes from elsewhere; the input is not done, and a later run goes on with it.
  virtual Status leave_input() { return {}; }

  // Flushes and marks the load as complete. Without it the load stays unfinished and invisible to the views.
  virtual Status finish() = 0;
};

enum class SinkKind : uint8_t { automatic, jsonl, csv, sqlite, postgresql };

// Chosen by `target`, unless `kind` says it: "-" (JSON Lines on standard output), *.jsonl, *.ndjson, *.csv, *.db,
// *.sqlite, *.sqlite3, postgresql://... Error: unknown kind, cannot open, or a database whose schema is of another
// version. No message holds the password of a connection string.
Result<std::unique_ptr<Sink>> open_sink(const std::string& target, const LoadInfo& load,
                                        SinkKind kind = SinkKind::automatic);

// Whether a run into this target can be taken up again: not where it is a stream.
bool keeps_manifest(const std::string& target, SinkKind kind = SinkKind::automatic);
bool is_database(const std::string& target);
// The files that a run into this target writes, under all their names; none of a stream or a server.
std::vector<std::string> files_of(const std::string& target);
// By the target's name alone; automatic: it says nothing.
SinkKind sink_kind_of(const std::string& target);

// The whole message of the error when the reader of a pipe has gone (`factmill extract ... | head`), which a command
// treats as quiet success. The process must ignore SIGPIPE, or it ends before there is an error to see.
inline constexpr std::string_view kBrokenPipe = "broken pipe";
inline bool is_broken_pipe(const Error& error) { return error.message == kBrokenPipe; }

// Appends a reject as one JSON object, without a line end.
void append_json(const Reject& reject, std::string& out);

}  // namespace factmill
