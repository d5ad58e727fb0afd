// SQLite: one writer, prepared statements, a document's rows compared before they are touched.
#include <sqlite3.h>

#include <unordered_set>
#include <utility>
#include <vector>

#include "sink/clean_text.h"
#include "sink/database_sink.h"
#include "sink/schema.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"

namespace factmill {
namespace {

// Rows after which a transaction is committed by itself: enough that the disk's sync does not count, few enough that
// the write-ahead log stays small.
constexpr int64_t kBatchRows = 50'000;
constexpr int kBusyTimeoutMs = 10'000;
constexpr int kCacheKib = 49'152;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;

// A prepared statement. Not copyable; must go before its database.
class Statement {
 public:
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  int prepare(sqlite3* database, const std::string& sql) {
    return sqlite3_prepare_v3(database, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                              &statement_, nullptr);
  }
  // SQLITE_ROW, SQLITE_DONE or an error; values are bound to ?1, ?2, ...
  int start(const Row& values) {
    sqlite3_reset(statement_);
    for (size_t i = 0; i < values.size(); ++i) {
      if (const int code = bind(static_cast<int>(i) + 1, values[i]); code != SQLITE_OK) return code;
    }
    return sqlite3_step(statement_);
  }
  int next() { return sqlite3_step(statement_); }
  // Ends a read, so that it holds no lock; the values of the row are gone.
  void reset() { sqlite3_reset(statement_); }
  int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? std::string(bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
  }

 private:
  int bind(int index, const Cell& cell) {
    if (const auto* text = std::get_if<std::string_view>(&cell)) return bind_text(index, *text);
    if (const auto* integer = std::get_if<int64_t>(&cell)) return sqlite3_bind_int64(statement_, index, *integer);
    if (is_absent(cell)) return sqlite3_bind_null(statement_, index);
    scratch_.clear();
    if (const auto* number = std::get_if<Decimal>(&cell)) number->append_to(scratch_);
    if (const auto* nested = std::get_if<LazyJson>(&cell)) {
      JsonWriter json(scratch_);
      nested->write(*nested->fact, json);
    }
    return copy_text(index, scratch_);
  }
  int bind_text(int index, std::string_view text) {
    const std::string_view clean = clean_text(text, scratch_);
    if (clean.data() != text.data()) return copy_text(index, clean);
    // The row outlives the step, so SQLite need not copy it.
    return sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int copy_text(int index, std::string_view text) {
    return sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }

  sqlite3_stmt* statement_ = nullptr;
  std::string scratch_;
};

std::string values_of(const SqlTable& table) {
  std::string values = "VALUES (";
  for (size_t i = 1; i <= table.columns.size(); ++i) values.append(i > 1 ? ", ?" : "?").append(std::to_string(i));
  return values + ")";
}

class SqliteSink : public Sink {
 public:
  SqliteSink(std::string path, DatabaseHandle database) : path_(std::move(path)), database_(std::move(database)) {}

  Status open(const LoadInfo& load) {
    if (Status status = take_schema(); !status) return status;
    if (Status status = configure(); !status) return status;
    if (Status status = prepare(); !status) return status;
    return begin_load(load);
  }

  Status write(const DocumentFacts& document) override {
    if (!status_) return status_;
    if (Status status = check_document(document); !status) return reject(invalid_fact_reject(document, status.error()));
    return settle(write_rows(DocumentRows(document)));
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
    execute("PRAGMA wal_checkpoint(TRUNCATE)");  // one file again; a reader in the way only delays that
    status_ = Error{path_ + ": error: the load is already finished"};
    return {};
  }

 private:
  // ---- opening ----

  Status take_schema() {
    if (Status status = run("BEGIN IMMEDIATE"); !status) return status;
    int64_t application = 0, version = 0, tables = 0;
    if (Status status = ask("PRAGMA application_id", application); !status) return status;
    if (Status status = ask("PRAGMA user_version", version); !status) return status;
    if (Status status = ask("SELECT count(*) FROM sqlite_master", tables); !status) return status;
    if (application == 0 && version == 0 && tables == 0) {
      if (Status status = run(sqlite_ddl()); !status) return status;
    } else if (application != kApplicationId) {
      return Error{path_ + ": error: the database belongs to another program; load into a new file"};
    } else if (version != kSchemaVersion) {
      return Error{path_ + ": error: " + wrong_schema_message(std::to_string(version))};
    }
    return run("COMMIT");
  }

