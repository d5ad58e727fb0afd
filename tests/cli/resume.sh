# Stopped, killed or failed: the same command again ends where an undisturbed one does.
mkdir news
for i in $(seq 400); do
  echo "{\"text\": \"NIO delivered 2$((1000 + i)) vehicles in May 2025, and revenue was RMB $i.5 million.\"}"
done > news/a.jsonl
echo "$article" > news/b.txt
expect 0 extract news -o whole.jsonl
lines whole.jsonl 801

# Ctrl-C: whole documents, and how to go on. The input comes slowly, so that there is something to stop.
mkfifo slow
(head -n 200 news/a.jsonl; while [ ! -e go ]; do sleep 0.1; done; tail -n +201 news/a.jsonl) > slow &
"$factmill" extract --rules "$rules" slow --from jsonl -o stopped.db --checkpoint 0 2> err &
running=$!
for _ in $(seq 300); do
  [ "$(sqlite3 stopped.db 'SELECT count(*) FROM document' 2> /dev/null || echo 0)" -gt 0 ] && break
  sleep 0.1
done
kill -INT $running
touch go
wait $running
got=$?
[ "$got" -eq 130 ] || complain "exit $got of a run that Ctrl-C stopped (expected 130)"
has err 'stopped behind document [0-9]+; run the same command again to go on'
[ "$(sqlite3 stopped.db 'SELECT count(*) FROM finished_fact')" = 0 ] || complain 'a stopped load is shown'
sqlite3 stopped.db "SELECT doc_id FROM document d WHERE facts <> (SELECT count(*) FROM fact f WHERE f.doc_id = d.doc_id)" > out
empty out
wait

# What is loaded is left alone; a corrected file and another option are not.
expect 0 extract news -o facts.db
expect 0 extract news -o facts.db --stats stats.json
has err 'there already: 401 documents, 801 facts, 0 rejects \(2 inputs unchanged\)'
has stats.json '"documents":0,.*"kept_inputs":2,"kept_documents":401,"kept_facts":801'
echo 'NIO delivered 30,000 vehicles in June 2025.' > news/b.txt
expect 0 extract news -o facts.db --stats stats.json
has stats.json '"documents":1,.*"kept_inputs":1'
[ "$(sqlite3 facts.db "SELECT value FROM finished_fact WHERE source_path = 'news/b.txt'")" = 30000 ] || complain 'a corrected article does not replace what it had'
[ "$(sqlite3 facts.db 'SELECT count(*) FROM document')" = 401 ] || complain 'the old article is still there'
expect 0 extract news -o facts.db --published 2025-07-01 --stats stats.json
has stats.json '"documents":401,'
expect 0 extract news -o facts.db --published 2025-07-01 --again --stats stats.json
has stats.json '"documents":401,'

# Changed rules: what they no longer state goes.
cp -R "$rules" other-rules
sed -i 's/^    score: .*/    score: 1/' other-rules/common/frames.yaml
expect 0 "$factmill" extract --rules other-rules news -o facts.db --published 2025-07-01
sqlite3 facts.db 'SELECT count(*) FROM document WHERE facts <> (SELECT count(*) FROM fact WHERE fact.doc_id = document.doc_id)' > out
has out '^0$'

# Sixteen runs that share the input, in any order, and what they have together.
for i in 3 1 2; do expect 0 extract news -o "part$i.jsonl" --shard "$i/3"; done
expect 0 extract news -o one.jsonl
cat part1.jsonl part2.jsonl part3.jsonl > together.jsonl
cmp together.jsonl one.jsonl > /dev/null || complain 'three shards are not the whole'
for bad in 0/3 4/3 3 x/y 1/; do expect 2 extract news --shard "$bad"; done

# An input that ends before its end: what came is there, exit 2, and the next run tries again.
gzip -c news/a.jsonl | head -c 1200 > cut.jsonl.gz
expect 2 extract cut.jsonl.gz news/b.txt -o cut.db
has err 'cut.jsonl.gz: rejected: .*truncated-gzip'
has err 'cut.jsonl.gz could not be read to its end'
[ "$(sqlite3 cut.db 'SELECT count(*) > 1 FROM finished_fact')" = 1 ] || complain 'what came before the cut is lost'
has_no err 'b.txt'
expect 2 extract cut.jsonl.gz news/b.txt -o cut.db
gzip -c news/a.jsonl > cut.jsonl.gz
expect 0 extract cut.jsonl.gz news/b.txt -o cut.db
[ "$(sqlite3 cut.db 'SELECT count(*) FROM finished_document')" = 401 ] || complain 'the mended input is not whole'
[ "$(sqlite3 cut.db 'SELECT count(*) FROM reject')" = 0 ] || complain 'its old reject is still there'

# One run at a time writes a file.
mkfifo hold
"$factmill" extract --rules "$rules" hold --from jsonl -o held.jsonl 2> /dev/null &
running=$!
exec 9> hold
sleep 1
expect 2 extract news -o held.jsonl
has err 'held.jsonl: error: another run is writing it'
exec 9>&-
wait $running || complain 'the run that was first failed'

# For programs.
expect 1 extract news missing.txt -o log.db --log-format json --max-rejects 0
python3 -c 'import json; [json.loads(line) for line in open("err")]' || complain 'the log is no JSON'
has err '"event":"reject","path":"missing.txt",.*"stage":"archive","code":"missing"'
has err '"event":"summary","documents":401,.*"rejects_by_code":\{"missing":1\}'

# What cannot be cut belongs to one of the runs, as a whole: compressed JSON Lines, of one gzip member or several.
mkdir packed
for i in 1 2 3 4 5 6; do gzip -c news/a.jsonl > packed/$i.jsonl.gz; done
for i in 7 8 9; do (head -n 200 news/a.jsonl | gzip -c; tail -n +201 news/a.jsonl | gzip -c) > packed/$i.jsonl.gz; done
expect 0 extract packed -o one.jsonl
lines one.jsonl 7200
: > together.jsonl
for i in 1 2 3; do
  expect 0 extract packed -o "part$i.jsonl" --shard "$i/3"
  [ $(($(wc -l < "part$i.jsonl") % 800)) -eq 0 ] && [ -s "part$i.jsonl" ] || complain "shard $i has no whole files"
  cat "part$i.jsonl" >> together.jsonl
done
cmp together.jsonl one.jsonl > /dev/null || complain 'three shards of packed files are not the whole'
