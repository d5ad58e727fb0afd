#include "lanes.h"

#include <re2/re2.h>
#include <re2/set.h>
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

#ifdef FACTMILL_BENCH_HYPERSCAN
#include <hs/hs.h>
#endif

namespace factmill::bench {
namespace {

constexpr int64_t kSetMemory = 64 << 20;

double seconds_of(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Calls use(sentence) for what lies between . ! ? and a blank, or line ends, written \n in JSON or not.
template <class Use>
void each_sentence(const std::string& text, Use use) {
  size_t begin = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const char c = text[i];
    const bool ends = c == '\n' || (c == '\\' && text[i + 1] == 'n') || ((c == '.' || c == '!' || c == '?') && text[i + 1] == ' ');
    if (!ends) continue;
    if (i > begin) use(std::string_view(text).substr(begin, i + 1 - begin));
    begin = i + 1;
  }
}

[[noreturn]] void fail(const std::string& message) {
  std::cerr << "bench: error: " << message << '\n';
  std::exit(2);
}

}  // namespace

double cpu_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }
double wall_seconds() { return seconds_of(CLOCK_MONOTONIC); }

Status CountingSink::write(const DocumentFacts& document) {
  lines_.clear();
  for (const Fact& fact : document.facts) {
    append_json(fact, lines_);
    lines_ += '\n';
  }
  ++found.units;
  found.hits += document.facts.size();
  found.written += lines_.size();
  if (kept) *kept += lines_;
  return {};
}

Lane newline_lane(const std::string& text) {
  return {"newline scan", [&text] {
            Found found;
            const char* at = text.data();
            const char* const end = at + text.size();
            while (at < end) {
              const auto* next = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
              if (next == nullptr) break;
              ++found.units;
              at = next + 1;
            }
            found.hits = found.units;
            return found;
          }};
}

Lane set_lane(const std::string& text, const std::string& patterns_path) {
  RE2::Options options;
  options.set_max_mem(kSetMemory);
  options.set_log_errors(false);
  auto set = std::make_shared<RE2::Set>(options, RE2::UNANCHORED);
  std::ifstream file(patterns_path);
  if (!file) fail("cannot read " + patterns_path);
  for (std::string line; std::getline(file, line);) {
    std::string error;
    if (set->Add(line.substr(line.rfind('\t') + 1), &error) < 0) fail(patterns_path + ": " + error + ": " + line);
  }
  if (!set->Compile()) fail("the patterns need more than 64 MB");
  return {"RE2::Set", [&text, set] {
            Found found;
            std::vector<int> ids;
            each_sentence(text, [&](std::string_view sentence) {
              ids.clear();
              set->Match(re2::StringPiece(sentence.data(), sentence.size()), &ids);
              found.hits += ids.size();
              ++found.units;
            });
            return found;
          }};
}

std::vector<Lane> literal_lanes([[maybe_unused]] const std::string& text, [[maybe_unused]] const RulePack& pack) {
  std::vector<Lane> lanes;
#ifdef FACTMILL_BENCH_HYPERSCAN
  std::vector<std::string> literals;
  for (const Entity& entity : pack.lexicon.entities()) literals.insert(literals.end(), entity.surfaces.begin(), entity.surfaces.end());
  for (const Metric& metric : pack.metrics.all()) {
    literals.insert(literals.end(), metric.nouns.begin(), metric.nouns.end());
    literals.insert(literals.end(), metric.verbs.begin(), metric.verbs.end());
  }
  std::vector<const char*> expressions;
  std::vector<unsigned> flags, ids;
  std::vector<size_t> sizes;
  for (const std::string& literal : literals) {
    if (literal.size() < 2) continue;
    expressions.push_back(literal.c_str());
    sizes.push_back(literal.size());
    flags.push_back(HS_FLAG_SINGLEMATCH | HS_FLAG_CASELESS);
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), sizes.data(), static_cast<unsigned>(ids.size()), HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS)
    fail(std::string("literals: ") + (error ? error->message : "?"));
  hs_scratch_t* scratch = nullptr;
  hs_alloc_scratch(database, &scratch);
  lanes.push_back({"literal scan (" + std::to_string(ids.size()) + ")", [&text, database, scratch] {
                     Found found;
                     const auto count = [](unsigned, unsigned long long, unsigned long long, unsigned, void* hits) {
                       ++*static_cast<uint64_t*>(hits);
                       return 0;
                     };
                     for (size_t begin = 0; begin < text.size();) {
                       const size_t end = std::min(text.find('\n', begin), text.size());
                       hs_scan(database, text.data() + begin, static_cast<unsigned>(end - begin), 0, scratch, count, &found.hits);
                       ++found.units;
                       begin = end + 1;
                     }
                     return found;
                   }});
#endif
  return lanes;
}

RunOptions run_options(int threads) {
  RunOptions options;
  options.threads = threads;
  options.only_facts = true;
  return options;
}

Lane factmill_lane(const std::string& path, const Extractor& extractor, int threads, bool by_wall) {
  const std::string name = "factmill, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads") + (by_wall ? " (clock)" : "");
  return {name,
          [path, &extractor, threads] {
            CountingSink sink;
            const RunSummary summary = extract(extractor, {path}, run_options(threads), sink);
            if (!summary.status) fail(summary.status.error().message);
            return sink.found;
          },
          by_wall};
}

}  // namespace factmill::bench
