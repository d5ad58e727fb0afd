// Folding: one spelling for what readers take as the same, with the way back.
//
//   spaces (NBSP, thin, ideographic)      -> ' '          curly quotes, primes, acute accents -> ' or "
//   CRLF, CR, NEL, U+2028, form feeds     -> '\n'         hyphens, en dash, minus             -> '-', em dash -> "--"
//   zero-width, soft hyphen, BOM, TM sign -> dropped      compatibility forms (full width)    -> NFKC
//
// Nothing else changes: case, repeated blanks and tabs stay. C0 and C1 control characters are dropped. Superscripts and
// circled digits behind a digit stay ("27,307¹" is not 273,071), and a fraction behind one is parted from it ("2½").
#pragma once
#include <string>
#include <string_view>

#include "text/document.h"

namespace factmill {

// `utf8` must be valid. Where folding changes nothing it returns false and leaves `text` and `map` alone.
bool fold(std::string_view utf8, std::string& text, OffsetMap& map);

}  // namespace factmill
