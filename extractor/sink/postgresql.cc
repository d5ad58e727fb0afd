// PostgreSQL: rows are copied into temporary tables and merged from there, one transaction a flush.
#include <array>
#include <chrono>
#include <map>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sink/database_sink.h"
#include "sink/manifest.h"
#include "sink/migrations.h"
#include "sink/postgresql_connection.h"
#include "sink/postgresql_load.h"
#include "sink/postgresql_merge.h"
#include "sink/schema.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"

namespace factmill {
namespace {

// Copied bytes after which a flush comes by itself: what the sink holds in memory.
constexpr size_t kBatchBytes = size_t{8} << 20;
// One load at a time makes the schema ("factmill" in ASCII, shortened).
constexpr std::string_view kSchemaLock = "SELECT pg_advisory_xact_lock(1717660524)";

// Rows on their way to one table.
struct Staging {
  std::string_view table;
  std::string rows = {};

  std::string name() const { return "staged_" + std::string(table); }
  std::string create_statement() const {
    return "CREATE TEMPORARY TABLE " + name() + " (LIKE " + std::string(table) + ") ON COMMIT DELETE ROWS";
  }
};

// Where a document's rows end in the staged facts, evidence and unclaimed values; they begin where those of the
// document before end.
struct StagedDocument {
  std::string doc_id;
  size_t ends[3] = {};
};

class PostgresqlSink : public Sink {
 public:
  Status open(const std::string& url, const LoadInfo& load) {
    tracker_.configure(load.settings, load.starts_afresh);
    checkpoint_ = load.checkpoint;
    if (Status status = connection_.open(url); !status) return status;
    if (Status status = take_schema(); !status) return status;
    for (const Staging* staging : {&document_, &fact_, &evidence_, &unclaimed_, &reject_, &input_}) {
      if (Status status = connection_.run(staging->create_statement()); !status) return status;
    }
    for (const std::string& statement : staging_ddl()) {
      if (Status status = connection_.run(statement); !status) return status;
    }
    if (Status status = connection_.ask("SELECT count(*) FROM (SELECT 1 FROM input_shard LIMIT 1) s", {}, known_inputs_);
        !status) {
      return status;
    }
    return load_.begin(load);
  }

  Status write(const DocumentFacts& document) override {
    if (!status_) return status_;
    if (Status status = check_document(document); !status) return reject(invalid_fact_reject(document, status.error()));
    // One merge cannot write a row twice, and adds facts to documents or replaces them.
    if (batch_keys_.contains(document.doc_id) || (document.is_partial != is_partial_ && !batch_.empty())) {
      if (Status status = flush(); !status) return status;
    }
    is_partial_ = document.is_partial;
    stage(DocumentRows(document, tracker_.current()));
    return flush_if_full();
  }

  Status reject(const Reject& reject) override {
    if (!status_) return status_;
    start_batch();
    load_.count_reject();
    tracker_.count_reject();
    const std::string reject_id = reject_id_of(reject);
    if (!batch_keys_.insert(reject_id).second) return {};
    reject_row(reject, reject_id, tracker_.current(), load_.id(), row_);
    append_copy_row(row_, reject_.rows);
    return flush_if_full();
  }

  Status flush() override {
    if (!status_) return status_;
    return is_batch_open_ ? settle(merge_batch(/*is_last=*/false)) : Status{};
  }

  Status finish() override {
    if (!status_) return status_;
    if (Status status = settle(merge_batch(/*is_last=*/true)); !status) return status;
    if (Status status = settle(load_.finish_shared()); !status) return status;
    status_ = Error{connection_.where() + ": error: the load is already finished"};
    return {};
  }

  // ---- the manifest ----

  Result<InputState> find_input(const InputPart& part) override {
    if (!status_) return status_.error();
    if (tracker_.settings().empty() || known_inputs_ == "0") return InputState{};
    const InputProgress wanted = tracker_.progress_of(part, {});
    std::vector<KnownRange> known;
    if (Status status = settle(find_ranges(wanted, known)); !status) return status.error();
    return tracker_.judge(part, known, load_.id());
  }

  Status begin_input(const InputPart& part, const InputState& from) override {
    if (!status_) return status_;
    if (!tracker_.settings().empty()) tracker_.begin(part, from, timestamp_now());
    return {};
  }

  void at_record(uint64_t number) override { tracker_.at_record(number); }

  Status end_input() override {
    if (!status_ || !tracker_.current()) return status_;
    start_batch();
    stage_input(tracker_.end());
    return flush_if_full();
  }

  Status leave_input() override {
    if (!status_ || !tracker_.current()) return status_;
    start_batch();
    stage_input(tracker_.leave());
    return {};
  }

 private:
  // ---- opening ----

