#include "sink/postgresql_merge.h"

#include "sink/sql_tables.h"

namespace factmill {
namespace {

// An array, because a join lets the planner scan the whole table for a batch of a thousand documents.
const std::string kStagedIds = "ANY (ARRAY(SELECT doc_id FROM staged_document))";

// The place where the bytes were seen last is the document's own; the one before becomes a copy, unless it was in an
// earlier pass over the same input, which may hold it no more.
std::string keep_other_places_sql() {
  const SqlTable& copy = sql_table("document_copy");
  return upsert_sql(copy,
                    "SELECT d.doc_id, d.source_path, coalesce(d.source_member, ''), coalesce(d.source_offset, -1), "
                    "d.source_url, d.input_id, d.input_pass, d.load_id "
                    "FROM document d JOIN staged_document s ON s.doc_id = d.doc_id "
                    "WHERE d.doc_id = " + kStagedIds + " AND s.input_id IS NOT NULL "
                    "AND (d.source_path, d.source_member, d.source_offset) IS DISTINCT FROM "
                    "(s.source_path, s.source_member, s.source_offset) "
                    "AND NOT (d.input_id IS NOT DISTINCT FROM s.input_id AND "
                    "d.input_pass IS DISTINCT FROM s.input_pass) ORDER BY d.doc_id");
}

const char kForgetCopies[] =
    "DELETE FROM document_copy c USING staged_document s WHERE c.doc_id = s.doc_id AND c.source_path = s.source_path "
    "AND c.source_member = coalesce(s.source_member, '') AND c.source_offset = coalesce(s.source_offset, -1)";

const char kStaleDocuments[] =
    "(SELECT d.doc_id FROM document d JOIN staged_complete c ON c.input_id = d.input_id "
    "AND c.input_pass <> d.input_pass)";

std::string delete_stale(const std::string& table) {
  return "DELETE FROM " + table + " r USING staged_complete c WHERE r.input_id = c.input_id AND "
         "r.input_pass <> c.input_pass";
}

}  // namespace

std::string staged_name(std::string_view table) { return "staged_" + std::string(table); }

std::string staged_upsert_sql(std::string_view table) {
  const SqlTable& target = sql_table(table);
  return upsert_sql(target, "SELECT " + column_list(target) + " FROM " + staged_name(table) + " ORDER BY " +
                                std::string(target.primary_key));
}

std::vector<std::string> staging_ddl() {
  std::vector<std::string> statements = {
      "CREATE TEMPORARY TABLE staged_complete (input_id BIGINT, input_pass BIGINT) ON COMMIT DELETE ROWS",
      "CREATE TEMPORARY TABLE staged_move (LIKE document_copy) ON COMMIT DELETE ROWS",
  };
  for (const std::string_view table : {"document", "fact", "evidence", "unclaimed", "reject", "input_shard"}) {
    statements.push_back("CREATE TEMPORARY TABLE " + staged_name(table) + " (LIKE " + std::string(table) +
                         ") ON COMMIT DELETE ROWS");
  }
  return statements;
}

std::string insert_new_sql() {
  const std::string columns = column_list(sql_table("document"));
  return "WITH new AS (INSERT INTO document (" + columns + ") SELECT " + columns +
         " FROM staged_document ORDER BY doc_id ON CONFLICT (doc_id) DO NOTHING RETURNING doc_id) "
         "DELETE FROM staged_document USING new WHERE staged_document.doc_id = new.doc_id "
         "RETURNING staged_document.doc_id";
}

std::string drop_unchanged_sql() {
  return "DELETE FROM staged_document USING document, load WHERE document.doc_id = " + kStagedIds +
         " AND document.doc_id = staged_document.doc_id AND document.row_hash = staged_document.row_hash"
         " AND load.load_id = document.load_id AND (load.status = 'finished' OR load.load_id = $1)"
         " RETURNING staged_document.doc_id";
}

// In this order: documents first, and sorted, so that two loads with documents in common wait for each other instead
// of deadlocking; then what a document no longer states; then what it states.
std::vector<std::string> merge_sql(bool is_partial) {
  std::vector<std::string> statements = {keep_other_places_sql(), kForgetCopies, staged_upsert_sql("document")};
  if (!is_partial) {
    statements.push_back(
        "DELETE FROM evidence WHERE fact_id = ANY (ARRAY(SELECT fact_id FROM fact WHERE doc_id = " + kStagedIds +
        ")) AND NOT EXISTS (SELECT 1 FROM staged_evidence WHERE staged_evidence.fact_id = evidence.fact_id AND "
        "staged_evidence.ordinal = evidence.ordinal)");
    statements.push_back("DELETE FROM fact WHERE doc_id = " + kStagedIds +
                         " AND NOT EXISTS (SELECT 1 FROM staged_fact WHERE staged_fact.fact_id = fact.fact_id)");
    statements.push_back("DELETE FROM unclaimed WHERE doc_id = " + kStagedIds);
  }
  statements.push_back(staged_upsert_sql("fact"));
  statements.push_back(staged_upsert_sql("evidence"));
  statements.push_back(staged_upsert_sql("unclaimed"));
  if (is_partial) {
    statements.push_back("UPDATE document SET row_hash = 0, facts = (SELECT count(*) FROM fact "
                         "WHERE fact.doc_id = document.doc_id) WHERE doc_id = " + kStagedIds);
  }
  return statements;
}

std::vector<std::string> remove_stale_sql() {
  const std::string stale(kStaleDocuments);
  return {
      "INSERT INTO staged_move SELECT DISTINCT ON (c.doc_id) c.* FROM document_copy c WHERE c.doc_id IN " + stale +
          " AND NOT EXISTS (SELECT 1 FROM staged_complete t WHERE t.input_id = c.input_id AND "
          "t.input_pass <> c.input_pass) ORDER BY c.doc_id, c.source_path, c.source_member, c.source_offset",
      // A row hash of 0 makes the next load of that place write the row anew.
      "UPDATE document d SET row_hash = 0, source_path = m.source_path, source_member = nullif(m.source_member, ''), "
      "source_offset = nullif(m.source_offset, -1), source_url = m.source_url, input_id = m.input_id, "
      "input_pass = m.input_pass FROM staged_move m WHERE m.doc_id = d.doc_id",
      "UPDATE fact f SET row_hash = 0, source_path = m.source_path, source_member = nullif(m.source_member, ''), "
      "source_offset = nullif(m.source_offset, -1), source_url = m.source_url FROM staged_move m "
      "WHERE m.doc_id = f.doc_id",
      "DELETE FROM document_copy c USING staged_move m WHERE c.doc_id = m.doc_id AND c.source_path = m.source_path "
      "AND c.source_member = m.source_member AND c.source_offset = m.source_offset",
      "DELETE FROM evidence WHERE fact_id IN (SELECT fact_id FROM fact WHERE doc_id IN " + stale + ")",
      "DELETE FROM fact WHERE doc_id IN " + stale,
      "DELETE FROM unclaimed WHERE doc_id IN " + stale,
      "DELETE FROM document WHERE doc_id IN " + stale,
      delete_stale("document_copy"),
      delete_stale("reject"),
      "DELETE FROM input_shard r USING staged_complete c WHERE r.input_id = c.input_id AND "
      "(r.input_pass <> c.input_pass OR r.status <> 'done')",
  };
}

std::vector<std::string> inherit_sql() {
  const std::string of_input = " SET load_id = $1 WHERE load_id = $2 AND input_id = $3";
  const std::string of_documents =
      " SET load_id = $1 WHERE load_id = $2 AND doc_id IN (SELECT doc_id FROM document WHERE input_id = $3)";
  return {"UPDATE document" + of_input, "UPDATE fact" + of_documents,           "UPDATE unclaimed" + of_documents,
          "UPDATE reject" + of_input,   "UPDATE document_copy" + of_input,      "UPDATE input_shard" + of_input};
}

}  // namespace factmill
