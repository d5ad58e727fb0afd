// Which run reads what, and runs that are stopped, go on, load and verify.
#include "pipeline/inputs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/load.h"
#include "pipeline/verify.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "factmill-inputs.XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }

 private:
  std::string path_;
};

TEST_CASE("inputs: a shard is I of N") {
  CHECK(parse_shard("1/1")->count == 1);
  CHECK(parse_shard("3/16")->index == 2);
  CHECK(parse_shard("16/16")->index == 15);
  for (const char* text : {"", "3", "0/4", "5/4", "1/0", "-1/4", "1/4x", "a/b", "1/", "/4"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_shard(text));
  }
}

TEST_CASE("inputs: the parts of all shards are the whole, cut by bytes") {
  const std::vector<InputFile> files = {{"a", 100, {}}, {"b", 0, {}}, {"c", 50, {}}, {"d", 1, {}}};
  const auto parts = [&](uint32_t index, uint32_t count) {
    std::string out;
    for (const PartOfFile& part : parts_of(files, {index, count})) {
      out += part.file.path + "[" + std::to_string(part.range.begin) + "," + std::to_string(part.range.end) + ")";
    }
    return out;
  };
  CHECK(parts(0, 1) == "a[0,100)b[0,0)c[0,50)d[0,1)");
  CHECK(parts(0, 3) == "a[0,50)");
  CHECK(parts(1, 3) == "a[50,100)");
  CHECK(parts(2, 3) == "b[0,0)c[0,50)d[0,1)");
  CHECK(parts(0, 2) == "a[0,75)");
  CHECK(parts(1, 2) == "a[75,100)b[0,0)c[0,50)d[0,1)");
  // Files without a size are read once, whoever comes.
  const std::vector<InputFile> empty = {{"-", 0, {}}};
  CHECK(parts_of(empty, {0, 2}).size() + parts_of(empty, {1, 2}).size() == 1);
}

TEST_CASE("inputs: a file is known by its bytes") {
  const Folder folder;
  folder.write("a", "some bytes");
  folder.write("b", "some bytes");
  folder.write("c", "some bytez");
  CHECK(*content_hash_of(folder / "a") == *content_hash_of(folder / "b"));
  CHECK(*content_hash_of(folder / "a") != *content_hash_of(folder / "c"));
  CHECK(content_hash_of(folder / "none").error().message.find("cannot open it: No such file") != std::string::npos);
}

// Two files of lines, some of them broken.
void write_news(const Folder& folder) {
  for (const std::string name : {"a.jsonl", "b.jsonl"}) {
    std::string lines;
    for (int i = 0; i < 40; ++i) {
      lines += i % 9 == 4 ? "{broken\n"
                          : "{\"text\": \"Xiaomi delivered " + std::to_string(1000 + i) + (name[0] == 'a' ? "1" : "2") +
                                " units in May 2024.\"}\n";
    }
    folder.write(name, lines);
  }
}

LoadInfo resumable() {
  LoadInfo load{"0.1.0", "p@1", "00ff", "settings"};
  load.checkpoint = std::chrono::milliseconds(0);
  return load;
}

TEST_CASE("run: stopped behind any document, the same again ends in the same bytes") {
  const Extractor extractor(small_pack().shared());
  const Folder folder;
  write_news(folder);
  RunOptions options;
  options.keeps_manifest = true;
  const std::vector<std::string> paths = {folder / "a.jsonl", folder / "b.jsonl"};
  const auto whole = *open_sink(folder / "whole.jsonl", resumable());
  REQUIRE(extract(extractor, paths, options, *whole).status);
  const std::string expected = folder.read("whole.jsonl"), rejects = folder.read("whole.rejects.jsonl");
  CHECK(std::count(expected.begin(), expected.end(), '\n') == 72);
  CHECK(std::count(rejects.begin(), rejects.end(), '\n') == 8);
  for (const int threads : {1, 4}) {
    for (const uint64_t stop_behind : {1, 7, 35, 36, 37, 60}) {
      CAPTURE(threads);
      CAPTURE(stop_behind);
      std::atomic<bool> stop{false};
      options.threads = threads;
      options.stop = &stop;
      options.progress = [&](const Progress& progress) { stop = stop || progress.documents >= stop_behind; };
      {
        const auto sink = *open_sink(folder / "facts.jsonl", resumable());
        const RunSummary first = extract(extractor, paths, options, *sink);
        CHECK(first.status);
        CHECK(first.interrupted);
        CHECK(first.documents >= stop_behind);
        CHECK_FALSE(std::filesystem::exists(folder / "facts.jsonl"));
      }
      stop = false;
      options.progress = nullptr;
      const auto sink = *open_sink(folder / "facts.jsonl", resumable());
      const RunSummary second = extract(extractor, paths, options, *sink);
      REQUIRE(second.status);
      CHECK(second.kept.documents >= stop_behind);
      CHECK(second.documents + second.kept.documents == 72);
      CHECK(second.rejects + second.kept.rejects == 8);
      CHECK(folder.read("facts.jsonl") == expected);
      CHECK(folder.read("facts.rejects.jsonl") == rejects);
      std::filesystem::remove(folder / "facts.jsonl");
      std::filesystem::remove(folder / "facts.rejects.jsonl");
    }
  }
}

