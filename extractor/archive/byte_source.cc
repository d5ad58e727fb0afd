#include "archive/byte_source.h"

#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace factmill {

FileSource::~FileSource() {
  if (owned_) ::close(descriptor_);
}

Result<size_t> FileSource::read(char* buffer, size_t size) {
  while (true) {
    const ssize_t got = ::read(descriptor_, buffer, size);
    if (got >= 0) return static_cast<size_t>(got);
    if (errno != EINTR) return Error{std::strerror(errno)};
  }
}

// Reads until `size` bytes are in the buffer.
void Input::fill(size_t size) {
  while (used_ < size && !ended_) {
    // Doubling, so that a peek for a large size costs only what is there.
    const size_t room = std::min(std::max(block_bytes_, used_), std::max(size - used_, block_bytes_));
    if (buffer_.size() < used_ + room + simdjson::SIMDJSON_PADDING) buffer_.resize(used_ + room + simdjson::SIMDJSON_PADDING);
    Result<size_t> got = source_.read(buffer_.data() + used_, room);
    if (!got) failure_ = got.error().message;
    ended_ = !got || *got == 0;
    if (!got) return;
    used_ += *got;
    bytes_read_ += *got;
  }
}

std::string_view Input::peek(size_t size) {
  if (!peeked_) used_ = 0;
  peeked_ = true;
  fill(size);
  return {buffer_.data(), used_};
}

std::string_view Input::next() {
  if (!peeked_) {
    used_ = 0;
    fill(1);
  }
  peeked_ = false;
  const std::string_view block(buffer_.data(), used_);
  return block;
}

}  // namespace factmill