  Status take_schema() {
    if (Status status = connection_.run("BEGIN; " + std::string(kSchemaLock)); !status) return status;
    std::string found;
    if (Status status = connection_.ask("SELECT to_regclass('schema_version')", {}, found); !status) return status;
    if (found.empty()) {
      if (Status status = connection_.run(postgresql_ddl()); !status) return status;
      return connection_.run("COMMIT");
    }
    if (Status status = connection_.ask("SELECT max(version) FROM schema_version", {}, found); !status) return status;
    const int64_t version = found.empty() ? 0 : std::stoll(found);
    if (can_migrate(version)) {
      if (Status status = connection_.run(migration_sql(version, Dialect::postgresql)); !status) return status;
    } else if (version != kSchemaVersion) {
      return Error{connection_.where() + ": error: " + wrong_schema_message(found)};
    }
    return connection_.run("COMMIT");
  }

  Status find_ranges(const InputProgress& wanted, std::vector<KnownRange>& known) {
    return connection_.each(
        "SELECT byte_begin, byte_end, CASE WHEN s.status = 'done' THEN 1 ELSE 0 END, records, s.documents, s.facts, "
        "s.rejects, s.load_id, CASE WHEN load.status = 'finished' THEN 1 ELSE 0 END, earlier_loads "
        "FROM input_shard s JOIN load ON load.load_id = s.load_id "
        "WHERE input_id = $1 AND input_pass = $2 ORDER BY byte_begin, byte_end",
        {std::to_string(wanted.input_id), std::to_string(wanted.pass)},
        [&](const std::vector<std::string_view>& row) {
          const auto number = [&](size_t column) { return std::stoull(std::string(row[column])); };
          known.push_back({number(0), number(1),
                           {number(2) != 0, number(3), number(4), number(5), number(6), std::string(row[9])},
                           static_cast<int64_t>(number(7)), number(8) != 0});
        });
  }

  // ---- staging ----

  void start_batch() {
    if (!is_batch_open_) began_ = std::chrono::steady_clock::now();
    is_batch_open_ = true;
  }

  void stage(const DocumentRows& rows) {
    start_batch();
    load_.count_documents(1, static_cast<int64_t>(rows.facts.size()));
    tracker_.count_document(rows.facts.size());
    document_row(rows, tracker_.current(), load_.id(), row_);
    append_copy_row(row_, document_.rows);
    for (const FactRow& fact : rows.facts) {
      fact_row(fact, load_.id(), row_);
      append_copy_row(row_, fact_.rows);
      for (size_t i = 0; i < fact.fact->evidence.size(); ++i) {
        evidence_row(*fact.fact, i, row_);
        append_copy_row(row_, evidence_.rows);
      }
    }
    for (const UnclaimedValue& value : rows.document->unclaimed) {
      unclaimed_row(rows.document->doc_id, value, load_.id(), row_);
      append_copy_row(row_, unclaimed_.rows);
    }
    batch_keys_.insert(rows.document->doc_id);
    batch_.push_back({rows.document->doc_id, {fact_.rows.size(), evidence_.rows.size(), unclaimed_.rows.size()}});
  }

  void stage_input(InputProgress progress) {
    const auto key = std::tuple(progress.input_id, progress.part.begin, progress.part.end);
    staged_inputs_.insert_or_assign(key, std::move(progress));
  }

  Status flush_if_full() {
    const size_t bytes = document_.rows.size() + fact_.rows.size() + evidence_.rows.size() + unclaimed_.rows.size() +
                         reject_.rows.size() + staged_inputs_.size() * sizeof(InputProgress);
    const bool is_full = bytes >= kBatchBytes || std::chrono::steady_clock::now() - began_ >= checkpoint_;
    return is_full ? flush() : Status{};
  }

  // ---- merging ----

  // One transaction: the batch, how far its inputs are, the load's counts and, at last, its end.
  Status merge_batch(bool is_last) {
    if (const InputProgress* input = tracker_.current()) stage_input(*input);
    if (Status status = connection_.run("BEGIN"); !status) return status;
    if (Status status = copy_batch(); !status) return status;
    if (has_known_) {
      if (Status status = run_all(is_partial_ ? add_ : merge_); !status) return status;
    }
    if (Status status = run_all(rest_); !status) return status;
    if (Status status = remove_stale(); !status) return status;
    if (Status status = load_.write_counts(); !status) return status;
    if (is_last) {
      if (Status status = load_.finish(tracker_.inherited()); !status) return status;
    }
    if (Status status = connection_.run("COMMIT"); !status) return status;
    staged_inputs_.clear();
    is_batch_open_ = false;
    return {};
  }

