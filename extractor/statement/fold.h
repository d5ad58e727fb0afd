// What becomes of one match of a reduction: whether it holds, and the mention that it is folded into.
#pragma once
#include <span>
#include <string_view>

#include "statement/sentence.h"

namespace factmill {

inline constexpr size_t kMaxGroups = 24;  // of a pattern over tagged text

// The node that a group holds; kNoNode where it holds none.
int32_t node_of_group(const TaggedSentence& sentence, std::span<const Span> groups, int group);
// As far as the tagged text alone tells: what is kept, contexts. The same for every sentence with this text.
bool text_holds(std::string_view tagged, const Reduction& rule, std::span<const Span> groups);
// Are the mentions of the match, and those of contexts that ask for some, what the rule wants?
bool mentions_hold(const TaggedSentence& sentence, const Reduction& rule, std::span<const Span> groups, const NodeTest& test);
// Folds the match; gives the node that it is now.
int32_t fold_match(TaggedSentence& sentence, std::string_view text, const Reduction& rule, std::span<const Span> groups, const NodeTest& test);

}  // namespace factmill
