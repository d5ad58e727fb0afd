# Every write of every sink fails once, or from there on, or the process dies there: a message with a place and exit 2,
# nothing by halves, and the same command again gives what an undisturbed one gives.
[ -n "${FACTMILL_FAULTS:-}" ] || { echo 'faults: no library of faults'; exit 0; }
for i in $(seq 6); do
  echo "{\"text\": \"NIO delivered 2$((1000 + i)) vehicles in May 2025, and revenue was RMB $i.5 million.\"}"
done > news.jsonl
echo '{broken' >> news.jsonl
expect 0 extract news.jsonl -o given.jsonl
cat given.jsonl > given
echo 'nonsense' >> given
mv given given.jsonl

sqlite_dump() {
  sqlite3 "$1" 'SELECT fact_id, row_hash FROM finished_fact ORDER BY 1; SELECT * FROM evidence ORDER BY 1, 2;
    SELECT doc_id, facts FROM finished_document ORDER BY 1; SELECT reject_id FROM finished_reject;
    SELECT status, records, documents, facts, rejects FROM input_shard;'
}
sqlite_halves() {
  [ ! -s "$1" ] || sqlite3 "$1" "PRAGMA integrity_check" | grep -v '^ok$'
  sqlite3 "$1" "SELECT 1 FROM sqlite_master WHERE name = 'fact'" 2> /dev/null | grep -q 1 || return
  sqlite3 "$1" 'SELECT doc_id FROM document WHERE facts <> (SELECT count(*) FROM fact WHERE fact.doc_id = document.doc_id);
    SELECT fact_id FROM fact WHERE fact_id NOT IN (SELECT fact_id FROM evidence)'
}
file_dump() { cat "$1" "${1%.*}.rejects.jsonl"; ls "${1%.*}".*; }
file_halves() { [ ! -e "$1" ] || cmp "$1" expected.file; }
psql_dump() {
  psql -X -At "$1" -c 'SELECT fact_id, row_hash FROM finished_fact ORDER BY 1' -c 'SELECT * FROM evidence ORDER BY 1, 2' \
    -c 'SELECT doc_id, facts FROM finished_document ORDER BY 1' -c 'SELECT reject_id FROM finished_reject' \
    -c 'SELECT status, records, documents, facts, rejects FROM input_shard'
}
psql_halves() {
  [ "$(psql -X -At "$1" -c "SELECT to_regclass('schema_version') IS NOT NULL")" = t ] || return
  psql -X -At "$1" -c 'SELECT doc_id FROM document WHERE facts <> (SELECT count(*) FROM fact WHERE fact.doc_id = document.doc_id)'
}
clean_files() { rm -f target.* expected.file.*; }
clean_psql() { psql -X -q "$url" -c 'SET client_min_messages = warning' -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public'; }

# $1: target, $2: what looks into it, $3: what empties it, $4: errno, $5: how it fails, $6: the step from call to call
break_each_write() {
  target=$1 look=$2 clean=$3
  $clean
  "$factmill" load given.jsonl -o "$target" 2> /dev/null
  "${look}_dump" "$target" > expected
  [ -s expected ] || complain "$target: nothing is expected"
  [ "$look" = file ] && cp "$target" expected.file
  at=1
  while [ "$at" -lt 400 ]; do
    $clean
    rm -f mark
    env LD_PRELOAD="$FACTMILL_FAULTS" FAULT_AT=$at FAULT_ERRNO="$4" FAULT_MARK=mark "$5" \
      "$factmill" load given.jsonl --checkpoint 0 -o "$target" > out 2> err
    got=$?
    [ -e mark ] || break
    what="$look, write $at, error $4, $5"
    case $5 in
      FAULT_KILL=1) [ "$got" -eq 137 ] || complain "$what: exit $got of a killed process" ;;
      *)
        # A write that is no part of the load, as the last tidying up, may fail unseen.
        if [ "$got" -ne 0 ]; then
          [ "$got" -eq 2 ] || complain "$what: exit $got"
          grep -qE '^factmill: (target|postgresql)[^ ]*: error: ' err || { complain "$what: no message with a place"; cat err; }
        else
          "${look}_dump" "$target" > got
          cmp -s got expected || complain "$what: exit 0, and other rows"
        fi
        ;;
    esac
    "${look}_halves" "$target" > halves 2>&1
    [ ! -s halves ] || { complain "$what: half a document"; head -n 3 halves; }
    "$factmill" load given.jsonl -o "$target" > out 2> err || { complain "$what: the next run fails"; cat err; }
    "${look}_dump" "$target" > got
    cmp -s got expected || { complain "$what: the next run gives other rows"; diff expected got | head -n 3; }
    at=$((at + $6))
  done
  [ "$at" -gt 1 ] || complain "$look: no write was broken"
  echo "$look, error $4, $5: $((at / $6)) writes"
}

for how in FAULT_ONCE=0 FAULT_ONCE=1 FAULT_KILL=1; do
  break_each_write target.jsonl file clean_files 28 "$how" 1
done
break_each_write target.csv file clean_files 5 FAULT_ONCE=0 1
break_each_write target.db sqlite clean_files 28 FAULT_ONCE=0 5
break_each_write target.db sqlite clean_files 5 FAULT_ONCE=1 7
break_each_write target.db sqlite clean_files 28 FAULT_KILL=1 7
# By hand, FACTMILL_FAULTS_AT_LENGTH=1: a database server and a full disk, which take their time.
[ "${FACTMILL_FAULTS_AT_LENGTH:-}" ] || exit $((failures > 0))
if command -v psql > /dev/null; then
  mkfifo keep
  "$source/tests/postgresql_server" < keep > url &
  exec 8> keep
  for _ in $(seq 100); do [ -s url ] && break; sleep 0.2; done
  url=$(cat url)
  if [ -n "$url" ]; then
    break_each_write "$url" psql clean_psql 104 FAULT_ONCE=0 16
    break_each_write "$url" psql clean_psql 28 FAULT_KILL=1 24
  fi
  exec 8>&-
fi

# A disk that is full: a small one of our own, where that is allowed.
mkdir small
if mount -t tmpfs -o size=300k tmpfs small 2> /dev/null; then
  for target in small/facts.db small/facts.jsonl; do
    expect 2 "$factmill" load given.jsonl given.jsonl given.jsonl "$source"/tests/unit -o $target
    expect 2 extract "$source/corpus/tune" -o $target
    has err "error: .*(full|No space)|No space|full"
    rm -f small/*
  done
  umount small
else
  echo 'faults: no small disk can be mounted, that part is skipped'
fi
