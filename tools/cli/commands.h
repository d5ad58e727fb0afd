// The subcommands of `factmill`. Each returns the process's exit code:
//   0 done (also with no fact found)   1 done with more rejects than --max-rejects
//   2 usage or system error            3 the rules do not compile
#pragma once
#include <chrono>
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
  std::string log_format = "text";
};

struct ExtractOptions : Common {
  std::string output = "-";
  std::string fx_default;
  std::vector<std::string> fx;  // tables of rates
  int fx_max_age = 10;          // days
  std::optional<uint64_t> max_rejects;
  std::string stats;
  std::string shard = "1/1";
  double checkpoint = 1;      // seconds
  bool again = false;         // also what is loaded already
  bool no_unclaimed = false;  // a database without its table of unclaimed values
};

struct LoadOptions {
  std::vector<std::string> paths;
  std::string output;
  std::optional<uint64_t> max_rejects;
  std::string stats;
  double checkpoint = 1;
  bool again = false;
  std::string log_format = "text";
};

struct VerifyOptions : Common {
  std::string facts;  // a database or JSON Lines
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
int run_load(const LoadOptions& options);
int run_verify(const VerifyOptions& options);
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
// Fill from the shared options; false after a message for a bad one.
bool fill_read_options(const Common& common, ReadOptions& out);
bool fill_run_options(const Common& common, RunOptions& out);  // also where there is nothing to read
// path:member@offset
std::string place_of(const Source& source);
// All that was printed has arrived, or the reader went away (head), which is no error; false after a message.
bool flush_output();
// "factmill: error: what", or "factmill: where: error: what" for a message with its place
void complain(const std::string& message);
void report(const Reject& reject);
// After a message where the path is a SQLite file, whose bytes would give a thousand broken lines.
bool is_no_json_lines(const std::string& command, const std::string& path);
// What a run writes is no input of it: left out of folders, and where it is named among the paths or files itself an
// error, or the input would be lost. False after a message.
bool leave_out_output(const std::string& output, const std::vector<std::string>& paths,
                      const std::vector<InputFile>& files, std::vector<std::string>& leave_out);
// How a run into a target ended: says so, and gives the exit code.
struct RunEnd {
  std::string output;
  std::string stats;                    // file for the summary; empty: none
  std::optional<uint64_t> max_rejects;
  bool keeps_manifest = false;
};
int end_run(const RunEnd& end, const RunSummary& summary);
// --checkpoint, which takes seconds.
inline std::chrono::milliseconds milliseconds_of(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}
// Hash of this program, so that another build is another setting.
std::string program_hash();

}  // namespace factmill::cli
