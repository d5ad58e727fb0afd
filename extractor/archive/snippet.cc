#include "archive/snippet.h"

#include <algorithm>

#include "base/utf8.h"

namespace factmill {

std::string snippet(std::string_view bytes, size_t offset) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  offset = std::min(offset, bytes.size());
  size_t at = offset > kSnippetBytes / 2 ? offset - kSnippetBytes / 2 : 0;
  while (at < offset && is_utf8_tail(bytes[at])) ++at;
  const size_t end = std::min(bytes.size(), at + kSnippetBytes);
  std::string result;
  while (at < end) {
    const auto c = static_cast<unsigned char>(bytes[at]);
    const size_t size = utf8_sequence_size(bytes.substr(at, 4));
    if (size > 1 && at + size <= end && c > 0xC2) {
      result.append(bytes, at, size);
      at += size;
      continue;
    }
    ++at;
    if (c >= 0x20 && c < 0x7F) {
      result += static_cast<char>(c);
    } else if (c == '\n' || c == '\t' || c == '\r') {
      result += ' ';
    } else {
      result += {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return result;
}

}  // namespace factmill
