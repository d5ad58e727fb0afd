#include "pipeline/inputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "archive/byte_source.h"
#include "base/hash.h"

namespace factmill {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;

bool parse_number(std::string_view text, uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// Where the piece of this index begins on a line of `total` bytes.
uint64_t cut(uint64_t total, uint32_t index, uint32_t count) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(total) * index / count);
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  const size_t slash = text.find('/');
  Shard shard;
  if (slash == std::string_view::npos || !parse_number(text.substr(0, slash), shard.index) ||
      !parse_number(text.substr(slash + 1), shard.count) || shard.index < 1 || shard.index > shard.count) {
    return {};
  }
  --shard.index;
  return shard;
}

std::vector<PartOfFile> parts_of(const std::vector<InputFile>& files, const Shard& shard) {
  uint64_t total = 0;
  for (const InputFile& file : files) total += file.bytes;
  const uint64_t from = cut(total, shard.index, shard.count), to = cut(total, shard.index + 1, shard.count);
  std::vector<PartOfFile> parts;
  uint64_t at = 0;
  for (const InputFile& file : files) {
    const uint64_t begin = std::max(from, at), end = std::min(to, at + file.bytes);
    // What has no size, standard input for one, is read as a whole by one of them.
    const bool is_mine = file.bytes > 0 ? begin < end
                                        : (from <= at && at < to) || (at == total && shard.index + 1 == shard.count);
    if (is_mine) parts.push_back({file, {file.bytes > 0 ? begin - at : 0, file.bytes > 0 ? end - at : 0}});
    at += file.bytes;
  }
  return parts;
}

Result<std::string> content_hash_of(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{path + ": error: cannot open it: " + std::strerror(errno)};
  FileSource source(descriptor, /*owned=*/true);
  std::string block(kBlockBytes, '\0');
  HashStream hash;
  while (true) {
    const Result<size_t> got = source.read(block.data(), block.size());
    if (!got) return Error{path + ": error: cannot read it: " + got.error().message};
    if (*got == 0) return hash.hash().to_hex();
    hash.add(std::string_view(block).substr(0, *got));
  }
}

}  // namespace factmill
