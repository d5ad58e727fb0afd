// Scales that stand apart from their numbers.
#include "mention/declared_scales.h"

#include <doctest/doctest.h>

#include "mention/mentions.h"
#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

// The values of a text but for dates, "6500" or "5100000000 CNY"; where its scale stands apart, what says so behind an "@".
std::string amounts(const std::string& text) {
  const RulePack& pack = small_pack().get();
  static const MentionFinder kFinder(pack);
  const Document document = make_test_document(pack, text);
  MentionFinder::Scratch scratch;
  Mentions found;
  kFinder.find(document, scratch, found);
  std::string all;
  for (const Value& value : found.values.values) {
    if (value.type == ValueType::date) continue;
    all += (all.empty() ? "" : " | ") + value.low.to_string();
    if (value.unit != 0) all += " " + pack.values.unit(value.unit).name;
    if (!value.scale.empty()) all += " @" + std::string(value.scale.of(document.text));
  }
  return all;
}

TEST_CASE("declared scales: the numbers behind it in its sentence") {
  CHECK(amounts("Deliveries, thousand units: Nio 6.5, Xiaomi 5.") == "6500 @, thousand units: | 5000 @, thousand units:");
  CHECK(amounts("Deliveries (1,000 units): Nio 6.5.") == "6500 @(1,000 units)");
  CHECK(amounts("Deliveries (in thousands): Nio 6.5. Xiaomi has 12 models, Nio 4.5.") == "6500 @(in thousands) | 12 | 4.5");
}

TEST_CASE("declared scales: the lines below or above") {
  CHECK(amounts("Deliveries (in thousands):\nNio 6.5\nXiaomi 5.3\nNio had a good month and plans a new car. It also has 4.5 of something.") ==
        "6500 @(in thousands) | 5300 @(in thousands) | 4.5");
  CHECK(amounts("Deliveries in May:\nNio 6.5\nXiaomi 5.3\nAll figures in thousands.") == "6500 @figures in thousands | 5300 @figures in thousands");
  CHECK(amounts("Deliveries (in thousands):\nNio: 3.0\nXiaomi: 43.0") == "3000 @(in thousands) | 43000 @(in thousands)");
  CHECK(amounts("Nio delivered 6.5, Xiaomi 5.3. All figures in thousands.") == "6500 @figures in thousands | 5300 @figures in thousands");
  CHECK(amounts("Deliveries of Nio were 6.5, of Xiaomi 5.3 (in thousands).") == "6500 @(in thousands) | 5300 @(in thousands)");
}

TEST_CASE("declared scales: money") {
  CHECK(amounts("Results of Nio (RMB million): revenue 17,400, net loss 5,100.") == "17400000000 CNY @(RMB million) | 5100000000 CNY @(RMB million)");
  CHECK(amounts("Results of Nio (RMB 20 million): revenue 17,400.") == "20000000 CNY | 17400");
}

TEST_CASE("declared scales: a line that declares its own ends the list of another") {
  CHECK(amounts("Sales (in thousands):\nNio 6.5\nXiaomi 12.5 (RMB million)") == "6500 @(in thousands) | 12500000 CNY @(RMB million)");
  CHECK(amounts("Sales (in thousands):\nNio 6.5\nXiaomi 12.5") == "6500 @(in thousands) | 12500 @(in thousands)");
}

TEST_CASE("declared scales: not of what says by itself how much it is") {
  CHECK(amounts("Deliveries (in thousands):\nNio 6,500\nXiaomi 5.3 million\nNio 20 percent") == "6500 | 5300000 | 20 percent");
  CHECK(amounts("Deliveries (in thousands):\nNio RMB 12.5\nXiaomi 2024") == "12.5 CNY | 2024");
  CHECK(amounts("Deliveries (in thousands): Nio 6.5 with 3 models.") == "6500 @(in thousands) | 3");
}

TEST_CASE("declared scales: a scale goes on to the name behind it") {
  CHECK(amounts("Nio delivered 14.3 thousand, Xiaomi 7.2.") == "14300 | 7200 @14.3 thousand");
  CHECK(amounts("Nio delivered 14.3 thousand, Xiaomi 7.2 and NIO 1.25.") == "14300 | 7200 @14.3 thousand | 1250 @14.3 thousand");
  CHECK(amounts("Nio delivered 14.3 thousand. Xiaomi 7.2 is new.") == "14300 | 7.2");
  CHECK(amounts("Nio delivered 14.3 thousand, Xiaomi 700.") == "14300 | 700");
  CHECK(amounts("Nio delivered 14.3 thousand, and the index of Xiaomi stands at 7.2.") == "14300 | 7.2");
}

}  // namespace
}  // namespace factmill::testing
