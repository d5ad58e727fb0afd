# What each option does, seen in the output.
echo 'NIO delivered 24,180 vehicles in May.' > nio.txt
expect 0 extract --published 2025-06-01 nio.txt
has out '"published":"2025-06-01","published_from":"option"'
has out '"period":"2025-05"'
expect 0 extract --published 2024-06-01 nio.txt
has out '"period":"2024-05"'

# A day from which "last month" and "next year" can be reckoned.
expect 2 extract --published 0000-01-01 nio.txt
has err 'takes a day as YYYY-MM-DD .got .0000-01-01'
expect 2 extract --published 9999-12-31 nio.txt
printf 'nio.txt\t9999-12-31\n' > far.list
expect 2 extract --files-from far.list
has err '^factmill: error: far\.list:1: expected a path'

# The document's own date goes before the option's.
echo '{"text": "NIO delivered 24,180 vehicles in May.", "published": "2023-06-01T08:00:00Z"}' > dated.jsonl
expect 0 extract --published 2025-06-01 dated.jsonl
has out '"published":"2023-06-01","published_from":"metadata"'
has out '"period":"2023-05"'

echo '{"story": {"words": "NIO delivered 24,180 vehicles in May."}, "when": "2022-06-01", "text": "nothing"}' > odd.jsonl
expect 0 extract odd.jsonl
empty out
expect 0 extract --map text=story.words --map published=when odd.jsonl
has out '"period":"2022-05"'

# A name that says nothing, and one that says the wrong thing.
cp dated.jsonl dated.txt.bak
expect 0 extract --from jsonl dated.txt.bak
has out '"period":"2023-05"'
mkdir folder && cp dated.txt.bak nio.txt folder
expect 0 extract folder --published 2025-06-01 -o facts.jsonl
has err '1 files? of other kinds'
lines facts.jsonl 1
echo '<p>NIO delivered <b>24,180</b> vehicles in May 2025.</p>' > page.txt
expect 0 extract --from html page.txt
has out '"text":"24,180</b> vehicles"|"text":"24,180"'

expect 0 extract nio.txt missing.txt --stats stats.json -o facts.jsonl
has stats.json '^\{"documents":1,"bytes":[0-9]+,"facts":1,"rejects":1,.*"rejects_by_code":\{"missing":1\}'
# What is in another language is counted by its name.
printf '%s' 'Der Hersteller hat im Juli nach eigenen Angaben mehr als 20.000 Fahrzeuge ausgeliefert, und damit war es der beste Monat, den das Unternehmen bis jetzt hatte. Auch im August soll sich das nicht ändern.' > deutsch.txt
expect 0 extract nio.txt deutsch.txt --stats stats.json -o facts.jsonl
has stats.json '"documents":2,.*"skipped_languages":\{"de":1\}'
has err 'another language \(de\): 1'
expect 2 extract nio.txt --stats no/such/folder/stats.json
# A run that failed says there why.
expect 0 extract nio.txt -o broken.db
sqlite3 broken.db "CREATE TRIGGER planted BEFORE INSERT ON evidence BEGIN SELECT raise(ABORT, 'planted failure'); END"
echo 'Zeekr delivered 20,012 vehicles in May 2025.' > zeekr.txt
expect 2 extract zeekr.txt -o broken.db --stats stats.json
has stats.json '"error":".*broken.db: error: .*planted failure'
# A name cannot write to the log what it likes.
: > "$(printf 'a\nfactmill: done\033[2J.txt')"
expect 0 extract "$(printf 'a\nfactmill: done\033[2J.txt')"
has err '^a\\x0afactmill: done\\x1b\[2J\.txt: rejected: the file is empty'

echo "Xiaomi's revenue was RMB 8 billion in 2024." > money.txt
expect 0 extract money.txt
has out '"value_usd":1121264786.12,"fx_rate":7.1348,"fx_from":"default"|"fx_rate":7.1348,"fx_from":"default"'
expect 0 extract --fx-default 8 money.txt
has out '"value_usd":1000000000,"fx_rate":8,"fx_from":"option"'

# Rules: given, from the environment, beside the working directory.
expect 0 env FACTMILL_RULES="$rules" "$factmill" extract nio.txt
lines out 1
expect 3 env FACTMILL_RULES="$rules" "$factmill" extract --rules no/such/rules nio.txt

expect 0 "$factmill" explain --rules "$rules" nio.txt
has out '^line 1: NIO delivered'
has out 'edge .*deliveries'
has out 'fact .*"value":24180'
has_no out '^document|^off topic|^not searched|^  no fact'
echo 'NIO denied that it delivered 24,180 vehicles in June.' > denied.txt
expect 0 "$factmill" explain --rules "$rules" denied.txt
has out '^  no fact  24,180 vehicles of deliveries: its words deny it'
expect 0 "$factmill" explain --rules "$rules" --line 2 nio.txt
empty out
# Of several documents each is named, and what keeps one from stating anything.
{
  echo 'General Motors had revenue of $4 billion in May. Its offices in the old town were painted in the same month.'
  for _ in 1 2 3 4 5 6 7; do echo 'The town council spoke at length about the painting of the old houses along the river.'; done
} > offices.txt
echo 'Der Konzern hat im Mai nach eigenen Angaben wieder mehr Autos ausgeliefert als im Jahr davor, und auch der Umsatz ist gestiegen.' > german.txt
expect 0 extract offices.txt german.txt
empty out
expect 0 "$factmill" explain --rules "$rules" nio.txt offices.txt german.txt
has out '^document nio.txt$'
has out '^document offices.txt$'
has out '^off topic: '
has out '^not searched: a text in the language de$'
[ "$(grep -c '^off topic' out)" -eq 1 ] || complain 'more than one document is off topic'
printf '{"text": "%s"}\n' "$article" > nio.jsonl
expect 0 "$factmill" explain --rules "$rules" nio.jsonl
has out '^document nio.jsonl@0$'
expect 0 annotate nio.txt
has out '"type":"[a-z]+","start":14,"end":[0-9]+,"text":"24,180'
