#include "sink/sqlite_database.h"

#include <sqlite3.h>

#include "sink/clean_text.h"

namespace factmill {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

}  // namespace

// ---- statements ----

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

int SqliteStatement::prepare(sqlite3* database, const std::string& sql) {
  return sqlite3_prepare_v3(database, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                            &statement_, nullptr);
}

int SqliteStatement::start(const Row& values) {
  sqlite3_reset(statement_);
  for (size_t i = 0; i < values.size(); ++i) {
    if (const int code = bind(static_cast<int>(i) + 1, values[i]); code != SQLITE_OK) return code;
  }
  return sqlite3_step(statement_);
}

int SqliteStatement::next() { return sqlite3_step(statement_); }
void SqliteStatement::reset() { sqlite3_reset(statement_); }
int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
bool SqliteStatement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes ? std::string(bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
}

int SqliteStatement::bind(int index, const Cell& cell) {
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

int SqliteStatement::bind_text(int index, std::string_view text) {
  const std::string_view clean = clean_text(text, scratch_);
  if (clean.data() != text.data()) return copy_text(index, clean);
  // The row outlives the step, so SQLite need not copy it.
  return sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int SqliteStatement::copy_text(int index, std::string_view text) {
  return sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// ---- the connection ----

void SqliteDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Status SqliteDatabase::open(const std::string& path, bool may_create) {
  path_ = path;
  sqlite3* handle = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | (may_create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  database_.reset(handle);
  if (code != SQLITE_OK) return Error{path + ": error: " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code))};
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return {};
}

Status SqliteDatabase::prepare(SqliteStatement& statement, const std::string& sql) {
  return statement.prepare(database_.get(), sql) == SQLITE_OK ? Status{} : failure();
}

bool SqliteDatabase::try_run(const std::string& sql) {
  return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

Status SqliteDatabase::run(const std::string& sql) { return try_run(sql) ? Status{} : failure(); }

Status SqliteDatabase::step(SqliteStatement& statement, const Row& values) {
  if (statement.start(values) != SQLITE_DONE) return failure();
  statement.reset();
  return {};
}

Status SqliteDatabase::first(SqliteStatement& statement, const Row& values, bool& is_there) {
  const int code = statement.start(values);
  is_there = code == SQLITE_ROW;
  return is_there || code == SQLITE_DONE ? Status{} : failure();
}

Status SqliteDatabase::following(SqliteStatement& statement, bool& is_there) {
  const int code = statement.next();
  is_there = code == SQLITE_ROW;
  return is_there || code == SQLITE_DONE ? Status{} : failure();
}

Status SqliteDatabase::ask(const std::string& sql, int64_t& answer) {
  SqliteStatement statement;
  if (Status status = prepare(statement, sql); !status) return status;
  bool is_there = false;
  if (Status status = first(statement, {}, is_there); !status) return status;
  answer = is_there ? statement.integer(0) : 0;
  return {};
}

int64_t SqliteDatabase::changes() const { return sqlite3_changes64(database_.get()); }
int64_t SqliteDatabase::last_row_id() const { return sqlite3_last_insert_rowid(database_.get()); }

Status SqliteDatabase::failure() const {
  return Error{path_ + ": error: " + sqlite3_errmsg(database_.get())};
}

std::string sqlite_values_of(const SqlTable& table) {
  std::string values = "VALUES (";
  for (size_t i = 1; i <= table.columns.size(); ++i) values.append(i > 1 ? ", ?" : "?").append(std::to_string(i));
  return values + ")";
}

}  // namespace factmill
