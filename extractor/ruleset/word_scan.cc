#include "ruleset/word_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/ascii.h"
#include "base/word_bytes.h"

namespace factmill {
namespace {

constexpr size_t kMaxStates = 20'000;
constexpr size_t kMaxPlaces = 100'000;
constexpr int32_t kMaxRepeats = 64;
constexpr size_t kBlock = WordBytes::kBlock;

}  // namespace

// A pattern as places between which bytes lead, then as sets of such places.
class WordScanBuilder {
 public:
  explicit WordScanBuilder(const PatternTree& tree) : tree_(tree), bytes_(tree.sets) {
    for (ByteSet& set : bytes_) set = with_break(set);
  }

  std::optional<WordScan> build() {
    const uint32_t end = add_place();
    const uint32_t begin = compile(tree_.root, end);
    if (too_large_) return std::nullopt;
    end_ = end;
    find_classes();
    if (!make_states(begin)) return std::nullopt;
    fill_begins();
    return std::move(scan_);
  }

 private:
  using Kind = PatternTree::Kind;
  struct Place {
    int32_t set = -1;            // leads to `next` by a byte of it; -1: by nothing
    std::vector<uint32_t> next;
  };

  static ByteSet with_break(ByteSet set) {
    if (set[' ']) set.set('\n');
    return set;
  }
  uint32_t add_place() {
    if (places_.size() >= kMaxPlaces) too_large_ = true;
    places_.emplace_back();
    return static_cast<uint32_t>(places_.size() - 1);
  }

  uint32_t add_step(size_t set, uint32_t behind) {
    const uint32_t place = add_place();
    places_[place].set = static_cast<int32_t>(set);
    places_[place].next = {behind};
    return place;
  }

  // The place from which the node's matches lead to `behind`.
  uint32_t compile(uint32_t index, uint32_t behind) {
    if (too_large_) return behind;
    const PatternTree::Node& node = tree_.nodes[index];
    switch (node.kind) {
      case Kind::bytes: return add_step(node.set, behind);
      case Kind::letters: {
        const std::string_view letters = tree_.letters(node);
        for (size_t i = letters.size(); i-- > 0;) {
          const ByteSet set = with_break(PatternTree::set_of(letters[i], node.any_case));
          const auto known = std::find(bytes_.begin(), bytes_.end(), set);
          behind = add_step(static_cast<size_t>(known - bytes_.begin()), behind);
          if (known == bytes_.end()) bytes_.push_back(set);
        }
        return behind;
      }
      case Kind::sequence: {
        for (size_t i = node.part_count; i-- > 0;) behind = compile(tree_.parts(node)[i], behind);
        return behind;
      }
      case Kind::choice: {
        const uint32_t place = add_place();
        for (uint32_t part : tree_.parts(node)) {
          const uint32_t branch = compile(part, behind);
          places_[place].next.push_back(branch);
        }
        return place;
      }
      case Kind::group: return compile(tree_.part(node), behind);
      case Kind::repeat: return compile_repeat(node, behind);
      default: return behind;  // what looks at places without taking bytes is taken to hold
    }
  }

  uint32_t compile_repeat(const PatternTree::Node& node, uint32_t behind) {
    if (std::max(node.min, node.max) > kMaxRepeats) {
      too_large_ = true;
      return behind;
    }
    if (node.max < 0) {
      const uint32_t loop = add_place();
      const uint32_t body = compile(tree_.part(node), loop);
      places_[loop].next = {body, behind};
      behind = loop;
    }
    for (int32_t i = node.max; i > node.min; --i) {
      const uint32_t place = add_place();
      const uint32_t body = compile(tree_.part(node), behind);
      places_[place].next = {body, behind};
      behind = place;
    }
    for (int32_t i = 0; i < node.min; ++i) behind = compile(tree_.part(node), behind);
    return behind;
  }

