// tar and zip, by libarchive: names are only names here, nothing is ever written to or looked up in the file system.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "archive/sniff.h"
#include "archive/stream.h"

namespace factmill {
namespace {

using ArchivePtr = std::unique_ptr<struct archive, int (*)(struct archive*)>;

constexpr size_t kTarBlockBytes = 512;

// The bytes of an archive for libarchive: from the source itself where it can seek, else what its input gives in order.
class Feed {
 public:
  explicit Feed(Stream& stream) : stream_(stream) {
    ByteSource& source = stream.input.source();
    if (stream.depth == 0 && source.seek(0, SEEK_SET)) buffer_.resize(block_bytes());
  }

  int open(struct archive* reader) {
    ::archive_read_set_callback_data(reader, this);
    ::archive_read_set_read_callback(reader, read);
    if (seeks()) ::archive_read_set_skip_callback(reader, skip);
    if (seeks()) ::archive_read_set_seek_callback(reader, seek);
    return ::archive_read_open1(reader);
  }

  // Reads the rest, so that a packed archive's checksum is looked at.
  void drain() {
    if (seeks() || failed()) return;
    while (!stream_.input.next().empty()) continue;
    if (stream_.input.failure()) take_failure(*stream_.input.failure());
  }

  bool failed() const { return !failure_code_.empty(); }
  std::string_view failure_code() const { return failure_code_; }
  const std::string& failure() const { return failure_; }
  // Whether all was read, and what came last was not a block of zeros.
  bool ended_without_mark() const { return ended_ && zeros_ < kTarBlockBytes; }

 private:
  bool seeks() const { return !buffer_.empty(); }
  size_t block_bytes() const { return stream_.options().block_bytes; }

  static Feed& of(void* feed) { return *static_cast<Feed*>(feed); }

  static la_ssize_t read(struct archive* reader, void* data, const void** block) { return of(data).next(reader, block); }

  la_ssize_t next(struct archive* reader, const void** block) {
    std::string_view bytes;
    if (seeks()) {
      Result<size_t> got = stream_.input.source().read(buffer_.data(), buffer_.size());
      if (got) bytes = {buffer_.data(), *got};
      if (!got) take_failure(got.error().message);
    } else {
      // Always as much, since libarchive reads an archive that was cut off as far as its blocks tell it.
      bytes = stream_.input.peek(block_bytes()).substr(0, block_bytes());
      stream_.input.consume(bytes.size());
      if (bytes.empty() && stream_.input.failure()) take_failure(*stream_.input.failure());
    }
    if (failed()) {
      ::archive_set_error(reader, EIO, "%s", failure_.c_str());
      return -1;
    }
    ended_ = bytes.empty();
    const size_t last = bytes.find_last_not_of('\0');
    zeros_ = last == std::string_view::npos ? zeros_ + bytes.size() : bytes.size() - 1 - last;
    *block = bytes.data();
    return static_cast<la_ssize_t>(bytes.size());
  }

  void take_failure(const std::string& message) {
    failure_code_ = stream_.input.failure_code();
    failure_ = message;
  }

  static la_int64_t skip(struct archive*, void* data, la_int64_t request) {
    ByteSource& source = of(data).stream_.input.source();
    const auto here = source.seek(0, SEEK_CUR);
    const auto end = source.seek(0, SEEK_END);
    if (!here || !end) return 0;
    // Not behind the end: what is cut off must be noticed.
    const int64_t step = std::min<int64_t>(request, static_cast<int64_t>(*end) - static_cast<int64_t>(*here));
    source.seek(static_cast<int64_t>(*here) + std::max<int64_t>(step, 0), SEEK_SET);
    return std::max<int64_t>(step, 0);
  }

  static la_int64_t seek(struct archive*, void* data, la_int64_t offset, int whence) {
    const auto at = of(data).stream_.input.source().seek(offset, whence);
    return at ? static_cast<la_int64_t>(*at) : ARCHIVE_FATAL;
  }

  Stream& stream_;
  std::string buffer_;
  std::string failure_code_, failure_;
  bool ended_ = false;
  size_t zeros_ = 0;  // at the end of what was read
};

std::string error_text(struct archive* reader, const Feed& feed) {
  if (feed.failed()) return feed.failure();
  const char* text = ::archive_error_string(reader);
  return text != nullptr ? text : "cannot be read";
}

// libarchive tells a cut from damage only in words.
std::string_view code_of(struct archive* reader, const Feed& feed) {
  if (feed.failed()) return feed.failure_code();
  const std::string text = error_text(reader, feed);
  if (text.starts_with("Truncated")) return "truncated-archive";
  return text.find("ncrypt") != std::string::npos || text.starts_with("Passphrase") ? "encrypted" : "damaged-archive";
}

// One member's contents.
class MemberSource : public ByteSource {
 public:
  MemberSource(struct archive* reader, const Feed& feed, FileContext& file, size_t layer) : reader_(reader), feed_(feed), file_(file), layer_(layer) {}

  Result<size_t> read(char* buffer, size_t size) override {
    if (file_.expansion.exceeded()) return fail("too-much-expansion", file_.expansion.message());
    la_ssize_t got = ARCHIVE_RETRY;
    while (got == ARCHIVE_RETRY) got = ::archive_read_data(reader_, buffer, size);
    if (got < 0) {
      fatal_ = got == ARCHIVE_FATAL;
      return fail(code_of(reader_, feed_), error_text(reader_, feed_));
    }
    given_ += static_cast<uint64_t>(got);
    if (given_ > file_.options.max_member_bytes) return fail("too-long", "the member has more than " + size_text(file_.options.max_member_bytes));
    file_.expansion.made(layer_, static_cast<uint64_t>(got));
    return static_cast<size_t>(got);
  }
  std::string_view failure_code() const override { return code_; }
  bool fatal() const { return fatal_; }

