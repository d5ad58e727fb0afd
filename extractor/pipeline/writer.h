// The side of a run that writes, in order: what the flow hands over goes to the sink and into the summary. Internal to
// this room.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "pipeline/flow.h"
#include "pipeline/run.h"
#include "sink/sink.h"

namespace factmill {

// Lists the files behind the paths, lets them flow through `hooks` (whose find_input and write it fills), writes to
// `sink` and finishes it; stopped, it only flushes.
RunSummary run_into(Sink& sink, const std::vector<std::string>& paths, const RunOptions& options, FlowHooks hooks);
// The same without a sink: `write_line` takes each document's lines.
RunSummary run_lines(const std::function<Status(const std::string& lines)>& write_line,
                     const std::vector<std::string>& paths, const RunOptions& options, FlowHooks hooks);

}  // namespace factmill
