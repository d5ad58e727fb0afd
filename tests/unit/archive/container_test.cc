#include <doctest/doctest.h>

#include "unit/archive/packing.h"
#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

namespace {

const std::vector<Member> kMembers = {
    {"news", "", Member::Kind::folder}, {"news/a.txt", "A."}, {"news/b.jsonl", "{\"text\":\"B1\"}\n{\"text\":\"B2\"}\n"}, {"picture.png", "\x89PNG"}, {"c.html.gz", gzip("<p>C")},
};

}  // namespace

TEST_CASE("container: members of tar and zip, packed or not, however the bytes arrive") {
  const Folder folder;
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"a.tar", tar(kMembers)}, {"a.zip", zip(kMembers)}, {"a.tar.gz", gzip(tar(kMembers))}, {"a.tgz", gzip(tar(kMembers))}, {"a.tar.zst", zstd(tar(kMembers))}}) {
    CAPTURE(name);
    const std::string path = folder.write(name, bytes);
    for (size_t piece : {size_t{0}, size_t{1}, size_t{100}, size_t{10'000}}) {
      CAPTURE(piece);
      Kept kept;
      ReadSummary summary;
      if (piece == 0) {
        summary = read_records({path}, {}, test_profiles(), kept);
      } else {
        MemorySource source(bytes, piece);
        summary = read_stream(source, path, {}, test_profiles(), kept);
      }
      CHECK(kept.texts() == Texts{"A.", "B1", "B2", "<p>C"});
      CHECK(kept.rejects.empty());
      CHECK(summary.files == 1);
      CHECK(summary.skipped == 1);
      CHECK(summary.skipped_by.at("file of another kind") == 1);
      REQUIRE(kept.records.size() == 4);
      CHECK(kept.records[0].source.path == path);
      CHECK(kept.records[0].source.member == "news/a.txt");
      CHECK(kept.records[2].source.member == "news/b.jsonl");
      CHECK(kept.records[2].source.offset == 14);
      CHECK(kept.records[3].source.member == "c.html.gz");
      CHECK(kept.records[3].format == Format::html);
    }
  }
}

TEST_CASE("container: a tar's document says where its header stands") {
  const std::string bytes = tar({{"a.txt", "A."}, {"b.txt", std::string(600, 'b')}, {"a.txt", "A again."}});
  const Kept kept = read_memory(bytes, "x.tar");
  REQUIRE(kept.records.size() == 3);
  CHECK(kept.records[0].source.offset == 0);
  CHECK(kept.records[1].source.offset == 1024);
  CHECK(kept.records[2].source.offset == 2560);
  CHECK(kept.records[2].source.member == "a.txt");
}

TEST_CASE("container: names stay names, links and folders are not followed") {
  const Folder folder;
  folder.write("secret.txt", "Secret.");
  const std::string secret = folder.path() + "/secret.txt";
  const std::string bytes = tar({{"../../etc/passwd.txt", "one"}, {secret, "two"}, {"link.txt", secret, Member::Kind::link}, {"r\xC3\xA9sum\xC3\xA9.txt", "three"}, {"bad\xFF.txt", "four"}});
  const Kept kept = read_memory(bytes, "x.tar");
  CHECK(kept.texts() == Texts{"one", "two", "three", "four"});
  CHECK(kept.rejects.empty());
  CHECK(kept.records[0].source.member == "../../etc/passwd.txt");
  CHECK(kept.records[1].source.member == secret);
  CHECK(kept.records[2].source.member == "r\xC3\xA9sum\xC3\xA9.txt");
}

TEST_CASE("container: a damaged archive is a reject behind what could be read") {
  const std::string bytes = tar({{"a.txt", "A."}, {"b.txt", std::string(5000, 'b')}});
  {
    const Kept kept = read_memory(bytes.substr(0, 3000), "x.tar");
    CHECK(kept.texts() == Texts{"A."});
    REQUIRE(kept.codes() == Texts{"truncated-archive"});
    CHECK(kept.rejects[0].source.path == "x.tar");
    CHECK(kept.rejects[0].source.member == "b.txt");
    CHECK(kept.rejects[0].source.offset == 1024);
  }
  {
    const Kept kept = read_memory(bytes.substr(0, 1024), "x.tar");
    CHECK(kept.texts() == Texts{"A."});
    REQUIRE(kept.codes() == Texts{"truncated-archive"});
    CHECK(kept.rejects[0].message == "the archive ends without its end mark behind member 1");
  }
  {
    std::string damaged = bytes;
    damaged[1024 + 148] = '9';
    const Kept kept = read_memory(damaged, "x.tar");
    CHECK(kept.texts() == Texts{"A."});
    CHECK(kept.codes() == Texts{"damaged-archive"});
  }
  {
    std::string damaged = zip({{"a.txt", "A."}, {"b.txt", "bbbb bbbb bbbb bbbb bbbb"}, {"c.txt", "C."}});
    const size_t name = damaged.find("b.txt");
    const size_t at = name + 5 + static_cast<unsigned char>(damaged[name - 2]);  // behind the extra field, whose size stands before the name
    for (size_t i = at; i < at + 12; ++i) damaged[i] ^= 0x55;
    const Kept kept = read_memory(damaged, "x.zip");
    REQUIRE(kept.texts().size() >= 1);
    CHECK(kept.texts()[0] == "A.");
    CHECK(kept.rejects.size() >= 1);
    CHECK(kept.rejects[0].source.member == "b.txt");
  }
  const std::string other = tar({{"c.txt", "C."}});
  CHECK(read_memory(tar({{"a.txt", "A."}}) + other, "two.tar").texts() == Texts{"A.", "C."});
  CHECK(read_memory(tar({{"a.txt", "A."}}) + std::string(600, 'x'), "x.tar").codes() == Texts{"damaged-archive"});
  CHECK(read_memory("PK\x03\x04 and then nothing of the kind", "x.zip").codes().size() == 1);
  CHECK(read_memory("no tar at all, but so called", "x.tar").codes() == Texts{"damaged-archive"});
  CHECK(read_memory("", "x.tar").codes() == Texts{"empty"});
  CHECK(read_memory(std::string(10240, '\0'), "x.tar").codes().empty());
}

// As in a zip that was written to a pipe, the member's length stands behind it, where this one is cut off: how far it can
// be read is a matter of how much is looked at.
TEST_CASE("container: a member cut off before its length gives the same however the bytes arrive") {
  using namespace std::string_literals;
  const std::string header = "PK\3\4\x14\0\x08\0"s + std::string(18, '\0') + "\5\0\0\0a.txt"s;
  const std::string bytes = header + std::string(4104, 'x');
  ReadOptions options;
  options.block_bytes = 512;
  options.max_document_bytes = 4000;  // of the 4,104 bytes the last 24 and less are looked at as what may end a zip
  for (size_t piece : {size_t{1}, size_t{7}, size_t{600}, size_t{10'000}}) {
    CAPTURE(piece);
    MemorySource source(bytes, piece);
    Kept kept;
    read_stream(source, "x.zip", options, test_profiles(), kept);
    CHECK(kept.texts().empty());
    CHECK(kept.codes() == Texts{"too-long", "truncated-archive"});
  }
}

TEST_CASE("container: a member over the limit is a reject, the next is read") {
  ReadOptions options;
  options.max_member_bytes = 10;
  for (const std::string& bytes : {tar({{"a.txt", "0123456789a"}, {"b.txt", "0123456789"}}), zip({{"a.txt", "0123456789a"}, {"b.txt", "0123456789"}})}) {
    const Kept kept = read_memory(bytes, "x", options);
    CHECK(kept.texts() == Texts{"0123456789"});
    REQUIRE(kept.codes() == Texts{"too-long"});
    CHECK(kept.rejects[0].source.member == "a.txt");
  }
}

TEST_CASE("container: folders are walked for packed files and archives too") {
  const Folder folder;
  folder.write("a.txt.gz", gzip("a"));
  folder.write("b.tar", tar({{"x.txt", "b"}}));
  folder.write("c.zip", zip({{"x.txt", "c"}}));
  folder.write("d.gz", gzip("d"));
  folder.write("e.png.gz", gzip("e"));
  folder.write("f.csv", "text\nf\n");
  folder.write("g.warc", "");
  folder.write("h.tar.gz", gzip(tar({{"x.txt", "h"}})));
  folder.write("i.2024-08.gz", gzip("i"));
  Kept kept;
  const ReadSummary summary = read_records({folder.path()}, {}, test_profiles(), kept);
  CHECK(kept.texts() == Texts{"a", "b", "c", "d", "f", "h", "i"});
  CHECK(kept.codes() == Texts{"empty"});
  CHECK(summary.skipped == 1);
  Kept rejects;
  ReadSummary listed;
  const std::vector<InputFile> files = list_files({folder.path()}, {}, rejects, listed);
  REQUIRE(files.size() == 8);
  CHECK(files[4].path == folder.path() + "/f.csv");
  CHECK(files[4].bytes == 7);
  CHECK(listed.skipped == 1);
}

}  // namespace factmill
