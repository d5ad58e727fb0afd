#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "commands.h"

namespace factmill::bench {
namespace {

std::vector<double> sorted_rounds(simdjson::dom::element lane) {
  std::vector<double> rounds;
  for (simdjson::dom::element round : lane.get_array()) rounds.push_back(round.get_double());
  std::sort(rounds.begin(), rounds.end());
  return rounds;
}

}  // namespace

int compare(const std::string& before, const std::string& after) {
  simdjson::dom::parser first, second;
  simdjson::dom::element a, b;
  if (first.load(before).get(a) || second.load(after).get(b)) {
    std::fprintf(stderr, "bench: error: cannot read %s or %s\n", before.c_str(), after.c_str());
    return 2;
  }
  for (const char* corpus : {"dense", "sparse"}) {
    std::printf("%s\n", corpus);
    simdjson::dom::element lanes;
    if (a[corpus]["lanes"].get(lanes)) continue;
    for (const auto& [name, rounds] : lanes.get_object()) {
      simdjson::dom::element other;
      if (b[corpus]["lanes"][name].get(other)) continue;
      const std::vector<double> x = sorted_rounds(rounds), y = sorted_rounds(other);
      if (x.empty() || y.empty()) continue;
      const double change = y.back() / x.back() - 1;
      // The best rounds must differ by more than the better half of either run spreads.
      const double spread = std::max(x.back() / x[x.size() / 2], y.back() / y[y.size() / 2]) - 1;
      const bool real = std::abs(change) > std::max(0.02, spread);
      std::printf("  %-30.*s %9.1f -> %9.1f MB/s  %+6.1f%%  %s\n", static_cast<int>(name.size()), name.data(), x.back(), y.back(), 100 * change, real ? "changed" : "noise");
    }
    int64_t facts_a = 0, facts_b = 0;
    if (!a[corpus]["facts"].get(facts_a) && !b[corpus]["facts"].get(facts_b) && facts_a != facts_b)
      std::printf("  facts: %lld -> %lld\n", static_cast<long long>(facts_a), static_cast<long long>(facts_b));
  }
  return 0;
}

}  // namespace factmill::bench
