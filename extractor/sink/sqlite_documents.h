// Documents and what belongs to them, written into SQLite and taken out again. Within the caller's transaction.
// Not thread-safe.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sink/sql_rows.h"
#include "sink/sqlite_database.h"

namespace factmill {

class SqliteDocuments {
 public:
  explicit SqliteDocuments(SqliteDatabase& database) : database_(database) {}
  Status prepare();

  // Replaces what the document had produced before; touches no row that stays as it is.
  Status write(const DocumentRows& rows, Origin origin, int64_t load_id);
  // What the input held in another pass and holds no more goes; a document that stands elsewhere too moves there.
  Status remove_stale(int64_t input_id, int64_t pass);

 private:
  // The row that is there, if there is one.
  struct Known {
    bool is_known = false;
    bool is_unchanged = false;  // and seen by whoever sees this load
    bool is_elsewhere = false;  // at another place
    std::string path, member, url;
    std::optional<uint64_t> offset;
    int64_t input_id = 0, pass = 0, load_id = 0;
  };

  Status look_up(const DocumentRows& rows, Origin origin, int64_t load_id, Known& known);
  Status write_document(const DocumentRows& rows, Origin origin, int64_t load_id, const Known& known);
  Status keep_other_place(const DocumentRows& rows, Origin origin, const Known& known);
  Status write_fact(const FactRow& fact, int64_t load_id, bool is_known);
  Status write_unclaimed(const DocumentFacts& document, int64_t load_id, bool is_known);
  Status delete_vanished(const DocumentRows& rows);
  Status remove_or_move(const std::string& doc_id, int64_t input_id, int64_t pass);

  SqliteDatabase& database_;
  SqliteStatement put_document_, put_fact_, put_evidence_, put_unclaimed_, put_copy_, find_document_, find_facts_,
      delete_fact_, delete_evidence_, delete_unclaimed_, delete_copy_, count_facts_;
  SqliteStatement find_stale_, find_copy_, move_document_, move_facts_, delete_document_, delete_facts_,
      delete_evidence_of_, delete_stale_copies_, delete_stale_rejects_;
  Row row_;
};

}  // namespace factmill
