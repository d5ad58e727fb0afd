// What a fact states: values, signs, money, changes, modality, identity.
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

TEST_CASE("modality: the nearest cue to the left in the clause") {
  check({
      {"Xiaomi expects deliveries of 120,000 in 2024.", "deliveries Xiaomi 120000 vehicle 2024 guidance"},
      {"CPCA expects Xiaomi deliveries of 120,000 in 2024.", "deliveries Xiaomi 120000 vehicle 2024 forecast"},
      {"Xiaomi aims for deliveries of 120,000 in 2024.", "deliveries Xiaomi 120000 vehicle 2024 target"},
      {"Xiaomi delivered 7,000 units, while NIO aims for deliveries of 8,000.", "deliveries Xiaomi 7000 vehicle; deliveries NIO 8000 vehicle target"},
      {"Xiaomi aims high, while NIO delivered 8,000 units.", "deliveries NIO 8000 vehicle"},
      {"Xiaomi delivered 7,000 units; it had guided for more.", "deliveries Xiaomi 7000 vehicle"},
      {"Deliveries of 7,000 is what Xiaomi had guided for.", "deliveries Xiaomi 7000 vehicle guidance !company_inferred"},  // a cue that follows
  });
}

TEST_CASE("modality: what is denied or only supposed is no fact") {
  check({
      {"Xiaomi denied deliveries of 7,000.", ""},
      {"If Xiaomi delivered 7,000 units, it would rise.", ""},
      {"Xiaomi denied that; NIO delivered 7,000 units.", "deliveries NIO 7000 vehicle"},
      // The denial is stronger than a plan that stands nearer.
      {"Xiaomi denied it plans deliveries of 7,000.", ""},
  });
}

TEST_CASE("sign: losses are negative, in both currencies") {
  check({
      {"NIO's net loss was RMB 5 billion.", "net_profit NIO -5000000000 CNY"},
      {"NIO lost RMB 5 billion.", "net_profit NIO -5000000000 CNY"},
      {"NIO's net profit was RMB 5 billion.", "net_profit NIO 5000000000 CNY"},
  });
  const std::vector<Fact> facts = facts_of("NIO's net loss was RMB 5 billion ($700 million).");
  REQUIRE(facts.size() == 1);
  CHECK(facts[0].value_cny->to_string() == "-5000000000");
  CHECK(facts[0].value_usd->to_string() == "-700000000");
  CHECK(facts[0].stated_alt->value->to_string() == "-700000000");
  CHECK(facts[0].stated_alt->unit == "USD");
}

TEST_CASE("money: stated pair before article rate before option before default") {
  const auto money = [](const std::string& text, const Given& given = {}) {
    std::string out;
    for (const Fact& f : facts_of(text, given)) {
      if (f.metric == "fx_rate") continue;
      out += f.value_cny->to_string() + "/" + f.value_usd->to_string() + " " + f.fx_from + (f.fx_rate ? " " + f.fx_rate->to_string() : "");
      for (const std::string& flag : f.flags) out += " !" + flag;
    }
    return out;
  };
  CHECK(money("Xiaomi's revenue was RMB 7.1348 billion.") == "7134800000/1000000000 default 7.1348");
  CHECK(money("Xiaomi's revenue was $1 billion.") == "7134800000/1000000000 default 7.1348");
  CHECK(money("Xiaomi's revenue was $1 billion.", {.options = {Decimal(7), true}}) == "7000000000/1000000000 option 7");
  CHECK(money("Xiaomi's revenue was RMB 7 billion ($1.1 billion).") == "7000000000/1100000000 article");
  CHECK(money("Xiaomi's revenue was RMB 7.2 billion.\n\n($1 = RMB 7.2)") == "7200000000/1000000000 article 7.2");
  // The pair is what was stated, and it agrees with the rate or is flagged.
  CHECK(money("Xiaomi's revenue was RMB 7.2 billion ($1 billion).\n\n($1 = RMB 7.2)") == "7200000000/1000000000 article 7.2");
  CHECK(money("Xiaomi's revenue was RMB 7.2 billion ($2 billion).\n\n($1 = RMB 7.2)") == "7200000000/2000000000 article 7.2 !fx_mismatch");
  // A third of a dollar is rounded to cents.
  CHECK(money("Xiaomi's revenue was RMB 1 billion.", {.options = {Decimal(3), true}}) == "1000000000/333333333.33 option 3");
}

