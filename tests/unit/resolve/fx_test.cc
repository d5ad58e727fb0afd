// Exchange rates by day: the three forms of table, what is refused, and which rate a fact takes.
#include "resolve/fx_table.h"
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

constexpr const char* kLong =
    "date,base,quote,rate,source\n"
    "2024-08-19,USD,CNY,7.1415,\"bank, central\"\n"
    "2024-08-20,USD,CNY,7.1325\n"
    "2024-08-20,EUR,CNY,7.9\n";

constexpr const char* kEcb =
    "Date,USD,JPY,CNY,\n"
    "2024-08-21,1.1125,161.93,7.9409,\n"
    "2024-08-20,1.1083,162.49,N/A,\n"
    "2024-08-19,1.1041,161.63,7.8888,\n";

constexpr const char* kFred =
    "observation_date,DEXCHUS\r\n"
    "2024-08-19,7.1389\r\n"
    "2024-08-20,.\r\n"
    "2024-08-21,\r\n"
    "2024-08-22,7.1476\r\n";

std::string rate(const FxTable& table, const char* base, const char* quote, const char* day) {
  const std::optional<FxRate> found = table.find(base, quote, *parse_day(day));
  return found ? found->rate.to_string() + " of " + to_string(found->day) : "none";
}

FxTable table_of(const char* text, int max_age_days = 10) {
  FxTable table(max_age_days);
  const Status status = table.read_text(text, "rates.csv");
  CHECK_MESSAGE(status, status.error().message);
  return table;
}

TEST_CASE("fx: one rate a line, the last one known, either way round, over a third currency") {
  const FxTable table = table_of(kLong);
  CHECK(rate(table, "USD", "CNY", "2024-08-19") == "7.1415 of 2024-08-19");
  CHECK(rate(table, "USD", "CNY", "2024-08-20") == "7.1325 of 2024-08-20");
  CHECK(rate(table, "USD", "CNY", "2024-08-30") == "7.1325 of 2024-08-20");
  CHECK(rate(table, "USD", "CNY", "2024-08-31") == "none");  // eleven days old
  CHECK(rate(table, "USD", "CNY", "2024-08-18") == "none");  // not yet known
  CHECK(rate(table, "CNY", "USD", "2024-08-20") == "0.1402032948 of 2024-08-20");
  CHECK(rate(table, "EUR", "USD", "2024-08-20") == "1.1076060288 of 2024-08-20");
  CHECK(rate(table, "EUR", "JPY", "2024-08-20") == "none");
  CHECK(rate(table, "USD", "USD", "2024-08-20") == "1 of 2024-08-20");
}

TEST_CASE("fx: the European Central Bank's wide table, newest first, a comma at the end") {
  const FxTable table = table_of(kEcb);
  CHECK(rate(table, "EUR", "USD", "2024-08-20") == "1.1083 of 2024-08-20");
  CHECK(rate(table, "EUR", "CNY", "2024-08-20") == "7.8888 of 2024-08-19");
  // Both legs are of one day: the twentieth has no yuan.
  CHECK(rate(table, "USD", "CNY", "2024-08-20") == "7.1450049814 of 2024-08-19");
  CHECK(rate(table, "USD", "CNY", "2024-08-21") == "7.1378876404 of 2024-08-21");
  CHECK(rate(table, "USD", "JPY", "2024-08-21") == "145.5550561798 of 2024-08-21");
}

TEST_CASE("fx: FRED's two columns") {
  const FxTable table = table_of(kFred);
  CHECK(rate(table, "USD", "CNY", "2024-08-21") == "7.1389 of 2024-08-19");
  CHECK(rate(table, "USD", "CNY", "2024-08-22") == "7.1476 of 2024-08-22");
  CHECK(rate(table_of("DATE,DEXUSEU\n2024-08-19,1.1041\n"), "EUR", "USD", "2024-08-19") == "1.1041 of 2024-08-19");
  CHECK(rate(table_of(kFred, 0), "USD", "CNY", "2024-08-20") == "none");
}

