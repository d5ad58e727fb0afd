# What to write next, and what a change of rules did: unclaimed and diff.
cat > news.txt <<'TEXT'
NIO delivered 24,180 vehicles in May 2025.
NIO painted 12,300 fences red once again.
NIO painted 14,500 fences red once again.
TEXT
expect 0 "$factmill" unclaimed --rules "$rules" --published 2025-06-01 news.txt
has out '^2	.*painted \{number\} fences red once	news\.txt@55	NIO painted 12,300 fences'
has_no out '24,180'
empty err
expect 0 "$factmill" unclaimed --rules "$rules" --published 2025-06-01 --top 1 news.txt
lines out 1

extract --published 2025-06-01 news.txt > before.jsonl
expect 0 "$factmill" diff before.jsonl before.jsonl
empty out
has err '^0 came, 0 went, 0 changed$'
sed 's/2025-05/2025-04/g' before.jsonl > after.jsonl
expect 0 "$factmill" diff before.jsonl after.jsonl
has out '^changed	.*metric="deliveries".*period: "2025-05" -> "2025-04"'
# Facts that stand in the same place: those that agree in all belong together, whatever their order.
printf '{"doc_id":"d","metric":"launch_date","model":"%s","evidence":[{"start":0,"end":4}]}\n' Han Tang Seal > dated.jsonl
printf '{"doc_id":"d","metric":"launch_date","model":"%s","evidence":[{"start":0,"end":4}]}\n' Song Seal Han > dated.after.jsonl
expect 0 "$factmill" diff dated.jsonl dated.jsonl
has err '^0 came, 0 went, 0 changed$'
expect 0 "$factmill" diff dated.jsonl dated.after.jsonl
has out '^changed	.*model: "Tang" -> "Song"$'
has err '^0 came, 0 went, 1 changed$'
: > nothing.jsonl
expect 0 "$factmill" diff before.jsonl nothing.jsonl
has out '^went	.*value=24180'
has err '^0 came, 1 went, 0 changed$'
expect 0 "$factmill" diff nothing.jsonl before.jsonl
has out '^came	.*value=24180'
expect 2 "$factmill" diff before.jsonl missing.jsonl
has err 'missing.jsonl cannot be read: No such file or directory$'
mkdir folder
expect 2 "$factmill" diff folder before.jsonl
has err 'folder cannot be read: Is a directory$'
# A database is no list of facts: one message, not one for each of its bytes that might be a line.
expect 0 extract --published 2025-06-01 news.txt -o facts.db
expect 2 "$factmill" diff facts.db before.jsonl
has err '^factmill: error: facts.db is a database; diff reads facts as JSON Lines$'
expect 2 "$factmill" load facts.db -o loaded.db
lines err 1
has err '^factmill: error: facts.db is a database; load reads facts as JSON Lines$'
echo 'no fact' > broken.jsonl
expect 2 "$factmill" diff before.jsonl broken.jsonl
has err 'broken.jsonl:1: not a fact as JSON'
