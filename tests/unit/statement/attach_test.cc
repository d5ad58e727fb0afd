#include "statement/attach.h"

#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

TEST_CASE("attach: every value finds its best head") {
  struct {
    std::string text, statements, open;
  } const rows[] = {
      {"Xiaomi delivered 27,307 units.", "deliveries 27,307 units by verb.value", ""},
      {"27,307 units were delivered.", "deliveries 27,307 units by value.passive", ""},
      {"revenue of RMB 5 billion and gross margin of 15 percent", "revenue RMB 5 billion by noun.of; gross_margin 15 percent by noun.of", ""},
      {"A gross margin of RMB 5 billion", "", "RMB 5 billion"},  // the metric takes no money
      {"Revenue of 15 percent", "", "15 percent"},
      {"Xiaomi's revenue in China in May 2024 was RMB 5 billion", "revenue RMB 5 billion by noun.was", ""},  // where and when are no gap
      {"revenue in the second quarter of 2024, which nobody expected, of RMB 5 billion", "", "RMB 5 billion"},
      {"The weather was RMB 5 billion", "", "RMB 5 billion"},
      {"87 stores in 30 cities", "store_count 87 by value.noun; city_coverage 30 cities by its unit", ""},
      {"The SU7 was launched.", "", ""},
      {"The SU7 launched on May 23, 2024", "launch_date on May 23, 2024 by event.date", ""},
      {"Xiaomi launched on May 23, 2024", "", ""},
      {"deliveries 1,200, of which 300 abroad", "deliveries 1,200 by noun.plain; deliveries 300 by link.of_which", ""},
      {"Xiaomi delivered 1,200 units, up 10 percent year-on-year", "deliveries 1,200 units by verb.value; +deliveries 10 percent by link.change", ""},
      {"revenue up 10 percent year on year", "+revenue 10 percent by noun.change", ""},
      {"deliveries in 2024 of 15", "deliveries 15 by noun.of", ""},
      {"deliveries in 2024 of 5", "", "5"},  // less than there can be
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const Reading r(row.text);
    CHECK(r.statements() == row.statements);
    CHECK(r.open() == row.open);
  }
}

TEST_CASE("attach: a bare number needs a tight frame") {
  const SmallPack pack(Files{{"rules.yaml", "frames:\n  - {id: loose, frame: '{noun} {value}', score: 59}\n  - {id: tight, frame: '{noun} of {value}', score: 61}\n"
                                            "links: [{id: and, link: '{value} and {value}', score: 50}]\n"}});
  CHECK(Reading("deliveries 87 then", pack.get()).statements() == "");
  CHECK(Reading("deliveries 1,087 then", pack.get()).statements() == "deliveries 1,087 by loose");
  CHECK(Reading("deliveries of 87 then", pack.get()).statements() == "deliveries 87 by tight");
  CHECK(Reading("deliveries of 1,087 and 87 then", pack.get()).statements() == "deliveries 1,087 by tight");
  CHECK(Reading("deliveries of 1,087 and 1,187 then", pack.get()).statements() == "deliveries 1,087 by tight; deliveries 1,187 by and");
}

TEST_CASE("attach: what cannot be of one metric may be of another, unless a loose frame alone says so") {
  const auto read = [](const std::string& text, const std::string& loose) {
    const SmallPack pack(Files{{"rules.yaml", "frames:\n  - {id: tight, frame: '{noun} of {value}', score: 90}\n  - {id: far, frame: '{noun} and {noun} of {value}', score: 89" + loose + "}\n"}});
    return Reading(text, pack.get()).statements();
  };
  CHECK(read("exports and deliveries of 50 units", "") == "deliveries 50 units by tight");
  CHECK(read("exports and deliveries of 5 units", "") == "exports 5 units by far");
  CHECK(read("exports and deliveries of 5 units", ", set: {flag: loose_reading}") == "");
  CHECK(read("exports and exports of 5 units", ", set: {flag: loose_reading}") == "exports 5 units by tight");
}

TEST_CASE("attach: a tie goes to the rule that stands first") {
  const auto by = [](const std::string& first, const std::string& second) {
    const SmallPack pack(Files{{"rules.yaml", "frames:\n  - {id: " + first + ", frame: '{noun} of {value}', score: 90}\n  - {id: " + second +
                                                  ", frame: '{noun} (?:of|at) {value}', score: 90}\n"}});
    return Reading("revenue of RMB 5 billion", pack.get()).statements();
  };
  CHECK(by("one", "two") == "revenue RMB 5 billion by one");
  CHECK(by("two", "one") == "revenue RMB 5 billion by two");
}

TEST_CASE("attach: the higher score wins, nearer heads before farther ones") {
  const SmallPack pack(Files{{"rules.yaml", "frames:\n  - {id: far, frame: '{noun}[^{}]* {value}', score: 60}\n  - {id: near, frame: '{noun} of {value}', score: 90}\n"}});
  CHECK(Reading("revenue, not net profit of RMB 5 billion", pack.get()).statements() == "net_profit RMB 5 billion by near");
}

