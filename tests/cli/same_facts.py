"""Checks that a run's JSON Lines, CSV and SQLite hold the same facts, and that the schema knows every key.

usage: same_facts.py FACTS.jsonl FACTS.csv FACTS.db SCHEMA.json
"""
import csv
import json
import sqlite3
import sys

DEFAULTS = {"measure": "level", "qualifier": "exact", "modality": "actual"}


def flat(fact):
    """The record as CSV and SQL name its keys; values as text, nested JSON as JSON."""
    row = dict(DEFAULTS)
    for key, value in fact.items():
        if key in ("source", "sentence", "stated_alt"):
            row.update({f"{key}_{k}": str(v) for k, v in value.items()})
        else:
            row[key] = value if isinstance(value, (dict, list)) else str(value)
    return row


def parsed(row):
    for key in ("attributes", "flags", "evidence"):
        if key in row:
            row[key] = json.loads(row[key])
    return row


def from_database(path):
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    facts = {}
    for row in database.execute("SELECT * FROM fact"):
        fact = {k: str(row[k]) for k in row.keys() if row[k] is not None and k not in ("row_hash", "load_id")}
        fact["evidence"] = []
        facts[row["fact_id"]] = parsed_lists(fact)
    for row in database.execute("SELECT * FROM evidence ORDER BY fact_id, ordinal"):
        facts[row["fact_id"]]["evidence"].append({"start": row["span_start"], "end": row["span_end"], "text": row["text"]})
    return facts


def parsed_lists(fact):
    return {k: json.loads(v) if k in ("attributes", "flags") else v for k, v in fact.items()}


def main(jsonl, csv_file, db, schema):
    with open(jsonl, encoding="utf-8") as f:
        records = [json.loads(line, parse_float=str, parse_int=str) for line in f]
    for record in records:  # spans are numbers everywhere
        for evidence in record["evidence"]:
            evidence["start"], evidence["end"] = int(evidence["start"]), int(evidence["end"])
    expected = {r["fact_id"]: flat(r) for r in records}
    problems = []
    if len(expected) != len(records) or not records:
        problems.append(f"{len(records)} records, {len(expected)} ids")

    with open(csv_file, encoding="utf-8", newline="") as f:
        rows = [parsed({k: v for k, v in row.items() if v != ""}) for row in csv.DictReader(f)]
    for row in rows:
        first = row["evidence"][0]
        if [row.pop("evidence_start"), row.pop("evidence_end"), row.pop("evidence_text")] != [
                str(first["start"]), str(first["end"]), first["text"]]:
            problems.append(f"csv: evidence columns differ from the list in {row['fact_id']}")
    forms = {"csv": {r["fact_id"]: r for r in rows}, "sqlite": from_database(db)}
    for name, facts in forms.items():
        if facts.keys() != expected.keys():
            problems.append(f"{name}: {len(facts)} facts, {len(expected)} in JSON Lines")
        for fact_id in facts.keys() & expected.keys():
            if facts[fact_id] != expected[fact_id]:
                keys = [k for k in facts[fact_id].keys() | expected[fact_id].keys()
                        if facts[fact_id].get(k) != expected[fact_id].get(k)]
                problems.append(f"{name}: {fact_id} differs in {keys}: {[facts[fact_id].get(k) for k in keys]}")

    with open(schema, encoding="utf-8") as f:
        known = json.load(f)["properties"]
    order = list(known)
    for record in records:
        keys = list(record)
        unknown = [k for k in keys if k not in known]
        if unknown:
            problems.append(f"schema: unknown keys {unknown}")
        elif keys != sorted(keys, key=order.index):
            problems.append(f"schema: keys out of order in {record['fact_id']}")
    for problem in problems[:10]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
