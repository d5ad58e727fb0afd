// No text takes more than linear time: twice the text is at most twice the work, counted in searches and gaps, not in
// seconds.
#include <doctest/doctest.h>

#include "pipeline/extractor.h"
#include "text/make_document.h"

namespace factmill {
namespace {

const Extractor& extractor() {
  static const Extractor kExtractor([] {
    Diagnostics diagnostics;
    auto pack = load_rules(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    REQUIRE(pack != nullptr);
    return pack;
  }());
  return kExtractor;
}

uint64_t work_of(const std::string& text) {
  Extraction extraction(extractor());
  Record record;
  record.bytes = text;
  record.charset = "UTF-8";
  DocumentOrReject made = make_document(std::move(record), extractor().pack().text, {});
  REQUIRE(made);
  extraction.run(made.document());
  return extraction.work();
}

std::string repeated(std::string_view part, size_t bytes) {
  std::string text = "NIO delivered ";
  while (text.size() < bytes) text += part;
  return text;
}

void is_linear(const char* name, std::string_view part) {
  constexpr size_t kBytes = 30'000;
  const uint64_t once = work_of(repeated(part, kBytes)), twice = work_of(repeated(part, 2 * kBytes));
  INFO(name << ": " << once << " searches, " << twice << " for twice the text");
  CHECK(static_cast<double>(twice) < 2.3 * static_cast<double>(once) + 2000);
}

}  // namespace

TEST_CASE("linear: one sentence without an end") { is_linear("sentence", "20,176 vehicles in August and "); }
TEST_CASE("linear: numbers and nothing else") { is_linear("numbers", "5.5 12 300 7% "); }
TEST_CASE("linear: quotes and brackets that open and do not close") { is_linear("nested", "(\"('[ 15 percent "); }
TEST_CASE("linear: the same trigger again and again") { is_linear("trigger", "deliveries of deliveries up up 5 percent, "); }
TEST_CASE("linear: money in every currency, none with a head") { is_linear("money", "$5 million ($6) RMB 7 "); }
TEST_CASE("linear: a list that goes on") { is_linear("list", "NIO, BYD, XPeng, 10, 20, 30, "); }
TEST_CASE("linear: dates and months beside each other") { is_linear("dates", "May 5, June 2024, in 2025 by Q3 "); }

}  // namespace factmill
