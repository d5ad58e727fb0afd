// The manifest: what is known of an input, going on where a load was broken off, and what goes when an input changes.
#include "sink/manifest.h"

#include <doctest/doctest.h>

#include <functional>

#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

KnownRange range(uint64_t begin, uint64_t end, bool is_done, uint64_t records = 1) {
  return {begin, end, {is_done, records, records, 0, 0}, 1, true};
}

InputPart part_of(uint64_t begin, uint64_t end) { return {"a.jsonl", 100, begin, end, "hash"}; }

TEST_CASE("manifest: a part is done where done ranges cover it, and goes on where its own stands") {
  std::vector<KnownRange> used;
  const auto judged = [&](uint64_t begin, uint64_t end, const std::vector<KnownRange>& known) {
    const InputState state = state_of(part_of(begin, end), known, used);
    return (state.is_done ? "done " : "from ") + std::to_string(state.records);
  };
  CHECK(judged(0, 100, {}) == "from 0");
  CHECK(judged(0, 100, {range(0, 100, true, 7)}) == "done 7");
  CHECK(judged(0, 100, {range(0, 100, false, 7)}) == "from 7");
  CHECK(judged(20, 40, {range(0, 100, true, 7)}) == "done 7");
  CHECK(judged(0, 100, {range(0, 50, true, 3), range(50, 100, true, 4)}) == "done 7");
  CHECK(judged(0, 100, {range(0, 50, true, 3), range(51, 100, true, 4)}) == "from 0");  // a byte is missing
  CHECK(judged(0, 100, {range(0, 50, true, 3), range(50, 100, false, 4)}) == "from 0");
  CHECK(judged(50, 100, {range(0, 50, true, 3), range(50, 100, false, 4)}) == "from 4");
  CHECK(judged(0, 60, {range(0, 50, false, 3)}) == "from 0");  // cut elsewhere
  CHECK(covers_all(100, {range(0, 60, true), range(40, 100, true)}));
  CHECK_FALSE(covers_all(100, {range(0, 60, true), range(40, 99, true)}));
  CHECK(covers_all(0, {range(0, 0, true)}));  // an empty file
}

// ---- the sinks that keep one ----

class Target {
 public:
  virtual ~Target() = default;
  virtual std::string name() const = 0;
  virtual std::string path() const = 0;
  // What was loaded, without the load's own number; and fact ids that a reader sees.
  virtual Rows dump() = 0;
  virtual Database* database() { return nullptr; }
};

Rows dump_of(Database& database) {
  Rows dump;
  for (const char* sql :
       {"SELECT doc_id, source_path, source_offset, facts, input_id, input_pass FROM document ORDER BY 1",
        "SELECT doc_id, source_path, source_offset FROM document_copy ORDER BY 1, 2, 3",
        "SELECT fact_id, doc_id, source_path, value FROM finished_fact ORDER BY 1",
        "SELECT fact_id, text FROM evidence ORDER BY 1", "SELECT source_path, code FROM finished_reject ORDER BY 1, 2",
        "SELECT doc_id, text FROM unclaimed ORDER BY 1, 2",
        "SELECT input_path, byte_begin, byte_end, status, records, documents, facts, rejects FROM input_shard "
        "ORDER BY 1, 2"}) {
    for (auto& row : database.query(sql)) dump.push_back(row);
  }
  return dump;
}

class SqliteTarget : public Target {
 public:
  std::string name() const override { return "sqlite"; }
  std::string path() const override { return directory_ / "facts.db"; }
  Database* database() override {
    if (!database_) database_ = open_sqlite(path());
    return database_.get();
  }
  Rows dump() override { return dump_of(*database()); }

 private:
  ScratchDirectory directory_;
  std::unique_ptr<Database> database_;
};

class PostgresqlTarget : public Target {
 public:
  explicit PostgresqlTarget(std::unique_ptr<PostgresqlDatabase> database) : database_(std::move(database)) {}
  std::string name() const override { return "postgresql"; }
  std::string path() const override { return database_->url; }
  Database* database() override { return database_->database.get(); }
  Rows dump() override { return dump_of(*database()); }