TEST_CASE("changes: with the host's slots, basis and reference") {
  check({
      {"Xiaomi's revenue in May 2024 was RMB 5 billion, up 10 percent year-on-year.",
       "revenue Xiaomi 5000000000 CNY 2024-05; revenue Xiaomi +yoy 10 percent 2024-05"},
      {"Xiaomi's revenue in May 2024 was RMB 5 billion, down 10 percent year-on-year.",
       "revenue Xiaomi 5000000000 CNY 2024-05; revenue Xiaomi +yoy -10 percent 2024-05"},
      {"Xiaomi's revenue in May 2024 was RMB 5 billion, up 10 percent.",
       "revenue Xiaomi 5000000000 CNY 2024-05; revenue Xiaomi +yoy 10 percent 2024-05 !basis_assumed"},
      {"Xiaomi's revenue in May 2024 was RMB 5 billion, up 25 percent from RMB 4 billion a year earlier.",
       "revenue Xiaomi 5000000000 CNY 2024-05; revenue Xiaomi +yoy 25 percent 2024-05; revenue Xiaomi 4000000000 CNY 2023-05"},
      {"Xiaomi's revenue in May 2024 was RMB 5 billion, up 25 percent from RMB 4 billion the previous month.",
       "revenue Xiaomi 5000000000 CNY 2024-05; revenue Xiaomi +mom 25 percent 2024-05; revenue Xiaomi 4000000000 CNY 2024-04"},
  });
}

TEST_CASE("of which: the part has what the whole has, less what the link drops") {
  check({{"Xiaomi's deliveries of the SU7 in May 2024 were 7,000, of which 3,000.", "deliveries Xiaomi SU7 7000 vehicle 2024-05; deliveries Xiaomi 3000 vehicle 2024-05"}});
}

TEST_CASE("identity: one statement is one fact, its repeats are evidence") {
  const std::vector<Fact> facts = facts_of("Xiaomi delivered 7,000 units in May 2024. In May 2024, Xiaomi delivered 7,000 units.\n\nXiaomi delivered 7,000 units.");
  REQUIRE(facts.size() == 1);
  CHECK(facts[0].evidence.size() == 3);
  CHECK(facts[0].period == "2024-05");  // the fuller record
  CHECK(facts[0].fact_id.size() == 32);
  check({
      {"Xiaomi delivered 7,000 units in May 2024. Xiaomi delivered 7,000 units in June 2024.", "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 7000 vehicle 2024-06"},
      {"Xiaomi delivered 7,000 units in May 2024. NIO delivered 7,000 units in May 2024.", "deliveries Xiaomi 7000 vehicle 2024-05; deliveries NIO 7000 vehicle 2024-05"},
      {"Xiaomi aims for deliveries of 7,000 in 2024. Xiaomi delivered 7,000 units in 2024.", "deliveries Xiaomi 7000 vehicle 2024 target; deliveries Xiaomi 7000 vehicle 2024-01-01/2024-08-21"},
  });
}

TEST_CASE("identity: ids are the same on every run, and differ where the statement does") {
  const std::string text = "Xiaomi delivered 7,000 units in May 2024. NIO delivered 8,000 units in May 2024, up 10 percent.";
  const std::vector<Fact> first = facts_of(text), second = facts_of(text);
  REQUIRE(first.size() == 3);
  REQUIRE(second.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(first[i].fact_id == second[i].fact_id);
    for (size_t k = 0; k < i; ++k) CHECK(first[i].fact_id != first[k].fact_id);
  }
}

TEST_CASE("identity: of many repeats each is evidence once, of many facts each is kept") {
  std::string same, different;
  for (int i = 0; i < 2000; ++i) {
    same += "Xiaomi delivered 7,000 units in May 2024. ";
    different += "Xiaomi delivered " + std::to_string(10000 + i) + " units in May 2024. ";
  }
  const std::vector<Fact> one = facts_of(same);
  REQUIRE(one.size() == 1);
  CHECK(one[0].evidence.size() == 2000);
  CHECK(facts_of(different).size() == 2000);
}

TEST_CASE("plausible: a figure outside the metric's range is none") {
  check({
      {"Xiaomi delivered 9 vehicles.", ""},
      {"Xiaomi delivered 10 vehicles.", "deliveries Xiaomi 10 vehicle"},
      {"Xiaomi delivered 21 million vehicles.", ""},
  });
}

TEST_CASE("values: ranges, qualifiers, standard units") {
  const std::vector<Fact> range = facts_of("Xiaomi expects deliveries of 5,000 to 6,000 in 2024.");
  REQUIRE(range.size() == 1);
  CHECK_FALSE(range[0].value);
  CHECK(range[0].value_low->to_string() == "5000");
  CHECK(range[0].value_high->to_string() == "6000");
  CHECK(range[0].qualifier == "range");
  const std::vector<Fact> more = facts_of("Xiaomi delivered more than 7,000 units.");
  REQUIRE(more.size() == 1);
  CHECK(more[0].qualifier == "more_than");
  CHECK(more[0].evidence[0].text == "7,000 units");
  const std::vector<Fact> loss = facts_of("NIO expects a net loss of RMB 5 billion to RMB 6 billion.");
  REQUIRE(loss.size() == 1);
  CHECK(loss[0].value_low->to_string() == "-6000000000");  // low is low
  CHECK(loss[0].value_high->to_string() == "-5000000000");
}

}  // namespace
}  // namespace factmill::testing
