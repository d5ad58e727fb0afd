// Facts that were extracted elsewhere into a sink: JSON Lines in, the same facts out, document by document.
//
//   RunSummary summary = load_facts({"facts.jsonl"}, LoadRunOptions(), sink);
//
// Lines of one document are one document, wherever they stand in a file; the first of them replace what the document
// had before. What is no fact is a reject with its line, and reading goes on. One thread reads, one writes.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/run.h"
#include "sink/sink.h"

namespace factmill {

struct LoadRunOptions {
  bool keeps_manifest = false;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const Progress&)> progress;
  std::function<void(const Reject&)> on_reject;
  size_t max_line_bytes = 20 << 20;
  std::vector<std::string> leave_out;  // as of ReadOptions
};

RunSummary load_facts(const std::vector<std::string>& paths, const LoadRunOptions& options, Sink& sink);

}  // namespace factmill