 private:
  std::unique_ptr<PostgresqlDatabase> database_;
};

class FileTarget : public Target {
 public:
  explicit FileTarget(std::string file) : file_(std::move(file)) {}
  std::string name() const override { return file_; }
  std::string path() const override { return directory_ / file_; }
  Rows dump() override {
    Rows rows = {{read_file(path())}, {read_file(directory_ / "facts.rejects.jsonl")}};
    rows.push_back(directory_.names());
    return rows;
  }

 private:
  ScratchDirectory directory_;
  std::string file_;
};

using MakeTarget = std::function<std::unique_ptr<Target>()>;

void with_each(bool databases_alone, const std::function<void(const MakeTarget&)>& test) {
  std::vector<MakeTarget> makers = {[] { return std::make_unique<SqliteTarget>(); }};
  if (make_postgresql()) makers.push_back([] { return std::make_unique<PostgresqlTarget>(make_postgresql()); });
  if (!databases_alone) {
    makers.push_back([] { return std::make_unique<FileTarget>("facts.jsonl"); });
    makers.push_back([] { return std::make_unique<FileTarget>("facts.csv"); });
  }
  for (const MakeTarget& make : makers) {
    const std::string name = make()->name();
    INFO("target: ", name);
    test(make);
  }
}

std::unique_ptr<Sink> open_manifest(Target& target, const std::string& settings = "s1") {
  LoadInfo load{"0.1.0", "ev@0.1.0", "00ff", settings};
  load.checkpoint = std::chrono::hours(1);  // only what a test flushes is there
  Result<std::unique_ptr<Sink>> sink = open_sink(target.path(), load);
  REQUIRE_MESSAGE(sink, (sink ? "" : sink.error().message));
  return *std::move(sink);
}

InputPart whole(const std::string& path, const std::string& hash = "hash") { return {path, 100, 0, 100, hash}; }

// A document at record `number` of the input, and one fact of it.
DocumentFacts document_at(const InputPart& input, char letter, uint64_t number) {
  DocumentFacts document = make_document(letter, {make_fact(letter, letter)});
  document.path = document.facts[0].path = input.path;
  document.offset = document.facts[0].offset = number * 10;
  document.unclaimed.push_back({1, 3, "number", std::string("no ") + letter, "some {number}"});
  return document;
}

// Goes on with the input as a run would: each letter is a document, '-' a reject. Stops behind `until` records.
void feed(Sink& sink, const InputPart& input, const std::string& letters, size_t until = SIZE_MAX) {
  const Result<InputState> known = sink.find_input(input);
  REQUIRE(known);
  if (known->is_done) {
    REQUIRE(sink.keep_input(input));
    return;
  }
  REQUIRE(sink.begin_input(input, *known));
  for (size_t i = known->records; i < letters.size() && i < until; ++i) {
    sink.at_record(i + 1);
    Reject reject = make_reject(input.path, std::string("bad-") + std::to_string(i));
    const Status status = letters[i] == '-' ? sink.reject(reject) : sink.write(document_at(input, letters[i], i));
    REQUIRE_MESSAGE(status, status.error().message);
  }
  if (until >= letters.size()) REQUIRE(sink.end_input());
}

void load_all(Target& target, const std::vector<std::pair<InputPart, std::string>>& inputs,
              const std::string& settings = "s1") {
  const auto sink = open_manifest(target, settings);
  for (const auto& [input, letters] : inputs) feed(*sink, input, letters);
  REQUIRE(sink->finish());
}

