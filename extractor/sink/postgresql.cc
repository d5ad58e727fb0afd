// PostgreSQL: rows are copied into temporary tables and merged from there, one transaction a flush.
#include <libpq-fe.h>

#include <algorithm>
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

// Copied rows after which a flush comes by itself: what the sink holds in memory.
constexpr size_t kBatchBytes = size_t{8} << 20;
// One load at a time makes the schema ("factmill" in ASCII, shortened).
constexpr std::string_view kSchemaLock = "SELECT pg_advisory_xact_lock(1717660524)";

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;
using Answer = std::unique_ptr<PGresult, ClearResult>;

// ---- the connection string and its secrets ----

// A connection string that libpq reads as its author meant it.
struct Target {
  std::string url;
  std::vector<std::string> secrets;  // never to be printed

  std::string without_secrets(std::string message) const {
    for (const std::string& secret : secrets) {
      for (size_t at = message.find(secret); at != std::string::npos; at = message.find(secret, at + 3)) {
        message.replace(at, secret.size(), "***");
      }
    }
    while (!message.empty() && message.back() == '\n') message.pop_back();
    std::replace(message.begin(), message.end(), '\n', ' ');
    return message;
  }
};

// libpq's own message would quote what it could not read, and it reads a password with a bare '/' or '@' as a port, a
// host or a database: such a string is refused without being shown. A host may begin with '@', an abstract socket.
bool is_misread_password(const PQconninfoOption& option) {
  const std::string_view keyword = option.keyword;
  if (keyword != "host" && keyword != "port" && keyword != "dbname") return false;
  return std::string_view(option.val ? option.val : "").find('@', keyword == "host" ? 1 : 0) != std::string_view::npos;
}

Result<Target> read_target(const std::string& url) {
  const Error unreadable{
      "postgresql: error: the connection string cannot be read; write special characters of user and password as %XX"};
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(url.c_str(), nullptr));
  if (!options) return unreadable;
  Target target{url, {}};
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (is_misread_password(*option)) return unreadable;
    const bool is_secret = std::string_view(option->dispchar) == "*" && option->val && *option->val;
    if (is_secret) target.secrets.emplace_back(option->val);
  }
  return target;
}

// ---- COPY's text format ----

void append_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
}

void append_cell(const Cell& cell, std::string& out) {
  std::string scratch;
  if (is_absent(cell)) out += "\\N";
  if (const auto* text = std::get_if<std::string_view>(&cell)) append_escaped(clean_text(*text, scratch), out);
  if (const auto* integer = std::get_if<int64_t>(&cell)) out += std::to_string(*integer);
  if (const auto* number = std::get_if<Decimal>(&cell)) number->append_to(out);
  if (const auto* nested = std::get_if<LazyJson>(&cell)) {
    JsonWriter json(scratch);
    nested->write(*nested->fact, json);
    append_escaped(scratch, out);
  }
}

void append_row(const Row& row, std::string& out) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += '\t';
    append_cell(row[i], out);
  }
  out += '\n';
}

// ---- the merge ----

// Rows on their way to one table.
struct Staging {
  std::string_view table;
  std::string rows = {};

  std::string name() const { return "staged_" + std::string(table); }
  std::string create_statement() const {
    return "CREATE TEMPORARY TABLE " + name() + " (LIKE " + std::string(table) + ") ON COMMIT DELETE ROWS";
  }
};

// Where a document's rows end in the staged facts and evidence; they begin where those of the document before end.
struct StagedDocument {
  std::string doc_id;
  size_t facts_end = 0;
  size_t evidence_end = 0;
};

// An array, because a join lets the planner scan the whole table for a batch of a thousand documents.
constexpr std::string_view kStagedIds = "ANY (ARRAY(SELECT doc_id FROM staged_document))";

// Takes the documents out that stand there as they are, facts and all, and names them.
std::string drop_unchanged_statement(int64_t load_id) {
  return "DELETE FROM staged_document USING document, load WHERE document.doc_id = " + std::string(kStagedIds) +
         " AND document.doc_id = staged_document.doc_id AND document.row_hash = staged_document.row_hash"
         " AND load.load_id = document.load_id AND (load.status = 'finished' OR load.load_id = " +
         std::to_string(load_id) + ") RETURNING staged_document.doc_id";
}

// In this order: documents first, and sorted, so that two loads with documents in common wait for each other instead
// of deadlocking; then what a document no longer states; then what it states.
std::vector<std::string> merge_statements() {
  const auto upsert = [](const std::string& table, const std::string& order) {
    const SqlTable& target = sql_table(table);
    return upsert_sql(target, "SELECT " + column_list(target) + " FROM staged_" + table + " ORDER BY " + order);
  };
  const std::string ids(kStagedIds);
  return {
      upsert("document", "doc_id"),
      "DELETE FROM evidence WHERE fact_id = ANY (ARRAY(SELECT fact_id FROM fact WHERE doc_id = " + ids +
          ")) AND NOT EXISTS (SELECT 1 FROM staged_evidence WHERE staged_evidence.fact_id = evidence.fact_id AND "
          "staged_evidence.ordinal = evidence.ordinal)",
      "DELETE FROM fact WHERE doc_id = " + ids +
          " AND NOT EXISTS (SELECT 1 FROM staged_fact WHERE staged_fact.fact_id = fact.fact_id)",
      upsert("fact", "fact_id"),
      upsert("evidence", "fact_id, ordinal"),
      upsert("reject", "reject_id"),
  };
}

