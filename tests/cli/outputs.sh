# JSON Lines, CSV and SQLite hold the same facts; loading again changes no row.
expect 0 extract "$source/corpus" -o facts.jsonl
expect 0 extract "$source/corpus" -o facts.csv
expect 0 extract "$source/corpus" -o facts.db
extract "$source/corpus" > stdout.jsonl
cmp facts.jsonl stdout.jsonl > /dev/null || complain 'the file and standard output differ'
"$factmill" schema > schema.json
python3 "$here/same_facts.py" facts.jsonl facts.csv facts.db schema.json || complain 'the forms differ'

dump() { sqlite3 facts.db 'SELECT * FROM document ORDER BY 1; SELECT * FROM fact ORDER BY 1; SELECT * FROM evidence ORDER BY 1, 2;'; }
dump > before
expect 0 extract "$source/corpus" -o facts.db
dump > after
cmp before after > /dev/null || complain 'a second load changed rows'
[ "$(sqlite3 facts.db "SELECT count(*) FROM load WHERE status = 'finished'")" = 2 ] || complain 'two loads are not two rows'

# Tables are made as printed, the views answer.
"$factmill" schema sqlite | sqlite3 empty.db || complain 'schema sqlite does not load'
for view in $(sqlite3 empty.db "SELECT name FROM sqlite_master WHERE type = 'view'"); do
  sqlite3 facts.db "SELECT count(*) FROM $view" > out 2> err || complain "view $view: $(cat err)"
done
"$factmill" schema postgresql > out
has out 'CREATE (UNLOGGED )?TABLE'
