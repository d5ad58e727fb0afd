// What a run reads: the files behind the paths, shared out among several runs, and the hash that tells whether a file is
// still the one that was loaded.
//
//   std::vector<PartOfFile> parts = parts_of(files, {3, 16});   // the fourth of sixteen runs
//
// The files are laid one behind the other as one line of bytes that is cut into equal pieces, so the same files give the
// same parts on any machine. Thread-safe.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"

namespace factmill {

// One of `count` runs; `index` counts from 0.
struct Shard {
  uint32_t index = 0;
  uint32_t count = 1;
};

// "3/16" is the third of sixteen. Empty for anything but 1 <= i <= N.
std::optional<Shard> parse_shard(std::string_view text);

struct PartOfFile {
  InputFile file;
  ByteRange range;
};

std::vector<PartOfFile> parts_of(const std::vector<InputFile>& files, const Shard& shard);

// 32 hex digits over the file's bytes. Error: it could not be read to its end.
Result<std::string> content_hash_of(const std::string& path);

}  // namespace factmill
