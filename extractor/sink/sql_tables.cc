#include "sink/sql_tables.h"

#include <cassert>

namespace factmill {
namespace {

using enum ColumnType;

// A row whose load never finished belongs to nobody: the load that writes it again takes it over, or it would stay
// invisible for ever.
std::string orphaned(const std::string& table) {
  return table + ".load_id <> excluded.load_id AND EXISTS (SELECT 1 FROM load WHERE load.load_id = " + table +
         ".load_id AND load.status <> 'finished')";
}

std::string changed_or_orphaned(const std::string& table) {
  return table + ".row_hash <> excluded.row_hash OR (" + orphaned(table) + ")";
}

constexpr std::string_view kEvidenceChanged =
    "evidence.span_start <> excluded.span_start OR evidence.span_end <> excluded.span_end OR "
    "evidence.text <> excluded.text";

std::vector<SqlColumn> columns_of_fact() {
  std::vector<SqlColumn> columns;
  for (const FactColumn& column : fact_columns()) {
    if (!column.is_in(kSql)) continue;
    const bool is_required = column.presence == Presence::always || !column.fallback.empty();
    columns.push_back({column.name, column.type, is_required});
  }
  columns.push_back({"row_hash", integer, true});
  columns.push_back({"load_id", integer, true});
  return columns;
}

// clang-format off
std::vector<SqlTable> make_tables() {
  return {
      {"load",
       {{"load_id", integer, true}, {"version", text, true}, {"pack", text, true}, {"pack_hash", text, true},
        {"started", timestamp, true}, {"finished", timestamp}, {"status", text, true},
        {"documents", integer, true}, {"facts", integer, true}, {"rejects", integer, true}},
       "load_id", true},
      {"input_shard",
       {{"input_id", integer, true}, {"byte_begin", integer, true}, {"byte_end", integer, true},
        {"input_path", text, true}, {"bytes", integer, true}, {"content_hash", hash, true}, {"settings", text, true},
        {"input_pass", integer, true}, {"status", text, true}, {"records", integer, true},
        {"documents", integer, true}, {"facts", integer, true}, {"rejects", integer, true},
        {"started", timestamp, true}, {"finished", timestamp}, {"load_id", integer, true},
        {"earlier_loads", text}},
       "input_id, byte_begin, byte_end", false, {"load_id"}, "TRUE"},
      {"document",
       {{"doc_id", hash, true}, {"source_path", text, true}, {"source_member", text}, {"source_offset", integer},
        {"source_url", text}, {"title", text}, {"site", text}, {"lang", text}, {"published", date},
        {"published_from", text}, {"bytes", integer, true}, {"facts", integer, true}, {"row_hash", integer, true},
        {"load_id", integer, true}, {"dup_of", hash}, {"input_id", integer}, {"input_pass", integer},
        {"signature", integer}},
       "doc_id", false, {"input_id"}, changed_or_orphaned("document")},
      // The same bytes, standing at a second place too.
      {"document_copy",
       {{"doc_id", hash, true}, {"source_path", text, true}, {"source_member", text, true},
        {"source_offset", integer, true}, {"source_url", text}, {"input_id", integer}, {"input_pass", integer},
        {"load_id", integer, true}},
       "doc_id, source_path, source_member, source_offset", false, {"input_id"}, "TRUE"},
      {"fact",
       columns_of_fact(),
       "fact_id", false, {"doc_id", "metric, company, period_start"}, changed_or_orphaned("fact")},
      {"evidence",
       {{"fact_id", hash, true}, {"ordinal", integer, true}, {"span_start", integer, true}, {"span_end", integer, true},
        {"text", text, true}},
       "fact_id, ordinal", false, {}, std::string(kEvidenceChanged)},
      {"reject",
       {{"reject_id", hash, true}, {"source_path", text, true}, {"source_member", text}, {"source_offset", integer},
        {"source_url", text}, {"byte_offset", integer, true}, {"line", integer}, {"stage", text, true},
        {"code", text, true}, {"message", text}, {"snippet", text}, {"load_id", integer, true}, {"input_id", integer},
        {"input_pass", integer}},
       "reject_id", false, {"code", "input_id"},
       "reject.input_pass IS DISTINCT FROM excluded.input_pass OR (" + orphaned("reject") + ")"},
      {"unclaimed",
       {{"doc_id", hash, true}, {"span_start", integer, true}, {"span_end", integer, true}, {"type", text, true},
        {"text", text, true}, {"context", text}, {"load_id", integer, true}},
       "doc_id, span_start, span_end", false, {}, "TRUE"},
      // The names that the rules of the load finished last know.
      {"entity",
       {{"type", text, true}, {"name", text, true}, {"company_id", text, true}, {"parent_id", text}, {"kind", text},
        {"home", text}},
       "type, company_id, name"},
      {"fx_rate",
       {{"base", text, true}, {"quote", text, true}, {"day", date, true}, {"rate", decimal, true},
        {"file", text, true}},
       "base, quote, day", false, {}, "fx_rate.rate <> excluded.rate OR fx_rate.file <> excluded.file"},
  };
}
// clang-format on

constexpr SqlView kViews[] = {
    // A near-duplicate stands behind the document that it repeats, as long as that one is there to be seen.
    {"finished_document", R"(
SELECT document.*, CASE WHEN EXISTS (
    SELECT 1 FROM document AS original JOIN load AS shown ON shown.load_id = original.load_id
    WHERE original.doc_id = document.dup_of AND shown.status = 'finished') THEN 1 ELSE 0 END AS is_duplicate
FROM document JOIN load ON load.load_id = document.load_id
WHERE load.status = 'finished')"},

    // What an article repeats from another is counted once, where it stood first.
    {"finished_fact", R"(
SELECT fact.*, coalesce(fact.site, fact.source_path) AS source
FROM fact JOIN load ON load.load_id = fact.load_id
WHERE load.status = 'finished' AND NOT EXISTS (
  SELECT 1 FROM document JOIN document AS original ON original.doc_id = document.dup_of
    JOIN load AS shown ON shown.load_id = original.load_id
  WHERE document.doc_id = fact.doc_id AND shown.status = 'finished'))"},

    {"finished_reject", R"(
SELECT reject.*
FROM reject JOIN load ON load.load_id = reject.load_id
WHERE load.status = 'finished')"},

    // Whole companies and whole months only, as a fact of the past. `value` is what most sources say; of equally many
    // the value published last.
    {"monthly_deliveries", R"(
WITH stated AS (
  SELECT company, period AS month, CAST(value AS NUMERIC) AS amount, source, doc_id, published
  FROM finished_fact
  WHERE metric = 'deliveries' AND measure = 'level' AND modality = 'actual' AND qualifier IN ('exact', 'record')
    AND value IS NOT NULL AND unit = 'vehicle' AND per IS NULL AND coalesce(status, '') <> 'previous'
    AND period = @month(period_start) AND coalesce(period_kind, 'month') = 'month' AND company IS NOT NULL
    AND brand IS NULL AND model IS NULL AND variant IS NULL AND segment IS NULL AND region IS NULL
    AND counterparty IS NULL AND feature IS NULL AND attributes IS NULL
), counted AS (
  SELECT company, month, amount, COUNT(DISTINCT source) AS sources, MAX(published) AS published
  FROM stated
  GROUP BY company, month, amount
), ranked AS (
  SELECT company, month, amount, row_number() OVER (
    PARTITION BY company, month ORDER BY sources DESC, published DESC NULLS LAST, amount DESC) AS place
  FROM counted
)
SELECT stated.company, stated.month, ranked.amount AS value, COUNT(DISTINCT stated.source) AS sources,
  COUNT(DISTINCT stated.doc_id) AS documents, MIN(stated.amount) AS value_low, MAX(stated.amount) AS value_high,
  MAX(stated.amount) - MIN(stated.amount) AS spread
FROM stated JOIN ranked ON ranked.company = stated.company AND ranked.month = stated.month AND ranked.place = 1
GROUP BY stated.company, stated.month, ranked.amount)"},

    // What each source last said about a quantity, in the metric's standard unit: a correction replaces what stood
    // before it.
    {"latest_by_source", R"(
WITH stated AS (
  SELECT @quantity, coalesce(unit_std, unit) AS unit, source, published, qualifier,
    CAST(coalesce(value_std, value) AS NUMERIC) AS value, source_url, doc_id, fact_id
  FROM finished_fact
  WHERE value IS NOT NULL AND coalesce(status, '') <> 'previous'
), ranked AS (
  SELECT stated.*, row_number() OVER (
    PARTITION BY @quantity, unit, source ORDER BY published DESC NULLS LAST, fact_id) AS place
  FROM stated
)
SELECT @quantity, unit, source, published, qualifier, value, source_url, doc_id, fact_id
FROM ranked
WHERE place = 1)"},

    // Quantities on which sources differ today. A rounded figure differs too: `spread_percent` tells how much.
    {"source_conflict", R"(
SELECT @quantity, unit, COUNT(DISTINCT source) AS sources, MIN(value) AS value_low, MAX(value) AS value_high,
  MAX(value) - MIN(value) AS spread,
  round(100.0 * (MAX(value) - MIN(value)) / nullif(MAX(abs(value)), 0), 2) AS spread_percent
FROM latest_by_source
WHERE qualifier IN ('exact', 'record')
GROUP BY @quantity, unit
HAVING COUNT(DISTINCT source) > 1 AND MIN(value) < MAX(value))"},

    {"money_usd", R"(
SELECT fact_id, metric, measure, basis, company, brand, model, variant, segment, region, period, modality, per, value,
  unit, CAST(value_usd AS NUMERIC) AS value_usd, fx_rate, fx_from, published, source
FROM finished_fact
WHERE value_usd IS NOT NULL)"},

    {"fact_quote", R"(
SELECT finished_fact.fact_id, metric, measure, basis, company, model, variant, value, value_low, value_high,
  qualifier, unit, period, modality, evidence.text AS quote, evidence.span_start, evidence.span_end, published, site,
  title, source_url, source_path, source_member, source_offset, rule
FROM finished_fact
JOIN evidence ON evidence.fact_id = finished_fact.fact_id AND evidence.ordinal = 0)"},

    {"rule_yield", R"(
SELECT rule, pack, COUNT(*) AS facts, COUNT(DISTINCT doc_id) AS documents, COUNT(DISTINCT source) AS sources,
  COUNT(flags) AS flagged, MIN(published) AS first_published, MAX(published) AS last_published
FROM finished_fact
GROUP BY rule, pack)"},

    {"coverage", R"(
SELECT site, @month(published) AS month, COUNT(*) AS documents,
  COUNT(*) FILTER (WHERE facts > 0 AND is_duplicate = 0) AS with_facts,
  coalesce(SUM(facts) FILTER (WHERE is_duplicate = 0), 0) AS facts, SUM(bytes) AS bytes,
  SUM(is_duplicate) AS duplicates
FROM finished_document
GROUP BY site, @month(published))"},

    // The next rules to write: what the numbers that no rule claimed stand among.
    {"unclaimed_by_context", R"(
SELECT unclaimed.type, unclaimed.context, COUNT(*) AS numbers, COUNT(DISTINCT unclaimed.doc_id) AS documents,
  COUNT(DISTINCT coalesce(finished_document.site, finished_document.source_path)) AS sources,
  MIN(unclaimed.text) AS example
FROM unclaimed JOIN finished_document ON finished_document.doc_id = unclaimed.doc_id
WHERE finished_document.is_duplicate = 0
GROUP BY unclaimed.type, unclaimed.context)"},

    // How far each input is, also of loads that did not finish.
    {"input_state", R"(
SELECT input_path, SUM(byte_end - byte_begin) AS bytes, MIN(bytes) AS file_bytes,
  CASE WHEN SUM(CASE WHEN status = 'done' THEN 0 ELSE 1 END) = 0 THEN 'done' ELSE 'running' END AS status,
  SUM(records) AS records, SUM(documents) AS documents, SUM(facts) AS facts, SUM(rejects) AS rejects
FROM input_shard
GROUP BY input_path)"},

    {"rejects_by_code", R"(
SELECT stage, code, COUNT(*) AS rejects, COUNT(DISTINCT source_path) AS files, MIN(message) AS example
FROM finished_reject
GROUP BY stage, code)"},
};

std::string assignments(const SqlTable& table) {
  std::string list;
  for (const SqlColumn& column : table.columns) {
    if (!list.empty()) list += ", ";
    list.append(column.name).append(" = excluded.").append(column.name);
  }
  return list;
}

}  // namespace

const std::vector<SqlTable>& sql_tables() {
  static const std::vector<SqlTable> kTables = make_tables();
  return kTables;
}

const SqlTable& sql_table(std::string_view name) {
  for (const SqlTable& table : sql_tables()) {
    if (table.name == name) return table;
  }
  assert(false && "no such table");
  return sql_tables().front();
}

std::span<const SqlView> sql_views() { return kViews; }

std::string column_list(const SqlTable& table) {
  std::string list;
  for (const SqlColumn& column : table.columns) list.append(list.empty() ? "" : ", ").append(column.name);
  return list;
}

std::string copy_target(const SqlTable& table) { return std::string(table.name) + " (" + column_list(table) + ")"; }

std::string insert_sql(const SqlTable& table, std::string_view rows) {
  return ("INSERT INTO " + copy_target(table) + " ").append(rows);
}

std::string upsert_sql(const SqlTable& table, std::string_view rows) {
  std::string sql = insert_sql(table, rows);
  sql.append(" ON CONFLICT (").append(table.primary_key).append(") DO UPDATE SET ");
  sql.append(assignments(table)).append(" WHERE ").append(table.overwrite_if);
  return sql;
}

}  // namespace factmill
