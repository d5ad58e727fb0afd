// Proves a rule pack against the tests that stand beside its rules, and lints it.
//
//   Diagnostics found;
//   CheckSummary summary = check_rules(extractor, found);
//   std::cerr << found.render();
//
// Every test runs within the whole pack; tests of frames also with that frame alone, tests of links with that link
// free of rival links, so that a rule which only works because another one states the same fact, or which another one
// masks, is told by name.
#pragma once
#include "base/diagnostics.h"
#include "pipeline/extractor.h"

namespace factmill {

struct CheckSummary {
  int rules = 0;
  int tests = 0;
};

CheckSummary check_rules(const Extractor& extractor, Diagnostics& diagnostics);

}  // namespace factmill