 private:
  Error fail(std::string_view code, const std::string& message) {
    code_ = code;
    return Error{message};
  }

  struct archive* reader_;
  const Feed& feed_;
  FileContext& file_;
  size_t layer_;
  uint64_t given_ = 0;
  bool fatal_ = false;
  std::string code_ = "damaged-archive";
};

class ContainerReader {
 public:
  explicit ContainerReader(Stream& stream) : stream_(stream), feed_(stream), reader_(::archive_read_new(), ::archive_read_free) {}

  void run() {
    if (!reader_) return stream_.reject("unreadable", "no memory for the archive reader");
    ::archive_read_support_format_tar(reader_.get());
    ::archive_read_support_format_zip(reader_.get());
    // An archive behind the end mark of another is read too.
    ::archive_read_set_format_option(reader_.get(), "tar", "read_concatenated_archives", "1");
    if (feed_.open(reader_.get()) < ARCHIVE_WARN) return reject_here();
    while (!stream_.output().stopped()) {
      if (stream_.file.expansion.exceeded()) return give_up();
      struct archive_entry* entry = nullptr;
      const int status = ::archive_read_next_header(reader_.get(), &entry);
      if (status == ARCHIVE_EOF) return at_end();
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
        // A header that is none is looked for block by block (ARCHIVE_RETRY): one reject for all of them.
        if (!searching_) reject_here();
        searching_ = status == ARCHIVE_RETRY;
        // ARCHIVE_FAILED is about this member only, but a reader that makes no progress would stay there for ever.
        if (status == ARCHIVE_FATAL || (!searching_ && ++failed_headers_ > kMaxFailedHeaders)) return;
        continue;
      }
      searching_ = false;
      ++members_;
      if (!read_member(entry)) return;
    }
  }

 private:
  static constexpr size_t kMaxFailedHeaders = 1000;

  void reject_here() {
    stream_.reject(code_of(reader_.get(), feed_), "behind member " + std::to_string(members_) + ": " + error_text(reader_.get(), feed_), position());
  }

  void give_up() {
    // The member may have told it.
    if (!stream_.output().told_expansion()) stream_.reject("too-much-expansion", stream_.file.expansion.message(), position());
  }

  void at_end() {
    // libarchive takes an end mark that cannot be read for one that is missing.
    feed_.drain();
    if (feed_.failed()) return reject_here();
    if (!is_tar() || !feed_.ended_without_mark()) return;
    stream_.reject("truncated-archive", "the archive ends without its end mark behind member " + std::to_string(members_), position());
  }

  bool is_tar() const { return (::archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR; }
  uint64_t position() const { return static_cast<uint64_t>(std::max<la_int64_t>(::archive_filter_bytes(reader_.get(), 0), 0)); }

  std::string name_of(struct archive_entry* entry) const {
    const char* name = ::archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = ::archive_entry_pathname(entry);
    return name != nullptr ? name : "member " + std::to_string(members_);
  }

  // False: the archive is of no further use.
  bool read_member(struct archive_entry* entry) {
    const std::string name = name_of(entry);
    const auto type = ::archive_entry_filetype(entry);
    if (type == AE_IFDIR) return true;
    const bool is_link = type != AE_IFREG || ::archive_entry_hardlink(entry) != nullptr;
    const std::string member = member_path(stream_.place.member, name);
    if (stream_.file.target != nullptr && !leads_to_target(member)) return true;
    if (is_link) return stream_.output().skip("link or device in an archive"), true;
    if (stream_.options().from == Format::automatic && !is_readable_name(name)) return stream_.output().skip(kOtherKind), true;

    MemberSource source(reader_.get(), feed_, stream_.file, stream_.depth);
    Input input(source, stream_.options().block_bytes);
    Stream inside{input, stream_.file, stream_.place, name, stream_.depth + 1};
    inside.place.member = member;
    inside.place.offset.reset();
    if (is_tar()) inside.place.offset = static_cast<uint64_t>(::archive_read_header_position(reader_.get()));
    if (::archive_entry_size_is_set(entry) != 0 && static_cast<uint64_t>(::archive_entry_size(entry)) > stream_.options().max_member_bytes) {
      inside.reject("too-long", "the member has " + size_text(static_cast<uint64_t>(::archive_entry_size(entry))) + " (the limit is " + size_text(stream_.options().max_member_bytes) + ")");
      return true;
    }
    read_layers(inside);
    return !source.fatal();
  }

  bool leads_to_target(const std::string& member) const {
    const std::string& wanted = stream_.file.target->member;
    if (!wanted.starts_with(member)) return false;
    return wanted.size() == member.size() || wanted.compare(member.size(), 2, "!/") == 0;
  }

  Stream& stream_;
  Feed feed_;
  ArchivePtr reader_;
  uint64_t members_ = 0;
  size_t failed_headers_ = 0;
  bool searching_ = false;
};

}  // namespace

bool is_container(Stream& stream) {
  const std::string_view head = stream.input.peek(kSniffBytes);
  if (looks_like_zip(head) || looks_like_tar(head)) return true;
  if (head.empty() || stream.options().from != Format::automatic) return false;
  return has_extension(stream.name, ".tar") || has_extension(stream.name, ".zip");
}

void read_container(Stream& stream) {
  if (stream.is_later_part()) return;
  ContainerReader(stream).run();
}

}  // namespace factmill
