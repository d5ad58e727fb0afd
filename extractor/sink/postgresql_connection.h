// libpq for this room: a connection whose messages show no secret, statements with parameters, COPY.
//
//   PostgresqlConnection connection; Status status = connection.open("postgresql://...");
//   connection.run("UPDATE load SET status = $1 WHERE load_id = $2", {"finished", "7"});
//
// Not thread-safe.
#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sink/sql_rows.h"

struct pg_conn;

namespace factmill {

class PostgresqlConnection {
 public:
  // Error: the string cannot be read, or nobody answers. A string whose password libpq would take for something else is
  // refused without being shown.
  Status open(const std::string& url);

  // A script without values.
  Status run(const std::string& sql);
  Status run(const std::string& sql, const std::vector<std::string>& values);
  // Each row of the answer, NULL as an empty text.
  using UseRow = std::function<void(const std::vector<std::string_view>& row)>;
  Status each(const std::string& sql, const std::vector<std::string>& values, const UseRow& use);
  // The first value of the first row; empty for NULL and for no row.
  Status ask(const std::string& sql, const std::vector<std::string>& values, std::string& first);
  // Pieces of COPY's text format, as append_copy_row() writes it.
  Status copy_into(const std::string& target, std::span<const std::string_view> pieces);
  Status copy_into(const std::string& target, std::initializer_list<std::string_view> pieces) {
    return copy_into(target, std::span(pieces.begin(), pieces.size()));
  }
  void try_run(const std::string& sql);

  // "postgresql://host:5432/news", never with a user or a password.
  std::string where() const;

 private:
  std::string last_message() const;
  Status failure() const;

  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
  std::vector<std::string> secrets_;  // never to be printed
};

void append_copy_row(const Row& row, std::string& out);

}  // namespace factmill
