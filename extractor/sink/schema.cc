#include "sink/schema.h"

#include <cassert>
#include <string_view>
#include <vector>

#include "sink/fact_columns.h"
#include "sink/sql_tables.h"

namespace factmill {
namespace {

// ---- JSON Schema ----

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const size_t space = list.find(' ');
    words.push_back(list.substr(0, space));
    list.remove_prefix(space == std::string_view::npos ? list.size() : space + 1);
  }
  return words;
}

std::string quoted(std::string_view text) {
  std::string out;
  JsonWriter(out).value(text);
  return out;
}

std::string quoted_list(const std::vector<std::string_view>& words) {
  std::string out = "[";
  for (const std::string_view word : words) out.append(out.size() > 1 ? ", " : "").append(quoted(word));
  return out + "]";
}

std::string_view type_schema(ColumnType type) {
  switch (type) {
    case ColumnType::hash: return R"("type": "string", "pattern": "^[0-9a-f]{32}$")";
    case ColumnType::date: return R"("type": "string", "format": "date")";
    case ColumnType::timestamp: return R"("type": "string", "format": "date-time")";
    case ColumnType::decimal: return R"("type": "number")";
    case ColumnType::integer: return R"("type": "integer", "minimum": 0)";
    case ColumnType::text:
    case ColumnType::json: break;
  }
  return R"("type": "string", "minLength": 1)";
}

// {"description": ..., "type": ..., ...}
std::string property_of(const FactColumn& column) {
  std::string out = "{\"description\": " + quoted(column.meaning) + ", ";
  if (!column.schema.empty()) return out.append(column.schema.substr(1));
  out += column.values.empty() ? type_schema(column.type) : R"("type": "string")";
  if (!column.values.empty()) out += ", \"enum\": " + quoted_list(words_of(column.values));
  if (!column.fallback.empty()) out += ", \"default\": " + quoted(column.fallback);
  return out + "}";
}

struct ObjectSchema {
  std::string properties;  // without braces
  std::vector<std::string_view> required;

  void add(std::string_view key, const std::string& property, std::string_view indent) {
    properties.append(properties.empty() ? "\n" : ",\n").append(indent).append(quoted(key)).append(": ");
    properties += property;
  }
  // `head`: members that stand first.
  std::string text(std::string_view head, std::string_view indent) const {
    std::string out = "{";
    out.append(head).append(R"("type": "object", "additionalProperties": false, "required": )");
    out.append(quoted_list(required)).append(R"(, "properties": {)").append(properties).append("\n");
    return out.append(indent).append("}}");
  }
};

// The object of one group, from the columns that are in it.
ObjectSchema group_schema(std::string_view group) {
  ObjectSchema object;
  for (const FactColumn& column : fact_columns()) {
    if (column.group != group || !column.is_in(kJson)) continue;
    object.add(column.key, property_of(column), "      ");
    if (column.presence != Presence::optional) object.required.push_back(column.key);
  }
  return object;
}

ObjectSchema record_schema() {
  ObjectSchema object;
  std::string_view group;
  for (const FactColumn& column : fact_columns()) {
    if (!column.is_in(kJson)) continue;
    const bool is_nested = !column.group.empty();
    const std::string_view key = is_nested ? column.group : column.key;
    if (!is_nested) object.add(key, property_of(column), "    ");
    if (is_nested && column.group != group) object.add(key, group_schema(key).text("", "    "), "    ");
    if (column.presence == Presence::always && (!is_nested || object.required.back() != key)) {
      object.required.push_back(key);
    }
    group = column.group;
  }
  return object;
}

// ---- DDL ----

std::string_view type_name(ColumnType type, Dialect dialect) {
  const bool is_sqlite = dialect == Dialect::sqlite;
  switch (type) {
    case ColumnType::date: return is_sqlite ? "TEXT" : "DATE";
    case ColumnType::timestamp: return is_sqlite ? "TEXT" : "TIMESTAMPTZ";
    case ColumnType::decimal: return is_sqlite ? "TEXT" : "NUMERIC";
    case ColumnType::integer: return is_sqlite ? "INTEGER" : "BIGINT";
    case ColumnType::json: return is_sqlite ? "TEXT" : "JSONB";
    case ColumnType::text:
    case ColumnType::hash: break;
  }
  return "TEXT";
}

