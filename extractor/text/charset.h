// From bytes to UTF-8: which charset a document is written in, and its characters with the way back to the bytes.
//
//   Decoded decoded = decode(bytes, "gb2312", map);
//   if (decoded.problem.empty()) use(decoded.utf8_in(bytes));
//
// Order of trust: byte order mark, valid UTF-8 (nothing else looks like it), NULs that UTF-16 explains, the declared
// charset, detection. Detection decides only where every byte fits: a UTF-8 text with a damaged byte is not Windows-1252.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "text/document.h"

namespace factmill {

struct Decoded {
  std::string charset;  // canonical: UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5, Shift_JIS, windows-1252, ...
  std::string utf8;     // empty where the bytes are UTF-8 themselves
  OffsetMap map;        // utf8 -> bytes
  bool same_bytes = false;

  // Set where nothing fits: "binary", "invalid-utf8", "invalid-charset".
  std::string problem;
  std::string message;
  uint64_t offset = 0;  // of the first byte that is wrong

  std::string_view text(std::string_view bytes) const { return same_bytes ? bytes : std::string_view(utf8); }
};

// `declared` is what came with the document, "" if nothing did. Byte order marks stay in the text as U+FEFF.
Decoded decode(std::string_view bytes, std::string_view declared);

// What an HTML page or XML prolog declares in its first bytes, "" if nothing.
std::string declared_in_markup(std::string_view bytes);

// Bytes of a known charset as UTF-8; what is wrong in them becomes U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace factmill
