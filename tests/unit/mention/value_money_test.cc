#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("money: marks before and behind, glued, doubled, with rates; \"Yuan\" is a car") {
  check_amounts({
      {"RMB 6.4 billion ($900 million)", "RMB 6.4 billion = 6400000000 CNY; $900 million = 900000000 USD"},
      {"RMB215,900 and CNY159,800", "RMB215,900 = 215900 CNY; CNY159,800 = 159800 CNY"},
      {"CNY 100 million, 6.4 billion yuan, 5 renminbi",
       "CNY 100 million = 100000000 CNY; 6.4 billion yuan = 6400000000 CNY; 5 renminbi = 5 CNY"},
      {"8,000-yuan ($1,098) discount", "8,000-yuan = 8000 CNY; $1,098 = 1098 USD"},
      {"RMB 615 million yuan", "RMB 615 million yuan = 615000000 CNY"},
      {"¥3 billion", "¥3 billion = 3000000000 CNY ambiguous"},
      {"US$3bn, HK$563.4bn, €5 million, £88,000, 26,600 USD",
       "US$3bn = 3000000000 USD; HK$563.4bn = 563400000000 HKD; €5 million = 5000000 EUR; £88,000 = 88000 GBP; "
       "26,600 USD = 26600 USD"},
      {"HK$263 dollars, A$50,000, C$20", "HK$263 dollars = 263 HKD; A$50,000 = 50000 AUD; C$20 = 20 CAD"},
      {"$700m and $700M, 700m long", "$700m = 700000000 USD; $700M = 700000000 USD; 700m = 700 m"},
      {"R652,000, R19, RM194,551", "R652,000 = 652000 ZAR; RM194,551 = 194551 MYR"},
      {"13 cents, $0.09 per share", "13 cents = 0.13 USD; $0.09 per share = 0.09 USD/share"},
      {"RMB 980 per month, 5,000 yuan a month", "RMB 980 per month = 980 CNY/month; 5,000 yuan a month = 5000 CNY/month"},
      {"$14 per ADS, RMB 70,000 per ton, RMB 238,301 per vehicle",
       "$14 per ADS = 14 USD/ADS; RMB 70,000 per ton = 70000 CNY/ton; "
       "RMB 238,301 per vehicle = 238301 CNY/vehicle"},
      {"0.4 yuan/kWh, RMB 5,000 each", "0.4 yuan/kWh = 0.4 CNY/kWh; RMB 5,000 each = 5000 CNY/each"},
      {"RMB -1.9 billion, -RMB 1.9 billion, negative RMB 1.9 billion, $-0.5",
       "RMB -1.9 billion = -1900000000 CNY; {-RMB 1.9 billion} RMB 1.9 billion = -1900000000 CNY; "
       "{negative RMB 1.9 billion} RMB 1.9 billion = -1900000000 CNY; $-0.5 = -0.5 USD"},
      {"($1 = RMB 7.1348)", "$1 = 1 USD; RMB 7.1348 = 7.1348 CNY"},
      {"RMB215,900 CNY 100 million", "RMB215,900 = 215900 CNY; CNY 100 million = 100000000 CNY"},
      {"38,000 euros, 120 million pounds, 5 trillion won",
       "38,000 euros = 38000 EUR; 120 million pounds = 120000000 GBP ambiguous; 5 trillion won = 5000000000000 KRW"},
      {"RMB 10-billion plan, a 1.2 billion-yuan deal", "RMB 10-billion = 10000000000 CNY; 1.2 billion-yuan = 1200000000 CNY"},
  });
}

