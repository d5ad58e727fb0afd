// A load as a row of PostgreSQL's table `load`: how it begins, counts, takes over what an earlier one left, and ends.
//
//   PostgresqlLoad row(connection);
//   row.begin(load); ... row.write_counts(counts); row.finish(tracker.inherited()); row.finish_shared();
//
// The calls write through the connection and leave transactions to the caller, but for finish_shared(). Not thread-safe.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sink/manifest.h"
#include "sink/postgresql_connection.h"
#include "sink/sink.h"

namespace factmill {

struct LoadCounts {
  int64_t documents = 0, facts = 0, rejects = 0;
};

class PostgresqlLoad {
 public:
  explicit PostgresqlLoad(PostgresqlConnection& connection) : connection_(connection) {}

  Status begin(const LoadInfo& load);
  int64_t id() const { return load_id_; }

  Status write_counts(const LoadCounts& counts);

  Status finish(const Inheritance& inherited);
  // What loads have in common, one load at a time: marks of duplicates, names, exchange rates. A transaction of its own,
  // since that of the last batch holds rows that another load may wait for.
  Status finish_shared();

 private:
  Status inherit_from(const std::string& other, const std::vector<int64_t>& inputs);
  Status finish_load(const std::string& load_id);
  Status mark_duplicates();
  Status write_references();

  PostgresqlConnection& connection_;
  const Lexicon* lexicon_ = nullptr;
  const FxTable* rates_ = nullptr;
  int64_t load_id_ = 0;
};

}  // namespace factmill
