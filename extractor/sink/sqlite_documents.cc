#include "sink/sqlite_documents.h"

#include <unordered_set>
#include <utility>

namespace factmill {
namespace {

constexpr size_t kStaleAtOnce = 1'000;

}  // namespace

Status SqliteDocuments::prepare() {
  const auto upsert = [](std::string_view name) {
    return upsert_sql(sql_table(name), sqlite_values_of(sql_table(name)));
  };
  const std::pair<SqliteStatement*, std::string> statements[] = {
      {&put_document_, upsert("document")},
      {&put_fact_, upsert("fact")},
      {&put_evidence_, upsert("evidence")},
      {&put_unclaimed_, upsert("unclaimed")},
      {&put_copy_, upsert("document_copy")},
      {&find_document_,
       "SELECT document.row_hash, load.status = 'finished' OR load.load_id = ?2, source_path, source_member, "
       "source_offset, source_url, input_id, input_pass, document.load_id FROM document "
       "JOIN load ON load.load_id = document.load_id WHERE document.doc_id = ?1"},
      {&find_facts_, "SELECT fact_id FROM fact WHERE doc_id = ?1"},
      {&delete_fact_, "DELETE FROM fact WHERE fact_id = ?1"},
      {&delete_evidence_, "DELETE FROM evidence WHERE fact_id = ?1"},
      {&delete_unclaimed_, "DELETE FROM unclaimed WHERE doc_id = ?1"},
      {&delete_copy_,
       "DELETE FROM document_copy WHERE doc_id = ?1 AND source_path = ?2 AND source_member = ?3 AND source_offset = ?4"},
      {&count_facts_,
       "UPDATE document SET row_hash = 0, facts = (SELECT count(*) FROM fact WHERE fact.doc_id = ?1) WHERE doc_id = ?1"},
      {&find_stale_,
       "SELECT doc_id FROM document WHERE input_id = ?1 AND input_pass <> ?2 LIMIT " + std::to_string(kStaleAtOnce)},
      {&find_copy_,
       "SELECT source_path, source_member, source_offset, source_url, input_id, input_pass FROM document_copy "
       "WHERE doc_id = ?1 AND (input_id <> ?2 OR input_pass = ?3) ORDER BY source_path, source_member, source_offset "
       "LIMIT 1"},
      // A row hash of 0 makes the next load of that place write the row anew.
      {&move_document_,
       "UPDATE document SET row_hash = 0, source_path = ?2, source_member = nullif(?3, ''), "
       "source_offset = nullif(?4, -1), source_url = ?5, input_id = ?6, input_pass = ?7 WHERE doc_id = ?1"},
      {&move_facts_,
       "UPDATE fact SET row_hash = 0, source_path = ?2, source_member = nullif(?3, ''), "
       "source_offset = nullif(?4, -1), source_url = ?5 WHERE doc_id = ?1"},
      {&delete_document_, "DELETE FROM document WHERE doc_id = ?1"},
      {&delete_facts_, "DELETE FROM fact WHERE doc_id = ?1"},
      {&delete_evidence_of_, "DELETE FROM evidence WHERE fact_id IN (SELECT fact_id FROM fact WHERE doc_id = ?1)"},
      {&delete_stale_copies_, "DELETE FROM document_copy WHERE input_id = ?1 AND input_pass <> ?2"},
      {&delete_stale_rejects_, "DELETE FROM reject WHERE input_id = ?1 AND input_pass <> ?2"},
  };
  for (const auto& [statement, sql] : statements) {
    if (Status status = database_.prepare(*statement, sql); !status) return status;
  }
  return {};
}

// ---- writing ----

Status SqliteDocuments::write(const DocumentRows& rows, Origin origin, int64_t load_id) {
  Known known;
  if (Status status = look_up(rows, origin, load_id, known); !status) return status;
  if (known.is_unchanged) return {};
  if (Status status = write_document(rows, origin, load_id, known); !status) return status;
  for (const FactRow& fact : rows.facts) {
    if (Status status = write_fact(fact, load_id, known.is_known); !status) return status;
  }
  if (rows.document->is_partial) return database_.step(count_facts_, {std::string_view(rows.document->doc_id)});
  if (known.is_known) {
    if (Status status = delete_vanished(rows); !status) return status;
  }
  return write_unclaimed(*rows.document, load_id, known.is_known);
}

Status SqliteDocuments::look_up(const DocumentRows& rows, Origin origin, int64_t load_id, Known& known) {
  const DocumentFacts& document = *rows.document;
  SqliteStatement& row = find_document_;
  if (Status status = database_.first(row, {std::string_view(document.doc_id), load_id}, known.is_known); !status) {
    return status;
  }
  if (known.is_known) {
    known.is_unchanged = row.integer(0) == rows.row_hash && row.integer(1) != 0;
    if (origin && !known.is_unchanged) {
      known.path = row.text(2);
      known.member = row.text(3);
      if (!row.is_null(4)) known.offset = static_cast<uint64_t>(row.integer(4));
      known.url = row.text(5);
      known.input_id = row.integer(6);
      known.pass = row.integer(7);
      known.load_id = row.integer(8);
      known.is_elsewhere =
          known.path != document.path || known.member != document.member || known.offset != document.offset;
    }
  }
  row.reset();
  return {};
}

Status SqliteDocuments::write_document(const DocumentRows& rows, Origin origin, int64_t load_id, const Known& known) {
  if (known.is_elsewhere) {
    if (Status status = keep_other_place(rows, origin, known); !status) return status;
  }
  document_row(rows, origin, load_id, row_);
  return database_.step(put_document_, row_);
}

// The place where the bytes were seen last is the document's own; the one before becomes a copy, unless it was in an
// earlier pass over the same input, which may hold it no more.
Status SqliteDocuments::keep_other_place(const DocumentRows& rows, Origin origin, const Known& known) {
  const std::string_view doc_id(rows.document->doc_id);
  const auto place = [&](std::string_view path, std::string_view member, const std::optional<uint64_t>& offset) {
    return Row{doc_id, path, member, offset ? static_cast<int64_t>(*offset) : int64_t{-1}};
  };
  const DocumentFacts& document = *rows.document;
  const Status deleted = database_.step(delete_copy_, place(document.path, document.member, document.offset));
  if (!deleted) return deleted;
  if (known.input_id == origin->input_id && known.pass != origin->pass) return {};
  Row there = place(known.path, known.member, known.offset);
  there.push_back(known.url.empty() ? Cell{} : Cell{std::string_view(known.url)});
  there.insert(there.end(), {Cell{known.input_id}, Cell{known.pass}, Cell{known.load_id}});
  return database_.step(put_copy_, there);
}

// Evidence of an earlier version exists only where the document is known.
Status SqliteDocuments::write_fact(const FactRow& fact, int64_t load_id, bool is_known) {
  fact_row(fact, load_id, row_);
  if (Status status = database_.step(put_fact_, row_); !status) return status;
  if (database_.changes() == 0) return {};
  if (is_known) {
    const Status status = database_.step(delete_evidence_, {std::string_view(fact.fact->fact_id)});
    if (!status) return status;
  }
  for (size_t i = 0; i < fact.fact->evidence.size(); ++i) {
    evidence_row(*fact.fact, i, row_);
    if (Status status = database_.step(put_evidence_, row_); !status) return status;
  }
  return {};
}

Status SqliteDocuments::write_unclaimed(const DocumentFacts& document, int64_t load_id, bool is_known) {
  if (is_known) {
    const Status status = database_.step(delete_unclaimed_, {std::string_view(document.doc_id)});
    if (!status) return status;
  }
  for (const UnclaimedValue& value : document.unclaimed) {
    unclaimed_row(document.doc_id, value, load_id, row_);
    if (Status status = database_.step(put_unclaimed_, row_); !status) return status;
  }
  return {};
}

Status SqliteDocuments::delete_vanished(const DocumentRows& rows) {
  std::unordered_set<std::string_view> present;
  for (const FactRow& fact : rows.facts) present.insert(fact.fact->fact_id);
  std::vector<std::string> vanished;
  Status status = database_.each(find_facts_, {std::string_view(rows.document->doc_id)}, [&](SqliteStatement& row) {
    std::string fact_id = row.text(0);
    if (!present.contains(fact_id)) vanished.push_back(std::move(fact_id));
  });
  for (const std::string& fact_id : vanished) {
    if (status) status = database_.step(delete_evidence_, {std::string_view(fact_id)});
    if (status) status = database_.step(delete_fact_, {std::string_view(fact_id)});
  }
  return status;
}

// ---- taking out ----

Status SqliteDocuments::remove_stale(int64_t input_id, int64_t pass) {
  std::vector<std::string> stale;
  do {
    stale.clear();
    const Status status = database_.each(find_stale_, {input_id, pass},
                                         [&](SqliteStatement& row) { stale.push_back(row.text(0)); });
    if (!status) return status;
    for (const std::string& doc_id : stale) {
      if (Status removed = remove_or_move(doc_id, input_id, pass); !removed) return removed;
    }
  } while (stale.size() == kStaleAtOnce);
  if (Status status = database_.step(delete_stale_copies_, {input_id, pass}); !status) return status;
  return database_.step(delete_stale_rejects_, {input_id, pass});
}

Status SqliteDocuments::remove_or_move(const std::string& doc_id, int64_t input_id, int64_t pass) {
  const std::string_view id(doc_id);
  bool has_copy = false;
  if (Status status = database_.first(find_copy_, {id, input_id, pass}, has_copy); !status) return status;
  if (!has_copy) {
    for (SqliteStatement* statement : {&delete_evidence_of_, &delete_facts_, &delete_unclaimed_, &delete_document_}) {
      if (Status status = database_.step(*statement, {id}); !status) return status;
    }
    return {};
  }
  const std::string path = find_copy_.text(0), member = find_copy_.text(1), url = find_copy_.text(3);
  const Cell url_cell = url.empty() ? Cell{} : Cell{std::string_view(url)};
  const int64_t offset = find_copy_.integer(2), copy_input = find_copy_.integer(4), copy_pass = find_copy_.integer(5);
  find_copy_.reset();
  Row place{id, std::string_view(path), std::string_view(member), offset};
  if (Status status = database_.step(delete_copy_, place); !status) return status;
  place.push_back(url_cell);
  if (Status status = database_.step(move_facts_, place); !status) return status;
  place.insert(place.end(), {Cell{copy_input}, Cell{copy_pass}});
  return database_.step(move_document_, place);
}

}  // namespace factmill
