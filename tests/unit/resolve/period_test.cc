// When a fact holds.
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

TEST_CASE("period: of the clause, of the sentence, of the sentences before") {
  check({
      {"Xiaomi delivered 27,307 units in the second quarter of 2024.", "deliveries Xiaomi 27307 vehicle 2024-Q2"},
      {"In May 2024, Xiaomi delivered 27,307 units.", "deliveries Xiaomi 27307 vehicle 2024-05"},
      {"In May 2024, Xiaomi delivered 7,000 units and NIO delivered 8,000 units.", "deliveries Xiaomi 7000 vehicle 2024-05; deliveries NIO 8000 vehicle 2024-05"},
      {"Xiaomi delivered 7,000 units in May 2024 and 8,000 units in June 2024.",
       "deliveries Xiaomi 7000 vehicle 2024-05"},  // the small pack has no link for gapping: nothing is guessed
      {"Xiaomi delivered 7,000 units in May 2024. Exports were 500.", "deliveries Xiaomi 7000 vehicle 2024-05; exports Xiaomi 500 vehicle 2024-05"},
      {"The SU7 was launched on March 28, 2024.", "launch_date Xiaomi SU7 2024-03-28"},
  });
}

TEST_CASE("period: a month without a year is the one nearest before the publish date") {
  check({
      {"Xiaomi delivered 7,000 units in May.", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"Xiaomi delivered 7,000 units in November.", "deliveries Xiaomi 7000 vehicle 2023-11"},
      {"Xiaomi expects to have delivered 7,000 units in November.", "deliveries Xiaomi 7000 vehicle 2024-11 guidance"},
      {"Xiaomi delivered 7,000 units last month.", "deliveries Xiaomi 7000 vehicle 2024-07"},
  });
}

TEST_CASE("period: without a publish date, years and days that need one are inferred and flagged") {
  const Given unknown{.published = ""};
  CHECK(facts("Xiaomi delivered 7,000 units in May 2024.", unknown) == "deliveries Xiaomi 7000 vehicle 2024-05");
  CHECK(facts("The launch was on August 21, 2024. Xiaomi delivered 7,000 units last month.", unknown) == "deliveries Xiaomi 7000 vehicle 2024-07 !period_inferred");
}

TEST_CASE("period: prices and counts have only their own") {
  check({
      {"In May 2024, the starting price of the SU7 was 215,900 yuan.", "starting_price Xiaomi SU7 215900 CNY 2024-05"},
      {"Xiaomi delivered 7,000 units in May 2024. The starting price of the SU7 was 215,900 yuan.",
       "deliveries Xiaomi 7000 vehicle 2024-05; starting_price Xiaomi SU7 215900 CNY"},
      {"Xiaomi delivered 7,000 units in May 2024. It had 87 stores.", "deliveries Xiaomi 7000 vehicle 2024-05; store_count Xiaomi 87 store"},
  });
}

TEST_CASE("period: a new paragraph begins anew") {
  // A quarter of the document still serves where the paragraph has none.
  check({{"NIO delivered 7,000 units in the second quarter of 2024.\n\nXiaomi delivered 8,000 units.",
          "deliveries NIO 7000 vehicle 2024-Q2; deliveries Xiaomi 8000 vehicle 2024-Q2 !period_inferred"}});
}

}  // namespace
}  // namespace factmill::testing
