// PostgreSQL: rows are copied into temporary tables and merged from there, one transaction a batch. While the server
// takes one batch the next is filled.
#include <algorithm>
#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include "sink/database_sink.h"
#include "sink/manifest.h"
#include "sink/migrations.h"
#include "sink/postgresql_batch.h"
#include "sink/postgresql_connection.h"
#include "sink/postgresql_inputs.h"
#include "sink/postgresql_load.h"
#include "sink/schema.h"
#include "sink/sql_rows.h"

namespace factmill {
namespace {

// Bytes after which a batch is merged by itself: the first ones soon, so that the server has something to do; the last
// are half of what the sink holds in memory.
constexpr size_t kFirstBatchBytes = size_t{512} << 10, kBatchBytes = size_t{8} << 20;
// One load at a time makes the schema ("factmill" in ASCII, shortened).
constexpr std::string_view kSchemaLock = "SELECT pg_advisory_xact_lock(1717660524)";

class PostgresqlSink : public Sink {
 public:
  Status open(const std::string& url, const LoadInfo& load) {
    tracker_.configure(load.settings, load.starts_afresh);
    checkpoint_ = load.checkpoint;
    if (Status status = connection_.open(url); !status) return status;
    if (Status status = take_schema(); !status) return status;
    if (Status status = PostgresqlBatch::create_staging(connection_); !status) return status;
    if (Status status = connection_.ask("SELECT count(*) FROM (SELECT 1 FROM input_shard LIMIT 1) s", {}, known_inputs_);
        !status) {
      return status;
    }
    return load_.begin(load);
  }

  Status write(const DocumentFacts& document) override {
    if (!status_) return status_;
    if (Status status = check_document(document); !status) return reject(invalid_fact_reject(document, status.error()));
    if (!filling_.takes(document)) {
      if (Status status = begin_merge(); !status) return status;
    }
    const DocumentRows rows(document, tracker_.current());
    filling_.add(rows, tracker_.current(), load_.id());
    ++counts_.documents;
    counts_.facts += static_cast<int64_t>(rows.facts.size());
    tracker_.count_document(rows.facts.size());
    return merge_if_full();
  }

  Status reject(const Reject& reject) override {
    if (!status_) return status_;
    ++counts_.rejects;
    tracker_.count_reject();
    filling_.add(reject, tracker_.current(), load_.id());
    return merge_if_full();
  }

  Status flush() override {
    if (!status_) return status_;
    if (!filling_.is_empty()) {
      if (Status status = begin_merge(); !status) return status;
    }
    return wait();
  }

  Status finish() override {
    if (!status_) return status_;
    if (Status status = wait(); !status) return status;
    if (Status status = settle(merge_last()); !status) return status;
    if (Status status = settle(load_.finish_shared()); !status) return status;
    status_ = Error{connection_.where() + ": error: the load is already finished"};
    return {};
  }

  // ---- the manifest ----

  Result<InputState> find_input(const InputPart& part) override {
    if (!status_) return status_.error();
    if (tracker_.settings().empty() || known_inputs_ == "0") return InputState{};
    if (Status status = wait(); !status) return status.error();
    std::vector<KnownRange> known;
    if (Status status = settle(find_ranges(connection_, tracker_.progress_of(part, {}), known)); !status) {
      return status.error();
    }
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
    filling_.add(tracker_.end());
    return merge_if_full();
  }

  Status leave_input() override {
    if (!status_ || !tracker_.current()) return status_;
    filling_.add(tracker_.leave());
    return {};
  }

 private:
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

  // ---- merging ----

  Status merge_if_full() {
    return filling_.bytes() >= batch_bytes_ || filling_.age() >= checkpoint_ ? begin_merge() : Status{};
  }

  // Hands over what was filled, after the batch before.
  Status begin_merge() {
    if (Status status = wait(); !status) return status;
    if (const InputProgress* input = tracker_.current()) filling_.add(*input);
    std::swap(filling_, merging_);
    batch_bytes_ = std::min(batch_bytes_ * 2, kBatchBytes);
    merge_ = std::async(std::launch::async, [this, counts = counts_] {
      if (Status status = connection_.run("BEGIN"); !status) return status;
      if (Status status = merge(merging_, counts); !status) return status;
      return connection_.run("COMMIT");
    });
    return {};
  }

  // Nobody else uses the connection any more.
  Status wait() {
    if (!merge_.valid()) return status_;
    if (Status status = settle(merge_.get()); !status) return status;
    merging_.clear();
    return {};
  }

  // The batch and the load's counts.
  Status merge(PostgresqlBatch& batch, const LoadCounts& counts) {
    if (Status status = batch.merge(connection_, load_.id(), tracker_.settings()); !status) return status;
    return load_.write_counts(counts);
  }

  // With the end of the load in the same transaction.
  Status merge_last() {
    if (const InputProgress* input = tracker_.current()) filling_.add(*input);
    if (Status status = connection_.run("BEGIN"); !status) return status;
    if (Status status = merge(filling_, counts_); !status) return status;
    if (Status status = load_.finish(tracker_.inherited()); !status) return status;
    return connection_.run("COMMIT");
  }

  // After a failure nothing of the open transaction stays, and the sink is done.
  Status settle(Status status) {
    if (status) return status;
    connection_.try_run("ROLLBACK");
    return status_ = std::move(status);
  }

  PostgresqlConnection connection_;
  PostgresqlLoad load_{connection_};
  PostgresqlBatch filling_, merging_;
  size_t batch_bytes_ = kFirstBatchBytes;
  LoadCounts counts_;  // with what is still in filling_
  std::chrono::milliseconds checkpoint_{};
  InputTracker tracker_;
  std::string known_inputs_;  // "0": none
  Status status_;
  std::future<Status> merge_;  // of merging_; its end is awaited before anything else goes
};

}  // namespace

Result<std::unique_ptr<Sink>> open_postgresql_sink(const std::string& url, const LoadInfo& load) {
  auto sink = std::make_unique<PostgresqlSink>();
  if (Status status = sink->open(url, load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
