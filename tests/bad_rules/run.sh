#!/bin/sh
# run.sh FACTMILL: the command says about each bad pack what stands in `expected`, and exits with 3.
set -eu
factmill=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for kind in "$here"/*/; do
  name=$(basename "$kind")
  mkdir "$scratch/$name"
  cp "$here"/../small_pack/* "$scratch/$name"
  ln -s "$here/../../rules/common" "$scratch/$name/common"
  cp "$kind"*.yaml "$scratch/$name"
  code=0
  "$factmill" check "$scratch/$name" > "$scratch/out" 2> "$scratch/said" || code=$?
  sed "s,$scratch/$name/,,g; /^factmill: error: the rules do not compile/d" "$scratch/said" > "$scratch/told"
  if [ "$code" -ne 3 ] || [ -s "$scratch/out" ] || ! diff -u "$kind/expected" "$scratch/told"; then
    echo "FAILED $name: exit code $code (expected 3)"
    failed=1
  fi
done
exit $failed
