#include <doctest/doctest.h>
#include <unistd.h>

#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

namespace {

Kept read(const std::vector<std::string>& paths, ReadOptions options = {}, ReadSummary* summary = nullptr) {
  Kept kept;
  const ReadSummary result = read_records(paths, options, test_profiles(), kept);
  if (summary != nullptr) *summary = result;
  return kept;
}

}  // namespace

TEST_CASE("archive: a format is told by name and content") {
  struct Row {
    std::string path;
    std::string bytes;
    Format format;
    const char* text;
  };
  const Row rows[] = {
      {"a.txt", "Plain.", Format::text, "Plain."},
      {"-", "Plain.", Format::text, "Plain."},
      {"a.TXT", "<!DOCTYPE html><p>x", Format::html, "<!DOCTYPE html><p>x"},
      {"-", "\n <!-- c --> <HTML lang=en><p>x", Format::html, "\n <!-- c --> <HTML lang=en><p>x"},
      {"a.html", "<p>no doctype</p>", Format::html, "<p>no doctype</p>"},
      {"a.htm", "plain words", Format::html, "plain words"},
      {"-", "<htmlx> is no page", Format::text, "<htmlx> is no page"},
      {"-", "{\"text\":\"J\"}\n", Format::text, "J"},
      {"a.txt", "  {\"text\":\"J\"}", Format::text, "J"},
      {"a.txt", "{curly} text about cars", Format::text, "{curly} text about cars"},
      {"noname", "{\"text\": broken\nnext", Format::text, "{\"text\": broken\nnext"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.bytes);
    const Kept kept = read_memory(row.bytes, row.path);
    REQUIRE(kept.records.size() == 1);
    CHECK(kept.records[0].format == row.format);
    CHECK(kept.records[0].bytes == row.text);
  }
}

TEST_CASE("archive: --from goes before name and content") {
  ReadOptions options;
  options.from = Format::text;
  CHECK(read_memory("{\"text\":\"J\"}", "a.jsonl", options).texts() == Texts{"{\"text\":\"J\"}"});
  options.from = Format::html;
  CHECK(read_memory("x", "a.txt", options).records[0].format == Format::html);
  options.from = Format::jsonl;
  CHECK(read_memory("{\"text\":\"J\"}", "a.txt", options).texts() == Texts{"J"});
  CHECK(read_memory("no json", "a.txt", options).codes() == Texts{"invalid-json"});
}

TEST_CASE("archive: an empty file is a reject") {
  for (const char* path : {"a.txt", "a.html", "a.jsonl", "-"}) {
    CAPTURE(path);
    const Kept kept = read_memory("", path);
    CHECK(kept.records.empty());
    CHECK(kept.codes() == Texts{"empty"});
  }
  CHECK(read_memory("\n \n", "a.jsonl").codes() == Texts{"empty"});
}

