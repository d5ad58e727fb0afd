#include "sink/fact_reader.h"

#include <doctest/doctest.h>

#include "sink/fact_columns.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

// A value for every key of the record.
constexpr const char* kFull =
    R"({"fact_id":"11111111111111111111111111111111","doc_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)"
    R"("source":{"path":"news.tar","member":"a.html","offset":512,"url":"https://example.org/a","charset":"GB18030"},)"
    R"("title":"Q2, \"record\"","site":"example.org","lang":"en","published":"2024-08-21",)"
    R"("published_from":"metadata","metric":"revenue","measure":"change","basis":"yoy","company":"Xiaomi",)"
    R"("brand":"b","model":"SU7","variant":"Pro","company_id":"xiaomi","industry":"i","segment":"s",)"
    R"("region":"CN","counterparty":"c","feature":"f","value":-6.4,"value_low":-7,"value_high":-6,)"
    R"("qualifier":"about","unit":"CNY","per":"share","value_std":1,"unit_std":"km","value_low_std":2,)"
    R"("value_high_std":3,"stated_alt":{"value":-0.9,"value_low":-1,"value_high":0,"unit":"USD"},)"
    R"("value_cny":-6.4,"value_usd":-0.897,"fx_rate":7.1348,"fx_from":"default","period":"2024-Q2",)"
    R"("period_start":"2024-04-01","period_end":"2024-06-30","period_kind":"quarter","period_from":"clause",)"
    R"("company_from":"title","modality":"guidance","status":"revised",)"
    R"("attributes":{"cycle":"CLTC","soc":"10-80"},"attributed_to":"CPCA","stated_on":"2024-05-23",)"
    R"("evidence":[{"start":10,"end":13,"text":"6.4"},{"start":90,"end":94,"text":"6.40"}],)"
    R"("sentence":{"start":0,"end":40},"rule":"revenue.was","pack":"ev@0.1.0",)"
    R"("flags":["fx_mismatch","period_inferred"]})";

TEST_CASE("fact reader: what was written comes back, key for key") {
  FactReader reader;
  std::string plain;
  append_json(make_fact('1', 'a'), plain);
  for (const std::string& line : {std::string(kFull), plain}) {
    Fact fact;
    std::string problem, again;
    REQUIRE_MESSAGE(reader.read(line, fact, problem), problem);
    append_json(fact, again);
    CHECK(again == line);
  }
}

TEST_CASE("fact reader: blanks, the order of keys, defaults, unknown keys and nulls do not matter") {
  FactReader reader;
  Fact fact;
  std::string problem, again;
  REQUIRE(reader.read(R"( { "rule" : "r", "pack":"p", "note": {"a": [1]}, "company": null, "qualifier": "exact",
                            "measure": "level", "evidence": [ {"text": "5", "end": 4, "start": 3} ], "doc_id": "d",
                            "metric": "m", "sentence": {"end": 9, "start": 0}, "source": {"path": "p.txt"},
                            "fact_id": "f", "value": 5.50 } )",
                      fact, problem));
  append_json(fact, again);
  CHECK(again == R"({"fact_id":"f","doc_id":"d","source":{"path":"p.txt"},"metric":"m","value":5.5,)"
                 R"("evidence":[{"start":3,"end":4,"text":"5"}],"sentence":{"start":0,"end":9},"rule":"r","pack":"p"})");
}

TEST_CASE("fact reader: numbers are exact, however they are written") {
  const std::string rows[][2] = {
      {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678"},
      {"0.1", "0.1"},
      {"-0", "0"},
      {"6.4e9", "6400000000"},
      {"1E+18", "1000000000000000000"},
      {"25e-2", "0.25"},
  };
  FactReader reader;
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    Fact fact;
    std::string problem;
    REQUIRE(reader.read("{\"value\": " + written + "}", fact, problem));
    CHECK(fact.value->to_string() == expected);
  }
}

TEST_CASE("fact reader: what is no fact says why") {
  const std::string rows[][2] = {
      {"nonsense", ""},
      {"[1]", ""},
      {"{\"value\": \"5\"}", "value: no exact number (got \"5\")"},
      {"{\"value\": 1e99}", "value: no exact number (got 1e99)"},
      {"{\"value\": 123456789012345678901234567890123456789}",
       "value: no exact number (got 123456789012345678901234567890123456789)"},
      {"{\"metric\": 5}", "metric: "},
      {"{\"evidence\": {}}", "evidence: "},
      {"{\"evidence\": [{\"start\": -1}]}", "evidence: "},
      {"{\"metric\": \"m\"", ""},
      {"{\"metric\": \"m\"} {\"metric\": \"m\"}", "metric: something stands behind the object"},
      {"", ""},
  };
  FactReader reader;
  for (const auto& [line, message] : rows) {
    CAPTURE(line);
    Fact fact;
    std::string problem;
    CHECK_FALSE(reader.read(line, fact, problem));
    CHECK_FALSE(problem.empty());
    CHECK(problem.substr(0, message.size()) == message);
  }
}

}  // namespace
}  // namespace factmill::testing
