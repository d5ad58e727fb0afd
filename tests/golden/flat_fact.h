// A fact as the golden tests compare it: JSON keys to their values as text, "attributes.kind" for nested ones. Gold lines
// and factmill's own output are read by the same reader, so that what is compared is what users see.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace factmill::golden {

struct FlatFact {
  std::map<std::string, std::string, std::less<>> slots;  // numbers in their own digits, true and false as words
  std::vector<std::string> metric_alt;                     // gold only: metrics that would do as well
  int line = 0;                                            // gold only: 1-based

  std::string_view get(std::string_view key, std::string_view fallback = {}) const {
    auto at = slots.find(key);
    return at == slots.end() ? fallback : std::string_view(at->second);
  }
  bool has(std::string_view key) const { return slots.find(key) != slots.end(); }
  bool optional() const { return get("optional") == "true"; }
  std::optional<Decimal> number(std::string_view key) const;
  bool has_flag(std::string_view flag) const;  // `flags` are kept as one text, separated by spaces
  // One line for a message: what was stated, of whom, when.
  std::string brief() const;
};

// One object; fails the test on anything else.
FlatFact read_fact(std::string_view json);
std::vector<FlatFact> read_facts(const std::string& json_lines);
std::vector<FlatFact> read_fact_file(const std::string& path);

}  // namespace factmill::golden
