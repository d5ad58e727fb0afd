#include "ruleset/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace factmill {
namespace {

constexpr size_t kGroupsOnStack = 16;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options re2_options(const Pattern::Options& options) {
  RE2::Options result;
  result.set_encoding(options.bytes ? RE2::Options::EncodingLatin1 : RE2::Options::EncodingUTF8);
  result.set_case_sensitive(!options.ignore_case);
  result.set_max_mem(options.max_memory);
  result.set_log_errors(false);  // errors are returned; a library does not write to stderr
  return result;
}

Span span_of(re2::StringPiece group, std::string_view text) {
  if (group.data() == nullptr) return kNoMatch;
  const auto begin = static_cast<uint32_t>(group.data() - text.data());
  return {begin, begin + static_cast<uint32_t>(group.size())};
}

}  // namespace

struct Pattern::Impl {
  Impl(std::string_view pattern, const Options& options) : re(piece(pattern), re2_options(options)) {}

  RE2 re;
  std::vector<std::string> names;
};

Result<Pattern> Pattern::compile(std::string_view pattern, Options options) {
  auto impl = std::make_shared<Impl>(pattern, options);
  if (!impl->re.ok()) return Error{impl->re.error()};
  impl->names.resize(static_cast<size_t>(impl->re.NumberOfCapturingGroups()) + 1);
  for (const auto& [index, name] : impl->re.CapturingGroupNames()) {
    // RE2 lets it pass and knows the first only: the second slot would stay empty without a word.
    if (impl->re.NamedCapturingGroups().at(name) != index) return Error{"duplicate group name: " + name};
    impl->names[static_cast<size_t>(index)] = name;
  }
  Pattern result;
  result.impl_ = std::move(impl);
  return result;
}

const std::string& Pattern::source() const {
  assert(impl_);
  return impl_->re.pattern();
}

bool Pattern::find(std::string_view text, size_t from, std::span<Span> groups) const {
  assert(impl_);
  if (from > text.size()) return false;
  if (text.data() == nullptr) text = "";  // RE2 marks a group without a match by a null pointer
  std::array<re2::StringPiece, kGroupsOnStack> on_stack;
  std::vector<re2::StringPiece> on_heap;
  const size_t count = std::min(groups.size(), impl_->names.size());
  if (count > kGroupsOnStack) on_heap.resize(count);
  re2::StringPiece* found = count > kGroupsOnStack ? on_heap.data() : on_stack.data();
  if (!impl_->re.Match(piece(text), from, text.size(), RE2::UNANCHORED, found, static_cast<int>(count))) return false;
  for (size_t i = 0; i < groups.size(); ++i) groups[i] = i < count ? span_of(found[i], text) : kNoMatch;
  return true;
}

bool Pattern::matches_whole(std::string_view text) const {
  assert(impl_);
  return impl_->re.Match(piece(text), 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Pattern::matches_part(std::string_view text) const {
  assert(impl_);
  return impl_->re.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
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
