// Character references of HTML: &amp; &#8217; &#x2019; &nbsp (some need no semicolon).
#pragma once
#include <cstddef>
#include <string_view>

namespace factmill {

struct EntityMatch {
  char32_t code = 0;
  size_t size = 0;  // bytes of the reference; 0: none begins here
};

// The reference that `text` begins with.
EntityMatch match_entity(std::string_view text);

}  // namespace factmill
