#include "text/near_duplicates.h"

#include <doctest/doctest.h>

#include <string>

namespace factmill {
namespace {

const std::string kArticle =
    "Halden Motors handed over 18,204 cars in March, its best month so far, the company said on Tuesday. That was 31 percent more than a year before and 9 percent more "
    "than in February.\n\nThe first quarter came to 49,870 cars, within the range of 48,000 to 51,000 that it had given in January. Its cheaper brand, Fjord, stood for "
    "6,120 of them.\n\nA spokeswoman said that the second plant, in Tampere, would start work in June with one shift and reach its full rate of 12,000 cars a month by the "
    "end of the year. Prices stay as they are: the smaller of the two models begins at 27,900 euros, the larger one at 41,500 euros. Dealers report waiting times of "
    "eight to ten weeks.\n\nThe share rose by 2.4 percent in Helsinki.";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("near duplicates: a text with another head, foot and a few other words is one") {
  const uint64_t signature = signature_of(kArticle);
  CHECK(signature != 0);
  CHECK(signature_of(kArticle) == signature);
  CHECK(signature_distance(signature, signature_of(replaced(kArticle, "its best month so far", "a record"))) <= NearDuplicates::kMaxDistance);
  CHECK(signature_distance(signature, signature_of("HELSINKI, April 1 (Agency)\n" + kArticle + "\nAll rights reserved.")) <= NearDuplicates::kMaxDistance);
  CHECK(signature_distance(signature, signature_of(replaced(kArticle, " of eight to ten weeks.", "."))) <= NearDuplicates::kMaxDistance);
  std::string shouted = kArticle;
  for (char& c : shouted) {
    if (c == '\n') c = ' ';
  }
  CHECK(signature_of(shouted) == signature);
}

TEST_CASE("near duplicates: next month's report in the same words is none") {
  std::string april = kArticle;
  for (const auto& [march, other] : {std::pair{"18,204", "19,377"}, {"in March", "in April"}, {"31 percent", "12 percent"}, {"9 percent", "6 percent"}, {"February", "March"},
                                     {"49,870", "69,247"}, {"6,120", "7,003"}, {"48,000 to 51,000", "66,000 to 70,000"}, {"2.4 percent", "0.7 percent"}}) {
    april = replaced(april, march, other);
  }
  CHECK(signature_distance(signature_of(kArticle), signature_of(april)) > NearDuplicates::kMaxDistance);
}

TEST_CASE("near duplicates: a text too short to tell has no signature") {
  CHECK(signature_of("") == 0);
  CHECK(signature_of("one two three four five six seven eight nine ten one two three four five six seven eight nine") == 0);
  CHECK(signature_of("one two three four five six seven eight nine ten one two three four five six seven eight nine ten") != 0);
}

TEST_CASE("near duplicates: the nearest of those seen, the first of several") {
  NearDuplicates seen;
  CHECK_FALSE(seen.find(0x0123456789ABCDEF));
  CHECK(seen.add(0x0123456789ABCDEF) == 0);
  CHECK(seen.add(0xFFFFFFFF00000000) == 1);
  CHECK(seen.add(0x0123456789ABCDEF) == 2);
  CHECK(seen.find(0x0123456789ABCDEF) == 0u);
  CHECK(seen.find(0x0123456789ABCDEF ^ 0x8040201008040201) == 0u);                     // 8 bits, one a byte
  CHECK_FALSE(seen.find(0x0123456789ABCDEF ^ 0x8040201008040301));                     // 9 bits
  CHECK(seen.find(0xFFFFFFFF00000000 ^ 0xFF) == 1u);                                   // 8 bits in one part
  CHECK(seen.add(0xFFFFFFFF00000000 ^ 0xF) == 3);
  CHECK(seen.find(0xFFFFFFFF00000000 ^ 0xFF) == 3u);
  CHECK_FALSE(seen.find(0));
  CHECK(seen.add(0) == 4);
  CHECK_FALSE(seen.find(0));
}

TEST_CASE("near duplicates: the parts find what comparing with all finds") {
  NearDuplicates seen;
  std::vector<uint64_t> all;
  uint64_t state = 20240821;
  const auto random = [&] { return state = state * 6364136223846793005 + 1442695040888963407; };
  for (int i = 0; i < 2000; ++i) {
    uint64_t signature = (random() >> 32) << 32 | random() >> 32;
    if (i % 2 == 1) {
      signature = all[random() >> 33 & 511 % all.size()];
      for (uint64_t flips = random() >> 60; flips > 0; --flips) signature ^= uint64_t{1} << (random() >> 58);
    }
    std::optional<uint32_t> nearest;
    int least = NearDuplicates::kMaxDistance + 1;
    for (uint32_t k = 0; k < all.size(); ++k) {
      if (signature_distance(all[k], signature) >= least) continue;
      least = signature_distance(all[k], signature);
      nearest = k;
    }
    REQUIRE(seen.find(signature) == nearest);
    seen.add(signature);
    all.push_back(signature);
  }
}

}  // namespace factmill
