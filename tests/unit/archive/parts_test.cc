#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/read_again.h"
#include "unit/archive/packing.h"
#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

namespace {

std::vector<std::string> pages() {
  std::vector<std::string> parts;
  for (int i = 0; i < 7; ++i) {
    const std::string number = std::to_string(i);
    parts.push_back(warc_record("response", "https://a.com/" + number, "application/http",
                                http("Content-Type: text/html\r\n", "<p>Page " + number + std::string(static_cast<size_t>(i) * 9, '.'))));
    if (i % 2 == 0) parts.push_back(warc_record("request", "https://a.com/" + number, "application/http", "GET / HTTP/1.1\r\n\r\n"));
  }
  return parts;
}

std::string joined(std::string (*pack)(std::string_view) = nullptr) {
  std::string all;
  for (const std::string& part : pages()) all += pack == nullptr ? part : pack(part);
  return all;
}

Kept read_part(const std::string& path, uint64_t begin, uint64_t end, ReadOptions options = {}) {
  Kept kept;
  options.block_bytes = 300;
  read_file({path, 0, std::nullopt}, {begin, end}, options, test_profiles(), kept);
  return kept;
}

std::string lines() {
  std::string all;
  for (int i = 0; i < 9; ++i) all += "{\"text\":\"Line " + std::to_string(i) + std::string(static_cast<size_t>(i * 3), '.') + "\"}\n" + (i == 4 ? "\n" : "");
  return all;
}

}  // namespace

TEST_CASE("parts: a file cut anywhere gives what the whole gives") {
  const Folder folder;
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"a.warc", joined()}, {"b.warc.gz", joined(gzip)}, {"c.warc.zst", joined(zstd)}, {"d.jsonl", lines()}, {"e.jsonl", lines() + "{\"text\":\"last\"}"}, {"f.csv", "text\na\nb\n"},
           {"g.tar", tar({{"a.txt", "a"}, {"b.warc.gz", joined(gzip)}})}, {"h.jsonl.gz", gzip(lines())}, {"i.txt", "text"}, {"j.json", "[{\"text\":\"a\"},\n{\"text\":\"b\"}]"}}) {
    CAPTURE(name);
    const std::string path = folder.write(name, bytes);
    const Kept whole = read_part(path, 0, UINT64_MAX);
    CHECK(whole.rejects.empty());
    REQUIRE(whole.records.size() > 0);
    for (size_t cut = 1; cut <= bytes.size() + 1; ++cut) {
      CAPTURE(cut);
      const Kept first = read_part(path, 0, cut), second = read_part(path, cut, UINT64_MAX);
      CHECK(first.rejects.empty());
      CHECK(second.rejects.empty());
      Kept both;
      both.records = first.records;
      both.records.insert(both.records.end(), second.records.begin(), second.records.end());
      REQUIRE(both.texts() == whole.texts());
      for (size_t i = 0; i < both.records.size(); ++i) CHECK(both.records[i].source.same_place(whole.records[i].source));
    }
  }
}

TEST_CASE("parts: a broken line of a later part says its byte, its line is not known") {
  const Folder folder;
  const std::string path = folder.write("a.jsonl", "{\"text\":\"a\"}\n{bad}\n{\"text\":\"b\"}\n");
  const Kept kept = read_part(path, 10, UINT64_MAX);
  CHECK(kept.texts() == Texts{"b"});
  REQUIRE(kept.codes() == Texts{"invalid-json"});
  CHECK(kept.rejects[0].line == 0);
  CHECK(kept.rejects[0].message.starts_with("byte 13: "));
}

TEST_CASE("parts: what cannot seek has none") {
  const Folder folder;
  const std::string pipe = folder.path() + "/pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int writer = ::open(pipe.c_str(), O_RDWR);
  const Kept kept = read_part(pipe, 10, 20);
  ::close(writer);
  REQUIRE(kept.codes() == Texts{"unreadable"});
  CHECK(kept.rejects[0].message == "cannot read a part of it: Illegal seek");
  CHECK(read_part(folder.write("a.txt", "a"), 0, 0).records.empty());
}

