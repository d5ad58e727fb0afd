#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

TEST_CASE("reduce: what belongs together becomes one mention") {
  struct {
    std::string text, tagged, reduced;
  } const rows[] = {
      {"Xiaomi's revenue was RMB 6.4 billion ($900 million).", "{company}'s {noun} was {money} ({money}).", "{company}'s {noun} was {money}."},
      {"Revenue up 10 percent year-on-year from RMB 5 billion in May 2023", "{noun} up {percent} year-on-year from {money} in {date}",
       "{noun} {change} from {money} {when}"},
      {"revenue rose 10 percent from RMB 5 billion May 2023", "{noun} rose {percent} from {money} {date}", "{noun} {change}"},
      {"The SU7, Pro, Max and standard", "The {model}, {variant}, {variant} and {variant}", "The {model}, {variant+}"},
      {"Xiaomi SU7 Pro", "{model} {variant}", "{model}"},
      {"27,307 units of the SU7 in China", "{quantity} of the {model} in {region}", "{quantity} {aside} {where}"},
      {"Nothing to fold here.", "Nothing to fold here.", "Nothing to fold here."},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const Reading r(row.text);
    CHECK(r.tagged == row.tagged);
    CHECK(r.reduced == row.reduced);
  }
}

TEST_CASE("reduce: the result keeps the value and covers all that was folded") {
  const Reading r("revenue was RMB 6.4 billion ($900 million).");
  const Node& money = r.sentence.node(r.sentence.node_at[r.sentence.tagged.find(tag_byte(Tag::money))]);
  CHECK(std::string(money.span.of(r.document.text)) == "RMB 6.4 billion ($900 million)");
  CHECK(std::string(money.core.of(r.document.text)) == "RMB 6.4 billion");
  CHECK(r.text_of(money.slot(Slot::alt)) == "$900 million");
}

TEST_CASE("reduce: spans behind and inside other scripts are whole characters") {
  const Reading r("caf\xC3\xA9 \xE2\x82\xAC: revenue was RMB 6.4 billion ($900 million)\xC3\xA9\xC3\xA9");
  const Node& money = r.sentence.node(r.sentence.node_at[r.sentence.tagged.find(tag_byte(Tag::money))]);
  CHECK(std::string(money.span.of(r.document.text)) == "RMB 6.4 billion ($900 million)");
}

TEST_CASE("reduce: a fall is negative, its basis and reference stay with it") {
  const Reading r("net profit fell 10 percent from RMB 5 billion May 2023");
  const Node& change = r.sentence.node(r.sentence.node_at[r.sentence.tagged.find(tag_byte(Tag::change))]);
  CHECK(change.negative);
  const Node& reference = r.sentence.node(change.slot(Slot::reference));
  CHECK(r.text_of(change.slot(Slot::reference)) == "RMB 5 billion");
  CHECK(r.text_of(reference.slot(Slot::period)) == "May 2023");
  CHECK(Reading("net profit rose 10 percent year on year").sentence.nodes.back().basis == "yoy");
}

TEST_CASE("reduce: a list has its members, those of an inner list too") {
  const SmallPack pack(Files{{"rules.yaml",
                              "reductions:\n  - {id: pair, match: '{money} and {money}', as: money, list: true}\n"
                              "  - {id: more, match: '{money}, {money+}', as: money, list: true}\n"}});
  const Reading r("prices: RMB 215,900; RMB 5 billion, RMB 6 billion, RMB 7 billion and RMB 8 billion", pack.get());
  const Node* list = nullptr;
  for (size_t i = 0; i < r.sentence.tagged.size(); ++i) {
    if (r.sentence.node_at[i] != kNoNode && r.sentence.node(r.sentence.node_at[i]).list) list = &r.sentence.node(r.sentence.node_at[i]);
  }
  REQUIRE(list != nullptr);
  std::string members;
  for (uint32_t i = 0; i < list->item_count; ++i) members += r.text_of(r.sentence.items[list->first_item + i]) + "|";
  CHECK(members == "RMB 5 billion|RMB 6 billion|RMB 7 billion|RMB 8 billion|");
}

