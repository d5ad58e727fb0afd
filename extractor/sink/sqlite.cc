// SQLite: one writer, prepared statements, a document's rows compared before they are touched.
#include <chrono>
#include <utility>
#include <vector>

#include "sink/database_sink.h"
#include "sink/duplicates.h"
#include "sink/manifest.h"
#include "sink/migrations.h"
#include "sink/reference_rows.h"
#include "sink/schema.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"
#include "sink/sqlite_database.h"
#include "sink/sqlite_documents.h"
#include "sink/sqlite_inputs.h"

namespace factmill {
namespace {

// Rows after which a transaction is committed by itself: enough that the disk's sync does not count, few enough that the
// write-ahead log stays small.
constexpr int64_t kBatchRows = 50'000;
constexpr int kCacheKib = 49'152;

class SqliteSink : public Sink {
 public:
  SqliteSink() : documents_(database_), inputs_(database_) {}

  Status open(const std::string& path, const LoadInfo& load) {
    tracker_.configure(load.settings, load.starts_afresh);
    checkpoint_ = load.checkpoint;
    lexicon_ = load.lexicon;
    rates_ = load.rates;
    if (Status status = database_.open(path, /*may_create=*/true); !status) return status;
    if (Status status = take_schema(); !status) return status;
    if (Status status = configure(); !status) return status;
    if (Status status = prepare(); !status) return status;
    return begin_load(load);
  }

  Status write(const DocumentFacts& document) override {
    if (!status_) return status_;
    if (Status status = check_document(document); !status) return reject(invalid_fact_reject(document, status.error()));
    return settle(write_rows(DocumentRows(document, tracker_.current())));
  }

  Status reject(const Reject& reject) override {
    if (!status_) return status_;
    return settle(write_reject(reject));
  }

  Status flush() override {
    if (!status_) return status_;
    return settle(commit());
  }

  Status finish() override {
    if (!status_) return status_;
    if (Status status = settle(write_end()); !status) return status;
    database_.try_run("PRAGMA wal_checkpoint(TRUNCATE)");  // one file again; a reader in the way only delays that
    status_ = Error{database_.path() + ": error: the load is already finished"};
    return {};
  }

  // ---- the manifest ----

  Result<InputState> find_input(const InputPart& part) override {
    if (!status_) return status_.error();
    if (tracker_.settings().empty()) return InputState{};
    const InputProgress wanted = tracker_.progress_of(part, {});
    std::vector<KnownRange> known;
    if (Status status = settle(inputs_.find(wanted.input_id, wanted.pass, known)); !status) return status.error();
    return tracker_.judge(part, known, load_id_);
  }

  Status begin_input(const InputPart& part, const InputState& from) override {
    if (!status_) return status_;
    if (!tracker_.settings().empty()) tracker_.begin(part, from, timestamp_now());
    return {};
  }

  void at_record(uint64_t number) override { tracker_.at_record(number); }

  Status end_input() override {
    if (!status_ || !tracker_.current()) return status_;
    return settle(write_end_of_input());
  }

  Status leave_input() override {
    if (!status_ || !tracker_.current()) return status_;
    Status status = begin();
    if (status) status = inputs_.put(tracker_.leave(), tracker_.settings(), load_id_);
    return settle(std::move(status));
  }

 private:
  // ---- opening ----

  Status take_schema() {
    if (Status status = database_.run("BEGIN IMMEDIATE"); !status) return status;
    int64_t application = 0, version = 0, tables = 0;
    if (Status status = database_.ask("PRAGMA application_id", application); !status) return status;
    if (Status status = database_.ask("PRAGMA user_version", version); !status) return status;
    if (Status status = database_.ask("SELECT count(*) FROM sqlite_master", tables); !status) return status;
    if (application == 0 && version == 0 && tables == 0) {
      if (Status status = database_.run(sqlite_ddl()); !status) return status;
    } else if (application != kApplicationId) {
      return Error{database_.path() + ": error: the database belongs to another program; load into a new file"};
    } else if (can_migrate(version)) {
      if (Status status = database_.run(migration_sql(version, Dialect::sqlite)); !status) return status;
    } else if (version != kSchemaVersion) {
      return Error{database_.path() + ": error: " + wrong_schema_message(std::to_string(version))};
    }
    return database_.run("COMMIT");
  }

