#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>

#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

TEST_CASE("sqlite: a repeated load touches no row, and facts keep their first load") {
  ScratchDirectory directory;
  const std::string target = directory / "facts.db";
  const std::vector<DocumentFacts> documents = {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')})};
  load(target, documents);
  const auto database = open_sqlite(target);
  database->query("CREATE TABLE touched (what TEXT)");
  for (const std::string table : {"document", "fact", "evidence"}) {
    for (const std::string event : {"INSERT", "UPDATE", "DELETE"}) {
      database->query("CREATE TRIGGER " + table + event + " AFTER " + event + " ON " + table +
                      " BEGIN INSERT INTO touched VALUES ('" + event + " " + table + "'); END");
    }
  }
  load(target, documents);
  CHECK(database->query("SELECT * FROM touched").empty());
  CHECK(database->query("SELECT load_id, documents, facts, rejects, status, version, pack, pack_hash FROM load") ==
        Rows{{"1", "1", "2", "0", "finished", "0.1.0", "ev@0.1.0", "00ff"},
             {"2", "1", "2", "0", "finished", "0.1.0", "ev@0.1.0", "00ff"}});

  Fact changed = make_fact('2', 'a');
  changed.value = Decimal(5);
  load(target, {make_document('a', {make_fact('1', 'a'), changed})});
  CHECK(database->query("SELECT * FROM touched") ==
        Rows{{"UPDATE document"}, {"UPDATE fact"}, {"DELETE evidence"}, {"INSERT evidence"}});
  CHECK(database->query("SELECT substr(fact_id, 1, 1), load_id FROM fact ORDER BY 1") == Rows{{"1", "1"}, {"2", "3"}});
}

TEST_CASE("sqlite: a disk without room fails the load, not the database") {
  ScratchDirectory directory;
  const std::string target = directory / "facts.db";
  load(target, {make_document('a', {make_fact('1', 'a')})});
  struct rlimit before {};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small {400'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  Status status;
  {
    const auto sink = must_open(target);
    Fact large = make_fact('2', 'b');
    large.title = std::string(1'000'000, 'x');
    status = sink->write(make_document('b', {large}));
    if (status) status = sink->flush();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.rfind(target + ": error: disk I/O error", 0) == 0);
  const auto database = open_sqlite(target);
  CHECK(database->query("PRAGMA integrity_check") == Rows{{"ok"}});
  CHECK(database->query("SELECT substr(doc_id, 1, 1) FROM document") == Rows{{"a"}});
  CHECK(database->query("SELECT status FROM load") == Rows{{"finished"}, {"running"}});
}

TEST_CASE("sqlite: what is not ours is refused and left alone") {
  ScratchDirectory directory;
  const std::string text = directory / "text.db", other = directory / "other.db", old = directory / "old.db";
  write_file(text, "This is no database, though it is longer than a header of one hundred bytes has to be for SQLite "
                   "to look at it.\n");
  open_sqlite(other)->query("CREATE TABLE fact (x)");
  load(old, {});
  open_sqlite(old)->query("PRAGMA user_version = 7");
  const std::string rows[][2] = {
      {text, ": error: file is not a database"},
      {other, ": error: the database belongs to another program; load into a new file"},
      {old, ": error: its schema is of another version (got 7; expected 4); load into a new database"},
  };
  for (const auto& [path, message] : rows) {
    const std::string before = read_file(path);
    const auto sink = open_sink(path, {});
    REQUIRE_FALSE(sink);
    CHECK(sink.error().message == path + message);
    CHECK(read_file(path) == before);
  }
}

TEST_CASE("sqlite: one file is left after a load") {
  ScratchDirectory directory;
  load(directory / "facts.db", {make_document('a', {make_fact('1', 'a')})});
  CHECK(directory.names() == std::vector<std::string>{"facts.db"});
}

TEST_CASE("sqlite: more rows than one batch arrive") {
  ScratchDirectory directory;
  const auto sink = must_open(directory / "facts.db");
  for (int i = 0; i < 15'000; ++i) {
    DocumentFacts document = make_document('a', {make_fact('1', 'a')});
    document.doc_id = document.facts[0].doc_id = "doc " + std::to_string(i);
    document.facts[0].fact_id = "fact " + std::to_string(i);
    REQUIRE(sink->write(document));
  }
  REQUIRE(sink->finish());
  CHECK(open_sqlite(directory / "facts.db")->query("SELECT count(*), count(DISTINCT doc_id) FROM finished_fact") ==
        Rows{{"15000", "15000"}});
}

}  // namespace
}  // namespace factmill::testing
