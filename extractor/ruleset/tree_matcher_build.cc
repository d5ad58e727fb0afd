// From a pattern's tree to the steps of its matcher.
#include <algorithm>
#include <cstring>
#include <limits>
#include <unordered_map>

#include "base/ascii.h"
#include "ruleset/tree_matcher.h"

namespace factmill {
namespace {

using Kind = PatternTree::Kind;

constexpr size_t kMaxSteps = 16384;
constexpr size_t kMaxCaptures = 23;
constexpr size_t kMaxBranchLists = 60000;
constexpr size_t kFew = 12;  // branches
constexpr size_t kEndless = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kNoBranch = 0xFFFFFFFF;
constexpr uint32_t kAnyBytes = 0xFFFFFFFF;
static_assert(TreeMatcher::kDepth == PatternPrefix::kMost);

// What a part of a pattern can begin with and how long its matches are.
struct Shape {
  ByteSet first;
  size_t min = 0;
  size_t max = 0;
  bool nullable() const { return min == 0; }
};

size_t sum(size_t a, size_t b) { return std::min(a + b, kEndless); }

bool has_captures(const PatternTree& tree, uint32_t index) {
  const PatternTree::Node& node = tree.nodes[index];
  return node.kind == Kind::group || std::ranges::any_of(tree.parts(node), [&](uint32_t part) { return has_captures(tree, part); });
}

}  // namespace

class TreeMatcherBuilder {
 public:
  TreeMatcherBuilder(const PatternTree& tree, const PatternPrefix& prefix) : tree_(tree), prefix_(prefix), shapes_(tree.nodes.size()), letters_(tree.sets.size()) {
    for (size_t set = 0; set < tree.sets.size(); ++set) letters_[set] = letter_of(tree.sets[set]);
  }

  std::optional<TreeMatcher> build() {
    if (static_cast<size_t>(tree_.captures) > kMaxCaptures || !measure(tree_.root)) return std::nullopt;
    if (!emit(tree_.root)) return std::nullopt;
    add(Op::match);
    look_ahead();
    const Shape& whole = shapes_[tree_.root];
    m_.min_length_ = whole.min;
    m_.max_length_ = whole.max;
    m_.prefix_ = prefix_.bytes;
    m_.depth_ = prefix_.depth;
    if (m_.depth_ > 0) m_.starts_.emplace(first_bytes(0), first_bytes(1));
    const PatternTree::Node& root = tree_.nodes[tree_.root];
    if (root.kind == Kind::sequence) {
      m_.at_begin_ = tree_.nodes[tree_.parts(root).front()].kind == Kind::text_begin;
      m_.at_end_ = tree_.nodes[tree_.parts(root).back()].kind == Kind::text_end;
    }
    return std::move(m_);
  }

 private:
  using Op = TreeMatcher::Op;

  // Children stand before their parents in no order that one could rely on, hence a walk. False: not for this matcher.
  bool measure(uint32_t index) {
    const PatternTree::Node& node = tree_.nodes[index];
    for (uint32_t part : tree_.parts(node)) {
      if (!measure(part)) return false;
    }
    Shape& shape = shapes_[index];
    switch (node.kind) {
      case Kind::bytes:
        shape = {tree_.sets[node.set], 1, 1};
        break;
      case Kind::letters: {
        const std::string_view letters = tree_.letters(node);
        shape = {PatternTree::set_of(letters.front(), node.any_case), letters.size(), letters.size()};
        break;
      }
      case Kind::sequence:
        for (uint32_t part : tree_.parts(node)) {
          if (shape.nullable()) shape.first |= shapes_[part].first;
          shape.min = sum(shape.min, shapes_[part].min);
          shape.max = sum(shape.max, shapes_[part].max);
        }
        break;
      case Kind::choice:
        shape = shapes_[tree_.part(node)];
        for (uint32_t part : tree_.parts(node)) {
          shape.first |= shapes_[part].first;
          shape.min = std::min(shape.min, shapes_[part].min);
          shape.max = std::max(shape.max, shapes_[part].max);
        }
        break;
      case Kind::repeat: {
        const Shape& body = shapes_[tree_.part(node)];
        // Loops that match nothing are where matchers differ; once or not at all is none.
        if (body.nullable() && (node.max != 1 || has_captures(tree_, tree_.part(node)))) return false;
        shape.first = body.first;
        shape.min = std::min(kEndless, body.min * static_cast<size_t>(node.min));
        shape.max = node.max < 0 ? kEndless : std::min(kEndless, body.max * static_cast<size_t>(node.max));
        break;
      }
      case Kind::group:
        shape = shapes_[tree_.part(node)];
        break;
      default:
        break;
    }
    return true;
  }

