# Facts that were extracted elsewhere, and whether they still stand.
expect 0 extract "$source/corpus/tune" -o facts.jsonl
expect 0 extract "$source/corpus/tune" -o direct.db
expect 0 "$factmill" load facts.jsonl -o loaded.db
dump() { sqlite3 "$1" 'SELECT fact_id, row_hash FROM finished_fact ORDER BY 1; SELECT * FROM evidence ORDER BY 1, 2;'; }
dump direct.db > direct
dump loaded.db > loaded
cmp direct loaded > /dev/null || complain 'loading gives other rows than extracting'
expect 0 "$factmill" load facts.jsonl -o loaded.db
has err '1 inputs unchanged'
expect 0 "$factmill" load facts.jsonl -o again.jsonl
cmp facts.jsonl again.jsonl > /dev/null || complain 'facts change on their way through load'
expect 0 "$factmill" load - -o piped.db < facts.jsonl
sort -R --random-source=facts.jsonl facts.jsonl > shuffled.jsonl
expect 0 "$factmill" load shuffled.jsonl -o shuffled.db
dump shuffled.db | grep -v '|0|' > shuffled
dump direct.db | grep -v '|0|' > direct
cmp direct shuffled > /dev/null || complain 'the order of the lines matters'

printf '%s\n' '{"fact_id": "x"}' 'nonsense' > bad.jsonl
expect 1 "$factmill" load bad.jsonl -o bad.db --max-rejects 0
has err 'bad.jsonl@17: rejected: not a JSON object: .*\(load, no-fact, byte 17\)'
has err 'bad.jsonl@0: rejected: doc_id is missing \(load, no-fact, byte 0\)'
printf '{"fact_id": "x", "doc_id": "y", "source": {"path": "p"}}\n' > bare.jsonl
expect 1 "$factmill" load bare.jsonl -o bad.db --max-rejects 0
has err 'rejected: fact "x": metric is missing \(load, invalid-fact, byte 0\)'
expect 0 "$factmill" load missing.jsonl -o bad.db
has err 'missing.jsonl: rejected: .*missing'
expect 2 "$factmill" load facts.jsonl
expect 2 "$factmill" load facts.jsonl -o facts.papyrus
expect 2 "$factmill" load facts.jsonl -o no/such/folder/facts.db

verify() { "$factmill" verify --rules "$rules" "$@"; }
expect 0 verify loaded.db
empty out
has err '^factmill: [0-9,]+ evidences of [0-9]+ documents stand$'
expect 0 verify facts.jsonl
expect 0 verify facts.jsonl "$source/corpus"
mkdir other
cp "$source"/corpus/tune/nio*.txt other
echo "$article" > nio.txt
expect 0 extract nio.txt -o one.db
expect 0 verify one.db
echo 'NIO delivered 24,181 vehicles in May 2025.' > nio.txt
expect 1 verify one.db
has out '^gone	[0-9a-f]{32}	nio.txt	14-29	24,180 vehicles$'
has err '0 evidences of 0 documents stand, 1 are gone, 0 differ'
echo "$article" > nio.txt
sqlite3 one.db "UPDATE evidence SET span_start = 15"
expect 1 verify one.db --log-format json
has out '^\{"why":"differs","fact_id":"[0-9a-f]{32}","path":"nio.txt","start":15,"end":29,"text":"24,180 vehicles"\}$'
mv nio.txt elsewhere.txt
sqlite3 one.db "UPDATE evidence SET span_start = 14"
expect 0 verify one.db elsewhere.txt
expect 2 verify missing.db
[ ! -e missing.db ] || complain 'verify made a database'
expect 2 verify facts.csv
expect 2 verify bad.jsonl
has err 'bad.jsonl:2: error: no fact'