class PostgresqlSink : public Sink {
 public:
  explicit PostgresqlSink(Target target) : target_(std::move(target)), merge_(merge_statements()) {}

  Status open(const LoadInfo& load) {
    if (Status status = connect(); !status) return status;
    if (Status status = take_schema(); !status) return status;
    for (const Staging* staging : {&document_, &fact_, &evidence_, &reject_}) {
      if (Status status = run(staging->create_statement()); !status) return status;
    }
    return begin_load(load);
  }

  Status write(const DocumentFacts& document) override {
    if (!status_) return status_;
    if (Status status = check_document(document); !status) return reject(invalid_fact_reject(document, status.error()));
    // One merge cannot write a row twice.
    if (batch_keys_.contains(document.doc_id)) {
      if (Status status = flush(); !status) return status;
    }
    stage(DocumentRows(document));
    return flush_if_full();
  }

  Status reject(const Reject& reject) override {
    if (!status_) return status_;
    ++rejects_;
    const std::string reject_id = reject_id_of(reject);
    if (!batch_keys_.insert(reject_id).second) return {};
    reject_row(reject, reject_id, load_id_, row_);
    append_row(row_, reject_.rows);
    return flush_if_full();
  }

  Status flush() override {
    if (!status_) return status_;
    return batch_keys_.empty() ? Status{} : settle(merge_batch(""));
  }

  Status finish() override {
    if (!status_) return status_;
    const std::string end = "UPDATE load SET status = 'finished', finished = '" + timestamp_now() + "'";
    if (Status status = settle(merge_batch(end + this_load())); !status) return status;
    status_ = Error{where() + ": error: the load is already finished"};
    return {};
  }

 private:
  // ---- opening ----