TEST_CASE("fx: what is wrong is refused with file and line") {
  const struct {
    const char* text;
    const char* message;
  } rows[] = {
      {"date,base,quote,rate\n2024-08-19,USD,CNY,7.1\n2024-08-19,USD,CNY,7.1\n",
       "rates.csv:3: error: a second rate of CNY and USD on 2024-08-19 (the first is at rates.csv:2)"},
      {"date,base,quote,rate\n2024-08-19,USD,CNY,7.1\n2024-08-19,CNY,USD,0.14\n",
       "rates.csv:3: error: a second rate of CNY and USD on 2024-08-19 (the first is at rates.csv:2)"},
      {"date,base,quote,rate\n\n2024-08-19,USD,CNY,0\n", "rates.csv:3: error: a rate must be above zero (got '0')"},
      {"date,base,quote,rate\n2024-08-19,USD,CNY,-7\n", "rates.csv:2: error: a rate must be above zero (got '-7')"},
      {"date,base,quote,rate\n2024-08-19,USD,CNY,7,1\n", nullptr},  // a source of 1
      {"date,base,quote,rate\n2024-08-19,USD,CNY,seven\n", "rates.csv:2: error: the rate is no number (got 'seven')"},
      {"date,base,quote,rate\n2024-02-30,USD,CNY,7\n", "rates.csv:2: error: no day (got '2024-02-30'; expected YYYY-MM-DD)"},
      {"date,base,quote,rate\n2024-08-19,USD,CNY\n", "rates.csv:2: error: a line of 3 cells (expected 4 or 5)"},
      {"date,base,quote,rate\n2024-08-19,usd,CNY,7\n", "rates.csv:2: error: no two currencies (got 'usd' and 'CNY')"},
      {"Date,USD,JPY,\n2024-08-21,1.1,0,\n", "rates.csv:2: error: a rate must be above zero (got '0')"},
      {"Date,USD\n21 August 2024,1.1\n", "rates.csv:2: error: no day (got '21 August 2024'; expected YYYY-MM-DD)"},
      {"Date,USD\n2024-08-21,1.1,2.2\n", "rates.csv:2: error: more cells than the header has"},
      {"DATE,UNRATE\n2024-08-19,4.2\n", "rates.csv:1: error: no exchange rate of FRED's that is known (got 'UNRATE')"},
      {"DATE,DEXCHUS\n2024-08-19,0.0\n", "rates.csv:2: error: a rate must be above zero (got '0.0')"},
      {"DATE,DEXCHUS\n2024-08-19,7.1\n2024-08-19,7.2\n",
       "rates.csv:3: error: a second rate of CNY and USD on 2024-08-19 (the first is at rates.csv:2)"},
      {"", "rates.csv:1: error: no form of exchange rates that is known (expected date,base,quote,rate or Date,USD,... or "
           "observation_date,DEXCHUS)"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    FxTable table;
    const Status status = table.read_text(row.text, "rates.csv");
    CHECK(static_cast<bool>(status) == (row.message == nullptr));
    if (!status) CHECK(status.error().message == row.message);
  }
  FxTable table;
  CHECK(table.read("no/such/rates.csv").error().message == "no/such/rates.csv: error: cannot read the exchange rates");
  // The same day in two files.
  CHECK(table.read_text(kLong, "a.csv"));
  CHECK(table.read_text(kFred, "b.csv").error().message ==
        "b.csv:2: error: a second rate of CNY and USD on 2024-08-19 (the first is at a.csv:2)");
}

TEST_CASE("fx: a fact takes the pair, the article's rate, the table's by the day of publication, else the default, flagged") {
  const auto money = [](const std::string& text, const char* published) {
    Given given;
    given.published = published;
    given.options.fx_table = std::make_shared<const FxTable>(table_of(kLong));
    std::string out;
    for (const Fact& f : facts_of(text, given)) {
      if (f.metric == "fx_rate") continue;
      const auto number = [](const std::optional<Decimal>& d) { return d ? d->to_string() : "none"; };
      out += number(f.value_cny) + "/" + number(f.value_usd) + " " + f.fx_from + " " + number(f.fx_rate);
      for (const std::string& flag : f.flags) out += " !" + flag;
    }
    return out;
  };
  CHECK(money("Xiaomi's revenue was $1 billion.", "2024-08-21") == "7132500000/1000000000 table 7.1325");
  CHECK(money("Xiaomi's revenue was RMB 7.1415 billion.", "2024-08-19") == "7141500000/1000000000 table 7.1415");
  CHECK(money("Xiaomi's revenue was RMB 7 billion ($1.1 billion).", "2024-08-21") == "7000000000/1100000000 article none");
  CHECK(money("Xiaomi's revenue was RMB 7.2 billion.\n\n($1 = RMB 7.2)", "2024-08-21") ==
        "7200000000/1000000000 article 7.2");
  CHECK(money("Xiaomi's revenue was $1 billion.", "2024-10-21") == "7134800000/1000000000 default 7.1348 !fx_default");
  // A third currency needs the table, and goes both ways.
  CHECK(money("Xiaomi's revenue was EUR 1 billion.", "2024-08-21") == "7900000000/1107606028.8 table 7.1325");
  CHECK(money("Xiaomi's revenue was EUR 1 billion.", "2024-10-21") == "none/none  none");
}

}  // namespace
}  // namespace factmill::testing
