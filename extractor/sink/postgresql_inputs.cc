#include "sink/postgresql_inputs.h"

#include <string>
#include <string_view>

namespace factmill {

Status find_ranges(PostgresqlConnection& connection, const InputProgress& wanted, std::vector<KnownRange>& known) {
  return connection.each(
      "SELECT byte_begin, byte_end, CASE WHEN s.status = 'done' THEN 1 ELSE 0 END, records, s.documents, s.facts, "
      "s.rejects, s.load_id, CASE WHEN load.status = 'finished' THEN 1 ELSE 0 END, earlier_loads "
      "FROM input_shard s JOIN load ON load.load_id = s.load_id "
      "WHERE input_id = $1 AND input_pass = $2 ORDER BY byte_begin, byte_end",
      {std::to_string(wanted.input_id), std::to_string(wanted.pass)}, [&](const std::vector<std::string_view>& row) {
        const auto number = [&](size_t column) { return std::stoull(std::string(row[column])); };
        known.push_back({number(0), number(1),
                         {number(2) != 0, number(3), number(4), number(5), number(6), std::string(row[9])},
                         static_cast<int64_t>(number(7)), number(8) != 0});
      });
}

}  // namespace factmill
