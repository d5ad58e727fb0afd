// What the command says while it runs and at its end, on standard error: progress, rejects, messages; as text for people
// or, with --log-format json, an object a line for programs. Not thread-safe: one run, one thread that writes.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "pipeline/run.h"

namespace factmill::cli {

// Once, before anything is said.
void set_log_format(bool is_json);
bool logs_json();

// A message for the user that is no error.
void inform(const std::string& message);

// A bar with rate and time left on a terminal, else a line now and then.
class ProgressReport {
 public:
  // `is_quiet`: nothing is shown, because the facts go to the same terminal.
  explicit ProgressReport(bool is_quiet);
  void show(const Progress& progress);
  // Clears the bar.
  void end();

 private:
  void show_bar(const Progress& progress, double seconds);
  void log_line(const Progress& progress, double seconds);

  bool is_quiet_;
  bool is_terminal_;
  bool is_shown_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point next_;
};

// "1,234 documents, 5.6 MB, 789 facts, 3 rejects in 1.20 s (4.7 MB/s)", and what else is worth knowing.
void report_summary(const RunSummary& summary);
// The same as JSON; false where the file cannot be written.
bool write_stats(const std::string& path, const RunSummary& summary);
std::string grouped(uint64_t number);  // "1,234"

}  // namespace factmill::cli
