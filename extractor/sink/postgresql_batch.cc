#include "sink/postgresql_batch.h"

#include <utility>

#include "sink/postgresql_inputs.h"
#include "sink/postgresql_merge.h"

namespace factmill {
namespace {

constexpr std::string_view kPartTables[] = {"fact", "evidence", "unclaimed"};

Status run_all(PostgresqlConnection& connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    if (Status status = connection.run(statement); !status) return status;
  }
  return {};
}

Status copy_staged(PostgresqlConnection& connection, std::string_view table, std::string_view rows) {
  return rows.empty() ? Status{} : connection.copy_into(staged_name(table), {rows});
}

Status take_names(PostgresqlConnection& connection, const std::string& sql, const std::vector<std::string>& values,
                  std::unordered_set<std::string>& names) {
  return connection.each(sql, values, [&](const std::vector<std::string_view>& row) { names.emplace(row[0]); });
}

}  // namespace

Status PostgresqlBatch::create_staging(PostgresqlConnection& connection) { return run_all(connection, staging_ddl()); }

// ---- filling ----

void PostgresqlBatch::begin() {
  if (!is_begun_) began_ = std::chrono::steady_clock::now();
  is_begun_ = true;
}

bool PostgresqlBatch::takes(const DocumentFacts& document) const {
  return !keys_.contains(document.doc_id) && (documents_.empty() || document.is_partial == is_partial_);
}

void PostgresqlBatch::add(const DocumentRows& rows, Origin origin, int64_t load_id) {
  begin();
  is_partial_ = rows.document->is_partial;
  document_row(rows, origin, load_id, row_);
  append_copy_row(row_, documents_rows_);
  for (const FactRow& fact : rows.facts) {
    fact_row(fact, load_id, row_);
    append_copy_row(row_, part_rows_[facts]);
    for (size_t i = 0; i < fact.fact->evidence.size(); ++i) {
      evidence_row(*fact.fact, i, row_);
      append_copy_row(row_, part_rows_[evidence]);
    }
  }
  for (const UnclaimedValue& value : rows.document->unclaimed) {
    unclaimed_row(rows.document->doc_id, value, load_id, row_);
    append_copy_row(row_, part_rows_[unclaimed]);
  }
  keys_.insert(rows.document->doc_id);
  Document& document = documents_.emplace_back();
  document.doc_id = rows.document->doc_id;
  for (size_t i = 0; i < part_count; ++i) document.ends[i] = part_rows_[i].size();
}

void PostgresqlBatch::add(const Reject& reject, Origin origin, int64_t load_id) {
  begin();
  const std::string reject_id = reject_id_of(reject);
  if (!keys_.insert(reject_id).second) return;
  reject_row(reject, reject_id, origin, load_id, row_);
  append_copy_row(row_, reject_rows_);
}

void PostgresqlBatch::add(InputProgress progress) {
  begin();
  const auto key = std::tuple(progress.input_id, progress.part.begin, progress.part.end);
  inputs_.insert_or_assign(key, std::move(progress));
}

size_t PostgresqlBatch::bytes() const {
  size_t bytes = documents_rows_.size() + reject_rows_.size() + inputs_.size() * sizeof(InputProgress);
  for (const std::string& rows : part_rows_) bytes += rows.size();
  return bytes;
}

std::chrono::steady_clock::duration PostgresqlBatch::age() const {
  return is_begun_ ? std::chrono::steady_clock::now() - began_ : std::chrono::steady_clock::duration{};
}

void PostgresqlBatch::clear() {
  for (std::string* rows : {&documents_rows_, &reject_rows_}) rows->clear();
  for (std::string& rows : part_rows_) rows.clear();
  documents_.clear();
  keys_.clear();
  inputs_.clear();
  is_begun_ = false;
}

// ---- merging ----

