// Databases of earlier schema versions, as they were printed then, come up to today's with their rows.
#include <doctest/doctest.h>

#include "sink/migrations.h"
#include "sink/schema.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

// A finished load of one document with one fact, in the columns of version 1.
constexpr const char* kRows =
    "INSERT INTO load (version, pack, pack_hash, started, finished, status, documents, facts, rejects) VALUES "
    "('0.1.0', 'ev@0.1.0', '00ff', '2024-08-21T00:00:00Z', '2024-08-21T00:00:01Z', 'finished', 1, 1, 1);"
    "INSERT INTO document (doc_id, source_path, bytes, facts, row_hash, load_id) VALUES ('dd', 'a.txt', 9, 1, 5, 1);"
    "INSERT INTO fact (fact_id, doc_id, source_path, metric, measure, qualifier, modality, value, sentence_start, "
    "sentence_end, rule, pack, row_hash, load_id) VALUES ('ff', 'dd', 'a.txt', 'deliveries', 'level', 'exact', "
    "'actual', @value, 0, 9, 'r', 'ev@0.1.0', 6, 1);"
    "INSERT INTO evidence VALUES ('ff', 0, 1, 2, '5');"
    "INSERT INTO reject (reject_id, source_path, byte_offset, stage, code, load_id) "
    "VALUES ('rr', 'b.txt', 0, 'archive', 'empty', 1)";

void make_old(Database& database, const std::string& dialect, const std::string& value) {
  database.query(read_file(std::string(FACTMILL_SOURCE_DIR "/tests/schema/version1.") + dialect + ".sql"));
  std::string rows = kRows;
  database.query(rows.replace(rows.find("@value"), 6, value));
}

// Tables, their columns and indexes, whatever their order.
const char* const kSqliteSchema =
    "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c "
    "WHERE m.type IN ('table', 'view') UNION ALL SELECT name, tbl_name, '', 0, 0 FROM sqlite_master WHERE type = 'index' "
    "ORDER BY 1, 2";
const char* const kPostgresqlSchema =
    "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
    "WHERE table_schema = 'public' UNION ALL SELECT tablename, indexname, '', '' FROM pg_indexes "
    "WHERE schemaname = 'public' ORDER BY 1, 2";

TEST_CASE("migration: SQLite's version 1 becomes today's, with its rows") {
  ScratchDirectory directory;
  make_old(*open_sqlite(directory / "facts.db"), "sqlite", "'5'");
  load(directory / "facts.db", {make_document('a', {make_fact('1', 'a')})});
  const auto migrated = open_sqlite(directory / "facts.db"), fresh = open_sqlite(":memory:");
  fresh->query(sqlite_ddl());
  CHECK(migrated->query(kSqliteSchema) == fresh->query(kSqliteSchema));
  CHECK(migrated->query("PRAGMA user_version") == Rows{{std::to_string(kSchemaVersion)}});
  CHECK(migrated->query("SELECT fact_id, value FROM finished_fact WHERE doc_id = 'dd'") == Rows{{"ff", "5"}});
  CHECK(migrated->query("SELECT count(*) FROM finished_fact") == Rows{{"2"}});
  CHECK(migrated->query("SELECT code FROM finished_reject") == Rows{{"empty"}});
}

TEST_CASE("migration: PostgreSQL's version 1 becomes today's, with its rows") {
  const auto postgresql = make_postgresql(), other = make_postgresql();
  if (!postgresql) return;
  make_old(*postgresql->database, "postgresql", "5");
  load(postgresql->url, {make_document('a', {make_fact('1', 'a')})});
  other->database->query(postgresql_ddl());
  CHECK(postgresql->database->query(kPostgresqlSchema) == other->database->query(kPostgresqlSchema));
  CHECK(postgresql->database->query("SELECT max(version) FROM schema_version") ==
        Rows{{std::to_string(kSchemaVersion)}});
  CHECK(postgresql->database->query("SELECT fact_id, value FROM finished_fact WHERE doc_id = 'dd'") ==
        Rows{{"ff", "5"}});
  CHECK(postgresql->database->query("SELECT count(*) FROM finished_fact") == Rows{{"2"}});
}

TEST_CASE("migration: a view of the user's that stands in the way leaves everything as it was") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  make_old(*postgresql->database, "postgresql", "5");
  postgresql->database->query("CREATE VIEW mine AS SELECT fact_id FROM finished_fact");
  const auto sink = open_sink(postgresql->url, {});
  REQUIRE_FALSE(sink);
  CHECK(sink.error().message.find("mine") != std::string::npos);
  CHECK(postgresql->database->query("SELECT max(version) FROM schema_version") == Rows{{"1"}});
  CHECK(postgresql->database->query("SELECT count(*) FROM finished_fact") == Rows{{"1"}});
}

TEST_CASE("migration: what is newer or no version of ours is none") {
  CHECK(can_migrate(1));
  CHECK_FALSE(can_migrate(0));
  CHECK_FALSE(can_migrate(kSchemaVersion));
  CHECK_FALSE(can_migrate(kSchemaVersion + 1));
}

}  // namespace
}  // namespace factmill::testing
