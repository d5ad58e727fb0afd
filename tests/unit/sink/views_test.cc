// What analysts see: every view over one small archive, with the same literal rows in both databases.
#include <doctest/doctest.h>

#include <functional>

#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

struct Article {
  char letter;
  std::string site;
  std::string published;
};

// Facts of one article; ids count up over the whole archive.
class Archive {
 public:
  void begin(const Article& article) {
    documents_.push_back(make_document(article.letter, {}));
    documents_.back().site = article.site;
    documents_.back().published = article.published;
    documents_.back().url = "https://" + article.site + "/" + article.letter;
  }
  Fact& add(const std::string& metric, const std::string& value, const std::string& unit) {
    DocumentFacts& document = documents_.back();
    Fact fact = make_fact(static_cast<char>('1' + count_++), document.doc_id[0]);
    fact.site = document.site;
    fact.published = document.published;
    fact.url = document.url;
    fact.metric = metric;
    fact.value = Decimal::parse(value);
    fact.unit = unit;
    document.facts.push_back(fact);
    return document.facts.back();
  }
  Fact& add_month(const std::string& value) {
    Fact& fact = add("deliveries", value, "vehicle");
    fact.period = "2024-07";
    fact.period_start = "2024-07-01";
    fact.period_end = "2024-07-31";
    fact.period_kind = "month";
    return fact;
  }
  const std::vector<DocumentFacts>& documents() const { return documents_; }

 private:
  std::vector<DocumentFacts> documents_;
  int count_ = 0;
};

// July deliveries by three sites, one of which corrects itself; the rest of what a month's archive holds.
std::vector<DocumentFacts> july() {
  Archive archive;
  archive.begin({'a', "one.example", "2024-08-01"});
  archive.add_month("20000").flags = {"company_inferred"};     // 1: corrected by c
  archive.add_month("7000").model = "SU7";                     // 2: not the whole company
  archive.begin({'b', "two.example", "2024-08-02"});
  archive.add_month("20500");                                  // 3
  archive.add_month("30000").modality = "target";              // 4: not yet real
  archive.begin({'c', "one.example", "2024-08-05"});
  archive.add_month("20500");                                  // 5
  archive.begin({'d', "three.example", "2024-09-01"});
  archive.add_month("20400").rule = "deliveries.far";          // 6
  archive.add_month("10000").status = "previous";              // 7: no longer said
  archive.add_month("21000").qualifier = "more_than";          // 8: a bound, and kept apart
  Fact& quarter = archive.add("deliveries", "60000", "vehicle");  // 9: seven characters, but no month
  quarter.period = "2024-Q2";
  quarter.period_start = "2024-04-01";
  Fact& money = archive.add("revenue", "6400000000", "CNY");   // ':'
  money.value_cny = money.value;
  money.value_usd = Decimal::parse("897011829.34");
  money.fx_rate = Decimal::parse("7.1348");
  money.fx_from = "default";
  money.period = "2024-Q2";
  archive.begin({'e', "three.example", "2024-09-02"});
  return archive.documents();
}

void load_july(const std::string& target) {
  const auto sink = must_open(target);
  for (const DocumentFacts& document : july()) REQUIRE(sink->write(document));
  REQUIRE(sink->reject(make_reject("x.html", "unreadable")));
  REQUIRE(sink->reject(make_reject("y.html", "unreadable")));
  Reject second = make_reject("y.html", "unreadable");
  second.offset = 9;
  second.message = "at byte 9";
  REQUIRE(sink->reject(second));
  REQUIRE(sink->reject(make_reject("z.html", "binary")));
  REQUIRE(sink->finish());

  // A load that was broken off: none of it may show.
  const auto unfinished = must_open(target);
  Fact invisible = make_fact('z', 'z');
  invisible.rule = "never.seen";
  REQUIRE(unfinished->write(make_document('z', {invisible})));
  REQUIRE(unfinished->reject(make_reject("z2.html", "never-seen")));
  REQUIRE(unfinished->flush());
}