TEST_CASE("load: facts come through as they were, in any order of lines; what is none is a reject with its place") {
  const Extractor extractor(small_pack().shared());
  const Folder folder;
  folder.write("a.txt", "Xiaomi delivered 7,000 units in May 2024. NIO delivered 8,000 units in May 2024.");
  folder.write("b.txt", "Tesla delivered 9,000 units in May 2024.");
  const auto direct = *open_sink(folder / "facts.jsonl", {});
  REQUIRE(extract(extractor, {folder / "a.txt", folder / "b.txt"}, {}, *direct).status);
  std::istringstream lines(folder.read("facts.jsonl"));
  std::string first, second, third;
  std::getline(lines, first);
  std::getline(lines, second);
  std::getline(lines, third);
  folder.write("mixed.jsonl", third + "\n" + first + "\n{\"doc_id\": 5}\n\n" + second);  // no line end at the end
  const auto sink = *open_sink(folder / "loaded.db", resumable());
  LoadRunOptions options;
  options.keeps_manifest = true;
  std::vector<Reject> rejects;
  options.on_reject = [&](const Reject& reject) { rejects.push_back(reject); };
  const RunSummary summary = load_facts({folder / "mixed.jsonl"}, options, *sink);
  REQUIRE(summary.status);
  CHECK(summary.facts == 3);
  REQUIRE(rejects.size() == 1);
  CHECK(rejects[0].code == "no-fact");
  CHECK(rejects[0].offset == third.size() + first.size() + 2);
  CHECK(rejects[0].message.substr(0, 8) == "doc_id: ");
  CHECK(rejects[0].snippet == "{\"doc_id\": 5}");
  const auto store = *open_evidence_store(folder / "loaded.db");
  std::vector<std::string> paths;
  REQUIRE(store->paths(paths));
  CHECK(paths == std::vector<std::string>{folder / "a.txt", folder / "b.txt"});
  const VerifySummary verified = verify(*store, paths, {}, small_pack().get().profiles, [](const FailedRow&) {}, nullptr);
  CHECK(verified.status);
  CHECK(verified.stands == 3);
  CHECK(verified.documents == 2);
  CHECK(verified.gone + verified.differs == 0);
}

TEST_CASE("verify: what changed is gone, what was tampered with differs, what moved stands") {
  const Extractor extractor(small_pack().shared());
  const Folder folder;
  folder.write("a.txt", "Xiaomi delivered 7,000 units in May 2024.");
  folder.write("b.txt", "Tesla delivered 9,000 units in May 2024.");
  folder.write("c.txt", "NIO delivered 8,000 units in May 2024.");
  const auto sink = *open_sink(folder / "facts.jsonl", {});
  REQUIRE(extract(extractor, {folder / "a.txt", folder / "b.txt", folder / "c.txt"}, {}, *sink).status);
  std::string facts = folder.read("facts.jsonl");
  const size_t at = facts.find("\"text\":\"9,000");
  facts.replace(at + 8, 5, "9,001");
  folder.write("facts.jsonl", facts);
  folder.write("a.txt", "Xiaomi delivered 7,500 units in May 2024.");
  std::filesystem::rename(folder / "c.txt", folder / "moved.txt");
  const auto failures = [&](const std::vector<std::string>& paths) {
    const auto store = *open_evidence_store(folder / "facts.jsonl");
    std::string out;
    const VerifySummary summary = verify(
        *store, paths, {}, small_pack().get().profiles,
        [&](const FailedRow& failed) { out += std::string(failed.why) + " " + failed.row.text + "; "; }, nullptr);
    CHECK(summary.status);
    return out + std::to_string(summary.stands) + " stand, " + std::to_string(summary.rejects) + " rejects";
  };
  CHECK(failures({folder / "a.txt", folder / "b.txt", folder / "moved.txt"}).find("differs 9,001") == 0);
  CHECK(failures({folder / "a.txt", folder / "b.txt", folder / "moved.txt"}).find("gone 7,000") != std::string::npos);
  CHECK(failures({folder / "a.txt", folder / "b.txt", folder / "moved.txt"}).find("1 stand, 0 rejects") != std::string::npos);
  CHECK(failures({folder / "b.txt", folder / "c.txt"}).find("0 stand, 1 rejects") != std::string::npos);
}

}  // namespace
}  // namespace factmill::testing