TEST_CASE("reduce: a restriction looks at unit, metric, kind or name") {
  const auto reduced = [](const std::string& match, const std::string& as, const std::string& text) {
    const SmallPack pack(Files{{"rules.yaml", "reductions: [{id: r, match: '" + match + "', as: " + as + "}]"}});
    return Reading(text, pack.get()).reduced;
  };
  CHECK(reduced("{quantity/km}", "aside", "5 km and 5 kWh") == "{aside} and {quantity}");
  CHECK(reduced("{quantity/km|kWh}", "aside", "5 km, 5 kWh, 5 kg") == "{aside}, {aside}, {quantity}");
  CHECK(reduced("{quantity/!km}", "aside", "5 km and 5 kWh") == "{quantity} and {aside}");
  CHECK(reduced("{noun/revenue}", "aside", "revenue and exports") == "{aside} and {noun}");
  CHECK(reduced("{company/body}", "speaker", "CPCA and NIO") == "{speaker} and {company}");
  CHECK(reduced("{company/nio}", "speaker", "CPCA and NIO") == "{company} and {speaker}");
  CHECK(reduced("{region/CN}", "where", "China, Europe") == "{where}, {region}");
  CHECK(reduced("{date/quarter}", "when", "first quarter of 2024, May 2024") == "{when}, {date}");
  CHECK(reduced("{date/month|quarter}", "when", "first quarter of 2024, May 2024") == "{when}, {when}");
}

TEST_CASE("reduce: of several words the one that ends where the text's does is taken") {
  const SmallPack pack(Files{{"rules.yaml", "reductions: [{id: of, match: 'offer|offers|offering', as: aside}, {id: held, match: 'hold|holding', as: aside}]\n"}});
  CHECK(Reading("NIO is offering cars and holding stores", pack.get()).reduced == "{company} is {aside} cars and {aside} {noun}");
  CHECK(Reading("coffers of NIO, offered by NIO", pack.get()).reduced == "coffers of {company}, offered by {company}");
}

TEST_CASE("reduce: emphasis of marked-up text is not seen") {
  CHECK(Reading("**Revenue** of **NIO** and __Xiaomi__").tagged == "{noun} of {company} and {company}");
  CHECK(Reading("*Revenue* of NIO").tagged == "*{noun}* of {company}");
}

TEST_CASE("reduce: rules that feed each other end") {
  const SmallPack pack(Files{{"rules.yaml",
                              "reductions:\n  - {id: same, match: '{number:n}', as: number, keep: n}\n  - {id: a, match: '{number:n}', as: quantity, keep: n}\n"
                              "  - {id: b, match: '{quantity:n}', as: number, keep: n}\n  - {id: empty, match: 'x*', as: aside}\n"
                              "  - {id: two, match: '{number:a},? {number}', as: number, keep: a}\n"}});
  std::string text = "1,000";
  for (int i = 0; i < 200; ++i) text += ", 1,000";
  const Reading r(text, pack.get());
  CHECK(r.reduced.size() < 20);  // all of them folded, however many passes that takes
}

TEST_CASE("reduce: a text met before is asked anew what its mentions are") {
  const SmallPack pack(Files{{"rules.yaml",
                              "reductions:\n"
                              "  - {id: euros, match: 'beside {money/EUR:m}', as: money, keep: m}\n"
                              "  - {id: sum, match: '{money:m} in all', before: '{noun/revenue} of $', as: money, keep: m}\n"}});
  Reducer reducer(pack.get().rules);
  const auto reduced = [&](const std::string& text) { return Reading(text, pack.get(), "", &reducer).reduced; };
  for (int round = 0; round < 3; ++round) {
    CHECK(reduced("It has beside RMB 5 billion here") == "It has beside {money} here");
    CHECK(reduced("It has beside \xE2\x82\xAC" "5 billion here") == "It has {money} here");
    CHECK(reduced("a revenue of RMB 5 billion in all, beside RMB 6 billion") == "a {noun} of {money}, beside {money}");
    CHECK(reduced("a net profit of RMB 5 billion in all, beside \xE2\x82\xAC" "6 billion") == "a {noun} of {money} in all, {money}");
    CHECK(reduced("a net profit of RMB 5 billion in all, beside RMB 6 billion") == "a {noun} of {money} in all, beside {money}");
  }
  // Only the last answer was new: the texts are two, and the first search found each of their matches.
  const uint64_t searches = reducer.searches();
  reduced("a revenue of RMB 5 billion in all, beside \xE2\x82\xAC" "6 billion");
  CHECK(reducer.searches() - searches < 4);
}

}  // namespace
}  // namespace factmill::testing
