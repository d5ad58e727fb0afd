// A rule pack, read and compiled: everything factmill knows about a language and a field.
//
//   Diagnostics diagnostics;
//   std::shared_ptr<const RulePack> pack = load_rules("rules", diagnostics);
//   if (!pack) std::cerr << diagnostics.render();    // every error of every file
//
// Immutable after loading, shared by threads.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "ruleset/cues.h"
#include "ruleset/lexicon.h"
#include "ruleset/locales.h"
#include "ruleset/metrics.h"
#include "ruleset/profiles.h"
#include "ruleset/resolution.h"
#include "ruleset/rules.h"
#include "ruleset/table_words.h"
#include "ruleset/text_rules.h"
#include "ruleset/value_tables.h"

namespace factmill {

struct RulePack {
  std::string name;     // "ev"
  std::string version;  // "0.1.0"
  std::string hash;     // of all files' bytes, 32 hex digits
  ValueTables values;
  LocaleTable locales;
  TextRules text;
  Profiles profiles;
  Lexicon lexicon;
  MetricTable metrics;
  CueTable cues;
  RuleTable rules;
  TableWords tables;
  Resolution resolution;
  // Tests that stand beside metrics (those beside rules are in the rules).
  std::vector<Rule> metric_tests;

  std::string label() const { return name + "@" + version; }
};

struct LoadOptions {
  bool naive = false;  // every rule is tried on every sentence: slow, and what the quick way is compared with
};

// Reads `directory`/pack.yaml and the files it lists. Null where anything is wrong.
std::shared_ptr<const RulePack> load_rules(const std::string& directory, Diagnostics& diagnostics,
                                           LoadOptions options = {});

}  // namespace factmill
