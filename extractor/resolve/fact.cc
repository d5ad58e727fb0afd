#include "resolve/fact.h"

#include <algorithm>

namespace factmill {

void add_flag(Fact& fact, std::string_view flag) {
  auto at = std::lower_bound(fact.flags.begin(), fact.flags.end(), flag);
  if (at == fact.flags.end() || *at != flag) fact.flags.insert(at, std::string(flag));
}

void set_attribute(Fact& fact, std::string_view name, std::string_view value) {
  auto at = std::lower_bound(fact.attributes.begin(), fact.attributes.end(), name,
                             [](const auto& a, std::string_view b) { return a.first < b; });
  if (at != fact.attributes.end() && at->first == name) return;
  fact.attributes.insert(at, {std::string(name), std::string(value)});
}

}  // namespace factmill
