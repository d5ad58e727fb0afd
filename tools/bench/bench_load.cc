// How fast facts are loaded, beside the bare database's own insert or COPY of the same rows into the same tables.
//
//   build/release/bench_load                              SQLite, 20,000 documents of 10 facts
//   build/release/bench_load --documents 50000 --postgresql postgresql://...
//
// Rows are counted before a rate is told. The bare insert has its rows as texts in memory, prepared statements and
// transactions of the sink's size; the bare COPY has them in COPY's own format, a million bytes at a time.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "sink/postgresql_connection.h"
#include "sink/schema.h"
#include "sink/sink.h"
#include "sink/sql_tables.h"
#include "sink/sqlite_database.h"

namespace {

using namespace factmill;

constexpr int kFactsADocument = 10;
constexpr size_t kBatchRows = 50'000;
const char* const kTables[] = {"document", "fact", "evidence"};

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "bench_load: error: %s\n", message.c_str());
  std::exit(2);
}

void check(const Status& status) {
  if (!status) fail(status.error().message);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string id_of(const std::string& text) { return hash128(text).to_hex(); }

Fact make_fact(const DocumentFacts& document, int document_number, int number) {
  Fact fact;
  fact.doc_id = document.doc_id;
  fact.fact_id = id_of(document.doc_id + std::to_string(number));
  fact.path = document.path;
  fact.offset = document.offset;
  fact.url = document.url;
  fact.title = document.title;
  fact.site = document.site;
  fact.published = document.published;
  fact.published_from = "metadata";
  fact.metric = number % 3 == 0 ? "revenue" : "deliveries";
  fact.company = "Company " + std::to_string(document_number % 97);
  fact.company_id = "company" + std::to_string(document_number % 97);
  fact.value = Decimal(1000 + document_number * 17 + number);
  fact.unit = number % 3 == 0 ? "CNY" : "vehicle";
  if (number % 3 == 0) {
    fact.value_cny = fact.value;
    fact.value_usd = Decimal(140 + document_number);
    fact.fx_rate = Decimal(71348, 4);
    fact.fx_from = "default";
  }
  fact.period = "2024-07";
  fact.period_start = "2024-07-01";
  fact.period_end = "2024-07-31";
  fact.period_kind = "month";
  fact.period_from = "clause";
  if (number % 4 == 0) fact.attributes = {{"channel", "retail"}};
  fact.evidence = {{100u + 50u * number, 110u + 50u * number, "24,180 units"}};
  if (number % 5 == 0) fact.evidence.push_back({900u + 50u * number, 910u + 50u * number, "24,180"});
  fact.sentence = {90u + 50u * number, 135u + 50u * number};
  fact.rule = "noun.was";
  fact.pack = "ev@0.1.0";
  if (number % 6 == 0) fact.flags = {"period_inferred"};
  return fact;
}

std::vector<DocumentFacts> make_documents(int count) {
  std::vector<DocumentFacts> documents;
  for (int i = 0; i < count; ++i) {
    DocumentFacts& document = documents.emplace_back();
    document.doc_id = id_of("document " + std::to_string(i));
    document.path = "archive/news-" + std::to_string(i / 10'000) + ".jsonl";
    document.offset = static_cast<uint64_t>(i % 10'000) * 2'000;
    document.url = "https://news.example.org/2024/08/article-" + std::to_string(i);
    document.title = "An article about what was delivered, number " + std::to_string(i);
    document.site = "news.example.org";
    document.published = "2024-08-01";
    document.published_from = "metadata";
    document.bytes = 2'000;
    for (int k = 0; k < kFactsADocument; ++k) document.facts.push_back(make_fact(document, i, k));
  }
  return documents;
}

double load(const std::string& target, const std::vector<DocumentFacts>& documents) {
  LoadInfo info{"0.1.0", "ev@0.1.0", "00ff", "settings"};
  const auto start = std::chrono::steady_clock::now();
  Result<std::unique_ptr<Sink>> sink = open_sink(target, info);
  if (!sink) fail(sink.error().message);
  uint64_t number = 0;
  const InputPart part{"archive", 1, 0, 1, "hash"};
  check((*sink)->begin_input(part, {}));
  for (const DocumentFacts& document : documents) {
    (*sink)->at_record(++number);
    check((*sink)->write(document));
  }
  check((*sink)->end_input());
  check((*sink)->finish());
  return seconds_since(start);
}

void tell(const char* name, size_t rows, double ours, double bare) {
  std::printf("%s: %zu rows: factmill %.0f rows/s, bare %.0f rows/s, ratio %.2f\n", name, rows,
              static_cast<double>(rows) / ours, static_cast<double>(rows) / bare, bare / ours);
}

// ---- SQLite ----

using TextRows = std::vector<std::vector<std::pair<bool, std::string>>>;  // null or a text

TextRows read_rows(SqliteDatabase& database, const SqlTable& table) {
  TextRows rows;
  SqliteStatement statement;
  check(database.prepare(statement, "SELECT " + column_list(table) + " FROM " + std::string(table.name) + " ORDER BY rowid"));
  check(database.each(statement, {}, [&](SqliteStatement& row) {
    auto& cells = rows.emplace_back();
    for (size_t i = 0; i < table.columns.size(); ++i) {
      cells.emplace_back(row.is_null(static_cast<int>(i)), row.text(static_cast<int>(i)));
    }
  }));
  return rows;
}

Row bound(const SqlTable& table, const std::vector<std::pair<bool, std::string>>& cells) {
  Row row;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].first) row.push_back(std::monostate{});
    else if (table.columns[i].type == ColumnType::integer) row.push_back(int64_t{std::strtoll(cells[i].second.c_str(), nullptr, 10)});
    else row.push_back(std::string_view(cells[i].second));
  }
  return row;
}

