#include "sink/postgresql_connection.h"

#include <libpq-fe.h>

#include <algorithm>

#include "sink/clean_text.h"

namespace factmill {
namespace {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

// ---- the connection string and its secrets ----

// libpq's own message would quote what it could not read, and it reads a password with a bare '/' or '@' as a port, a
// host or a database: such a string is refused without being shown. A host may begin with '@', an abstract socket.
bool is_misread_password(const PQconninfoOption& option) {
  const std::string_view keyword = option.keyword;
  if (keyword != "host" && keyword != "port" && keyword != "dbname") return false;
  return std::string_view(option.val ? option.val : "").find('@', keyword == "host" ? 1 : 0) != std::string_view::npos;
}

Result<std::vector<std::string>> secrets_of(const std::string& url) {
  const Error unreadable{
      "postgresql: error: the connection string cannot be read; write special characters of user and password as %XX"};
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(url.c_str(), nullptr));
  if (!options) return unreadable;
  std::vector<std::string> secrets;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (is_misread_password(*option)) return unreadable;
    const bool is_secret = std::string_view(option->dispchar) == "*" && option->val && *option->val;
    if (is_secret) secrets.emplace_back(option->val);
  }
  return secrets;
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

}  // namespace

void append_copy_row(const Row& row, std::string& out) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += '\t';
    append_cell(row[i], out);
  }
  out += '\n';
}

void PostgresqlConnection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Status PostgresqlConnection::open(const std::string& url) {
  Result<std::vector<std::string>> secrets = secrets_of(url);
  if (!secrets) return secrets.error();
  secrets_ = *std::move(secrets);
  // A server that has gone without a word is noticed within a minute, unless the string itself says otherwise.
  const char* const keywords[] = {"keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "dbname",
                                  "fallback_application_name", "client_encoding", nullptr};
  const char* const values[] = {"30", "10", "3", "60000", url.c_str(), "factmill", "UTF8", nullptr};
  connection_.reset(PQconnectdbParams(keywords, values, /*expand_dbname=*/1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    return Error{"postgresql: error: cannot connect: " + last_message()};
  }
  return run("SET client_min_messages = warning; SET datestyle = 'ISO, YMD'");
}

std::string PostgresqlConnection::where() const {
  const auto text = [](const char* word) { return std::string(word ? word : ""); };
  const PGconn* connection = connection_.get();
  return "postgresql://" + text(PQhost(connection)) + ":" + text(PQport(connection)) + "/" + text(PQdb(connection));
}

std::string PostgresqlConnection::last_message() const {
  std::string message = PQerrorMessage(connection_.get());
  for (const std::string& secret : secrets_) {
    for (size_t at = message.find(secret); at != std::string::npos; at = message.find(secret, at + 3)) {
      message.replace(at, secret.size(), "***");
    }
  }
  while (!message.empty() && message.back() == '\n') message.pop_back();
  std::replace(message.begin(), message.end(), '\n', ' ');
  return message;
}

Status PostgresqlConnection::failure() const {
  const bool is_lost = PQstatus(connection_.get()) != CONNECTION_OK;
  return Error{where() + ": error: " + (is_lost ? "the connection is lost: " : "") + last_message()};
}

void PostgresqlConnection::try_run(const std::string& sql) {
  const Answer answer(PQexec(connection_.get(), sql.c_str()));
}

Status PostgresqlConnection::run(const std::string& sql) {
  const Answer answer(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType code = PQresultStatus(answer.get());
  return code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK ? Status{} : failure();
}

Status PostgresqlConnection::run(const std::string& sql, const std::vector<std::string>& values) {
  return each(sql, values, [](const std::vector<std::string_view>&) {});
}

Status PostgresqlConnection::each(const std::string& sql, const std::vector<std::string>& values, const UseRow& use) {
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  const Answer answer(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(texts.size()), nullptr,
                                   texts.data(), nullptr, nullptr, /*resultFormat=*/0));
  const ExecStatusType code = PQresultStatus(answer.get());
  if (code != PGRES_TUPLES_OK && code != PGRES_COMMAND_OK) return failure();
  std::vector<std::string_view> cells(static_cast<size_t>(PQnfields(answer.get())));
  for (int row = 0; row < PQntuples(answer.get()); ++row) {
    for (size_t i = 0; i < cells.size(); ++i) {
      const int column = static_cast<int>(i);
      cells[i] = {PQgetvalue(answer.get(), row, column), static_cast<size_t>(PQgetlength(answer.get(), row, column))};
    }
    use(cells);
  }
  return {};
}

Status PostgresqlConnection::ask(const std::string& sql, const std::vector<std::string>& values, std::string& first) {
  first.clear();
  bool is_first = true;
  return each(sql, values, [&](const std::vector<std::string_view>& row) {
    if (is_first) first = row[0];
    is_first = false;
  });
}

Status PostgresqlConnection::copy_into(const std::string& target, std::span<const std::string_view> pieces) {
  constexpr size_t kMessageBytes = size_t{1} << 20;
  const Answer answer(PQexec(connection_.get(), ("COPY " + target + " FROM STDIN").c_str()));
  if (PQresultStatus(answer.get()) != PGRES_COPY_IN) return failure();
  bool is_sent = true;
  for (std::string_view rows : pieces) {
    for (; is_sent && !rows.empty(); rows.remove_prefix(std::min(rows.size(), kMessageBytes))) {
      const std::string_view message = rows.substr(0, kMessageBytes);
      is_sent = PQputCopyData(connection_.get(), message.data(), static_cast<int>(message.size())) == 1;
    }
  }
  is_sent = is_sent && PQputCopyEnd(connection_.get(), nullptr) == 1;
  Status status = is_sent ? Status{} : failure();
  while (const Answer end{PQgetResult(connection_.get())}) {
    if (status && PQresultStatus(end.get()) != PGRES_COMMAND_OK) status = failure();
  }
  return status;
}

}  // namespace factmill
