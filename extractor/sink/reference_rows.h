// What facts refer to, as rows: the pack's names for the table `entity`, the exchange rates of --fx for `fx_rate`.
//
//   each_entity_row(pack.lexicon, [&](const Row& row) { insert(row); });   // in the order of the tables in sql_tables.h
//
// `entity` holds companies, models, people and regions, each once; a company's `company_id` is its own, a model's its
// maker's, a person's the employer's. The cells are views that live as long as the call. Thread-safe.
#pragma once
#include <functional>

#include "resolve/fx_table.h"
#include "ruleset/lexicon.h"
#include "sink/sql_rows.h"

namespace factmill {

using UseReferenceRow = std::function<void(const Row& row)>;

void each_entity_row(const Lexicon& lexicon, const UseReferenceRow& use);
void each_rate_row(const FxTable& rates, const UseReferenceRow& use);

}  // namespace factmill
