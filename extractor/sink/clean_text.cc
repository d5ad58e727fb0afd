#include "sink/clean_text.h"

#include <cstddef>

#include "base/utf8.h"

namespace factmill {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Bytes that need no mending.
size_t clean_prefix(std::string_view text) {
  size_t clean = 0;
  while (clean < text.size() && text[clean] != '\0') {
    const size_t size = static_cast<unsigned char>(text[clean]) < 0x80 ? 1 : utf8_sequence_size(text.substr(clean));
    if (size == 0) break;
    clean += size;
  }
  return clean;
}

}  // namespace

std::string_view clean_text(std::string_view text, std::string& scratch) {
  size_t clean = clean_prefix(text);
  if (clean == text.size()) return text;
  scratch.clear();
  while (clean < text.size()) {
    scratch.append(text.substr(0, clean)).append(kReplacement);
    text.remove_prefix(clean + 1);
    clean = clean_prefix(text);
  }
  return scratch.append(text);
}

}  // namespace factmill
