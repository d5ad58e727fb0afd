#!/usr/bin/env python3
"""TempEval-3's measures of time expressions, for `factmill annotate`.

usage: tempeval.py FACTMILL FOLDER [--misses]

A gold expression is found (relaxed) by the first mention that overlaps it, strictly where both spans are equal, and its
value is right where `timex` is the gold value. Value F1 is relaxed F1 times the share of right values.
"""
import argparse
import glob
import html
import json
import os
import re
import subprocess

from peers import run


class Document:
    def __init__(self, path):
        source = open(path, encoding="utf-8", errors="replace").read()
        self.name = os.path.basename(path)
        self.published = re.search(r'<DCT>.*?value="([^"]*)"', source, re.S).group(1)[:10]
        self.text, self.gold, begin = "", [], None
        for piece in re.split(r"(<[^>]+>)", re.search(r"<TEXT>(.*)</TEXT>", source, re.S).group(1)):
            if piece.startswith("<TIMEX3"):
                begin, value = len(self.text), re.search(r'value="([^"]*)"', piece)
            elif piece == "</TIMEX3>" and begin is not None:
                self.gold.append((begin, len(self.text), value.group(1) if value else ""))
                begin = None
            elif not piece.startswith("<"):
                self.text += html.unescape(piece)

    def characters(self):
        """Byte offset -> character offset."""
        offsets, at = {}, 0
        for index, character in enumerate(self.text):
            offsets[at] = index
            at += len(character.encode())
        offsets[at] = len(self.text)
        return offsets


def annotate(factmill, documents):
    lines = [json.dumps({"id": d.name, "text": d.text, "published": d.published}, ensure_ascii=False) for d in documents]
    run = subprocess.run([factmill, "annotate", "-", "--from", "jsonl"], input=("\n".join(lines) + "\n").encode(),
                         stdout=subprocess.PIPE, check=True)
    return {r["id"]: r["mentions"] for r in map(json.loads, run.stdout.decode().splitlines())}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("factmill")
    arguments.add_argument("folder")
    arguments.add_argument("--misses", action="store_true", help="list every gold expression that was not read as it stands")
    options = arguments.parse_args()
    documents = [Document(path) for path in sorted(glob.glob(options.folder + "/*.tml"))]
    if not documents:
        raise OSError("no *.tml file in " + options.folder)
    mentions = annotate(options.factmill, documents)
    gold = found = relaxed = strict = right = 0
    for document in documents:
        offsets = document.characters()
        system = [(offsets[m["start"]], offsets[m["end"]], m["timex"]) for m in mentions.get(document.name, []) if "timex" in m]
        gold += len(document.gold)
        found += len(system)
        used = set()
        for begin, end, value in document.gold:
            match = next((i for i, s in enumerate(system) if i not in used and s[0] < end and begin < s[1]), None)
            read = system[match] if match is not None else None
            if read:
                used.add(match)
                relaxed += 1
                strict += read[:2] == (begin, end)
                right += read[2] == value
            if options.misses and (not read or read[2] != value):
                print(f"{document.name}\t{document.text[begin:end]!r}\t{value}\t{read[2] if read else 'not found'}")

    def f1(hits):
        return 200 * hits / (gold + found) if gold + found else 0

    print(f"{len(documents)} documents, {gold} expressions, {found} found: strict F1 {f1(strict):.1f}, relaxed F1 {f1(relaxed):.1f}, value F1 {f1(right):.1f}")


run(main)
