#include "pipeline/run.h"

#include <algorithm>

#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

// A folder of articles; every seventh file is no text.
class Archive {
 public:
  explicit Archive(int files) {
    std::string name = (std::filesystem::temp_directory_path() / "factmill-run.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
    for (int i = 0; i < files; ++i) {
      char file[32];
      std::snprintf(file, sizeof file, "/%04d.txt", i);
      std::ofstream out(path_ + file, std::ios::binary);
      if (i % 7 == 3) continue;  // an empty file is a reject
      // Documents of very different length, so that threads overtake each other.
      for (int k = 0; k <= (i * 37) % 50; ++k) out << "Xiaomi delivered " << 1000 + i << "," << 100 + k << " units in May 2024.\n\n";
    }
  }
  ~Archive() { std::filesystem::remove_all(path_); }
  Archive(const Archive&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Memory : public Sink {
 public:
  Status write(const DocumentFacts& document) override {
    if (documents == fail_at) return Error{"disk full"};
    ++documents;
    lines += document.path.substr(document.path.rfind('/'));
    for (const Fact& fact : document.facts) lines += " " + fact.fact_id + "=" + fact.value->to_string() + "@" + std::to_string(fact.evidence[0].start);
    lines += '\n';
    return {};
  }
  Status reject(const Reject& reject) override {
    lines += "reject " + reject.code + "\n";
    return {};
  }
  Status flush() override { return {}; }
  Status finish() override {
    ++finished;
    return {};
  }
  int documents = 0, fail_at = -1, finished = 0;
  std::string lines;
};

TEST_CASE("run: the same bytes in the same order for 1, 2 and 8 threads") {
  const Archive archive(120);
  const Extractor extractor(small_pack().shared());
  std::string first;
  for (int threads : {1, 2, 8, 8}) {
    CAPTURE(threads);
    Memory sink;
    RunOptions options;
    options.threads = threads;
    std::string rejected;
    options.on_reject = [&](const Reject& reject) { rejected += reject.source.path.substr(reject.source.path.rfind('/')); };
    const RunSummary summary = extract(extractor, {archive.path()}, options, sink);
    CHECK(static_cast<bool>(summary.status));
    CHECK(summary.documents == 103);
    CHECK(summary.rejects == 17);
    CHECK(summary.rejects_by_code.at("empty") == 17);
    CHECK(sink.finished == 1);
    CHECK(rejected.substr(0, 18) == "/0003.txt/0010.txt");
    if (first.empty()) first = sink.lines;
    CHECK(sink.lines == first);
    CHECK(summary.facts == static_cast<uint64_t>(std::count(first.begin(), first.end(), '=')));
  }
  CHECK(first.find("/0000.txt") < first.find("/0119.txt"));
}

TEST_CASE("run: an error of the sink ends the run, at once and without a finish") {
  const Archive archive(400);
  const Extractor extractor(small_pack().shared());
  for (int threads : {1, 8}) {
    Memory sink;
    sink.fail_at = 5;
    RunOptions options;
    options.threads = threads;
    uint64_t told = 0;
    options.progress = [&](const Progress& progress) { told = progress.documents; };
    const RunSummary summary = extract(extractor, {archive.path()}, options, sink);
    REQUIRE_FALSE(static_cast<bool>(summary.status));
    CHECK(summary.status.error().message == "disk full");
    CHECK(sink.documents == 5);
    CHECK(sink.finished == 0);
    CHECK(told <= 6);
  }
}

TEST_CASE("run: no input is no document; what does not exist is a reject") {
  const Extractor extractor(small_pack().shared());
  Memory none, missing;
  CHECK(extract(extractor, {}, {}, none).documents == 0);
  CHECK(none.finished == 1);
  const RunSummary summary = extract(extractor, {"/nowhere/at/all.txt"}, {}, missing);
  CHECK(summary.documents == 0);
  CHECK(summary.rejects == 1);
}

TEST_CASE("run: annotations come in order too, and a writer that fails ends them") {
  const Archive archive(60);
  const Extractor extractor(small_pack().shared());
  std::string first;
  for (int threads : {1, 8}) {
    RunOptions options;
    options.threads = threads;
    std::string lines;
    const RunSummary summary = annotate(extractor, {archive.path()}, options, {}, [&](const std::string& line) -> Status {
      lines += line;
      return {};
    });
    CHECK(summary.documents == static_cast<uint64_t>(std::count(lines.begin(), lines.end(), '\n')));
    if (first.empty()) first = lines;
    CHECK(lines == first);
  }
  int written = 0;
  const RunSummary broken = annotate(extractor, {archive.path()}, {}, {}, [&](const std::string&) -> Status {
    if (++written == 3) return Error{std::string(kBrokenPipe)};
    return {};
  });
  CHECK_FALSE(static_cast<bool>(broken.status));
  CHECK(written == 3);
}

}  // namespace
}  // namespace factmill::testing
