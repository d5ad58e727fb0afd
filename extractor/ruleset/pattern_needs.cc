#include "ruleset/pattern_needs.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <span>
#include <unordered_map>

#include "base/ascii.h"
#include "ruleset/tags.h"

namespace factmill {
namespace {

using Kind = PatternTree::Kind;

constexpr size_t kMaxExact = 128;    // strings that a part of a pattern stands for, else it is not taken as exact
constexpr size_t kMaxLength = 24;    // of each
constexpr size_t kMaxSetBytes = 4;   // bytes of a class that are told apart
constexpr size_t kMaxLiterals = 400; // of one need
constexpr size_t kRemembered = 24;   // bytes from which on a choice is worth it

// Of a part of a pattern: the strings it stands for, where they are few, else what must stand in its match.
struct Part {
  bool is_exact = false;
  std::vector<std::string> exact;
  std::vector<Need> needs;
};

bool is_tag(unsigned byte) {
  const unsigned tag = byte & 0x3F;
  return byte >= 0x80 && tag > 0 && tag < kTagCount;
}

template <class T, class Less = std::less<>>
void sort_unique(std::vector<T>& list, Less less = {}) {
  std::sort(list.begin(), list.end(), less);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool is_shorter(const std::string& x, const std::string& y) { return x.size() != y.size() ? x.size() < y.size() : x < y; }

// Each two bytes that follow each other, as a bit: a part has none that the whole lacks.
uint64_t pairs_of(std::string_view literal) {
  uint64_t pairs = 0;
  for (size_t i = 1; i < literal.size(); ++i) pairs |= uint64_t{1} << ((static_cast<unsigned>(literal[i - 1]) * 5 + static_cast<unsigned>(literal[i])) % 64);
  return pairs;
}

// A text that holds a literal holds every part of it: of these, the shortest first, only those count that hold no other one.
void drop_implied(std::vector<std::string>& literals) {
  std::vector<uint64_t> kept;  // the pairs of those
  for (std::string& literal : literals) {
    const uint64_t pairs = pairs_of(literal);
    bool implied = false;
    for (size_t k = 0; k < kept.size() && !implied; ++k) implied = (kept[k] & ~pairs) == 0 && literal.find(literals[k]) != std::string::npos;
    if (implied) continue;
    if (&literal != &literals[kept.size()]) literals[kept.size()] = std::move(literal);
    kept.push_back(pairs);
  }
  literals.resize(kept.size());
}

// `need` as add_need has made it.
void pass_on(std::vector<Need>& needs, Need need) {
  if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(std::move(need));
}

void add_need(std::vector<Need>& needs, Need need) {
  sort_unique(need.literals, is_shorter);
  if (need.literals.size() > kMaxLiterals || (need.tags == 0 && need.literals.empty() && need.metrics.empty())) return;
  drop_implied(need.literals);
  sort_unique(need.metrics);
  pass_on(needs, std::move(need));
}

// The strings as a need: all of them must say something.
void add_literals(std::vector<Need>& needs, const std::vector<std::string>& strings) {
  const bool telling = std::all_of(strings.begin(), strings.end(), [](const std::string& s) {
    return s.find_first_not_of(" ,") != std::string::npos;
  });
  if (telling && !strings.empty()) add_need(needs, {0, strings, {}});
}

// Rare is good: long literals and few of them, metrics before tags.
int worth(const Need& need) {
  int least = 100;
  const auto by_count = [](size_t count) { return 3 * static_cast<int>(std::bit_width(count)); };
  if (!need.literals.empty()) least = static_cast<int>(8 * std::min<size_t>(need.literals.front().size(), 8)) - by_count(need.literals.size());
  if (!need.metrics.empty()) least = std::min(least, 45 - by_count(need.metrics.size()));
  if (need.tags != 0) least = std::min(least, 16 - 2 * __builtin_popcountll(need.tags));
  return least;
}

// What one branch of a choice gives for the needs of the whole: of words alone, of tags and metrics alone, the rarest.
enum class Pick : uint8_t { words, tags, rarest };

const Need* best_of(const std::vector<Need>& needs, Pick pick) {
  const auto wanted = [&](const Need& need) {
    return pick == Pick::rarest || (pick == Pick::words ? need.tags == 0 && need.metrics.empty() : need.literals.empty());
  };
  const Need* best = nullptr;
  for (const Need& need : needs) {
    if (!best || wanted(need) > wanted(*best) || (wanted(need) == wanted(*best) && worth(need) > worth(*best))) best = &need;
  }
  return best;
}

using Choices = std::unordered_map<std::string, Part>;

class Deriver {
 public:
  Deriver(std::string_view pattern, const PatternTree& tree, const HeadGroups& heads, Choices& choices)
      : pattern_(pattern), tree_(tree), heads_(heads), choices_(choices) {}

  std::vector<Need> run() {
    Part part = of(tree_.root);
    if (part.is_exact) add_literals(part.needs, part.exact);
    return std::move(part.needs);
  }

 private:
  Part of(uint32_t index) const {
    const PatternTree::Node& node = tree_.nodes[index];
    switch (node.kind) {
      case Kind::bytes: return of_bytes(tree_.sets[node.set]);
      case Kind::letters: return of_sequence(std::span(&index, 1));
      case Kind::sequence: return of_sequence(tree_.parts(node));
      case Kind::choice: return of_written(node);
      case Kind::repeat: return of_repeat(node);
      case Kind::group: return of_group(node);
      default: return {true, {""}, {}};  // matches nothing but a place
    }
  }

  Part of_group(const PatternTree::Node& node) const {
    const auto restricted = heads_.find(node.capture);
    const PatternTree::Node& body = tree_.nodes[tree_.part(node)];
    if (restricted == heads_.end() || body.kind != Kind::bytes) return of(tree_.part(node));
    ByteSet heads;
    for (Tag tag : {Tag::noun, Tag::verb}) heads.set(static_cast<uint8_t>(tag_byte(tag))).set(static_cast<uint8_t>(tag_byte(tag, true)));
    if ((tree_.sets[body.set] & ~folded_with_case(heads)).any()) return of(tree_.part(node));
    Part part;
    add_need(part.needs, {0, {}, restricted->second});
    return part;
  }

  // A class of tag bytes also holds what would be their other case, which no text has.
  static ByteSet folded_with_case(ByteSet set) {
    for (unsigned byte = 0xC0; byte <= 0xDE; ++byte) {
      if (set[byte]) set.set(byte + 32);
    }
    return set;
  }

  static Part of_bytes(const ByteSet& set) {
    Part part;
    TagByteSet tags = 0;
    std::vector<std::string> strings;
    bool only_tags = true;
    // Most sets are one letter, and there are tens of thousands of them.
    for (size_t found = set._Find_first(); found < set.size(); found = set._Find_next(found)) {
      const auto byte = static_cast<unsigned>(found);
      if (byte >= 0x80) {
        if (is_tag(byte)) tags |= tag_byte_bit(static_cast<char>(byte));
        continue;  // any other does not occur in tagged text
      }
      only_tags = false;
      const auto lower = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      if (strings.size() <= 2 * kMaxSetBytes) strings.emplace_back(1, lower);
    }
    if (only_tags) {
      add_need(part.needs, {tags, {}, {}});
      return part;
    }
    sort_unique(strings);
    if (tags == 0 && strings.size() <= kMaxSetBytes) {
      part.is_exact = true;
      part.exact = std::move(strings);
    }
    return part;
  }

  // Of a byte or a letter in both cases, in lower case.
  std::optional<char> letter_of(const PatternTree::Node& node) const {
    if (node.kind != Kind::bytes) return std::nullopt;
    const ByteSet& set = tree_.sets[node.set];
    const size_t first = set._Find_first();
    if (first >= 0x80) return std::nullopt;
    const size_t second = set._Find_next(first);
    const bool capital = first >= 'A' && first <= 'Z';
    if (second < set.size() && !(capital && second == first + 32 && set.count() == 2)) return std::nullopt;
    return static_cast<char>(capital ? first + 32 : first);
  }
  static bool has_room(const std::vector<std::string>& strings) {
    return strings.size() <= kMaxExact && std::all_of(strings.begin(), strings.end(), [](const std::string& s) { return s.size() < kMaxLength; });
  }

  // Each string goes on with these as long as they stay short; what is full becomes a need, and gives false.
  static bool join_letters(std::string_view letters, std::vector<std::string>& open, std::vector<Need>& needs) {
    size_t longest = 0;
    for (const std::string& string : open) longest = std::max(longest, string.size());
    bool is_whole = true;
    for (const char c : letters) {
      if (longest == kMaxLength) {
        add_literals(needs, open);
        open = {""};
        longest = 0;
        is_whole = false;
      }
      for (std::string& string : open) string += lower(c);
      ++longest;
    }
    return is_whole;
  }

  // Strings that touch are joined as long as they stay few; what cannot be joined ends them.
  Part of_sequence(std::span<const uint32_t> parts) const {
    Part whole;
    std::vector<std::string> open{""};
    bool all_exact = true;
    for (uint32_t index : parts) {
      if (tree_.nodes[index].kind == Kind::letters) {
        all_exact &= join_letters(tree_.letters(tree_.nodes[index]), open, whole.needs);
        continue;
      }
      if (const std::optional<char> letter = letter_of(tree_.nodes[index]); letter && has_room(open)) {
        for (std::string& left : open) left += *letter;  // as most parts are
        continue;
      }
      Part part = of(index);
      if (!part.is_exact) {
        all_exact = false;
        add_literals(whole.needs, open);
        open = {""};
        for (Need& need : part.needs) pass_on(whole.needs, std::move(need));
        continue;
      }
      std::vector<std::string> joined;
      bool fits = open.size() * part.exact.size() <= kMaxExact;
      for (const std::string& left : open) {
        for (const std::string& right : part.exact) {
          if (!fits) break;
          joined.push_back(left + right);
          fits = joined.back().size() <= kMaxLength;
        }
      }
      if (fits) {
        open = std::move(joined);
        continue;
      }
      all_exact = false;
      add_literals(whole.needs, open);
      open = std::move(part.exact);
    }
    if (all_exact) {
      whole.is_exact = true;
      whole.exact = std::move(open);
    } else {
      add_literals(whole.needs, open);
    }
    return whole;
  }

  // The choice from memory, unless it has groups, which may be asked for metrics.
  Part of_written(const PatternTree::Node& node) const {
    const std::string_view text = pattern_.substr(node.begin, node.end - node.begin);
    if (text.size() < kRemembered || text.find("(?P<") != std::string_view::npos) return of_choice(node);
    std::string key(text);
    if (const auto known = choices_.find(key); known != choices_.end()) return known->second;
    return choices_.emplace(std::move(key), of_choice(node)).first->second;
  }

  Part of_choice(const PatternTree::Node& node) const {
    std::vector<Part> branches;
    size_t strings = 0;
    bool all_exact = true;
    for (uint32_t index : tree_.parts(node)) {
      branches.push_back(of(index));
      all_exact &= branches.back().is_exact;
      if (branches.back().is_exact) strings += branches.back().exact.size();
    }
    Part whole;
    if (all_exact && strings <= kMaxExact) {
      whole.is_exact = true;
      for (Part& branch : branches) {
        for (std::string& s : branch.exact) whole.exact.push_back(std::move(s));
      }
      return whole;
    }
    for (Part& branch : branches) {
      if (branch.is_exact) add_literals(branch.needs, branch.exact);
    }
    for (Pick pick : {Pick::words, Pick::tags, Pick::rarest}) {
      Need any;
      bool known = true;
      for (const Part& branch : branches) {
        const Need* need = best_of(branch.needs, pick);
        known &= need != nullptr;
        if (!need) continue;
        any.tags |= need->tags;
        any.metrics.insert(any.metrics.end(), need->metrics.begin(), need->metrics.end());
        any.literals.insert(any.literals.end(), need->literals.begin(), need->literals.end());
      }
      if (known) add_need(whole.needs, std::move(any));
    }
    return whole;
  }

  Part of_repeat(const PatternTree::Node& node) const {
    if (node.min == 0 && node.max != 1) return {};
    Part part = of(tree_.part(node));
    if (node.min == 0) {
      if (!part.is_exact) return {};
      part.exact.emplace_back();
      return part;
    }
    if (node.min == 1 && node.max == 1) return part;
    // More than once: what one needs, all need; the strings no longer touch what stands beside.
    if (part.is_exact) {
      add_literals(part.needs, part.exact);
      part.is_exact = false;
    }
    return part;
  }

  std::string_view pattern_;
  const PatternTree& tree_;
  const HeadGroups& heads_;
  Choices& choices_;
};

}  // namespace

struct NeedsReader::Memo {
  Choices choices;
};

NeedsReader::NeedsReader() : memo_(std::make_unique<Memo>()) {}
NeedsReader::~NeedsReader() = default;

std::vector<Need> NeedsReader::needs_of(std::string_view pattern, const HeadGroups& heads) {
  const std::optional<PatternTree> tree = PatternTree::parse(pattern);
  return tree ? needs_of(pattern, *tree, heads) : std::vector<Need>{};
}

std::vector<Need> NeedsReader::needs_of(std::string_view pattern, const PatternTree& tree, const HeadGroups& heads) {
  return Deriver(pattern, tree, heads, memo_->choices).run();
}

std::vector<Need> needs_of(std::string_view pattern, const HeadGroups& heads) { return NeedsReader().needs_of(pattern, heads); }

}  // namespace factmill
