#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/json_writer.h"
#include "commands.h"

namespace factmill::cli {
namespace {

constexpr uint64_t kProgressEvery = 500;  // documents

std::string megabytes(uint64_t bytes) {
  char out[32];
  std::snprintf(out, sizeof out, "%.1f MB", static_cast<double>(bytes) / 1e6);
  return out;
}

void show_progress(uint64_t documents, uint64_t bytes) {
  if (documents % kProgressEvery == 0)
    std::cerr << "\r" << documents << " documents, " << megabytes(bytes) << std::flush;
}

void summarize(const RunSummary& summary, bool terminal) {
  if (terminal) std::cerr << '\r';
  std::cerr << summary.documents << " documents, " << megabytes(summary.bytes) << ", " << summary.facts << " facts, "
            << summary.rejects << " rejects";
  if (summary.skipped) std::cerr << ", " << summary.skipped << " files of other kinds";
  char rate[48];
  std::snprintf(rate, sizeof rate, " in %.2f s (%.1f MB/s)", summary.seconds,
                static_cast<double>(summary.bytes) / 1e6 / std::max(summary.seconds, 1e-9));
  std::cerr << rate << '\n';
  for (const auto& [code, count] : summary.rejects_by_code)
    std::cerr << "  rejected as " << code << ": " << count << '\n';
}

bool write_stats(const std::string& path, const RunSummary& s) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("documents", static_cast<int64_t>(s.documents));
  json.field("bytes", static_cast<int64_t>(s.bytes));
  json.field("facts", static_cast<int64_t>(s.facts));
  json.field("rejects", static_cast<int64_t>(s.rejects));
  json.field("skipped", static_cast<int64_t>(s.skipped));
  json.key("rejects_by_code");
  json.begin_object();
  for (const auto& [code, count] : s.rejects_by_code) json.field(code, static_cast<int64_t>(count));
  json.end_object();
  json.field("milliseconds", static_cast<int64_t>(s.seconds * 1000));
  json.end_object();
  std::ofstream file(path, std::ios::binary);
  file << out << '\n';
  return static_cast<bool>(file.flush());
}

int exit_code(const RunSummary& summary, const std::optional<uint64_t>& max_rejects) {
  return max_rejects && summary.rejects > *max_rejects ? kTooManyRejects : kDone;
}

}  // namespace

int run_extract(const ExtractOptions& options) {
  std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  RunOptions run;
  if (!fill_run_options(options, *pack, run)) return kFailed;
  if (!options.fx_default.empty()) {
    auto rate = Decimal::parse(options.fx_default);
    if (!rate || rate->is_zero() || rate->is_negative()) {
      complain("--fx-default takes CNY for one USD, above zero (got '" + options.fx_default + "')");
      return kFailed;
    }
    run.resolve = {*rate, true};
  }
  Result<std::unique_ptr<Sink>> sink = open_sink(options.output, {FACTMILL_VERSION, pack->label(), pack->hash});
  if (!sink) {
    complain(sink.error().message);
    return kFailed;
  }
  const bool terminal = isatty(STDERR_FILENO) != 0;
  if (terminal && options.output != "-") run.progress = show_progress;
  run.on_reject = report;
  Extractor extractor(pack);
  RunSummary summary = extract(extractor, options.paths, run, **sink);
  if (!summary.status) {
    if (is_broken_pipe(summary.status.error())) return kDone;
    complain(summary.status.error().message);
    return kFailed;
  }
  if (options.output != "-" || terminal) summarize(summary, terminal);
  if (!options.stats.empty() && !write_stats(options.stats, summary)) {
    complain("cannot write " + options.stats);
    return kFailed;
  }
  return exit_code(summary, options.max_rejects);
}

int run_annotate(const AnnotateOptions& options) {
  std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  RunOptions run;
  if (!fill_run_options(options, *pack, run)) return kFailed;
  run.on_reject = report;
  Extractor extractor(pack);
  RunSummary summary = annotate(extractor, options.paths, run, {options.explain}, [](const std::string& line) -> Status {
    if (std::fwrite(line.data(), 1, line.size(), stdout) == line.size()) return {};
    return Error{errno == EPIPE ? std::string(kBrokenPipe) : "cannot write to standard output"};
  });
  if (summary.status && std::fflush(stdout) != 0)
    summary.status = Error{errno == EPIPE ? std::string(kBrokenPipe) : "cannot write to standard output"};
  if (summary.status || is_broken_pipe(summary.status.error())) return kDone;
  complain(summary.status.error().message);
  return kFailed;
}

}  // namespace factmill::cli
