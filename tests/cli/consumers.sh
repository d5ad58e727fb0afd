# The programs that people read facts with, on the files and databases as they are.
expect 0 extract "$source/corpus/tune" -o facts.jsonl
expect 0 extract "$source/corpus/tune" -o facts.db
facts=$(wc -l < facts.jsonl)
[ "$(sqlite3 facts.db 'SELECT count(*) FROM finished_fact')" = "$facts" ] || complain 'sqlite3 sees another number of facts'
# The worked examples, each of which finds something in our own articles.
run_examples() {  # $1: a command that reads SQL
  python3 - "$source/tools/examples.sql" "$1" << 'END' || complain "examples by $1"
import subprocess, sys
failed = 0
for number, statement in enumerate(open(sys.argv[1], encoding="utf-8").read().split(";\n"), 1):
    lines = [line for line in statement.splitlines() if line.strip() and not line.startswith("--")]
    if not lines:
        continue
    run = subprocess.run(sys.argv[2], shell=True, input=statement + ";\n", capture_output=True, text=True)
    if run.returncode != 0 or run.stderr.strip() or not run.stdout.strip():
        print(f"example {number}: exit {run.returncode}: {run.stderr.strip() or 'no row'}\n{statement.strip()}")
        failed = 1
sys.exit(failed)
END
}
run_examples 'sqlite3 -bail facts.db'
python3 - << 'END' || complain 'sqlite3 of Python'
import json, sqlite3
rows = sqlite3.connect("facts.db").execute("SELECT fact_id, value, attributes FROM finished_fact").fetchall()
facts = {json.loads(line)["fact_id"]: json.loads(line) for line in open("facts.jsonl", encoding="utf-8")}
assert len(rows) == len(facts)
for fact_id, value, attributes in rows:
    fact = facts[fact_id]
    assert (value is None) == ("value" not in fact), fact
    assert value is None or float(value) == float(fact["value"]), fact
    assert (json.loads(attributes) if attributes else None) == fact.get("attributes"), fact
END
if command -v psql > /dev/null; then
  mkfifo keep
  "$source/tests/postgresql_server" < keep > url &
  exec 8> keep
  for _ in $(seq 100); do [ -s url ] && break; sleep 0.2; done
  url=$(cat url)
  if [ -n "$url" ]; then
    expect 0 extract "$source/corpus/tune" -o "$url"
    [ "$(psql -X -At "$url" -c 'SELECT count(*) FROM finished_fact')" = "$facts" ] || complain 'psql sees another number of facts'
    run_examples "psql -X -q -At -v ON_ERROR_STOP=1 '$url'"
    expect 0 "$factmill" verify --rules "$rules" "$url"
    expect 0 extract "$source/corpus/tune" -o "$url"
    has err 'inputs unchanged'
    expect 2 extract "$source/corpus/tune" -o 'postgresql://user:s3cret@127.0.0.1:1/news'
    has_no err s3cret
  else
    echo 'consumers: no PostgreSQL server, psql is skipped'
  fi
  exec 8>&-
else
  echo 'consumers: no psql, it is skipped'
fi
if command -v duckdb > /dev/null; then
  [ "$(duckdb -noheader -list -c "SELECT count(DISTINCT fact_id) FROM read_json_auto('facts.jsonl')")" = "$facts" ] || complain 'duckdb sees another number of facts'
elif python3 -c 'import duckdb' 2> /dev/null; then
  python3 -c "import duckdb; assert duckdb.sql(\"SELECT count(DISTINCT fact_id) FROM read_json_auto('facts.jsonl')\").fetchone()[0] == $facts" || complain 'duckdb sees another number of facts'
elif command -v npm > /dev/null && timeout 120 npm install --silent --no-audit --no-fund --prefix duck @duckdb/node-api > out 2> err; then
  cat > duck/count.cjs << 'END'
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const read = await connection.runAndReadAll(
    "SELECT count(DISTINCT fact_id) AS facts, count(evidence[1].text) AS quotes FROM read_json_auto('facts.jsonl', sample_size=-1)");
  console.log(read.getRows()[0].join(" "));
})().catch((error) => { console.error(String(error)); process.exit(1); });
END
  [ "$(node duck/count.cjs)" = "$facts $facts" ] || complain 'duckdb sees another number of facts'
else
  echo 'consumers: no DuckDB, it is skipped'
fi
python3 -c "import json; assert sum(1 for line in open('facts.jsonl', encoding='utf-8') if json.loads(line)['fact_id']) == $facts" || complain 'Python reads other JSON Lines'
