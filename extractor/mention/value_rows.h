// Which rows of the tables read a value, for people who ask why: `factmill annotate --explain`.
//
//   at least 6.4 billion yuan    rules/common/numbers.yaml:57 "at least", :41 "billion", currencies.yaml:12 "yuan"
//
// Looked up again from the value's own bytes, so that reading keeps no record of it.
#pragma once
#include <string_view>
#include <vector>

#include "mention/value.h"
#include "ruleset/value_tables.h"

namespace factmill {

struct ValueRow {
  Span span;                     // of the phrase in the text
  const Place* place = nullptr;  // of its row
};

// In order, not overlapping; digits have no row.
std::vector<ValueRow> rows_of(const ValueTables& tables, std::string_view text, const Value& value);

}  // namespace factmill
