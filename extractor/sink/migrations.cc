#include "sink/migrations.h"

#include "sink/schema.h"

namespace factmill {
namespace {

// A step spells the tables as its version had them: one that changes a table of an earlier step must write out there
// what table_ddl() says today.

// Version 2: the manifest, copies of a document, near-duplicates, unclaimed numbers. Nothing had been written to
// `input_shard` and `unclaimed` before.
std::string to_version_2(Dialect dialect) {
  const std::string integer = dialect == Dialect::sqlite ? "INTEGER" : "BIGINT";
  return "ALTER TABLE document ADD COLUMN dup_of TEXT;\n"
         "ALTER TABLE document ADD COLUMN input_id " + integer + ";\n"
         "ALTER TABLE document ADD COLUMN input_pass " + integer + ";\n"
         "CREATE INDEX document_by_input_id ON document (input_id);\n"
         "ALTER TABLE reject ADD COLUMN input_id " + integer + ";\n"
         "ALTER TABLE reject ADD COLUMN input_pass " + integer + ";\n"
         "CREATE INDEX reject_by_input_id ON reject (input_id);\n"
         "DROP TABLE input_shard;\nDROP TABLE unclaimed;\n" +
         table_ddl("input_shard", dialect) + table_ddl("document_copy", dialect) + table_ddl("unclaimed", dialect);
}

// Version 3: signatures, from which a finished load marks near-duplicates.
std::string to_version_3(Dialect dialect) {
  return std::string("ALTER TABLE document ADD COLUMN signature ") +
         (dialect == Dialect::sqlite ? "INTEGER" : "BIGINT") + ";\n";
}

// Version 4: names and exchange rates.
std::string to_version_4(Dialect dialect) { return table_ddl("entity", dialect) + table_ddl("fx_rate", dialect); }

}  // namespace

std::string migration_sql(int64_t from, Dialect dialect) {
  std::string sql;
  const std::span<const SqlView> views = sql_views();
  for (auto view = views.rbegin(); view != views.rend(); ++view) {  // who stands on another goes first
    sql.append("DROP VIEW IF EXISTS ").append(view->name).append(";\n");
  }
  if (from < 2) sql += to_version_2(dialect);
  if (from < 3) sql += to_version_3(dialect);
  if (from < 4) sql += to_version_4(dialect);
  return sql + views_ddl(dialect) + version_mark(dialect);
}

}  // namespace factmill
