// The one table of the fact record: its keys in the order of the contract, what they mean, and how each is read from a
// Fact. JSON Lines, CSV, both databases and the published schema are derived from it; a new key is one row here.
//
//   for (const FactColumn& column : fact_columns())
//     if (column.is_in(kCsv)) header.push_back(column.name);
//   append_json(fact, line);   // one object, no line end
//
// It does not say how a form quotes or stores a value; that is the business of the file that writes the form.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/decimal.h"
#include "base/json_writer.h"
#include "resolve/fact.h"

namespace factmill {

enum class ColumnType : uint8_t { text, hash, date, timestamp, decimal, integer, json };

// `within`: always there if the JSON object that holds it is.
enum class Presence : uint8_t { optional, within, always };

enum Form : uint8_t { kJson = 1, kCsv = 2, kSql = 4, kEverywhere = 7 };

// A value that is JSON itself; written when asked for. Lives as long as the fact.
struct LazyJson {
  const Fact* fact = nullptr;
  void (*write)(const Fact& fact, JsonWriter& json) = nullptr;
};

// One value of a row, monostate where there is none. Views into the row's source.
using Cell = std::variant<std::monostate, std::string_view, int64_t, Decimal, LazyJson>;

inline bool is_absent(const Cell& cell) { return cell.index() == 0; }

struct FactColumn {
  std::string_view group;  // the JSON object that holds the key; empty at the top level
  std::string_view key;    // in JSON
  std::string_view name;   // in CSV and SQL
  ColumnType type = ColumnType::text;
  Presence presence = Presence::optional;
  Cell (*read)(const Fact&) = nullptr;
  std::string_view meaning;
  std::string_view fallback = {};  // what an absent key stands for; JSON leaves it out, CSV and SQL write it
  std::string_view values = {};    // a closed vocabulary, separated by spaces
  std::string_view schema = {};    // for json: its JSON Schema
  uint8_t forms = kEverywhere;

  constexpr bool is_in(Form form) const { return (forms & form) != 0; }
};

std::span<const FactColumn> fact_columns();

// Appends the record as one JSON object.
void append_json(const Fact& fact, std::string& out);

}  // namespace factmill
