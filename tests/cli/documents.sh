# The worked examples of README.md and rules/README.md, as they stand there: what they say to write is written into a copy of the
# rules, and what they say comes out must come out.
cp -R "$rules" pack
facts() { "$factmill" extract --rules pack --published "$1" "$2" > facts 2> err || complain "extract $2 failed"; }

# $1: a document, $2: what its lines are indented by, $3: a line; prints from there to the next line that is indented less.
block_from() {
  awk -v indent="$2" -v first="$3" '
    substr($0, 1, length(indent)) == indent && index(substr($0, length(indent) + 1), first) == 1 { on = 1 }
    on && substr($0, 1, length(indent)) != indent && $0 != "" { exit }
    on { print substr($0, length(indent) + 1) }' "$1"
}

# $1: a file of rules, $2: text for its end, or with $3 for the place before that line.
insert() {
  if [ -z "${3:-}" ]; then cat "$2" >> "$1"; return; fi
  awk -v text="$2" -v before="$3" '$0 == before { while ((getline line < text) > 0) print line } { print }' "$1" > inserted && mv inserted "$1"
}

# The article about Voltara.
block_from "$source/README.md" '    ' "Voltara's deliveries" | sed '/^END$/,$d' > article.txt
lines article.txt 5
facts 2025-05-02 article.txt
lines facts 2
[ "$(grep -c '"flags":\["subject_unknown"\]' facts)" -eq 2 ] || complain 'without its company the article does not give two flagged facts'
block_from "$source/README.md" '    ' '  - {id: voltara' | head -n 1 > text
insert pack/ev/lexicon/companies.yaml text
facts 2025-05-02 article.txt
lines facts 4
has facts '"metric":"deliveries",.*"value":12345,.*"flags":\["loose_reading"\]'
has facts '"fact_id":"af65295b0e1797e4175688016db9a71c","doc_id":"2d91598306e3e324acdd87b4357d9b11",.*"metric":"revenue"'
block_from "$source/README.md" '    ' '  - id: noun.clocked_in' | sed '/^$/,$d' > text
insert pack/common/frames.yaml text links:
facts 2025-05-02 article.txt
lines facts 4
has_no facts 'loose_reading'

sed "s/'{noun} clocked in at {value}'/'{noun} clocked in at {valu}'/" pack/common/frames.yaml > mistyped && cp -R pack slip && mv mistyped slip/common/frames.yaml
expect 3 "$factmill" check slip
without_line() { sed -E 's/(frames.yaml:|^ +)[0-9]+/\1NNN/; /^$/d'; }
block_from "$source/README.md" '    ' 'rules/common/frames.yaml:' | sed 's/^rules/slip/' | without_line > told
head -n 3 err | without_line > said
diff told said > difference || { complain 'a mistyped tag is told otherwise'; cat difference; }

# Nordwind's test drives. What is to be added stands in fences, behind a sentence that says where.
block_from "$source/rules/README.md" '    ' 'Nordwind counted' > news.txt
facts 2024-09-02 news.txt
empty facts
awk '
  match($0, /`\/tmp\/rules\/[a-z_\/]*\.yaml`/) { file = substr($0, RSTART + 12, RLENGTH - 13); before = /above the line `links:`/ ? "links:" : "" }
  /^```$/ { on = 0 }
  on { print > ("fence." count) }
  /^```yaml$/ { on = 1; print file, before > ("place." ++count) }' "$source/rules/README.md"
for number in 1 2 3 4 5; do
  read -r file before < "place.$number" || complain "rules/README.md has no example $number"
  insert "pack/$file" "fence.$number" "$before"
  facts 2024-09-02 news.txt
  [ "$number" -eq 1 ] || lines facts 3
  [ "$number" -ne 2 ] || has facts '"value":9800,.*"rule":"far.noun"'
  [ "$number" -ne 4 ] || has facts '"value":9800,.*"rule":"noun.checked_in"'
done
has facts '"value":15000,.*"modality":"target"'
has_no facts 'loose_reading'

# Another trade.
mkdir pack/sea
for number in 6 7 8; do
  read -r file before < "place.$number" || complain "rules/README.md has no example $number"
  insert "pack/$file" "fence.$number" "$before"
done
sed -i -e '/^values:/s|\]$|, sea/units.yaml]|' -e 's|^metrics:|  - sea/names.yaml\n&|' -e 's|^cues:|  - sea/metrics.yaml\n&|' pack/pack.yaml
block_from "$source/rules/README.md" '    ' 'The port of Nordhafen' > sea.txt
facts 2024-04-09 sea.txt
lines facts 4
has facts '"metric":"throughput","company":"Nordhafen",.*"value":2310000,"unit":"TEU","period":"2024-Q1"'
has facts '"metric":"ship_fleet","company":"Belmar Line",.*"value":184,"unit":"vessel","period":"2024-03-31"'
expect 0 "$factmill" check pack
has err ' 0 errors$'
