// Why a statement became no fact, as `explain` tells it.
#include "unit/resolve/facts_of.h"

namespace factmill::testing {
namespace {

// "VALUE of METRIC: why", one after the other.
std::string drops(const std::string& text, const Given& given = {}) {
  std::vector<DropTrace> found;
  facts_of(text, given, &found);
  std::string out;
  for (const DropTrace& drop : found) out += (out.empty() ? "" : "; ") + drop.value + " of " + drop.metric + ": " + drop.why;
  return out;
}

TEST_CASE("drop: what keeps a statement from being a fact is said") {
  CHECK(drops("NIO delivered 5,000 units.") == "");
  CHECK(drops("Deliveries were 5,000.") == "5,000 of deliveries: no company was found");
  CHECK(drops("NIO asks if it delivered 5,000 units.") == "5,000 units of deliveries: its words deny it, or only suppose it");
  CHECK(drops("NIO denied that deliveries were 5,000.") == "5,000 of deliveries: its words deny it, or only suppose it");
  CHECK(drops("NIO rose. The Pro and Max starting price was 5,000 yuan, 6,000 yuan and 7,000 yuan.") == "5,000 yuan of starting_price: the list beside it has another length; 6,000 yuan of starting_price: the list beside it has another length; 7,000 yuan of starting_price: the list beside it has another length");
}

TEST_CASE("drop: what was stated before is evidence of the first") {
  CHECK(drops("NIO delivered 5,000 units. NIO delivered 5,000 units.") == "5,000 units of deliveries: stated before, at byte 14");
  CHECK(drops("NIO delivered 5,000 units. NIO delivered 6,000 units.") == "");
}

TEST_CASE("drop: nobody asks, nothing is kept") {
  CHECK(facts("Deliveries were 5,000.") == "");
}

}  // namespace
}  // namespace factmill::testing
