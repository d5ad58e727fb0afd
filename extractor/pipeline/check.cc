#include "pipeline/check.h"

#include <algorithm>
#include <set>

#include "ruleset/guard.h"
#include "sink/fact_columns.h"
#include "text/make_document.h"

namespace factmill {
namespace {

using PartialFact = std::vector<std::pair<std::string, std::string>>;

std::string cell_text(const Cell& cell, const Fact& fact) {
  if (auto text = std::get_if<std::string_view>(&cell)) return std::string(*text);
  if (auto number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
  if (auto decimal = std::get_if<Decimal>(&cell)) return decimal->to_string();
  if (auto json = std::get_if<LazyJson>(&cell)) {
    std::string out;
    JsonWriter writer(out);
    json->write(fact, writer);
    return out;
  }
  return "";
}

bool known_key(const std::string& key) {
  auto columns = fact_columns();
  return std::any_of(columns.begin(), columns.end(), [&](const FactColumn& c) { return c.name == key; });
}

std::vector<std::string_view> fact_keys() {
  std::vector<std::string_view> names;
  for (const FactColumn& column : fact_columns()) names.push_back(column.name);
  return names;
}

std::string field(const Fact& fact, std::string_view key) {
  for (const FactColumn& column : fact_columns()) {
    if (column.name != key) continue;
    std::string text = cell_text(column.read(fact), fact);
    return text.empty() ? std::string(column.fallback) : text;
  }
  for (const auto& [name, value] : fact.attributes) {
    if (name == key) return value;
  }
  return "";
}

bool satisfies(const Fact& fact, const PartialFact& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& kv) { return field(fact, kv.first) == kv.second; });
}

std::string describe(const PartialFact& wanted) {
  std::string out;
  for (const auto& [key, value] : wanted) out += (out.empty() ? "" : ", ") + key + ": " + value;
  return "{" + out + "}";
}

std::string describe(const Fact& fact) {
  std::string out;
  for (std::string_view key : {"metric", "measure", "basis", "company", "model", "variant", "segment", "value",
                               "value_low", "value_high", "unit", "period", "modality"}) {
    std::string text = field(fact, key);
    if (!text.empty()) out += (out.empty() ? "" : ", ") + std::string(key) + ": " + text;
  }
  return "{" + out + "} by " + fact.rule;
}

// All that is said of the facts, but by which rule and in which order.
std::string rendered(const DocumentFacts& facts) {
  std::vector<std::string> each;
  for (const Fact& fact : facts.facts) {
    std::string& text = each.emplace_back();
    for (const FactColumn& column : fact_columns()) {
      if (column.name != "rule") text += cell_text(column.read(fact), fact) + '\x1F';
    }
  }
  std::sort(each.begin(), each.end());
  std::string out;
  for (const std::string& text : each) out += text + '\n';
  return out;
}

class Checker {
 public:
  Checker(const Extractor& extractor, Diagnostics& diagnostics)
      : extractor_(extractor), extraction_(extractor), diagnostics_(diagnostics) {
    for (const Rule* rule : extractor.pack().rules.all()) {
      if (!rule->set.flag.empty()) loose_rules_.insert(rule->id);
    }
  }

  void check(const Rule& rule, bool alone) {
    ++summary_.rules;
    with_rule_.clear();
    told_before_ = diagnostics_.all().size();
    bool example = false, counterexample = false;
    for (const RuleTest& test : rule.tests) {
      ++summary_.tests;
      for (const PartialFact& fact : test.facts) {
        for (const auto& [key, value] : fact) {
          if (!known_key(key))
            diagnostics_.error(test.place, "rule '" + rule.id + "': a fact has no key '" + key + "'" + suggestion(key, fact_keys()));
        }
      }
      (test.fires.value_or(false) ? example : counterexample) = true;
      run(rule, test, alone);
    }
    if (!example) diagnostics_.error(rule.place, "rule '" + rule.id + "' has no example: a test in which it fires");
    if (!counterexample)
      diagnostics_.error(rule.place,
                         "rule '" + rule.id + "' has no counterexample: a near miss in which it must not fire");
  }
  // A rule that may be left out: its own tests must tell, or it can go.
  void check_use(const Rule& rule) {
    if (diagnostics_.all().size() != told_before_) return;  // something else is wrong with it
    extraction_.leave_out(rule.id);
    bool is_used = false;
    for (size_t i = 0; i < rule.tests.size() && !is_used; ++i)
      is_used = rendered(extract(rule, rule.tests[i]).facts) != with_rule_[i];
    extraction_.leave_out("");
    if (!is_used)
      diagnostics_.error(rule.place, "rule '" + rule.id + "' does nothing that its tests would miss: without it they have the same facts");
  }
  const CheckSummary& summary() const { return summary_; }

