# Help is on standard output, complete, and its examples name what exists.
expect 0 "$factmill" --version
has out '^factmill [0-9]+\.[0-9]+\.[0-9]+$'
expect 0 "$factmill" --help
for word in extract annotate check explain schema 'Exit codes' Examples; do has out "$word"; done
empty err
for command in extract annotate check explain schema; do
  expect 0 "$factmill" "$command" --help
  empty err
done
expect 0 "$factmill" extract --help
for option in --rules --from --published --map --threads --output --fx-default --max-rejects --stats; do has out "$option"; done
expect 0 "$factmill" schema
python3 -c 'import json, sys; json.load(open("out"))' || complain 'the schema is no JSON'
for form in json sqlite postgresql; do
  expect 0 "$factmill" schema "$form"
  has out '.'
done
