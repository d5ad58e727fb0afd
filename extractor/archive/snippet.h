// A few bytes of damaged input for a message: never more than a line, never a control character.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace factmill {

inline constexpr size_t kSnippetBytes = 60;

// At most kSnippetBytes of `bytes` around `offset`; what is no printable ASCII or whole UTF-8 character as \xHH.
std::string snippet(std::string_view bytes, size_t offset = 0);

}  // namespace factmill
