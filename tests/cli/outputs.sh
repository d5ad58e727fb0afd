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

# What a run writes is no input of it.
mkdir in
echo "$article" > in/a.txt
for again in 1 2; do
  expect 0 extract in -o in/facts.jsonl --max-rejects 0
  expect 0 extract in/a.txt missing.txt -o in/facts.csv  # with rejects beside it
  rm in/facts.csv
done
lines in/facts.jsonl 1
expect 0 extract in --from jsonl -o in/facts.db
has err '3 rejects' # the article, and the facts and rejects of the other run; the database itself is not looked at
cp in/facts.jsonl kept.jsonl
expect 2 extract in/../in/facts.jsonl -o in/facts.jsonl
has err 'in/../in/facts.jsonl is read and written by the same run'
echo in/facts.jsonl > list
expect 2 extract --files-from list -o in/facts.jsonl
expect 2 "$factmill" load in/facts.jsonl -o in/facts.jsonl
cmp in/facts.jsonl kept.jsonl || complain 'an output that is an input too was written'

# A connection string in another spelling is not shown.
for target in 'host=db password=s3cret' 'mysql://u:s3cret@db/news' 'PostgreSQL://u:s3cret@db/news'; do
  expect 2 extract in/a.txt -o "$target"
  has err 'error: unknown kind of output'
  has_no err s3cret
done
