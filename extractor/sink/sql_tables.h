// The tables and views of both databases: described once, spelt in each dialect by schema.cc.
//
//   for (const SqlTable& table : sql_tables()) out += create_table(table, Dialect::sqlite);
//
// What goes into the rows is in sql_rows.h. Everything here is immutable and shared.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sink/fact_columns.h"

namespace factmill {

enum class Dialect : uint8_t { sqlite, postgresql };

// Raised with every change of tables or views; migrations.cc brings older databases up to it.
inline constexpr int kSchemaVersion = 4;
// SQLite's application id, "fmil": tells our file from another program's.
inline constexpr int kApplicationId = 0x666d696c;

struct SqlColumn {
  std::string_view name;
  ColumnType type = ColumnType::text;
  bool is_required = false;
};

struct SqlTable {
  std::string_view name;
  std::vector<SqlColumn> columns;
  std::string_view primary_key;               // columns, separated by ", "; with `is_numbered` the database counts them
  bool is_numbered = false;
  std::vector<std::string_view> indexes = {};  // the columns of each
  // When a row of the same key is overwritten by `excluded`; empty: the table takes no upserts.
  std::string overwrite_if = {};
};

const std::vector<SqlTable>& sql_tables();
const SqlTable& sql_table(std::string_view name);  // the name must exist

// What, besides the unit, tells one quantity from another: facts that agree in these answer the same question.
inline constexpr std::string_view kQuantity =
    "metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, "
    "period, period_kind, modality, attributes";

// A view's query. @month(x) stands for the dialect's way to the "YYYY-MM" of a day, @quantity for kQuantity.
struct SqlView {
  std::string_view name;
  std::string_view query;
};

std::span<const SqlView> sql_views();

// "INSERT INTO fact (fact_id, ...) <rows>"
std::string insert_sql(const SqlTable& table, std::string_view rows);
// The same with " ON CONFLICT (fact_id) DO UPDATE SET ... WHERE <overwrite_if>".
std::string upsert_sql(const SqlTable& table, std::string_view rows);
// "fact_id, doc_id, ..."
std::string column_list(const SqlTable& table);
// "fact (fact_id, doc_id, ...)": where an INSERT or a COPY goes.
std::string copy_target(const SqlTable& table);

}  // namespace factmill
