#include "sink/sqlite_inputs.h"

#include <algorithm>
#include <utility>

namespace factmill {

Status SqliteInputs::prepare() {
  const SqlTable& table = sql_table("input_shard");
  const std::string of_input = " SET load_id = ?1 WHERE load_id = ?2 AND input_id = ?3";
  const std::string of_documents =
      " SET load_id = ?1 WHERE load_id = ?2 AND doc_id IN (SELECT doc_id FROM document WHERE input_id = ?3)";
  const std::pair<SqliteStatement*, std::string> statements[] = {
      {&find_,
       "SELECT byte_begin, byte_end, input_shard.status = 'done', records, input_shard.documents, input_shard.facts, "
       "input_shard.rejects, input_shard.load_id, load.status = 'finished', earlier_loads "
       "FROM input_shard JOIN load ON load.load_id = input_shard.load_id "
       "WHERE input_id = ?1 AND input_pass = ?2 ORDER BY byte_begin, byte_end"},
      {&put_, upsert_sql(table, sqlite_values_of(table))},
      {&remove_stale_, "DELETE FROM input_shard WHERE input_id = ?1 AND (input_pass <> ?2 OR status <> 'done')"},
      {&count_open_, // Inputs that the load wrote, also as one of several; none where it is finished.
       "SELECT input_id FROM input_shard WHERE (load_id = ?1 OR ' ' || earlier_loads || ' ' LIKE '% ' || ?1 || ' %') "
       "AND EXISTS (SELECT 1 FROM load WHERE load_id = ?1 AND status <> 'finished')"},
      {&finish_load_, "UPDATE load SET status = 'finished', finished = ?1 WHERE load_id = ?2 AND status <> 'finished'"},
      {&take_documents_, "UPDATE document" + of_input},
      {&take_facts_, "UPDATE fact" + of_documents},
      {&take_unclaimed_, "UPDATE unclaimed" + of_documents},
      {&take_rejects_, "UPDATE reject" + of_input},
      {&take_copies_, "UPDATE document_copy" + of_input},
      {&take_shards_, "UPDATE input_shard" + of_input},
  };
  for (const auto& [statement, sql] : statements) {
    if (Status status = database_.prepare(*statement, sql); !status) return status;
  }
  return {};
}

Status SqliteInputs::find(int64_t input_id, int64_t pass, std::vector<KnownRange>& known) {
  known.clear();
  return database_.each(find_, {input_id, pass}, [&](SqliteStatement& row) {
    const auto number = [&](int column) { return static_cast<uint64_t>(row.integer(column)); };
    known.push_back({number(0), number(1), {row.integer(2) != 0, number(3), number(4), number(5), number(6), row.text(9)},
                     row.integer(7), row.integer(8) != 0});
  });
}

Status SqliteInputs::put(const InputProgress& progress, const std::string& settings, int64_t load_id) {
  const std::string now = timestamp_now();
  input_shard_row(progress, settings, now, load_id, row_);
  return database_.step(put_, row_);
}

Status SqliteInputs::remove_stale(int64_t input_id, int64_t pass) {
  return database_.step(remove_stale_, {input_id, pass});
}

Status SqliteInputs::inherit(const Inheritance& inheritance, int64_t load_id) {
  for (const auto& [other, inputs] : inheritance) {
    if (Status status = inherit_from(other, inputs, load_id); !status) return status;
  }
  return {};
}

Status SqliteInputs::inherit_from(int64_t other, const std::vector<int64_t>& inputs, int64_t load_id) {
  bool has_more = false;
  const Status counted = database_.each(count_open_, {other}, [&](SqliteStatement& row) {
    has_more = has_more || !std::binary_search(inputs.begin(), inputs.end(), row.integer(0));
  });
  if (!counted) return counted;
  const std::string now = timestamp_now();
  if (!has_more) return database_.step(finish_load_, {std::string_view(now), other});
  for (const int64_t input_id : inputs) {
    for (SqliteStatement* statement :
         {&take_documents_, &take_facts_, &take_unclaimed_, &take_rejects_, &take_copies_, &take_shards_}) {
      if (Status status = database_.step(*statement, {load_id, other, input_id}); !status) return status;
    }
  }
  return {};
}

}  // namespace factmill
