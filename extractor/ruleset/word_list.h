// A few words that are looked for in many short texts: pronouns, possessives.
//
//   WordList words({"its", "their"});
//   words.stands_in("lifted ⟨its⟩ share")     // as a word of its own, whatever its case
#pragma once
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

class WordList {
 public:
  WordList() = default;
  explicit WordList(std::vector<std::string> words);
  const std::vector<std::string>& all() const { return words_; }
  bool stands_in(std::string_view text) const;

 private:
  std::vector<std::string> words_;
  std::bitset<256> begins_;  // bytes that one begins with, in both cases
};

}  // namespace factmill