// Document by document, as the sink has them: a real load could not have them sorted by table.
double insert_bare(const std::string& path, const std::string& from, size_t& count) {
  SqliteDatabase source;
  check(source.open(from, false));
  std::vector<std::vector<Row>> all;
  std::vector<TextRows> texts;
  for (const char* name : kTables) texts.push_back(read_rows(source, sql_table(name)));
  for (size_t t = 0; t < 3; ++t) {
    auto& rows = all.emplace_back();
    for (const auto& cells : texts[t]) rows.push_back(bound(sql_table(kTables[t]), cells));
    count += rows.size();
  }
  const auto start = std::chrono::steady_clock::now();
  SqliteDatabase database;
  check(database.open(path, true));
  check(database.run(sqlite_ddl()));
  check(database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -49152"));
  SqliteStatement inserts[3];
  for (size_t t = 0; t < 3; ++t) {
    const SqlTable& table = sql_table(kTables[t]);
    check(database.prepare(inserts[t], insert_sql(table, sqlite_values_of(table))));
  }
  size_t at[3] = {}, in_batch = 0;
  check(database.run("BEGIN"));
  for (const Row& document : all[0]) {
    check(database.step(inserts[0], document));
    const auto of = [](const Row& row, size_t column) { return std::get<std::string_view>(row[column]); };
    for (; at[1] < all[1].size() && of(all[1][at[1]], 1) == of(document, 0); ++at[1]) {
      check(database.step(inserts[1], all[1][at[1]]));
      for (; at[2] < all[2].size() && of(all[2][at[2]], 0) == of(all[1][at[1]], 0); ++at[2], ++in_batch) {
        check(database.step(inserts[2], all[2][at[2]]));
      }
      ++in_batch;
    }
    if (++in_batch < kBatchRows) continue;
    check(database.run("COMMIT; BEGIN"));
    in_batch = 0;
  }
  check(database.run("COMMIT"));
  database.try_run("PRAGMA wal_checkpoint(TRUNCATE)");
  const double seconds = seconds_since(start);
  int64_t inserted = 0;
  check(database.ask("SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM fact) + (SELECT count(*) FROM evidence)", inserted));
  if (static_cast<size_t>(inserted) != count) fail("the bare insert has other rows");
  return seconds;
}

void bench_sqlite(const std::vector<DocumentFacts>& documents) {
  std::string directory = (std::filesystem::temp_directory_path() / "factmill-bench.XXXXXX").string();
  if (!mkdtemp(directory.data())) fail("no directory for the databases");
  const std::string ours = directory + "/facts.db";
  for (int round = 0; round < 3; ++round) {
    std::filesystem::remove_all(directory);
    std::filesystem::create_directory(directory);
    const double seconds = load(ours, documents);
    size_t count = 0;
    const double bare = insert_bare(directory + "/bare.db", ours, count);
    tell("SQLite", count, seconds, bare);
  }
  std::filesystem::remove_all(directory);
}

// ---- PostgreSQL ----

double copy_bare(PostgresqlConnection& connection, size_t& count) {
  std::string copies[3];
  for (size_t t = 0; t < 3; ++t) {
    const SqlTable& table = sql_table(kTables[t]);
    check(connection.each("SELECT row_to_json(t)::text IS NULL, " + column_list(table) + " FROM " + std::string(table.name) + " t", {},
                          [&](const std::vector<std::string_view>&) { ++count; }));
  }
  // The server's own COPY text, by way of a scratch table's rows: built from the sink's cells.
  for (size_t t = 0; t < 3; ++t) {
    const SqlTable& table = sql_table(kTables[t]);
    const std::string list = column_list(table);
    std::string select;
    for (const SqlColumn& column : table.columns) {
      const std::string name(column.name);
      if (!select.empty()) select += " || E'\\t' || ";
      select += "coalesce(replace(replace(replace(" + name + "::text, E'\\\\', E'\\\\\\\\'), E'\\n', E'\\\\n'), E'\\t', E'\\\\t'), E'\\\\N')";
    }
    check(connection.each("SELECT " + select + " FROM " + std::string(table.name), {},
                          [&](const std::vector<std::string_view>& row) { copies[t].append(row[0]).append(1, '\n'); }));
  }
  check(connection.run("TRUNCATE document, fact, evidence"));
  const auto start = std::chrono::steady_clock::now();
  check(connection.run("BEGIN"));
  for (size_t t = 0; t < 3; ++t) check(connection.copy_into(copy_target(sql_table(kTables[t])), {copies[t]}));
  check(connection.run("COMMIT"));
  return seconds_since(start);
}

void bench_postgresql(const std::string& url, const std::vector<DocumentFacts>& documents) {
  for (int round = 0; round < 3; ++round) {
    PostgresqlConnection connection;
    check(connection.open(url));
    check(connection.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    const double seconds = load(url, documents);
    size_t count = 0;
    const double bare = copy_bare(connection, count);
    tell("PostgreSQL", count, seconds, bare);
  }
}

}  // namespace

int main(int argc, char** argv) {
  int documents = 20'000;
  std::string url;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--documents") == 0) documents = std::atoi(argv[i + 1]);
    else if (std::strcmp(argv[i], "--postgresql") == 0) url = argv[i + 1];
    else fail(std::string("unknown option ") + argv[i]);
  }
  const std::vector<DocumentFacts> made = make_documents(documents);
  bench_sqlite(made);
  if (!url.empty()) bench_postgresql(url, made);
}
