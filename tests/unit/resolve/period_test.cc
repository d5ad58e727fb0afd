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

TEST_CASE("period: quarters and years as the company's country counts them") {
  check({
      {"Tata delivered 7,000 units in the first quarter of 2024.", "deliveries Tata 7000 vehicle 2023-Q2"},
      {"Tata delivered 7,000 units in Q4 FY24.", "deliveries Tata 7000 vehicle 2024-Q1"},
      {"Tata delivered 7,000 units in FY24.", "deliveries Tata 7000 vehicle 2023-04-01/2024-03-31"},
      {"Tata delivered 7,000 units in 2023.", "deliveries Tata 7000 vehicle 2023"},
      {"Toyota delivered 7,000 units in the first quarter of 2024.", "deliveries Toyota 7000 vehicle 2024-Q1"},  // not called fiscal
      {"Toyota delivered 7,000 units in FY2023.", "deliveries Toyota 7000 vehicle 2023-04-01/2024-03-31"},
      {"NIO delivered 7,000 units in FY2023.", "deliveries NIO 7000 vehicle 2023"},
  });
}

TEST_CASE("period: what stands right before the head is its own; a count of a quarter is of its last day") {
  check({
      {"Xiaomi had May deliveries of 7,000 units in June 2024.", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"Xiaomi said in May deliveries of 7,000 units were planned for June 2024.", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"Xiaomi had on May 3 deliveries of 7,000 units in June 2024.", "deliveries Xiaomi 7000 vehicle 2024-06"},
      {"Xiaomi had 87 stores in the second quarter of 2024.", "store_count Xiaomi 87 store 2024-06-30"},
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

TEST_CASE("period: what was counted over a quarter and more is of one that is nearly over") {
  CHECK(facts("Xiaomi delivered 7,000 units in the first half.", {.published = "2026-01-08"}) == "deliveries Xiaomi 7000 vehicle 2025-H1");
  CHECK(facts("Xiaomi delivered 7,000 units in the first quarter.", {.published = "2026-02-08"}) == "deliveries Xiaomi 7000 vehicle 2025-Q1");
  CHECK(facts("Xiaomi delivered 7,000 units in the first quarter.", {.published = "2026-03-28"}) == "deliveries Xiaomi 7000 vehicle 2026-Q1");
  CHECK(facts("Xiaomi delivered 7,000 units in January.", {.published = "2026-01-08"}) == "deliveries Xiaomi 7000 vehicle 2026-01");
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

TEST_CASE("period: values that share a head have their own periods") {
  check({
      {"Xiaomi had 7,000 deliveries in June and 18,000 in the second quarter.", "deliveries Xiaomi 7000 vehicle 2024-06; deliveries Xiaomi 18000 vehicle 2024-Q2"},
      {"Xiaomi had 7,000 deliveries in June and 1,800 vehicles.", "deliveries Xiaomi 7000 vehicle 2024-06; deliveries Xiaomi 1800 vehicle 2024-06"},
  });
}

TEST_CASE("period: a year that runs, and a day until which was counted, begin at new year and end with what is known") {
  check({
      {"Xiaomi delivered 60,000 units by the end of July.", "deliveries Xiaomi 60000 vehicle 2024-01-01/2024-07-31"},
      {"Xiaomi delivered 7,000 units in July 2024. It has delivered 60,000 units this year.",
       "deliveries Xiaomi 7000 vehicle 2024-07; deliveries Xiaomi 60000 vehicle 2024-01-01/2024-07-31"},
      {"Xiaomi delivered 60,000 units last year.", "deliveries Xiaomi 60000 vehicle 2023"},
      {"Xiaomi expects deliveries of 60,000 units by the end of November.", "deliveries Xiaomi 60000 vehicle 2024-11-30 guidance"},
      // The latest of what was counted, whatever was spoken of last.
      {"Xiaomi delivered 7,000 units in July 2024, up from 6,000 in June 2024. It has delivered 60,000 units this year.",
       "deliveries Xiaomi 7000 vehicle 2024-07; deliveries Xiaomi 60000 vehicle 2024-01-01/2024-07-31"},
  });
}

TEST_CASE("period: what is expected is not of the month in which it was said") {
  check({
      {"Xiaomi expects deliveries of 120,000 units, it said last month.", "deliveries Xiaomi 120000 vehicle 2024 guidance !period_inferred"},
      {"Xiaomi expects deliveries of 8,000 units in September.", "deliveries Xiaomi 8000 vehicle 2024-09 guidance"},
  });
}

TEST_CASE("period: an outlook without a year is of what the article reports on, else ahead") {
  check({
      {"Xiaomi's revenue was 8 billion yuan in the second quarter. It had expected revenue of 7 billion yuan for the second quarter.",
       "revenue Xiaomi 8000000000 CNY 2024-Q2; revenue Xiaomi 7000000000 CNY 2024-Q2 guidance"},
      {"Xiaomi expects revenue of 7 billion yuan for the fourth quarter.", "revenue Xiaomi 7000000000 CNY 2024-Q4 guidance"},
      {"Xiaomi expects revenue of 7 billion yuan for the first quarter.", "revenue Xiaomi 7000000000 CNY 2025-Q1 guidance"},
  });
}

TEST_CASE("period: months that are listed are one time for one figure") {
  check({
      {"Xiaomi delivered 15,000 units in May and June.", "deliveries Xiaomi 15000 vehicle 2024-05-01/2024-06-30"},
      {"Xiaomi delivered 15,000 units in March and June.", "deliveries Xiaomi 15000 vehicle"},  // no stretch: nothing is guessed
  });
}

TEST_CASE("period: the year of a quarter may stand behind the noun") {
  check({
      {"Xiaomi's third quarter revenue in 2022 was 8 billion yuan.", "revenue Xiaomi 8000000000 CNY 2022-Q3"},
      {"Xiaomi's second quarter revenue was 8 billion yuan.", "revenue Xiaomi 8000000000 CNY 2024-Q2"},
  });
}

TEST_CASE("period: figures of a report are of what it reports on") {
  check({{"Xiaomi said in its first-quarter results that revenue was 8 billion yuan.", "revenue Xiaomi 8000000000 CNY 2024-Q1"}});
}

TEST_CASE("period: an amount that is named again brings its period") {
  check({
      {"Xiaomi delivered 27,307 units in the second quarter of 2024.\n\nIn July 2024 NIO delivered 9,000 units. Of the 27,307 units, Xiaomi exported 400 units.",
       "deliveries Xiaomi 27307 vehicle 2024-Q2; deliveries NIO 9000 vehicle 2024-07; exports Xiaomi 400 vehicle 2024-Q2"},
      {"Xiaomi delivered 27,307 units in the second quarter of 2024.\n\nIn July 2024 NIO delivered 9,000 units. Of the 27,308 units, Xiaomi exported 400 units.",
       "deliveries Xiaomi 27307 vehicle 2024-Q2; deliveries NIO 9000 vehicle 2024-07; exports Xiaomi 400 vehicle 2024-07"},
  });
}

TEST_CASE("period: what a figure comes from was counted before, unless an outlook is moved") {
  check({
      {"In June 2024, Xiaomi delivered 9,000 units from 7,000 units.", "deliveries Xiaomi 9000 vehicle 2024-06; deliveries Xiaomi 7000 vehicle 2023-06"},
      {"In 2024, Xiaomi expects deliveries of 9,000 units from 7,000 units.", "deliveries Xiaomi 9000 vehicle 2024 guidance; deliveries Xiaomi 7000 vehicle 2023"},
  });
}

TEST_CASE("period: what stands right behind the value comes before what stands between it and its head") {
  check({
      {"NIO's deliveries in 2023 rose to 5,000 in May 2024.", "deliveries NIO 5000 vehicle 2024-05"},
      {"NIO's deliveries in May 2024 rose to 5,000, and in 2023 they fell.", "deliveries NIO 5000 vehicle 2024-05"},
  });
}

TEST_CASE("period: one of an insertion is not of what stands behind it") {
  // Of the document, not of the sentence.
  check({{"NIO, which rose in May 2024, delivered 5,000 units.", "deliveries NIO 5000 vehicle 2024-05 !period_inferred"}});
}

TEST_CASE("period: the time that a figure is compared with is another's, unless a clause is said of it") {
  check({
      {"In May 2024, Xiaomi delivered 7,000 units, more than in June 2023.", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"In May 2024, Xiaomi delivered 7,000 units, many in June 2023.", "deliveries Xiaomi 7000 vehicle 2023-06"},
      {"In May 2024, Xiaomi did better than in June 2023, when it delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle 2023-06"},
  });
}

TEST_CASE("period: a day on which something is said is none of counting") {
  check({
      {"On June 2, 2024, NIO said that Xiaomi delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle"},
      {"In June 2024, NIO said that Xiaomi delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle 2024-06"},
      {"On June 2, 2024, Xiaomi delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle 2024-06-02"},
  });
}

TEST_CASE("period: after a sum of the year so far the month goes on") {
  check({
      {"Xiaomi delivered 7,000 units in July 2024. It delivered 50,000 units from January to July 2024. Exports were 500.",
       "deliveries Xiaomi 7000 vehicle 2024-07; deliveries Xiaomi 50000 vehicle 2024-01-01/2024-07-31; exports Xiaomi 500 vehicle 2024-07"},
      {"Xiaomi delivered 50,000 units from January to July 2024. Exports were 500.",
       "deliveries Xiaomi 50000 vehicle 2024-01-01/2024-07-31; exports Xiaomi 500 vehicle 2024-01-01/2024-07-31"},
  });
}

TEST_CASE("period: the year that runs where the company's country begins it") {
  check({
      {"Toyota delivered 7,000 units this fiscal year.", "deliveries Toyota 7000 vehicle 2024-04-01/2025-03-31"},
      {"Toyota delivered 7,000 units last fiscal year.", "deliveries Toyota 7000 vehicle 2023-04-01/2024-03-31"},
      {"NIO delivered 7,000 units last fiscal year.", "deliveries NIO 7000 vehicle 2023"},
  });
}

TEST_CASE("period: a count since something began is of all there was, since a date of the time from then on") {
  check({
      {"Since its debut in October 2021, Xiaomi delivered 229,692 units.", "deliveries Xiaomi 229692 vehicle 2024-08-21 !period_inferred"},
      {"Since October 2021, Xiaomi delivered 229,692 units.", "deliveries Xiaomi 229692 vehicle 2021-10-01/2024-08-21"},
      {"Xiaomi delivered 7,000 units in 2023. Since the beginning of the year it delivered 6,000 units.",
       "deliveries Xiaomi 7000 vehicle 2023; deliveries Xiaomi 6000 vehicle 2024-01-01/2024-08-21"},
  });
}

TEST_CASE("period: a time whose figure stands right behind it is not of the one before") {
  check({
      {"In May 2024, Xiaomi delivered 7,000 units, many after a June 2023 of 5,000 units.", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"In May 2024, Xiaomi delivered 7,000 units (June 2023: 5,000 units).", "deliveries Xiaomi 7000 vehicle 2024-05"},
      {"In May 2024, Xiaomi delivered 7,000 units, many (June 2023).", "deliveries Xiaomi 7000 vehicle 2023-06"},
  });
}

TEST_CASE("period: a year that owns a figure is the part of it that is spoken of") {
  check({
      {"In May 2024, Xiaomi had 7,000 deliveries but had last year's 5,000 deliveries.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 5000 vehicle 2023-05"},
      {"In May 2024, Xiaomi had 7,000 deliveries but had 5,000 deliveries last year.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 5000 vehicle 2023"},
  });
}

TEST_CASE("period: a count without a day is of the day of the one beside it") {
  check({
      {"Xiaomi had 87 stores at the end of 2023 and 30 cities.", "store_count Xiaomi 87 store 2023-12-31; city_coverage Xiaomi 30 city 2023-12-31"},
      {"Xiaomi was new at the end of 2023. It had 30 cities.", "city_coverage Xiaomi 30 city"},
  });
}

TEST_CASE("period: a change from what was a year before is of the time spoken of") {
  const std::string may = "In May 2024, Xiaomi delivered 7,000 units. A year earlier ";
  CHECK(facts(may + "deliveries were 5,000 but deliveries rose 40 percent.") ==
        "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 5000 vehicle 2023-05; deliveries Xiaomi +yoy 40 percent 2024-05 !basis_assumed");
  CHECK(facts(may + "deliveries rose 40 percent.").ends_with("deliveries Xiaomi +yoy 40 percent 2023-05 !basis_assumed"));
}

TEST_CASE("period: a date that something is compared with is not what the document reports on") {
  check({
      {"Xiaomi rose more than in June 2024.\n\nXiaomi delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle"},
      {"Xiaomi rose much in June 2024.\n\nXiaomi delivered 7,000 units.", "deliveries Xiaomi 7000 vehicle 2024-06 !period_inferred"},
  });
}

TEST_CASE("period: an outlook on a quarter that is just over is not of next year's") {
  const std::string text = "Xiaomi expects revenue of 7 billion yuan for the third quarter.";
  CHECK(facts(text, {.published = "2024-11-25"}) == "revenue Xiaomi 7000000000 CNY 2024-Q3 guidance");
  CHECK(facts(text, {.published = "2024-03-25"}) == "revenue Xiaomi 7000000000 CNY 2024-Q3 guidance");
  CHECK(facts(text, {.published = "2025-02-25"}) == "revenue Xiaomi 7000000000 CNY 2025-Q3 guidance");
}

TEST_CASE("period: a review of a year is of the year, also where its last quarter is spoken of") {
  const Given later{.published = "2025-01-15"};
  const std::string year = "Xiaomi delivered 90,000 units in 2024.\n\nXiaomi delivered 30,000 units in the ";
  CHECK(facts(year + "fourth quarter of 2024.\n\nXiaomi exported 7,000 units.", later).ends_with("exports Xiaomi 7000 vehicle 2024 !period_inferred"));
  CHECK(facts(year + "third quarter of 2024.\n\nXiaomi exported 7,000 units.", later).ends_with("exports Xiaomi 7000 vehicle 2024-Q3 !period_inferred"));
}

TEST_CASE("period: an outlook without a time is of the year that runs, not of the month that is reported on") {
  check({
      {"Xiaomi delivered 7,000 units in July. It expects 90,000 deliveries.",
       "deliveries Xiaomi 7000 vehicle 2024-07; deliveries Xiaomi 90000 vehicle 2024 guidance !period_inferred"},
      {"Xiaomi delivered 7,000 units in the second quarter. It expects 9,000 deliveries.",
       "deliveries Xiaomi 7000 vehicle 2024-Q2; deliveries Xiaomi 9000 vehicle 2024-Q2 guidance"},
  });
}

TEST_CASE("period: what somebody aims at now is of no time that is over, what was aimed at is") {
  check({
      {"Xiaomi delivered 70,000 units in 2023. It aims for 90,000 deliveries.",
       "deliveries Xiaomi 70000 vehicle 2023; deliveries Xiaomi 90000 vehicle 2024 target !period_inferred"},
      {"Xiaomi delivered 70,000 units in 2023 and aims for 90,000 deliveries.",
       "deliveries Xiaomi 70000 vehicle 2023; deliveries Xiaomi 90000 vehicle target"},
      {"Xiaomi delivered 70,000 units in 2023. It aimed for 90,000 deliveries.",
       "deliveries Xiaomi 70000 vehicle 2023; deliveries Xiaomi 90000 vehicle 2023 target"},
  });
}

TEST_CASE("period: a year before the quarter that is spoken of is there for comparison") {
  check({
      {"Xiaomi delivered 7,000 units in the second quarter. In 2023 it delivered 20,000 units. It exported 500 units.",
       "deliveries Xiaomi 7000 vehicle 2024-Q2; deliveries Xiaomi 20000 vehicle 2023; exports Xiaomi 500 vehicle 2024-Q2"},
      {"Xiaomi delivered 7,000 units in May 2023. In 2023 it delivered 20,000 units. It exported 500 units.",
       "deliveries Xiaomi 7000 vehicle 2023-05; deliveries Xiaomi 20000 vehicle 2023; exports Xiaomi 500 vehicle 2023"},
  });
  CHECK(facts("Xiaomi has a target of 90,000 deliveries.", {.title = "Xiaomi in the second quarter"}) == "deliveries Xiaomi 90000 vehicle 2024 target !period_inferred");
}

TEST_CASE("period: a full year is the one that its sentence names") {
  check({
      {"Xiaomi's full year net loss was 7 billion yuan in 2022.", "net_profit Xiaomi -7000000000 CNY 2022"},
      {"Xiaomi expects full year revenue of 7 billion yuan, many in 2023.", "revenue Xiaomi 7000000000 CNY 2024 guidance"},
  });
}

TEST_CASE("period: a month of a clause that begins a year before is of that year") {
  check({
      {"Xiaomi delivered 7,000 units in June. A year ago it delivered 5,000 units in June.",
       "deliveries Xiaomi 7000 vehicle 2024-06; deliveries Xiaomi 5000 vehicle 2023-06"},
      {"Xiaomi delivered 5,000 units a year ago and in June it delivered 7,000 units.",
       "deliveries Xiaomi 5000 vehicle 2023-06; deliveries Xiaomi 7000 vehicle 2024-06"},
  });
}

TEST_CASE("period: a month in which something was expected is not what it is expected of") {
  check({
      {"Xiaomi expects 90,000 deliveries in 2025. In May it had expected 80,000 deliveries.",
       "deliveries Xiaomi 90000 vehicle 2025 guidance; deliveries Xiaomi 80000 vehicle 2025 guidance"},
      {"Xiaomi expects 90,000 deliveries in 2025 but had expected 80,000 deliveries.",
       "deliveries Xiaomi 90000 vehicle 2025 guidance; deliveries Xiaomi 80000 vehicle 2025 guidance"},
      {"Xiaomi expects 90,000 deliveries in 2025. In October it expects 8,000 deliveries.",
       "deliveries Xiaomi 90000 vehicle 2025 guidance; deliveries Xiaomi 8000 vehicle 2024-10 guidance"},
  });
}

TEST_CASE("period: what stands right behind a change is its own, unless it lies before") {
  check({
      {"Xiaomi had May 2024 deliveries of 7,000 units, up 40 percent in 2024.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi +yoy 40 percent 2024-01-01/2024-05-31 !basis_assumed"},
      {"Xiaomi had May 2024 deliveries of 7,000 units, up 40 percent in April.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi +yoy 40 percent 2024-05 !basis_assumed"},
  });
}

TEST_CASE("period: a year ago, of the figure that the sentence began with") {
  check({
      {"Xiaomi delivered 7,000 units in May 2024. In the first quarter it delivered 9,000 units but a year ago delivered 8,000 units.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 9000 vehicle 2024-Q1; deliveries Xiaomi 8000 vehicle 2023-Q1"},
      {"Xiaomi delivered 7,000 units in May 2024. A year ago it delivered 8,000 units.",
       "deliveries Xiaomi 7000 vehicle 2024-05; deliveries Xiaomi 8000 vehicle 2023-05"},
  });
}

TEST_CASE("period: a day on which a year's figure was reached; one of a month is its own") {
  check({
      {"In 2023, Xiaomi delivered 60,000 units on August 14, 2023.", "deliveries Xiaomi 60000 vehicle 2023"},
      {"In August 2024, Xiaomi delivered 60,000 units on August 14.", "deliveries Xiaomi 60000 vehicle 2024-08-14"},
  });
}

TEST_CASE("period: up to a month or through a half, of what is counted") {
  check({
      {"Xiaomi delivered 60,000 units by July.", "deliveries Xiaomi 60000 vehicle 2024-01-01/2024-07-31"},
      {"Xiaomi delivered 60,000 units through the latter half of 2023.", "deliveries Xiaomi 60000 vehicle 2023-H2"},
      {"Xiaomi delivered 60,000 units through the first half of 2023.", "deliveries Xiaomi 60000 vehicle 2023-H1"},
  });
  CHECK(facts_of("Xiaomi expects 60,000 deliveries by November.").at(0).period_kind == "by");
}

TEST_CASE("period: months before the publish date, of a fiscal year, the last ones of a year") {
  check({
      {"Xiaomi delivered 7,000 units in the past two months.", "deliveries Xiaomi 7000 vehicle 2024-06-01/2024-07-31"},
      {"Tata delivered 7,000 units in the first four months of the ongoing fiscal year.", "deliveries Tata 7000 vehicle 2024-04-01/2024-07-31"},
      {"Xiaomi delivered 7,000 units in the final three months.", "deliveries Xiaomi 7000 vehicle 2023-Q4"},
      {"Xiaomi delivered 7,000 units in the last two months of 2023.", "deliveries Xiaomi 7000 vehicle 2023-11-01/2023-12-31"},
      {"Xiaomi rose in the third quarter of 2023. Xiaomi delivered 7,000 units in the fourth.", "deliveries Xiaomi 7000 vehicle 2023-Q4"},
      {"Xiaomi delivered 7,000 units in the fourth plant.", "deliveries Xiaomi 7000 vehicle"},
  });
  CHECK(facts("Xiaomi had 87 stores until July.") == "store_count Xiaomi 87 store 2024-07-31");
  CHECK(facts("Xiaomi had 87 stores until November 2024.") == "store_count Xiaomi 87 store");
  CHECK(facts("Xiaomi had 87 stores at year-end.", {.published = "2024-02-21"}) == "store_count Xiaomi 87 store 2023-12-31");
  CHECK(facts("Xiaomi had 87 stores at year-end.") == "store_count Xiaomi 87 store");
}

TEST_CASE("period: months that are counted from January, and the end of a quarter") {
  check({
      {"Xiaomi delivered 60,000 units over six months.", "deliveries Xiaomi 60000 vehicle 2024-H1"},
      {"Xiaomi delivered 60,000 units over two months.", "deliveries Xiaomi 60000 vehicle"},
      {"Xiaomi delivered 60,000 units in the final three months of 2023.", "deliveries Xiaomi 60000 vehicle 2023-Q4"},
      {"Xiaomi had 87 stores at quarter-end.", "store_count Xiaomi 87 store 2024-06-30"},
  });
  CHECK(facts_of("Xiaomi had 87 stores by the end of July.").at(0).period_kind == "as_of");
  CHECK(facts_of("Xiaomi expects 87 stores by the end of November.").at(0).period_kind == "by");
}

}  // namespace
}  // namespace factmill::testing
