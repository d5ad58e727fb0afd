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
has err '^factmill: error: no command; '
expect 2 "$factmill" --no-such-option
has err "^factmill: error: no such option: '--no-such-option'$"
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
for number in -1 x 1.5; do
  expect 2 extract --max-rejects "$number" nio.txt
  has err "^factmill: error: --max-rejects: takes a whole number from 0 \(got '$number'\)$"
done
expect 2 extract --max-documents 0 nio.txt
expect 2 extract nio.txt -o facts.papyrus
has err "facts.papyrus"
expect 2 extract nio.txt -o no/such/folder/facts.jsonl
expect 2 extract nio.txt -o no/such/folder/facts.db
has err '^factmill: no/such/folder/facts.db: error: '
expect 2 "$factmill" schema papyrus
expect 2 "$factmill" explain --rules "$rules" --rule no.such.rule nio.txt
expect 2 "$factmill" explain --rules "$rules" missing.txt
expect 0 "$factmill" explain --rules "$rules" --line 1 nio.txt
empty err
expect 0 "$factmill" explain --rules "$rules" --line 2 nio.txt
empty out
has err '^factmill: no sentence that is searched begins on line 2$'
if [ -w /dev/full ]; then
  echo "$article Some 300 guests came to its party." > party.txt
  extract nio.txt > facts.jsonl
  : > none.jsonl
  for command in "extract --rules $rules nio.txt" "annotate --rules $rules nio.txt" "explain --rules $rules nio.txt" \
    "unclaimed --rules $rules party.txt" "diff none.jsonl facts.jsonl" schema; do
    # shellcheck disable=SC2086 # words
    "$factmill" $command > /dev/full 2> err
    [ $? -eq 2 ] || complain "$command onto a full disk is not exit 2"
    has err '^factmill: .*error: .*No space left on device$'
  done
fi
# A database that is not ours stays as it is.
echo 'CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);' | sqlite3 theirs.db
expect 2 extract nio.txt -o theirs.db
[ "$(sqlite3 theirs.db 'SELECT name FROM sqlite_master')" = theirs ] || complain 'a foreign database was changed'

expect 3 "$factmill" extract --rules no/such/rules nio.txt
lines err 2
has err '^no/such/rules/pack.yaml: error: cannot be read$'
expect 3 "$factmill" check no/such/rules
# Who asks for rules gets those or none.
expect 3 env FACTMILL_RULES=no/such/rules "$factmill" extract nio.txt
has err '^no/such/rules/pack.yaml: error: '
cp -R "$rules" broken
printf 'nonsense: [1\n' >> broken/ev/metrics/sales.yaml
printf 'pack: [broken\n' >> broken/common/cues.yaml
expect 3 "$factmill" check broken
has err 'broken/ev/metrics/sales.yaml:[0-9]+:[0-9]+: error: '
has err 'broken/common/cues.yaml:[0-9]+:[0-9]+: error: '  # all errors at once
expect 3 "$factmill" extract --rules broken nio.txt
empty out
