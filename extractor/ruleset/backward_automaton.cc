#include "ruleset/backward_automaton.h"

#include <algorithm>
#include <bitset>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/hash.h"

namespace factmill {
namespace {

constexpr size_t kMaxNodes = 40'000;       // of one pattern, repetitions written out
constexpr size_t kEnoughStates = 30'000;   // then a new automaton is begun with the next text
constexpr size_t kMaxStates = 40'000;      // behind it nothing is told apart: every pattern may begin everywhere
constexpr size_t kMaxColumns = 258;

constexpr int kEnoughBits = 10;            // so rare that a try at each such place costs less than to know more

constexpr uint32_t kLost = 1;  // the state from which all is possible

using Columns = std::bitset<kMaxColumns>;
using Places = std::vector<uint32_t>;  // nodes of the net, ascending, each once

bool is_word(unsigned c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void sort_unique(Places& places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

// How rare one of these bytes is in tagged text, in bits.
int rarity(const ByteSet& set) {
  double share = 0;  // of a thousand bytes
  for (size_t byte = set._Find_first(); byte < set.size(); byte = set._Find_next(byte)) {
    share += byte == ' ' ? 160 : byte >= 'a' && byte <= 'z' ? 25 : byte == ',' || byte == '.' ? 10 : byte >= 0x80 ? 2 : 1;
  }
  return share >= 1000 ? 0 : static_cast<int>(std::log2(1000 / std::max(share, 1.0)));
}

constexpr uint32_t kBeginOfText = 0, kEndOfText = 1, kFirstSet = 2;  // sets: those that are no bytes, then the others

struct SetOrder {
  bool operator()(const ByteSet& a, const ByteSet& b) const {
    const ByteSet differs = a ^ b;
    const size_t first = differs._Find_first();
    return first < differs.size() && a[first];
  }
};

}  // namespace

// All patterns as one net, read from their ends.
struct BackwardAutomaton::Net {
  enum class Kind : uint8_t { bytes, fork, match };
  struct Node {
    Kind kind = Kind::match;
    uint32_t a = 0;  // bytes: index of the set; fork: first of its ways; match: number of the pattern
    uint32_t b = 0;  // bytes: where it goes on; fork: how many ways
  };
  // What a fork leads to through other forks.
  struct Fork {
    Places bytes;
    std::vector<uint32_t> matches;
    mutable std::unordered_map<uint32_t, Places> moves;  // by column
  };
  class Builder;

  bool add(uint32_t number, const PatternTree& pattern, const PatternTree* behind, bool word_end);
  void finish();
  std::shared_ptr<States> current() const;
  Step make(States& states, Step behind, uint32_t column) const;

  uint32_t add_bytes(uint32_t set, uint32_t next) {
    nodes.push_back({Kind::bytes, set, next});
    return static_cast<uint32_t>(nodes.size() - 1);
  }
  uint32_t add_fork(const std::vector<uint32_t>& to) {
    nodes.push_back({Kind::fork, static_cast<uint32_t>(ways.size()), static_cast<uint32_t>(to.size())});
    ways.insert(ways.end(), to.begin(), to.end());
    return static_cast<uint32_t>(nodes.size() - 1);
  }

  std::vector<Node> nodes;
  std::vector<uint32_t> ways;
  std::map<ByteSet, uint32_t, SetOrder> sets_known;  // while building
  std::vector<uint32_t> numbers;              // of the patterns
  std::vector<uint32_t> any_ends, word_ends;  // where to begin: matches that may end anywhere, and only where a word does
  uint32_t any_end = 0, word_end = 0;         // forks of these

  std::array<uint8_t, 256> column_of{};
  uint32_t columns = 0;  // with the last two, begin and end of the text
  uint32_t begin_column = 0, end_column = 0;
  std::vector<Columns> columns_of_set;
  std::vector<bool> is_word_column;

 private:
  const Fork& fork(uint32_t node) const;
  void move(uint32_t node, uint32_t column, Places& out) const;
  Step intern(States& states, Places places, bool is_word) const;

  mutable std::unordered_map<uint32_t, Fork> forks;
  mutable std::vector<bool> seen;

 public:
  mutable std::mutex making;  // guards what is made while the automaton is used
  mutable std::shared_ptr<States> states;
};

struct BackwardAutomaton::States {
  struct State {
    Places places;
    std::vector<uint32_t> matches;
    bool is_word = false;  // the byte behind, which was read last
  };
  explicit States(size_t columns)
      : steps(static_cast<std::atomic<Step>*>(std::calloc(kMaxStates * columns, sizeof(std::atomic<Step>))), &std::free) {
    all.reserve(kMaxStates);  // they stay where they are
  }
  // What has not been touched takes no memory. All bits zero: not known.
  std::unique_ptr<std::atomic<Step>[], void (*)(void*)> steps;
  std::vector<State> all;
  std::unordered_multimap<uint64_t, uint32_t> by_hash;
  std::atomic<bool> is_full{false};
  Step start = 0;
};

// From a pattern's tree to its part of the net: what is made last is read first. A loop behind bytes that are rare enough is not
// taken in, nor anything behind it: loops of many patterns at once are what makes states without end.
class BackwardAutomaton::Net::Builder {
 public:
  // What has been read when this place is reached from the right has to go on here; `bits`: how rare what stands left of it is.
  struct End {
    uint32_t node = 0;
    int bits = 0;
  };

  Builder(Net& net, const PatternTree& tree, bool asks_for_begin) : net_(net), tree_(tree), asks_for_begin_(asks_for_begin) {}

  // Where to begin to read this part, if all of it is to be read, and then go on with `next`. Nothing: all its ways end within.
  std::optional<End> emit(uint32_t index, End next) {
    is_too_large_ |= ++emitted_ > kMaxNodes;
    if (is_too_large_) return std::nullopt;
    const PatternTree::Node& node = tree_.nodes[index];
    switch (node.kind) {
      case PatternTree::Kind::bytes: return End{net_.add_bytes(set_of(tree_.sets[node.set]), next.node), next.bits + rarity(tree_.sets[node.set])};
      case PatternTree::Kind::letters: {
        End at = next;
        for (const char c : tree_.letters(node)) {
          const ByteSet& set = PatternTree::set_of(c, node.any_case);
          at = {net_.add_bytes(set_of(set), at.node), at.bits + rarity(set)};
        }
        return at;
      }
      case PatternTree::Kind::sequence: {
        std::optional<End> at = next;
        for (size_t i = 0; i < node.part_count && at; ++i) at = emit(tree_.parts(node)[i], *at);
        return at;
      }
      case PatternTree::Kind::choice: return emit_choice(node, next);
      case PatternTree::Kind::repeat: return emit_repeat(node, next);
      case PatternTree::Kind::group: return emit(tree_.part(node), next);
      case PatternTree::Kind::text_begin:
        if (!asks_for_begin_) return next;  // of what stands behind: it begins where the first ends
        return End{net_.add_bytes(kBeginOfText, next.node), next.bits};
      case PatternTree::Kind::text_end: return End{net_.add_bytes(kEndOfText, next.node), next.bits};
      default: return next;
    }
  }
  bool is_too_large() const { return is_too_large_; }

 private:
  // Nothing behind this is asked for.
  std::nullopt_t end_at(End at) {
    net_.any_ends.push_back(at.node);
    return std::nullopt;
  }

  std::optional<End> emit_choice(const PatternTree::Node& node, End next) {
    std::vector<uint32_t> ways;
    int bits = INT_MAX;
    for (uint32_t part : tree_.parts(node)) {
      const std::optional<End> way = emit(part, next);
      if (!way) continue;
      ways.push_back(way->node);
      bits = std::min(bits, way->bits);
    }
    if (ways.empty()) return std::nullopt;
    return End{net_.add_fork(ways), bits};
  }

  std::optional<End> emit_repeat(const PatternTree::Node& node, End next) {
    // Counting would make a state of each number.
    const bool bytes = tree_.nodes[tree_.part(node)].kind == PatternTree::Kind::bytes;
    const bool counts = node.max <= 1 || (bytes && node.max == node.min && node.max <= 4);
    if (node.max < 0 || !counts) {
      if (next.bits >= kEnoughBits) return end_at(next);
      const uint32_t fork = net_.add_fork({next.node, next.node});
      const std::optional<End> body = emit(tree_.part(node), {fork, next.bits});
      if (body) net_.ways[net_.nodes[fork].a] = body->node;
      return node.min == 0 ? End{fork, next.bits} : body;
    }
    End at = next;
    for (int i = node.min; i < node.max; ++i) {
      if (const std::optional<End> body = emit(tree_.part(node), at)) at = {net_.add_fork({body->node, next.node}), next.bits};
    }
    for (int i = 0; i < node.min; ++i) {
      const std::optional<End> body = emit(tree_.part(node), at);
      if (!body) return std::nullopt;
      at = *body;
    }
    return at;
  }

  uint32_t set_of(const ByteSet& set) { return net_.sets_known.try_emplace(set, static_cast<uint32_t>(net_.sets_known.size()) + kFirstSet).first->second; }

  Net& net_;
  const PatternTree& tree_;
  bool asks_for_begin_;
  bool is_too_large_ = false;
  size_t emitted_ = 0;
};

bool BackwardAutomaton::Net::add(uint32_t number, const PatternTree& pattern, const PatternTree* behind, bool word_end) {
  const size_t nodes_before = nodes.size(), ways_before = ways.size(), ends_before = any_ends.size();
  nodes.push_back({Kind::match, number, 0});
  Builder own(*this, pattern, true);
  std::optional<Builder::End> begin = own.emit(pattern.root, {static_cast<uint32_t>(nodes_before), 0});
  bool is_too_large = own.is_too_large();
  if (begin && behind) {
    Builder context(*this, *behind, false);
    begin = context.emit(behind->root, *begin);
    is_too_large |= context.is_too_large();
  }
  if (is_too_large) {
    nodes.resize(nodes_before);
    ways.resize(ways_before);
    any_ends.resize(ends_before);
    return false;
  }
  if (begin) (word_end ? word_ends : any_ends).push_back(begin->node);
  numbers.push_back(number);
  return true;
}

void BackwardAutomaton::Net::finish() {
  any_end = add_fork(any_ends);
  word_end = add_fork(word_ends);
  // Bytes that no set tells apart are of one column.
  std::map<std::vector<bool>, uint8_t> kinds;
  std::vector<unsigned> sample;
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::vector<bool> kind{is_word(byte)};
    for (const auto& [set, index] : sets_known) kind.push_back(set[byte]);
    const auto [known, fresh] = kinds.try_emplace(std::move(kind), static_cast<uint8_t>(sample.size()));
    if (fresh) sample.push_back(byte);
    column_of[byte] = known->second;
  }
  begin_column = static_cast<uint32_t>(sample.size());
  end_column = begin_column + 1;
  columns = begin_column + 2;
  columns_of_set.resize(sets_known.size() + kFirstSet);
  columns_of_set[kBeginOfText].set(begin_column);
  columns_of_set[kEndOfText].set(end_column);
  for (const auto& [set, index] : sets_known) {
    for (uint32_t column = 0; column < begin_column; ++column) columns_of_set[index].set(column, set[sample[column]]);
  }
  is_word_column.assign(columns, false);
  for (uint32_t column = 0; column < begin_column; ++column) is_word_column[column] = is_word(sample[column]);
  sets_known.clear();
}

// With `making` held, as all below.
const BackwardAutomaton::Net::Fork& BackwardAutomaton::Net::fork(uint32_t node) const {
  const auto [known, fresh] = forks.try_emplace(node);
  Fork& fork = known->second;
  if (!fresh) return fork;
  std::vector<uint32_t> open{node};
  seen.resize(nodes.size());
  for (size_t i = 0; i < open.size(); ++i) {
    const Node& at = nodes[open[i]];
    if (at.kind == Kind::bytes) fork.bytes.push_back(open[i]);
    if (at.kind == Kind::match) fork.matches.push_back(at.a);
    for (uint32_t k = 0; at.kind == Kind::fork && k < at.b; ++k) {
      const uint32_t way = ways[at.a + k];
      if (seen[way]) continue;
      seen[way] = true;
      open.push_back(way);
    }
  }
  for (uint32_t way : open) seen[way] = false;
  return fork;
}

// Where reading the column leads from this place.
void BackwardAutomaton::Net::move(uint32_t node, uint32_t column, Places& out) const {
  const Node& at = nodes[node];
  if (at.kind == Kind::bytes) {
    if (columns_of_set[at.a][column]) out.push_back(at.b);
  } else if (at.kind == Kind::fork) {
    const Fork& through = fork(node);
    const auto [known, fresh] = through.moves.try_emplace(column);
    if (fresh) {
      for (uint32_t place : through.bytes) move(place, column, known->second);
      sort_unique(known->second);
    }
    out.insert(out.end(), known->second.begin(), known->second.end());
  }
}

BackwardAutomaton::Step BackwardAutomaton::Net::intern(States& states, Places places, bool is_word) const {
  sort_unique(places);
  const uint64_t hash = hash64({reinterpret_cast<const char*>(places.data()), places.size() * sizeof(uint32_t)}) + (is_word ? 1 : 0);
  const auto [first, last] = states.by_hash.equal_range(hash);
  uint32_t index = 0;
  for (auto known = first; known != last && index == 0; ++known) {
    const States::State& state = states.all[known->second];
    if (state.places == places && state.is_word == is_word) index = known->second;
  }
  if (index == 0) {
    if (states.all.size() == kMaxStates) return kLost * columns | kMatches;
    index = static_cast<uint32_t>(states.all.size());
    States::State& state = states.all.emplace_back();
    for (uint32_t place : places) {
      if (nodes[place].kind == Kind::match) state.matches.push_back(nodes[place].a);
      if (nodes[place].kind != Kind::fork) continue;
      const Fork& through = fork(place);
      state.matches.insert(state.matches.end(), through.matches.begin(), through.matches.end());
    }
    sort_unique(state.matches);
    state.places = std::move(places);
    state.is_word = is_word;
    states.by_hash.emplace(hash, index);
    if (states.all.size() >= kEnoughStates) states.is_full = true;
  }
  return index * columns | (states.all[index].matches.empty() ? 0 : kMatches);
}

BackwardAutomaton::Step BackwardAutomaton::Net::make(States& states, Step behind, uint32_t column) const {
  const std::lock_guard lock(making);
  const uint32_t row = behind & ~kMatches;
  if (const Step known = states.steps[row + column].load(std::memory_order_relaxed); known != 0) return known;
  const States::State& from = states.all[row / columns];
  Places places;
  for (uint32_t place : from.places) move(place, column, places);
  const bool word = is_word_column[column];
  if (column != begin_column) {
    move(any_end, column, places);
    if (!(word && from.is_word)) move(word_end, column, places);
  }
  const Step made = intern(states, std::move(places), word);
  states.steps[row + column].store(made, std::memory_order_release);
  return made;
}

std::shared_ptr<BackwardAutomaton::States> BackwardAutomaton::Net::current() const {
  const std::lock_guard lock(making);
  if (!states || states->is_full) {
    states = std::make_shared<States>(columns);
    states->all.emplace_back();  // a step to it would be one that is not known
    states->all.emplace_back().matches = numbers;
    for (uint32_t column = 0; column < columns; ++column) states->steps[kLost * columns + column] = kLost * columns | kMatches;
    states->start = intern(*states, {}, false);
  }
  return states;
}

BackwardAutomaton::BackwardAutomaton() : net_(std::make_unique<Net>()) {}
BackwardAutomaton::BackwardAutomaton(BackwardAutomaton&&) noexcept = default;
BackwardAutomaton& BackwardAutomaton::operator=(BackwardAutomaton&&) noexcept = default;
BackwardAutomaton::~BackwardAutomaton() = default;

bool BackwardAutomaton::add(uint32_t number, const PatternTree& pattern, const PatternTree* behind, bool word_end) {
  return net_->add(number, pattern, behind, word_end);
}

void BackwardAutomaton::finish() { net_->finish(); }

size_t BackwardAutomaton::states() const {
  const std::lock_guard lock(net_->making);
  return net_->states ? net_->states->all.size() : 0;
}

void BackwardAutomaton::Reader::begin(const BackwardAutomaton& automaton) {
  if (net_ == automaton.net_.get() && !states_->is_full.load(std::memory_order_relaxed)) return;
  net_ = automaton.net_.get();
  states_ = net_->current();
  steps_ = states_->steps.get();
  columns_ = net_->column_of.data();
  begin_column_ = net_->begin_column;
  end_ = next(states_->start, net_->end_column);
}

BackwardAutomaton::Step BackwardAutomaton::Reader::make(Step behind, uint32_t column) { return net_->make(*states_, behind, column); }

std::span<const uint32_t> BackwardAutomaton::Reader::matches(Step step) const {
  return states_->all[(step & ~kMatches) / net_->columns].matches;
}

}  // namespace factmill
