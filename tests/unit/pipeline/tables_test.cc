// Tables read with the rules that come with factmill.
#include "pipeline/extractor.h"
#include "text/make_document.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

const Extractor& extractor() {
  static const Extractor kExtractor([] {
    Diagnostics diagnostics;
    auto pack = load_rules(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    INFO(diagnostics.render());
    REQUIRE(pack != nullptr);
    return pack;
  }());
  return kExtractor;
}

std::vector<Fact> facts_of(const std::string& text) {
  Extraction extraction(extractor());
  Record record;
  record.bytes = text;
  record.charset = "UTF-8";
  TextOptions options;
  options.published = parse_day("2025-06-03");
  DocumentOrReject made = make_document(std::move(record), extractor().pack().text, options);
  REQUIRE(static_cast<bool>(made));
  return extraction.run(made.document()).facts;
}

// "metric company model value unit period", a fact a line.
std::string stated(const std::string& text) {
  std::string all;
  for (const Fact& f : facts_of(text)) {
    std::string out = f.metric;
    for (const std::string& s : {f.company, f.model, f.variant, f.measure == "change" ? "+" + f.basis : "", f.value ? f.value->to_string() : "", f.unit, f.period, f.modality == "actual" ? "" : f.modality}) {
      if (!s.empty()) out += " " + s;
    }
    all += (all.empty() ? "" : "\n") + out;
  }
  return all;
}

TEST_CASE("tables: the cell is the evidence, its header stands behind it") {
  const std::string text = "Makers reported their numbers for May on Sunday.\n\nBrand | Deliveries\nNIO | 23,231\nXPeng | 33,525\n";
  const std::vector<Fact> facts = facts_of(text);
  REQUIRE(facts.size() == 2);
  REQUIRE(facts[0].evidence.size() == 2);
  CHECK(facts[0].evidence[0].text == "23,231");
  CHECK(facts[0].evidence[1].text == "Deliveries");
  CHECK(facts[0].rule == "table.cell");
  for (const Evidence& e : facts[1].evidence) CHECK(text.substr(e.start, e.end - e.start) == e.text);
}

TEST_CASE("tables: units and scale stand in the header") {
  CHECK(stated("The results of XPeng in short.\n\nRMB mn | Q1 2025 | Q1 2024\nRevenue | 15,810 | 6,550\nVehicle margin | 10.5% | 5.5%\nNet loss | 660 | 1,370\n") ==
        "revenue XPeng 15810000000 CNY 2025-Q1\nrevenue XPeng 6550000000 CNY 2024-Q1\nvehicle_margin XPeng 10.5 percent 2025-Q1\n"
        "vehicle_margin XPeng 5.5 percent 2024-Q1\nnet_profit XPeng -660000000 CNY 2025-Q1\nnet_profit XPeng -1370000000 CNY 2024-Q1");
}

TEST_CASE("tables: ranks are no labels, a sum is of the market, the rest is nobody's") {
  CHECK(stated("The brands of the week, as counted by dealers.\n\nInsurance registrations\n\nRank | Brand | May 19-25 | WoW\n1 | BYD | 62,100 | +3.2%\n2 | Tesla | 11,130 | -15.0%\n| Others | 9,000 | +1%\n| Total | 82,230 | +0.5%\n") ==
        "sales_rank BYD 1 rank 2025-05-19/2025-05-25\ninsurance_registrations BYD 62100 vehicle 2025-05-19/2025-05-25\ninsurance_registrations BYD +wow 3.2 percent 2025-05-19/2025-05-25\n"
        "sales_rank Tesla 2 rank 2025-05-19/2025-05-25\ninsurance_registrations Tesla 11130 vehicle 2025-05-19/2025-05-25\ninsurance_registrations Tesla +wow -15 percent 2025-05-19/2025-05-25\n"
        "insurance_registrations industry 82230 vehicle 2025-05-19/2025-05-25\ninsurance_registrations industry +wow 0.5 percent 2025-05-19/2025-05-25");
}

TEST_CASE("tables: what a header does not explain is not read") {
  CHECK(stated("NIO and XPeng in numbers, as of today.\n\nBrand | Deliveries in May | Parking lots\nNIO | 23,231 | 1,200\nXPeng | 33,525 | 2,400\n") ==
        "deliveries NIO 23231 vehicle 2025-05\ndeliveries XPeng 33525 vehicle 2025-05");
  CHECK(stated("NIO and XPeng in numbers, as of today.\n\nBrand | Deliveries in May | YoY\nNIO | 23,231\nXPeng | 33,525 | +230%\n") ==
        "deliveries XPeng 33525 vehicle 2025-05\ndeliveries XPeng +yoy 230 percent 2025-05");
}

}  // namespace
}  // namespace factmill::testing
