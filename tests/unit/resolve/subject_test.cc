// Who a fact is about.
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

TEST_CASE("subject: in the sentence") {
  check({
      {"Xiaomi delivered 27,307 units.", "deliveries Xiaomi 27307 vehicle"},
      {"Xiaomi's deliveries were 27,307.", "deliveries Xiaomi 27307 vehicle"},
      {"NIO said Xiaomi delivered 27,307 units.", "deliveries Xiaomi 27307 vehicle"},  // the nearest to the left
      {"27,307 units were delivered by Xiaomi.", "deliveries Xiaomi 27307 vehicle"},
      {"NIO delivered 5,000 units and Xiaomi delivered 6,000 units.", "deliveries NIO 5000 vehicle; deliveries Xiaomi 6000 vehicle"},
      {"NIO delivered 5,000 units, while Xiaomi delivered 6,000 units.", "deliveries NIO 5000 vehicle; deliveries Xiaomi 6000 vehicle"},
      {"CPCA said deliveries were 5,000.", ""},  // a body is a source
      {"Deliveries were 5,000.", ""},            // nobody's
  });
}

TEST_CASE("subject: whose it is that comes first stands behind it") {
  check({
      {"CPCA met. With 5,000 deliveries, NIO was glad.", "deliveries NIO 5000 vehicle"},
      {"With 5,000 deliveries in May 2024, the SU7 was ahead.", "deliveries Xiaomi SU7 5000 vehicle 2024-05"},
      {"Xiaomi rose. With NIO at 5,000 deliveries, Xiaomi was glad.", "deliveries NIO 5000 vehicle"},  // its own is nearer
      {"With glee, NIO saw 5,000 deliveries.", "deliveries NIO 5000 vehicle"},
  });
}

TEST_CASE("subject: a name behind a preposition speaks on in its own clause") {
  check({
      {"NIO works with Xiaomi, which has 87 stores.", "store_count Xiaomi 87 store"},
      {"NIO works with Xiaomi and has 87 stores.", "store_count NIO 87 store"},
      {"NIO works with Xiaomi, which has friends, and 87 stores.", "store_count NIO 87 store"},  // the clause is over
  });
}

TEST_CASE("subject: who comes behind other words is not whose it is, where the clause has a subject") {
  check({
      {"NIO delivered 5,000 units despite much help from Xiaomi.", "deliveries NIO 5000 vehicle"},
      {"NIO saw 5,000 deliveries from Onvo.", "deliveries Onvo 5000 vehicle"},                 // right behind them
      {"5,000 units were delivered with much help from Xiaomi.", "deliveries Xiaomi 5000 vehicle"},  // nobody else
  });
}

TEST_CASE("subject: a list of companies beside one value is none of subjects where there is one") {
  check({
      {"NIO, which works for BYD and Tesla, has 87 stores.", "store_count NIO 87 store"},
      {"NIO makes parts for it. By BYD and Tesla 87 stores were opened.", "store_count BYD 87 store"},
  });
}

