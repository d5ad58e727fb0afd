#include "mention/words.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace factmill {
namespace {

std::string found(std::string_view text, Span within) {
  std::vector<Word> words;
  find_words(text, within, words);
  std::string out;
  for (const Word& word : words) {
    out += out.empty() ? "" : "|";
    out += text.substr(word.begin, word.end - word.begin);
  }
  return out;
}

std::string found(std::string_view text) { return found(text, {0, static_cast<uint32_t>(text.size())}); }

TEST_CASE("words: letters and digits, and what is beyond ASCII but symbols") {
  CHECK(found("Li Auto's L9, 1,234 of them") == "Li|Auto|s|L9|1|234|of|them");
  CHECK(found("") == "");
  CHECK(found(" .,-") == "");
  CHECK(found("under_score") == "under|score");
  CHECK(found("Xiaomi\u00AE and \u201CSU7\u201D") == "Xiaomi|and|SU7");
  CHECK(found("Citro\u00EBn\u00A0C5") == "Citro\u00EBn|C5");
  CHECK(found("\u5C0F\u7C73") == "\u5C0F\u7C73");
}

TEST_CASE("words: only within the stretch asked for, which may begin within one") {
  CHECK(found("alpha beta gamma", {2, 8}) == "pha|be");
  CHECK(found("alpha", {5, 5}) == "");
}

TEST_CASE("words: a word of any length over the blocks of sixty-four bytes") {
  for (size_t before = 55; before < 70; ++before) {
    for (size_t size : {1U, 7U, 64U, 65U, 130U}) {
      const std::string word(size, 'x');
      CAPTURE(before);
      CHECK(found(std::string(before, ' ') + word) == word);
      CHECK(found(std::string(before, ' ') + word + "\u2019s") == word + "|s");
      CHECK(found(std::string(before, ' ') + "\u00A0" + word + " y") == word + "|y");
    }
  }
}

TEST_CASE("words: one hash for all its capitals") {
  const auto hash = [](std::string_view word) { return hash_word(word, 0, word.size()); };
  CHECK(hash("Deliveries") == hash("dELIVERIES"));
  CHECK(hash("deliveries") != hash("delivery"));
  CHECK(hash("ab") != hash("abc"));
  // Where it lies in a text changes nothing.
  const std::string text = "of the deliveries";
  std::vector<Word> words;
  find_words(text, {0, static_cast<uint32_t>(text.size())}, words);
  REQUIRE(words.size() == 3);
  CHECK(words[2].hash == hash("deliveries"));
  CHECK(words[0].hash == hash("OF"));
}

TEST_CASE("words: as byte by byte, in texts of anything") {
  const std::string_view parts[] = {"a", "Z", "7", " ", ".", "\u00A0", "\u2019", "\u00E9", "\u5C0F", "\xE2", "\x80", "\xC2", "_", "abcdefgh"};
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto size = random() % 90; size > 0; --size) text += parts[random() % std::size(parts)];
    std::string expected, word;
    bool symbol = false;  // the byte before is of no word
    for (size_t i = 0; i <= text.size(); ++i) {
      const bool tail = i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
      const bool is_word = i < text.size() && is_word_byte(text[i]) && !(symbol && tail);
      symbol = i < text.size() && !is_word;
      if (is_word) {
        word += text[i];
      } else if (!word.empty()) {
        expected += (expected.empty() ? "" : "|") + word;
        word.clear();
      }
    }
    CAPTURE(text);
    REQUIRE(found(text) == expected);
  }
}

}  // namespace
}  // namespace factmill
