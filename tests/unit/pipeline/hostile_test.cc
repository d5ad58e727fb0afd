// Input that no editor wrote: nothing may crash, everything must end, and time may not grow with the square of the length.
#include <random>

#include "pipeline/extractor.h"
#include "text/make_document.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

const Extractor& real_extractor() {
  static const Extractor kExtractor([] {
    Diagnostics diagnostics;
    auto pack = load_rules(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    INFO(diagnostics.render());
    REQUIRE(pack != nullptr);
    return pack;
  }());
  return kExtractor;
}

// The facts of the text; every evidence must be the raw bytes it points at.
size_t extracted(const std::string& text) {
  static Extraction extraction(real_extractor());
  Record record;
  record.bytes = text;
  DocumentOrReject made = make_document(std::move(record), real_extractor().pack().text, {});
  if (!made) return 0;
  const DocumentFacts facts = extraction.run(made.document());
  size_t wrong = 0;
  for (const Fact& fact : facts.facts) {
    wrong += fact.evidence.empty();
    for (const Evidence& e : fact.evidence) {
      wrong += e.end > text.size() || e.start > e.end;
      if (made.document().charset == "UTF-8") wrong += text.substr(e.start, e.end - e.start) != e.text;
    }
  }
  CHECK(wrong == 0);
  return facts.facts.size();
}

std::string repeated(const std::string& part, size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::vector<std::string> fragments() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(FACTMILL_SOURCE_DIR "/corpus")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    std::string word, fragment;
    while (in >> word) {
      fragment += (fragment.empty() ? "" : " ") + word;
      if (fragment.size() > 12) out.push_back(std::exchange(fragment, {}));
    }
  }
  std::sort(out.begin(), out.end());  // folders come in any order
  return out;
}

TEST_CASE("hostile: random recombinations of articles, some bytes of them broken") {
  const std::vector<std::string> parts = fragments();
  REQUIRE(parts.size() > 1000);
  const std::string_view joints[] = {" ", " ", " ", ", ", ". ", "; ", "\n", "\n\n", " (", ") ", "\"", " and ", ""};
  std::mt19937 random(7);
  size_t facts = 0;
  for (int round = 0; round < 150; ++round) {
    std::string text;
    for (unsigned k = 20 + random() % 300; k > 0; --k) {
      text += parts[random() % parts.size()];
      text += joints[random() % std::size(joints)];
    }
    if (round % 3 == 0) {
      for (int k = 0; k < 30; ++k) text[random() % text.size()] = static_cast<char>(random());
    }
    facts += extracted(text);
  }
  CHECK(facts > 100);
}

TEST_CASE("hostile: random bytes, and random bytes of the alphabet that matters") {
  std::mt19937 random(11);
  const std::string_view alphabet = "0123456789,.%$()-/ \"'\nRMBdeliverd\xC2\xA0\xE2\x82\xAC\xF0\x9F";
  for (int round = 0; round < 100; ++round) {
    std::string text;
    for (unsigned k = random() % 4000; k > 0; --k) text += round % 2 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    extracted(text);
  }
}

TEST_CASE("hostile: four times the text takes not much more than four times the time") {
  std::string numbers = "Xiaomi revenue: ", amounts = numbers, facts;
  for (int i = 0; i < 5000; ++i) {
    numbers += std::to_string(1000 + i) + " ";
    amounts += "RMB " + std::to_string(1000 + i) + " million, ";
    facts += "Xiaomi delivered " + std::to_string(10000 + i) + " vehicles in June 2024. ";
  }
  struct {
    const char* name;
    std::string part;
  } const rows[] = {
      {"one sentence", repeated("Xiaomi delivered 27,307 units of the SU7 in May 2024 and its revenue was RMB 6.4 billion, up 10 percent year-on-year, ", 700)},
      {"numbers", numbers},
      {"amounts", amounts},
      {"names", repeated("Xiaomi NIO SU7 Onvo deliveries ", 3000)},
      {"facts", facts},
      {"cues", repeated("if Xiaomi may expect, but would plan 20,000 deliveries, ", 1500)},
      {"brackets", repeated("(", 20000) + "Xiaomi delivered 27,307" + repeated(")", 20000)},
      {"quotes", repeated("\"Xiaomi \"delivered ", 5000)},
      {"dates", repeated("in June 2024, ", 6000)},
      {"paragraphs", repeated("Xiaomi delivered 27,307 units.\n\n", 2500)},
      {"one word", repeated("a", 100000)},
      {"other scripts", repeated("\xE6\xB1\xBD\xE8\xBB\x8A", 15000)},
  };
  // What would be quadratic runs into the suite's time limit; nothing is timed here.
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK_NOTHROW(extracted(repeated(row.part, 4)));
  }
}

}  // namespace
}  // namespace factmill::testing