TEST_CASE("manifest: a load that is broken off anywhere goes on to the same rows") {
  const std::vector<std::pair<InputPart, std::string>> inputs = {{whole("a.jsonl"), "ab-c"}, {whole("b.jsonl"), "d-e"}};
  with_each(false, [&](const MakeTarget& make) {
    const auto undisturbed = make();
    load_all(*undisturbed, inputs);
    const Rows expected = undisturbed->dump();
    // Broken off behind so many records of each input, flushed or not.
    for (size_t first = 0; first <= 4; ++first) {
      for (const bool is_flushed : {false, true}) {
        CAPTURE(first);
        CAPTURE(is_flushed);
        const auto target = make();
        {
          const auto sink = open_manifest(*target);
          feed(*sink, inputs[0].first, inputs[0].second, first);
          if (is_flushed) REQUIRE(sink->flush());
        }
        {
          const auto sink = open_manifest(*target);
          feed(*sink, inputs[0].first, inputs[0].second);
          feed(*sink, inputs[1].first, inputs[1].second, 2);
          if (is_flushed) REQUIRE(sink->flush());
        }
        load_all(*target, inputs);
        CHECK(target->dump() == expected);
      }
    }
  });
}

TEST_CASE("manifest: what is loaded is not read again, unless bytes or settings changed") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make();
    load_all(*target, {{whole("a.jsonl"), "ab-c"}});
    const auto state = [&](const InputPart& part, const std::string& settings) {
      const Result<InputState> found = open_manifest(*target, settings)->find_input(part);
      REQUIRE(found);
      return (found->is_done ? "done " : "from ") + std::to_string(found->records) + " " +
             std::to_string(found->documents) + " " + std::to_string(found->facts) + " " +
             std::to_string(found->rejects);
    };
    CHECK(state(whole("a.jsonl"), "s1") == "done 4 3 3 1");
    CHECK(state(whole("a.jsonl"), "s2") == "from 0 0 0 0");
    CHECK(state(whole("a.jsonl", "other"), "s1") == "from 0 0 0 0");
    CHECK(state(whole("b.jsonl"), "s1") == "from 0 0 0 0");
    LoadInfo again{"0.1.0", "ev@0.1.0", "00ff", "s1", /*starts_afresh=*/true};
    CHECK_FALSE((*open_sink(target->path(), again))->find_input(whole("a.jsonl"))->is_done);
  });
}

TEST_CASE("manifest: a corrected input replaces what it held, with its rejects") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make(), fresh = make();
    load_all(*target, {{whole("a.jsonl"), "ab-c"}, {whole("b.jsonl"), "d"}});
    load_all(*target, {{whole("a.jsonl", "corrected"), "bx"}, {whole("b.jsonl"), "d"}});
    load_all(*fresh, {{whole("a.jsonl", "corrected"), "bx"}, {whole("b.jsonl"), "d"}});
    CHECK(target->dump() == fresh->dump());
    CHECK(target->database()->query("SELECT substr(doc_id, 1, 1) FROM finished_document ORDER BY 1") ==
          Rows{{"b"}, {"d"}, {"x"}});
    CHECK(target->database()->query("SELECT count(*) FROM reject") == Rows{{"0"}});
    CHECK(target->database()->query("SELECT count(*) FROM unclaimed") == Rows{{"3"}});
  });
}

TEST_CASE("manifest: what an input loses stays where another input holds it too") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make();
    load_all(*target, {{whole("a.jsonl"), "ab"}, {whole("b.jsonl"), "bc"}});
    Database& database = *target->database();
    CHECK(database.query("SELECT substr(doc_id, 1, 1), source_path FROM document_copy") == Rows{{"b", "a.jsonl"}});
    load_all(*target, {{whole("a.jsonl"), "ab"}, {whole("b.jsonl", "corrected"), "c"}});
    CHECK(database.query("SELECT substr(doc_id, 1, 1), source_path, source_offset FROM document ORDER BY 1") ==
          Rows{{"a", "a.jsonl", "0"}, {"b", "a.jsonl", "10"}, {"c", "b.jsonl", "0"}});
    CHECK(database.query("SELECT source_path, source_offset FROM fact WHERE doc_id LIKE 'b%'") ==
          Rows{{"a.jsonl", "10"}});
    CHECK(database.query("SELECT count(*) FROM document_copy") == Rows{{"0"}});
    load_all(*target, {{whole("a.jsonl", "corrected"), "a"}, {whole("b.jsonl", "corrected"), "c"}});
    CHECK(database.query("SELECT substr(doc_id, 1, 1) FROM document ORDER BY 1") == Rows{{"a"}, {"c"}});
    CHECK(database.query("SELECT count(*) FROM evidence") == Rows{{"2"}});
  });
}

