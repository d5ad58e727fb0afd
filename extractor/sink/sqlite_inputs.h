// The manifest in SQLite: rows of `input_shard`. Within the caller's transaction. Not thread-safe.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "sink/manifest.h"
#include "sink/sqlite_database.h"

namespace factmill {

class SqliteInputs {
 public:
  explicit SqliteInputs(SqliteDatabase& database) : database_(database) {}
  Status prepare();

  // The ranges of an input that are known of this pass, by their begin.
  Status find(int64_t input_id, int64_t pass, std::vector<KnownRange>& known);
  Status put(const InputProgress& progress, const std::string& settings, int64_t load_id);
  // Rows of other passes, and of ranges that others have covered.
  Status remove_stale(int64_t input_id, int64_t pass);
  // Rows of loads that never finished become this load's, or those loads count as finished where all of their inputs
  // were gone through.
  Status inherit(const Inheritance& inheritance, int64_t load_id);

 private:
  Status inherit_from(int64_t other, const std::vector<int64_t>& inputs, int64_t load_id);

  SqliteDatabase& database_;
  SqliteStatement find_, put_, remove_stale_, count_open_, finish_load_, take_documents_, take_facts_, take_rejects_,
      take_unclaimed_, take_copies_, take_shards_;
  Row row_;
};

}  // namespace factmill
