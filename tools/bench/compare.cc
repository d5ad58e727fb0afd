#include <simdjson.h>

#include <algorithm>
#include <cmath>
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

// How far the best round is from the middle one: what the machine does to a lane by itself.
double spread_of(const std::vector<double>& rounds) { return rounds.back() / rounds[(rounds.size() - 1) / 2] - 1; }

constexpr const char* kYardstick = "RE2::Set";  // the same program in both runs

}  // namespace

int compare(const std::string& before, const std::string& after) {
  simdjson::dom::parser first, second;
  simdjson::dom::element a, b;
  if (first.load(before).get(a) || second.load(after).get(b)) {
    std::fprintf(stderr, "bench: error: cannot read %s or %s\n", before.c_str(), after.c_str());
    return 2;
  }
  for (const char* corpus : {"dense", "sparse", "news"}) {
    simdjson::dom::element lanes, set_a, set_b;
    if (a[corpus]["lanes"].get(lanes) || a[corpus]["lanes"][kYardstick].get(set_a) || b[corpus]["lanes"][kYardstick].get(set_b)) continue;
    const std::vector<double> before_set = sorted_rounds(set_a), after_set = sorted_rounds(set_b);
    if (before_set.empty() || after_set.empty()) continue;
    const double machine = after_set.back() / before_set.back();
    std::printf("%s (the machine %+.1f%%, by %s)\n", corpus, 100 * (machine - 1), kYardstick);
    for (const auto& [name, rounds] : lanes.get_object()) {
      simdjson::dom::element other;
      if (name == kYardstick || b[corpus]["lanes"][name].get(other)) continue;
      const std::vector<double> x = sorted_rounds(rounds), y = sorted_rounds(other);
      if (x.empty() || y.empty()) continue;
      const double change = y.back() / x.back() / machine - 1;
      // The best rounds must differ by more than the lane and the yardstick spread by themselves.
      const double noise = std::max({0.02, spread_of(x) + spread_of(before_set), spread_of(y) + spread_of(after_set)});
      std::printf("  %-30.*s %9.2f -> %9.2f x Set  %+6.1f%%  %s\n", static_cast<int>(name.size()), name.data(), x.back() / before_set.back(),
                  y.back() / after_set.back(), 100 * change, std::abs(change) > noise ? "changed" : "noise");
    }
    int64_t facts_a = 0, facts_b = 0;
    if (!a[corpus]["facts"].get(facts_a) && !b[corpus]["facts"].get(facts_b) && facts_a != facts_b)
      std::printf("  facts: %lld -> %lld\n", static_cast<long long>(facts_a), static_cast<long long>(facts_b));
  }
  return 0;
}

}  // namespace factmill::bench
