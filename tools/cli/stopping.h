// Ctrl-C and its like: the first SIGINT or SIGTERM asks the run to end behind whole documents, the second ends it at once.
#pragma once
#include <atomic>

namespace factmill::cli {

// From now on.
void stop_on_signals();
// True once a signal came; for RunOptions::stop.
const std::atomic<bool>& stop_requested();
// 130 or 143, as a shell expects of a program that a signal ended.
int stopped_exit_code();

}  // namespace factmill::cli
