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

}  // namespace
}  // namespace factmill::testing
