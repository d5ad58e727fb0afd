// In which language a text is written, as far as it shows.
//
//   std::string code = language_of(document.text, rules.languages);     // "en", "de", "zh"; "" where it is not clear
//
// A look at the first few hundred words, mostly at the first sixty. Short texts, tables and lists are not clear: who
// leaves out texts in other languages loses none of those.
#pragma once
#include <string>
#include <string_view>

#include "ruleset/languages.h"

namespace factmill {

std::string language_of(std::string_view text, const LanguageTable& table);

}  // namespace factmill
