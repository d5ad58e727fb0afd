// One contract for all four sinks: every case runs against each of them.
#include <doctest/doctest.h>

#include <functional>

#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

// A target of one kind, and what a reader finds there: only what a finished load wrote.
class Store {
 public:
  virtual ~Store() = default;
  virtual std::string name() const = 0;
  virtual std::string target() const = 0;
  virtual bool is_database() const { return false; }
  // fact_id, doc_id, title, value, first evidence, attributes.note; sorted.
  virtual Rows facts() = 0;
  // source path, stage, code; sorted.
  virtual Rows rejects() = 0;
  // Everything, with the load that each row belongs to.
  virtual Rows dump() = 0;
  // From now on a fact whose evidence is "boom" breaks the sink in the middle of its document.
  virtual void plant_failure() {}
};

constexpr char kFacts[] =
    "SELECT f.fact_id, f.doc_id, f.title, f.value, e.text, @note FROM finished_fact f "
    "JOIN evidence e ON e.fact_id = f.fact_id AND e.ordinal = 0 ORDER BY f.fact_id";
constexpr char kRejects[] = "SELECT source_path, stage, code FROM finished_reject ORDER BY 1, 2, 3";

Rows dump_of(Database& database) {
  Rows dump;
  for (const char* table : {"document", "fact", "evidence", "reject"}) {
    for (auto& row : database.query(std::string("SELECT * FROM ") + table + " ORDER BY 1, 2")) dump.push_back(row);
  }
  return dump;
}

class SqliteStore : public Store {
 public:
  std::string name() const override { return "sqlite"; }
  std::string target() const override { return directory_ / "facts.db"; }
  bool is_database() const override { return true; }
  Rows facts() override {
    std::string sql = kFacts;
    return database().query(sql.replace(sql.find("@note"), 5, "attributes ->> 'note'"));
  }
  Rows rejects() override { return database().query(kRejects); }
  Rows dump() override { return dump_of(database()); }
  void plant_failure() override {
    database().query(
        "CREATE TRIGGER planted BEFORE INSERT ON evidence WHEN new.text = 'boom' "
        "BEGIN SELECT raise(ABORT, 'planted failure'); END");
  }

 private:
  Database& database() {
    if (!database_) database_ = open_sqlite(target());
    return *database_;
  }
  ScratchDirectory directory_;
  std::unique_ptr<Database> database_;
};

class PostgresqlStore : public Store {
 public:
  explicit PostgresqlStore(std::unique_ptr<PostgresqlDatabase> database) : database_(std::move(database)) {}
  std::string name() const override { return "postgresql"; }
  std::string target() const override { return database_->url; }
  bool is_database() const override { return true; }
  Rows facts() override {
    std::string sql = kFacts;
    return database_->database->query(sql.replace(sql.find("@note"), 5, "attributes ->> 'note'"));
  }
  Rows rejects() override { return database_->database->query(kRejects); }
  Rows dump() override { return dump_of(*database_->database); }
  void plant_failure() override {
    database_->database->query("ALTER TABLE evidence ADD CONSTRAINT planted CHECK (text <> 'boom')");
  }

 private:
  std::unique_ptr<PostgresqlDatabase> database_;
};

class FileStore : public Store {
 public:
  Rows rejects() override {
    return lines("rejects.jsonl",
                 "SELECT line ->> '$.source.path', line ->> 'stage', line ->> 'code' FROM lines ORDER BY 1, 2, 3");
  }
  Rows dump() override { return {{read_file(target())}, {read_file(directory_ / "facts.rejects.jsonl")}}; }

 protected:
  // Lets SQLite's JSON functions look at each line of a file in the directory.
  Rows lines(const std::string& extension, const std::string& sql) {
    const std::unique_ptr<Database> database = open_sqlite(":memory:");
    database->query("CREATE TABLE lines (line TEXT)");
    const std::string bytes = read_file(directory_ / ("facts." + extension));
    for (size_t begin = 0, end = 0; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1) {
      std::string line = bytes.substr(begin, end - begin);
      for (size_t at = 0; (at = line.find('\'', at)) != std::string::npos; at += 2) line.insert(at, 1, '\'');
      database->query("INSERT INTO lines VALUES ('" + line + "')");
    }
    return database->query(sql);
  }
  ScratchDirectory directory_;
};

class JsonlStore : public FileStore {
 public:
  std::string name() const override { return "jsonl"; }
  std::string target() const override { return directory_ / "facts.jsonl"; }
  Rows facts() override {
    return lines("jsonl",
                 "SELECT line ->> 'fact_id', line ->> 'doc_id', line ->> 'title', line -> 'value', "
                 "line ->> '$.evidence[0].text', line ->> '$.attributes.note' FROM lines ORDER BY 1");
  }
};

