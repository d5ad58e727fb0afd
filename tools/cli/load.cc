#include "pipeline/load.h"

#include <unistd.h>

#include "base/hash.h"
#include "commands.h"
#include "report.h"
#include "sink/sink.h"
#include "stopping.h"

namespace factmill::cli {

int run_load(const LoadOptions& options) {
  set_log_format(options.log_format == "json");
  stop_on_signals();
  LoadRunOptions run;
  for (const std::string& path : options.paths) {
    if (is_no_json_lines("load", path)) return kFailed;
  }
  if (!leave_out_output(options.output, options.paths, {}, run.leave_out)) return kFailed;
  LoadInfo load{FACTMILL_VERSION, "loaded", "", {}, options.again, milliseconds_of(options.checkpoint)};
  run.keeps_manifest = keeps_manifest(options.output);
  if (run.keeps_manifest) load.settings = hash128("load " FACTMILL_VERSION " " + program_hash()).to_hex();
  Result<std::unique_ptr<Sink>> sink = open_sink(options.output, load);
  if (!sink) {
    complain(sink.error().message);
    return kFailed;
  }
  ProgressReport progress(options.output == "-" && isatty(STDOUT_FILENO));
  run.progress = [&](const Progress& now) { progress.show(now); };
  run.on_reject = [&](const Reject& reject) {
    progress.end();
    report(reject);
  };
  run.stop = &stop_requested();
  const RunSummary summary = load_facts(options.paths, run, **sink);
  progress.end();
  return end_run({options.output, options.stats, options.max_rejects, run.keeps_manifest}, summary);
}

}  // namespace factmill::cli
