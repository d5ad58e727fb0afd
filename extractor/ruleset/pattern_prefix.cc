#include "ruleset/pattern_prefix.h"

#include <algorithm>
#include <bit>
#include <span>

#include "base/ascii.h"

namespace factmill {
namespace {

using Kind = PatternTree::Kind;

constexpr size_t kMost = PatternPrefix::kMost;
constexpr uint32_t kBehind = 1U << kMost;  // the place that stands for all behind
constexpr size_t kMostWays = 400;

// The bytes that a part's shortest match has, as far as they are looked at.
size_t least_bytes(const PatternTree& tree, uint32_t index) {
  const PatternTree::Node& node = tree.nodes[index];
  size_t least = 0;
  switch (node.kind) {
    case Kind::bytes: return 1;
    case Kind::letters: return std::min<size_t>(kMost, node.end - node.begin);
    case Kind::group: return least_bytes(tree, tree.part(node));
    case Kind::repeat: return node.min == 0 ? 0 : std::min(kMost, least_bytes(tree, tree.part(node)) * static_cast<size_t>(node.min));
    case Kind::sequence:
      for (size_t i = 0; i < node.part_count && least < kMost; ++i) least += least_bytes(tree, tree.parts(node)[i]);
      return std::min(kMost, least);
    case Kind::choice:
      least = kMost;
      for (size_t i = 0; i < node.part_count && least > 0; ++i) least = std::min(least, least_bytes(tree, tree.parts(node)[i]));
      return least;
    default: return 0;
  }
}

// Follows the ways through a tree. Places are bits, the one where a match begins the lowest.
class Walk {
 public:
  Walk(const PatternTree& tree, bool characters, bool backwards = false) : tree_(tree), characters_(characters), backwards_(backwards) {}

  PatternPrefix along(std::span<const uint32_t> parts) {
    uint32_t from = 1;
    size_t least = 0;
    for (uint32_t part : parts) {
      least += least_bytes(tree_, part);
      if (from != kBehind) from = walk(part, from);
    }
    prefix_.depth = std::min({kMost, least, known_});
    return prefix_;
  }

 private:
  // Given the places where this part can begin; gives those where it can end.
  uint32_t walk(uint32_t index, uint32_t from) {
    const PatternTree::Node& node = tree_.nodes[index];
    if (from == kBehind) return kBehind;
    switch (node.kind) {
      case Kind::bytes: return walk_bytes(tree_.sets[node.set], from);
      case Kind::letters: {
        const std::string_view letters = tree_.letters(node);
        for (size_t i = 0; i < letters.size() && from != kBehind; ++i)
          from = walk_letter(letters[backwards_ ? letters.size() - 1 - i : i], node.any_case, from);
        return from;
      }
      case Kind::sequence:
        for (size_t i = 0; i < node.part_count && from != kBehind; ++i)
          from = walk(tree_.parts(node)[backwards_ ? node.part_count - 1 - i : i], from);
        return from;
      case Kind::choice: {
        uint32_t to = 0;
        for (uint32_t part : tree_.parts(node)) to |= walk(part, from);
        return to;
      }
      case Kind::repeat: return walk_repeat(node, from);
      case Kind::group: return walk(tree_.part(node), from);
      default: return from;
    }
  }

  uint32_t walk_repeat(const PatternTree::Node& node, uint32_t from) {
    if (node.max != 1 && least_bytes(tree_, tree_.part(node)) == 0) known_ = 0;  // loops that match nothing are where matchers differ
    uint32_t to = node.min == 0 ? from : 0;
    const int rounds = node.max < 0 ? std::max<int>(node.min, kMost) : node.max;
    for (int i = 1; i <= rounds && from != 0; ++i) {
      const uint32_t next = walk(tree_.part(node), from);
      if (i >= node.min) to |= next;
      if (next == from) {  // nothing changes any more
        if (i < node.min) to |= next;
        break;
      }
      from = next;
    }
    return to;
  }

  // ASCII, in lower case where any case counts.
  uint32_t walk_letter(char letter, bool any_case, uint32_t from) {
    const uint32_t places = from & (kBehind - 1);
    const auto byte = static_cast<uint8_t>(letter);
    prefix_.bytes[byte] = static_cast<uint8_t>(prefix_.bytes[byte] | places);
    if (any_case && is_lower(letter)) prefix_.bytes[byte - 32] = static_cast<uint8_t>(prefix_.bytes[byte - 32] | places);
    return places << 1 | (from & kBehind);
  }