  // The bytes that a way can go on with, and whether it can where there are none.
  struct Ahead {
    std::array<uint64_t, 4> bytes{};
    bool end = false;
    void add(const std::array<uint64_t, 4>& more) {
      for (size_t i = 0; i < bytes.size(); ++i) bytes[i] |= more[i];
    }
    void add(const Ahead& more) {
      add(more.bytes);
      end |= more.end;
    }
    void add_letter(char text, char mask) {
      for (const auto byte : {static_cast<uint8_t>(text), static_cast<uint8_t>(text & ~mask)}) bytes[byte / 64] |= uint64_t{1} << (byte % 64);
    }
  };

  // Tells loops and splits what may stand where they go on. Steps go back only to the split of a loop, whose body matches
  // something: one pass from the end sees all.
  void look_ahead() {
    std::vector<Ahead> ahead(m_.steps_.size());
    for (uint32_t i = here(); i-- > 0;) {
      TreeMatcher::Step& step = m_.steps_[i];
      Ahead& own = ahead[i];
      switch (step.op) {
        case Op::bytes: own.add_letter(m_.text_[step.a], m_.masks_[step.a]); break;
        case Op::set: own.add(m_.sets_[step.a]); break;
        case Op::loop:
        case Op::lazy_loop: {
          TreeMatcher::Loop& loop = m_.loops_[step.a];
          loop.next = next_of(ahead[i + 1]);
          loop.is_apart = loop.next.set != TreeMatcher::Next::kAny && are_apart(ahead[i + 1].bytes, m_.sets_[loop.set]);
          own.add(m_.sets_[loop.set]);
          if (loop.min == 0) own.add(ahead[i + 1]);
          break;
        }
        case Op::split:
          step.next = next_of(ahead[step.b]);
          own.add(m_.sets_[step.first]);
          own.add(ahead[step.b]);
          break;
        case Op::choice:
        case Op::few:
          for (const uint32_t begin : begins_[i]) own.add(ahead[begin]);
          break;
        case Op::jump:
          if (step.a > i) {
            own = ahead[step.a];
          } else {
            own.add(m_.sets_[m_.steps_[step.a].first]);
            own.add(ahead[m_.steps_[step.a].b]);
          }
          if (m_.steps_[step.a].op == Op::jump) step.a = m_.steps_[step.a].a;
          break;
        case Op::text_end: own.end = true; break;
        case Op::match:
          own.bytes.fill(~uint64_t{0});
          own.end = true;
          break;
        default: own = ahead[i + 1]; break;
      }
    }
  }
  TreeMatcher::Next next_of(const Ahead& ahead) {
    const bool any = ahead.end && std::ranges::all_of(ahead.bytes, [](uint64_t bits) { return bits == ~uint64_t{0}; });
    return {any ? TreeMatcher::Next::kAny : add_set(ahead.bytes), ahead.end};
  }
  static bool are_apart(const std::array<uint64_t, 4>& a, const std::array<uint64_t, 4>& b) {
    uint64_t common = 0;
    for (size_t i = 0; i < a.size(); ++i) common |= a[i] & b[i];
    return common == 0;
  }

  // Those that a match can have at this place.
  ByteSet first_bytes(size_t place) const {
    ByteSet set;
    for (unsigned byte = 0; byte < 256; ++byte) set[byte] = place >= m_.depth_ || (m_.prefix_[byte] >> place & 1) != 0;
    return set;
  }

  uint32_t add(Op op, uint32_t a = 0) {
    TreeMatcher::Step step;
    step.op = op;
    step.a = a;
    m_.steps_.push_back(step);
    return here() - 1;
  }
  uint32_t here() const { return static_cast<uint32_t>(m_.steps_.size()); }
  uint32_t add_set(const ByteSet& set) {
    std::array<uint64_t, 4> bits{};
    for (size_t byte = set._Find_first(); byte < set.size(); byte = set._Find_next(byte)) bits[byte / 64] |= uint64_t{1} << (byte % 64);
    return add_set(bits);
  }
  uint32_t add_set(const std::array<uint64_t, 4>& bits) {
    const auto known = std::find(m_.sets_.begin(), m_.sets_.end(), bits);
    if (known != m_.sets_.end()) return static_cast<uint32_t>(known - m_.sets_.begin());
    m_.sets_.push_back(bits);
    return static_cast<uint32_t>(m_.sets_.size() - 1);
  }