class CsvStore : public FileStore {
 public:
  std::string name() const override { return "csv"; }
  std::string target() const override { return directory_ / "facts.csv"; }
  Rows facts() override {
    const Rows rows = read_csv(read_file(target()));
    Rows facts;
    for (size_t i = 1; i < rows.size(); ++i) {
      const auto cell = [&](const std::string& name) {
        for (size_t column = 0; column < rows[0].size(); ++column) {
          if (rows[0][column] == name) return rows[i][column].empty() ? "NULL" : rows[i][column];
        }
        return "no column " + name;
      };
      facts.push_back({cell("fact_id"), cell("doc_id"), cell("title"), cell("value"), cell("evidence_text"),
                       note_in(cell("attributes"))});
    }
    return facts;
  }

 private:
  static std::string note_in(std::string attributes) {
    if (attributes == "NULL") return attributes;
    for (size_t at = 0; (at = attributes.find('\'', at)) != std::string::npos; at += 2) attributes.insert(at, 1, '\'');
    return open_sqlite(":memory:")->query("SELECT '" + attributes + "' ->> 'note'")[0][0];
  }
};

void with_each_store(const std::function<void(Store&)>& test) {
  std::vector<std::unique_ptr<Store>> stores;
  stores.push_back(std::make_unique<JsonlStore>());
  stores.push_back(std::make_unique<CsvStore>());
  stores.push_back(std::make_unique<SqliteStore>());
  if (auto database = make_postgresql()) stores.push_back(std::make_unique<PostgresqlStore>(std::move(database)));
  for (const auto& store : stores) {
    INFO("sink: ", store->name());
    test(*store);
  }
}

void with_each_database(const std::function<void(Store&)>& test) {
  with_each_store([&](Store& store) {
    if (store.is_database()) test(store);
  });
}

Rows columns(const Rows& rows, std::vector<size_t> wanted) {
  Rows result;
  for (const auto& row : rows) {
    result.emplace_back();
    for (const size_t column : wanted) result.back().push_back(row[column]);
  }
  return result;
}

TEST_CASE("sink: a finished load can be read back") {
  with_each_store([](Store& store) {
    load(store.target(), {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')}), make_document('b', {}),
                          make_document('c', {make_fact('3', 'c')})});
    CHECK(store.facts() == Rows{{id_of('1'), id_of('a'), "NULL", "27307", "27,307", "NULL"},
                                {id_of('2'), id_of('a'), "NULL", "27307", "27,307", "NULL"},
                                {id_of('3'), id_of('c'), "NULL", "27307", "27,307", "NULL"}});
  });
}

TEST_CASE("sink: loading the same again changes nothing") {
  with_each_store([](Store& store) {
    const std::vector<DocumentFacts> documents = {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')}),
                                                  make_document('b', {make_fact('3', 'b')})};
    load(store.target(), documents);
    const Rows before = store.dump();
    CHECK(before.size() >= 2);
    load(store.target(), documents);
    CHECK(store.dump() == before);
  });
}

TEST_CASE("sink: a document whose facts shrank shrinks, the others stay") {
  with_each_store([](Store& store) {
    load(store.target(), {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')}),
                          make_document('b', {make_fact('3', 'b')})});
    load(store.target(), {make_document('a', {make_fact('2', 'a')}), make_document('b', {make_fact('3', 'b')})});
    CHECK(columns(store.facts(), {0}) == Rows{{id_of('2')}, {id_of('3')}});
    load(store.target(), {make_document('a', {}), make_document('b', {make_fact('3', 'b')})});
    CHECK(columns(store.facts(), {0}) == Rows{{id_of('3')}});
  });
}

TEST_CASE("sink: a changed fact is replaced with its evidence") {
  with_each_store([](Store& store) {
    Fact fact = make_fact('1', 'a');
    fact.evidence.push_back({50, 55, "27307"});
    load(store.target(), {make_document('a', {fact})});
    fact.value = Decimal(28000);
    fact.evidence = {{70, 76, "28,000"}};
    load(store.target(), {make_document('a', {fact, make_fact('2', 'a')})});
    CHECK(columns(store.facts(), {0, 3, 4}) == Rows{{id_of('1'), "28000", "28,000"}, {id_of('2'), "27307", "27,307"}});
  });
}