  uint32_t walk_bytes(const ByteSet& set, uint32_t from) {
    const uint32_t places = from & (kBehind - 1);
    if (places != 0) {
      size_t beyond = 0;
      for (size_t byte = set._Find_first(); byte < set.size(); byte = set._Find_next(byte)) {
        prefix_.bytes[byte] = static_cast<uint8_t>(prefix_.bytes[byte] | places);
        beyond |= byte & 0x80;
      }
      if (characters_ && beyond != 0) known_ = std::min(known_, static_cast<size_t>(std::countr_zero(places)) + 1);
    }
    return places << 1 | (from & kBehind);
  }

  const PatternTree& tree_;
  const bool characters_, backwards_;
  size_t known_ = kMost;
  PatternPrefix prefix_;
};

// The ways to begin a pattern: parts one behind the other.
void find_ways(const PatternTree& tree, std::vector<uint32_t> parts, std::vector<std::vector<uint32_t>>& ways) {
  while (!parts.empty()) {
    const PatternTree::Node& first = tree.nodes[parts.front()];
    if (first.kind != Kind::sequence && first.kind != Kind::group && first.kind != Kind::choice) break;
    const std::vector<uint32_t> rest(parts.begin() + 1, parts.end());
    if (first.kind == Kind::choice && ways.size() < kMostWays) {
      for (uint32_t branch : tree.parts(first)) {
        std::vector<uint32_t> way{branch};
        way.insert(way.end(), rest.begin(), rest.end());
        find_ways(tree, std::move(way), ways);
      }
      return;
    }
    if (first.kind == Kind::choice) break;
    parts.assign(tree.parts(first).begin(), tree.parts(first).end());
    parts.insert(parts.end(), rest.begin(), rest.end());
  }
  ways.push_back(std::move(parts));
}

}  // namespace

PatternPrefix prefix_of(const PatternTree& tree, bool characters) { return Walk(tree, characters).along(std::span(&tree.root, 1)); }

PatternPrefix suffix_of(const PatternTree& tree) { return Walk(tree, false, true).along(std::span(&tree.root, 1)); }

int LineStarts::add(const PatternTree& tree, bool characters) {
  if (patterns_.size() == kMostPatterns) return -1;
  std::vector<std::vector<uint32_t>> ways;
  find_ways(tree, {tree.root}, ways);
  std::vector<Way>& own = patterns_.emplace_back();
  for (const std::vector<uint32_t>& parts : ways) own.push_back({Walk(tree, characters).along(parts)});
  return static_cast<int>(patterns_.size() - 1);
}

unsigned char LineStarts::Way::first() const {
  const auto found = std::find_if(prefix.bytes.begin(), prefix.bytes.end(), [](uint8_t places) { return (places & 1) != 0; });
  return static_cast<unsigned char>(found - prefix.bytes.begin());
}

// Each pattern has a bit and, of those that are left, its share by its ways; these are parted among its bits, those that begin
// alike together.
void LineStarts::finish() {
  size_t ways_of_all = 0;
  for (const std::vector<Way>& ways : patterns_) ways_of_all += ways.size();
  size_t next = 0;  // free bit
  for (std::vector<Way>& ways : patterns_) {
    const size_t each = 1 + (64 - patterns_.size()) * ways.size() / std::max<size_t>(ways_of_all, 1);
    std::stable_sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.first() < b.first(); });
    uint64_t& own = bits_.emplace_back(0);
    for (size_t i = 0; i < ways.size(); ++i) {
      const uint64_t bit = uint64_t{1} << (next + i * each / std::max(ways.size(), each));
      own |= bit;
      for (size_t k = 0; k < kLooked; ++k) {
        for (size_t byte = 0; byte < 256; ++byte) {
          if (k >= ways[i].prefix.depth || (ways[i].prefix.bytes[byte] >> k & 1) != 0) fitting_[k][byte] |= bit;
        }
      }
    }
    next += each;
  }
  patterns_.clear();
}

uint64_t LineStarts::find(std::string_view line) const {
  uint64_t ways = ~uint64_t{0}, found = 0;
  for (size_t k = 0; k < kLooked && k < line.size(); ++k) ways &= fitting_[k][static_cast<uint8_t>(line[k])];
  for (size_t p = 0; ways != 0 && p < bits_.size(); ++p) found |= uint64_t{(ways & bits_[p]) != 0} << p;
  return found;
}

}  // namespace factmill
