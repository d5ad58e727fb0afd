// How fast factmill is, beside what bounds it, all in one interleaved run.
//
//   bench [run] [--mb N] [--rounds N] [--json FILE]   dense, sparse and other text: MB/s, ratios, time by stage, facts/s, memory
//   bench make dense|sparse|news MB                      the text itself, on standard output
//   bench many                                        the pack, and ten and a hundred times its names and rules
//   bench memory MB                                   resident memory while so much text is piped through
//   bench compare A.json B.json                       what changed between two runs, and what is noise
//
// Before any speed is told, the facts are counted: every pass must find the same ones, on a part of the text the naive way
// (every rule on every sentence) must find them too, and there must not be fewer than expected.tsv says. Times are those of
// the processor, of all threads together, but where the clock is named; the fastest round counts, the others show the noise.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "commands.h"
#include "corpus.h"
#include "lanes.h"

namespace factmill::bench {
namespace {

constexpr size_t kNaiveBytes = 300'000;

struct Options {
  std::string rules = FACTMILL_SOURCE_DIR "/rules";
  size_t mb = 16;
  int rounds = 5;
  std::string json;
};

[[noreturn]] void fail(const std::string& message) {
  std::cerr << "bench: error: " << message << '\n';
  std::exit(2);
}

// A file that goes when the run ends.
class TextFile {
 public:
  explicit TextFile(const std::string& text) : path_((std::filesystem::temp_directory_path() / ("factmill-bench-" + std::to_string(getpid()) + "-" + std::to_string(++made_) + ".jsonl")).string()) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TextFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TextFile(const TextFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  static inline int made_ = 0;
  std::string path_;
};

std::string facts_of(const Extractor& extractor, const std::string& path) {
  CountingSink sink;
  std::string lines;
  sink.kept = &lines;
  const RunSummary summary = extract(extractor, {path}, run_options(1), sink);
  if (!summary.status) fail(summary.status.error().message);
  return lines;
}

void check_naive(const Extractor& quick, const std::string& rules, const std::string& text) {
  Diagnostics diagnostics;
  const Extractor naive(load_rules(rules, diagnostics, {.naive = true}));
  const TextFile part(text.substr(0, text.find('\n', std::min(text.size() - 1, kNaiveBytes)) + 1));
  if (facts_of(quick, part.path()) != facts_of(naive, part.path())) fail("the facts are not those of the naive way");
}

uint64_t expected_facts(const std::string& corpus) {
  std::ifstream file(FACTMILL_SOURCE_DIR "/tools/bench/expected.tsv");
  std::string name;
  for (uint64_t least = 0; file >> name >> least;) {
    if (name == corpus) return least;
  }
  fail("expected.tsv says nothing of " + corpus);
}

struct Timed {
  std::string name;
  std::vector<double> seconds;
  Found found;
  double best() const { return *std::min_element(seconds.begin(), seconds.end()); }
};

// The passes take turns, so that what disturbs the machine disturbs all of them.
std::vector<Timed> run_lanes(const std::vector<Lane>& lanes, int rounds) {
  std::vector<Timed> timed;
  for (const Lane& lane : lanes) timed.push_back({lane.name, {}, lane.pass()});  // warm; not timed
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < lanes.size(); ++i) {
      const auto now = lanes[i].by_wall ? wall_seconds : cpu_seconds;
      const double begin = now();
      const Found found = lanes[i].pass();
      timed[i].seconds.push_back(now() - begin);
      if (found.hits != timed[i].found.hits || found.units != timed[i].found.units) fail(lanes[i].name + " does not find the same twice");
    }
  }
  return timed;
}

// Resident memory of this program while so much text is piped through, in a process of its own.
std::string memory_line(const std::string& self, size_t mb) {
  const std::string command = self + " memory " + std::to_string(mb);
  std::string line;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) line += static_cast<char>(c);
    pclose(pipe);
  }
  return line;
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string json_of(const std::string& corpus, size_t bytes, const std::vector<Timed>& timed, const StageTimes& stages) {
  std::string out = in_quotes(corpus) + ": {\"bytes\": " + std::to_string(bytes) + ", \"facts\": " + std::to_string(stages.facts) + ", \"documents\": " + std::to_string(stages.documents) + ", \"allocations\": " + std::to_string(stages.allocations) + ", \"lanes\": {";
  for (const Timed& t : timed) {
    out += (&t == timed.data() ? "" : ", ") + in_quotes(t.name) + ": [";
    for (size_t i = 0; i < t.seconds.size(); ++i) out += (i ? ", " : "") + std::to_string(static_cast<double>(bytes) / 1e6 / t.seconds[i]);
    out += "]";
  }
  out += "}, \"stages\": {";
  for (const Stage& s : stages.stages) out += (&s == stages.stages.data() ? "" : ", ") + in_quotes(s.name) + ": " + std::to_string(s.seconds);
  return out + "}}";
}

