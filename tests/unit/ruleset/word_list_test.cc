#include "ruleset/word_list.h"

#include <doctest/doctest.h>

namespace factmill {

TEST_CASE("word list: a word of its own, whatever its case, and nothing that goes on") {
  const WordList words({"its", "The Company"});
  CHECK(words.stands_in("its share"));
  CHECK(words.stands_in("and lifted ITS"));
  CHECK(words.stands_in("5its"));  // a figure is no word
  CHECK(words.stands_in("said the company's head"));
  CHECK_FALSE(words.stands_in("itself"));
  CHECK_FALSE(words.stands_in("hits"));
  CHECK_FALSE(words.stands_in("the compan"));
  CHECK_FALSE(words.stands_in(""));
  CHECK_FALSE(WordList().stands_in("its"));
  CHECK(words.all().size() == 2);
}

}  // namespace factmill
