#include "report.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>

#include "base/json_writer.h"
#include "commands.h"

namespace factmill::cli {
namespace {

constexpr std::chrono::milliseconds kBarEvery{100};
constexpr std::chrono::seconds kLineEvery{30};
constexpr uint64_t kMegabyte = 1'000'000;

bool g_is_json = false;

std::string timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// One line of the log: {"time": ..., "event": ..., and what `fill` adds}.
template <class Fill>
void log_event(const char* event, Fill fill) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("time", std::string_view(timestamp()));
  json.field("event", event);
  fill(json);
  json.end_object();
  std::cerr << line + "\n" << std::flush;
}

std::string with_decimals(double number, int decimals, const char* unit) {
  char out[48];
  std::snprintf(out, sizeof out, "%.*f%s", decimals, number, unit);
  return out;
}

std::string megabytes(uint64_t bytes) { return with_decimals(static_cast<double>(bytes) / kMegabyte, 1, " MB"); }

// "2 h 05 min", "3 min 20 s", "12 s"
std::string duration(double seconds) {
  const auto s = static_cast<uint64_t>(seconds + 0.5);
  char out[48];
  if (s >= 3600) std::snprintf(out, sizeof out, "%lu h %02lu min", s / 3600, s / 60 % 60);
  else if (s >= 60) std::snprintf(out, sizeof out, "%lu min %02lu s", s / 60, s % 60);
  else std::snprintf(out, sizeof out, "%lu s", s);
  return out;
}

double seconds_left(const Progress& progress, double seconds) {
  if (progress.input_total == 0 || progress.input_done == 0 || seconds < 1) return -1;
  const double done = static_cast<double>(progress.input_done) / static_cast<double>(progress.input_total);
  return done >= 1 ? 0 : seconds / done - seconds;
}

// "1,234 documents, 5.6 MB, 789 facts, 4.7 MB/s, 34 % done, 2 min 05 s left"
std::string progress_text(const Progress& progress, double seconds) {
  std::string out = grouped(progress.documents) + " documents, " + megabytes(progress.bytes) + ", " +
                    grouped(progress.facts) + " facts";
  if (progress.rejects) out += ", " + grouped(progress.rejects) + " rejects";
  if (seconds > 0) out += ", " + with_decimals(static_cast<double>(progress.bytes) / kMegabyte / seconds, 1, " MB/s");
  if (progress.input_total) out += ", " + std::to_string(100 * progress.input_done / progress.input_total) + " % done";
  if (const double left = seconds_left(progress, seconds); left >= 0) out += ", " + duration(left) + " left";
  return out;
}

template <class Map>
void add_counts(JsonWriter& json, const char* name, const Map& counts) {
  json.key(name);
  json.begin_object();
  for (const auto& [key, count] : counts) json.field(key, count);
  json.end_object();
}

void add_summary(JsonWriter& json, const RunSummary& s) {
  json.field("documents", s.documents);
  json.field("bytes", s.bytes);
  json.field("facts", s.facts);
  json.field("rejects", s.rejects);
  json.field("skipped", s.skipped);
  add_counts(json, "rejects_by_code", s.rejects_by_code);
  add_counts(json, "skipped_by", s.skipped_by);
  add_counts(json, "skipped_languages", s.skipped_languages);
  json.field("documents_with_facts", s.with_facts);
  json.field("inputs", s.inputs);
  json.field("kept_inputs", s.kept_inputs);
  json.field("kept_documents", s.kept.documents);
  json.field("kept_facts", s.kept.facts);
  json.field("kept_rejects", s.kept.rejects);
  json.key("cut_off");
  json.begin_array();
  for (const std::string& path : s.cut_off) json.value(std::string_view(path));
  json.end_array();
  json.field("interrupted", s.interrupted);
  json.field("milliseconds", static_cast<int64_t>(s.seconds * 1000));
  if (!s.status) json.field("error", std::string_view(s.status.error().message));
}

// A name from an archive may hold line breaks and commands to the terminal.
std::string on_one_line(std::string_view name) {
  std::string out;
  for (const char c : name) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) out += c;
    else out.append("\\x").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
  }
  return out;
}

}  // namespace

void set_log_format(bool is_json) { g_is_json = is_json; }
bool logs_json() { return g_is_json; }

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

void complain(const std::string& message) {
  if (g_is_json) return log_event("error", [&](JsonWriter& json) { json.field("message", std::string_view(message)); });
  const bool has_place = message.find(": error: ") != std::string::npos;
  std::cerr << (has_place ? "factmill: " : "factmill: error: ") << message << '\n';
}