void print(const std::string& corpus, size_t bytes, const std::vector<Timed>& timed, const StageTimes& stages) {
  const double set = std::find_if(timed.begin(), timed.end(), [](const Timed& t) { return t.name == "RE2::Set"; })->best();
  std::printf("\n%s: %.1f MB, %llu documents, %llu facts\n", corpus.c_str(), static_cast<double>(bytes) / 1e6, static_cast<unsigned long long>(stages.documents), static_cast<unsigned long long>(stages.facts));
  std::printf("  %-30s %10s %8s %16s %10s\n", "", "MB/s", "x Set", "slowest round", "found");
  double one = 0, two = 0;
  for (const Timed& t : timed) {
    const double slowest = *std::max_element(t.seconds.begin(), t.seconds.end());
    std::printf("  %-30s %10.1f %8.2f %16.1f %10llu\n", t.name.c_str(), static_cast<double>(bytes) / 1e6 / t.best(), set / t.best(), static_cast<double>(bytes) / 1e6 / slowest, static_cast<unsigned long long>(t.found.hits));
    if (t.name == "factmill, 1 thread (clock)") one = t.best();
    if (t.name == "factmill, 2 threads (clock)") two = t.best();
    if (t.name == "factmill, 1 thread") std::printf("  %-30s %10.0f facts/s, %.0f MB/s of JSON\n", "", static_cast<double>(t.found.hits) / t.best(), static_cast<double>(t.found.written) / 1e6 / t.best());
  }
  std::printf("  two threads: %.2f x one\n", one / two);
  double all = 0;
  for (const Stage& s : stages.stages) all += s.seconds;
  std::printf("  time by stage:");
  for (const Stage& s : stages.stages) std::printf(" %s %.0f%%", s.name.c_str(), 100 * s.seconds / all);
  std::printf("\n  allocations: %.0f a document\n", static_cast<double>(stages.allocations) / static_cast<double>(std::max<uint64_t>(1, stages.documents)));
}

