#include "archive/byte_source.h"

#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace factmill {

FileSource::FileSource(int descriptor, bool owned, std::function<void()> before_wait)
    : descriptor_(descriptor), owned_(owned) {
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (!is_file) before_wait_ = std::move(before_wait);
}

FileSource::~FileSource() {
  if (owned_) ::close(descriptor_);
}

Result<size_t> FileSource::read(char* buffer, size_t size) {
  if (before_wait_) before_wait_();
  while (true) {
    const ssize_t got = ::read(descriptor_, buffer, size);
    if (got >= 0) {
      given_ += static_cast<uint64_t>(got);
      return static_cast<size_t>(got);
    }
    if (errno != EINTR) return Error{std::strerror(errno)};
  }
}

std::optional<uint64_t> FileSource::seek(int64_t offset, int whence) {
  const off_t at = ::lseek(descriptor_, offset, whence);
  if (at < 0) return std::nullopt;
  moved_ = static_cast<uint64_t>(at) - given_;
  return static_cast<uint64_t>(at);
}

bool FileSource::restart(uint64_t offset, std::string_view) {
  return offset <= INT64_MAX && seek(static_cast<int64_t>(offset), SEEK_SET).has_value();
}

// Reads until `size` bytes are ahead.
void Input::fill(size_t size) {
  if (used_ - begin_ >= size || ended_) return;
  if (begin_ > kept_bytes_) {
    const size_t from = begin_ - kept_bytes_;
    std::memmove(buffer_.data(), buffer_.data() + from, used_ - from);
    used_ -= from;
    begin_ -= from;
  }
  while (used_ - begin_ < size && !ended_) {
    // Doubling, so that a peek for a large size costs only what is there.
    const size_t ahead = used_ - begin_;
    block_bytes_ = std::min(block_bytes_ * 2, max_block_bytes_);
    const size_t room = std::min(std::max(block_bytes_, ahead), std::max(size - ahead, block_bytes_));
    if (buffer_.size() < used_ + room + simdjson::SIMDJSON_PADDING) buffer_.resize(used_ + room + simdjson::SIMDJSON_PADDING);
    Result<size_t> got = source_.read(buffer_.data() + used_, room);
    if (!got) failure_ = got.error().message;
    ended_ = !got || *got == 0;
    if (!got) return;
    used_ += *got;
    bytes_read_ += *got;
  }
}

size_t Input::back(size_t size) {
  size = std::min(size, std::min(begin_, kept_bytes_));
  begin_ -= size;
  return size;
}

std::string_view Input::peek(size_t size) {
  fill(size);
  return {buffer_.data() + begin_, used_ - begin_};
}

std::string_view Input::next() {
  fill(1);
  const std::string_view block(buffer_.data() + begin_, used_ - begin_);
  begin_ = used_;
  return block;
}

bool Input::skip(uint64_t size) {
  while (size > 0) {
    const std::string_view block = peek(1);
    if (block.empty()) return false;
    const auto part = static_cast<size_t>(std::min<uint64_t>(size, block.size()));
    consume(part);
    size -= part;
  }
  return true;
}

void Input::forget() {
  begin_ = used_ = 0;
  ended_ = false;
  failure_.reset();
}

bool Input::restart(uint64_t offset, std::string_view prefix) {
  forget();
  return source_.restart(offset, prefix);
}

bool Input::recover(std::string_view prefix) {
  if (!failure_ || !source_.recover(prefix)) return false;
  forget();
  return true;
}

}  // namespace factmill
