// The subcommands of `factmill`. Each returns the process's exit code:
//   0 done (also with no fact found)   1 done with more rejects than --max-rejects
//   2 usage or system error            3 the rules do not compile
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/extractor.h"
#include "pipeline/run.h"

namespace factmill::cli {

inline constexpr int kDone = 0, kTooManyRejects = 1, kFailed = 2, kBadRules = 3;

// What --max-... say; the defaults are those of ReadOptions.
struct ReadLimits {
  std::optional<size_t> nesting;
  std::optional<uint64_t> member_bytes, documents, expansion;
};

// Options that several subcommands share.
struct Common {
  std::string rules;  // directory; empty: found
  std::vector<std::string> paths;
  std::string from = "auto";
  std::string published;
  std::vector<std::string> map;
  std::string files_from;
  ReadLimits limits;
  int threads = 0;  // 0: all cores
};

struct ExtractOptions : Common {
  std::string output = "-";
  std::string fx_default;
  std::optional<uint64_t> max_rejects;
  std::string stats;
};

struct AnnotateOptions : Common {
  bool explain = false;
};

struct ExplainOptions : Common {
  std::string rule;
  int line = 0;
};

struct UnclaimedOptions : Common {
  size_t top = 50;  // 0: all
};

int run_extract(const ExtractOptions& options);
int run_annotate(const AnnotateOptions& options);
int run_check(const Common& options);
int run_explain(const ExplainOptions& options);
int run_unclaimed(const UnclaimedOptions& options);
int run_diff(const std::string& before, const std::string& after);
int run_schema(const std::string& form);

// Shared by them.
// The rules, or nothing after the diagnostics were printed.
std::shared_ptr<const RulePack> load_pack(const std::string& directory);
std::string find_rules(const std::string& given);
// Fills from the shared options; false after a message for a bad one.
bool fill_run_options(const Common& common, const RulePack& pack, RunOptions& out);
// "factmill: error: what"
void complain(const std::string& message);
void report(const Reject& reject);

}  // namespace factmill::cli