  // One byte, or one letter in both cases, as a byte to compare with behind a mask.
  struct Letter {
    bool is_one = false;
    char text = 0, mask = 0;
  };
  static Letter letter_of(const ByteSet& set) {
    const size_t low = set._Find_first();
    if (low == set.size()) return {};
    const size_t next = set._Find_next(low);
    if (next == set.size()) return {true, static_cast<char>(low), 0};
    if (next != (low | 0x20) || set._Find_next(next) != set.size()) return {};
    return {true, static_cast<char>(next), 0x20};
  }

  void emit_bytes(uint32_t set) {
    const Letter& letter = letters_[set];
    if (!letter.is_one) {
      add(Op::set, add_set(tree_.sets[set]));
      return;
    }
    emit_letter(letter.text, letter.mask);
  }
  void emit_letter(char text, char mask) {
    m_.text_ += text;
    m_.masks_ += mask;
    // Letters that follow each other are one step, unless something jumps between them.
    if (here() > no_join_ && m_.steps_.back().op == Op::bytes && m_.steps_.back().count < 1000) {
      ++m_.steps_.back().count;
      return;
    }
    const uint32_t step = add(Op::bytes, static_cast<uint32_t>(m_.text_.size() - 1));
    m_.steps_[step].count = 1;
  }

  // A place that something jumps to.
  uint32_t target() { return no_join_ = here(); }

  bool emit(uint32_t index) {
    if (m_.steps_.size() > kMaxSteps) return false;
    const PatternTree::Node& node = tree_.nodes[index];
    switch (node.kind) {
      case Kind::empty: return true;
      case Kind::bytes: emit_bytes(node.set); return true;
      case Kind::letters:
        for (const char c : tree_.letters(node)) emit_letter(c, node.any_case && is_letter(c) ? 0x20 : 0);
        return true;
      case Kind::sequence: return std::ranges::all_of(tree_.parts(node), [&](uint32_t part) { return emit(part); });
      case Kind::choice: return emit_choice(index);
      case Kind::repeat: return emit_repeat(index);
      case Kind::group: {
        add(Op::save, static_cast<uint32_t>(2 * node.capture));
        if (!emit(tree_.part(node))) return false;
        add(Op::save, static_cast<uint32_t>(2 * node.capture + 1));
        return true;
      }
      case Kind::text_begin: add(Op::text_begin); return true;
      case Kind::text_end: add(Op::text_end); return true;
      case Kind::word_boundary: add(Op::word_boundary); return true;
      case Kind::no_word_boundary: add(Op::no_word_boundary); return true;
    }
    return false;
  }

  bool emit_repeat(uint32_t index) {
    const PatternTree::Node& node = tree_.nodes[index];
    const uint32_t body = tree_.part(node);
    if (tree_.nodes[body].kind == Kind::bytes) {
      const uint32_t loop = static_cast<uint32_t>(m_.loops_.size());
      m_.loops_.push_back({add_set(tree_.sets[tree_.nodes[body].set]), static_cast<uint32_t>(node.min),
                           node.max < 0 ? std::numeric_limits<uint32_t>::max() : static_cast<uint32_t>(node.max)});
      add(node.greedy ? Op::loop : Op::lazy_loop, loop);
      return true;
    }
    for (int i = 0; i < node.min; ++i) {
      if (!emit(body)) return false;
    }
    std::vector<uint32_t> splits;
    for (int i = node.min; node.max < 0 ? i == node.min : i < node.max; ++i) {
      splits.push_back(add(Op::split));
      m_.steps_[splits.back()].lazy = !node.greedy;
      m_.steps_[splits.back()].first = add_set(shapes_[body].first);
      m_.steps_[splits.back()].a = target();
      if (!emit(body)) return false;
      if (node.max < 0) add(Op::jump, splits.back());
    }
    for (uint32_t split : splits) m_.steps_[split].b = target();
    if (node.max < 0 && !splits.empty()) no_join_ = here();
    return true;
  }

