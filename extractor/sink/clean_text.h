// Text that every table accepts: PostgreSQL refuses NUL and invalid UTF-8, SQLite's functions stop at a NUL.
// Each offending byte becomes U+FFFD, so that one damaged article does not stop a load. Thread-safe.
#pragma once
#include <string>
#include <string_view>

namespace factmill {

// `text` itself where it is clean already; else its mended copy in `scratch`.
std::string_view clean_text(std::string_view text, std::string& scratch);

}  // namespace factmill
