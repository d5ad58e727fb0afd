#include "ruleset/re2_source.h"

namespace factmill {

std::string re2_source(std::string_view pattern) {
  constexpr std::string_view kByte = "[\\x8E]", kNone = "\\xFF";  // as tags are written
  std::string out;
  for (size_t at = 0; at < pattern.size(); ++at) {
    const std::string_view here = pattern.substr(at, kByte.size());
    if (here.starts_with("[\\x") && here.back() == ']' && here.size() == kByte.size()) {
      out.append(here.substr(0, here.size() - 1)).append(kNone);
      at += here.size() - 1;
    }
    out += pattern[at];
  }
  return out;
}

}  // namespace factmill