TEST_CASE("subject: who says something of himself") {
  check({
      {"Xiaomi rose. Separately, NIO said it delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"Xiaomi rose. Separately, CPCA said it delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},  // a body is a source
      {"Xiaomi rose. Separately, NIO said Xiaomi delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},
  });
}

TEST_CASE("subject: a count of several is of none of them") {
  check({
      {"NIO and Xiaomi exported 5,000 units.", "exports 5000 vehicle"},
      {"NIO and Xiaomi each exported 5,000 units.", "exports NIO 5000 vehicle; exports Xiaomi 5000 vehicle"},
      {"NIO exported 5,000 units and Xiaomi rose.", "exports NIO 5000 vehicle"},
      {"NIO and Xiaomi have 87 stores.", "store_count NIO 87 store"},  // no count of a market
  });
  const std::vector<Fact> joint = facts_of("NIO and Xiaomi exported 5,000 units.");
  REQUIRE(joint.size() == 1);
  CHECK(joint[0].attributes == std::vector<std::pair<std::string, std::string>>{{"together", "NIO, Xiaomi"}});
}

TEST_CASE("subject: values one by one of whom the sentence before named") {
  check({
      {"NIO rose and so did Xiaomi. It saw revenue of 5 million yuan and 6 million yuan, respectively.",
       "revenue NIO 5000000 CNY; revenue Xiaomi 6000000 CNY"},
      {"NIO rose. It saw revenue of 5 million yuan and 6 million yuan, respectively.", "revenue NIO 5000000 CNY; revenue NIO 6000000 CNY"},
      {"NIO rose and so did Xiaomi. It saw revenue of 5 million yuan and 6 million yuan.", "revenue NIO 5000000 CNY; revenue NIO 6000000 CNY"},
  });
}

TEST_CASE("subject: a figure put in behind a model leaves it to the one that follows") {
  check({
      {"The SU7, which has a starting price of 215,900 yuan, saw deliveries of 5,000.",
       "starting_price Xiaomi SU7 215900 CNY; deliveries Xiaomi SU7 5000 vehicle"},
      {"The SU7 has a starting price of 215,900 yuan, and NIO saw deliveries of 5,000.",
       "starting_price Xiaomi SU7 215900 CNY; deliveries NIO 5000 vehicle"},
  });
}

TEST_CASE("subject: the group is the owner of the brand that was spoken of") {
  check({
      {"NIO rose. Onvo fell. The group delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO rose. Onvo fell. The company delivered 5,000 units.", "deliveries Onvo 5000 vehicle"},
      {"Xiaomi rose. Tesla fell. The group delivered 5,000 units.", "deliveries Tesla 5000 vehicle"},  // nobody's brand
  });
}

TEST_CASE("subject: what is part of a model's count is of the model") {
  check({
      {"Deliveries of the SU7 were 5,000 in May 2024, the figure was 600 in June 2024.", "deliveries Xiaomi SU7 5000 vehicle 2024-05; deliveries Xiaomi SU7 600 vehicle 2024-06"},
      {"Deliveries of the SU7 were 5,000 in May 2024, at NIO the figure was 600 in June 2024.", "deliveries Xiaomi SU7 5000 vehicle 2024-05; deliveries NIO 600 vehicle 2024-06"},
  });
}

TEST_CASE("subject: a maker of parts takes nothing from the model spoken of") {
  check({
      {"Xiaomi showed the SU7. With NIO the starting price was 215,900 yuan.", "starting_price Xiaomi SU7 215900 CNY"},
      {"Xiaomi showed the SU7. For NIO the starting price was 215,900 yuan.", "starting_price NIO 215900 CNY"},
  });
}

TEST_CASE("subject: a rival at the head of a paragraph is not what it is about") {
  CHECK(facts("Xiaomi showed the SU7.\n\nThey undercut the Model 3 at a starting price of 215,900 yuan.") == "starting_price Xiaomi SU7 215900 CNY");
  CHECK(facts("Xiaomi rose.\n\nThey undercut the Model 3 at a starting price of 215,900 yuan.") == "starting_price Tesla Model 3 215900 CNY");
}

TEST_CASE("subject: a model names its maker") {
  check({
      {"The SU7's deliveries were 5,000.", "deliveries Xiaomi SU7 5000 vehicle"},
      {"5,000 units of the SU7 were delivered.", "deliveries Xiaomi SU7 5000 vehicle"},
      {"BYD said deliveries of the Leopard 5 were 5,000.", "deliveries Fang Cheng Bao Leopard 5 5000 vehicle"},
      {"The starting price of the SU7 Pro was 245,900 yuan.", "starting_price Xiaomi SU7 Pro 245900 CNY"},
  });
}

TEST_CASE("subject: where a document is of no one model, the model of the paragraph before, or the one behind") {
  const std::string rest = "\n\nTesla showed the Model 3.\n\nNIO showed the EC6.";
  CHECK(facts("Xiaomi showed the SU7.\n\nThe starting price was 215,900 yuan." + rest) == "starting_price Xiaomi SU7 215900 CNY");
  CHECK(facts("Xiaomi showed the SU7.\n\nThe starting price was 215,900 yuan." + rest, {.title = "The Model 3 is here"}) ==
        "starting_price Tesla Model 3 215900 CNY");
  CHECK(facts("The starting price was 215,900 yuan in May for the red SU7." + rest) == "starting_price Xiaomi SU7 215900 CNY 2024-05");
  CHECK(facts("With a starting price of 215,900 yuan, the SU7 is cheap." + rest, {.title = "The Model 3 is here"}) ==
        "starting_price Xiaomi SU7 215900 CNY");
  CHECK(facts("At a starting price of 215,900 yuan, it beats the SU7." + rest, {.title = "The Model 3 is here"}) ==
        "starting_price Tesla Model 3 215900 CNY");
}

TEST_CASE("subject: a model spoken of comes before a company that was only named since") {
  check({
      {"Xiaomi showed the SU7. NIO rose. The starting price was 215,900 yuan.", "starting_price Xiaomi SU7 215900 CNY"},
      {"Xiaomi showed the SU7. NIO put the starting price at home, which was 215,900 yuan.", ""},  // its own, of a model without a name
  });
}

TEST_CASE("subject: a trim goes on until another one or another model is named") {
  check({
      {"The SU7 Pro is here. The starting price was 245,900 yuan.", "starting_price Xiaomi SU7 Pro 245900 CNY"},
      {"The SU7 Pro is here. The SU7 Max had a starting price of 299,900 yuan.", "starting_price Xiaomi SU7 Max 299900 CNY"},
  });
  CHECK(facts("The starting price was 245,900 yuan.", {.title = "The SU7 Pro is here"}) == "starting_price Xiaomi SU7 Pro 245900 CNY");
}

TEST_CASE("subject: a bracket after a name that the lexicon lacks, a descriptor, a pronoun") {
  check({
      {"Beijing Car Works (HKG: 1810) delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},
      {"NIO rose. The Shanghai-based EV maker delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO and Xiaomi rose. The smartphone giant delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},
      {"NIO rose. The company delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO rose. It delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO rose, Xiaomi fell. It delivered 5,000 units.", "deliveries NIO 5000 vehicle"},  // the first one, whom the sentence is about
  });
}

TEST_CASE("subject: where a paragraph names nobody, what the document is about, flagged") {
  check({{"NIO and its rivals met.\n\nDeliveries were 5,000.\n\nNIO rose.", "deliveries NIO 5000 vehicle !company_inferred"}});
  CHECK(facts("Deliveries were 5,000 in May 2024.", {.title = "Xiaomi delivers"}) == "deliveries Xiaomi 5000 vehicle 2024-05 !company_inferred");
  // The majority of the document comes before the last one seen in another paragraph.
  CHECK(facts("NIO rose, NIO fell and NIO stood.\n\nXiaomi rose.\n\nDeliveries were 5,000.") == "deliveries NIO 5000 vehicle !company_inferred");
}

TEST_CASE("subject: a common word in the title is a name only where the text proves it") {
  CHECK(facts("Deliveries were 5,000 in May 2024.", {.title = "Firefly season opens"}) == "");
  CHECK(facts("Deliveries were 5,000 in May 2024.", {.title = "Seal pups return"}) == "");
  CHECK(facts("Deliveries were 5,000 in May 2024.\n\nNIO rose.", {.title = "Firefly delivers"}) ==
        "deliveries Firefly 5000 vehicle 2024-05 !company_inferred");
}

TEST_CASE("subject: a place that does what only its market can") {
  check({
      {"NIO rose. China exported 5,000 units.", "exports industry CN 5000 vehicle"},
      {"NIO rose. It exported 5,000 units in China.", "exports NIO CN 5000 vehicle"},
      {"NIO rose. China delivered 5,000 units.", "deliveries NIO CN 5000 vehicle"},  // no figure of markets
  });
}

TEST_CASE("subject: what is put into a sentence has names of its own") {
  check({
      {"NIO, which Xiaomi likes, delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"Our firm, which NIO likes, rose. NIO, which rose with Xiaomi, delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO met Xiaomi, which delivered 5,000 units, twice.", "deliveries Xiaomi 5000 vehicle"},  // stated within
      {"NIO, which Xiaomi likes and delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},      // never closed
  });
}

TEST_CASE("subject: a relative is said of the name before it, also of a rival") {
  check({
      {"The EC6 undercut the Model 3, which is priced from 245,900 yuan.", "starting_price Tesla Model 3 245900 CNY"},
      {"The EC6 is new. The EC6 undercut the Model 3 and is priced from 300,000 yuan.", "starting_price NIO EC6 300000 CNY"},
  });
}

TEST_CASE("subject: a paragraph that goes on with a pronoun is about the model of the one before") {
  const Given model_3{.title = "The Model 3 is here"};
  const std::string before = "The Model 3 is good.\n\nThe SU7 is new.\n\n";
  CHECK(facts(before + "It has a starting price of 215,900 yuan.", model_3) == "starting_price Xiaomi SU7 215900 CNY");
  CHECK(facts(before + "The starting price was 215,900 yuan.", model_3) == "starting_price Tesla Model 3 215900 CNY");
  CHECK(facts(before + "Nobody came.\n\nIt has a starting price of 215,900 yuan.", model_3) == "starting_price Tesla Model 3 215900 CNY");
}

TEST_CASE("subject: values are paired with trims that stand apart where a word says so") {
  check({
      {"The SU7 Pro for firms and the SU7 Max have a starting price of 245,900 yuan and a starting price of 299,900 yuan respectively.",
       "starting_price Xiaomi SU7 Pro 245900 CNY; starting_price Xiaomi SU7 Max 299900 CNY"},
      {"The SU7 Pro for firms and the SU7 Max have a starting price of 245,900 yuan and a starting price of 299,900 yuan.",
       "starting_price Xiaomi SU7 Max 245900 CNY; starting_price Xiaomi SU7 Max 299900 CNY"},
  });
}

TEST_CASE("subject: the former and the latter of two trims in the sentence before") {
  check({
      {"The SU7 comes as the SU7 Pro and the SU7 Max. The latter has a starting price of 299,900 yuan.",
       "starting_price Xiaomi SU7 Max 299900 CNY"},
      {"The SU7 comes as the SU7 Pro and the SU7 Max. The former has a starting price of 245,900 yuan.",
       "starting_price Xiaomi SU7 Pro 245900 CNY"},
      {"The SU7 comes as the SU7 Pro. The former has a starting price of 245,900 yuan.", "starting_price Xiaomi SU7 245900 CNY"},
  });
}

TEST_CASE("subject: a number before a name alone is a heading, a line of a list that names nothing is none") {
  const Given model_3{.title = "The Model 3 is here"};
  const std::string price = "The starting price was 215,900 yuan in May.";
  CHECK(facts("NIO rose.\n\n2 SU7\n\nAll was good.\n\n" + price, model_3) == "starting_price Xiaomi SU7 215900 CNY 2024-05");
  CHECK(facts("NIO rose.\n\nSU7 2\n\nAll was good.\n\n" + price, model_3) == "starting_price Tesla Model 3 215900 CNY 2024-05");
}

TEST_CASE("subject: a name behind a preposition is one where it does something itself") {
  check({
      {"NIO rose, with Xiaomi having deliveries of 5,000.", "deliveries Xiaomi 5000 vehicle"},
      {"NIO together with Xiaomi had deliveries of 5,000.", "deliveries NIO 5000 vehicle"},
  });
}

TEST_CASE("subject: a phrase for the company is nobody named beside it") {
  check({
      {"NIO rose. Together with Xiaomi the company delivered 5,000 units.", "deliveries NIO 5000 vehicle"},
      {"NIO rose. Together with the company Xiaomi delivered 5,000 units.", "deliveries Xiaomi 5000 vehicle"},
  });
}

TEST_CASE("subject: a sentence that goes on with somebody, or just names another, changes no topic") {
  check({
      {"NIO rose. It met Xiaomi. Deliveries were 5,000.", "deliveries NIO 5000 vehicle"},
      {"NIO rose. Everybody uses Xiaomi. Deliveries were 5,000.", "deliveries NIO 5000 vehicle"},
      {"NIO rose. Xiaomi met it. Deliveries were 5,000.", "deliveries Xiaomi 5000 vehicle"},
      {"Everybody uses Xiaomi. Deliveries were 5,000.", "deliveries Xiaomi 5000 vehicle"},  // nobody else was spoken of
      {"NIO rose. It was Xiaomi that delivered 6,000 units. Deliveries were 5,000.", "deliveries Xiaomi 6000 vehicle; deliveries Xiaomi 5000 vehicle"},
  });
}

TEST_CASE("subject: a market that was spoken of") {
  check({
      {"NIO rose. The market in Europe grew. Exports were 5,000.", "exports industry 5000 vehicle"},
      {"NIO rose. NIO likes the market in Europe. Exports were 5,000.", "exports NIO 5000 vehicle"},
      {"NIO rose. The market in Europe grew. Revenue was RMB 5 billion.", "revenue NIO 5000000000 CNY !company_inferred"},  // no figure of markets
  });
}

TEST_CASE("subject: a market that spoke last goes on until somebody is named") {
  check({
      {"NIO rose. Europe exported 5,000 units. Exports were 6,000.", "exports industry Europe 5000 vehicle; exports industry 6000 vehicle"},
      {"NIO rose. Europe exported 5,000 units. NIO was glad. Exports were 6,000.",
       "exports industry Europe 5000 vehicle; exports NIO 6000 vehicle"},
  });
}

TEST_CASE("subject: counts of a model that was the subject") {
  check({
      {"The SU7 rose. Its deliveries were 5,000.", "deliveries Xiaomi SU7 5000 vehicle"},
      {"The SU7 rose. Deliveries were 5,000.", "deliveries Xiaomi SU7 5000 vehicle"},
      {"Xiaomi likes the SU7. Its deliveries were 5,000.", "deliveries Xiaomi 5000 vehicle"},
      {"The SU7 rose. NIO fell. Its deliveries were 5,000.", "deliveries NIO 5000 vehicle"},
      {"The SU7 rose. Its revenue was 5 million yuan.", "revenue Xiaomi 5000000 CNY"},  // no model has one
      {"The SU7 rose.\n\nDeliveries were 5,000.", "deliveries Xiaomi 5000 vehicle !company_inferred"},  // a paragraph later
      {"The SU7 had deliveries of 5,000 and exports of 600.", "deliveries Xiaomi SU7 5000 vehicle; exports Xiaomi SU7 600 vehicle"},
      {"The SU7 had deliveries of 5,000 and NIO had exports of 600.", "deliveries Xiaomi SU7 5000 vehicle; exports NIO 600 vehicle"},
  });
}

TEST_CASE("subject: a heading that asks about one company") {
  const Given nio{.title = "NIO is here"};
  const std::string revenue = "Revenue was 5 million yuan.";
  CHECK(facts("NIO rose.\n\nHow did Xiaomi do in May?\n\n" + revenue, nio) == "revenue Xiaomi 5000000 CNY 2024-05 !period_inferred");
  CHECK(facts("NIO rose.\n\nHow did Xiaomi do on May 5?\n\n" + revenue, nio) == "revenue NIO 5000000 CNY !company_inferred");
  CHECK(facts("NIO rose.\n\nHow did Xiaomi and NIO do in May?\n\n" + revenue, nio) == "revenue NIO 5000000 CNY 2024-05 !company_inferred !period_inferred");
}

TEST_CASE("subject: results are of whom the paragraph is about, of a bystander in it they are not") {
  const Given nio{.title = "NIO is here"};
  CHECK(facts("NIO had revenue of 6 million yuan.\n\nSeparately, Xiaomi rose. Revenue was 5 million yuan.", nio) ==
        "revenue NIO 6000000 CNY; revenue Xiaomi 5000000 CNY");
  CHECK(facts("NIO had revenue of 6 million yuan.\n\nNIO met with Xiaomi. Revenue was 5 million yuan.", nio) ==
        "revenue NIO 6000000 CNY; revenue NIO 5000000 CNY");
}

TEST_CASE("subject: the trim that was spoken of last") {
  const std::string price = " It is priced from 215,900 yuan.";
  check({
      {"The SU7 rose.\n\nThe Pro is good. The Max is better." + price, "starting_price Xiaomi SU7 Max 215900 CNY"},
      {"The SU7 rose.\n\nThe Pro and Max are good." + price, "starting_price Xiaomi SU7 215900 CNY"},
  });
}

TEST_CASE("subject: a person who holds a stake") {
  check({
      {"William Li's stake was 22.5 percent.", "stake William Li 22.5 percent"},
      {"William Li said NIO's stake was 22.5 percent.", "stake NIO 22.5 percent"},
      {"William Li delivered 5,000 units.", ""},  // persons have no other figures
  });
}

TEST_CASE("subject: lists pair off, unequal ones are not guessed") {
  check({
      {"The starting price of the SU7 standard, Pro and Max was RMB 215,900, RMB 245,900 and RMB 299,900.",
       "starting_price Xiaomi SU7 standard 215900 CNY; starting_price Xiaomi SU7 Pro 245900 CNY; starting_price Xiaomi SU7 Max 299900 CNY"},
      {"The starting price of the SU7 standard, Pro and Max was RMB 215,900 and RMB 245,900.", ""},
      {"The starting price of the SU7 standard and Pro was RMB 215,900, RMB 245,900 and RMB 299,900.", ""},
  });
}

}  // namespace
}  // namespace factmill::testing