  Status connect() {
    const char* const keywords[] = {"dbname", "fallback_application_name", "client_encoding", nullptr};
    const char* const values[] = {target_.url.c_str(), "factmill", "UTF8", nullptr};
    connection_.reset(PQconnectdbParams(keywords, values, /*expand_dbname=*/1));
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      return Error{"postgresql: error: cannot connect: " + last_message()};
    }
    return run("SET client_min_messages = warning; SET datestyle = 'ISO, YMD'");
  }

  Status take_schema() {
    if (Status status = run("BEGIN; " + std::string(kSchemaLock)); !status) return status;
    std::string version;
    if (Status status = ask("SELECT to_regclass('schema_version')", {}, version); !status) return status;
    if (version.empty()) {
      if (Status status = run(postgresql_ddl()); !status) return status;
      return run("COMMIT");
    }
    if (Status status = ask("SELECT max(version) FROM schema_version", {}, version); !status) return status;
    if (version != std::to_string(kSchemaVersion)) return Error{where() + ": error: " + wrong_schema_message(version)};
    return run("COMMIT");
  }

  Status begin_load(const LoadInfo& load) {
    const std::string now = timestamp_now();
    std::string load_id;
    const Status status = ask(
        "INSERT INTO load (version, pack, pack_hash, started, status, documents, facts, rejects) "
        "VALUES ($1, $2, $3, $4, 'running', 0, 0, 0) RETURNING load_id",
        {load.version.c_str(), load.pack.c_str(), load.pack_hash.c_str(), now.c_str()}, load_id);
    if (status) load_id_ = std::stoll(load_id);
    return status;
  }

  // ---- writing ----

  void stage(const DocumentRows& rows) {
    ++documents_;
    facts_ += static_cast<int64_t>(rows.facts.size());
    document_row(rows, load_id_, row_);
    append_row(row_, document_.rows);
    for (const FactRow& fact : rows.facts) {
      fact_row(fact, load_id_, row_);
      append_row(row_, fact_.rows);
      for (size_t i = 0; i < fact.fact->evidence.size(); ++i) {
        evidence_row(*fact.fact, i, row_);
        append_row(row_, evidence_.rows);
      }
    }
    batch_keys_.insert(rows.document->doc_id);
    batch_.push_back({rows.document->doc_id, fact_.rows.size(), evidence_.rows.size()});
  }

  Status flush_if_full() {
    const size_t bytes = document_.rows.size() + fact_.rows.size() + evidence_.rows.size() + reject_.rows.size();
    return bytes < kBatchBytes ? Status{} : flush();
  }

  // One transaction: the batch, the load's counts and `last`.
  Status merge_batch(const std::string& last) {
    if (Status status = run("BEGIN"); !status) return status;
    if (Status status = copy_batch(); !status) return status;
    for (const std::string& statement : merge_) {
      if (Status status = run(statement); !status) return status;
    }
    if (Status status = run(count_statement()); !status) return status;
    if (!last.empty()) {
      if (Status status = run(last); !status) return status;
    }
    return run("COMMIT");
  }

  Status copy_batch() {
    if (Status status = copy(document_); !status) return status;
    std::unordered_set<std::string> unchanged;
    if (Status status = ask_all(drop_unchanged_statement(load_id_), unchanged); !status) return status;
    keep_changed(unchanged);
    for (Staging* staging : {&fact_, &evidence_, &reject_}) {
      if (Status status = copy(*staging); !status) return status;
    }
    batch_.clear();
    batch_keys_.clear();
    return {};
  }

  // Facts and evidence of unchanged documents need not travel.
  void keep_changed(const std::unordered_set<std::string>& unchanged) {
    if (unchanged.empty()) return;
    std::string facts, evidence;
    StagedDocument before;
    for (const StagedDocument& document : batch_) {
      if (!unchanged.contains(document.doc_id)) {
        facts.append(fact_.rows, before.facts_end, document.facts_end - before.facts_end);
        evidence.append(evidence_.rows, before.evidence_end, document.evidence_end - before.evidence_end);
      }
      before = document;
    }
    fact_.rows = std::move(facts);
    evidence_.rows = std::move(evidence);
  }

  std::string count_statement() const {
    return "UPDATE load SET documents = " + std::to_string(documents_) + ", facts = " + std::to_string(facts_) +
           ", rejects = " + std::to_string(rejects_) + this_load();
  }
  std::string this_load() const { return " WHERE load_id = " + std::to_string(load_id_); }

  Status copy(Staging& staging) {
    if (staging.rows.empty()) return {};
    const Answer answer(PQexec(connection_.get(), ("COPY " + staging.name() + " FROM STDIN").c_str()));
    if (PQresultStatus(answer.get()) != PGRES_COPY_IN) return failure();
    const bool is_sent =
        PQputCopyData(connection_.get(), staging.rows.data(), static_cast<int>(staging.rows.size())) == 1 &&
        PQputCopyEnd(connection_.get(), nullptr) == 1;
    Status status = is_sent ? Status{} : failure();
    while (const Answer end{PQgetResult(connection_.get())}) {
      if (status && PQresultStatus(end.get()) != PGRES_COMMAND_OK) status = failure();
    }
    staging.rows.clear();
    return status;
  }

  // After a failure nothing of the open transaction stays, and the sink is done.
  Status settle(Status status) {
    if (status) return status;
    const Answer answer(PQexec(connection_.get(), "ROLLBACK"));
    return status_ = std::move(status);
  }

  // ---- libpq ----

  // "postgresql://host:5432/news", never with a user or a password.
  std::string where() const {
    const auto text = [](const char* word) { return std::string(word ? word : ""); };
    const PGconn* connection = connection_.get();
    return "postgresql://" + text(PQhost(connection)) + ":" + text(PQport(connection)) + "/" + text(PQdb(connection));
  }

  std::string last_message() const { return target_.without_secrets(PQerrorMessage(connection_.get())); }

  Status failure() const {
    const bool is_lost = PQstatus(connection_.get()) != CONNECTION_OK;
    return Error{where() + ": error: " + (is_lost ? "the connection is lost: " : "") + last_message()};
  }

  Status run(const std::string& sql) {
    const Answer answer(PQexec(connection_.get(), sql.c_str()));
    const ExecStatusType code = PQresultStatus(answer.get());
    return code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK ? Status{} : failure();
  }

  // The first value of the first row; empty for NULL.
  Status ask(const std::string& sql, const std::vector<const char*>& values, std::string& first) {
    const Answer answer(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                                     values.data(), nullptr, nullptr, /*resultFormat=*/0));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return failure();
    first = PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
    return {};
  }

  // The first value of each row.
  Status ask_all(const std::string& sql, std::unordered_set<std::string>& values) {
    const Answer answer(PQexec(connection_.get(), sql.c_str()));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return failure();
    for (int row = 0; row < PQntuples(answer.get()); ++row) values.insert(PQgetvalue(answer.get(), row, 0));
    return {};
  }

  Target target_;
  std::vector<std::string> merge_;
  Connection connection_;
  Staging document_{"document"}, fact_{"fact"}, evidence_{"evidence"}, reject_{"reject"};
  std::vector<StagedDocument> batch_;
  std::unordered_set<std::string> batch_keys_;  // of the documents and rejects in the batch
  Row row_;
  int64_t load_id_ = 0;
  int64_t documents_ = 0, facts_ = 0, rejects_ = 0;
  Status status_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_postgresql_sink(const std::string& url, const LoadInfo& load) {
  Result<Target> target = read_target(url);
  if (!target) return target.error();
  auto sink = std::make_unique<PostgresqlSink>(*std::move(target));
  if (Status status = sink->open(load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
