// How an older database becomes one of today: the steps between the versions of the schema.
//
//   if (can_migrate(found)) run(migration_sql(found, Dialect::sqlite));   // within one transaction
//
// Rows are kept; only what a table did not know yet is absent in them. Our views are made anew; a view of the user's own
// that stands on one of them is an error of the database, and nothing is changed. Thread-safe.
#pragma once
#include <cstdint>
#include <string>

#include "sink/sql_tables.h"

namespace factmill {

// Whether a database of this version can be brought up to kSchemaVersion.
inline bool can_migrate(int64_t from) { return from >= 1 && from < kSchemaVersion; }
std::string migration_sql(int64_t from, Dialect dialect);

}  // namespace factmill