TEST_CASE("attach: frames may look at what stands before and behind") {
  const SmallPack pack(Files{{"rules.yaml", "frames: [{id: a, frame: '{noun} of {value}', score: 90, before: 'total ', after: ' in all'}]"}});
  CHECK(Reading("total revenue of RMB 5 billion in all", pack.get()).statements() == "revenue RMB 5 billion by a");
  CHECK(Reading("total revenue of RMB 5 billion", pack.get()).statements() == "");
  CHECK(Reading("revenue of RMB 5 billion in all", pack.get()).statements() == "");
  CHECK(Reading("total of revenue of RMB 5 billion in all", pack.get()).statements() == "");
}

TEST_CASE("attach: a frame for some metrics, for some values") {
  const SmallPack pack(Files{{"rules.yaml", "frames:\n  - {id: a, frame: '{noun} of {value}', score: 90, metrics: [revenue]}\n"
                                            "  - {id: b, frame: '{noun} at {value}', score: 90, values: [percent]}\n"}});
  CHECK(Reading("revenue of RMB 5 billion, net profit of RMB 6 billion", pack.get()).statements() == "revenue RMB 5 billion by a");
  CHECK(Reading("revenue at RMB 5 billion, gross margin at 5 percent", pack.get()).statements() == "gross_margin 5 percent by b");
}

TEST_CASE("attach: a head that goes on may say with which metrics") {
  const auto read = [](const std::string& among, const std::string& text) {
    const SmallPack pack(Files{{"rules.yaml", "reductions: [{id: market, match: 'the market', as: noun, metric: carried" + among +
                                                  "}]\nframes:\n  - {id: of, frame: '{noun} of {value}', score: 90}\n"}});
    return Reading(text, pack.get()).statements();
  };
  const std::string text = "deliveries of 1,200, revenue of RMB 5 billion, the market of 1,900";
  CHECK(read("", text) == "deliveries 1,200 by of; revenue RMB 5 billion by of; deliveries 1,900 by of");
  CHECK(read(", metrics: [deliveries, exports]", text) == "deliveries 1,200 by of; revenue RMB 5 billion by of; deliveries 1,900 by of");
  CHECK(read(", metrics: [exports, store_count]", text) == "deliveries 1,200 by of; revenue RMB 5 billion by of; exports 1,900 by of");
  CHECK(read(", metrics: [exports]", "the market of 1,900") == "exports 1,900 by of");
  CHECK(read("", "the market of 1,900") == "");
  CHECK(read(", metrics: [revenue]", "the market of 1,900") == "");  // takes no plain number
}

TEST_CASE("attach: restricted to one rule, the others are silent") {
  const std::string text = "deliveries of 1,200 units, up 10 percent year-on-year; 300 units were exported";
  CHECK(Reading(text, small_pack().get(), "noun.of").statements() == "deliveries 1,200 units by noun.of");
  CHECK(Reading(text, small_pack().get(), "value.passive").statements() == "exports 300 units by value.passive");
  CHECK(Reading("87 stores in 30 cities", small_pack().get(), "value.noun").statements() == "store_count 87 by value.noun");
}

TEST_CASE("attach: a loss is told from a profit") {
  const Reading loss("net loss of RMB 5 billion"), profit("net profit of RMB 5 billion"), verb("NIO lost RMB 5 billion");
  REQUIRE(loss.stated.size() == 1);
  CHECK(loss.stated[0].negative);
  REQUIRE(profit.stated.size() == 1);
  CHECK_FALSE(profit.stated[0].negative);
  REQUIRE(verb.stated.size() == 1);
  CHECK(verb.stated[0].negative);
}

TEST_CASE("attach: every edge that was weighed says what stopped it") {
  const Reading r("A gross margin of RMB 5 billion");
  bool told = false;
  for (const EdgeTrace& e : r.edges) told |= e.rule == "noun.of" && e.metric == "gross_margin" && e.stopped_by == "the metric takes no such value";
  CHECK(told);
}

TEST_CASE("attach: statements stand by position and lean to the left") {
  const Reading r("deliveries of 1,200 units, of which 300 units, of which 100 units, up 5 percent; revenue of RMB 5 billion, up 6 percent");
  REQUIRE(r.stated.size() == 6);
  for (size_t i = 0; i < r.stated.size(); ++i) {
    CHECK(r.stated[i].host < static_cast<int>(i));
    if (i > 0) CHECK(r.stated[i - 1].position < r.stated[i].position);
  }
  CHECK(r.stated[2].host == 1);
  CHECK(r.stated[5].host == 4);
}

}  // namespace
}  // namespace factmill::testing
