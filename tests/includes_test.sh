#!/bin/sh
# tests/includes.sh itself: what it must find and what it must let pass.
set -eu
checker=$(cd "$(dirname "$0")" && pwd)/includes.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/base" "$tree/text" "$tree/sink"

write() { printf '%s\n' "$2" > "$tree/$1"; }
write factmill.h '#include "sink/sink.h"'
write base/span.h '#include <string>'
write base/hash.cc '#include <xxhash.h>'
write text/fold.cc '#include "text/fold.h"
#include "base/span.h"
#include <unicode/uchar.h>'
write sink/sink.h '#include "text/fold.h"'
sh "$checker" "$tree" "base text sink"

mkdir "$tree/helpers"
write helpers/a.h '#include <vector>'
write base/up.h '#include <vector>
  # include "text/fold.h"'
write text/top.cc '#include "factmill.h"'
write text/fold.h '#include <re2/re2.h>
#include <sqlite3.h> // why not
#include "boost/version.hpp"'
expected='base/up.h:2: error: base includes "text/fold.h" (expected a room up to base)
helpers/a.h:1: error: unknown room '"'helpers'"'
text/fold.h:1: error: <re2/re2.h> in a header (expected in a .cc file)
text/fold.h:2: error: <sqlite3.h> in a header (expected in a .cc file)
text/fold.h:3: error: "boost/version.hpp" is in no room (got boost; expected one of the rooms, or <> for a library)
text/top.cc:1: error: "factmill.h" is in no room (got factmill.h; expected one of the rooms, or <> for a library)'
if found=$(sh "$checker" "$tree" "base text sink"); then
  echo 'breaches, and exit 0' >&2
  exit 1
fi
if [ "$found" != "$expected" ]; then
  printf 'expected:\n%s\ngot:\n%s\n' "$expected" "$found" >&2
  exit 1
fi
