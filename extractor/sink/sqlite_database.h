// SQLite for this room: a connection, prepared statements, and messages that name the file.
//
//   SqliteDatabase database; Status status = database.open("facts.db");
//   SqliteStatement insert; database.prepare(insert, "INSERT INTO t VALUES (?1, ?2)");
//   database.step(insert, {std::string_view("a"), int64_t{1}});
//
// Values are always bound, never spelt into a statement. Not thread-safe. A statement must go before its database.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "sink/fact_columns.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"

struct sqlite3;
struct sqlite3_stmt;

namespace factmill {

class SqliteStatement {
 public:
  SqliteStatement() = default;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement();

  int prepare(sqlite3* database, const std::string& sql);
  // A code of SQLite's: a row, done or an error. Values are bound to ?1, ?2, ...; texts must live until the next start.
  int start(const Row& values);
  int next();
  // Ends a read, so that it holds no lock; the values of the row are gone.
  void reset();
  int64_t integer(int column) const;
  bool is_null(int column) const;
  std::string text(int column) const;

 private:
  int bind(int index, const Cell& cell);
  int bind_text(int index, std::string_view text);
  int copy_text(int index, std::string_view text);

  sqlite3_stmt* statement_ = nullptr;
  std::string scratch_;
};

class SqliteDatabase {
 public:
  Status open(const std::string& path, bool may_create);

  Status prepare(SqliteStatement& statement, const std::string& sql);
  // A script without values.
  Status run(const std::string& sql);
  // The same, where failing does not matter.
  bool try_run(const std::string& sql);
  // A statement that returns nothing.
  Status step(SqliteStatement& statement, const Row& values);
  // The first row, if there is one; reset() the statement when it has been read.
  Status first(SqliteStatement& statement, const Row& values, bool& is_there);
  // `use` reads each row; it must not touch the statement otherwise.
  template <class Use>
  Status each(SqliteStatement& statement, const Row& values, Use use) {
    bool is_there = false;
    Status status = first(statement, values, is_there);
    while (status && is_there) {
      use(statement);
      status = following(statement, is_there);
    }
    statement.reset();
    return status;
  }
  Status ask(const std::string& sql, int64_t& answer);

  int64_t changes() const;
  int64_t last_row_id() const;
  const std::string& path() const { return path_; }
  Status failure() const;

 private:
  Status following(SqliteStatement& statement, bool& is_there);

  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> database_;
};

// "VALUES (?1, ?2, ...)", as many as the table has columns.
std::string sqlite_values_of(const SqlTable& table);

}  // namespace factmill