TEST_CASE("read again: every document is found by its source, alone and among many") {
  const Folder folder;
  folder.write("a.jsonl", "\xEF\xBB\xBF" + lines());
  folder.write("b.jsonl.gz", gzip(lines()));
  folder.write("c.warc", joined());
  folder.write("d.warc.gz", joined(gzip));
  folder.write("e.warc.gz", gzip(joined()));
  folder.write("f.tar", tar({{"a.txt", "a"}, {"a.txt", "another a"}, {"in/b.jsonl", lines()}, {"c.warc.gz", joined(gzip)}}));
  folder.write("g.zip", zip({{"a.txt", "a"}, {"b.tar", tar({{"x.html", "<p>x"}, {"y.txt.gz", gzip("y")}})}}));
  folder.write("h.csv", "text,title\n\"a\nb\",t\nc,t\n");
  folder.write("i.txt", "text");
  folder.write("j.json", "[{\"text\":\"a\"}, {\"text\":\"b\"}]");
  Kept all;
  read_records({folder.path()}, {}, test_profiles(), all);
  CHECK(all.rejects.empty());
  CHECK(all.records.size() == 65);
  std::vector<Source> sources;
  for (const Record& record : all.records) {
    CAPTURE(record.source.path);
    CAPTURE(record.source.member);
    const Result<Record> again = read_again(record.source, {}, test_profiles());
    REQUIRE(again);
    CHECK(again->bytes == record.bytes);
    CHECK(again->charset == record.charset);
    CHECK(again->format == record.format);
    sources.push_back(record.source);
  }
  Kept many;
  const ReadSummary summary = read_again(sources, {}, test_profiles(), many);
  CHECK(many.texts() == all.texts());
  CHECK(many.rejects.empty());
  CHECK(summary.records == 65);
  CHECK(summary.files == 10);
  Kept few;
  read_again({sources[3], sources[3], sources[50]}, {}, test_profiles(), few);
  CHECK(few.records.size() == 2);
}

TEST_CASE("read again: what is gone says so") {
  const Folder folder;
  const std::string lines_path = folder.write("a.jsonl", lines()), gone_path = folder.path() + "/gone.txt";
  Source source;
  source.path = lines_path;
  source.offset = 5;
  CHECK(read_again(source, {}, test_profiles()).error().message == "there is no such document");
  source.member = "in/side.txt";
  CHECK_FALSE(read_again(source, {}, test_profiles()));
  Source gone;
  gone.path = gone_path;
  CHECK(read_again(gone, {}, test_profiles()).error().message == "cannot open it: No such file or directory");
  Source standard;
  standard.path = "-";
  CHECK(read_again(standard, {}, test_profiles()).error().message == "standard input cannot be read again");
  Source there;
  there.path = lines_path;
  there.offset = 0;
  Kept kept;
  read_again({source, gone, standard, there}, {}, test_profiles(), kept);
  CHECK(kept.texts() == Texts{"Line 0"});
  REQUIRE(kept.codes() == Texts{"gone", "gone", "gone"});
  CHECK(kept.rejects[0].source.path == "-");
  CHECK(kept.rejects[1].source.path == lines_path);
  CHECK(kept.rejects[1].source.offset == 5);
  CHECK(kept.rejects[2].message == "cannot open it: No such file or directory");
}

TEST_CASE("file list: a path a line, with its day behind a tab") {
  const Folder folder;
  const std::string a = folder.write("a.txt", "A"), b = folder.write("dir/b.txt", "B");
  const std::string list = folder.write("list", "\xEF\xBB\xBF" + a + "\t2025-06-02\r\n\n" + folder.path() + "/dir\t2024-01-31\n" + a);
  const Result<std::vector<InputFile>> files = read_file_list(list);
  REQUIRE(files);
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].path == a);
  CHECK(to_string(*(*files)[0].published) == "2025-06-02");
  CHECK_FALSE((*files)[2].published.has_value());
  ReadOptions options;
  options.files = *files;
  Kept kept;
  read_records({b}, options, test_profiles(), kept);
  REQUIRE(kept.texts() == Texts{"B", "A", "B", "A"});
  CHECK_FALSE(kept.records[0].default_published.has_value());
  CHECK(to_string(*kept.records[1].default_published) == "2025-06-02");
  CHECK(to_string(*kept.records[2].default_published) == "2024-01-31");
}

TEST_CASE("file list: what is none says where") {
  const Folder folder;
  CHECK(read_file_list(folder.path() + "/gone").error().message == folder.path() + "/gone: cannot open the list: No such file or directory");
  const std::string list = folder.write("list", "a.txt\nb.txt\t2025-13-01\n");
  CHECK(read_file_list(list).error().message == list + ":2: expected a path, or a path, a tab and YYYY-MM-DD (got 'b.txt 2025-13-01')");
  CHECK(read_file_list(folder.write("list", std::string("a\0b\n", 4))).error().message == list + ":1: this is no path (got 'a\\x00b')");
  CHECK(read_file_list(folder.write("list", std::string(100'000, 'x'))).error().message.starts_with(list + ":1: this is no list of paths"));
  CHECK(read_file_list(folder.write("list", ""))->empty());
}

}  // namespace factmill