  // Bytes that all sets treat alike.
  void find_classes() {
    const std::unordered_set<ByteSet> sets(bytes_.begin(), bytes_.end());
    std::map<std::vector<bool>, uint8_t> seen;
    for (unsigned byte = 0; byte < 256; ++byte) {
      std::vector<bool> where{byte >= 0x80};
      for (const ByteSet& set : sets) where.push_back(set[byte]);
      const auto [found, is_new] = seen.emplace(std::move(where), static_cast<uint8_t>(seen.size()));
      if (is_new) members_.push_back(byte);
      scan_.classes_[byte] = found->second;
    }
    scan_.class_count_ = static_cast<uint32_t>(members_.size());
  }

  void add_reachable(uint32_t place, std::vector<uint32_t>& set) {
    if (std::find(set.begin(), set.end(), place) != set.end()) return;
    set.push_back(place);
    if (places_[place].set >= 0) return;
    for (uint32_t next : places_[place].next) add_reachable(next, set);
  }

  // The number of a state; a set that holds the end is the match, whatever else it holds.
  uint16_t state_of(std::vector<uint32_t> set) {
    if (set.empty()) return WordScan::kDead;
    std::sort(set.begin(), set.end());
    if (std::binary_search(set.begin(), set.end(), end_)) return WordScan::kMatch;
    const auto [found, is_new] = states_.emplace(set, static_cast<uint16_t>(sets_.size()));
    if (is_new) sets_.push_back(std::move(set));
    return found->second;
  }

  bool make_states(uint32_t begin) {
    sets_.resize(WordScan::kStart);
    std::vector<uint32_t> start;
    add_reachable(begin, start);
    if (state_of(std::move(start)) != WordScan::kStart) return false;  // may be empty
    scan_.next_.assign(WordScan::kStart * scan_.class_count_, WordScan::kDead);
    for (size_t state = WordScan::kStart; state < sets_.size(); ++state) {
      if (sets_.size() > kMaxStates) return false;
      scan_.next_.resize(scan_.next_.size() + scan_.class_count_, WordScan::kDead);
      const std::vector<uint32_t> places = sets_[state];
      ByteSet bytes;
      for (uint32_t place : places) {
        if (places_[place].set >= 0) bytes |= bytes_[static_cast<size_t>(places_[place].set)];
      }
      for (uint32_t which = 0; which < scan_.class_count_; ++which) {
        if (!bytes[members_[which]]) continue;
        if (state == WordScan::kStart && !begins_word(which)) return false;
        scan_.next_[state * scan_.class_count_ + which] = step(places, members_[which]);
      }
    }
    return true;
  }

  uint16_t step(const std::vector<uint32_t>& from, unsigned byte) {
    std::vector<uint32_t> to;
    for (uint32_t place : from) {
      const int32_t set = places_[place].set;
      if (set < 0 || !bytes_[static_cast<size_t>(set)][byte]) continue;
      // A character of several bytes is one for RE2.
      if (byte >= 0x80) return WordScan::kMatch;
      add_reachable(places_[place].next[0], to);
    }
    return state_of(std::move(to));
  }

  bool begins_word(uint32_t which) const {
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (scan_.classes_[byte] == which && !is_alnum(static_cast<char>(byte))) return false;
    }
    return true;
  }

  uint16_t next(uint16_t state, unsigned byte) const {
    return state == WordScan::kMatch ? state : scan_.next_[state * scan_.class_count_ + scan_.classes_[byte]];
  }

