#include "ruleset/pattern_set.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <mutex>

#include "base/hash.h"
#include "ruleset/re2_source.h"

namespace factmill {

struct PatternSet::Impl {
  static RE2::Options options() {
    RE2::Options o;
    o.set_encoding(RE2::Options::EncodingLatin1);
    o.set_case_sensitive(false);
    o.set_log_errors(false);
    o.set_max_mem(64 << 20);
    return o;
  }
  RE2::Set set{options(), RE2::ANCHOR_BOTH};
  std::vector<std::string> patterns;
  // For the day the set runs out of memory; made then.
  std::once_flag singles_once;
  std::vector<std::unique_ptr<RE2>> singles;
};

PatternSet::PatternSet() : impl_(std::make_unique<Impl>()) {}
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

Status PatternSet::add(std::string_view pattern) {
  std::string error;
  if (impl_->set.Add(re2_source(pattern), &error) < 0) return Error{error};
  impl_->patterns.emplace_back(pattern);
  ++size_;
  return {};
}

Status PatternSet::compile() {
  if (size_ > 0 && !impl_->set.Compile())
    return Error{"the patterns together need more memory than the matcher allows"};
  return {};
}

bool PatternSet::matches_whole(std::string_view text, std::vector<int>& matches) const {
  matches.clear();
  if (size_ == 0) return false;
  RE2::Set::ErrorInfo info{};
  if (impl_->set.Match(re2::StringPiece(text.data(), text.size()), &matches, &info)) {
    std::sort(matches.begin(), matches.end());
    return true;
  }
  if (info.kind == RE2::Set::kNoError) return false;
  std::call_once(impl_->singles_once, [&] {
    for (const std::string& pattern : impl_->patterns)
      impl_->singles.push_back(std::make_unique<RE2>(re2_source(pattern), Impl::options()));
  });
  for (int i = 0; i < size_; ++i) {
    if (RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *impl_->singles[i])) matches.push_back(i);
  }
  return !matches.empty();
}

const std::vector<int>& PatternSetMemo::matches_whole(const PatternSet& set, std::string_view text) {
  if (entries_.empty()) entries_.resize(kEntries);
  const auto of_set = reinterpret_cast<uintptr_t>(&set) / alignof(PatternSet);
  Entry& entry = entries_[(hash64(text) ^ of_set * 0x9E3779B97F4A7C15 >> 40) % kEntries];
  if (entry.set == &set && entry.text == text) return entry.matches;
  entry.set = &set;
  entry.text = text;
  set.matches_whole(text, entry.matches);
  return entry.matches;
}

}  // namespace factmill
