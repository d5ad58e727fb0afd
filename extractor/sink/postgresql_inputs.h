// What PostgreSQL's table `input_shard` knows of a part of an input.
#pragma once
#include <vector>

#include "base/result.h"
#include "sink/manifest.h"
#include "sink/postgresql_connection.h"

namespace factmill {

// The ranges of the part's input and pass, sorted by their begin.
Status find_ranges(PostgresqlConnection& connection, const InputProgress& wanted, std::vector<KnownRange>& known);

}  // namespace factmill