  // After take_schema(), so that a foreign database is left as it was.
  Status configure() {
    if (Status status = database_.run("PRAGMA journal_mode = WAL"); !status) return status;
    // FULL: a flush survives a power cut.
    if (Status status = database_.run("PRAGMA synchronous = FULL"); !status) return status;
    return database_.run("PRAGMA cache_size = -" + std::to_string(kCacheKib));
  }

  Status prepare() {
    if (Status status = documents_.prepare(); !status) return status;
    if (Status status = inputs_.prepare(); !status) return status;
    const SqlTable &reject = sql_table("reject"), &entity = sql_table("entity"), &rate = sql_table("fx_rate");
    const std::pair<SqliteStatement*, std::string> statements[] = {
        {&put_reject_, upsert_sql(reject, sqlite_values_of(reject))},
        {&put_entity_, insert_sql(entity, sqlite_values_of(entity))},
        {&put_rate_, upsert_sql(rate, sqlite_values_of(rate))},
        {&put_load_,
         "INSERT INTO load (version, pack, pack_hash, started, status, documents, facts, rejects) "
         "VALUES (?1, ?2, ?3, ?4, 'running', 0, 0, 0)"},
        {&count_load_, "UPDATE load SET documents = ?1, facts = ?2, rejects = ?3 WHERE load_id = ?4"},
        {&find_signed_, std::string(kSignedDocuments) + "?1)"},
        {&mark_duplicate_, "UPDATE document SET dup_of = nullif(?2, '') WHERE doc_id = ?1"},
        {&end_load_, "UPDATE load SET status = 'finished', finished = ?1 WHERE load_id = ?2"},
    };
    for (const auto& [statement, sql] : statements) {
      if (Status status = database_.prepare(*statement, sql); !status) return status;
    }
    return {};
  }

  Status begin_load(const LoadInfo& load) {
    const std::string now = timestamp_now();
    const Row row{std::string_view(load.version), std::string_view(load.pack), std::string_view(load.pack_hash),
                  std::string_view(now)};
    if (Status status = database_.step(put_load_, row); !status) return status;
    load_id_ = database_.last_row_id();
    return {};
  }

  // ---- writing ----

  Status write_rows(const DocumentRows& rows) {
    if (Status status = begin(); !status) return status;
    if (Status status = documents_.write(rows, tracker_.current(), load_id_); !status) return status;
    const auto facts = static_cast<int64_t>(rows.facts.size());
    ++documents_count_;
    facts_count_ += facts;
    tracker_.count_document(rows.facts.size());
    return count_rows(1 + facts);
  }

  Status write_reject(const Reject& reject) {
    if (Status status = begin(); !status) return status;
    const std::string reject_id = reject_id_of(reject);
    reject_row(reject, reject_id, tracker_.current(), load_id_, row_);
    if (Status status = database_.step(put_reject_, row_); !status) return status;
    ++rejects_count_;
    tracker_.count_reject();
    return count_rows(1);
  }

  Status write_end_of_input() {
    if (Status status = begin(); !status) return status;
    const InputProgress done = tracker_.end();
    if (Status status = inputs_.put(done, tracker_.settings(), load_id_); !status) return status;
    bool is_covered = done.part.is_whole();
    if (!is_covered) {
      std::vector<KnownRange> known;
      if (Status status = inputs_.find(done.input_id, done.pass, known); !status) return status;
      is_covered = covers_all(done.part.bytes, known);
    }
    if (is_covered) {
      if (Status status = documents_.remove_stale(done.input_id, done.pass); !status) return status;
      if (Status status = inputs_.remove_stale(done.input_id, done.pass); !status) return status;
    }
    return count_rows(1);
  }

