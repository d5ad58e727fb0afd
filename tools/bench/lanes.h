// What bench runs beside each other on one text, each as a pass over all of it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "factmill.h"

namespace factmill::bench {

// What a pass found: the same every time, or the run is worth nothing.
struct Found {
  uint64_t units = 0;  // sentences, lines, documents
  uint64_t hits = 0;
  uint64_t written = 0;  // bytes
};

struct Lane {
  std::string name;
  std::function<Found()> pass;
  bool by_wall = false;  // time on the clock, else time of the processor
};

// Counts what is written and throws it away; the lines are made all the same.
class CountingSink : public Sink {
 public:
  Status write(const DocumentFacts& document) override;
  Status reject(const Reject&) override { return {}; }
  Status flush() override { return {}; }
  Status finish() override { return {}; }
  Found found;
  std::string* kept = nullptr;  // takes the lines where one wants them

 private:
  std::string lines_;
};

double cpu_seconds();   // of the process
double wall_seconds();

// Newlines by memchr; RE2::Set over the patterns of a file, sentence by sentence, ids only; the literals of the pack.
Lane newline_lane(const std::string& text);
Lane set_lane(const std::string& text, const std::string& patterns_path);
// Nothing where the program was built without a scanner for literals.
std::vector<Lane> literal_lanes(const std::string& text, const RulePack& pack);
// As the command runs into a file.
RunOptions run_options(int threads);
Lane factmill_lane(const std::string& path, const Extractor& extractor, int threads, bool by_wall);

struct Stage {
  std::string name;
  double seconds = 0;
};
// One pass over a file, stage by stage in one thread; allocations and documents are counted.
struct StageTimes {
  std::vector<Stage> stages;
  uint64_t documents = 0, sentences = 0, facts = 0, allocations = 0;
};
StageTimes time_stages(const std::string& path, const Extractor& extractor);

}  // namespace factmill::bench
