#!/usr/bin/env python3
"""Duckling's English corpora, for `factmill annotate`.

usage: duckling.py FACTMILL FOLDER [--misses]

FOLDER holds Time/EN/Corpus.hs and the like. A case is right where some mention has the value (or range, or bound) and
the unit, or for times the first day and the length. Cases whose answer is a time of the clock are left out, holidays counted apart.
Both totals are printed: all cases, and those that news could hold (see OUTSIDE).
"""
import argparse
import datetime
import json
import re
import subprocess

from peers import run

PUBLISHED = "2013-02-12"  # the corpora's reference time
# Cases that no writer of English news would put so, by dimension; each with its reason. What is not here is in scope.
OUTSIDE = {
    "Numeral": {"3/15": "a date in March", "30 l": "litres; no news writes lakh so", "three hundred Kr": "kronor; crore is Cr"},
    "AmountOfMoney": {"42 le": "a word of French names", "7-9 lakh rupees": "the case itself is wrong: it begins at seven rupees"},
    "Distance": {"3k": "kilometres without their metre"},
    "Volume": {"fourth of liter": "no English"},
    "Quantity": {"a Pound": "money or weight: nothing decides, and it is flagged"},
    "Duration": {"1\"": "inches to news", "2m": "metres or millions to news", "2 m": "metres to news"},
}
CURRENCIES = {"Dollar": "USD", "Cent": "USD", "Pound": "GBP", "Dinar": "KWD", "Riyal": "SAR", "Rial": "IRR", "Unnamed": None}
UNITS = {"Kilometre": "km", "Mile": "mi", "M": "m", "Metre": "m", "Centimetre": "cm", "Millimetre": "mm", "Inch": "inch",
         "Foot": "ft", "Yard": "yd", "Litre": "L", "Millilitre": "mL", "Gallon": "gal", "Hectolitre": "hL", "Gram": "g",
         "Ounce": "oz", "Cup": "cup", "Celsius": "°C", "Fahrenheit": "°F", "Degree": "degree", "Pound": "lb"}
IN_STANDARD = {"km": 1000, "mi": 1609.344, "m": 1, "cm": .01, "mm": .001, "inch": .0254, "ft": .3048, "yd": .9144, "kg": 1000,
               "g": 1, "mg": .001, "lb": 453.59237, "oz": 28.349523125, "L": 1, "mL": .001, "gal": 3.785411784, "hL": 100, "cup": .2365882365}
SECONDS = {"Second": 1, "Minute": 60, "Hour": 3600, "Day": 86400, "Week": 604800}
MONTHS = {"Month": 1, "Quarter": 3, "Year": 12}
# An interval's second end is the moment behind it, but of "this season" (seasonEnd in Time/Types.hs) and "all week" the last day.
LAST_GIVEN = r"\bseasons?$|\b(all|rest of the) week$"
BOUNDS = {"under": ("less_than", "up_to"), "above": ("more_than", "at_least")}


def unescaped(text):
    def one(match):
        found = match.group(0)
        if found == "\\&":
            return ""
        if found.startswith("\\x"):
            return chr(int(found[2:], 16))
        return chr(int(found[1:])) if found[1:].isdigit() else found[1:]
    return re.sub(r"\\x[0-9a-fA-F]+|\\&|\\\d+|\\.", one, text)


def cases(path):
    """(expected, phrase) of every `examples (expected) ["phrase", ...]`, without comments and the negative corpora."""
    source = re.sub(r"(?m)(^|\s)--\s.*$", "", open(path, encoding="utf-8").read())
    source = re.sub(r"(?s)(negative|latent|diff)Corpus\s*=.*?(?=\n\w+ ::|\Z)", "", source)
    for match in re.finditer(r'examples\s*\(((?:[^()]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\))*)\)\s*\[((?:[^\]"]|"(?:[^"\\]|\\.)*")*)\]', source):
        for phrase in re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(2)):
            yield re.sub(r"\s+", " ", match.group(1)).strip(), unescaped(phrase)


def annotate(factmill, phrases):
    lines = [json.dumps({"id": str(i), "text": p, "published": PUBLISHED}) for i, p in enumerate(phrases)]
    run = subprocess.run([factmill, "annotate", "-", "--from", "jsonl"], input=("\n".join(lines) + "\n").encode(),
                         stdout=subprocess.PIPE, check=True)
    return {int(r["id"]): r["mentions"] for r in map(json.loads, run.stdout.decode().splitlines())}


def number(text):
    return float(text.strip().strip("()"))


