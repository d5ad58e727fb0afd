#!/bin/sh
# Checks who includes whom:  tests/includes.sh extractor "base ruleset ... pipeline"
#   - a room includes its own headers and those of the rooms before it (extractor/factmill.h stands above them all);
#   - a header names no third party, so that who includes factmill needs none: a C++ standard header has neither
#     a slash nor .h in its name.
# Prints one line for each breach; exit 1 if there is any.
set -eu
cd "${1:?usage: tests/includes.sh DIRECTORY ROOMS}"
find . -name '*.h' -o -name '*.cc' | LC_ALL=C sort | sed 's|^\./||' | xargs awk -v list="${2:?the rooms in their order}" '
  BEGIN {
    count = split(list, rooms, " ")
    for (i = 1; i <= count; ++i) rank[rooms[i]] = i
  }

  function complain(message) {
    print FILENAME ":" FNR ": error: " message
    breaches = 1
  }

  FNR == 1 {
    room = FILENAME ~ /\// ? FILENAME : ""
    sub(/\/.*/, "", room)
    if (room != "" && !(room in rank)) complain("unknown room \047" room "\047")
  }

  /^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    quoted = substr(name, 1, 1) == "\""
    name = substr(name, 2)
    sub(/[">].*/, "", name)
    target = name
    sub(/\/.*/, "", target)
    if (quoted && !(target in rank)) {
      complain("\"" name "\" is in no room (got " target "; expected one of the rooms, or <> for a library)")
    } else if (quoted && room != "" && rank[target] > rank[room]) {
      complain(room " includes \"" name "\" (expected a room up to " room ")")
    } else if (!quoted && FILENAME ~ /\.h$/ && name ~ /\/|\.h$/) {
      complain("<" name "> in a header (expected in a .cc file)")
    }
  }

  END { exit breaches }
'
