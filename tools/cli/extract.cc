#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "base/hash.h"
#include "base/json_writer.h"
#include "commands.h"
#include "report.h"
#include "resolve/fx_table.h"
#include "sink/sink.h"
#include "stopping.h"

namespace factmill::cli {
namespace {

bool fill_rates(const ExtractOptions& options, ResolveOptions& out) {
  if (!options.fx_default.empty()) {
    const auto rate = Decimal::parse(options.fx_default);
    if (!rate || rate->is_zero() || rate->is_negative()) {
      complain("--fx-default takes CNY for one USD, above zero (got '" + options.fx_default + "')");
      return false;
    }
    out.fx_default = *rate;
    out.fx_from_option = true;
  }
  if (options.fx.empty()) return true;
  auto table = std::make_shared<FxTable>(options.fx_max_age);
  for (const std::string& path : options.fx) {
    if (Status status = table->read(path); !status) {
      complain(status.error().message);
      return false;
    }
  }
  out.fx_table = std::move(table);
  return true;
}

// Everything that makes the same bytes give other rows, as one hash.
std::string settings_of(const ExtractOptions& options, const RulePack& pack) {
  std::string text;
  const auto add = [&](std::string_view part) { text.append(part).append(1, '\0'); };
  for (const std::string& part : {std::string(FACTMILL_VERSION), program_hash(), pack.hash, options.from,
                                  options.published, options.fx_default, std::to_string(options.fx_max_age)}) {
    add(part);
  }
  add(options.no_unclaimed ? "without unclaimed" : "");
  for (const std::string& pair : options.map) add(pair);
  add(std::to_string(options.limits.nesting.value_or(0)));
  for (const auto& limit : {options.limits.member_bytes, options.limits.documents, options.limits.expansion}) {
    add(std::to_string(limit.value_or(0)));
  }
  for (const std::string& path : options.fx) add(content_hash_of(path) ? *content_hash_of(path) : "");
  return hash128(text).to_hex();
}

}  // namespace

int end_run(const RunEnd& end, const RunSummary& summary) {
  const std::string go_on = "; run the same command again to go on";
  const bool is_terminal = isatty(STDERR_FILENO) != 0;
  const bool has_stats = end.stats.empty() || write_stats(end.stats, summary);
  if (!has_stats) complain("cannot write " + end.stats);
  if (!summary.status) {
    if (is_broken_pipe(summary.status.error())) return kDone;
    complain(summary.status.error().message);
    if (end.keeps_manifest) inform("what was written before is kept" + go_on);
    return kFailed;
  }
  if (end.output != "-" || is_terminal || logs_json()) report_summary(summary);
  if (!has_stats) return kFailed;
  if (summary.interrupted) {
    inform("stopped behind document " + grouped(summary.documents + summary.kept.documents) +
           (end.keeps_manifest ? go_on : "; what was read is written"));
    return stopped_exit_code();
  }
  for (const std::string& path : summary.cut_off) complain(path + " could not be read to its end; what was read is written");
  if (!summary.cut_off.empty()) return kFailed;
  return end.max_rejects && summary.rejects + summary.kept.rejects > *end.max_rejects ? kTooManyRejects : kDone;
}

std::string program_hash() {
  const Result<std::string> hash = content_hash_of("/proc/self/exe");
  return hash ? *hash : std::string();
}

int run_extract(const ExtractOptions& options) {
  set_log_format(options.log_format == "json");
  RunOptions run;
  const std::optional<Shard> shard = parse_shard(options.shard);
  if (!shard) {
    complain("--shard takes I/N, the I-th of N runs, 1 <= I <= N (got '" + options.shard + "')");
    return kFailed;
  }
  run.shard = *shard;
  if (!fill_rates(options, run.resolve)) return kFailed;
  const std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  if (!fill_run_options(options, run)) return kFailed;
  if (!leave_out_output(options.output, options.paths, run.read.files, run.read.leave_out)) return kFailed;

  stop_on_signals();
  LoadInfo load{FACTMILL_VERSION, pack->label(), pack->hash, {}, options.again, milliseconds_of(options.checkpoint)};
  run.keeps_manifest = keeps_manifest(options.output);
  if (run.keeps_manifest) load.settings = settings_of(options, *pack);
  load.lexicon = &pack->lexicon;
  load.rates = run.resolve.fx_table.get();
  Result<std::unique_ptr<Sink>> sink = open_sink(options.output, load);
  if (!sink) {
    complain(sink.error().message);
    return kFailed;
  }
  run.only_facts = !is_database(options.output);
  run.unclaimed = is_database(options.output) && !options.no_unclaimed;
  ProgressReport progress(options.output == "-" && isatty(STDOUT_FILENO));
  run.progress = [&](const Progress& now) { progress.show(now); };
  run.on_reject = [&](const Reject& reject) {
    progress.end();
    report(reject);
  };
  run.stop = &stop_requested();
  const Extractor extractor(pack);
  const RunSummary summary = extract(extractor, options.paths, run, **sink);
  progress.end();
  return end_run({options.output, options.stats, options.max_rejects, run.keeps_manifest}, summary);
}

namespace {

Error failed_write() {
  return {errno == EPIPE ? std::string(kBrokenPipe) : std::string("cannot write to standard output: ") + std::strerror(errno)};
}

}  // namespace

int run_annotate(const AnnotateOptions& options) {
  std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  RunOptions run;
  if (!fill_run_options(options, run)) return kFailed;
  run.on_reject = report;
  Extractor extractor(pack);
  RunSummary summary = annotate(extractor, options.paths, run, {options.explain}, [](const std::string& line) -> Status {
    if (std::fwrite(line.data(), 1, line.size(), stdout) == line.size()) return {};
    return failed_write();
  });
  if (summary.status && std::fflush(stdout) != 0) summary.status = failed_write();
  if (summary.status || is_broken_pipe(summary.status.error())) return kDone;
  complain(summary.status.error().message);
  return kFailed;
}

}  // namespace factmill::cli
