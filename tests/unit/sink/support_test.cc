#include "unit/sink/support.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace factmill::testing {
namespace {

std::string plain(const char* text) {
  if (!text) return "NULL";
  const bool has_decimals = std::string_view(text).find('.') != std::string_view::npos;
  const std::optional<Decimal> number = has_decimals ? Decimal::parse(text) : std::nullopt;
  return number ? number->to_string() : text;
}

class SqliteDatabase : public Database {
 public:
  explicit SqliteDatabase(const std::string& path) { REQUIRE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK); }
  ~SqliteDatabase() override { sqlite3_close(database_); }

  Rows query(const std::string& sql) override {
    Rows rows;
    const char* rest = sql.c_str();
    while (*rest) {
      sqlite3_stmt* statement = nullptr;
      CAPTURE(rest);
      const int prepared = sqlite3_prepare_v2(database_, rest, -1, &statement, &rest);
      REQUIRE_MESSAGE(prepared == SQLITE_OK, std::string(sqlite3_errmsg(database_)));
      int code = statement ? sqlite3_step(statement) : SQLITE_DONE;
      for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
          rows.back().push_back(plain(reinterpret_cast<const char*>(sqlite3_column_text(statement, i))));
        }
      }
      sqlite3_finalize(statement);
      REQUIRE_MESSAGE(code == SQLITE_DONE, std::string(sqlite3_errmsg(database_)));
    }
    return rows;
  }

 private:
  sqlite3* database_ = nullptr;
};

class LibpqDatabase : public Database {
 public:
  explicit LibpqDatabase(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    REQUIRE_MESSAGE(PQstatus(connection_) == CONNECTION_OK, std::string(PQerrorMessage(connection_)));
    query("SET client_min_messages = warning");
  }
  ~LibpqDatabase() override { PQfinish(connection_); }

  Rows query(const std::string& sql) override {
    PGresult* result = PQexec(connection_, sql.c_str());
    CAPTURE(sql);
    const ExecStatusType code = PQresultStatus(result);
    REQUIRE_MESSAGE((code == PGRES_TUPLES_OK || code == PGRES_COMMAND_OK), std::string(PQerrorMessage(connection_)));
    Rows rows;
    for (int row = 0; row < PQntuples(result); ++row) {
      rows.emplace_back();
      for (int i = 0; i < PQnfields(result); ++i) {
        rows.back().push_back(plain(PQgetisnull(result, row, i) ? nullptr : PQgetvalue(result, row, i)));
      }
    }
    PQclear(result);
    return rows;
  }

 private:
  PGconn* connection_;
};

// tests/postgresql_server as a child; it stops when its standard input, our pipe, closes.
class PostgresqlServer {
 public:
  PostgresqlServer() {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return;
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      execl(FACTMILL_SOURCE_DIR "/tests/postgresql_server", "postgresql_server", static_cast<char*>(nullptr));
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    stop_ = in[1];
    for (char c = 0; read(out[0], &c, 1) == 1 && c != '\n';) url_ += c;
    close(out[0]);
    if (url_.empty()) std::puts("no PostgreSQL server: its tests are skipped");
  }
  ~PostgresqlServer() {
    close(stop_);
    waitpid(child_, nullptr, 0);
  }
  // With the name of a database in it; empty where there is no server.
  std::string url_of(const std::string& name) const {
    std::string url = url_;
    if (!url.empty()) url.replace(url.find("/postgres?"), 9, "/" + name);
    return url;
  }

 private:
  pid_t child_ = -1;
  int stop_ = -1;
  std::string url_;
};

}  // namespace

ScratchDirectory::ScratchDirectory() {
  std::string path = (std::filesystem::temp_directory_path() / "factmill-sink.XXXXXX").string();
  REQUIRE(mkdtemp(path.data()) != nullptr);
  path_ = path;
}

ScratchDirectory::~ScratchDirectory() { std::filesystem::remove_all(path_); }

std::vector<std::string> ScratchDirectory::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

Rows read_csv(const std::string& bytes) {
  Rows rows;
  std::vector<std::string> row;
  std::string cell;
  bool is_quoted = false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (is_quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      cell += bytes[++i];
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (is_quoted || (c != ',' && c != '\r')) {
      cell += c;
    } else {
      row.push_back(std::exchange(cell, {}));
      if (c == ',') continue;
      REQUIRE(bytes[++i] == '\n');
      rows.push_back(std::exchange(row, {}));
    }
  }
  CHECK(cell.empty());
  CHECK(row.empty());
  return rows;
}

std::unique_ptr<Database> open_sqlite(const std::string& path) { return std::make_unique<SqliteDatabase>(path); }

std::unique_ptr<PostgresqlDatabase> make_postgresql() {
  static PostgresqlServer server;
  static int count = 0;
  if (server.url_of("postgres").empty()) return nullptr;
  const std::string name = "test_" + std::to_string(++count);
  LibpqDatabase(server.url_of("postgres")).query("CREATE DATABASE " + name);
  const std::string url = server.url_of(name);
  return std::make_unique<PostgresqlDatabase>(PostgresqlDatabase{url, std::make_unique<LibpqDatabase>(url)});
}

std::string id_of(char letter) { return std::string(32, letter); }

Fact make_fact(char fact_letter, char doc_letter) {
  Fact fact;
  fact.fact_id = id_of(fact_letter);
  fact.doc_id = id_of(doc_letter);
  fact.path = std::string("news/") + doc_letter + ".html";
  fact.metric = "deliveries";
  fact.company = "Xiaomi";
  fact.value = Decimal(27307);
  fact.unit = "vehicle";
  fact.evidence = {{10, 16, "27,307"}};
  fact.sentence = {0, 40};
  fact.rule = "deliveries.passive";
  fact.pack = "ev@0.1.0";
  return fact;
}

DocumentFacts make_document(char letter, std::vector<Fact> facts) {
  DocumentFacts document;
  document.doc_id = id_of(letter);
  document.path = std::string("news/") + letter + ".html";
  document.bytes = 1000;
  document.facts = std::move(facts);
  return document;
}

Reject make_reject(const std::string& path, const std::string& code) {
  Reject reject;
  reject.source.path = path;
  reject.stage = "archive";
  reject.code = code;
  reject.message = "cannot read it";
  return reject;
}

std::unique_ptr<Sink> must_open(const std::string& target) {
  Result<std::unique_ptr<Sink>> sink = open_sink(target, {"0.1.0", "ev@0.1.0", "00ff"});
  REQUIRE_MESSAGE(sink, (sink ? "" : sink.error().message));
  return *std::move(sink);
}

void load(const std::string& target, const std::vector<DocumentFacts>& documents) {
  const std::unique_ptr<Sink> sink = must_open(target);
  for (const DocumentFacts& document : documents) {
    const Status status = sink->write(document);
    REQUIRE_MESSAGE(status, status.error().message);
  }
  const Status status = sink->finish();
  REQUIRE_MESSAGE(status, status.error().message);
}

TEST_CASE("support: the CSV reader undoes quotes") {
  CHECK(read_csv("a,b\r\n\"x,\"\"y\"\"\r\n\",\r\n") == Rows{{"a", "b"}, {"x,\"y\"\r\n", ""}});
}

TEST_CASE("support: both databases print numbers alike") {
  CHECK(open_sqlite(":memory:")->query("SELECT 1.50, NULL, 'x'") == Rows{{"1.5", "NULL", "x"}});
  if (const auto postgresql = make_postgresql()) {
    CHECK(postgresql->database->query("SELECT 1.50, NULL, 'x'") == Rows{{"1.5", "NULL", "x"}});
  }
}

}  // namespace factmill::testing
