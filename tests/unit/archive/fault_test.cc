// Every reader with an input that fails, or ends, behind every one of its bytes.
#include <doctest/doctest.h>

#include "unit/archive/packing.h"
#include "unit/archive/reading.h"

namespace factmill {
namespace {

// Bytes in memory that can be sought in like a file; reading over `limit` fails, or ends.
class FailingSource : public ByteSource {
 public:
  FailingSource(std::string bytes, size_t limit, bool fails, bool seeks) : bytes_(std::move(bytes)), limit_(limit), fails_(fails), seeks_(seeks) {
    if (!fails) bytes_.resize(limit);
  }
  Result<size_t> read(char* buffer, size_t size) override {
    const size_t end = std::min(limit_, bytes_.size());
    size = std::min<size_t>({size, 100, end > at_ ? end - at_ : 0});
    if (size == 0 && fails_ && at_ < bytes_.size()) {
      failed_ = true;
      return Error{"Input/output error"};
    }
    std::copy_n(bytes_.data() + at_, size, buffer);
    at_ += size;
    return size;
  }
  std::optional<uint64_t> seek(int64_t offset, int whence) override {
    if (!seeks_) return std::nullopt;
    const int64_t to = offset + (whence == SEEK_SET ? 0 : static_cast<int64_t>(whence == SEEK_CUR ? at_ : bytes_.size()));
    if (to < 0) return std::nullopt;
    at_ = static_cast<size_t>(to);
    return at_;
  }
  bool failed() const { return failed_; }

 private:
  std::string bytes_;
  size_t limit_;
  bool fails_, seeks_;
  size_t at_ = 0;
  bool failed_ = false;
};

struct Archive {
  std::string name;
  std::string bytes;
  // Whether a cut between two documents shows: lines, rows and plain records have no end mark.
  bool has_end_mark;
};

std::string page(int number) {
  const std::string name = std::to_string(number);
  return warc_record("response", "https://a.com/" + name, "application/http", http("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", "7\r\n<p>Page\r\n2\r\n " + name + "\r\n0\r\n\r\n"));
}

std::vector<Archive> archives() {
  const std::string lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n\n{\"text\":\"Three.\"}\n";
  const std::string rows = "text,title\n\"One,\nstill one\",t\nTwo,t\n\"Three\",t\n";
  const std::vector<Member> members = {{"a.txt", "Member one."}, {"b.jsonl", lines}, {"c.html.gz", gzip("<p>Packed")}, {"d/e.warc", page(4)}};
  return {{"a.txt", "Some text.", false},
          {"a.txt.gz", gzip("Some text."), true},
          {"a.jsonl", lines, false},
          {"a.jsonl.gz", gzip(lines), true},
          {"a.jsonl.zst", zstd(lines), true},
          {"two.jsonl.gz", gzip(lines) + gzip(lines), false},
          {"a.json", "[{\"text\":\"One.\"},\n {\"text\":\"Two.\"}]", true},
          {"a.csv", rows, false},
          {"a.csv.gz", gzip(rows), true},
          {"a.warc", page(1) + page(2) + page(3), false},
          {"a.warc.gz", gzip(page(1)) + gzip(page(2)) + gzip(page(3)), false},
          {"a.tar", tar(members), true},
          {"a.tar.gz", gzip(tar(members)), true},
          {"a.zip", zip(members), true},
          {"a.zip.zst", zstd(zip(members)), true}};
}

bool is_part_of(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  size_t at = 0;
  for (const std::string& text : all) at += at < some.size() && some[at] == text ? 1 : 0;
  return at == some.size();
}

}  // namespace

TEST_CASE("faults: a read error behind any byte is a reject, what was read before stands, nothing else comes") {
  for (const Archive& archive : archives()) {
    CAPTURE(archive.name);
    const Kept whole = read_memory(archive.bytes, archive.name);
    REQUIRE(whole.rejects.empty());
    REQUIRE(whole.records.size() > 0);
    for (bool seeks : {false, true}) {
      size_t before = 0;
      for (size_t limit = 0; limit < archive.bytes.size(); ++limit) {
        CAPTURE(seeks);
        CAPTURE(limit);
        FailingSource source(archive.bytes, limit, true, seeks);
        Kept kept;
        read_stream(source, archive.name, {}, test_profiles(), kept);
        REQUIRE(is_part_of(kept.texts(), whole.texts()));
        if (source.failed()) {
          const bool told = std::any_of(kept.rejects.begin(), kept.rejects.end(), [](const Reject& reject) {
            return reject.code == "read-error" && reject.message.find("Input/output error") != std::string::npos;
          });
          REQUIRE(told);
        } else {
          REQUIRE(kept.texts() == whole.texts());  // the end was never needed
        }
        for (const Reject& reject : kept.rejects) REQUIRE(reject.source.path == archive.name);
        // A zip that can be sought in is read from its directory, which is at the end.
        if (!seeks) REQUIRE(kept.records.size() >= before);
        before = kept.records.size();
      }
    }
  }
}

TEST_CASE("faults: an input cut off behind any byte loses nothing without a word") {
  for (const Archive& archive : archives()) {
    CAPTURE(archive.name);
    const Kept whole = read_memory(archive.bytes, archive.name);
    for (bool seeks : {false, true}) {
      for (size_t limit = 0; limit < archive.bytes.size(); ++limit) {
        CAPTURE(seeks);
        CAPTURE(limit);
        FailingSource source(archive.bytes, limit, false, seeks);
        Kept kept;
        read_stream(source, archive.name, {}, test_profiles(), kept);
        // The rest of a text, of the last cell or of the last record's chunks are not missed by their formats.
        if (archive.name != "a.txt" && archive.name != "a.csv") REQUIRE(is_part_of(kept.texts(), whole.texts()));
        if (archive.has_end_mark && kept.records.size() < whole.records.size()) REQUIRE(kept.rejects.size() > 0);
        for (const Reject& reject : kept.rejects) REQUIRE(reject.source.path == archive.name);
      }
    }
  }
}

}  // namespace factmill
