#include "text/zones.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/text/making.h"

namespace factmill {
namespace {

using Texts = std::vector<std::string>;

Texts zones_of_text(const std::string& text, const std::string& title = {}) {
  Record record = record_of(text);
  record.title = title;
  DocumentOrReject made = make_document(std::move(record), test_rules());
  REQUIRE(made);
  return zones_of(made.document());
}

const std::string kSentence = "Xiaomi delivered 27,307 units of the SU7 in the second quarter.";

}  // namespace

TEST_CASE("zones: the xiaomi article") {
  const std::string article = shared_article("xiaomi-2024-q2.txt");
  if (article.empty()) {
    MESSAGE("skipped: ../shared/articles is not here");
    return;
  }
  CHECK(zones_of_text(article) == Texts{
                                      "lead: In the second quarter of",
                                      "caption: (A Xiaomi SU7 on display",
                                      "body: Chinese smartphone giant",
                                      "body: Xiaomi expects to meet i",
                                      "body: During its first-quarter",
                                      "prompt: Join us on or",
                                      "body: Xiaomi officially launch",
                                      "body: Deliveries of the standa",
                                      "body: In the second quarter of",
                                      "body: \"Our Xiaomi EV plant has",
                                      "body: Xiaomi also announced th",
                                      "body: In the second quarter of",
                                      "body: During the quarter, the ",
                                      "body: As of June 30, 2024, Xia",
                                      "body: For smart driving, Xiaom",
                                      "body: Xiaomi plans to open the",
                                      "fx_note: ($1 = RMB 7.1348)",
                                      "related: Xiaomi to launch product",
                                      "prompt: Become A CnEVPost Member",
                                      "prompt: Become a member of CnEVP",
                                      "prompt: Become A Member",
                                      "prompt: Already a member? Sign i",
                                  });
}

TEST_CASE("zones: a text of one paragraph is body") {
  CHECK(zones_of_text("Xiaomi delivered 27,307 units.") == Texts{"body: Xiaomi delivered 27,307 "});
  CHECK(zones_of_text("Xiaomi delivered 27,307 units") == Texts{"body: Xiaomi delivered 27,307 "});
  CHECK(zones_of_text("SU7: RMB 215,900") == Texts{"body: SU7: RMB 215,900"});
  CHECK(zones_of_text("\n\n  Price | RMB 215,900 \n") == Texts{"body: Price | RMB 215,900"});
}

TEST_CASE("zones: titles") {
  SUBCASE("a headline before the first sentence") {
    CHECK(zones_of_text("Xiaomi delivers 27,307 SU7 in Q2\n\n" + kSentence) ==
          Texts{"title: Xiaomi delivers 27,307 S", "body: Xiaomi delivered 27,307 "});
  }
  SUBCASE("its deck") {
    CHECK(zones_of_text("Xiaomi delivers 27,307 SU7 in Q2\nRevenue up to RMB 6.4 billion\nAnalysis\n" + kSentence + "\n" + kSentence + " Again.") ==
          Texts{"title: Xiaomi delivers 27,307 S", "title: Revenue up to RMB 6.4 bi", "metadata: Analysis", "lead: Xiaomi delivered 27,307 ", "body: Xiaomi delivered 27,307 "});
  }
  SUBCASE("what the metadata call the title, typography apart") {
    CHECK(zones_of_text("Will Xiaomi\u2019s SU7 beat Tesla?\n" + kSentence, "Will Xiaomi's SU7 beat Tesla?") ==
          Texts{"title: Will Xiaomi's SU7 beat T", "body: Xiaomi delivered 27,307 "});
  }
  SUBCASE("a terminated line is none") {
    CHECK(zones_of_text("Xiaomi delivers 27,307 cars.\n" + kSentence) == Texts{"lead: Xiaomi delivers 27,307 c", "body: Xiaomi delivered 27,307 "});
  }
  SUBCASE("without a sentence below there is none") {
    CHECK(zones_of_text("Xiaomi delivers SU7\nNio delivers ET5") == Texts{"lead: Xiaomi delivers SU7", "body: Nio delivers ET5"});
  }
}

TEST_CASE("zones: summaries stand at the top, lists within the article stay") {
  CHECK(zones_of_text("Xiaomi reports Q2\n- Deliveries of 27,307 units\n\u2022 Revenue of RMB 6.4 billion\n" + kSentence + "\n- standard: RMB 215,900\n- Pro: RMB 245,900\n" + kSentence + " So.") ==
        Texts{"title: Xiaomi reports Q2", "summary: - Deliveries of 27,307 u", "summary: \u2022 Revenue of RMB 6.4 b", "lead: Xiaomi delivered 27,307 ", "body: - standard: RMB 215,900",
              "body: - Pro: RMB 245,900", "body: Xiaomi delivered 27,307 "});
  CHECK(zones_of_text("- Deliveries of 27,307 units\n- Revenue of RMB 6.4 billion") == Texts{"body: - Deliveries of 27,307 u", "body: - Revenue of RMB 6.4 bil"});
}

TEST_CASE("zones: body stays body") {
  for (const std::string line : {
           "The three versions are priced as follows:", "Range: 700 km CLTC", "Model | Price | Range", "SU7 Max\tRMB 299,900", "SU7 Max RMB 299,900",
           "Deliveries in August", "About 300 stations opened in June", "By August, it had opened 87 stores in 30 cities", "Battery", "August 21 is the day of the launch",
           "The company, which opened 87 stores, said more will follow in 2025 and beyond",
       }) {
    CAPTURE(line);
    const Texts zones = zones_of_text(kSentence + "\n" + kSentence + " A.\n" + kSentence + " B.\n" + line + "\n" + kSentence + " C.");
    REQUIRE(zones.size() == 5);
    CHECK(zones[3].starts_with("body: "));
  }
}

TEST_CASE("zones: a table behind the last sentence is no list of headlines") {
  const Texts zones = zones_of_text(kSentence + "\n" + kSentence + " A.\n" + kSentence + " B.\nModel | Price | Range | Battery | Power\nSU7 Max | RMB 299,900 | 800 km | 101 kWh | 495 kW\n- Range of the Pro version: 830 km CLTC");
  CHECK(zones[3] == "body: Model | Price | Range | ");
  CHECK(zones[4] == "body: SU7 Max | RMB 299,900 | ");
  CHECK(zones[5] == "body: - Range of the Pro versi");
}

TEST_CASE("zones: headlines behind the article") {
  const std::string body = kSentence + "\n" + kSentence + " A.\n" + kSentence + " B.\n";
  CHECK(zones_of_text(body + "Nio to open 1,000 swap stations in 2025")[3] == "related: Nio to open 1,000 swap s");
  CHECK(zones_of_text(body + "China EV registrations in week ending May 25: Nio 5,900, Onvo 1,400")[3] == "related: China EV registrations i");
  CHECK(zones_of_text(body + "Range by the CLTC: 605 km in the standard version")[3] == "body: Range by the CLTC: 605 k");
  CHECK(zones_of_text(body + "The company will open the stations in 2025")[3] == "body: The company will open th");
  CHECK(zones_of_text(kSentence + "\nNio to open 1,000 swap stations in 2025")[1] == "body: Nio to open 1,000 swap s");
  CHECK(zones_of_text(kSentence + "\n($1 = RMB 7.1348)\nNio to open 1,000 swap stations in 2025")[2] == "related: Nio to open 1,000 swap s");
  const Texts marked = zones_of_text(kSentence + "\nRead more:\nNio opens swap stations\nBYD sells 300,000 cars in Aug\n" + kSentence + " A.");
  CHECK(marked == Texts{"lead: Xiaomi delivered 27,307 ", "related: Read more:", "related: Nio opens swap stations", "related: BYD sells 300,000 cars i", "body: Xiaomi delivered 27,307 "});
}

TEST_CASE("zones: captions") {
  const Texts zones = zones_of_text(kSentence + "\nThe SU7 on display in Beijing\nThe SU7 on display in Beijing\n" + kSentence + " A.\nPhoto: Xinhua\n" + kSentence + " A.\n" + kSentence + " A.");
  CHECK(zones == Texts{"lead: Xiaomi delivered 27,307 ", "caption: The SU7 on display in Be", "caption: The SU7 on display in Be", "body: Xiaomi delivered 27,307 ", "caption: Photo: Xinhua",
                       "body: Xiaomi delivered 27,307 ", "caption: Xiaomi delivered 27,307 "});
}

TEST_CASE("zones: metadata around the title") {
  CHECK(zones_of_text("Xiaomi reports Q2\nBy Che Pan and Brenda Goh\nAugust 21, 2024 14:30 GMT+8\n3 min read\n" + kSentence + "\nSource: CnEVPost") ==
        Texts{"title: Xiaomi reports Q2", "metadata: By Che Pan and Brenda Go", "metadata: August 21, 2024 14:30 GM", "prompt: 3 min read", "body: Xiaomi delivered 27,307 ", "metadata: Source: CnEVPost"});
}

TEST_CASE("zones: the notes of a press release go to the end of their sections") {
  const std::string text = kSentence + "\n" + kSentence + " A.\n" + kSentence + " B.\nConference Call\nThe company will hold a call at 8:00 PM on August 21.\nDial-in: +86 10 1234\nThe call lasts.\n"
      "About NIO Inc.\nNIO Inc. is a pioneer and a leading company. It was founded in 2014.\nSafe Harbor Statement\nThis press release contains statements. They are made in good faith.\n"
      "Key Figures\nDeliveries were 57,373 vehicles.\nLeave a Reply\nGreat car, I bought 3 of them.";
  CHECK(zones_of_text(text) == Texts{"lead: Xiaomi delivered 27,307 ", "body: Xiaomi delivered 27,307 ", "body: Xiaomi delivered 27,307 ", "legal: Conference Call", "legal: The company will hold a ",
                                     "legal: Dial-in: +86 10 1234", "legal: The call lasts.", "legal: About NIO Inc.", "legal: NIO Inc. is a pioneer an", "legal: Safe Harbor Statement",
                                     "legal: This press release conta", "body: Key Figures", "body: Deliveries were 57,373 v", "prompt: Leave a Reply", "prompt: Great car, I bought 3 of"});
}

}  // namespace factmill
