// Parts in words: a share in percent for facts, a plain number for annotations.
#include "value_text.h"

namespace factmill {
namespace {

TEST_CASE("parts: a third of what is said elsewhere is 33.3 percent") {
  check_amounts({
      {"Sales fell by a third.", "a third = 33.3 percent bare words"},
      {"Sales fell by nearly two-thirds to 14,000 cars.", "{nearly two-thirds} two-thirds = 66.7 percent less_than bare words; 14,000 cars = 14000 vehicle"},
      {"It sold a quarter more cars than last year.", "a quarter = 25 percent bare words"},
      {"Half of the cars were electric.", "Half = 50 percent bare words"},
      {"Sales halved in May.", "halved = 0.5 multiple words"},
      {"Sales fell by half.", "half = 50 percent bare words"},
      {"Sales fell by half: he said by quarter", "half = 50 percent bare words"},
      {"He came in half.", ""},
  });
}

TEST_CASE("parts: a count, a measure and a time keep what they are") {
  check_amounts({
      {"It opened a third store and a quarter mile of track.", "third = 3 ordinal words; a quarter mile = 0.25 mi words"},
      {"Half a million cars were sold.", "Half a million cars = 500000 vehicle words"},
      {"It scored 4 out of 5 stars.", "4 out of 5 = 0.8"},
  });
}

}  // namespace
}  // namespace factmill
