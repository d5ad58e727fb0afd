// How fast each reader reads, and what it reads:
//
//   bench_read FILE...            MB/s as they lie and unpacked, records and rejects, by processor time, best of three
//   bench_read --list FILE...     a line a record: path, member, offset, address, bytes, hash, parted by tabs
//
// Reading alone: nothing is decoded, no fact is looked for.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <iomanip>
#include <iostream>

#include "archive/archive.h"
#include "base/hash.h"
#include "ruleset/rule_file.h"

#ifndef FACTMILL_SOURCE_RULES
#define FACTMILL_SOURCE_RULES "rules"
#endif

namespace {

using namespace factmill;

struct Counting : RecordSink {
  uint64_t bytes = 0;
  bool on_record(Record&& record) override {
    bytes += record.bytes.size();
    return true;
  }
  bool on_reject(Reject&&) override { return true; }
};

struct Listing : RecordSink {
  bool on_record(Record&& record) override {
    const Source& source = record.source;
    std::cout << source.path << '\t' << source.member << '\t' << (source.offset ? std::to_string(*source.offset) : "") << '\t' << source.url << '\t' << record.bytes.size() << '\t'
              << hash128(record.bytes).to_hex() << '\n';
    return true;
  }
  bool on_reject(Reject&& reject) override {
    std::cerr << reject.source.path << '@' << reject.offset << ": " << reject.message << " (" << reject.code << ")\n";
    return true;
  }
};

void measure(const std::string& path, const Profiles& profiles) {
  double best = 1e9;
  ReadSummary summary;
  Counting counting;
  for (int i = 0; i < 3; ++i) {
    counting = {};
    const std::clock_t start = std::clock();
    summary = read_records({path}, {}, profiles, counting);
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::cout << std::fixed << std::setprecision(0) << std::setw(6) << static_cast<double>(summary.bytes) / 1e6 / best << " MB/s read " << std::setw(6)
            << static_cast<double>(counting.bytes) / 1e6 / best << " MB/s of text " << std::setw(9) << summary.records << " records " << summary.rejects << " rejects  " << path << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  Diagnostics diagnostics;
  RuleFiles files(FACTMILL_SOURCE_RULES, diagnostics);
  const Profiles profiles = Profiles::load(files);
  const bool list = argc > 1 && std::strcmp(argv[1], "--list") == 0;
  for (int i = list ? 2 : 1; i < argc; ++i) {
    Listing listing;
    if (list) {
      read_records({argv[i]}, {}, profiles, listing);
    } else {
      measure(argv[i], profiles);
    }
  }
}