  bool emit_choice(uint32_t index) {
    const PatternTree::Node& node = tree_.nodes[index];
    const uint32_t step = add(Op::choice);
    std::vector<uint32_t> begins, jumps;
    for (uint32_t part : tree_.parts(node)) {
      begins.push_back(target());
      if (!emit(part)) return false;
      jumps.push_back(add(Op::jump));
    }
    const uint32_t end = target();
    for (uint32_t jump : jumps) m_.steps_[jump].a = end;
    begins_[step] = begins;
    const bool few = begins.size() <= kFew && std::all_of(begins.begin(), begins.end(), [&](uint32_t begin) { return m_.steps_[begin].op == Op::bytes; });
    if (few) {
      m_.steps_[step].op = Op::few;
      m_.steps_[step].a = static_cast<uint32_t>(m_.branches_.size());
      for (uint32_t begin : begins) m_.branches_.push_back(branch_at(begin));
      return end_list();
    }
    m_.steps_[step].a = static_cast<uint32_t>(m_.choices_.size());
    return add_lists(node, begins, m_.choices_.emplace_back());
  }

  bool end_list() {
    m_.branches_.push_back({kNoBranch, kAnyBytes, kAnyBytes});
    return m_.branches_.size() <= kMaxBranchLists;
  }

  TreeMatcher::Branch branch_at(uint32_t begin) const {
    TreeMatcher::Branch branch{begin, kAnyBytes, kAnyBytes};
    const TreeMatcher::Step& first = m_.steps_[begin];
    if (first.op != Op::bytes) return branch;
    const size_t count = std::min<size_t>(first.count, sizeof branch.text);
    std::memcpy(&branch.text, m_.text_.data() + first.a, count);
    std::memcpy(&branch.mask, m_.masks_.data() + first.a, count);
    return branch;
  }

  bool add_lists(const PatternTree::Node& node, const std::vector<uint32_t>& begins, TreeMatcher::Choice& choice) {
    // For each next byte, and for the end of the text, the branches as bits: bytes with the same ones share a list.
    const size_t words = (node.part_count + 63) / 64;
    std::vector<uint64_t> fitting(257 * words);
    const auto is_same = [&](size_t one, size_t other) { return std::equal(&fitting[one * words], &fitting[one * words] + words, &fitting[other * words]); };
    ByteSet any;  // bytes that a branch can begin with
    for (size_t i = 0; i < node.part_count; ++i) {
      const Shape& shape = shapes_[tree_.parts(node)[i]];
      const uint64_t bit = uint64_t{1} << (i % 64);
      if (shape.nullable()) {
        any.set();
        for (size_t next = 0; next <= 256; ++next) fitting[next * words + i / 64] |= bit;
        continue;
      }
      any |= shape.first;
      for (size_t next = shape.first._Find_first(); next < 256; next = shape.first._Find_next(next)) fitting[next * words + i / 64] |= bit;
    }
    std::vector<std::pair<size_t, uint16_t>> known;  // the first byte with a list, and the list
    choice.list.fill(static_cast<uint16_t>(m_.branches_.size()));  // of no branch
    if (!end_list()) return false;
    for (size_t next = any._Find_first();; next = any._Find_next(next)) {  // 256 behind the last
      const uint64_t* bits = fitting.data() + next * words;
      if (next < 256 && next >= 32 && any[next - 32] && is_same(next, next - 32)) {  // most are letters in both cases
        choice.list[next] = choice.list[next - 32];
        continue;
      }
      const auto same = std::find_if(known.begin(), known.end(), [&](const auto& k) { return is_same(next, k.first); });
      if (same != known.end()) {
        choice.list[next] = same->second;
      } else {
        choice.list[next] = static_cast<uint16_t>(m_.branches_.size());
        known.emplace_back(next, choice.list[next]);
        for (size_t i = 0; i < node.part_count; ++i) {
          if ((bits[i / 64] >> (i % 64) & 1) != 0) m_.branches_.push_back(branch_at(begins[i]));
        }
        if (!end_list()) return false;
      }
      if (next == 256) break;
    }
    return true;
  }

  const PatternTree& tree_;
  const PatternPrefix& prefix_;
  std::vector<Shape> shapes_;
  std::vector<Letter> letters_;  // of the tree's sets
  TreeMatcher m_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> begins_;  // of a choice's step: where its branches begin
  uint32_t no_join_ = 0;
};

std::optional<TreeMatcher> TreeMatcher::compile(const PatternTree& tree, const PatternPrefix& prefix, bool whole_words) {
  std::optional<TreeMatcher> matcher = TreeMatcherBuilder(tree, prefix).build();
  if (matcher) matcher->whole_words_ = whole_words;
  return matcher;
}

}  // namespace factmill
