# Each bad input is a reject with its file, place and reason; what is good beside it still comes out.
echo "$article" > good.txt
: > empty.txt
printf 'GIF89a\0\0\0\1\2\3\0\0 %s\0' "$article" > binary.txt
printf 'XPeng delivered 30 cars.\n\nBut \377\376\200 is not a character, %s\n' "$article" > invalid.txt
printf '{"text": "%s"}\n{"text": "NIO deliv' "$article" > truncated.jsonl
printf '{"text": "%s"}\n{"headline": "no text here"}\n[1, 2]\n{"text": "%s"}\n' "$article" "$article" > mixed.jsonl
awk 'BEGIN { for (i = 0; i < 100000; ++i) printf "["; print "" }' > deep.jsonl
awk -v a="$article" 'BEGIN { printf "<html><body>"; for (i = 0; i < 1000000; ++i) printf "<div>"; print a }' > nested.html
{
  printf '{"text": "%s"}\n{"text": "' "$article"
  head -c 100000000 /dev/zero | tr '\0' 'x'
  printf '"}\n{"text": "%s"}\n' "$article"
} > long.jsonl
mkdir locked
echo "$article" > locked/inside.txt
chmod 000 locked

as_user=
if ls locked > /dev/null 2>&1; then
  as_user='setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -dac_override,-dac_read_search'
  $as_user true 2> /dev/null || as_user=skip
fi
[ "$as_user" = skip ] && echo 'bad_input: root reads every folder here; the unreadable one was not tried' && chmod 755 locked && as_user=

# shellcheck disable=SC2086 # words
expect 0 $as_user "$factmill" extract --rules "$rules" empty.txt binary.txt invalid.txt truncated.jsonl mixed.jsonl \
  deep.jsonl missing.txt locked nested.html long.jsonl good.txt
has err '^empty\.txt: rejected: .*\(archive, empty, byte 0\)$'
has err '^binary\.txt: rejected: .*\(text, binary, byte 6\)$'
has err '^invalid\.txt: rejected: .*\(text, invalid-utf8, byte 30\)$'
has err '^truncated\.jsonl@[0-9]+: rejected: line 2: .*\(archive, truncated-json, byte [0-9]+\)$'
has err '^mixed\.jsonl@[0-9]+: rejected: line 2: no text under text, .*\(--map text=KEY names another key\) \(archive, no-text, byte [0-9]+\)$'
has err '^mixed\.jsonl@[0-9]+: rejected: line 3: '
has err '^deep\.jsonl(@0)?: rejected: line 1: '
has err '^missing\.txt: rejected: .*No such file.* \(archive, missing, byte 0\)$'
[ -r locked/inside.txt ] && [ -z "$as_user" ] || has err '^locked: rejected: .*Permission denied.* \(archive, unreadable, byte 0\)$'
has err '^nested\.html: rejected: .*\(text, too-deep, byte [0-9]+\)$'
has err '^long\.jsonl@[0-9]+: rejected: line 2: .*100000012 bytes.* \(archive, too-long, byte [0-9]+\)$'
for place in '"path":"truncated.jsonl","offset":0' '"path":"mixed.jsonl","offset":0' '"path":"mixed.jsonl","offset":[1-9]' \
  '"path":"long.jsonl","offset":0' '"path":"long.jsonl","offset":100000[0-9]+' '"path":"good.txt"'; do
  has out "$place"
done
has_no out '"path":"(empty|binary|invalid|missing)'

# With an output file the rejects stand beside it, in a database in their table.
expect 0 extract empty.txt binary.txt good.txt -o facts.jsonl
lines facts.jsonl 1
lines facts.rejects.jsonl 2
has facts.rejects.jsonl '"code":"binary"'
expect 0 extract empty.txt binary.txt good.txt -o facts.db
[ "$(sqlite3 facts.db 'SELECT count(*) FROM finished_reject')" = 2 ] || complain 'the database does not hold 2 rejects'