TEST_CASE("archive: a document over the limit is a reject, one at the limit is not") {
  ReadOptions options;
  options.max_document_bytes = 100'000;
  CHECK(read_memory(std::string(100'000, 'x'), "a.txt", options).records.size() == 1);
  const Kept kept = read_memory(std::string(100'001, 'x'), "a.txt", options);
  CHECK(kept.records.empty());
  CHECK(kept.codes() == Texts{"too-long"});
}

TEST_CASE("archive: a read error gives no half document") {
  MemorySource source("Half of a", 4, "Input/output error");
  Kept kept;
  read_stream(source, "a.txt", ReadOptions(), test_profiles(), kept);
  CHECK(kept.records.empty());
  REQUIRE(kept.rejects.size() == 1);
  CHECK(kept.rejects[0].code == "read-error");
  CHECK(kept.rejects[0].message == "Input/output error");
  CHECK(kept.rejects[0].offset == 9);
  CHECK(kept.rejects[0].source.path == "a.txt");
}

TEST_CASE("archive: a missing file is a reject, the next path is read") {
  const Folder folder;
  const std::string good = folder.write("good.txt", "Good.");
  const std::string below_a_file = good + "/x.txt";
  const Kept kept = read({folder.path() + "/gone.txt", below_a_file, good});
  CHECK(kept.texts() == Texts{"Good."});
  CHECK(kept.codes() == Texts{"missing", "missing"});
  CHECK(kept.rejects[0].source.path == folder.path() + "/gone.txt");
  CHECK(kept.rejects[0].message == "cannot find it: No such file or directory");
}

TEST_CASE("archive: a folder is walked in byte order, known names only") {
  const Folder folder;
  folder.write("b.txt", "b");
  folder.write("a/z.txt", "a/z");
  folder.write("a.txt", "a");
  folder.write("B.html", "B");
  folder.write("a/deep/er/x.htm", "x");
  folder.write("c.jsonl", "{\"text\":\"c1\"}\n{\"text\":\"c2\"}\n");
  folder.write("d.ndjson", "{\"text\":\"d\"}");
  folder.write("e.json", "{\"text\":\"e\"}");
  folder.write("f.xhtml", "f");
  folder.write("image.png", "\x89PNG");
  folder.write("README", "read me");
  ReadSummary summary;
  const Kept kept = read({folder.path()}, {}, &summary);
  CHECK(kept.texts() == Texts{"B", "a", "x", "a/z", "b", "c1", "c2", "d", "e", "f"});
  CHECK(kept.rejects.empty());
  CHECK(summary.files == 9);
  CHECK(summary.skipped == 2);
  CHECK(summary.records == 10);
  CHECK(kept.records[2].source.path == folder.path() + "/a/deep/er/x.htm");
  CHECK(read({folder.path() + "/README"}).texts() == Texts{"read me"});
  CHECK(read({folder.path() + "/a/"}).records[0].source.path == folder.path() + "/a/deep/er/x.htm");
}

TEST_CASE("archive: loops of symbolic links end") {
  const Folder folder;
  folder.write("a/x.txt", "x");
  std::filesystem::create_directory_symlink("..", folder.path() + "/a/up");
  std::filesystem::create_directory_symlink(".", folder.path() + "/self");
  std::filesystem::create_symlink("loop.txt", folder.path() + "/loop.txt");
  std::filesystem::create_symlink("gone", folder.path() + "/dangling.txt");
  std::filesystem::create_symlink("a/x.txt", folder.path() + "/link.txt");
  const Kept kept = read({folder.path()});
  CHECK(kept.texts() == Texts{"x", "x"});
  CHECK(kept.codes().size() == 2);
  CHECK(kept.rejects[0].source.path.starts_with(folder.path() + "/"));
}

TEST_CASE("archive: what cannot be opened is a reject with the system's reason") {
  const Folder folder;
  folder.write("closed/x.txt", "x");
  folder.write("open.txt", "open");
  const std::string closed = folder.path() + "/closed";
  std::filesystem::permissions(closed, std::filesystem::perms::none);
  if (::geteuid() == 0) {
    MESSAGE("root reads everything: a name too long stands for the unreadable folder");
    const Kept kept = read({folder.path() + "/" + std::string(300, 'n') + "/", folder.path() + "/open.txt"});
    CHECK(kept.texts() == Texts{"open"});
    CHECK(kept.codes() == Texts{"unreadable"});
    CHECK(kept.rejects[0].message == "cannot find it: File name too long");
  } else {
    const Kept kept = read({folder.path()});
    CHECK(kept.texts() == Texts{"open"});
    CHECK(kept.codes() == Texts{"unreadable"});
    CHECK(kept.rejects[0].message == "cannot read the folder: Permission denied");
  }
  std::filesystem::permissions(closed, std::filesystem::perms::owner_all);
}

TEST_CASE("archive: the sink stops reading") {
  const Folder folder;
  folder.write("a.jsonl", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n{\"text\":\"3\"}\n");
  folder.write("b.txt", "4");
  Kept kept;
  kept.stop_after = 2;
  const ReadSummary summary = read_records({folder.path(), folder.path()}, ReadOptions(), test_profiles(), kept);
  CHECK(kept.texts() == Texts{"1", "2"});
  CHECK(summary.stopped);
}

TEST_CASE("archive: key paths") {
  CHECK(KeyPath::parse("a.b[].c")->steps.size() == 3);
  CHECK(KeyPath::parse("a.b[].c")->to_string() == "a.b[].c");
  CHECK(KeyPath::parse("source-hostname")->steps[0].key == "source-hostname");
  CHECK_FALSE(KeyPath::parse("").has_value());
  CHECK_FALSE(KeyPath::parse("a..b").has_value());
  CHECK_FALSE(KeyPath::parse("[]").has_value());
  CHECK_FALSE(KeyPath::parse("a[0]").has_value());
}

}  // namespace factmill