TEST_CASE("money: marks that several currencies share say which") {
  const auto candidates = [](std::string_view text) {
    const ValueList list = read_values(text);
    std::string all;
    if (list.values.empty()) return all;
    for (const uint16_t unit : common_tables().alternatives(list.values.front().mark)) all += common_tables().unit(unit).name + " ";
    return all.substr(0, 12) + (list.values.front().unit_ambiguous ? "?" : "");
  };
  CHECK(candidates("$5 million") == "USD HKD AUD ");
  CHECK(candidates("5 million dollars") == "USD HKD AUD ");
  CHECK(candidates("13 cents") == "USD EUR HKD ");
  CHECK(candidates("¥3 billion") == "CNY JPY ?");
  CHECK(candidates("kr 399,900") == "SEK NOK DKK ?");
  CHECK(candidates("399,900 kroner") == "NOK DKK ?");
  CHECK(candidates("5,000 pounds") == "GBP lb EGP L?");
  CHECK(candidates("358,800 pesos") == "MXN PHP ARS ?");
  CHECK(candidates("$5 and 6 dollars").substr(0, 3) == "USD");
  CHECK(candidates("HK$5 million") == "");
  CHECK(candidates("5 million Hong Kong dollars") == "");
  CHECK(candidates("358,800 Philippine pesos") == "");
  CHECK(candidates("5 million yuan") == "");
}

TEST_CASE("money: every currency by code, by name, and by adjective and noun") {
  check_amounts({
      {"5 million Hong Kong dollars, 500 Swiss francs, 399,900 Danish kroner, 12,000 Israeli shekels",
       "5 million Hong Kong dollars = 5000000 HKD; 500 Swiss francs = 500 CHF; 399,900 Danish kroner = 399900 DKK; "
       "12,000 Israeli shekels = 12000 ILS"},
      {"42 Kuwaiti dinars, 42 qatari riyals, 1,000 Turkish Lira, 5 billion Indonesian rupiah",
       "42 Kuwaiti dinars = 42 KWD; 42 qatari riyals = 42 QAR; 1,000 Turkish Lira = 1000 TRY; "
       "5 billion Indonesian rupiah = 5000000000 IDR"},
      {"UAH 3.04, 300 KZT, 1.2 million THB, PLN 159,900, 99,800 BRL",
       "UAH 3.04 = 3.04 UAH; 300 KZT = 300 KZT; 1.2 million THB = 1200000 THB; PLN 159,900 = 159900 PLN; 99,800 BRL = 99800 BRL"},
      {"TRY 1,500,000, TRY 3 times, the TOP 10, ALL 5 of them, TOP 1.5 million",
       "TRY 1,500,000 = 1500000 TRY; 3 times = 3 multiple; 10 = 10 bare; 5 = 5 bare; TOP 1.5 million = 1500000 TOP"},
      {"NIO 5, NIO 1,200, AMD 7 and RON 95", "5 = 5 bare; 1,200 = 1200; 7 = 7 bare; 95 = 95 bare"},
      {"5 jiao and 50 fen", "5 jiao = 0.5 CNY; 50 fen = 0.5 CNY"},
      {"3,000 won, they played 3 won 2, 5,000 Won Kim", "3,000 won = 3000 KRW; 3 = 3 bare; 2 = 2 bare; 5,000 = 5000"},
      {"$5 US dollars, $5 Australian dollars, 10$ and 20 €",
       "$5 US dollars = 5 USD; $5 Australian dollars = 5 AUD; 10$ = 10 USD; 20 € = 20 EUR"},
  });
}

TEST_CASE("percent and points: never merged, signed") {
  check_amounts({
      {"22.1 percent, 22.1%, 22.1 per cent, 5 pct, a 10-percent cut",
       "22.1 percent = 22.1 percent; 22.1% = 22.1 percent; 22.1 per cent = 22.1 percent; 5 pct = 5 percent; "
       "10-percent = 10 percent"},
      {"0.9 percentage points, 0.9 pp, 25 bps, half a percentage point",
       "0.9 percentage points = 0.9 pp; 0.9 pp = 0.9 pp; 25 bps = 0.25 pp; half a percentage point = 0.5 pp words"},
      {"-2.7%, +24.44%, negative 2.7 percent, minus 3%",
       "{-2.7%} 2.7% = -2.7 percent; {+24.44%} 24.44% = 24.44 percent; "
       "{negative 2.7 percent} 2.7 percent = -2.7 percent; {minus 3%} 3% = -3 percent"},
      {"(-16.8% year on year)", "{-16.8%} 16.8% = -16.8 percent"},
      {"P7-20%", ""},
      {"5 percent a year", "5 percent a year = 5 percent/year"},
  });
}

}  // namespace
}  // namespace factmill
