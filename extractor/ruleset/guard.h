// Does every match of a pattern hold some literal or mention? A pattern without one would run on every sentence.
// Decided by RE2's own prefilter, so that the answer is sound.
#pragma once
#include "ruleset/pattern.h"

namespace factmill {

bool is_guarded(const Pattern& pattern);

}  // namespace factmill
