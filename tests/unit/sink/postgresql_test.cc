#include <doctest/doctest.h>

#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

TEST_CASE("postgresql: a repeated load touches no row, and facts keep their first load") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  const std::vector<DocumentFacts> documents = {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')})};
  load(postgresql->url, documents);
  // A row version's place and transaction change with every update.
  const std::string versions = "SELECT fact_id, ctid, xmin, load_id FROM fact UNION ALL "
                               "SELECT doc_id, ctid, xmin, load_id FROM document UNION ALL "
                               "SELECT fact_id || 'e', ctid, xmin, 0 FROM evidence ORDER BY 1";
  const Rows before = postgresql->database->query(versions);
  CHECK(before.size() == 5);
  load(postgresql->url, documents);
  CHECK(postgresql->database->query(versions) == before);
  CHECK(postgresql->database->query("SELECT documents, facts, rejects, status, version, pack, pack_hash FROM load") ==
        Rows{{"1", "2", "0", "finished", "0.1.0", "ev@0.1.0", "00ff"},
             {"1", "2", "0", "finished", "0.1.0", "ev@0.1.0", "00ff"}});

  Fact changed = make_fact('2', 'a');
  changed.value = Decimal(5);
  load(postgresql->url, {make_document('a', {make_fact('1', 'a'), changed})});
  CHECK(postgresql->database->query("SELECT substr(fact_id, 1, 1), load_id FROM fact ORDER BY 1") ==
        Rows{{"1", "1"}, {"2", "3"}});
}

TEST_CASE("postgresql: a lost connection is an error that says so, and leaves whole documents") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  const auto sink = must_open(postgresql->url);
  REQUIRE(sink->write(make_document('a', {make_fact('1', 'a')})));
  REQUIRE(sink->flush());
  REQUIRE(sink->write(make_document('b', {make_fact('2', 'b')})));
  postgresql->database->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                              "WHERE application_name = 'factmill' AND datname = current_database()");
  const Status status = sink->flush();
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find(": error: the connection is lost: ") != std::string::npos);
  CHECK(sink->finish().error().message == status.error().message);
  CHECK(postgresql->database->query("SELECT substr(doc_id, 1, 1) FROM document") == Rows{{"a"}});
  CHECK(postgresql->database->query("SELECT count(*) FROM finished_fact") == Rows{{"0"}});
}

TEST_CASE("postgresql: no message shows a password") {
  const std::string rows[] = {
      "postgresql://user:s3cret@127.0.0.1:1/news",
      "postgresql://user:s3cret@s3cret.invalid/news",
      "postgresql://127.0.0.1:1/news?user=u&password=s3cret",
      "postgresql://user:s3cret/x@127.0.0.1/news",
      "postgresql://user:x@s3cret@127.0.0.1/news",
      "postgresql://user:s3cret@127.0.0.1/news?no_such_option=s3cret",
      "postgresql://user:s3cret@127.0.0.1/news?sslmode=s3cret",
      "postgresql://user:s3cret@127.0.0.1:s3cret/news",
      "postgresql://user:%zzs3cret@127.0.0.1/news",
  };
  for (const std::string& url : rows) {
    CAPTURE(url);
    const auto sink = open_sink(url, {});
    REQUIRE_FALSE(sink);
    CHECK(sink.error().message.rfind("postgresql: error: ", 0) == 0);
    CHECK(sink.error().message.find("s3cret") == std::string::npos);
    CHECK(sink.error().message.find('\n') == std::string::npos);
  }
}

TEST_CASE("postgresql: a schema of another version is refused") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  load(postgresql->url, {});
  postgresql->database->query("UPDATE schema_version SET version = 7");
  const auto sink = open_sink(postgresql->url, {});
  REQUIRE_FALSE(sink);
  CHECK(sink.error().message.find("its schema is of another version (got 7; expected 4)") != std::string::npos);
}

TEST_CASE("postgresql: more bytes than one batch arrive") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  const auto sink = must_open(postgresql->url);
  for (int i = 0; i < 100; ++i) {
    DocumentFacts document = make_document('a', {make_fact('1', 'a')});
    document.doc_id = document.facts[0].doc_id = "doc " + std::to_string(i);
    document.facts[0].fact_id = "fact " + std::to_string(i);
    document.facts[0].title = std::string(200'000, '\\');
    REQUIRE(sink->write(document));
  }
  REQUIRE(sink->finish());
  CHECK(postgresql->database->query("SELECT count(*), min(length(title)) FROM finished_fact") ==
        Rows{{"100", "200000"}});
}

}  // namespace
}  // namespace factmill::testing