void check_in_both(const std::string& sql, const Rows& expected) {
  CAPTURE(sql);
  ScratchDirectory directory;
  load_july(directory / "facts.db");
  CHECK(open_sqlite(directory / "facts.db")->query(sql) == expected);
  if (const auto postgresql = make_postgresql()) {
    load_july(postgresql->url);
    CHECK(postgresql->database->query(sql) == expected);
  }
}

TEST_CASE("views: monthly deliveries take what most sources say and show the spread") {
  check_in_both(
      "SELECT company, month, value, sources, documents, value_low, value_high, spread FROM monthly_deliveries",
      {{"Xiaomi", "2024-07", "20500", "3", "4", "20000", "20500", "500"}});
}

TEST_CASE("views: a source's latest word on a quantity replaces its earlier one") {
  check_in_both(
      "SELECT source, value, published, substr(fact_id, 1, 1) FROM latest_by_source "
      "WHERE metric = 'deliveries' AND period = '2024-07' AND model IS NULL AND modality = 'actual' "
      "ORDER BY source, fact_id",
      {{"one.example", "20500", "2024-08-05", "5"},
       {"three.example", "20400", "2024-09-01", "6"},
       {"two.example", "20500", "2024-08-02", "3"}});
}

TEST_CASE("views: conflicts are what sources still say differently") {
  check_in_both(
      "SELECT metric, company, period, unit, sources, value_low, value_high, spread, spread_percent "
      "FROM source_conflict",
      {{"deliveries", "Xiaomi", "2024-07", "vehicle", "3", "20400", "20500", "100", "0.49"}});
}

TEST_CASE("views: money in US dollars says which rate it took") {
  check_in_both(
      "SELECT metric, company, period, value, unit, value_usd, fx_rate, fx_from, published, source FROM money_usd",
      {{"revenue", "Xiaomi", "2024-Q2", "6400000000", "CNY", "897011829.34", "7.1348", "default", "2024-09-01",
        "three.example"}});
}

TEST_CASE("views: facts stand beside their quote") {
  check_in_both(
      "SELECT metric, model, value, quote, span_start, span_end, source_url, rule FROM fact_quote WHERE model = 'SU7'",
      {{"deliveries", "SU7", "7000", "27,307", "10", "16", "https://one.example/a", "deliveries.passive"}});
  check_in_both("SELECT count(*) FROM fact_quote", {{"10"}});
}

TEST_CASE("views: a rule's yield") {
  check_in_both(
      "SELECT rule, pack, facts, documents, sources, flagged, first_published, last_published FROM rule_yield "
      "ORDER BY rule",
      {{"deliveries.far", "ev@0.1.0", "1", "1", "1", "0", "2024-09-01", "2024-09-01"},
       {"deliveries.passive", "ev@0.1.0", "9", "4", "3", "1", "2024-08-01", "2024-09-01"}});
}

TEST_CASE("views: a near-duplicate counts once, as long as its original is there") {
  const auto check_in = [](const std::string& target, Database& database) {
    Archive archive;
    archive.begin({'a', "one.example", "2024-08-01"});
    archive.add_month("20500");
    archive.begin({'b', "two.example", "2024-08-02"});  // the same story
    archive.add_month("20500");
    std::vector<DocumentFacts> documents = archive.documents();
    documents[0].signature = 0xFF00FF00FF00FF00;
    documents[1].signature = 0xFF00FF00FF00FF03;  // two bits off
    load(target, {documents[1]});
    CHECK(database.query("SELECT site FROM finished_fact") == Rows{{"two.example"}});
    load(target, documents);
    CHECK(database.query("SELECT site FROM finished_fact") == Rows{{"one.example"}});
    CHECK(database.query("SELECT value, sources, documents FROM monthly_deliveries") == Rows{{"20500", "1", "1"}});
    CHECK(database.query("SELECT site, documents, with_facts, facts, duplicates FROM coverage ORDER BY site") ==
          Rows{{"one.example", "1", "1", "1", "0"}, {"two.example", "1", "0", "0", "1"}});
    CHECK(database.query("SELECT count(*) FROM fact") == Rows{{"2"}});
  };
  ScratchDirectory directory;
  load(directory / "facts.db", {});
  check_in(directory / "facts.db", *open_sqlite(directory / "facts.db"));
  if (const auto postgresql = make_postgresql()) check_in(postgresql->url, *postgresql->database);
}

