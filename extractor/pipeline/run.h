// The whole job: archives in, facts out, over threads, in order, with bounded memory.
//
//   RunOptions options;
//   RunSummary summary = extract(extractor, {"archive/"}, options, sink);
//
// Documents are read, extracted in parallel and written in the order in which they were read, so that the output is
// the same for any number of threads. At most a few documents a thread are in flight. Where the sink keeps a manifest,
// inputs that it has are left alone and one that was broken off goes on where it was.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "pipeline/annotations.h"
#include "pipeline/extractor.h"
#include "pipeline/inputs.h"
#include "sink/sink.h"
#include "text/make_document.h"

namespace factmill {

// How far a run is.
struct Progress {
  uint64_t documents = 0;
  uint64_t facts = 0;
  uint64_t rejects = 0;
  uint64_t bytes = 0;        // of documents
  uint64_t input_done = 0;   // bytes of input files, as they lie, ...
  uint64_t input_total = 0;  // ... of all of them; 0: unknown (standard input)
};

struct RunOptions {
  ReadOptions read;
  TextOptions text;
  ResolveOptions resolve;
  int threads = 1;
  Shard shard;                // this run's share of the input
  bool keeps_manifest = false;  // the sink was opened with settings: ask it what is there already
  bool unclaimed = false;     // documents list the values that no rule claimed
  // Nobody asks about documents without facts: those that are about something else come with their source alone, which
  // is much quicker.
  bool only_facts = false;
  // Once true, reading stops, and what was read is written to its end; the sink is flushed and not finished.
  const std::atomic<bool>* stop = nullptr;
  // Called for every record from the writing thread. May be empty.
  std::function<void(const Progress&)> progress;
  // Called for every reject, in order, from the writing thread. May be empty.
  std::function<void(const Reject&)> on_reject;
};

struct RunSummary {
  uint64_t inputs = 0;  // files or parts of files that were read
  uint64_t documents = 0;
  uint64_t with_facts = 0;  // documents
  uint64_t bytes = 0;
  uint64_t facts = 0;
  uint64_t rejects = 0;
  uint64_t skipped = 0;  // what no reader takes
  std::map<std::string, uint64_t> rejects_by_code;
  std::map<std::string, uint64_t, std::less<>> skipped_by;
  // Documents in a language that the rules do not speak, by its code.
  std::map<std::string, uint64_t, std::less<>> skipped_languages;
  uint64_t kept_inputs = 0;  // left alone: an earlier run has them
  InputState kept;           // what earlier runs had, also of inputs that this one went on with
  std::vector<std::string> cut_off;  // inputs that could not be read to their end
  bool interrupted = false;          // by `stop`
  double seconds = 0;
  Status status;  // an error of the sink ends the run
};

RunSummary extract(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                   Sink& sink);
// The layer below: every document's mentions, a JSON object a line.
RunSummary annotate(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                    AnnotationOptions annotations,
                    const std::function<Status(const std::string& line)>& write_line);

}  // namespace factmill