 private:
  // The rules that fired and the facts that came out.
  struct Outcome {
    DocumentFacts facts;
    bool fired = false;
    bool is_searched = false;  // a sentence or a table of it
  };
  Outcome extract(const Rule& rule, const RuleTest& test) {
    Outcome outcome;
    Record record;
    record.bytes = test.text;
    record.title = test.title;
    record.charset = "UTF-8";
    record.source.path = test.place.file;
    TextOptions options;
    options.published = parse_day(test.on);
    if (!test.on.empty() && !options.published)
      diagnostics_.error(test.place, "rule '" + rule.id + "': 'on' is no day (got '" + test.on + "'; expected YYYY-MM-DD)");
    DocumentOrReject made = make_document(std::move(record), extractor_.pack().text, options);
    if (!made) {
      diagnostics_.error(test.place,
                         "rule '" + rule.id + "': the test's text is no document: " + made.reject().message);
      return outcome;
    }
    std::vector<SentenceTrace> trace;
    outcome.facts = extraction_.run(made.document(), &trace);
    outcome.is_searched = !trace.empty();
    for (const Rule* introduction : extraction_.introduced_by()) outcome.fired |= introduction->id == rule.id;
    for (const SentenceTrace& sentence : trace) {
      for (const auto& [reduction, text] : sentence.reductions.applied) outcome.fired |= reduction->id == rule.id;
      for (const Statement& statement : sentence.statements) {
        outcome.fired |= statement.rule && statement.rule->id == rule.id;
        outcome.fired |= statement.metric >= 0 &&
                         extractor_.pack().metrics.metric(static_cast<uint32_t>(statement.metric)).id == rule.id;
      }
    }
    return outcome;
  }

  void run(const Rule& rule, const RuleTest& test, bool alone) {
    if (alone) {
      extraction_.restrict_to(rule.id);
      Outcome only = extract(rule, test);
      extraction_.restrict_to("");
      if (test.fires && only.fired != *test.fires) {
        diagnostics_.error(test.place, "rule '" + rule.id + "' alone " + (*test.fires ? "does not fire" : "fires") +
                                           " on: " + test.text);
        return;
      }
    }
    Outcome whole = extract(rule, test);
    with_rule_.push_back(rendered(whole.facts));
    if (!whole.is_searched)
      diagnostics_.error(test.place, "rule '" + rule.id + "': the test proves nothing, for its text is not searched (no body text, or neither a name nor a head in it): " +
                                         test.text);
    if (test.fires.value_or(false) && !whole.fired) {
      std::string by;
      for (const Fact& fact : whole.facts.facts) by += (by.empty() ? "" : ", ") + fact.rule;
      diagnostics_.error(test.place,
                         "rule '" + rule.id + "' is masked" + (by.empty() ? "" : " by " + by) + " on: " + test.text);
    }
    // `facts: []` alone leaves open whether the rule folds or states something of which no fact comes.
    const bool must_not = test.fires && !*test.fires && !(test.has_facts && test.facts.empty());
    if (must_not && whole.fired) {
      diagnostics_.error(test.place, "rule '" + rule.id + "' fires, but must not, on: " + test.text);
    }
    if (test.has_facts) compare(rule, test, whole.facts);
  }

  void compare(const Rule& rule, const RuleTest& test, const DocumentFacts& got) {
    std::vector<bool> used(got.facts.size(), false);
    for (const PartialFact& wanted : test.facts) {
      bool found = false;
      for (size_t i = 0; i < got.facts.size() && !found; ++i) {
        if (used[i] || !satisfies(got.facts[i], wanted)) continue;
        found = used[i] = true;
      }
      if (!found)
        diagnostics_.error(test.place,
                           "rule '" + rule.id + "': the fact " + describe(wanted) + " is missing on: " + test.text);
    }
    for (size_t i = 0; i < got.facts.size(); ++i) {
      // What another rule reads loosely, and says so, is no matter of this one.
      const bool loose = got.facts[i].rule != rule.id && loose_rules_.contains(got.facts[i].rule);
      if (!used[i] && !loose)
        diagnostics_.error(test.place,
                           "rule '" + rule.id + "': a fact too many, " + describe(got.facts[i]) + ", on: " + test.text);
    }
  }

  const Extractor& extractor_;
  Extraction extraction_;
  Diagnostics& diagnostics_;
  CheckSummary summary_;
  // Of the rule at hand: the facts of each of its tests, and how many complaints there were before it.
  std::vector<std::string> with_rule_;
  size_t told_before_ = 0;
  std::set<std::string_view> loose_rules_;
};

}  // namespace

CheckSummary check_rules(const Extractor& extractor, Diagnostics& diagnostics) {
  Checker checker(extractor, diagnostics);
  const RulePack& pack = extractor.pack();
  for (const Rule& metric : pack.metric_tests) checker.check(metric, false);
  for (const Introduction& introduction : pack.rules.introductions) {
    checker.check(introduction, false);
    checker.check_use(introduction);
  }
  for (const Rule& rule : pack.tables.rules()) {
    if (!rule.id.empty()) checker.check(rule, false);
  }
  for (const Reduction& r : pack.rules.reductions) {
    checker.check(r, false);
    checker.check_use(r);
    if (!is_guarded(r.pattern))
      diagnostics.error(r.place,
                        "rule '" + r.id + "' has no guard: no literal and no mention that every match must hold");
  }
  for (const Rule* rule : pack.rules.all()) {
    bool reduction = std::any_of(pack.rules.reductions.begin(), pack.rules.reductions.end(),
                                 [&](const Reduction& r) { return &r == rule; });
    if (reduction) continue;
    checker.check(*rule, true);
    checker.check_use(*rule);
  }
  return checker.summary();
}

}  // namespace factmill
