#!/bin/sh
# The real command as a user meets it:  tests/cli/run.sh FACTMILL SOURCE_DIRECTORY CASE
# Prints what went wrong, one line each; exit 1 if anything did.
set -u
factmill=$1
source=$2
case_name=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
unset FACTMILL_RULES NO_COLOR
rules=$source/rules
export LC_ALL=C
failures=0
article='NIO delivered 24,180 vehicles in May 2025.'

complain() {
  printf '%s: %s\n' "$case_name" "$1"
  failures=$((failures + 1))
}

# $1: the exit code expected; then the command, whose streams go to files out and err.
expect() {
  wanted=$1
  shift
  "$@" > out 2> err < "${input:-/dev/null}"
  got=$?
  [ "$got" -eq "$wanted" ] || { complain "exit $got (expected $wanted): $*"; head -n 3 err; }
}

# $1: a file, $2: a pattern that a line of it must match (or, with "no", must not).
has() { grep -qE -e "$2" "$1" || { complain "no line of $1 matches: $2"; head -n 5 "$1"; }; }
has_no() { ! grep -qE -e "$2" "$1" || { complain "a line of $1 matches: $2"; grep -E -m 2 -e "$2" "$1"; }; }
empty() { [ ! -s "$1" ] || { complain "$1 is not empty"; head -n 3 "$1"; }; }
lines() { [ "$(wc -l < "$1")" -eq "$2" ] || complain "$1 has $(wc -l < "$1") lines (expected $2)"; }

extract() { "$factmill" extract --rules "$rules" "$@"; }
annotate() { "$factmill" annotate --rules "$rules" "$@"; }

# shellcheck disable=SC1090 # one of the files beside this one
. "$here/$case_name.sh"
[ "$failures" -eq 0 ]
