// The whole job: archives in, facts out, over threads, in order, with bounded memory.
//
//   RunOptions options;
//   RunSummary summary = extract(extractor, {"archive/"}, options, sink);
//
// Documents are read, extracted in parallel and written in the order in which they were read, so that the output is
// the same for any number of threads. At most a few documents a thread are in flight.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "pipeline/annotations.h"
#include "pipeline/annotations.h"
#include "pipeline/extractor.h"
#include "sink/sink.h"
#include "text/make_document.h"

namespace factmill {

struct RunOptions {
  ReadOptions read;
  TextOptions text;
  ResolveOptions resolve;
  int threads = 1;
  // Called now and then from the writing thread: documents and bytes so far. May be empty.
  std::function<void(uint64_t documents, uint64_t bytes)> progress;
  // Called for every reject, in order, from the writing thread. May be empty.
  std::function<void(const Reject&)> on_reject;
};

struct RunSummary {
  uint64_t documents = 0;
  uint64_t bytes = 0;
  uint64_t facts = 0;
  uint64_t rejects = 0;
  uint64_t skipped = 0;  // files of a folder that no reader takes
  std::map<std::string, uint64_t> rejects_by_code;
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
