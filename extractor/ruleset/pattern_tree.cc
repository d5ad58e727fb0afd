#include "ruleset/pattern_tree.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr int kMaxDepth = 64;

void add_range(ByteSet& set, unsigned from, unsigned to) {
  for (unsigned c = from; c <= to; ++c) set.set(c);
}

// The other case of a Latin-1 letter as RE2 folds it, of any other byte the byte itself.
constexpr uint8_t other_case(uint8_t c) {
  const auto is_upper = [](uint8_t x) { return (x >= 'A' && x <= 'Z') || (x >= 0xC0 && x <= 0xDE && x != 0xD7); };
  if (is_upper(c)) return static_cast<uint8_t>(c + 32);
  return c >= 32 && is_upper(static_cast<uint8_t>(c - 32)) ? static_cast<uint8_t>(c - 32) : c;
}

ByteSet folded(const ByteSet& set) {
  ByteSet both = set;
  for (size_t c = set._Find_first(); c < set.size(); c = set._Find_next(c)) both.set(other_case(static_cast<uint8_t>(c)));
  return both;
}

ByteSet word_bytes() {
  ByteSet set;
  add_range(set, '0', '9');
  add_range(set, 'a', 'z');
  add_range(set, 'A', 'Z');
  return set.set('_');
}

// Bytes that stand for themselves wherever they are; "{" may begin a count.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t byte = 0; byte < 0x80; ++byte) plain[byte] = true;
  for (char c : std::string_view("\\()[|*+?^$.{")) plain[static_cast<uint8_t>(c)] = false;
  return plain;
}();