Status PostgresqlBatch::merge(PostgresqlConnection& connection, int64_t load_id, const std::string& settings) {
  if (!documents_.empty()) {
    if (Status status = merge_documents(connection, load_id); !status) return status;
  }
  if (!reject_rows_.empty()) {
    if (Status status = copy_staged(connection, "reject", reject_rows_); !status) return status;
    if (Status status = connection.run(staged_upsert_sql("reject")); !status) return status;
  }
  return inputs_.empty() ? Status{} : merge_inputs(connection, load_id, settings);
}

// What belongs to new documents goes right where it will stay; the rest is staged for the merge.
Status PostgresqlBatch::merge_documents(PostgresqlConnection& connection, int64_t load_id) {
  Names fresh, unchanged;
  if (Status status = copy_staged(connection, "document", documents_rows_); !status) return status;
  if (Status status = take_names(connection, insert_new_sql(), {}, fresh); !status) return status;
  if (!fresh.empty()) {
    const auto is_fresh = [&](const Document& document) { return fresh.contains(document.doc_id); };
    if (Status status = copy_parts(connection, /*is_final=*/true, is_fresh); !status) return status;
  }
  if (fresh.size() == documents_.size()) return {};
  Status status = take_names(connection, drop_unchanged_sql(), {std::to_string(load_id)}, unchanged);
  if (!status) return status;
  if (fresh.size() + unchanged.size() == documents_.size()) return {};
  status = copy_parts(connection, /*is_final=*/false, [&](const Document& document) {
    return !fresh.contains(document.doc_id) && !unchanged.contains(document.doc_id);
  });
  return status ? run_all(connection, merge_sql(is_partial_)) : status;
}

template <class Wanted>
Status PostgresqlBatch::copy_parts(PostgresqlConnection& connection, bool is_final, Wanted wanted) {
  std::vector<std::string_view> pieces[part_count];
  const Document none;
  const Document* before = &none;
  bool is_going_on = false;
  for (const Document& document : documents_) {
    const bool is_wanted = wanted(document);
    for (size_t i = 0; is_wanted && i < part_count; ++i) {
      const std::string_view rows = std::string_view(part_rows_[i]).substr(0, document.ends[i]);
      if (!is_going_on) pieces[i].push_back(rows.substr(before->ends[i]));
      else pieces[i].back() = {pieces[i].back().data(), rows.data() + rows.size()};
    }
    is_going_on = is_wanted;
    before = &document;
  }
  for (size_t i = 0; i < part_count; ++i) {
    const std::string target = is_final ? copy_target(sql_table(kPartTables[i])) : staged_name(kPartTables[i]);
    if (part_rows_[i].empty()) continue;
    if (Status status = connection.copy_into(target, pieces[i]); !status) return status;
  }
  return {};
}

Status PostgresqlBatch::merge_inputs(PostgresqlConnection& connection, int64_t load_id, const std::string& settings) {
  std::string rows;
  const std::string now = timestamp_now();
  for (const auto& [key, progress] : inputs_) {
    input_shard_row(progress, settings, now, load_id, row_);
    append_copy_row(row_, rows);
  }
  if (Status status = copy_staged(connection, "input_shard", rows); !status) return status;
  if (Status status = connection.run(staged_upsert_sql("input_shard")); !status) return status;
  return remove_stale(connection);
}

// An input that was read to its end holds nothing any more but what this pass found.
Status PostgresqlBatch::remove_stale(PostgresqlConnection& connection) {
  std::string complete;
  for (const auto& [key, progress] : inputs_) {
    bool is_covered = progress.state.is_done && progress.part.is_whole();
    if (progress.state.is_done && !is_covered) {
      std::vector<KnownRange> known;
      if (Status status = find_ranges(connection, progress, known); !status) return status;
      is_covered = covers_all(progress.part.bytes, known);
    }
    if (is_covered) append_copy_row({progress.input_id, progress.pass}, complete);
  }
  if (complete.empty()) return {};
  if (Status status = copy_staged(connection, "complete", complete); !status) return status;
  return run_all(connection, remove_stale_sql());
}

}  // namespace factmill
