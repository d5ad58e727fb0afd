#include "pipeline/check.h"

#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

struct Checked {
  CheckSummary summary;
  std::vector<std::string> messages;

  bool says(const std::string& message) const { return std::find(messages.begin(), messages.end(), message) != messages.end(); }
  // Complaints that name this rule.
  std::string of(const std::string& rule) const {
    std::string out;
    for (const std::string& m : messages) {
      if (m.find("'" + rule + "'") != std::string::npos) out += (out.empty() ? "" : "\n") + m;
    }
    return out;
  }
};

Checked checked(const Files& files) {
  const SmallPack pack(files);
  pack.get();
  const Extractor extractor(pack.shared());
  Diagnostics diagnostics;
  Checked out;
  out.summary = check_rules(extractor, diagnostics);
  for (const Diagnostic& d : diagnostics.all()) out.messages.push_back(d.message);
  return out;
}

const char kExample[] = "{text: Xiaomi had revenue of RMB 5 billion., facts: [{metric: revenue, company: Xiaomi, value: 5000000000}]}";
const char kUnused[] = "does nothing that its tests would miss: without it they have the same facts";
const char kNearMiss[] = "{text: Xiaomi had revenue of sorts., facts: []}";

Files rules(const std::string& tests, const std::string& more = "") {
  return {{"rules.yaml", std::string("frames:\n  - id: a\n    frame: '{noun} of {value}'\n    score: 90\n    tests: [") + tests + "]\n" + more},
          {"metrics.yaml", "metrics:\n  - {id: revenue, nouns: [revenue], accepts: [money], tests: [" + std::string(kExample) + ", " + kNearMiss +
                               "]}\n  - {id: deliveries, nouns: [deliveries], accepts: [number, vehicle], unit: vehicle}\n"}};
}

TEST_CASE("check: a rule with an example and a counterexample passes") {
  const Checked c = checked(rules(std::string(kExample) + ", " + kNearMiss));
  CHECK(c.of("a") == "");
  CHECK(c.of("revenue") == "");
  CHECK(c.summary.rules == 3);  // the frame and two metrics
  CHECK(c.summary.tests == 4);
}

TEST_CASE("check: without an example, without a counterexample, without both") {
  CHECK(checked(rules(kNearMiss)).of("a") == "rule 'a' has no example: a test in which it fires");
  CHECK(checked(rules(kExample)).of("a") == "rule 'a' has no counterexample: a near miss in which it must not fire");
  const Checked c = checked(rules(std::string(kExample) + ", " + kNearMiss));
  CHECK(c.of("deliveries") == "rule 'deliveries' has no example: a test in which it fires\nrule 'deliveries' has no counterexample: a near miss in which it must not fire");
}

TEST_CASE("check: a reduction that nothing guards") {
  const Checked c = checked(rules(std::string(kExample) + ", " + kNearMiss, "reductions: [{id: greedy, match: '[a-z]+', as: aside}, {id: fine, match: '\\({money}\\)', as: aside}]\n"));
  CHECK(c.says("rule 'greedy' has no guard: no literal and no mention that every match must hold"));
  CHECK(c.of("fine").find("no guard") == std::string::npos);
}

TEST_CASE("check: a rule that another one masks is told with it") {
  const Checked c = checked(rules(std::string(kExample) + ", " + kNearMiss,
                                  std::string("  - {id: better, frame: '{noun} (?:of|at) {value}', score: 95, tests: [") + kExample + ", " + kNearMiss + "]}\n"));
  CHECK(c.of("a") == "rule 'a' is masked by better on: Xiaomi had revenue of RMB 5 billion.");
  CHECK(c.of("better") == "rule 'better' " + std::string(kUnused));  // its twin does the work as well
}

TEST_CASE("check: a rule whose tests have the same facts without it") {
  const std::string plain = "{text: Xiaomi had revenue of RMB 5 billion., fires: false}";
  const std::string aside = "match: 'of sorts', as: aside, tests: [" + plain + ", {text: Xiaomi had revenue of ";
  const std::string fact = ", facts: [{metric: revenue, company: Xiaomi, value: 5000000000}], fires: true}]}";
  const auto said_of = [&](const std::string& example) {
    return checked(rules(std::string(kExample) + ", " + kNearMiss, "reductions: [{id: b, " + aside + example + fact + "]\n")).of("b");
  };
  CHECK(said_of("RMB 5 billion of sorts.") == "rule 'b' " + std::string(kUnused));
  CHECK(said_of("sorts of RMB 5 billion.") == "");
}

TEST_CASE("check: an example in which only another rule fires") {
  const Checked c = checked(rules(std::string(kExample) + ", " + kNearMiss,
                                  std::string("  - {id: idle, frame: '{noun} at {value}', score: 95, tests: [") + kExample + ", " + kNearMiss + "]}\n"));
  CHECK(c.of("idle") == "rule 'idle' alone does not fire on: Xiaomi had revenue of RMB 5 billion.");
}

TEST_CASE("check: a counterexample in which it fires") {
  const Checked c = checked(rules(std::string(kExample) + ", {text: Xiaomi had revenue of RMB 6 billion., fires: false}"));
  CHECK(c.of("a").find("fires") != std::string::npos);
  CHECK(c.of("a").find("on: Xiaomi had revenue of RMB 6 billion.") != std::string::npos);
}

TEST_CASE("check: facts are compared, missing ones and those too many") {
  const Checked wrong = checked(rules("{text: Xiaomi had revenue of RMB 5 billion., facts: [{metric: revenue, company: NIO}]}, " + std::string(kNearMiss)));
  CHECK(wrong.says("rule 'a': the fact {metric: revenue, company: NIO} is missing on: Xiaomi had revenue of RMB 5 billion."));
  CHECK(wrong.of("a").find("a fact too many, {metric: revenue, measure: level, company: Xiaomi, value: 5000000000, unit: CNY, modality: actual} by a") != std::string::npos);
  // Two alike are two.
  const Checked twice = checked(rules("{text: Xiaomi had revenue of RMB 5 billion., facts: [{metric: revenue}, {metric: revenue}]}, " + std::string(kNearMiss)));
  CHECK(twice.says("rule 'a': the fact {metric: revenue} is missing on: Xiaomi had revenue of RMB 5 billion."));
}

TEST_CASE("check: a test whose text is not searched proves nothing") {
  const Checked nameless = checked(rules(std::string(kExample) + ", {text: It rained in the old town for 5 days., facts: []}"));
  CHECK(nameless.of("a").find("rule 'a': the test proves nothing") != std::string::npos);
  const Checked searched = checked(rules(std::string(kExample) + ", " + kNearMiss));
  CHECK(searched.of("a").find("proves nothing") == std::string::npos);
}

TEST_CASE("check: a test that asks for a key or a day that there is not") {
  const Checked key = checked(rules("{text: Xiaomi had revenue of RMB 5 billion., facts: [{metrik: revenue}]}, " + std::string(kNearMiss)));
  CHECK(key.says("rule 'a': a fact has no key 'metrik' (did you mean 'metric'?)"));
  const Checked day = checked(rules("{text: Xiaomi had revenue of RMB 5 billion., on: 2024-13-01, facts: [{metric: revenue}]}, " + std::string(kNearMiss)));
  CHECK(day.says("rule 'a': 'on' is no day (got '2024-13-01'; expected YYYY-MM-DD)"));
}

}  // namespace
}  // namespace factmill::testing
