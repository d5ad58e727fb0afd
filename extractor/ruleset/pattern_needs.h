// What must stand in a text for a pattern over tagged bytes to match in it: derived from the pattern alone, so that a rule
// costs nothing on the sentences that cannot hold it.
//
//   '{company:c} ?\((?:[A-Z]+: ?)?{company}\)'     a byte of {company}, and "("
//   '@up {percent}(?: @yoy)?'                      a byte of {percent}, and one of "up ", "rose ", ...
//
// The answer errs on the side of need too little: a text without what is needed has no match, one with it may have none.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/pattern_tree.h"

namespace factmill {

// Tag bytes as bits: a mention's is its tag, a list's 32 more.
using TagByteSet = uint64_t;
inline TagByteSet tag_byte_bit(char byte) {
  const auto b = static_cast<uint8_t>(byte);
  return b < 0x80 ? 0 : TagByteSet{1} << ((b & 0x1F) | (b >= 0xC0 ? 32 : 0));
}

// Any of these must stand in the text; literals in lower case, anywhere and as parts of words; a metric as a head that may
// name it.
struct Need {
  TagByteSet tags = 0;
  std::vector<std::string> literals;
  std::vector<int> metrics;
  friend bool operator==(const Need&, const Need&) = default;
};

// Groups that hold a head of certain metrics, where they hold one: {noun/deliveries}.
using HeadGroups = std::map<int, std::vector<int>>;

// Of many patterns: what a choice needs is remembered by how it is written, as macros put the same ones into hundreds of patterns.
class NeedsReader {
 public:
  NeedsReader();
  ~NeedsReader();
  // All of these must hold. Empty where nothing is known.
  std::vector<Need> needs_of(std::string_view pattern, const HeadGroups& heads = {});
  std::vector<Need> needs_of(std::string_view pattern, const PatternTree& tree, const HeadGroups& heads);

 private:
  struct Memo;
  std::unique_ptr<Memo> memo_;
};

// Of one pattern.
std::vector<Need> needs_of(std::string_view pattern, const HeadGroups& heads = {});

}  // namespace factmill
