// The sinks that load a database. Their headers stay in the .cc files.
//
// A flush is one transaction with the load's counts, so that a crash loses whole documents and never a part of one.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sink/sink.h"

namespace factmill {

// Makes the file and its schema where they are missing. Error: not a database, another program's, or of another schema
// version. One process writes at a time; another waits ten seconds for the batch in its way, then fails.
Result<std::unique_ptr<Sink>> open_sqlite_sink(const std::string& path, const LoadInfo& load);

// `url` is a connection URI of libpq. Makes the schema where it is missing. Several processes may load at once.
Result<std::unique_ptr<Sink>> open_postgresql_sink(const std::string& url, const LoadInfo& load);

// What both write at the end of a message about a database that cannot be used as it is.
std::string wrong_schema_message(std::string_view found);

}  // namespace factmill
