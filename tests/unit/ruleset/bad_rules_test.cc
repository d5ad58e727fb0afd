// tests/bad_rules: one folder for each kind of bad pack, holding the files that replace those of tests/small_pack and,
// in `expected`, every complaint about it, to the letter.
#include <algorithm>
#include <sstream>
#include <vector>

#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST_CASE("bad rules: all complaints about a pack at once, each at its word") {
  std::vector<std::filesystem::path> kinds;
  for (const auto& entry : std::filesystem::directory_iterator(FACTMILL_SOURCE_DIR "/tests/bad_rules")) {
    if (entry.is_directory()) kinds.push_back(entry.path());
  }
  std::sort(kinds.begin(), kinds.end());
  CHECK(kinds.size() >= 16);
  for (const auto& kind : kinds) {
    CAPTURE(kind.filename().string());
    Files files;
    for (const auto& file : std::filesystem::directory_iterator(kind)) {
      if (file.path().extension() == ".yaml") files[file.path().filename().string()] = content(file.path());
    }
    const SmallPack pack(files);
    CHECK(pack.shared() == nullptr);
    CHECK(pack.errors() == content(kind / "expected"));
  }
}

TEST_CASE("small pack: without replacements nothing is wrong") { CHECK(small_pack().errors() == ""); }

}  // namespace
}  // namespace factmill::testing
