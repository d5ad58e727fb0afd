#!/bin/sh
# Installs a build into a prefix of its own and uses it as a stranger would: find_package, then pkg-config.
#   tests/consumer/run.sh BUILD_DIRECTORY CXX [CXXFLAGS...]
set -eu
build=$1
cxx=$2
shift 2
source=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# $1: what was tried; then a command. Its output is shown only if it fails.
try() {
  what=$1
  shift
  "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; echo "consumer: $what failed" >&2; exit 1; }
}

echo 'Xiaomi generated revenue of RMB 6.4 billion in the second quarter of 2024.' > "$work/article.txt"

# $1: the consumer; $2: where the rules should be
check_run() {
  [ -f "$2/pack.yaml" ] || { echo "consumer: no rules in '$2'" >&2; exit 1; }
  rm -f "$work/facts.jsonl"
  got=$("$1" "$2" "$work/facts.jsonl" "$work/article.txt") || { echo "consumer: $1 failed" >&2; exit 1; }
  expected='Xiaomi 6400000000
1 document, 0 rejects'
  [ "$got" = "$expected" ] || { echo "consumer: $1 printed '$got' (expected '$expected')" >&2; exit 1; }
  grep -q '"value":6400000000' "$work/facts.jsonl" || { echo "consumer: $1 wrote no fact" >&2; exit 1; }
}

# Installed in one place and used in another: nothing may remember the prefix.
try 'cmake --install' cmake --install "$build" --prefix "$work/first"
mv "$work/first" "$work/prefix"

try 'find_package' cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_CXX_FLAGS="$*"
try 'the build with find_package' cmake --build "$work/build"
check_run "$work/build/consumer" "$(cat "$work/build/rules_dir")"

PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name factmill.pc)")
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags --libs factmill)
# shellcheck disable=SC2086 # words, not one word
try 'the build with pkg-config' "$cxx" "$@" -std=c++20 "$source/main.cc" -o "$work/consumer" $flags
LD_LIBRARY_PATH=$(pkg-config --variable=libdir factmill)  # for a shared library
export LD_LIBRARY_PATH
check_run "$work/consumer" "$(pkg-config --variable=rulesdir factmill)"

# The command, if it was built, must answer from its new place.
unset LD_LIBRARY_PATH
if [ -x "$work/prefix/bin/factmill" ]; then
  try 'factmill --version' "$work/prefix/bin/factmill" --version
fi