TEST_CASE("sink: without finish nothing is visible, and the next load brings it") {
  with_each_store([](Store& store) {
    const DocumentFacts document = make_document('a', {make_fact('1', 'a')});
    {
      const auto sink = must_open(store.target());
      REQUIRE(sink->write(document));
      REQUIRE(sink->reject(make_reject("b.html", "unreadable")));
      REQUIRE(sink->flush());
      CHECK(store.is_database() == (store.dump()[0][0] == id_of('a')));  // durable, but not shown
    }
    if (store.is_database()) {
      CHECK(store.facts().empty());
      CHECK(store.rejects().empty());
    } else {
      CHECK(read_file(store.target()).empty());
    }
    const auto sink = must_open(store.target());
    REQUIRE(sink->write(document));
    REQUIRE(sink->reject(make_reject("b.html", "unreadable")));
    REQUIRE(sink->finish());
    CHECK(columns(store.facts(), {0}) == Rows{{id_of('1')}});
    CHECK(store.rejects() == Rows{{"b.html", "archive", "unreadable"}});
  });
}

TEST_CASE("sink: a failure in the middle of a document leaves none of it, says so, and ends the sink") {
  with_each_database([](Store& store) {
    load(store.target(), {make_document('a', {make_fact('1', 'a')})});
    const Rows before = store.dump();
    store.plant_failure();
    Fact broken = make_fact('3', 'b');
    broken.evidence[0].text = "boom";
    const auto sink = must_open(store.target());
    Status status = sink->write(make_document('b', {make_fact('2', 'b'), broken, make_fact('4', 'b')}));
    if (status) status = sink->flush();
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("planted") != std::string::npos);
    CHECK(store.dump() == before);
    for (const Status& later : {sink->write(make_document('c', {})), sink->reject({}), sink->flush(), sink->finish()}) {
      REQUIRE_FALSE(later);
      CHECK(later.error().message == status.error().message);
    }
    CHECK(store.dump() == before);
  });
}

TEST_CASE("sink: rejects are kept once each") {
  with_each_store([](Store& store) {
    const auto sink = must_open(store.target());
    REQUIRE(sink->reject(make_reject("b.html", "unreadable")));
    Reject second = make_reject("news.tar", "too-long");
    second.source.member = "a.html";
    second.source.offset = 512;
    second.message = "line 1\n\"quoted\"\t\\";
    second.snippet = std::string("\xFF\0x", 3);
    REQUIRE(sink->reject(second));
    REQUIRE(sink->finish());
    CHECK(store.rejects() == Rows{{"b.html", "archive", "unreadable"}, {"news.tar", "archive", "too-long"}});
    CHECK(store.facts().empty());
  });
}

TEST_CASE("sink: rejects of an earlier run do not stand beside the facts of this one") {
  ScratchDirectory directory;
  {
    const auto sink = must_open(directory / "facts.csv");
    REQUIRE(sink->reject(make_reject("b.html", "unreadable")));
    REQUIRE(sink->finish());
  }
  CHECK(directory.names() == std::vector<std::string>{"facts.csv", "facts.rejects.jsonl"});
  load(directory / "facts.csv", {});
  CHECK(read_file(directory / "facts.rejects.jsonl").empty());
}

TEST_CASE("sink: hostile text comes back as it was") {
  const std::string rows[] = {
      "'; DROP TABLE fact; --",
      "=HYPERLINK(\"http://x\",\"click\")",
      "a\tb\nc\rd\r\ne",
      "back\\slash \\N \\. \\\\",
      "\"double\" and 'single', comma",
      "\xF0\x9F\x9A\x97 \xE8\x94\x9A\xE6\x9D\xA5 \xC2\xA5",  // a car, NIO in Chinese, a yen sign
      "\\.",
      " leading and trailing ",
      "NULL \x01\x1F\x7F end",
  };
  with_each_store([&](Store& store) {
    std::vector<Fact> facts;
    Rows expected;
    for (const std::string& text : rows) {
      Fact fact = make_fact(static_cast<char>('0' + facts.size()), 'a');
      fact.title = text;
      fact.evidence[0].text = text;
      fact.attributes = {{"note", text}};
      facts.push_back(fact);
      expected.push_back({fact.fact_id, id_of('a'), text, "27307", text, text});
    }
    load(store.target(), {make_document('a', facts)});
    CHECK(store.facts() == expected);
  });
}

