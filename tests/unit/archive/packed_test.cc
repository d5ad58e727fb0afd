#include <doctest/doctest.h>

#include "unit/archive/packing.h"
#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

namespace {

const std::string kLines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";

}  // namespace

TEST_CASE("packed: gzip of several members and zstd of several frames are one stream") {
  const std::string one = kLines.substr(0, 9), two = kLines.substr(9);
  for (size_t piece : {1, 2, 7, 1000}) {
    CAPTURE(piece);
    for (const std::string& bytes : {gzip(kLines), gzip(one) + gzip(two), gzip("") + gzip(one) + gzip("") + gzip(two) + gzip(""), gzip(kLines) + std::string(700, '\0'),
                                     zstd(kLines), zstd(one) + zstd(two), std::string("\x51\x2a\x4d\x18\x03\0\0\0abc", 11) + zstd(kLines)}) {
      const Kept kept = read_memory(bytes, "news.jsonl.gz", {}, piece);
      CHECK(kept.texts() == Texts{"One.", "Two."});
      CHECK(kept.rejects.empty());
      CHECK(kept.records[1].source.path == "news.jsonl.gz");
      CHECK(kept.records[1].source.member == "");
      CHECK(kept.records[1].source.offset == 16);
    }
  }
}

TEST_CASE("packed: the name behind .gz tells the format, the bytes tell the packing") {
  CHECK(read_memory(gzip("<p>x"), "a.html.gz").records[0].format == Format::html);
  CHECK(read_memory(gzip("<p>x"), "a.HTML").records[0].format == Format::html);
  CHECK(read_memory(zstd("x"), "a.txt.gz").texts() == Texts{"x"});
  CHECK(read_memory("plain", "a.txt.gz").texts() == Texts{"plain"});
  CHECK(read_memory(gzip(kLines), "-").texts() == Texts{"One.", "Two."});
  CHECK(read_memory(gzip(gzip(kLines)), "twice.gz.gz").texts() == Texts{"One.", "Two."});
  CHECK(read_memory(gzip(""), "a.txt.gz").codes() == Texts{"empty"});
}

TEST_CASE("packed: what is cut off or damaged is a reject with its place, what came before stands") {
  const std::string packed = gzip(kLines) + gzip("{\"text\":\"Three.\"}\n");
  const size_t first = gzip(kLines).size();
  {
    const Kept kept = read_memory(packed.substr(0, packed.size() - 9), "x.jsonl.gz");
    CHECK(kept.texts() == Texts{"One.", "Two.", "Three."});  // all but the checksum was there
    CHECK(kept.codes() == Texts{"truncated-gzip"});
    CHECK(kept.rejects[0].message == "its gzip data ends too soon, at byte " + std::to_string(packed.size() - 9));
  }
  {
    std::string damaged = packed;
    damaged[damaged.size() - 6] ^= 1;  // of the checksum
    const Kept kept = read_memory(damaged, "x.jsonl.gz");
    CHECK(kept.texts() == Texts{"One.", "Two.", "Three."});
    CHECK(kept.codes() == Texts{"damaged-gzip"});
    CHECK(kept.rejects[0].source.path == "x.jsonl.gz");
    CHECK(kept.rejects[0].message.starts_with("its gzip data is damaged (incorrect data check) at byte "));
  }
  {
    const Kept kept = read_memory(gzip(kLines) + "garbage", "x.jsonl.gz");
    CHECK(kept.texts() == Texts{"One.", "Two."});
    CHECK(kept.codes() == Texts{"damaged-gzip"});
    CHECK(kept.rejects[0].message == "what follows its last gzip frame is no gzip data, at byte " + std::to_string(first));
  }
  {
    const std::string frame = zstd(kLines);
    const Kept kept = read_memory(frame + frame.substr(0, 7), "x.jsonl.zst");
    CHECK(kept.texts() == Texts{"One.", "Two."});
    CHECK(kept.codes() == Texts{"truncated-zstd"});
  }
  CHECK(read_memory(gzip("half a text").substr(0, 15), "x.txt.gz").codes() == Texts{"truncated-gzip"});
  CHECK(read_memory(std::string("\x1f\x8b\x08\xff garbage", 12), "x.txt.gz").codes() == Texts{"damaged-gzip"});
}

TEST_CASE("packed: a text that expands too much is given up, any that does not is read") {
  ReadOptions options;
  options.expansion_floor = 100'000;
  const std::string zeros(1'000'000, '0');
  for (const std::string& bytes : {gzip(zeros), zstd(zeros), zip({{"a.txt", zeros}}), gzip(tar({{"a.txt", zeros}})), gzip(gzip(std::string(200'000, '0')) + gzip(zeros))}) {
    const Kept kept = read_memory(bytes, "bomb", options);
    CHECK(kept.records.empty());
    REQUIRE(kept.codes() == Texts{"too-much-expansion"});
    CHECK(kept.rejects[0].message.starts_with("it expands more than 200 times"));
  }
  options.max_expansion = 2000;
  CHECK(read_memory(gzip(zeros), "a.gz", options).texts() == Texts{zeros});
  CHECK(read_memory(gzip(std::string(90'000, '0')), "a.gz", options).records.size() == 1);
}

TEST_CASE("packed: layers within each other end at the limit") {
  ReadOptions options;
  options.max_nesting = 3;
  CHECK(read_memory(gzip(gzip(gzip("deep"))), "a.gz", options).texts() == Texts{"deep"});
  CHECK(read_memory(gzip(gzip(gzip(gzip("deep")))), "a.gz", options).codes() == Texts{"too-deep"});
  const Kept kept = read_memory(zip({{"a.tar", tar({{"b.zip", zip({{"c.txt.gz", gzip("deep")}, {"d.txt", "flat"}})}})}}), "x.zip", options);
  CHECK(kept.texts() == Texts{"flat"});
  REQUIRE(kept.codes() == Texts{"too-deep"});
  CHECK(kept.rejects[0].source.member == "a.tar!/b.zip!/c.txt.gz");
  CHECK(kept.records[0].source.member == "a.tar!/b.zip!/d.txt");
}

TEST_CASE("packed: the documents of one file are limited, the next file is read") {
  ReadOptions options;
  options.max_documents = 2;
  const Folder folder;
  folder.write("a.jsonl", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n{\"text\":\"3\"}\n{\"text\":\"4\"}\n");
  folder.write("b.zip", zip({{"1.txt", "1"}, {"2.txt", "2"}, {"3.txt", "3"}}));
  folder.write("c.txt", "c");
  Kept kept;
  read_records({folder.path()}, options, test_profiles(), kept);
  CHECK(kept.texts() == Texts{"1", "2", "1", "2", "c"});
  CHECK(kept.codes() == Texts{"too-many-documents", "too-many-documents"});
  CHECK(kept.rejects[0].source.offset == 26);
  CHECK(kept.rejects[1].source.member == "3.txt");
}

}  // namespace factmill
