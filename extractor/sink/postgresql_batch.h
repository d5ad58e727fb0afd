// Rows on their way to PostgreSQL: documents with what belongs to them, rejects and how far their inputs are, in COPY's
// format, until one transaction takes them.
//
//   PostgresqlBatch::create_staging(connection);                         // once a connection
//   if (!batch.takes(document)) ...                                      // merge it first, and begin another
//   batch.add(DocumentRows(document, origin), origin, load_id);
//   connection.run("BEGIN"); batch.merge(connection, load_id, settings); connection.run("COMMIT"); batch.clear();
//
// Filled by one thread, then merged by one thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "sink/postgresql_connection.h"
#include "sink/sql_rows.h"
#include "sink/sql_tables.h"

namespace factmill {

class PostgresqlBatch {
 public:
  static Status create_staging(PostgresqlConnection& connection);

  // One merge cannot write a row twice, and adds facts to documents or replaces them.
  bool takes(const DocumentFacts& document) const;
  void add(const DocumentRows& rows, Origin origin, int64_t load_id);
  void add(const Reject& reject, Origin origin, int64_t load_id);
  // The last of one part stands.
  void add(InputProgress progress);

  bool is_empty() const { return !is_begun_; }
  size_t bytes() const;
  // Since the first row.
  std::chrono::steady_clock::duration age() const;

  // Within a transaction of the caller's.
  Status merge(PostgresqlConnection& connection, int64_t load_id, const std::string& settings);
  void clear();

 private:
  // Tables whose rows belong to a document.
  enum Part : uint8_t { facts, evidence, unclaimed, part_count };
  // Where a document's rows end in the parts; they begin where those of the document before end.
  struct Document {
    std::string doc_id;
    size_t ends[part_count] = {};
  };
  using Names = std::unordered_set<std::string>;

  void begin();
  Status merge_documents(PostgresqlConnection& connection, int64_t load_id);
  template <class Wanted>
  Status copy_parts(PostgresqlConnection& connection, bool is_final, Wanted wanted);
  Status merge_inputs(PostgresqlConnection& connection, int64_t load_id, const std::string& settings);
  Status remove_stale(PostgresqlConnection& connection);

  std::string documents_rows_, reject_rows_, part_rows_[part_count];
  std::vector<Document> documents_;
  Names keys_;  // of the documents and rejects
  std::map<std::tuple<int64_t, uint64_t, uint64_t>, InputProgress> inputs_;
  bool is_partial_ = false;
  bool is_begun_ = false;
  std::chrono::steady_clock::time_point began_;
  Row row_;
};

}  // namespace factmill
