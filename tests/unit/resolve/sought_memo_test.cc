#include "resolve/sought_memo.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace factmill {
namespace {

std::vector<Span> matches(const SoughtMemo& memo, int number) {
  std::vector<Span> found;
  memo.for_each(number, [&](Span match) { found.push_back(match); });
  return found;
}

}  // namespace

TEST_CASE("sought memo: of a text met before it knows what was asked, and nothing of another one") {
  SoughtMemo memo;
  memo.enter("from \x8E in", false);
  CHECK_FALSE(memo.knows(3));
  memo.note(3, {0, 6});
  memo.note(5, {7, 9});
  memo.note_end(3);
  memo.note_end(5);
  memo.note_end(63);
  memo.enter("from \x8E on", false);
  CHECK_FALSE(memo.knows(3));
  CHECK(matches(memo, 3).empty());
  memo.enter("from \x8E in", false);
  CHECK(memo.knows(63));
  CHECK_FALSE(memo.knows(4));
  CHECK(matches(memo, 3) == std::vector<Span>{{0, 6}});
  CHECK(matches(memo, 5) == std::vector<Span>{{7, 9}});
  CHECK(matches(memo, 63).empty());
  memo.enter("from \x8E in", true);  // anew
  CHECK_FALSE(memo.knows(3));
  CHECK(matches(memo, 3).empty());
}

TEST_CASE("sought memo: long texts share one place") {
  SoughtMemo memo;
  const std::string one(500, 'a'), other(500, 'b');
  memo.enter(one, false);
  memo.note_end(1);
  memo.enter(other, false);
  CHECK_FALSE(memo.knows(1));
  memo.enter(one, false);
  CHECK_FALSE(memo.knows(1));
}

}  // namespace factmill
