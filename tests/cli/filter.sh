# Standard input to standard output, a record a line, messages on standard error, quiet when the reader leaves.
echo "$article" > nio.txt
printf '{"id": "a", "text": "%s"}\n{"id": "b", "text": "%s"}\n' "$article" "$article" > two.jsonl

input=nio.txt expect 0 extract -
lines out 1
has out '"source":\{"path":"-"\}'
empty err
input=two.jsonl expect 0 extract -
lines out 2
input=two.jsonl expect 0 extract - nio.txt
lines out 3
input=two.jsonl expect 0 annotate -
lines out 2
has out '^\{"id":"a","mentions":\['

# The order of the input, whatever the number of threads.
"$factmill" extract --rules "$rules" --threads 1 "$source/corpus" > one 2> err
empty err
"$factmill" extract --rules "$rules" --threads 7 "$source/corpus" > seven
cmp one seven > /dev/null || complain '1 and 7 threads differ'

# A reader that leaves is no error.
for _ in 1 2 3 4 5 6 7 8; do cat "$source"/corpus/tune/*.txt | sed 's/"/ /g' | awk -v RS='' '{ gsub(/\n/, " "); printf "{\"text\": \"%s\"}\n", $0 }'; done > many.jsonl
for command in "extract" "annotate"; do
  { "$factmill" "$command" --rules "$rules" many.jsonl 2> err; echo $? > code; } | head -n 1 > out
  [ "$(cat code)" = 0 ] || complain "$command into a closed pipe: exit $(cat code)"
  empty err
done

# No terminal: no colour, no carriage return, no progress.
expect 0 extract nio.txt -o facts.jsonl
has_no err "$(printf '\r|\033')"
expect 0 extract missing.txt nio.txt
has_no err "$(printf '\r|\033')"
# Closed streams are told, not crashed upon.
"$factmill" extract --rules "$rules" - <&- > out 2> err
[ $? -eq 2 ] || complain 'closed standard input is not exit 2'
has err 'read-error'
"$factmill" extract --rules "$rules" nio.txt >&- 2> err
[ $? -eq 2 ] || complain 'closed standard output is not exit 2'
