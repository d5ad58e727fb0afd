#include "ruleset/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <mutex>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "ruleset/pattern_prefix.h"
#include "ruleset/pattern_tree.h"
#include "ruleset/re2_source.h"
#include "ruleset/tree_matcher.h"

namespace factmill {
namespace {

constexpr size_t kGroupsOnStack = 16;
constexpr size_t kMostBackwards = 1000;  // bytes of a text that is read from its end
constexpr size_t kSurelyCompiles = 10'000;  // bytes of a pattern that are far below RE2's budget
static_assert(Pattern::kPrefix == PatternPrefix::kMost);

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options re2_options(const Pattern::Options& options) {
  RE2::Options result;
  result.set_encoding(options.bytes ? RE2::Options::EncodingLatin1 : RE2::Options::EncodingUTF8);
  result.set_case_sensitive(!options.ignore_case);
  result.set_max_mem(options.max_memory);
  result.set_log_errors(false);  // errors are returned; a library does not write to stderr
  return result;
}

// Behind a match, as group 1, no word goes on. What comes next is looked at by reading it, as RE2 has no lookahead.
std::string ending_words(const std::string& source) { return "(" + source + ")(?:$|[^0-9A-Za-z]|\\b)"; }

bool begins_within_word(std::string_view text, size_t at) {
  return at > 0 && at < text.size() && is_alnum(text[at - 1]) && is_alnum(text[at]);
}

Span span_of(re2::StringPiece group, std::string_view text) {
  if (group.data() == nullptr) return kNoMatch;
  const auto begin = static_cast<uint32_t>(group.data() - text.data());
  return {begin, begin + static_cast<uint32_t>(group.size())};
}

}  // namespace

struct Pattern::Impl {
  Impl(std::string_view source, const Options& how) : pattern(source), options(how) {}

  std::string re2_pattern() const { return options.bytes ? re2_source(pattern) : pattern; }

  const RE2& re() const {
    std::call_once(once, [&] { made = std::make_unique<RE2>(re2_pattern(), re2_options(options)); });
    return *made;
  }

  // What is searched for; its groups are those of the pattern from this one on.
  size_t first_group() const { return options.whole_words ? 1 : 0; }
  const RE2& searched() const {
    if (!options.whole_words) return re();
    std::call_once(words_once, [&] { ends_words = std::make_unique<RE2>(ending_words(re2_pattern()), re2_options(options)); });
    return *ends_words;
  }

  // Null: RE2 does the work. Made when first asked for, as most patterns of a pack are not by most texts.
  const TreeMatcher* quick() const {
    if (!may_be_quick) return nullptr;
    if (const TreeMatcher* found = ready.load(std::memory_order_acquire)) return found;
    std::call_once(matcher_once, [&] {
      if (const std::optional<PatternTree> tree = PatternTree::parse(pattern)) matcher = TreeMatcher::compile(*tree, prefix, options.whole_words);
      if (matcher) ready.store(&*matcher, std::memory_order_release);
    });
    return matcher ? &*matcher : nullptr;
  }

  // Of a pattern that ends where the text does: could a match have the text's last bytes?
  bool may_end(std::string_view text) const {
    if (text.size() < suffix.depth) return false;
    for (size_t k = 0; k < suffix.depth; ++k) {
      if ((suffix.bytes[static_cast<uint8_t>(text[text.size() - 1 - k])] >> k & 1) == 0) return false;
    }
    return true;
  }

  // Is there a match of a pattern that ends where the text does? It is read from there, for one try instead of one a place.
  TreeMatcher::Outcome find_backwards(std::string_view text) const {
    std::call_once(backward_once, [&] {
      const PatternTree tree = reversed(*PatternTree::parse(pattern));
      backward = TreeMatcher::compile(tree, prefix_of(tree));
    });
    if (!backward) return TreeMatcher::Outcome::gave_up;
    // One byte more than a match has says whether the text begins there.
    const size_t size = std::min(text.size(), std::min(backward->max_length(), kMostBackwards) + 1);
    if (size > kMostBackwards) return TreeMatcher::Outcome::gave_up;
    std::array<char, kMostBackwards> turned;
    std::reverse_copy(text.end() - static_cast<ptrdiff_t>(size), text.end(), turned.begin());
    return backward->find({turned.data(), size}, 0, false, {});
  }

