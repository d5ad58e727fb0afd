// The pack of tests/small_pack, some of its files replaced, as `load_rules` sees it.
//
//   SmallPack pack(Files{{"rules.yaml", "frames: [...]"}});
//   CHECK(pack.errors() == "");
//   use(pack.get());
//
// The language layer of the source tree stands beside it as common/. Paths in messages are relative to the pack.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "ruleset/rule_pack.h"

namespace factmill::testing {

inline std::string without(std::string text, const std::string& part) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
  return text;
}

using Files = std::map<std::string, std::string>;  // path inside the pack -> content

class SmallPack {
 public:
  explicit SmallPack(const Files& files = {}) {
    namespace fs = std::filesystem;
    std::string name = (fs::temp_directory_path() / "factmill-pack.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    const fs::path source = FACTMILL_SOURCE_DIR;
    for (const auto& file : fs::directory_iterator(source / "tests/small_pack")) fs::copy_file(file.path(), fs::path(name) / file.path().filename());
    fs::create_directory_symlink(source / "rules/common", fs::path(name) / "common");
    for (const auto& [path, content] : files) std::ofstream(fs::path(name) / path, std::ios::binary) << content;
    Diagnostics diagnostics;
    pack_ = load_rules(name, diagnostics);
    errors_ = without(diagnostics.render(), name + "/");
    fs::remove_all(name);
  }
  // Every complaint with its line and caret; empty where there is none.
  const std::string& errors() const { return errors_; }
  const std::shared_ptr<const RulePack>& shared() const { return pack_; }
  const RulePack& get() const {
    INFO(errors_);
    REQUIRE(pack_ != nullptr);
    return *pack_;
  }

 private:
  std::shared_ptr<const RulePack> pack_;
  std::string errors_;
};

// The pack as it stands, loaded once.
inline const SmallPack& small_pack() {
  static const SmallPack kPack;
  return kPack;
}

}  // namespace factmill::testing
