// What the database sinks put into their rows: the same cells for both, in the order of the tables in sql_tables.h.
//
//   Status status = check_document(document);            // before anything is written
//   DocumentRows rows(document, origin);                 // hashes, repeated ids dropped
//   Row row;
//   document_row(rows, origin, load_id, row);
//   for (const FactRow& fact : rows.facts) fact_row(fact, load_id, row);
//
// Rows hold views into the document, which must outlive them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "archive/record.h"
#include "base/result.h"
#include "resolve/fact.h"
#include "sink/fact_columns.h"
#include "sink/manifest.h"

namespace factmill {

using Row = std::vector<Cell>;

// A required value is missing or a day does not exist: the databases would refuse the row. The error says which.
Status check_document(const DocumentFacts& document);
// What check_document() found wrong, as a reject.
Reject invalid_fact_reject(const DocumentFacts& document, const Error& error);

// Which part of which input a row comes from; null where no manifest is kept.
using Origin = const InputProgress*;

struct FactRow {
  const Fact* fact = nullptr;
  int64_t row_hash = 0;  // of the whole record with its evidence
};

struct DocumentRows {
  explicit DocumentRows(const DocumentFacts& document, Origin origin = nullptr);

  const DocumentFacts* document = nullptr;
  int64_t row_hash = 0;  // of the document and all its facts
  std::vector<FactRow> facts;
};

// Each replaces the content of `row`.
void document_row(const DocumentRows& document, Origin origin, int64_t load_id, Row& row);
void fact_row(const FactRow& fact, int64_t load_id, Row& row);
void evidence_row(const Fact& fact, size_t ordinal, Row& row);
// `reject_id` must outlive the row.
void unclaimed_row(const std::string& doc_id, const UnclaimedValue& value, int64_t load_id, Row& row);
void reject_row(const Reject& reject, const std::string& reject_id, Origin origin, int64_t load_id, Row& row);
// `settings` and `now` must outlive the row.
void input_shard_row(const InputProgress& progress, const std::string& settings, const std::string& now,
                     int64_t load_id, Row& row);
std::string reject_id_of(const Reject& reject);

// Now, in UTC: "2024-08-21T09:30:00Z". The only clock of this room; it dates loads, never facts.
std::string timestamp_now();

}  // namespace factmill