  std::string pattern;
  Options options;
  std::vector<std::string> names;
  bool may_be_quick = false;
  PatternPrefix prefix;  // of those that may be quick
  bool ends_text = false;  // of those that may be quick: matches end where the text does
  PatternPrefix suffix;    // of these, from the last byte on
  mutable std::once_flag matcher_once, backward_once, once, words_once;
  mutable std::optional<TreeMatcher> backward;
  mutable std::optional<TreeMatcher> matcher;
  mutable std::atomic<const TreeMatcher*> ready{nullptr};
  mutable std::unique_ptr<RE2> made, ends_words;
};

namespace {

// Bytes of a pattern with its repetitions written out, up to a bound.
size_t size_of(const PatternTree& tree, uint32_t index) {
  const PatternTree::Node& node = tree.nodes[index];
  size_t size = node.kind == PatternTree::Kind::letters ? node.end - node.begin : 1;
  for (uint32_t part : tree.parts(node)) size = std::min(size + size_of(tree, part), kSurelyCompiles + 1);
  if (node.kind == PatternTree::Kind::repeat) size *= static_cast<size_t>(std::max({node.min, node.max, 1}));
  return std::min(size, kSurelyCompiles + 1);
}

// Without counts no part stands for more than it is written with: at most three nodes a byte.
bool is_small(const PatternTree& tree, size_t bytes) {
  const auto is_counted = [](const PatternTree::Node& node) { return node.kind == PatternTree::Kind::repeat && std::max(node.min, node.max) > 1; };
  if (bytes <= kSurelyCompiles / 3 && std::none_of(tree.nodes.begin(), tree.nodes.end(), is_counted)) return true;
  return size_of(tree, tree.root) <= kSurelyCompiles;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Of characters a tree knows only bytes: not whether they are damaged, nor which of two is the greater. False where that might matter.
bool has_whole_characters(std::string_view pattern) {
  for (size_t at = 0; at < pattern.size();) {
    const size_t size = utf8_sequence_size(pattern.substr(at));
    if (size == 0) return false;
    const bool may_be_range = pattern[at] == '-' && ((at > 0 && !is_ascii(pattern[at - 1])) || (at + 1 < pattern.size() && !is_ascii(pattern[at + 1])));
    if (may_be_range) return false;
    at += size;
  }
  return true;
}

bool ends_text(const PatternTree& tree) {
  const PatternTree::Node& root = tree.nodes[tree.root];
  return root.kind == PatternTree::Kind::sequence && tree.nodes[tree.parts(root).back()].kind == PatternTree::Kind::text_end;
}

}  // namespace

Result<Pattern> Pattern::compile(std::string_view pattern, Options options, std::optional<PatternTree>* tree_out) {
  auto impl = std::make_shared<Impl>(pattern, options);
  Pattern result;
  bool is_sound = false;  // nothing is wrong with it, whoever will match it
  if (options.quick && (options.bytes || has_whole_characters(pattern))) {
    std::optional<PatternTree> tree = PatternTree::parse(pattern);
    impl->may_be_quick = tree && options.bytes && options.ignore_case;
    if (impl->may_be_quick) impl->prefix = prefix_of(*tree);
    impl->ends_text = impl->may_be_quick && ends_text(*tree) && !options.whole_words;
    if (impl->ends_text) impl->suffix = suffix_of(*tree);
    // One that is large may be too large for RE2, and must be known to have a matcher.
    is_sound = tree && (is_small(*tree, pattern.size()) || impl->quick());
    if (is_sound) impl->names = std::move(tree->names);
    if (tree_out) *tree_out = std::move(tree);
  }
  if (!is_sound) {
    if (!impl->re().ok()) return Error{impl->re().error()};
    impl->names.resize(static_cast<size_t>(impl->re().NumberOfCapturingGroups()) + 1);
    for (const auto& [index, name] : impl->re().CapturingGroupNames()) {
      // RE2 lets it pass and knows the first only: the second slot would stay empty without a word.
      if (impl->re().NamedCapturingGroups().at(name) != index) return Error{"duplicate group name: " + name};
      impl->names[static_cast<size_t>(index)] = name;
    }
  }
  result.impl_ = std::move(impl);
  return result;
}

const std::string& Pattern::source() const {
  assert(impl_);
  return impl_->pattern;
}

bool Pattern::find(std::string_view text, size_t from, std::span<Span> groups) const { return search(text, from, false, groups); }

bool Pattern::find_at_word(std::string_view text, size_t from, std::span<Span> groups) const {
  return search(text, from, true, groups);
}

bool Pattern::find_among(std::string_view text, std::span<const uint32_t> places, std::span<Span> groups, bool at_word) const {
  assert(impl_);
  if (places.empty()) return false;
  const TreeMatcher* matcher = impl_->quick();
  if (!matcher) return search(text, places.front(), at_word, groups);
  const size_t count = std::min(groups.size(), impl_->names.size());
  const TreeMatcher::Outcome outcome = matcher->find_among(text, places, groups.first(count));
  if (outcome == TreeMatcher::Outcome::none) return false;
  if (outcome == TreeMatcher::Outcome::gave_up) return search(text, places.front(), at_word, groups);
  std::fill(groups.begin() + static_cast<ptrdiff_t>(count), groups.end(), kNoMatch);
  return true;
}

bool Pattern::search(std::string_view text, size_t from, bool at_words, std::span<Span> groups) const {
  assert(impl_);
  if (from > text.size() || (impl_->ends_text && !impl_->may_end(text))) return false;
  const size_t count = std::min(groups.size(), impl_->names.size());
  if (const TreeMatcher* matcher = impl_->quick()) {
    const TreeMatcher::Outcome outcome = matcher->find(text, from, at_words, groups.first(count));
    if (outcome == TreeMatcher::Outcome::none) return false;
    if (outcome == TreeMatcher::Outcome::match) {
      std::fill(groups.begin() + static_cast<ptrdiff_t>(count), groups.end(), kNoMatch);
      return true;
    }
  }
  if (text.data() == nullptr) text = "";  // RE2 marks a group without a match by a null pointer
  std::array<re2::StringPiece, kGroupsOnStack> on_stack;
  std::vector<re2::StringPiece> on_heap;
  const size_t first = impl_->first_group();
  const size_t asked = first + (at_words ? std::max<size_t>(count, 1) : count);
  if (asked > kGroupsOnStack) on_heap.resize(asked);
  re2::StringPiece* found = asked > kGroupsOnStack ? on_heap.data() : on_stack.data();
  while (true) {
    if (!impl_->searched().Match(piece(text), from, text.size(), RE2::UNANCHORED, found, static_cast<int>(asked))) return false;
    if (!at_words || !begins_within_word(text, static_cast<size_t>(found[0].data() - text.data()))) break;
    from = static_cast<size_t>(found[0].data() - text.data()) + 1;
  }
  for (size_t i = 0; i < groups.size(); ++i) groups[i] = i < count ? span_of(found[first + i], text) : kNoMatch;
  return true;
}

bool Pattern::matches_whole(std::string_view text) const {
  assert(impl_);
  if (const TreeMatcher* matcher = impl_->quick()) {
    const TreeMatcher::Outcome outcome = matcher->matches_whole(text);
    if (outcome != TreeMatcher::Outcome::gave_up) return outcome == TreeMatcher::Outcome::match;
  }
  return impl_->re().Match(piece(text), 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Pattern::matches_part(std::string_view text) const {
  assert(impl_);
  if (impl_->ends_text) {
    if (!impl_->may_end(text)) return false;
    const TreeMatcher::Outcome outcome = impl_->find_backwards(text);
    if (outcome != TreeMatcher::Outcome::gave_up) return outcome == TreeMatcher::Outcome::match;
  }
  return search(text, 0, false, {});
}

bool Pattern::is_quick() const {
  assert(impl_);
  return impl_->quick() != nullptr;
}

size_t Pattern::prefix(std::array<uint8_t, 256>& bytes) const {
  assert(impl_);
  bytes = impl_->prefix.bytes;
  return impl_->prefix.depth;
}

int Pattern::group_count() const {
  assert(impl_);
  return static_cast<int>(impl_->names.size()) - 1;
}

int Pattern::group(std::string_view name) const {
  assert(impl_);
  const auto found = std::find(impl_->names.begin() + 1, impl_->names.end(), name);
  return name.empty() || found == impl_->names.end() ? 0 : static_cast<int>(found - impl_->names.begin());
}

const std::vector<std::string>& Pattern::group_names() const {
  assert(impl_);
  return impl_->names;
}

}  // namespace factmill