std::string create_table(const SqlTable& table, Dialect dialect) {
  std::string out = "CREATE TABLE " + std::string(table.name) + " (\n";
  for (const SqlColumn& column : table.columns) {
    out.append("  ").append(column.name).append(" ").append(type_name(column.type, dialect));
    if (column.is_required) out += " NOT NULL";
    // In SQLite an INTEGER PRIMARY KEY numbers itself.
    const bool is_number = table.is_numbered && column.name == table.primary_key;
    if (is_number && dialect == Dialect::postgresql) out += " GENERATED ALWAYS AS IDENTITY";
    out += ",\n";
  }
  out.append("  PRIMARY KEY (").append(table.primary_key).append(")\n)");
  return out + (dialect == Dialect::sqlite ? " STRICT;\n" : ";\n");
}

std::string create_indexes(const SqlTable& table) {
  std::string out;
  for (const std::string_view columns : table.indexes) {
    const std::string first(columns.substr(0, columns.find(',')));
    out += "CREATE INDEX " + std::string(table.name) + "_by_" + first + " ON " + std::string(table.name) + " (";
    out.append(columns).append(");\n");
  }
  return out;
}

std::string month_of(std::string_view day, Dialect dialect) {
  const std::string name(day);
  return dialect == Dialect::sqlite ? "substr(" + name + ", 1, 7)" : "to_char(" + name + ", 'YYYY-MM')";
}

// Spells the marks of a view's query in the dialect.
std::string spelt(std::string_view query, Dialect dialect) {
  constexpr std::string_view kMonthMark = "@month(", kQuantityMark = "@quantity";
  std::string out;
  for (size_t at = 0; (at = query.find('@')) != std::string_view::npos;) {
    out += query.substr(0, at);
    query.remove_prefix(at);
    if (query.starts_with(kQuantityMark)) {
      out += kQuantity;
      query.remove_prefix(kQuantityMark.size());
      continue;
    }
    assert(query.starts_with(kMonthMark));
    query.remove_prefix(kMonthMark.size());
    const size_t close = query.find(')');
    out += month_of(query.substr(0, close), dialect);
    query.remove_prefix(close + 1);
  }
  return out.append(query);
}

std::string ddl(Dialect dialect) {
  std::string out;
  for (const SqlTable& table : sql_tables()) out += table_ddl(table.name, dialect);
  return out + views_ddl(dialect);
}

}  // namespace

std::string json_schema() {
  constexpr std::string_view kHead =
      "\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"factmill fact record\",\n  ";
  return record_schema().text(kHead, "  ") + "\n";
}

std::string table_ddl(std::string_view table, Dialect dialect) {
  return create_table(sql_table(table), dialect) + create_indexes(sql_table(table));
}

std::string views_ddl(Dialect dialect) {
  std::string out;
  for (const SqlView& view : sql_views()) {
    out += "CREATE VIEW " + std::string(view.name) + " AS" + spelt(view.query, dialect) + ";\n";
  }
  return out;
}

std::string version_mark(Dialect dialect) {
  const std::string version = std::to_string(kSchemaVersion);
  if (dialect == Dialect::sqlite) return "PRAGMA user_version = " + version + ";\n";
  return "INSERT INTO schema_version (version) VALUES (" + version + ");\n";
}

std::string sqlite_ddl() {
  return ddl(Dialect::sqlite) + "PRAGMA application_id = " + std::to_string(kApplicationId) + ";\n" +
         version_mark(Dialect::sqlite);
}

std::string postgresql_ddl() {
  return ddl(Dialect::postgresql) + "CREATE TABLE schema_version (version INTEGER NOT NULL);\n" +
         version_mark(Dialect::postgresql);
}

}  // namespace factmill
