// The published contract, generated from the tables in fact_columns.h and sql_tables.h: what `factmill schema` prints
// and what the database sinks execute. Thread-safe.
#pragma once
#include <string>
#include <string_view>

#include "sink/sql_tables.h"

namespace factmill {

// JSON Schema 2020-12 of one record (one line of JSON Lines).
std::string json_schema();
// Scripts that make an empty database: tables, indexes, the schema's version, views. They fail where the tables exist.
std::string sqlite_ddl();
std::string postgresql_ddl();
// Their parts, for migrations.cc: one table with its indexes; all views.
std::string table_ddl(std::string_view table, Dialect dialect);
std::string views_ddl(Dialect dialect);
// What says that the database is of today's version.
std::string version_mark(Dialect dialect);

}  // namespace factmill