def is_amount(kind, expected, mentions):
    if kind in ("Numeral", "Ordinal"):
        low = high = number(expected.split(" ", 1)[1])
        unit, form = None, "simple"
    else:
        form, name, first, second, single = re.match(
            r"(simple|between|under|above) (\w+) (?:\(([^,]+),\s*([^)]+)\)|([-\d.e]+|\([-\d.e]+\)))", expected).groups()
        low, high = (number(first), number(second)) if first else (number(single),) * 2
        unit = CURRENCIES.get(name, name) if kind == "AmountOfMoney" else UNITS.get(name)
        if name == "Cent":
            low, high = low / 100, high / 100

    def same(mention):
        a, b = mention.get("low", mention.get("value")), mention.get("high", mention.get("value"))
        if a is None or (mention["type"] == "ordinal") != (kind == "Ordinal"):
            return False
        read = mention.get("unit")
        if unit == "degree" and read in ("°C", "°F"):
            unit_read = unit  # "below zero": the text names no scale, ours is the likelier
        else:
            unit_read = read
        scale = IN_STANDARD[read] / IN_STANDARD[unit] if unit in IN_STANDARD and read in IN_STANDARD else 1
        if unit and unit_read != unit and scale == 1:
            return False
        if form in BOUNDS and mention.get("qualifier") not in BOUNDS[form]:
            return False
        close = all(abs(x * scale - y) <= 1e-9 * max(1, abs(y)) for x, y in ((a, low), (b, high)))
        return close and (form != "between" or "low" in mention)
    return any(map(same, mentions))


def is_duration(expected, mentions):
    count, grain = re.search(r"DurationData\s+(\d+)\s+(\w+)", expected).groups()
    wanted = (int(count) * MONTHS.get(grain, 0), int(count) * SECONDS.get(grain, 0))

    def same(mention):
        parts = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?",
                             mention.get("timex", ""))
        if not parts:
            return False
        y, mo, w, d, h, mi, s = (float(p or 0) for p in parts.groups())
        months, seconds = 12 * y + mo, w * 604800 + d * 86400 + h * 3600 + mi * 60 + s
        if (months, seconds) == wanted:
            return True
        # Where months stand beside days Duckling counts in days and seconds; a month may be a day longer or shorter.
        in_seconds = months * 30.436875 * 86400 + seconds
        return months > 0 and wanted[0] == 0 and abs(in_seconds - wanted[1]) <= 86400 * max(1, months)
    return any(map(same, mentions))


def last_day(day, grain):
    if grain in ("Day", "Week"):
        return day + datetime.timedelta(6 if grain == "Week" else 0)
    month = day.month - 1 + MONTHS[grain]
    return datetime.date(day.year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)


def time_kind(expected):
    grain = (re.findall(r"\b(Second|Minute|Hour|Day|Week|Month|Quarter|Year|NoGrain)\b", expected) or [""])[0]
    instants = [tuple(map(int, re.findall(r"-?\d+", t))) for t in re.findall(r"\(\s*-?\d+(?:\s*,\s*\d+){5}\s*\)", expected)]
    if grain in ("Second", "Minute", "Hour", "NoGrain", "") or any(any(t[3:]) for t in instants):
        return "clock", grain, instants
    return "Time, holidays" if "Holiday" in expected else "Time", grain, instants


def is_time(expected, phrase, mentions):
    _, grain, instants = time_kind(expected)
    if instants[0][0] < 1:
        return any(m.get("timex") == f"BC{-instants[0][0]:04}" for m in mentions)
    first = datetime.date(*instants[0][:3])

    def same(mention):
        begin, end = mention.get("period_start"), mention.get("period_end")
        if not begin:
            return False
        if "Open" in expected:
            return str(first) in (begin, end)
        if len(instants) == 2:
            last = datetime.date(*instants[1][:3]) - datetime.timedelta(not re.search(LAST_GIVEN, phrase))
            return (begin, end) == (str(first), str(last))
        return begin == str(first) and (mention.get("granularity") == grain.lower() or end == str(last_day(first, grain)))
    return any(map(same, mentions))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("factmill")
    arguments.add_argument("folder")
    arguments.add_argument("--misses", action="store_true", help="list every case that is not right")
    options = arguments.parse_args()
    for kind in ("Numeral", "Ordinal", "AmountOfMoney", "Distance", "Volume", "Quantity", "Temperature", "Duration", "Time"):
        rows = list(cases(f"{options.folder}/{kind}/EN/Corpus.hs"))
        mentions = annotate(options.factmill, [phrase for _, phrase in rows])
        tally = {}
        for i, (expected, phrase) in enumerate(rows):
            group = time_kind(expected)[0] if kind == "Time" else kind
            if group == "clock":
                continue
            judge = {"Time": lambda e, m: is_time(e, phrase, m), "Duration": is_duration}.get(kind, lambda e, m: is_amount(kind, e, m))
            right = judge(expected, mentions.get(i, []))
            reason = OUTSIDE.get(group, {}).get(phrase)
            counts = tally.setdefault(group, [0, 0, 0])
            counts[0] += right
            counts[1] += 1
            counts[2] += reason is not None and not right
            if reason and right:
                print(f"{group}: {phrase!r} is right and needs no excuse")
            if options.misses and not right:
                read = "; ".join(str(m.get("timex") or m.get("value") or (m.get("low"), m.get("high"))) + f" {m['text']!r}" for m in mentions.get(i, []))
                print(f"{group}\t{expected}\t{phrase!r}\t{read}" + (f"\toutside: {reason}" if reason else ""))
        for group, (right, count, outside) in tally.items():
            print(f"{group}: all {right} of {count} = {100 * right / count:.1f} %; in scope {right} of {count - outside} = {100 * right / (count - outside):.1f} %")


run(main)
