# Memory does not grow with the input: neither with a line that is too long nor with many documents.
peak() {  # of the command's memory in MB, behind its exit code
  python3 - "$@" << 'END'
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
END
}
limit=320  # the compiled rules take most of it
grep -q -a __asan_init "$factmill" && limit=1500  # its shadow and quarantine
grep -q -a __tsan_init "$factmill" && limit=3000
within() {
  # shellcheck disable=SC2046 # two words
  set -- "$1" $(shift && peak "$@")
  [ "$2" -eq 0 ] || complain "$1: exit $2"
  [ "$3" -lt "$limit" ] || complain "$1: $3 MB (expected less than $limit)"
}

head -c 300000000 /dev/zero | tr '\0' 'x' > line.jsonl
head -c 300000000 /dev/zero | tr '\0' 'x' > text.txt
awk -v a="$article" 'BEGIN { for (i = 0; i < 20000; ++i) printf "{\"text\": \"Number %d. %s %2000s\"}\n", i, a, "" }' > many.jsonl
awk -v a="$article" 'BEGIN { printf "<html><body>"; for (i = 0; i < 1000000; ++i) printf "<div>"; print a }' > nested.html
within 'a line of 300 MB' "$factmill" extract --rules "$rules" --threads 2 line.jsonl
within 'a text of 300 MB' "$factmill" extract --rules "$rules" --threads 2 text.txt
within '20,000 documents' "$factmill" extract --rules "$rules" --threads 2 many.jsonl
within '20,000 documents into a database' "$factmill" extract --rules "$rules" --threads 2 many.jsonl -o many.db
within 'a million nested tags' "$factmill" extract --rules "$rules" --threads 2 nested.html