  Status write_end() {
    if (Status status = begin(); !status) return status;
    if (Status status = inputs_.inherit(tracker_.inherited(), load_id_); !status) return status;
    if (Status status = mark_duplicates(); !status) return status;
    if (Status status = write_references(); !status) return status;
    const std::string now = timestamp_now();
    if (Status status = database_.step(end_load_, {std::string_view(now), load_id_}); !status) return status;
    return commit();
  }

  Status mark_duplicates() {
    std::vector<SignedDocument> documents;
    const Status found = database_.each(find_signed_, {load_id_}, [&](SqliteStatement& row) {
      documents.push_back({row.text(0), row.text(2), static_cast<uint64_t>(row.integer(1)), row.text(3)});
    });
    if (!found) return found;
    for (const DuplicateMark& mark : changed_marks(std::move(documents))) {
      const Status status =
          database_.step(mark_duplicate_, {std::string_view(mark.doc_id), std::string_view(mark.dup_of)});
      if (!status) return status;
    }
    return {};
  }

  Status write_references() {
    Status status;
    if (lexicon_) {
      status = database_.run("DELETE FROM entity");
      each_entity_row(*lexicon_, [&](const Row& row) {
        if (status) status = database_.step(put_entity_, row);
      });
    }
    if (!rates_) return status;
    each_rate_row(*rates_, [&](const Row& row) {
      if (status) status = database_.step(put_rate_, row);
    });
    return status;
  }

  // ---- transactions ----

  Status begin() {
    if (is_in_transaction_) return {};
    if (Status status = database_.run("BEGIN IMMEDIATE"); !status) return status;
    is_in_transaction_ = true;
    began_ = std::chrono::steady_clock::now();
    return {};
  }

  Status count_rows(int64_t rows) {
    batch_rows_ += rows;
    const bool is_full = batch_rows_ >= kBatchRows || std::chrono::steady_clock::now() - began_ >= checkpoint_;
    return is_full ? commit() : Status{};
  }

  Status commit() {
    if (!is_in_transaction_) return {};
    if (const InputProgress* input = tracker_.current()) {
      if (Status status = inputs_.put(*input, tracker_.settings(), load_id_); !status) return status;
    }
    const Row counts{documents_count_, facts_count_, rejects_count_, load_id_};
    if (Status status = database_.step(count_load_, counts); !status) return status;
    if (Status status = database_.run("COMMIT"); !status) return status;
    is_in_transaction_ = false;
    batch_rows_ = 0;
    return {};
  }

  // After a failure nothing of the open transaction stays, and the sink is done.
  Status settle(Status status) {
    if (status) return status;
    database_.try_run("ROLLBACK");
    is_in_transaction_ = false;
    return status_ = std::move(status);
  }

  SqliteDatabase database_;
  SqliteDocuments documents_;
  SqliteInputs inputs_;
  SqliteStatement put_reject_, put_load_, count_load_, end_load_, find_signed_, mark_duplicate_, put_entity_, put_rate_;
  const Lexicon* lexicon_ = nullptr;
  const FxTable* rates_ = nullptr;
  InputTracker tracker_;
  Row row_;
  int64_t load_id_ = 0;
  int64_t documents_count_ = 0, facts_count_ = 0, rejects_count_ = 0;
  int64_t batch_rows_ = 0;
  bool is_in_transaction_ = false;
  std::chrono::milliseconds checkpoint_{};
  std::chrono::steady_clock::time_point began_;
  Status status_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_sqlite_sink(const std::string& path, const LoadInfo& load) {
  auto sink = std::make_unique<SqliteSink>();
  if (Status status = sink->open(path, load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
