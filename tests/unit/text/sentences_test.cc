#include "text/sentences.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "unit/text/test_rules.h"

namespace factmill {
namespace {

std::vector<std::string> sentences_of(std::string_view text) {
  SentenceSplitter splitter(test_rules().sentences);
  std::vector<Span> spans;
  splitter.split(text, {0, static_cast<uint32_t>(text.size())}, spans);
  std::vector<std::string> result;
  for (Span span : spans) result.emplace_back(span.of(text));
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("sentences: where they end") {
  struct Row {
    std::string what;
    Texts sentences;  // joined by a blank they are the input
  };
  const Row rows[] = {
      {"one", {"Xiaomi delivered 27,307 units."}},
      {"none", {}},
      {"without a full stop", {"Xiaomi delivered 27,307 units"}},
      {"two", {"It sold 5 cars.", "Then it sold more."}},
      {"marks", {"Really?", "Yes!", "It did."}},
      {"decimal", {"Revenue was RMB 6.4 billion ($0.9 billion).", "It rose."}},
      {"items of a list", {"The top two: 1. Tesla (2,191), 2. Toyota (879).", "BYD was next."}},
      {"a small number ends it", {"It opened stores 1 and 2.", "Tesla followed."}},
      {"a number goes first", {"The plant opened in 2024.", "27,307 units were delivered."}},
      {"a percentage before a number", {"Sales rose 12%.", "300 stores opened."}},
      {"a number with a blank in it", {"It made RMB 31. 68 billion in sales."}},
      {"company forms", {"NIO Inc. delivered 5 cars to Contemporary Amperex Technology Co. Limited and BYD Co. Ltd. in June."}},
      {"company form at the end", {"It bought a stake in NIO Inc.", "The price was not said."}},
      {"months", {"It begins on Sept. 1 and ends on Dec. 31, 2024."}},
      {"month at the end", {"Deliveries begin in Sept.", "The price is open."}},
      {"number sign", {"It ranked No. 1 in China.", "BYD was No. 2."}},
      {"versus", {"Revenue was 6.4 billion vs. Wall Street's 6.1 billion."}},
      {"about", {"It costs approx. RMB 215,900 in China."}},
      {"country", {"U.S. President Joe Biden raised tariffs in the U.S. Treasury's plan."}},
      {"country at the end", {"It is sold in the U.S.", "The company plans more."}},
      {"initial", {"J. Smith and William B. Ford spoke."}},
      {"a model's letter", {"It is larger than the Model S.", "Prices start at 5."}},
      {"a model's letter before a starter", {"It rivals the Model Y.", "The car is new."}},
      {"bracket", {"The car (it has 500 km of range. It is fast.) sells well.", "Good."}},
      {"open bracket", {"It (the car sells well.", "Good."}},
      {"quotes", {"\"We sold 5 cars.\"", "He left."}},
      {"quote goes on", {"\"We sold 5 cars!\" he said."}},
      {"opening quote", {"He left.", "\"We stay,\" she said."}},
      {"ticker", {"Xiaomi (HKG: 1810, OTCMKTS: XIACY) rose.", "NIO.US fell."}},
      {"clock", {"It starts at 9 a.m. Beijing time.", "Nobody came."}},
      {"dashes", {"It comes in three versions -- standard, Pro, and Max -- with prices.", "Good."}},
      {"ellipsis", {"Well... it sells.", "Good."}},
      {"not ASCII", {"Citro\u00EBn delivered 5.5 cars.", "Then NIO Inc. sold more."}},
      {"Chinese", {"\u5C0F\u7C73\u6C7D\u8F66\u3002", "It sold 5."}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    std::string text;
    for (const std::string& sentence : row.sentences) text += (text.empty() ? "" : " ") + sentence;
    CHECK(sentences_of(text) == row.sentences);
  }
}

TEST_CASE("sentences: blanks around them are no part of them") {
  CHECK(sentences_of("  One day.  \t Two days. ") == Texts{"One day.", "Two days."});
}

TEST_CASE("sentences: spans count from the text's begin") {
  const std::string text = "Title\nOne. Two.\n";
  SentenceSplitter splitter(test_rules().sentences);
  std::vector<Span> spans;
  splitter.split(text, {6, 15}, spans);
  REQUIRE(spans.size() == 2);
  CHECK(spans[0] == Span{6, 10});
  CHECK(spans[1] == Span{11, 15});
}

TEST_CASE("sentences: a bracket that never seems to end holds nothing together") {
  std::string text = "It (";
  for (int i = 0; i < 300; ++i) text += "One two three four. ";
  text += ") end.";
  CHECK(sentences_of(text).size() > 100);
}

TEST_CASE("sentences: the fast path for ASCII breaks where ICU does") {
  constexpr std::string_view kBytes = "aA1 .!?,-:;\"'()[]{}$%_/ \t.. aB";
  std::mt19937 random(20240821);
  SentenceSplitter splitter(test_rules().sentences);
  for (int i = 0; i < 200'000; ++i) {
    std::string line;
    const size_t size = random() % 24;
    for (size_t k = 0; k < size; ++k) line += kBytes[random() % kBytes.size()];
    std::vector<uint32_t> fast, icu;
    SentenceSplitter::breaks_of_ascii(line, fast);
    splitter.breaks_by_icu(line, icu);
    if (fast != icu) {
      CAPTURE(line);
      CHECK(fast == icu);
      break;
    }
  }
}

TEST_CASE("sentences: every byte of ASCII breaks as ICU says") {
  SentenceSplitter splitter(test_rules().sentences);
  for (int a = 1; a < 0x80; ++a) {
    for (int b = 1; b < 0x80; ++b) {
      if (a == '\n' || a == '\r' || b == '\n' || b == '\r') continue;
      const std::string line = std::string("It was. ") + static_cast<char>(a) + static_cast<char>(b) + " Next. Then" + static_cast<char>(b) + static_cast<char>(a) + ". " + static_cast<char>(a) + "b";
      std::vector<uint32_t> fast, icu;
      SentenceSplitter::breaks_of_ascii(line, fast);
      splitter.breaks_by_icu(line, icu);
      CAPTURE(line);
      CHECK(fast == icu);
    }
  }
}

}  // namespace factmill
