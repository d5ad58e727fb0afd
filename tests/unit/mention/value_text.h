// What a ValueReader finds, as one line that a test can compare:
//
//   RMB 6.4 billion = 6400000000 CNY; {at least 100,000 units} 100,000 units = 100000 vehicle at_least
//
// The outer span stands in braces where it is longer than the value's own; behind the sign come the number or both ends
// of a range, unit and rate, qualifier, and the flags that are set. Dates give their period and kind; they are left out of
// amount rows and the other way round.
#pragma once
#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "mention/value.h"
#include "ruleset/value_tables.h"

namespace factmill {

inline const ValueTables& common_tables() {
  static const ValueTables tables = [] {
    Diagnostics diagnostics;
    ValueTables loaded = ValueTables::load(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
    REQUIRE_MESSAGE(!diagnostics.has_errors(), diagnostics.render());
    return loaded;
  }();
  return tables;
}

inline ValueList read_values(std::string_view text) {
  ValueList values;
  ValueReader(common_tables()).read(text, {0, static_cast<uint32_t>(text.size())}, values);
  return values;
}

inline std::string spans_of(const Value& value, std::string_view text) {
  std::string line;
  if (value.outer != value.span) line += "{" + std::string(value.outer.of(text)) + "} ";
  return line + std::string(value.span.of(text)) + " = ";
}

inline std::string amount_line(const Value& value, std::string_view text) {
  const ValueTables& tables = common_tables();
  std::string line = spans_of(value, text) + value.low.to_string();
  if (value.is_range) line += ".." + value.high.to_string();
  if (value.unit != 0) line += " " + tables.unit(value.unit).name;
  if (value.per != 0) line += "/" + tables.unit(value.per).name;
  if (value.type == ValueType::ordinal) line += " ordinal";
  if (value.qualifier != Qualifier::exact) line += " " + std::string(qualifier_name(value.qualifier));
  if (value.approximate) line += " approximate";
  if (value.bare) line += " bare";
  if (value.in_words) line += " words";
  if (value.unit_ambiguous) line += " ambiguous";
  return line;
}

inline std::string amounts_of(std::string_view text) {
  std::string all;
  for (const Value& value : read_values(text).values) {
    if (value.type == ValueType::date) continue;
    all += (all.empty() ? "" : "; ") + amount_line(value, text);
  }
  return all;
}

inline std::string dates_of(std::string_view text, const DateContext& context) {
  std::string all;
  const ValueList values = read_values(text);
  for (const Value& value : values.values) {
    if (value.type != ValueType::date) continue;
    all += (all.empty() ? "" : "; ") + spans_of(value, text);
    const std::optional<ResolvedDate> date = resolve_date(values.dates[value.date], context);
    all += date ? date->text + " " + std::string(date->kind) + (date->year_inferred ? " inferred" : "") : "?";
  }
  return all;
}

struct Row {
  std::string_view text;
  std::string_view expected;
};

inline void check_amounts(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(amounts_of(row.text) == row.expected);
  }
}

inline void check_dates(const DateContext& context, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(dates_of(row.text, context) == row.expected);
  }
}

// As annotations read them, which take more for a value than facts do.
inline std::string annotated(std::string_view text) {
  ValueList values;
  ValueReader(common_tables()).read(text, {0, static_cast<uint32_t>(text.size())}, values, DecimalSign::point, ReadFor::annotations);
  std::string all;
  for (const Value& value : values.values) {
    if (value.type != ValueType::date) all += (all.empty() ? "" : "; ") + amount_line(value, text);
  }
  return all;
}

inline void check_annotated(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(annotated(row.text) == row.expected);
  }
}

}  // namespace factmill
