#include "sink/sink.h"

#include "base/json_writer.h"
#include "sink/database_sink.h"
#include "sink/file_sink.h"
#include "sink/output_file.h"
#include "sink/sql_tables.h"

namespace factmill {
namespace {

struct TargetKind {
  std::string_view begin;
  std::string_view end;
  SinkKind kind;
};

constexpr TargetKind kTargetKinds[] = {
    {"postgresql://", "", SinkKind::postgresql}, {"postgres://", "", SinkKind::postgresql},
    {"", ".jsonl", SinkKind::jsonl},             {"", ".ndjson", SinkKind::jsonl},
    {"", ".csv", SinkKind::csv},                 {"", ".db", SinkKind::sqlite},
    {"", ".sqlite", SinkKind::sqlite},           {"", ".sqlite3", SinkKind::sqlite},
};

SinkKind kind_of(std::string_view target) {
  if (target == "-") return SinkKind::jsonl;
  for (const TargetKind& row : kTargetKinds) {
    if (target.starts_with(row.begin) && target.ends_with(row.end)) return row.kind;
  }
  return SinkKind::automatic;
}

}  // namespace

namespace {

Result<std::unique_ptr<Sink>> open_file(const std::string& target, const FileFormat& format, const LoadInfo& load) {
  if (load.settings.empty() || OutputFile::is_stream(target)) return open_file_sink(target, format);
  return open_resumable_file_sink(target, format, load);
}

}  // namespace

bool keeps_manifest(const std::string& target, SinkKind kind) {
  if (kind == SinkKind::automatic) kind = kind_of(target);
  return kind == SinkKind::sqlite || kind == SinkKind::postgresql || !OutputFile::is_stream(target);
}

SinkKind sink_kind_of(const std::string& target) { return kind_of(target); }

bool is_database(const std::string& target) {
  const SinkKind kind = kind_of(target);
  return kind == SinkKind::sqlite || kind == SinkKind::postgresql;
}

std::vector<std::string> files_of(const std::string& target) {
  const SinkKind kind = kind_of(target);
  if (kind == SinkKind::sqlite) return {target, target + "-wal", target + "-shm"};
  if ((kind != SinkKind::jsonl && kind != SinkKind::csv) || OutputFile::is_stream(target)) return {};
  const std::string rejects = rejects_path_of(target);
  return {target, target + ".part", target + ".manifest", rejects, rejects + ".part"};
}

Result<std::unique_ptr<Sink>> open_sink(const std::string& target, const LoadInfo& load, SinkKind kind) {
  switch (kind == SinkKind::automatic ? kind_of(target) : kind) {
    case SinkKind::jsonl: return open_file(target, jsonl_format(), load);
    case SinkKind::csv: return open_file(target, csv_format(), load);
    case SinkKind::sqlite: return open_sqlite_sink(target, load);
    case SinkKind::postgresql: return open_postgresql_sink(target, load);
    case SinkKind::automatic: break;
  }
  // What may be a connection string in another spelling is not shown: it may hold a password.
  const bool may_hold_secret = target.find("://") != std::string::npos || target.find('=') != std::string::npos;
  return Error{(may_hold_secret ? "the output" : target) +
               ": error: unknown kind of output (expected -, *.jsonl, *.csv, *.db or postgresql://...)"};
}

std::string wrong_schema_message(std::string_view found) {
  return "its schema is of another version (got " + std::string(found) + "; expected " +
         std::to_string(kSchemaVersion) + "); load into a new database";
}

void append_json(const Reject& reject, std::string& out) {
  JsonWriter json(out);
  const auto text = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.field(key, std::string_view(value));
  };
  json.begin_object();
  json.key("source");
  json.begin_object();
  json.field("path", std::string_view(reject.source.path));
  text("member", reject.source.member);
  if (reject.source.offset) json.field("offset", *reject.source.offset);
  text("url", reject.source.url);
  json.end_object();
  json.field("offset", reject.offset);
  if (reject.line > 0) json.field("line", reject.line);
  text("stage", reject.stage);
  text("code", reject.code);
  text("message", reject.message);
  text("snippet", reject.snippet);
  json.end_object();
}

}  // namespace factmill