// Recursive descent. Any member gives false where it meets what it does not know; the tree is of no use then.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern) {}

  std::optional<PatternTree> read() {
    tree_.names.emplace_back();
    tree_.nodes.reserve(pattern_.size() / 4);
    tree_.text.reserve(pattern_.size());
    uint32_t root = 0;
    if (!read_choice(root, 0) || at_ != pattern_.size()) return std::nullopt;
    tree_.root = root;
    return std::move(tree_);
  }

 private:
  using Kind = PatternTree::Kind;
  struct Flags {
    bool ignore_case = true;
    bool dot_all = false;
  };

  bool is_name(std::string_view name) const {
    const ByteSet word = word_bytes();
    const bool again = std::count(tree_.names.begin(), tree_.names.end(), name) > 1;
    return !name.empty() && !again && std::all_of(name.begin(), name.end(), [&](char c) { return word[static_cast<uint8_t>(c)]; });
  }
  bool more() const { return at_ < pattern_.size(); }
  char peek() const { return pattern_[at_]; }
  bool take(std::string_view text) {
    if (!pattern_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  uint32_t add(Kind kind) {
    tree_.nodes.push_back({});
    tree_.nodes.back().kind = kind;
    return static_cast<uint32_t>(tree_.nodes.size() - 1);
  }
  uint32_t add_bytes(const ByteSet& set) {
    const uint32_t node = add(Kind::bytes);
    tree_.nodes[node].set = static_cast<uint32_t>(tree_.sets.size());
    tree_.sets.push_back(set);
    return node;
  }

  // Its parts are what is open from this one on.
  void give_parts(uint32_t node, size_t first) {
    tree_.nodes[node].first_part = static_cast<uint32_t>(tree_.all_parts.size());
    tree_.nodes[node].part_count = static_cast<uint32_t>(open_.size() - first);
    tree_.all_parts.insert(tree_.all_parts.end(), open_.begin() + static_cast<ptrdiff_t>(first), open_.end());
  }
  void give_part(uint32_t node, uint32_t part) {
    tree_.nodes[node].first_part = static_cast<uint32_t>(tree_.all_parts.size());
    tree_.nodes[node].part_count = 1;
    tree_.all_parts.push_back(part);
  }
  // "(?:a)*" as "a*".
  uint32_t one_letter(const PatternTree::Node& run) { return add_bytes(PatternTree::set_of(tree_.text[run.begin], run.any_case)); }

  uint32_t add_byte(uint8_t byte) {
    uint32_t& set = sets_[byte][flags_.ignore_case];
    const uint32_t node = add(Kind::bytes);
    if (set == 0) {
      tree_.sets.push_back(cased(ByteSet().set(byte)));
      set = static_cast<uint32_t>(tree_.sets.size());
    }
    tree_.nodes[node].set = set - 1;
    return node;
  }

  bool read_choice(uint32_t& node, int depth) {
    if (depth > kMaxDepth) return false;
    const Flags outside = flags_;  // (?i) holds to the end of its group
    const size_t begin = at_;
    const size_t first = open_.size();
    do {
      uint32_t branch = 0;
      if (!read_sequence(branch, depth)) return false;
      open_.push_back(branch);
    } while (take("|"));
    flags_ = outside;
    if (open_.size() - first == 1) {
      node = open_.back();
    } else {
      node = add(Kind::choice);
      tree_.nodes[node].begin = static_cast<uint32_t>(begin);
      tree_.nodes[node].end = static_cast<uint32_t>(at_);
      give_parts(node, first);
    }
    open_.resize(first);
    return true;
  }

  bool read_sequence(uint32_t& node, int depth) {
    const size_t first = open_.size();
    while (more() && peek() != '|' && peek() != ')') {
      uint32_t part = 0;
      if (read_letters(part)) {
        open_.push_back(part);
        continue;
      }
      bool is_flag = false;
      if (!read_atom(part, is_flag, depth)) return false;
      if (is_flag) continue;
      if (!read_repeats(part)) return false;
      open_.push_back(part);
    }
    const size_t count = open_.size() - first;
    node = count == 1 ? open_.back() : add(count == 0 ? Kind::empty : Kind::sequence);
    if (count > 1) give_parts(node, first);
    open_.resize(first);
    return true;
  }

  // A run of bytes that stand for themselves; the last of them, where it is repeated, is an atom of its own.
  bool read_letters(uint32_t& node) {
    size_t end = at_;
    while (end < pattern_.size() && is_plain(pattern_[end])) ++end;
    if (end < pattern_.size() && is_repeat(end) && end > at_) --end;
    if (end == at_) return false;
    node = add(Kind::letters);
    PatternTree::Node& run = tree_.nodes[node];
    run.any_case = flags_.ignore_case;
    run.begin = static_cast<uint32_t>(tree_.text.size());
    for (; at_ < end; ++at_) tree_.text += run.any_case ? lower(pattern_[at_]) : pattern_[at_];
    run.end = static_cast<uint32_t>(tree_.text.size());
    return true;
  }
  static bool is_plain(char c) { return kPlain[static_cast<uint8_t>(c)]; }
  bool is_repeat(size_t at) const {
    const char c = pattern_[at];
    return c == '*' || c == '+' || c == '?' || (c == '{' && at + 1 < pattern_.size() && is_digit(pattern_[at + 1]));
  }

  bool read_repeats(uint32_t& part) {
    if (!more() || !is_repeat(at_)) return true;
    int min = 0, max = 0;
    if (take("*")) {
      max = -1;
    } else if (take("+")) {
      min = 1;
      max = -1;
    } else if (take("?")) {
      max = 1;
    } else if (!read_counts(min, max)) {
      return false;
    }
    if (tree_.nodes[part].kind == Kind::letters && tree_.letters(tree_.nodes[part]).size() == 1) part = one_letter(tree_.nodes[part]);
    const uint32_t repeat = add(Kind::repeat);
    PatternTree::Node& node = tree_.nodes[repeat];
    node.min = min;
    node.max = max;
    node.greedy = !take("?");
    give_part(repeat, part);
    part = repeat;
    return !more() || !is_repeat(at_);  // a repetition of a repetition without a group is odd enough
  }

  bool read_counts(int& min, int& max) {
    ++at_;
    if (!read_number(min)) return false;
    max = min;
    if (take(",")) {
      max = -1;
      if (more() && is_digit(peek()) && !read_number(max)) return false;
    }
    return take("}") && (max == -1 || max >= min);
  }

  bool read_number(int& number) {
    number = 0;
    const size_t begin = at_;
    while (more() && is_digit(peek()) && number < 1000) number = number * 10 + (pattern_[at_++] - '0');
    return at_ > begin && number <= 1000;
  }

  bool read_atom(uint32_t& node, bool& is_flag, int depth) {
    const char c = peek();
    if (c == '(') return read_group(node, is_flag, depth);
    if (c == '[') return read_class(node);
    if (c == '*' || c == '+' || c == '?') return false;
    ByteSet set;
    if (c == '\\') {
      if (take("\\b")) return (node = add(Kind::word_boundary), true);
      if (take("\\B")) return (node = add(Kind::no_word_boundary), true);
      bool single = false;
      if (!read_escape(set, single)) return false;
      node = add_bytes(single ? cased(set) : set);
      return true;
    }
    ++at_;
    if (c == '^') return (node = add(Kind::text_begin), true);
    if (c == '$') return (node = add(Kind::text_end), true);
    if (c == '.') {
      set.set();
      if (!flags_.dot_all) set.reset('\n');
      node = add_bytes(set);
      return true;
    }
    node = add_byte(static_cast<uint8_t>(c));
    return true;
  }

  ByteSet cased(const ByteSet& set) const { return flags_.ignore_case ? folded(set) : set; }

  bool read_group(uint32_t& node, bool& is_flag, int depth) {
    ++at_;
    Flags inside = flags_;
    int capture = 0;
    if (take("?P<")) {
      const size_t close = pattern_.find('>', at_);
      if (close == std::string_view::npos) return false;
      capture = ++tree_.captures;
      tree_.names.emplace_back(pattern_.substr(at_, close - at_));
      if (!is_name(tree_.names.back())) return false;
      at_ = close + 1;
    } else if (take("?")) {
      if (!read_flags(inside)) return false;
      if (take(")")) {
        flags_ = inside;
        is_flag = true;
        return true;
      }
      if (!take(":")) return false;
    } else {
      capture = ++tree_.captures;
      tree_.names.emplace_back();
    }
    const Flags outside = flags_;
    flags_ = inside;
    uint32_t body = 0;
    if (!read_choice(body, depth + 1) || !take(")")) return false;
    flags_ = outside;
    if (capture == 0) {
      node = body;
    } else {
      node = add(Kind::group);
      tree_.nodes[node].capture = capture;
      give_part(node, body);
    }
    return true;
  }

  bool read_flags(Flags& flags) {
    bool on = true;
    for (; more() && peek() != ')' && peek() != ':'; ++at_) {
      if (peek() == '-') {
        on = false;
      } else if (peek() == 'i') {
        flags.ignore_case = on;
      } else if (peek() == 's') {
        flags.dot_all = on;
      } else {
        return false;
      }
    }
    return more();
  }

  // Behind a backslash, in a class or out of it. `single`: one byte, which has a case.
  bool read_escape(ByteSet& set, bool& single) {
    if (at_ + 1 >= pattern_.size()) return false;
    const char c = pattern_[at_ + 1];
    at_ += 2;
    single = false;
    const bool negated = c == 'D' || c == 'W' || c == 'S';
    if (c == 'd' || c == 'D') {
      add_range(set, '0', '9');
    } else if (c == 'w' || c == 'W') {
      set = word_bytes();
    } else if (c == 's' || c == 'S') {
      for (char blank : {' ', '\t', '\n', '\f', '\r'}) set.set(static_cast<uint8_t>(blank));
    } else {
      single = true;
      return read_single(c, set);
    }
    if (negated) set.flip();
    return true;
  }

  bool read_single(char c, ByteSet& set) {
    if (c == 'x') {
      unsigned byte = 0;
      for (int i = 0; i < 2; ++i, ++at_) {
        if (!more()) return false;
        const char digit = peek();
        const unsigned value = is_digit(digit) ? static_cast<unsigned>(digit - '0')
                               : digit >= 'A' && digit <= 'F' ? static_cast<unsigned>(digit - 'A' + 10)
                               : digit >= 'a' && digit <= 'f' ? static_cast<unsigned>(digit - 'a' + 10)
                                                              : 16U;
        if (value == 16) return false;
        byte = byte * 16 + value;
      }
      set.set(byte);
      return true;
    }
    if (c == 'n') return (set.set('\n'), true);
    if (c == 't') return (set.set('\t'), true);
    if (word_bytes()[static_cast<uint8_t>(c)] || static_cast<uint8_t>(c) >= 0x80) return false;
    set.set(static_cast<uint8_t>(c));
    return true;
  }

  bool read_class(uint32_t& node) {
    ++at_;
    const bool negated = take("^");
    ByteSet set;
    for (bool first = true; more() && (first || peek() != ']'); first = false) {
      if (peek() == '[' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == ':') return false;
      unsigned from = 0, to = 0;
      ByteSet many;
      bool single = true;
      if (!read_member(from, many, single)) return false;
      if (!single) {
        set |= many;
        continue;
      }
      to = from;
      if (at_ + 1 < pattern_.size() && peek() == '-' && pattern_[at_ + 1] != ']') {
        ++at_;
        if (!read_member(to, many, single) || !single || to < from) return false;
      }
      ByteSet range;
      add_range(range, from, to);
      set |= cased(range);
    }
    if (!take("]")) return false;
    node = add_bytes(negated ? ~set : set);
    return true;
  }

  bool read_member(unsigned& byte, ByteSet& many, bool& single) {
    if (peek() != '\\') {
      byte = static_cast<uint8_t>(pattern_[at_++]);
      return true;
    }
    many.reset();
    if (!read_escape(many, single)) return false;
    for (byte = 0; single && byte < 255 && !many[byte];) ++byte;
    return true;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  Flags flags_;
  PatternTree tree_;
  std::vector<uint32_t> open_;  // parts of the sequences that are being read
  std::array<std::array<uint32_t, 2>, 256> sets_{};  // of a byte, with regard to case and without: behind its place in tree_.sets
};

}  // namespace

const ByteSet& PatternTree::set_of(char letter, bool any_case) {
  static const auto kSets = [] {
    std::array<std::array<ByteSet, 256>, 2> sets;
    for (size_t byte = 0; byte < 256; ++byte) {
      sets[0][byte].set(byte);
      sets[1][byte] = folded(sets[0][byte]);
    }
    return sets;
  }();
  return kSets[any_case ? 1 : 0][static_cast<uint8_t>(letter)];
}

std::optional<PatternTree> PatternTree::parse(std::string_view pattern) { return Reader(pattern).read(); }

PatternTree reversed(PatternTree tree) {
  using Kind = PatternTree::Kind;
  for (PatternTree::Node& node : tree.nodes) {
    const auto first = tree.all_parts.begin() + node.first_part;
    if (node.kind == Kind::sequence) std::reverse(first, first + node.part_count);
    if (node.kind == Kind::letters) std::reverse(tree.text.begin() + node.begin, tree.text.begin() + node.end);
    if (node.kind == Kind::text_begin || node.kind == Kind::text_end) node.kind = node.kind == Kind::text_begin ? Kind::text_end : Kind::text_begin;
  }
  return tree;
}

}  // namespace factmill