  // What belongs to new documents goes right where it will stay; the rest is staged for the merge.
  Status copy_batch() {
    if (Status status = copy(document_); !status) return status;
    std::unordered_set<std::string> fresh, unchanged;
    if (Status status = take_names(insert_new_sql(), {}, fresh); !status) return status;
    has_known_ = fresh.size() < batch_.size();
    Staging* const parts[] = {&fact_, &evidence_, &unclaimed_};
    if (!fresh.empty()) {
      const auto rows = rows_of([&](const std::string& doc_id) { return fresh.contains(doc_id); });
      for (size_t i = 0; i < 3; ++i) {
        if (rows[i].empty()) continue;
        const SqlTable& table = sql_table(parts[i]->table);
        const std::string target = std::string(table.name) + " (" + column_list(table) + ")";
        if (Status status = connection_.copy_into(target, rows[i]); !status) return status;
      }
    }
    if (has_known_) {
      const Status status = take_names(drop_unchanged_sql(), {std::to_string(load_.id())}, unchanged);
      if (!status) return status;
    }
    auto rows = rows_of([&](const std::string& id) { return !fresh.contains(id) && !unchanged.contains(id); });
    for (size_t i = 0; i < 3; ++i) parts[i]->rows = std::move(rows[i]);
    for (const auto& [key, progress] : staged_inputs_) {
      const std::string now = timestamp_now();
      input_shard_row(progress, tracker_.settings(), now, load_.id(), row_);
      append_copy_row(row_, input_.rows);
    }
    for (Staging* staging : {&fact_, &evidence_, &unclaimed_, &reject_, &input_}) {
      if (Status status = copy(*staging); !status) return status;
    }
    batch_.clear();
    batch_keys_.clear();
    return {};
  }

  Status copy(Staging& staging) {
    if (staging.rows.empty()) return {};
    Status status = connection_.copy_into(staging.name(), staging.rows);
    staging.rows.clear();
    return status;
  }

  Status take_names(const std::string& sql, const std::vector<std::string>& values,
                    std::unordered_set<std::string>& names) {
    return connection_.each(sql, values, [&](const std::vector<std::string_view>& row) { names.emplace(row[0]); });
  }

  Status run_all(const std::vector<std::string>& statements) {
    for (const std::string& statement : statements) {
      if (Status status = connection_.run(statement); !status) return status;
    }
    return {};
  }

  // Facts, evidence and unclaimed values of the batch's documents that are wanted.
  template <class Wanted>
  std::array<std::string, 3> rows_of(Wanted wanted) const {
    const Staging* const parts[] = {&fact_, &evidence_, &unclaimed_};
    std::array<std::string, 3> rows;
    StagedDocument before;
    for (const StagedDocument& document : batch_) {
      if (wanted(document.doc_id)) {
        for (size_t i = 0; i < 3; ++i) {
          rows[i].append(parts[i]->rows, before.ends[i], document.ends[i] - before.ends[i]);
        }
      }
      before = document;
    }
    return rows;
  }

  // An input that was read to its end holds nothing any more but what this pass found.
  Status remove_stale() {
    bool is_any = false;
    for (const auto& [key, progress] : staged_inputs_) {
      bool is_covered = progress.state.is_done && progress.part.is_whole();
      if (progress.state.is_done && !is_covered) {
        std::vector<KnownRange> known;
        if (Status status = find_ranges(progress, known); !status) return status;
        is_covered = covers_all(progress.part.bytes, known);
      }
      if (is_covered) append_copy_row({progress.input_id, progress.pass}, complete_);
      is_any = is_any || is_covered;
    }
    if (!is_any) return {};
    const Status copied = connection_.copy_into("staged_complete", complete_);
    complete_.clear();
    if (!copied) return copied;
    return run_all(stale_);
  }

  // After a failure nothing of the open transaction stays, and the sink is done.
  Status settle(Status status) {
    if (status) return status;
    connection_.try_run("ROLLBACK");
    return status_ = std::move(status);
  }

  PostgresqlConnection connection_;
  PostgresqlLoad load_{connection_};
  const std::vector<std::string> merge_ = merge_sql(false), add_ = merge_sql(true), stale_ = remove_stale_sql(),
                                 rest_ = merge_rest_sql();
  Staging document_{"document"}, fact_{"fact"}, evidence_{"evidence"}, unclaimed_{"unclaimed"}, reject_{"reject"},
      input_{"input_shard"};
  std::string complete_;
  std::vector<StagedDocument> batch_;
  std::unordered_set<std::string> batch_keys_;  // of the documents and rejects in the batch
  std::map<std::tuple<int64_t, uint64_t, uint64_t>, InputProgress> staged_inputs_;
  bool is_partial_ = false;
  bool has_known_ = false;  // the batch has documents that were there before
  bool is_batch_open_ = false;
  std::chrono::milliseconds checkpoint_{};
  std::chrono::steady_clock::time_point began_;
  InputTracker tracker_;
  std::string known_inputs_;  // "0": none
  Row row_;
  Status status_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_postgresql_sink(const std::string& url, const LoadInfo& load) {
  auto sink = std::make_unique<PostgresqlSink>();
  if (Status status = sink->open(url, load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
