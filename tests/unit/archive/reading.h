// What the tests of the archive room share: the rules' profiles, a sink that keeps all, sources that misbehave.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "ruleset/rule_file.h"

namespace doctest {
template <>
struct StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "[" : ", ") + text.substr(0, 200);
    return (all + "]").c_str();
  }
};
}  // namespace doctest

namespace factmill {

inline const Profiles& test_profiles() {
  static const Profiles kProfiles = [] {
    Diagnostics diagnostics;
    RuleFiles files(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
    Profiles profiles = Profiles::load(files);
    INFO(diagnostics.render());
    REQUIRE_FALSE(diagnostics.has_errors());
    return profiles;
  }();
  return kProfiles;
}

struct Kept : RecordSink {
  std::vector<Record> records;
  std::vector<Reject> rejects;
  size_t stop_after = 0;  // records; 0: never

  bool on_record(Record&& record) override {
    records.push_back(std::move(record));
    return records.size() != stop_after;
  }
  bool on_reject(Reject&& reject) override {
    rejects.push_back(std::move(reject));
    return true;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (const Record& record : records) result.push_back(record.bytes);
    return result;
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> result;
    for (const Reject& reject : rejects) result.push_back(reject.code);
    return result;
  }
};

// Gives its bytes in pieces of `piece`, then fails if told to.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes, size_t piece = 1 << 16, std::string failure = {})
      : bytes_(std::move(bytes)), piece_(piece), failure_(std::move(failure)) {}
  Result<size_t> read(char* buffer, size_t size) override {
    size = std::min({size, piece_, bytes_.size() - at_});
    if (size == 0 && !failure_.empty()) return Error{failure_};
    std::memcpy(buffer, bytes_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  size_t piece_;
  std::string failure_;
  size_t at_ = 0;
};

inline Kept read_memory(std::string bytes, const std::string& path, ReadOptions options = {}, size_t piece = 1 << 16) {
  MemorySource source(std::move(bytes), piece);
  Kept kept;
  read_stream(source, path, options, test_profiles(), kept);
  return kept;
}

// A folder of its own, removed at the end.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/factmill-archive-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string write(const std::string& name, const std::string& bytes) const {
    const std::string path = path_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace factmill
