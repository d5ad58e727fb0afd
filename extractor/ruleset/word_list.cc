#include "ruleset/word_list.h"

#include <algorithm>

#include "base/ascii.h"

namespace factmill {

WordList::WordList(std::vector<std::string> words) : words_(std::move(words)) {
  for (const std::string& word : words_) {
    if (word.empty()) continue;
    for (int byte = 0; byte < 256; ++byte) {
      if (lower(static_cast<char>(byte)) == lower(word.front())) begins_.set(static_cast<size_t>(byte));
    }
  }
}

bool WordList::stands_in(std::string_view text) const {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  for (size_t at = 0; at < text.size(); ++at) {
    if (!begins_[static_cast<uint8_t>(text[at])] || (at > 0 && is_letter(text[at - 1]))) continue;
    const std::string_view rest = text.substr(at);
    const bool begins = std::ranges::any_of(words_, [&](const std::string& word) {
      if (word.empty() || word.size() > rest.size() || (word.size() < rest.size() && is_letter(rest[word.size()]))) return false;
      return std::equal(word.begin(), word.end(), rest.begin(), same);
    });
    if (begins) return true;
  }
  return false;
}

}  // namespace factmill