void inform(const std::string& message) {
  if (g_is_json) return log_event("info", [&](JsonWriter& json) { json.field("message", std::string_view(message)); });
  std::cerr << "factmill: " << message << '\n';
}

void report(const Reject& reject) {
  if (g_is_json) {
    return log_event("reject", [&](JsonWriter& json) {
      json.field("path", std::string_view(reject.source.path));
      if (!reject.source.member.empty()) json.field("member", std::string_view(reject.source.member));
      if (reject.source.offset) json.field("record_offset", *reject.source.offset);
      json.field("offset", reject.offset);
      if (reject.line > 0) json.field("line", reject.line);
      json.field("stage", std::string_view(reject.stage));
      json.field("code", std::string_view(reject.code));
      json.field("message", std::string_view(reject.message));
      json.field("snippet", std::string_view(reject.snippet));
    });
  }
  std::cerr << on_one_line(reject.source.path);
  if (!reject.source.member.empty()) std::cerr << ':' << on_one_line(reject.source.member);
  if (reject.source.offset) std::cerr << '@' << *reject.source.offset;
  std::cerr << ": rejected: " << on_one_line(reject.message) << " (" << reject.stage << ", " << reject.code << ", byte "
            << reject.offset << ")\n";
}

ProgressReport::ProgressReport(bool is_quiet)
    : is_quiet_(is_quiet), is_terminal_(isatty(STDERR_FILENO) != 0 && !g_is_json) {
  if (is_terminal_) next_ = start_ + kBarEvery;
  else next_ = start_ + kLineEvery;
}

void ProgressReport::show(const Progress& progress) {
  if (is_quiet_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  if (is_terminal_) next_ = now + kBarEvery;
  else next_ = now + kLineEvery;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (is_terminal_) show_bar(progress, seconds);
  else log_line(progress, seconds);
}

void ProgressReport::show_bar(const Progress& progress, double seconds) {
  std::cerr << "\r\033[K" << progress_text(progress, seconds) << std::flush;
  is_shown_ = true;
}

void ProgressReport::log_line(const Progress& progress, double seconds) {
  if (!g_is_json) {
    std::cerr << progress_text(progress, seconds) + "\n" << std::flush;
    return;
  }
  log_event("progress", [&](JsonWriter& json) {
    json.field("documents", progress.documents);
    json.field("bytes", progress.bytes);
    json.field("facts", progress.facts);
    json.field("rejects", progress.rejects);
    json.field("input_done", progress.input_done);
    json.field("input_total", progress.input_total);
    json.field("seconds", static_cast<int64_t>(seconds));
    if (const double left = seconds_left(progress, seconds); left >= 0)
      json.field("seconds_left", static_cast<int64_t>(left));
  });
}

void ProgressReport::end() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}

void report_summary(const RunSummary& s) {
  if (g_is_json) return log_event("summary", [&](JsonWriter& json) { add_summary(json, s); });
  std::cerr << s.documents << " documents, " << megabytes(s.bytes) << ", " << s.facts << " facts, " << s.rejects
            << " rejects";
  if (s.skipped) std::cerr << ", " << s.skipped << " files of other kinds";
  const double rate = static_cast<double>(s.bytes) / kMegabyte / std::max(s.seconds, 1e-9);
  std::cerr << " in " << with_decimals(s.seconds, 2, " s") << " (" << with_decimals(rate, 1, " MB/s") << ")\n";
  if (s.kept.records > 0 || s.kept_inputs > 0) {
    std::cerr << "  there already: " << s.kept.documents << " documents, " << s.kept.facts << " facts, "
              << s.kept.rejects << " rejects (" << s.kept_inputs << " inputs unchanged)\n";
  }
  for (const auto& [kind, count] : s.skipped_by) std::cerr << "  skipped as " << kind << ": " << count << '\n';
  for (const auto& [language, count] : s.skipped_languages) {
    std::cerr << "  not read, in another language (" << language << "): " << count << '\n';
  }
  for (const auto& [code, count] : s.rejects_by_code) std::cerr << "  rejected as " << code << ": " << count << '\n';
}

bool write_stats(const std::string& path, const RunSummary& summary) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  add_summary(json, summary);
  json.end_object();
  std::ofstream file(path, std::ios::binary);
  file << out << '\n';
  return static_cast<bool>(file.flush());
}

}  // namespace factmill::cli