TEST_CASE("manifest: the parts of a file replace what it held once all of them are there") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make();
    load_all(*target, {{whole("a.jsonl"), "abc"}});
    const InputPart first{"a.jsonl", 100, 0, 60, "corrected"}, second{"a.jsonl", 100, 60, 100, "corrected"};
    const auto documents = [&] {
      std::string letters;
      for (const auto& row : target->database()->query("SELECT substr(doc_id, 1, 1) FROM document ORDER BY 1")) {
        letters += row[0];
      }
      return letters;
    };
    load_all(*target, {{first, "x"}});
    CHECK(documents() == "abcx");  // the rest may still hold them
    load_all(*target, {{second, "c"}});
    CHECK(documents() == "cx");
    // The whole is known by its parts.
    CHECK(open_manifest(*target)->find_input(whole("a.jsonl", "corrected"))->is_done);
  });
}

TEST_CASE("manifest: rows of a load that never finished are shown by the one that goes on from it") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make();
    {
      const auto sink = open_manifest(*target);
      feed(*sink, whole("a.jsonl"), "ab");
      feed(*sink, whole("b.jsonl"), "cd", 1);
      REQUIRE(sink->flush());
    }
    Database& database = *target->database();
    const std::string shown = "SELECT substr(fact_id, 1, 1) FROM finished_fact ORDER BY 1";
    CHECK(database.query(shown).empty());
    // Another load needs a.jsonl alone: what belongs to b.jsonl stays hidden.
    load_all(*target, {{whole("a.jsonl"), "ab"}});
    CHECK(database.query(shown) == Rows{{"a"}, {"b"}});
    load_all(*target, {{whole("a.jsonl"), "ab"}, {whole("b.jsonl"), "cd"}});
    CHECK(database.query(shown) == Rows{{"a"}, {"b"}, {"c"}, {"d"}});
  });
}

TEST_CASE("manifest: more of a document adds to it") {
  with_each(true, [](const MakeTarget& make) {
    const auto target = make();
    const auto sink = open_manifest(*target);
    DocumentFacts first = make_document('a', {make_fact('1', 'a')}), more = make_document('a', {make_fact('2', 'a')});
    more.is_partial = true;
    for (const DocumentFacts& document : {first, make_document('b', {make_fact('3', 'b')}), more}) {
      REQUIRE(sink->write(document));
    }
    REQUIRE(sink->finish());
    CHECK(target->database()->query("SELECT substr(fact_id, 1, 1) FROM finished_fact ORDER BY 1") ==
          Rows{{"1"}, {"2"}, {"3"}});
    CHECK(target->database()->query("SELECT facts FROM document ORDER BY doc_id") == Rows{{"2"}, {"1"}});
  });
}

TEST_CASE("manifest: a file is written by one run at a time, and other inputs begin it anew") {
  FileTarget target("facts.jsonl");
  {
    const auto sink = open_manifest(target);
    feed(*sink, whole("a.jsonl"), "ab", 1);
    REQUIRE(sink->flush());
    LoadInfo load{"0.1.0", "ev@0.1.0", "00ff", "s1"};
    const auto second = open_sink(target.path(), load);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("facts.jsonl: error: another run is writing it") != std::string::npos);
  }
  load_all(target, {{whole("b.jsonl"), "c"}});
  const std::string line = read_file(target.path());
  CHECK(line.find("\"fact_id\":\"cccc") != std::string::npos);
  CHECK(line.find("\"fact_id\":\"aaaa") == std::string::npos);
  CHECK(target.dump()[2] == std::vector<std::string>{"facts.jsonl"});  // nothing else is left
}

}  // namespace
}  // namespace factmill::testing