TEST_CASE("sink: NUL and invalid UTF-8 do not stop a load") {
  with_each_store([](Store& store) {
    Fact fact = make_fact('1', 'a');
    fact.title = "a\xFF" "b\xC3";
    fact.attributes = {{"note", std::string("x\0y", 3)}};
    fact.evidence[0].text = "\xED\xA0\x80";  // a surrogate
    load(store.target(), {make_document('a', {fact})});
    const std::string r = "\xEF\xBF\xBD";
    CHECK(columns(store.facts(), {2, 4, 5}) == Rows{{"a" + r + "b" + r, r + r + r, "x" + r + "y"}});
  });
}

TEST_CASE("sink: decimals are exact to 38 digits") {
  const std::string rows[] = {
      "12345678901234567890123456789012345678", "-0.0000000000000000000000000000000000001", "0.1", "0", "6400000000",
      "99999999999999999.999999999999999999999",
  };
  with_each_store([&](Store& store) {
    std::vector<Fact> facts;
    Rows expected;
    for (const std::string& digits : rows) {
      Fact fact = make_fact(static_cast<char>('0' + facts.size()), 'a');
      fact.value = Decimal::parse(digits);
      facts.push_back(fact);
      expected.push_back({digits});
    }
    load(store.target(), {make_document('a', facts)});
    CHECK(columns(store.facts(), {3}) == expected);
  });
}

TEST_CASE("sink: a fact that breaks the contract makes its document a reject, and the load goes on") {
  struct Case {
    void (*spoil)(Fact&);
    const char* message;
  };
  const Case cases[] = {
      {[](Fact& fact) { fact.rule.clear(); }, "fact \"11111111111111111111111111111111\": rule is missing"},
      {[](Fact& fact) { fact.evidence.clear(); }, "fact \"11111111111111111111111111111111\": evidence is missing"},
      {[](Fact& fact) { fact.period_end = "2023-02-29"; },
       "fact \"11111111111111111111111111111111\": period_end is no day (got \"2023-02-29\"; expected YYYY-MM-DD)"},
  };
  for (const Case& row : cases) {
    with_each_database([&](Store& store) {
      Fact bad = make_fact('1', 'a');
      row.spoil(bad);
      load(store.target(), {make_document('a', {bad, make_fact('2', 'a')}), make_document('b', {make_fact('3', 'b')})});
      CHECK(columns(store.facts(), {0}) == Rows{{id_of('3')}});
      CHECK(store.rejects() == Rows{{"news/a.html", "sink", "invalid-fact"}});
      const Rows dump = store.dump();
      CHECK(dump.back()[9] == row.message);
    });
  }
}

TEST_CASE("sink: a document written twice in one load counts as it was written last") {
  with_each_database([](Store& store) {
    load(store.target(), {make_document('a', {make_fact('1', 'a'), make_fact('2', 'a')}),
                          make_document('a', {make_fact('2', 'a'), make_fact('2', 'a')})});
    CHECK(columns(store.facts(), {0}) == Rows{{id_of('2')}});
  });
}

TEST_CASE("sink: two loads at the same time both arrive") {
  with_each_database([](Store& store) {
    const auto first = must_open(store.target());
    const auto second = must_open(store.target());
    REQUIRE(first->write(make_document('a', {make_fact('1', 'a')})));
    REQUIRE(first->flush());
    REQUIRE(second->write(make_document('a', {make_fact('1', 'a')})));
    REQUIRE(second->write(make_document('b', {make_fact('2', 'b')})));
    REQUIRE(second->flush());
    REQUIRE(first->finish());
    REQUIRE(second->finish());
    CHECK(columns(store.facts(), {0}) == Rows{{id_of('1')}, {id_of('2')}});
  });
}

TEST_CASE("sink: what cannot be opened is an error with the target in it") {
  ScratchDirectory directory;
  const std::string rows[][2] = {
      {directory / "facts.xml", "unknown kind of output"},
      {directory / "no/such/facts.jsonl", "cannot create the file: No such file or directory"},
      {directory / "no/such/facts.db", "unable to open database file"},
  };
  for (const auto& [target, message] : rows) {
    const auto sink = open_sink(target, {});
    REQUIRE_FALSE(sink);
    CHECK(sink.error().message.rfind(target + ": error: ", 0) == 0);
    CHECK(sink.error().message.find(message) != std::string::npos);
  }
}

TEST_CASE("sink: the kind can be said where the name does not tell") {
  ScratchDirectory directory;
  const auto sink = open_sink(directory / "facts", {}, SinkKind::csv);
  REQUIRE(sink);
  REQUIRE((*sink)->finish());
  CHECK(read_file(directory / "facts").rfind("fact_id,doc_id,source_path,", 0) == 0);
}

}  // namespace
}  // namespace factmill::testing
