#include "sink/postgresql_load.h"

#include <algorithm>
#include <utility>

#include "sink/duplicates.h"
#include "sink/postgresql_merge.h"
#include "sink/reference_rows.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"

namespace factmill {
namespace {

// One load at a time writes what all have in common ("factmill" in ASCII, shortened, and one more).
constexpr std::string_view kSharedLock = "SELECT pg_advisory_xact_lock(1717660525)";

}  // namespace

Status PostgresqlLoad::begin(const LoadInfo& load) {
  lexicon_ = load.lexicon;
  rates_ = load.rates;
  std::string load_id;
  const Status status = connection_.ask(
      "INSERT INTO load (version, pack, pack_hash, started, status, documents, facts, rejects) "
      "VALUES ($1, $2, $3, $4, 'running', 0, 0, 0) RETURNING load_id",
      {load.version, load.pack, load.pack_hash, timestamp_now()}, load_id);
  if (status) load_id_ = std::stoll(load_id);
  return status;
}

Status PostgresqlLoad::write_counts(const LoadCounts& counts) {
  return connection_.run(
      "UPDATE load SET documents = $1, facts = $2, rejects = $3 WHERE load_id = $4",
      {std::to_string(counts.documents), std::to_string(counts.facts), std::to_string(counts.rejects),
       std::to_string(load_id_)});
}

Status PostgresqlLoad::finish(const Inheritance& inherited) {
  for (const auto& [other, inputs] : inherited) {
    if (Status status = inherit_from(std::to_string(other), inputs); !status) return status;
  }
  return finish_load(std::to_string(load_id_));
}

Status PostgresqlLoad::finish_load(const std::string& load_id) {
  return connection_.run("UPDATE load SET status = 'finished', finished = $1 WHERE load_id = $2 AND status <> 'finished'",
                         {timestamp_now(), load_id});
}

// A load that never finished counts as finished where all of its inputs were gone through; else the rows of those
// that were become this load's.
Status PostgresqlLoad::inherit_from(const std::string& other, const std::vector<int64_t>& inputs) {
  bool has_more = false;
  const Status counted = connection_.each(
      // Inputs that the load wrote, also as one of several; none where it is finished.
      "SELECT input_id FROM input_shard WHERE (load_id = $1::bigint OR ' ' || earlier_loads || ' ' LIKE "
      "'% ' || $1::text || ' %') AND EXISTS (SELECT 1 FROM load WHERE load_id = $1::bigint AND status <> 'finished')",
      {other}, [&](const std::vector<std::string_view>& row) {
        has_more = has_more || !std::binary_search(inputs.begin(), inputs.end(), std::stoll(std::string(row[0])));
      });
  if (!counted) return counted;
  if (!has_more) return finish_load(other);
  for (const int64_t input_id : inputs) {
    for (const std::string& statement : inherit_sql()) {
      const Status status = connection_.run(statement, {std::to_string(load_id_), other, std::to_string(input_id)});
      if (!status) return status;
    }
  }
  return {};
}

Status PostgresqlLoad::finish_shared() {
  if (Status status = connection_.run("BEGIN; " + std::string(kSharedLock)); !status) return status;
  if (Status status = mark_duplicates(); !status) return status;
  if (Status status = write_references(); !status) return status;
  return connection_.run("COMMIT");
}

Status PostgresqlLoad::mark_duplicates() {
  std::vector<SignedDocument> documents;
  const Status found = connection_.each(
      std::string(kSignedDocuments) + "$1)", {std::to_string(load_id_)}, [&](const std::vector<std::string_view>& row) {
        const int64_t signature = row[1].empty() ? 0 : std::stoll(std::string(row[1]));
        documents.push_back({std::string(row[0]), std::string(row[2]), static_cast<uint64_t>(signature),
                             std::string(row[3])});
      });
  if (!found) return found;
  for (const DuplicateMark& mark : changed_marks(std::move(documents))) {
    const Status status = connection_.run(
        "UPDATE document SET dup_of = nullif($2::text, '') WHERE doc_id = $1", {mark.doc_id, mark.dup_of});
    if (!status) return status;
  }
  return {};
}

Status PostgresqlLoad::write_references() {
  if (lexicon_) {
    std::string rows;
    each_entity_row(*lexicon_, [&](const Row& row) { append_copy_row(row, rows); });
    if (Status status = connection_.run("DELETE FROM entity"); !status) return status;
    if (Status status = connection_.copy_into(copy_target(sql_table("entity")), {rows}); !status) return status;
  }
  if (!rates_) return {};
  std::string rows;
  each_rate_row(*rates_, [&](const Row& row) { append_copy_row(row, rows); });
  const SqlTable& table = sql_table("fx_rate");
  const Status created =
      connection_.run("CREATE TEMPORARY TABLE staged_fx_rate (LIKE fx_rate) ON COMMIT DROP");
  if (!created) return created;
  if (Status status = connection_.copy_into("staged_fx_rate", {rows}); !status) return status;
  return connection_.run(upsert_sql(table, "SELECT " + column_list(table) + " FROM staged_fx_rate WHERE TRUE"));
}

}  // namespace factmill