  // The ways to begin a match, told apart by their first two bytes, are parted among the bits; those that begin alike share one.
  void fill_begins() {
    std::map<uint16_t, std::vector<std::pair<uint8_t, uint8_t>>> by_state;  // behind two bytes
    for (unsigned first = 0; first < 256; ++first) {
      const uint16_t behind = next(WordScan::kStart, first);
      for (unsigned second = 0; behind != WordScan::kDead && second < 256; ++second) {
        const uint16_t state = next(behind, second);
        if (state != WordScan::kDead) by_state[state].emplace_back(static_cast<uint8_t>(first), static_cast<uint8_t>(second));
      }
    }
    std::vector<std::pair<std::vector<std::pair<uint8_t, uint8_t>>, uint16_t>> ways;
    for (auto& [state, pairs] : by_state) ways.emplace_back(std::move(pairs), state);
    std::sort(ways.begin(), ways.end());
    for (size_t i = 0; i < ways.size(); ++i) {
      const uint64_t bit = uint64_t{1} << (i * 64 / std::max<size_t>(ways.size(), 64));
      for (const auto& [first, second] : ways[i].first) {
        scan_.begins_[0][first] |= bit;
        scan_.begins_[1][second] |= bit;
      }
      fill_behind({ways[i].second}, 2, bit);
    }
  }

  // Which bytes may stand at `place` where one of the states was reached before it, and so on.
  void fill_behind(const std::vector<uint16_t>& states, size_t place, uint64_t bit) {
    if (place == WordScan::kLooked) return;
    std::vector<uint16_t> behind;
    for (uint16_t state : states) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        const uint16_t reached = next(state, byte);
        if (reached == WordScan::kDead) continue;
        scan_.begins_[place][byte] |= bit;
        if (behind.empty() || behind.back() != reached) behind.push_back(reached);
      }
    }
    std::sort(behind.begin(), behind.end());
    behind.erase(std::unique(behind.begin(), behind.end()), behind.end());
    fill_behind(behind, place + 1, bit);
  }

  const PatternTree& tree_;
  std::vector<ByteSet> bytes_;  // the tree's sets; a line break is what a blank is
  WordScan scan_;
  std::vector<Place> places_;
  uint32_t end_ = 0;
  bool too_large_ = false;
  std::vector<unsigned> members_;  // a byte of each class
  std::map<std::vector<uint32_t>, uint16_t> states_;
  std::vector<std::vector<uint32_t>> sets_;  // of places, by state
};

std::optional<WordScan> WordScan::compile(const PatternTree& tree) { return WordScanBuilder(tree).build(); }

bool WordScan::matches(std::string_view text, size_t at) const {
  uint32_t state = kStart;
  for (; at < text.size() && state > kMatch; ++at) {
    state = next_[state * class_count_ + classes_[static_cast<uint8_t>(text[at])]];
  }
  return state == kMatch;
}

template <class Found>
void WordScan::each(std::string_view text, Found found) const {
  uint64_t before = 0;  // whether the byte before is part of a word
  // The bits at the begin of a block of 64 bytes at `at`, with kLooked bytes more to be read behind it. False: enough.
  const auto look = [&](const char* bytes, size_t at) {
    const uint64_t words = word_bytes(bytes).ascii;
    uint64_t begins = words & ~(words << 1 | before);
    before = words >> 63;
    for (; begins != 0; begins &= begins - 1) {
      const auto i = static_cast<size_t>(std::countr_zero(begins));
      if (may_match(bytes + i) && matches(text, at + i) && !found(at + i)) return false;
    }
    return true;
  };
  size_t at = 0;
  for (; at + kBlock + kLooked <= text.size(); at += kBlock) {
    if (!look(text.data() + at, at)) return;
  }
  // The rest, with zeros behind it: at most a block and what is looked up behind it.
  std::array<char, 2 * kBlock + kLooked> rest{};
  std::memcpy(rest.data(), text.data() + at, text.size() - at);
  if (look(rest.data(), at) && text.size() - at > kBlock) look(rest.data() + kBlock, at + kBlock);
}

size_t WordScan::count(std::string_view text, size_t most) const {
  size_t found = 0;
  each(text, [&](size_t) { return ++found < most; });
  return found;
}

void WordScan::find(std::string_view text, std::vector<uint32_t>& places) const {
  each(text, [&](size_t at) {
    places.push_back(static_cast<uint32_t>(at));
    return true;
  });
}

}  // namespace factmill
