// How sure it is.
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

TEST_CASE("modality: what a company expects of itself is guidance, what it plans a plan") {
  check({
      {"Xiaomi expects deliveries of 8,000 units in September.", "deliveries Xiaomi 8000 vehicle 2024-09 guidance"},
      {"Xiaomi will have delivered 8,000 units in September.", "deliveries Xiaomi 8000 vehicle 2024-09 guidance"},
      {"Xiaomi plans deliveries of 8,000 units in September.", "deliveries Xiaomi 8000 vehicle 2024-09 plan"},
      {"Xiaomi aims for deliveries of 8,000 units in September.", "deliveries Xiaomi 8000 vehicle 2024-09 target"},
      {"Xiaomi had deliveries of 8,000 units in July.", "deliveries Xiaomi 8000 vehicle 2024-07"},
  });
}

TEST_CASE("modality: a price that will be asked is the price, one that is expected a forecast") {
  check({
      {"The SU7 will be priced from 215,900 yuan.", "starting_price Xiaomi SU7 215900 CNY"},
      {"The SU7 is expected to be priced from 215,900 yuan.", "starting_price Xiaomi SU7 215900 CNY forecast"},
  });
}

TEST_CASE("modality: the source of one forecast speaks on") {
  check({
      {"CPCA expects Xiaomi to have deliveries of 8,000 units in September. They expected exports of 500 units in October.",
       "deliveries Xiaomi 8000 vehicle 2024-09 forecast; exports Xiaomi 500 vehicle 2024-10 forecast"},
      {"Xiaomi expects deliveries of 8,000 units in September. They expected exports of 500 units in October.",
       "deliveries Xiaomi 8000 vehicle 2024-09 guidance; exports Xiaomi 500 vehicle 2024-10 guidance"},
  });
}

TEST_CASE("modality: a target that was met says nothing of what met it") {
  check({
      {"Xiaomi met its target of 6,000, with 7,000 deliveries in July.", "deliveries Xiaomi 7000 vehicle 2024-07"},
      {"Xiaomi has a target of 6,000, that is 7,000 deliveries in September.", "deliveries Xiaomi 7000 vehicle 2024-09 target"},
  });
}

TEST_CASE("modality: what is left of a time that is past was counted; what is estimated of a time far ahead is a forecast") {
  check({
      {"Xiaomi says that leaves 7,000 deliveries in July.", "deliveries Xiaomi 7000 vehicle 2024-07"},
      {"Xiaomi says that leaves 7,000 deliveries in September.", "deliveries Xiaomi 7000 vehicle 2024-09 implied"},
      {"Xiaomi estimates deliveries of 7,000 units in July.", "deliveries Xiaomi 7000 vehicle 2024-07 estimate"},
      {"Xiaomi estimates deliveries of 70,000 units in 2025.", "deliveries Xiaomi 70000 vehicle 2025 forecast"},
  });
}

TEST_CASE("modality: a cue in a bracket that was closed") {
  check({
      {"NIO (which expects much) delivered 5,000 units in May 2024.", "deliveries NIO 5000 vehicle 2024-05"},
      {"NIO (it expects deliveries of 5,000 in December 2024) rose.", "deliveries NIO 5000 vehicle 2024-12 guidance"},
  });
}

TEST_CASE("modality: a cue that says nothing of a price hides none that does") {
  check({
      {"NIO plans that the EC6 will be priced from 300,000 yuan.", "starting_price NIO EC6 300000 CNY plan"},
      {"The EC6 will be priced from 300,000 yuan.", "starting_price NIO EC6 300000 CNY"},
  });
}

TEST_CASE("modality: a relative has cues of its own") {
  check({{"NIO plans an EC6, which delivered 5,000 units in May 2024.", "deliveries NIO EC6 5000 vehicle 2024-05"}});
}

}  // namespace
}  // namespace factmill::testing