  // After take_schema(), so that a foreign database is left as it was.
  Status configure() {
    if (Status status = run("PRAGMA journal_mode = WAL"); !status) return status;
    if (Status status = run("PRAGMA synchronous = FULL"); !status) return status;  // a flush survives a power cut
    return run("PRAGMA cache_size = -" + std::to_string(kCacheKib));
  }

  Status prepare() {
    const auto upsert = [](std::string_view name) { return upsert_sql(sql_table(name), values_of(sql_table(name))); };
    const std::pair<Statement*, std::string> statements[] = {
        {&put_document_, upsert("document")},
        {&put_fact_, upsert("fact")},
        {&put_evidence_, upsert("evidence")},
        {&put_reject_, upsert("reject")},
        {&find_document_,
         "SELECT document.row_hash, load.status = 'finished' OR load.load_id = ?2 FROM document "
         "JOIN load ON load.load_id = document.load_id WHERE document.doc_id = ?1"},
        {&find_facts_, "SELECT fact_id FROM fact WHERE doc_id = ?1"},
        {&delete_fact_, "DELETE FROM fact WHERE fact_id = ?1"},
        {&delete_evidence_, "DELETE FROM evidence WHERE fact_id = ?1"},
        {&put_load_,
         "INSERT INTO load (version, pack, pack_hash, started, status, documents, facts, rejects) "
         "VALUES (?1, ?2, ?3, ?4, 'running', 0, 0, 0)"},
        {&count_load_, "UPDATE load SET documents = ?1, facts = ?2, rejects = ?3 WHERE load_id = ?4"},
        {&end_load_, "UPDATE load SET status = 'finished', finished = ?1 WHERE load_id = ?2"},
    };
    for (const auto& [statement, sql] : statements) {
      if (const int code = statement->prepare(database_.get(), sql); code != SQLITE_OK) return failure();
    }
    return {};
  }

  Status begin_load(const LoadInfo& load) {
    const std::string now = timestamp_now();
    const Row row{std::string_view(load.version), std::string_view(load.pack), std::string_view(load.pack_hash),
                  std::string_view(now)};
    if (Status status = step(put_load_, row); !status) return status;
    load_id_ = sqlite3_last_insert_rowid(database_.get());
    return {};
  }

  // ---- writing ----

  Status write_rows(const DocumentRows& rows) {
    if (Status status = begin(); !status) return status;
    ++documents_;
    facts_ += static_cast<int64_t>(rows.facts.size());
    bool is_known = false, is_unchanged = false;
    if (Status status = look_up(rows, is_known, is_unchanged); !status) return status;
    if (!is_unchanged) {
      document_row(rows, load_id_, row_);
      if (Status status = step(put_document_, row_); !status) return status;
      for (const FactRow& fact : rows.facts) {
        if (Status status = write_fact(fact, is_known); !status) return status;
      }
      if (is_known) {
        if (Status status = delete_vanished(rows); !status) return status;
      }
    }
    return count_rows(1 + static_cast<int64_t>(rows.facts.size()));
  }

  Status look_up(const DocumentRows& rows, bool& is_known, bool& is_unchanged) {
    const int code = find_document_.start({std::string_view(rows.document->doc_id), load_id_});
    is_known = code == SQLITE_ROW;
    is_unchanged = is_known && find_document_.integer(0) == rows.row_hash && find_document_.integer(1) != 0;
    if (code != SQLITE_ROW && code != SQLITE_DONE) return failure();
    find_document_.reset();
    return {};
  }

