// The published schema says what the sinks write.
#include <doctest/doctest.h>

#include <algorithm>

#include "sink/fact_columns.h"
#include "sink/schema.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

std::string sql_quoted(std::string text) {
  for (size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 2) text.insert(at, 1, '\'');
  return "'" + text + "'";
}

std::string schema_at(const std::string& path) {
  return open_sqlite(":memory:")->query("SELECT " + sql_quoted(json_schema()) + " -> " + sql_quoted(path))[0][0];
}

TEST_CASE("schema: the JSON Schema has the record's keys in the order of the contract") {
  const Rows keys = open_sqlite(":memory:")->query(
      "SELECT group_concat(key, ' ') FROM json_each(" + sql_quoted(json_schema()) + ", '$.properties')");
  CHECK(keys == Rows{{"fact_id doc_id source title site lang published published_from metric measure basis company "
                      "brand model variant company_id industry segment region counterparty feature value value_low "
                      "value_high qualifier unit per value_std unit_std value_low_std value_high_std stated_alt "
                      "value_cny value_usd fx_rate fx_from period period_start period_end period_kind period_from "
                      "company_from modality status attributes attributed_to stated_on evidence sentence rule pack "
                      "flags"}});
}

TEST_CASE("schema: the JSON Schema says what is required, closed or left out") {
  const std::string rows[][2] = {
      {"$.$schema", R"("https://json-schema.org/draft/2020-12/schema")"},
      {"$.required", R"(["fact_id","doc_id","source","metric","evidence","sentence","rule","pack"])"},
      {"$.additionalProperties", "false"},
      {"$.properties.fact_id.pattern", R"("^[0-9a-f]{32}$")"},
      {"$.properties.source.required", R"(["path"])"},
      {"$.properties.source.properties.offset.type", R"("integer")"},
      {"$.properties.stated_alt.required", R"(["unit"])"},
      {"$.properties.sentence.required", R"(["start","end"])"},
      {"$.properties.measure",
       R"({"description":"The value itself, or a signed difference against the basis.","type":"string",)"
       R"("enum":["level","change"],"default":"level"})"},
      {"$.properties.qualifier.default", R"("exact")"},
      {"$.properties.modality.default", R"("actual")"},
      {"$.properties.modality.enum",
       R"(["actual","preliminary","estimate","guidance","target","plan","forecast","implied","derived","proposed","rumored"])"},
      {"$.properties.value.type", R"("number")"},
      {"$.properties.published.format", R"("date")"},
      {"$.properties.attributes.type", R"("object")"},
      {"$.properties.evidence.items.required", R"(["start","end","text"])"},
      {"$.properties.flags.items.type", R"("string")"},
  };
  for (const auto& [path, expected] : rows) {
    CAPTURE(path);
    CHECK(schema_at(path) == expected);
  }
}

TEST_CASE("schema: every key of the record is described, and no name is used twice") {
  std::vector<std::string_view> names;
  for (const FactColumn& column : fact_columns()) {
    CAPTURE(column.name);
    CHECK_FALSE(column.meaning.empty());
    CHECK(std::find(names.begin(), names.end(), column.name) == names.end());
    CHECK(column.is_in(kCsv));
    names.push_back(column.name);
  }
}

TEST_CASE("schema: SQLite's script makes strict tables, indexes and views") {
  const auto database = open_sqlite(":memory:");
  database->query(sqlite_ddl());
  CHECK(database->query("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND "
                        "name NOT LIKE 'sqlite_%' ORDER BY name") ==
        Rows{{"document", "1"}, {"document_copy", "1"}, {"entity", "1"}, {"evidence", "1"}, {"fact", "1"}, {"fx_rate", "1"}, {"input_shard", "1"},
             {"load", "1"}, {"reject", "1"}, {"unclaimed", "1"}});
  CHECK(database->query("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name") ==
        Rows{{"coverage"}, {"fact_quote"}, {"finished_document"}, {"finished_fact"}, {"finished_reject"},
             {"input_state"}, {"latest_by_source"}, {"money_usd"}, {"monthly_deliveries"}, {"rejects_by_code"},
             {"rule_yield"}, {"source_conflict"}, {"unclaimed_by_context"}});
  CHECK(database->query("PRAGMA user_version") == Rows{{"4"}});
  CHECK(database->query("SELECT name, type, \"notnull\" FROM pragma_table_info('fact') WHERE name IN "
                        "('fact_id', 'value', 'period_start', 'source_offset', 'modality', 'attributes')") ==
        Rows{{"fact_id", "TEXT", "1"}, {"source_offset", "INTEGER", "0"}, {"value", "TEXT", "0"},
             {"period_start", "TEXT", "0"}, {"modality", "TEXT", "1"}, {"attributes", "TEXT", "0"}});
}

TEST_CASE("schema: PostgreSQL's script has exact numbers, days and JSONB") {
  const auto postgresql = make_postgresql();
  if (!postgresql) return;
  postgresql->database->query(postgresql_ddl());
  CHECK(postgresql->database->query(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = 'fact' AND "
            "column_name IN ('fact_id', 'value', 'period_start', 'source_offset', 'modality', 'attributes') "
            "ORDER BY ordinal_position") ==
        Rows{{"fact_id", "text", "NO"}, {"source_offset", "bigint", "YES"}, {"value", "numeric", "YES"},
             {"period_start", "date", "YES"}, {"modality", "text", "NO"}, {"attributes", "jsonb", "YES"}});
  CHECK(postgresql->database->query("SELECT version FROM schema_version") == Rows{{"4"}});
}

}  // namespace
}  // namespace factmill::testing
