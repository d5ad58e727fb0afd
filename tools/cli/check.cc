#include <iostream>

#include "commands.h"
#include "pipeline/check.h"
#include "sink/schema.h"

namespace factmill::cli {

int run_check(const Common& options) {
  Common common = options;
  std::string directory = common.paths.empty() ? common.rules : common.paths[0];
  std::shared_ptr<const RulePack> pack = load_pack(directory);
  if (!pack) return kBadRules;
  Extractor extractor(pack);
  Diagnostics diagnostics;
  CheckSummary summary = check_rules(extractor, diagnostics);
  std::cerr << diagnostics.render();
  std::cerr << pack->label() << ": " << summary.rules << " rules, " << summary.tests << " tests, "
            << diagnostics.errors() << (diagnostics.errors() == 1 ? " error\n" : " errors\n");
  return diagnostics.has_errors() ? kBadRules : kDone;
}

int run_schema(const std::string& form) {
  if (form == "sqlite") {
    std::cout << sqlite_ddl();
  } else if (form == "postgresql") {
    std::cout << postgresql_ddl();
  } else {
    std::cout << json_schema();
  }
  return flush_output() ? kDone : kFailed;
}

}  // namespace factmill::cli
