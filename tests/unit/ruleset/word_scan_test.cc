#include "ruleset/word_scan.h"

#include <doctest/doctest.h>

#include <optional>
#include <random>
#include <string>

#include "ruleset/topic.h"

namespace factmill {
namespace {

std::optional<WordScan> scan_of(std::string_view pattern) {
  const std::optional<PatternTree> tree = PatternTree::parse(pattern);
  REQUIRE(tree);
  return WordScan::compile(*tree);
}

size_t count(std::string_view pattern, const std::string& text, size_t most = 100) {
  const std::optional<WordScan> scan = scan_of(pattern);
  REQUIRE(scan);
  return scan->count(text, most);
}

constexpr std::string_view kVehicles = "(?:electric|hybrid)[ -](?:car|van)|batter(?:y|ies) for cars|(?-i:[BP]?EVs?)|e-?bikes?|lithium";

}  // namespace

TEST_CASE("word scan: counts the words that a match begins at") {
  CHECK(count(kVehicles, "Electric cars and a hybrid-van use lithium.") == 3);
  CHECK(count(kVehicles, "ELECTRIC CARS, electric carriages") == 2);  // as the pattern, which asks for no end of the word
  CHECK(count(kVehicles, "batteries for cars, battery for cars, battery for bikes") == 2);
  CHECK(count(kVehicles, "an EV, two BEVs, no QEV and no ev") == 2);
  CHECK(count(kVehicles, "ebike e-bikes E-Bike e bike") == 3);
  CHECK(count(kVehicles, "nonelectric car, 5electric car, (electric car) _electric car") == 2);
  CHECK(count(kVehicles, "lithiu") == 0);
  CHECK(count(kVehicles, "") == 0);
}

TEST_CASE("word scan: at the begin, at the end and over the borders of blocks") {
  for (size_t size = 0; size < 300; ++size) {
    CAPTURE(size);
    std::string text(size, '.');
    CHECK(count(kVehicles, text + "EV") == 1);
    CHECK(count(kVehicles, text + "electric car " + text + "lithium") == 2);
    CHECK(count(kVehicles, std::string(size, 'x') + "lithium") == (size == 0 ? 1 : 0));
    CHECK(count(kVehicles, std::string(size, '.') + "lithiu" + std::string(size, ' ')) == 0);
  }
}

TEST_CASE("word scan: stops at as many as were asked for") {
  CHECK(count(kVehicles, "EV EV EV EV", 2) == 2);
  CHECK(count(kVehicles, "EV", 2) == 1);
  CHECK(count(kVehicles, "lithium" + std::string(200, '.') + "lithium", 1) == 1);
}

TEST_CASE("word scan: a line break may become a blank") {
  CHECK(count(kVehicles, "electric\ncar") == 1);
  CHECK(count("a[^b]c", "a\nc") == 1);
}

TEST_CASE("word scan: where any character may stand, one beyond ASCII ends the search") {
  CHECK(count("a.c", "a\u00E9c") == 1);
  CHECK(count("a.c", "a\u00E9d") == 1);  // one too many is allowed
  CHECK(count("abc", "ab\u00E9") == 0);
  CHECK(count("abc", "\u00E9" "abc") == 1);  // no letter of a word, as \b takes it
}

TEST_CASE("word scan: what it does not do") {
  CHECK_FALSE(scan_of("x*"));          // may be empty
  CHECK_FALSE(scan_of("a||b"));
  CHECK_FALSE(scan_of("-car"));        // begins with no letter or digit
  CHECK_FALSE(scan_of("[^a]bc"));
  CHECK_FALSE(scan_of("a{900}"));
  CHECK(scan_of("a{3}b+c*(?:d|e)?\\b"));
}

TEST_CASE("word scan: never fewer than the pattern's matches, on texts made of its parts") {
  const std::string pattern(kVehicles);
  const Topic topic = *Topic::compile(pattern, {.times = 1});
  const std::optional<WordScan> scan = scan_of(pattern);
  REQUIRE(scan);
  const std::string_view parts[] = {"electric", "hybrid", " ", "-", "car", "van", "batter", "y", "ies", " for", " cars", "EV", "B", "P", "s", "e", "bike", "lithium", ".", "\n", "5", "\u00E9", "E", "L", "x"};
  std::mt19937 random(7);
  size_t matches = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto size = random() % 40; size > 0; --size) text += parts[random() % std::size(parts)];
    CAPTURE(text);
    const size_t found = topic.count(text, 1000);
    REQUIRE(scan->count(text, 1000) >= found);
    matches += found;
  }
  CHECK(matches > 1000);
}

TEST_CASE("topic: text and title together, and short texts need not speak of it") {
  const Topic topic = *Topic::compile("lithium|EVs?", {.times = 2, .min_bytes = 20});
  CHECK(topic.may_be_in("Of lithium and of cars and of EVs", ""));
  CHECK(topic.may_be_in("Of lithium and of cars and of bikes", "EVs"));
  CHECK_FALSE(topic.may_be_in("Of lithium and of cars and of bikes", "Cars"));
  CHECK(topic.may_be_in("Of cars", ""));
  CHECK(topic.count("EVs, EV, lithium", 10) == 3);
  CHECK_FALSE(Topic::compile("(", {}));
}

TEST_CASE("topic: where no scan can be made nothing is ruled out") {
  CHECK(Topic::compile("(?:voiture|\u00E9lectrique)", {.times = 2})->may_be_in("Not a word of it.", ""));
  CHECK(Topic::compile("lithium", {.times = 2, .quick = false})->may_be_in("Not a word of it.", ""));
}

}  // namespace factmill
