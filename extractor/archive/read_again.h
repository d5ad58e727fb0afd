// Documents that were read before, found again by their Source, byte for byte.
//
//   Result<Record> record = read_again(source, options, profiles);       // one; seeks where it can
//   read_again(sources, options, profiles, sink);                        // many: one pass over each file
//
// The options and profiles have to be those of the first reading. Standard input cannot be read again.
#pragma once
#include <vector>

#include "archive/archive.h"

namespace factmill {

// WARC records and lines of JSON are read at their offset; of a tar or zip other members are stepped over.
Result<Record> read_again(const Source& source, const ReadOptions& options, const Profiles& profiles);

// Records come file by file, in the order of the archives, each once however often it is named. What is not there any
// more is a reject "gone" at its Source; what is wrong elsewhere in the files is not told.
ReadSummary read_again(const std::vector<Source>& sources, const ReadOptions& options, const Profiles& profiles, RecordSink& sink);

}  // namespace factmill
