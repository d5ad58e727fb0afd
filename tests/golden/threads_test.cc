// The same bytes come out for any number of threads.
#include <doctest/doctest.h>

#include <sstream>

#include "golden/extracting.h"
#include "unit/archive/reading.h"

namespace factmill::golden {
namespace {

constexpr int kCopies = 8;

// Every text of the corpus several times over, each copy a document of its own, and lines that no reader takes.
std::string mixed_lines() {
  std::string lines;
  for (int copy = 0; copy < kCopies; ++copy) {
    for (const char* folder : {"corpus/tune", "corpus/test", "corpus/negative"}) {
      for (const std::string& path : files_in(folder, ".txt")) {
        JsonWriter json(lines);
        json.begin_object();
        json.field("id", std::to_string(copy) + path.substr(path.rfind('/')));
        json.field("text", "Copy number " + std::to_string(copy) + "\n\n" + read_file(path));
        json.end_object();
        lines += '\n';
      }
    }
    lines += "{\"id\": \"damaged\", \"text\": \n";
  }
  return lines;
}

struct Outcome {
  std::string facts, rejects;
  RunSummary summary;
};

Outcome extract_with(int threads, const std::vector<std::string>& paths, const Folder& folder) {
  const std::string target = folder.path() + "/" + std::to_string(threads) + ".jsonl";
  const RulePack& pack = extractor().pack();
  Result<std::unique_ptr<Sink>> sink = open_sink(target, {"test", pack.label(), pack.hash});
  REQUIRE(sink);
  Outcome outcome;
  RunOptions options;
  options.threads = threads;
  options.on_reject = [&](const Reject& reject) { append_json(reject, outcome.rejects); };
  outcome.summary = extract(extractor(), paths, options, **sink);
  REQUIRE(outcome.summary.status);
  outcome.facts = read_file(target);
  return outcome;
}

}  // namespace

TEST_CASE("threads: 1, 2 and 8 give the same bytes, rejects included") {
  const Folder folder;
  const std::string lines = folder.write("in/lines.jsonl", mixed_lines());
  const std::vector<std::string> paths = {source_path("corpus"), lines, folder.path() + "/missing"};
  const Outcome one = extract_with(1, paths, folder);
  CHECK(one.summary.facts > 1000);
  CHECK(one.summary.rejects == kCopies + 1);
  for (int threads : {2, 8}) {
    CAPTURE(threads);
    const Outcome many = extract_with(threads, paths, folder);
    CHECK(many.summary.documents == one.summary.documents);
    CHECK(many.summary.bytes == one.summary.bytes);
    CHECK((many.facts == one.facts));
    CHECK((many.rejects == one.rejects));
  }
}

}  // namespace factmill::golden
