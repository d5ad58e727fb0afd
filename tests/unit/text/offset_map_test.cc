#include <doctest/doctest.h>

#include "text/document.h"

namespace factmill {

TEST_CASE("offset map: without runs it is the identity") {
  const OffsetMap map;
  CHECK(map.identity());
  CHECK(map.begin_to_raw(17) == 17);
  CHECK(map.end_to_raw(17) == 17);
}

TEST_CASE("offset map: equal units are one run") {
  OffsetMap map;
  for (uint32_t i = 0; i < 1000; ++i) map.add(i, 2 * i, 1, 2);
  CHECK(map.run_count() == 1);
  CHECK(map.begin_to_raw(500) == 1000);
  CHECK(map.end_to_raw(500) == 1000);
}

TEST_CASE("offset map: plain runs that continue the identity add nothing") {
  OffsetMap map;
  map.add(0, 0);
  map.add(5, 5);
  CHECK(map.identity());
}

TEST_CASE("offset map: dropped bytes lie between the end of one character and the begin of the next") {
  OffsetMap map;
  map.add(3, 5);
  CHECK(map.end_to_raw(3) == 3);
  CHECK(map.begin_to_raw(3) == 5);
}

TEST_CASE("offset map: inserted text stands on nothing") {
  OffsetMap map;
  map.add(3, 3, 2, 0);
  map.add(5, 9);
  CHECK(map.begin_to_raw(3) == 3);
  CHECK(map.end_to_raw(5) == 3);
  CHECK(map.begin_to_raw(5) == 9);
  CHECK(map.end_to_raw(6) == 10);
}

TEST_CASE("offset map: two maps in a row are one") {
  OffsetMap inner;  // middle -> raw: three 2:4 units from middle 2 on, then plain
  inner.add(2, 10, 2, 4);
  inner.add(8, 30);
  OffsetMap outer;  // text -> middle: drops middle 3..4 (half a unit), then plain
  outer.add(2, 4);
  const OffsetMap map = OffsetMap::composed(outer, 8, inner);
  CHECK(map.begin_to_raw(0) == 0);
  CHECK(map.begin_to_raw(2) == 14);
  CHECK(map.end_to_raw(4) == 18);
  CHECK(map.begin_to_raw(4) == 18);
  CHECK(map.end_to_raw(6) == 22);
  CHECK(map.begin_to_raw(6) == 30);
  CHECK(map.end_to_raw(7) == 31);
}

TEST_CASE("offset map: composed with the identity it stays what it is") {
  OffsetMap map;
  map.add(4, 6, 1, 2);
  map.add(5, 8);
  for (const OffsetMap& both : {OffsetMap::composed(map, 10, OffsetMap()), OffsetMap::composed(OffsetMap(), 10, map)}) {
    CHECK(both.begin_to_raw(4) == 6);
    CHECK(both.end_to_raw(5) == 8);
    CHECK(both.begin_to_raw(9) == 12);
  }
}

}  // namespace factmill
