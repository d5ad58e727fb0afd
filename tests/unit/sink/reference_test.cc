// Names and exchange rates beside the facts, in both databases.
#include "resolve/fx_table.h"
#include "unit/ruleset/small_pack.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

constexpr const char* kRates = "date,base,quote,rate\n2024-08-20,USD,CNY,7.1325\n2024-08-19,CNY,HKD,1.0893\n";
constexpr const char* kCorrected = "observation_date,DEXCHUS\n2024-08-20,7.1326\n";

FxTable rates_of(const char* text, const char* path) {
  FxTable table;
  REQUIRE(table.read_text(text, path));
  return table;
}

void load_with(const std::string& target, const Lexicon* lexicon, const FxTable* rates, bool ends = true) {
  LoadInfo load{"0.1.0", "small@1", "00ff"};
  load.lexicon = lexicon;
  load.rates = rates;
  auto sink = open_sink(target, load);
  REQUIRE(sink);
  REQUIRE((*sink)->write(make_document('a', {make_fact('1', 'a')})));
  if (ends) REQUIRE((*sink)->finish());
}

void check_references(const std::string& target, Database& database) {
  constexpr const char* kEntities = "SELECT type, name, company_id, parent_id, kind, home FROM entity ";
  constexpr const char* kFxRates = "SELECT base, quote, day, rate, file FROM fx_rate ORDER BY day";
  const Lexicon& lexicon = small_pack().get().lexicon;
  const FxTable rates = rates_of(kRates, "bank.csv");

  load_with(target, &lexicon, &rates, /*ends=*/false);
  CHECK(database.query("SELECT count(*) FROM entity") == Rows{{"0"}});

  load_with(target, &lexicon, &rates);
  CHECK(database.query(std::string(kEntities) + "WHERE company_id = 'nio' ORDER BY type, name") ==
        Rows{{"company", "NIO", "nio", "NULL", "automaker", "CN"},
             {"model", "EC6", "nio", "NULL", "NULL", "NULL"},
             {"person", "William Li", "nio", "NULL", "NULL", "NULL"}});
  CHECK(database.query(std::string(kEntities) + "WHERE parent_id = 'nio' ORDER BY name") ==
        Rows{{"company", "Firefly", "firefly", "nio", "brand", "NULL"}, {"company", "Onvo", "onvo", "nio", "brand", "NULL"}});
  CHECK(database.query(std::string(kEntities) + "WHERE type NOT IN ('company', 'model', 'person') ORDER BY name") ==
        Rows{{"region", "CN", "", "NULL", "country", "NULL"}, {"region", "Europe", "", "NULL", "market", "NULL"},
             {"region", "IN", "", "NULL", "country", "NULL"}, {"region", "JP", "", "NULL", "country", "NULL"}});
  CHECK(database.query(kFxRates) == Rows{{"CNY", "HKD", "2024-08-19", "1.0893", "bank.csv"},
                                         {"USD", "CNY", "2024-08-20", "7.1325", "bank.csv"}});

  // A load that knows neither leaves both; a corrected rate replaces the one of its day.
  const FxTable corrected = rates_of(kCorrected, "fred.csv");
  const Rows names = database.query(std::string(kEntities) + "ORDER BY 1, 3, 2");
  load_with(target, nullptr, &corrected);
  CHECK(database.query(std::string(kEntities) + "ORDER BY 1, 3, 2") == names);
  CHECK(database.query(kFxRates) == Rows{{"CNY", "HKD", "2024-08-19", "1.0893", "bank.csv"},
                                         {"USD", "CNY", "2024-08-20", "7.1326", "fred.csv"}});

  // Names that the rules know no more go.
  const Lexicon none;
  load_with(target, &none, nullptr);
  CHECK(database.query("SELECT count(*) FROM entity") == Rows{{"0"}});
}

TEST_CASE("references: SQLite has the names and rates of the load finished last") {
  ScratchDirectory directory;
  const std::string target = directory / "facts.db";
  must_open(target);
  check_references(target, *open_sqlite(target));
}

TEST_CASE("references: PostgreSQL has the names and rates of the load finished last") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  must_open(postgresql->url);
  check_references(postgresql->url, *postgresql->database);
}

}  // namespace
}  // namespace factmill::testing