TEST_CASE("views: numbers that no rule claimed, by what stands around them") {
  const auto check_in = [](const std::string& target, const std::function<Rows(const std::string&)>& query) {
    std::vector<DocumentFacts> documents = {make_document('a', {}), make_document('b', {}), make_document('c', {})};
    documents[0].unclaimed = {{1, 4, "number", "300", "some {number} guests"}, {9, 12, "number", "200", "some {number} guests"}};
    documents[1].unclaimed = {{1, 4, "number", "400", "some {number} guests"}, {5, 7, "money", "$2", "cost {money}"}};
    load(target, documents);
    documents[1].unclaimed.pop_back();
    load(target, documents);  // what a rule claims now is gone
    CHECK(query("SELECT type, context, numbers, documents, sources, example FROM unclaimed_by_context ORDER BY 1") ==
          Rows{{"number", "some {number} guests", "3", "2", "2", "200"}});
  };
  ScratchDirectory directory;
  check_in(directory / "facts.db", [&](const std::string& sql) { return open_sqlite(directory / "facts.db")->query(sql); });
  if (const auto postgresql = make_postgresql()) {
    check_in(postgresql->url, [&](const std::string& sql) { return postgresql->database->query(sql); });
  }
}

TEST_CASE("views: how far each input is, also before the load is finished") {
  const auto check_in = [](const std::string& target, const std::function<Rows(const std::string&)>& query) {
    LoadInfo info{"0.1.0", "ev@0.1.0", "00ff", "settings"};
    const auto sink = *open_sink(target, info);
    REQUIRE(sink->begin_input({"a.jsonl", 100, 0, 100, "h"}, {}));
    sink->at_record(1);
    REQUIRE(sink->write(make_document('a', {make_fact('1', 'a')})));
    REQUIRE(sink->end_input());
    REQUIRE(sink->begin_input({"b.jsonl", 200, 0, 200, "h"}, {}));
    sink->at_record(1);
    REQUIRE(sink->reject(make_reject("b.jsonl", "empty")));
    REQUIRE(sink->flush());
    CHECK(query("SELECT input_path, bytes, status, records, documents, facts, rejects FROM input_state ORDER BY 1") ==
          Rows{{"a.jsonl", "100", "done", "1", "1", "1", "0"}, {"b.jsonl", "200", "running", "1", "0", "0", "1"}});
  };
  ScratchDirectory directory;
  check_in(directory / "facts.db", [&](const std::string& sql) { return open_sqlite(directory / "facts.db")->query(sql); });
  if (const auto postgresql = make_postgresql()) {
    check_in(postgresql->url, [&](const std::string& sql) { return postgresql->database->query(sql); });
  }
}

TEST_CASE("views: coverage by site and month counts documents without facts too") {
  check_in_both("SELECT site, month, documents, with_facts, facts, bytes FROM coverage ORDER BY site, month",
                {{"one.example", "2024-08", "2", "2", "3", "2000"},
                 {"three.example", "2024-09", "2", "1", "5", "2000"},
                 {"two.example", "2024-08", "1", "1", "2", "1000"}});
}

TEST_CASE("views: rejects by code") {
  check_in_both("SELECT stage, code, rejects, files, example FROM rejects_by_code ORDER BY code",
                {{"archive", "binary", "1", "1", "cannot read it"}, {"archive", "unreadable", "3", "2", "at byte 9"}});
}

}  // namespace
}  // namespace factmill::testing
