# 0 done, 1 more rejects than --max-rejects, 2 usage or system error, 3 the rules do not compile.
echo "$article" > nio.txt
echo 'It rained for 3 days.' > rain.txt

expect 0 extract nio.txt
lines out 1
empty err
expect 0 extract rain.txt  # no fact is no failure
empty out
empty err

expect 0 extract missing.txt
expect 0 extract --max-rejects 1 missing.txt nio.txt
lines out 1
expect 1 extract --max-rejects 0 missing.txt nio.txt
lines out 1

expect 2 "$factmill"
expect 2 "$factmill" extract
expect 2 extract --no-such-option nio.txt
has err '^factmill: error: .*--no-such-option'
expect 2 "$factmill" extrct nio.txt
has err "^factmill: error: no such command: 'extrct' \(did you mean 'extract'\?\)$"
expect 2 extract --published yesterday nio.txt
has err "yesterday"
expect 2 extract --published 2025-02-30 nio.txt
expect 2 extract --map nonsense nio.txt
expect 2 extract --map colour=text nio.txt
expect 2 extract --from papyrus nio.txt
expect 2 extract --fx-default 0 nio.txt
expect 2 extract --threads -1 nio.txt
expect 2 extract nio.txt -o facts.papyrus
has err "facts.papyrus"
expect 2 extract nio.txt -o no/such/folder/facts.jsonl
expect 2 extract nio.txt -o no/such/folder/facts.db
expect 2 "$factmill" schema papyrus
expect 2 "$factmill" explain --rules "$rules" --rule no.such.rule nio.txt
expect 2 "$factmill" explain --rules "$rules" missing.txt
if [ -w /dev/full ]; then
  for command in "extract --rules $rules nio.txt" "annotate --rules $rules nio.txt" schema; do
    # shellcheck disable=SC2086 # words
    "$factmill" $command > /dev/full 2> err
    [ $? -eq 2 ] || complain "$command onto a full disk is not exit 2"
  done
fi
# A database that is not ours stays as it is.
echo 'CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);' | sqlite3 theirs.db
expect 2 extract nio.txt -o theirs.db
[ "$(sqlite3 theirs.db 'SELECT name FROM sqlite_master')" = theirs ] || complain 'a foreign database was changed'

expect 3 "$factmill" extract --rules no/such/rules nio.txt
expect 3 "$factmill" check no/such/rules
cp -R "$rules" broken
printf 'nonsense: [1\n' >> broken/ev/metrics/sales.yaml
printf 'pack: [broken\n' >> broken/common/cues.yaml
expect 3 "$factmill" check broken
has err 'broken/ev/metrics/sales.yaml:[0-9]+:[0-9]+: error: '
has err 'broken/common/cues.yaml:[0-9]+:[0-9]+: error: '  # all errors at once
expect 3 "$factmill" extract --rules broken nio.txt
empty out