int run(const Options& options, const std::string& self) {
  const double begin = wall_seconds();
  Diagnostics diagnostics;
  const std::shared_ptr<const RulePack> pack = load_rules(options.rules, diagnostics);
  if (!pack) fail(diagnostics.render());
  const Extractor extractor(pack);
  std::printf("rules compiled in %.0f ms (clock)\n", 1000 * (wall_seconds() - begin));
  std::string json = "{\"pack\": " + in_quotes(pack->hash);
  for (const char* corpus : {"dense", "sparse", "news"}) {
    const std::string text = make_corpus(*kind_of(corpus), options.mb * 1'000'000);
    const TextFile file(text);
    check_naive(extractor, options.rules, text);
    std::vector<Lane> lanes = {newline_lane(text), set_lane(text, FACTMILL_SOURCE_DIR "/tools/bench/patterns.tsv")};
    for (Lane& lane : literal_lanes(text, *pack)) lanes.push_back(std::move(lane));
    for (int threads : {1, 2}) lanes.push_back(factmill_lane(file.path(), extractor, threads, true));
    lanes.push_back(factmill_lane(file.path(), extractor, 1, false));
    const std::vector<Timed> timed = run_lanes(lanes, options.rounds);
    const StageTimes stages = time_stages(file.path(), extractor);
    const uint64_t facts = timed.back().found.hits;
    for (const Timed& t : timed) {
      if (t.name.starts_with("factmill") && t.found.hits != facts) fail(t.name + " finds other facts");
    }
    if (stages.facts != facts) fail("the stages find " + std::to_string(stages.facts) + " facts, the whole " + std::to_string(facts));
    if (facts * 16 < expected_facts(corpus) * options.mb) fail(std::string(corpus) + ": " + std::to_string(facts) + " facts are fewer than expected");
    print(corpus, text.size(), timed, stages);
    json += ", " + json_of(corpus, text.size(), timed, stages);
  }
  std::printf("\nmemory, in a process of its own: %s", memory_line(self, 100).c_str());
  if (!options.json.empty()) std::ofstream(options.json) << json << "}\n";
  return 0;
}

int memory(const Options& options, size_t mb) {
  int ends[2];
  if (pipe(ends) != 0) fail("no pipe");
  if (fork() == 0) {
    close(ends[0]);
    CorpusMaker maker(CorpusMaker::Kind::sparse);
    for (size_t bytes = 0; bytes < mb * 1'000'000;) {
      const std::string line = maker.next();
      for (size_t done = 0; done < line.size();) {
        const ssize_t wrote = write(ends[1], line.data() + done, line.size() - done);
        if (wrote <= 0) _exit(1);
        done += static_cast<size_t>(wrote);
      }
      bytes += line.size();
    }
    _exit(0);
  }
  close(ends[1]);
  dup2(ends[0], 0);
  const auto resident_mb = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
  };
  Diagnostics diagnostics;
  const Extractor extractor(load_rules(options.rules, diagnostics));
  const double rules = resident_mb();
  CountingSink sink;
  const RunSummary summary = extract(extractor, {"-"}, run_options(2), sink);
  std::printf("%.0f MB piped by 2 threads, %llu facts: %.0f MB resident at most, %.0f MB of them with the rules\n", static_cast<double>(summary.bytes) / 1e6, static_cast<unsigned long long>(summary.facts), resident_mb(), rules);
  return 0;
}

int make(const std::string& kind, size_t mb) {
  if (!kind_of(kind)) fail("no such text: " + kind + " (dense, sparse, news)");
  CorpusMaker maker(*kind_of(kind));
  for (size_t bytes = 0; bytes < mb * 1'000'000;) {
    const std::string line = maker.next();
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 0;
    bytes += line.size();
  }
  return 0;
}

}  // namespace
}  // namespace factmill::bench

int main(int argc, char** argv) {
  using namespace factmill::bench;
  Options options;
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--rules") options.rules = value;
    else if (word == "--mb") options.mb = static_cast<size_t>(std::max(1, std::atoi(value.c_str())));
    else if (word == "--rounds") options.rounds = std::max(1, std::atoi(value.c_str()));
    else if (word == "--json") options.json = value;
    else { words.push_back(word); continue; }
    ++i;
  }
  if (words.empty() || words[0] == "run") return run(options, argv[0]);
  if (words[0] == "make" && words.size() == 3) return make(words[1], static_cast<size_t>(std::atol(words[2].c_str())));
  if (words[0] == "memory" && words.size() == 2) return memory(options, static_cast<size_t>(std::atol(words[1].c_str())));
  if (words[0] == "many") return measure_many(options.rules, options.rounds);
  if (words[0] == "compare" && words.size() == 3) return compare(words[1], words[2]);
  std::fprintf(stderr, "usage: bench [run] [--mb N] [--rounds N] [--json FILE] | make dense|sparse|news MB | many | memory MB | compare A B\n");
  return 2;
}
