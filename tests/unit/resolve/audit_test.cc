#include "resolve/audit.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using factmill::audit;
using factmill::Decimal;
using factmill::Fact;

namespace {

Fact level(const char* value, const char* from, const char* to, const char* kind = "month") {
  Fact fact;
  fact.metric = "deliveries";
  fact.company = "NIO";
  fact.unit = "vehicle";
  fact.value = Decimal::parse(value);
  fact.period = fact.period_start = from;
  fact.period_end = to;
  fact.period_kind = kind;
  return fact;
}

Fact change(const char* percent, const char* basis, const char* from, const char* to) {
  Fact fact = level(percent, from, to);
  fact.measure = "change";
  fact.basis = basis;
  fact.unit = "percent";
  return fact;
}

using Flags = std::vector<std::string>;

}  // namespace

TEST_CASE("audit: growth that its two levels give is not flagged, other growth is, with the numbers") {
  struct Row {
    const char* now;
    const char* then;
    const char* percent;
    bool agrees;
  };
  for (const Row& row : {Row{"21340", "19400", "10.0", true}, Row{"21340", "19400", "10", true}, Row{"21340", "19400", "13.0", false},
                         Row{"21340", "19400", "-10.0", false}, Row{"8140000000", "5060000000", "60.9", true},
                         Row{"8140000000", "5060000000", "69.9", false}, Row{"1000000", "900000", "11.4", true}}) {
    CAPTURE(row.now);
    CAPTURE(row.percent);
    std::vector<Fact> facts{level(row.now, "2024-08-01", "2024-08-31"), level(row.then, "2023-08-01", "2023-08-31"),
                            change(row.percent, "yoy", "2024-08-01", "2024-08-31")};
    audit(facts);
    for (const Fact& fact : facts) CHECK(fact.flags == (row.agrees ? Flags{} : Flags{"growth_mismatch"}));
    if (!row.agrees) CHECK(facts[0].attributes[0].second == std::string(row.now) + " against " + row.then + " is not " + facts[2].value->to_string() + " percent");
  }
}

TEST_CASE("audit: growth is compared only with levels of its own subject and basis, and not where they are approximate") {
  std::vector<Fact> facts{level("21340", "2024-08-01", "2024-08-31"), level("19400", "2023-08-01", "2023-08-31"),
                          change("50", "mom", "2024-08-01", "2024-08-31"), change("50", "yoy", "2024-08-01", "2024-08-31"),
                          change("50", "yoy", "2024-08-01", "2024-08-31")};
  facts[3].company = "XPeng";
  facts[4].qualifier = "about";
  audit(facts);
  for (const Fact& fact : facts) CHECK(fact.flags.empty());
}

TEST_CASE("audit: a month has no more than the year to date") {
  std::vector<Fact> facts{level("21340", "2024-08-01", "2024-08-31"), level("20000", "2024-01-01", "2024-08-31", "ytd"),
                          level("19400", "2023-08-01", "2023-08-31")};
  audit(facts);
  CHECK(facts[0].flags == Flags{"order_mismatch"});
  CHECK(facts[1].flags == Flags{"order_mismatch"});
  CHECK(facts[1].attributes[0].second == "21340 in 2024-08-01 is more than 20000 in 2024-01-01");
  CHECK(facts[2].flags.empty());
}

TEST_CASE("audit: what was ever counted is no part of a year, and the year so far no more than it") {
  std::vector<Fact> facts{level("557518", "2024-07-31", "2024-07-31", "cumulative"), level("107924", "2024-01-01", "2024-07-31", "ytd")};
  audit(facts);
  for (const Fact& fact : facts) CHECK(fact.flags.empty());
  facts[1].value = Decimal::parse("557519");
  audit(facts);
  for (const Fact& fact : facts) CHECK(fact.flags == Flags{"order_mismatch"});
}

Fact part(const char* value, const char* model, const char* segment = "") {
  Fact fact = level(value, "2024-08-01", "2024-08-31");
  fact.model = model;
  fact.segment = segment;
  return fact;
}

TEST_CASE("audit: a part has no more than the whole, and models have no more together") {
  struct Row {
    std::vector<Fact> parts;
    Flags flags;
  };
  for (Row row : {Row{{part("21000", "ET5")}, {}}, Row{{part("22000", "ET5")}, {"sum_mismatch"}}, Row{{part("15000", "ET5"), part("6340", "ES6")}, {}},
                  Row{{part("15000", "ET5"), part("9340", "ES6")}, {"sum_mismatch"}},
                  Row{{part("15000", "", "EV"), part("9340", "", "SUV")}, {}}}) {  // kinds overlap
    row.parts.insert(row.parts.begin(), part("21340", ""));
    audit(row.parts);
    for (const Fact& fact : row.parts) CHECK(fact.flags == row.flags);
  }
  // "22,000 ET5s, of which 3,000": what follows in the sentence is a part of it without a name.
  std::vector<Fact> of_which{part("22000", "ET5"), part("3000", "")};
  of_which[0].evidence = {{10, 16, "22,000"}};
  of_which[1].evidence = {{30, 35, "3,000"}};
  audit(of_which);
  CHECK(of_which[0].flags.empty());
  std::vector<Fact> other{part("21340", ""), part("22000", "ET5")};
  other[1].region = "Europe";  // of another whole
  audit(other);
  CHECK(other[1].flags.empty());
}

TEST_CASE("audit: a share is what the part and the whole of its sentence give") {
  const std::vector<std::string> shares{"share_of_mix"};
  for (const bool agrees : {true, false}) {
    std::vector<Fact> facts{part("20344", ""), part("5086", "", "EV"), part(agrees ? "25.0" : "35.0", "", "EV")};
    facts[2].metric = "share_of_mix";
    facts[2].unit = "percent";
    audit(facts, shares);
    CHECK(facts[2].flags == (agrees ? Flags{} : Flags{"share_mismatch"}));
    if (!agrees) CHECK(facts[1].attributes[0].second == "5086 of 20344 is not 35 percent");
  }
  std::vector<Fact> apart{part("20344", ""), part("5086", "", "EV"), part("35.0", "", "EV"), part("0", "", "EV")};
  apart[2].metric = "share_of_mix";
  apart[2].unit = "percent";
  apart[2].sentence = {100, 120};  // of another sentence
  audit(apart, shares);
  CHECK(apart[2].flags.empty());
}

TEST_CASE("audit: facts without value, period or anything else") {
  std::vector<Fact> facts(3);
  facts[0].measure = "change";
  facts[1].value = Decimal(0);
  facts[1].period_start = "2024-13-99";
  audit(facts);
  for (const Fact& fact : facts) CHECK(fact.flags.empty());
}