  // Evidence of an earlier version exists only where the document is known.
  Status write_fact(const FactRow& fact, bool is_known) {
    fact_row(fact, load_id_, row_);
    if (Status status = step(put_fact_, row_); !status) return status;
    if (sqlite3_changes64(database_.get()) == 0) return {};
    if (is_known) {
      if (Status status = step(delete_evidence_, {std::string_view(fact.fact->fact_id)}); !status) return status;
    }
    for (size_t i = 0; i < fact.fact->evidence.size(); ++i) {
      evidence_row(*fact.fact, i, row_);
      if (Status status = step(put_evidence_, row_); !status) return status;
    }
    return {};
  }

  Status delete_vanished(const DocumentRows& rows) {
    std::unordered_set<std::string_view> present;
    for (const FactRow& fact : rows.facts) present.insert(fact.fact->fact_id);
    std::vector<std::string> vanished;
    int code = find_facts_.start({std::string_view(rows.document->doc_id)});
    for (; code == SQLITE_ROW; code = find_facts_.next()) {
      std::string fact_id = find_facts_.text(0);
      if (!present.contains(fact_id)) vanished.push_back(std::move(fact_id));
    }
    if (code != SQLITE_DONE) return failure();
    for (const std::string& fact_id : vanished) {
      if (Status status = step(delete_evidence_, {std::string_view(fact_id)}); !status) return status;
      if (Status status = step(delete_fact_, {std::string_view(fact_id)}); !status) return status;
    }
    return {};
  }

  Status write_reject(const Reject& reject) {
    if (Status status = begin(); !status) return status;
    ++rejects_;
    const std::string reject_id = reject_id_of(reject);
    reject_row(reject, reject_id, load_id_, row_);
    if (Status status = step(put_reject_, row_); !status) return status;
    return count_rows(1);
  }

  Status write_end() {
    if (Status status = begin(); !status) return status;
    const std::string now = timestamp_now();
    if (Status status = step(end_load_, {std::string_view(now), load_id_}); !status) return status;
    return commit();
  }

  // ---- transactions ----

  Status begin() {
    if (is_in_transaction_) return {};
    if (Status status = run("BEGIN IMMEDIATE"); !status) return status;
    is_in_transaction_ = true;
    return {};
  }

  Status count_rows(int64_t rows) {
    batch_rows_ += rows;
    return batch_rows_ < kBatchRows ? Status{} : commit();
  }

  Status commit() {
    if (!is_in_transaction_) return {};
    if (Status status = step(count_load_, {documents_, facts_, rejects_, load_id_}); !status) return status;
    if (Status status = run("COMMIT"); !status) return status;
    is_in_transaction_ = false;
    batch_rows_ = 0;
    return {};
  }

  // After a failure nothing of the open transaction stays, and the sink is done.
  Status settle(Status status) {
    if (status) return status;
    execute("ROLLBACK");
    is_in_transaction_ = false;
    return status_ = std::move(status);
  }

  // ---- SQLite ----

  Status failure() const { return Error{path_ + ": error: " + sqlite3_errmsg(database_.get())}; }

  bool execute(const std::string& sql) {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  Status run(const std::string& sql) { return execute(sql) ? Status{} : failure(); }

  Status ask(const std::string& sql, int64_t& answer) {
    Statement statement;
    if (statement.prepare(database_.get(), sql) != SQLITE_OK || statement.start({}) != SQLITE_ROW) return failure();
    answer = statement.integer(0);
    return {};
  }

  // Runs a statement that returns nothing.
  Status step(Statement& statement, const Row& values) {
    if (statement.start(values) != SQLITE_DONE) return failure();
    statement.reset();
    return {};
  }

  std::string path_;
  DatabaseHandle database_;
  Statement put_document_, put_fact_, put_evidence_, put_reject_, find_document_, find_facts_, delete_fact_,
      delete_evidence_, put_load_, count_load_, end_load_;
  Row row_;
  int64_t load_id_ = 0;
  int64_t documents_ = 0, facts_ = 0, rejects_ = 0;
  int64_t batch_rows_ = 0;
  bool is_in_transaction_ = false;
  Status status_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_sqlite_sink(const std::string& path, const LoadInfo& load) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  DatabaseHandle database(handle);
  if (code != SQLITE_OK) return Error{path + ": error: " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code))};
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  auto sink = std::make_unique<SqliteSink>(path, std::move(database));
  if (Status status = sink->open(load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
