// The same bytes come out for any number of threads and in any order of documents.
#include <doctest/doctest.h>

#include <algorithm>
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

TEST_CASE("order: nothing that one document says is known in the next") {
  std::vector<Extracted> alone;
  alone.push_back(extract_bytes("BYD sold more cars in August. The sales volume of the Destroyer 05 was 8,725 units, and that of the Dolphin was 23,000 units.", "a.txt", "2022-09-03"));
  alone.push_back(extract_bytes("CATL showed new batteries for electric cars. They enable hybrid electric and pure electric vehicles to achieve ranges of 200 and 500 kilometers, respectively.",
                                "b.txt", "2022-09-03"));
  for (const char* folder : {"corpus/tune", "corpus/test", "corpus/negative"}) {
    for (const std::string& path : files_in(folder, ".txt")) alone.push_back(extract_file(path));
  }
  const auto json = [](const DocumentFacts& facts) {
    std::string out;
    for (const Fact& fact : facts.facts) append_json(fact, out);
    return out;
  };
  CHECK(json(alone[1].facts).find("\"model\"") == std::string::npos);
  Extraction shared(extractor());
  for (int pass = 0; pass < 2; ++pass) {
    for (const Extracted& one : alone) CHECK((json(shared.run(one.document)) == json(one.facts)));
    std::reverse(alone.begin(), alone.end());
  }
}

}  // namespace factmill::golden
