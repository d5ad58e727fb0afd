#include "ruleset/pattern_needs.h"

#include <algorithm>
#include <optional>

#include "ruleset/pattern_tree.h"
#include "ruleset/tags.h"

namespace factmill {
namespace {

using Kind = PatternTree::Kind;

constexpr size_t kMaxExact = 128;    // strings that a part of a pattern stands for, else it is not taken as exact
constexpr size_t kMaxLength = 24;    // of each
constexpr size_t kMaxSetBytes = 4;   // bytes of a class that are told apart
constexpr size_t kMaxLiterals = 400; // of one need

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

void add_need(std::vector<Need>& needs, Need need) {
  std::sort(need.literals.begin(), need.literals.end());
  need.literals.erase(std::unique(need.literals.begin(), need.literals.end()), need.literals.end());
  if (need.literals.size() > kMaxLiterals || (need.tags == 0 && need.literals.empty())) return;
  if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(std::move(need));
}

// The strings as a need: all of them must say something.
void add_literals(std::vector<Need>& needs, const std::vector<std::string>& strings) {
  const bool telling = std::all_of(strings.begin(), strings.end(), [](const std::string& s) {
    return s.find_first_not_of(" ,") != std::string::npos;
  });
  if (telling && !strings.empty()) add_need(needs, {0, strings});
}

// The shorter the list and the longer its shortest literal, the rarer.
int worth(const Need& need) {
  size_t shortest = kMaxLength;
  for (const std::string& literal : need.literals) shortest = std::min(shortest, literal.size());
  return static_cast<int>(shortest * 8) - static_cast<int>(std::min<size_t>(need.literals.size(), 60)) -
         4 * __builtin_popcountll(need.tags);
}

// The best need of words alone or, failing that, with tags; `tags`: the other way round.
const Need* best_of(const std::vector<Need>& needs, bool tags) {
  const Need* best = nullptr;
  for (const Need& need : needs) {
    const bool wanted = tags ? need.literals.empty() : need.tags == 0;
    const bool best_wanted = best && (tags ? best->literals.empty() : best->tags == 0);
    if (!best || wanted > best_wanted || (wanted == best_wanted && worth(need) > worth(*best))) best = &need;
  }
  return best;
}

class Deriver {
 public:
  explicit Deriver(const PatternTree& tree) : tree_(tree) {}

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
      case Kind::sequence: return of_sequence(node);
      case Kind::choice: return of_choice(node);
      case Kind::repeat: return of_repeat(node);
      case Kind::group: return of(node.parts[0]);
      default: return {true, {""}, {}};  // matches nothing but a place
    }
  }

  static Part of_bytes(const ByteSet& set) {
    Part part;
    TagByteSet tags = 0;
    std::vector<std::string> strings;
    bool only_tags = true;
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (!set[byte]) continue;
      if (byte >= 0x80) {
        if (is_tag(byte)) tags |= tag_byte_bit(static_cast<char>(byte));
        continue;  // any other does not occur in tagged text
      }
      only_tags = false;
      const auto lower = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      if (strings.size() <= 2 * kMaxSetBytes) strings.emplace_back(1, lower);
    }
    if (only_tags) {
      add_need(part.needs, {tags, {}});
      return part;
    }
    std::sort(strings.begin(), strings.end());
    strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
    if (tags == 0 && strings.size() <= kMaxSetBytes) {
      part.is_exact = true;
      part.exact = std::move(strings);
    }
    return part;
  }

  // Strings that touch are joined as long as they stay few; what cannot be joined ends them.
  Part of_sequence(const PatternTree::Node& node) const {
    Part whole;
    std::vector<std::string> open{""};
    bool all_exact = true;
    for (uint32_t index : node.parts) {
      Part part = of(index);
      if (!part.is_exact) {
        all_exact = false;
        add_literals(whole.needs, open);
        open = {""};
        for (Need& need : part.needs) add_need(whole.needs, std::move(need));
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

  Part of_choice(const PatternTree::Node& node) const {
    std::vector<Part> branches;
    size_t strings = 0;
    bool all_exact = true;
    for (uint32_t index : node.parts) {
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
    for (bool tags : {false, true}) {
      Need any;
      bool known = true;
      for (const Part& branch : branches) {
        const Need* need = best_of(branch.needs, tags);
        known &= need != nullptr;
        if (!need) continue;
        any.tags |= need->tags;
        any.literals.insert(any.literals.end(), need->literals.begin(), need->literals.end());
      }
      if (known) add_need(whole.needs, std::move(any));
    }
    return whole;
  }

  Part of_repeat(const PatternTree::Node& node) const {
    Part part = of(node.parts[0]);
    if (node.min == 0) {
      if (node.max != 1 || !part.is_exact) return {};
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

  const PatternTree& tree_;
};

}  // namespace

std::vector<Need> needs_of(std::string_view pattern) {
  const std::optional<PatternTree> tree = PatternTree::parse(pattern);
  return tree ? Deriver(*tree).run() : std::vector<Need>{};
}

}  // namespace factmill
