#!/usr/bin/env python3
"""Smaller suites of other engines, for `factmill annotate`.

usage: suites.py FACTMILL SUITE FOLDER [--misses]

SUITE and FOLDER: sutime (CoreNLP's itest/src), chrono (its folder test/en), quantulum (quantulum3's _lang/en_US/tests),
price-parser (its folder tests), dateparser (its folder tests), ctparse (its folder ctparse), w2n (word2number's repository).
One case is one expected value: right where a mention that overlaps its text has the value and the unit, for times the first
day. Times of the clock are left out.
"""
import argparse
import ast
import datetime
import glob
import json
import os
import re

from peers import Tally, annotate, bounds, close, length_of, run, scale_between


def overlapping(mentions, begin, end):
    return [m for m in mentions if m["from"] < end and begin < m["to"]]


# --- SUTime

def sutime(options, tally):
    """The texts and the timexes expected of them once the publish date is known, in their order."""
    source = "".join(open(p, encoding="utf-8").read() for p in glob.glob(options.folder + "/edu/stanford/nlp/time/SUTimeITest.java"))
    source = re.sub(r"(?m)^\s*//.*$|(?<=[,;+\s])//.*$", "", source)
    for test in re.split(r"public void test", source)[1:]:
        name = re.match(r"\w+", test).group(0)
        text = re.search(r"testText\s*=\s*((?:\"(?:[^\"\\]|\\.)*\"\s*\+?\s*)+);", test)
        date = re.search(r'createDocument\(testText,\s*"(\d{4})-?(\d\d)-?(\d\d)', test)
        lists = re.findall(r"(expectedTimexes\w*)\s*=\s*Arrays\.asList\((.*?)\)\s*\.iterator", test, re.S)
        if not text or not lists:
            continue
        written = "".join(json.loads(s) for s in re.findall(r'"(?:[^"\\]|\\.)*"', text.group(1)))
        published = "-".join(date.groups()) if date else None
        expected = dict(lists).get("expectedTimexesResolved", lists[-1][1])
        mentions, at = annotate(options.factmill, [(written, published)])[0], 0
        for attributes, body in re.findall(r'<TIMEX3 (.*?)>(.*?)</TIMEX3>', expected):
            value = re.search(r'\bvalue=\\"([^"\\]*)\\"', attributes)
            begin = written.find(body, at)
            if begin < 0:
                continue
            at = begin + len(body)
            if not value or re.search(r"T\d", value.group(1)) or "TIME" in attributes and "T" in value.group(1):
                continue
            near = overlapping(mentions, begin, at)
            line = written[written.rfind("\n", 0, begin) + 1:(written + "\n").find("\n", begin)]
            tally.add("SUTime", f"{name}: {line} | {body}", any(same_timex(value.group(1), m) for m in near), value.group(1), near)


def same_timex(wanted, mention):
    timex = mention.get("timex")
    if timex is None:
        return False
    if re.fullmatch(r"-?\d+X+", wanted):
        wanted = wanted.rstrip("X")  # 196X is 196 in TIMEX3
    if timex == wanted or length_of(timex) is not None and length_of(timex) == length_of(wanted):
        return True
    begin, end = mention.get("period_start"), mention.get("period_end")
    range_of = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", wanted)
    return bool(begin) and (bool(range_of) and (begin, end) == range_of.groups() or wanted == begin == end)


# --- chrono

def chrono(options, tally):
    cases = []
    for path in sorted(glob.glob(options.folder + "/*.test.ts")):
        if re.search("time_exp|timezone|performance", path):
            continue
        for case in re.split(r"testSingleCase\(", open(path, encoding="utf-8").read())[1:]:
            head = re.match(r'\s*chrono(?:\.(\w+))?,\s*(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\'),\s*new Date\((\d+), (\d+)(?: - 1)?, (\d+)', case, re.S)
            if not head:
                continue
            minus = " - 1" in head.group(0)[head.group(0).find("new Date"):]
            text = (head.group(2) if head.group(2) is not None else head.group(3)).replace("\\n", "\n").replace('\\"', '"')
            published = f"{int(head.group(4)):04}-{int(head.group(5)) + (0 if minus else 1):02}-{int(head.group(6)):02}"
            body = case[:case.find("\n    });")] if "\n    });" in case else case
            known = {}
            for side, part, value in re.findall(r'result\.(start|end)\.get\("(\w+)"\)\)\.toBe\((-?\d+)\)', body):
                known.setdefault(side, {})[part] = int(value)
            start = known.get("start", {})
            if not {"year", "month"} <= set(start) or start.get("hour", 12) != 12 or start.get("minute") or start["year"] < 1:
                continue
            if re.search(r"\d:\d|\bo'clock|[ap]\.?m\b|noon|night|morning|evening|hour|minute|second|mins?\b", text, re.I):
                continue
            first = f"{start['year']:04}-{start['month']:02}-{start.get('day', 1):02}"
            last = known.get("end")
            last = f"{last['year']:04}-{last['month']:02}-{last.get('day', 1):02}" if last and {"year", "month", "day"} <= set(last) else None
            cases.append((os.path.basename(path), text, published, first, last))
    for (name, text, published, first, last), mentions in zip(cases, annotate(options.factmill, [(c[1], c[2]) for c in cases])):
        def same(m):
            begin, end = m.get("period_start"), m.get("period_end")
            if begin is None:
                return m.get("timex", "")[:len(first)] == first
            # They give a day of the week or the month where the whole is meant: last month is the same day of it.
            whole = m.get("granularity") in ("week", "month", "year", "weekend", "quarter", "range")
            near_enough = begin == first or whole and begin <= first <= end
            return near_enough and (last is None or end == last or whole and begin <= last <= end)
        tally.add("chrono", f"{name}: {text}", any(map(same, mentions)), f"{first} {last or ''} on {published}", mentions)


# --- quantulum3

QUANTULUM = {"dimensionless": None, "metre": "m", "kilometre": "km", "pound sterling": "GBP", "dollar": "USD", "euro": "EUR", "mile": "mi", "inch": "inch",
             "milligram": "mg", "year": "year", "degree Celsius": "°C", "square kilometre": "km2", "day": "day", "month": "month", "hour": "h", "week": "week",
             "gallon": "gal", "nanometre": "nm", "cubic centimetre": "cm3", "percentage": "percent", "square mile": "sq mi", "bit": "bit", "byte": "byte",
             "watt hour": "Wh", "megawatt hour": "MWh", "tonne": "ton", "gigahertz": "GHz", "megabyte": "MB", "degree fahrenheit": "°F", "kilometre per hour": "km/h",
             "kelvin": "K", "centilitre": "cL", "kilogram": "kg", "pound-mass": "lb", "cup": "cup", "tablespoon": "tbsp", "litre": "L", "exabyte": "EB", "kilowatt hour": "kWh",
             "watt": "W", "kilowatt": "kW", "volt": "V", "foot": "ft", "yard": "yd", "ton": "ton", "gram": "g", "minute": "min", "second": "s", "hectare": "ha", "acre": "acre",
             "cubic kilometre": "km3", "electronvolt": "eV", "teraelectronvolt": "TeV", "british thermal unit": "BTU"}


def quantulum(options, tally):
    for name in ("quantities.json", "quantities.ambiguity.json"):
        cases = json.load(open(os.path.join(options.folder, name), encoding="utf-8"))
        for case, mentions in zip(cases, annotate(options.factmill, [(c["req"], None) for c in cases])):
            at = 0
            for result in case["res"]:
                unit = result["unit"] if isinstance(result["unit"], str) else result["unit"].get("name", "")
                begin = case["req"].find(result["surface"], at)
                begin = begin if begin >= 0 else case["req"].find(result["surface"])
                if begin < 0:
                    continue
                at = begin + 1
                near = overlapping(mentions, begin, begin + len(result["surface"]))
                half = result.get("uncertainty") or 0

                def same(m):
                    read = bounds(m)
                    name, _, per = (unit, "", "") if unit in QUANTULUM else unit.partition(" per ")
                    if read is None or name not in QUANTULUM and name or per and QUANTULUM.get(per, per) != m.get("per"):
                        return False
                    scale = 1 if QUANTULUM.get(name) is None else scale_between(m.get("unit"), QUANTULUM[name])
                    if scale is None:
                        return False
                    low, high = read[0] * scale, read[1] * scale
                    return close(low, result["value"] - half) and close(high, result["value"] + half) or close(low, result["value"]) and close(high, low)
                year = QUANTULUM.get(unit) is None and any(m.get("timex") == f"{result['value']:.0f}" for m in near)
                tally.add("quantulum", f"{case['req']} | {result['surface']}", year or any(map(same, near)), f"{result['value']} {unit}", near)


# --- price-parser

SIGNS = {"$": ("USD", "CAD", "AUD", "MXN", "SGD"), "US$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "Rs": ("INR", "PKR", "LKR"), "Rs.": ("INR", "PKR", "LKR"), "¥": ("JPY", "CNY"),
         "R$": "BRL", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "RM": "MYR", "R": "ZAR", "₩": "KRW", "₺": "TRY",
         "₽": "RUB", "zł": "PLN", "kr": ("SEK", "NOK", "DKK"), "Rp": "IDR", "฿": "THB", "₱": "PHP", "₫": "VND", "CHF": "CHF", "Kč": "CZK", "руб": "RUB", "₴": "UAH", "Ft": "HUF"}


def price_parser(options, tally):
    tree = ast.parse(open(options.folder + "/test_price_parsing.py", encoding="utf-8").read())
    cases = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Example") or len(node.args) < 5:
            continue
        try:
            hint, price, currency, text, amount = (ast.literal_eval(a) for a in node.args[:5])
        except ValueError:
            continue
        if amount is None or not price or not currency:
            continue
        written = price if currency in price or not hint or currency not in hint else f"{currency} {price}"
        cases.append((written, currency, text, amount))
    for (written, currency, text, amount), mentions in zip(cases, annotate(options.factmill, [(c[0], None) for c in cases])):
        wanted = SIGNS.get(currency, currency)
        right = any(bounds(m) and close(bounds(m)[0], float(amount)) and m.get("unit") in (wanted if isinstance(wanted, tuple) else (wanted,)) for m in mentions)
        foreign = text and ("," in text and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text) or re.fullmatch(r"\d{1,3}\.\d{3}(\.\d{3})*", text) or " " in text)
        words = re.sub(re.escape(currency), "", written)
        tally.add("price-parser" + (", other languages and groupings" if foreign or not words.isascii() or currency not in SIGNS and not re.fullmatch("[A-Z]{3}", currency) else ""),
                  written.strip(), right, f"{amount} {currency}", mentions)


# --- dateparser, ctparse, word2number

def is_clock(text):
    return re.search(r"\d[:.]\d\d\b(?!\.)|\d ?[ap]\.?m\b|noon|night|morning|evening|hour|minute|second|\bmins?\b|\bsecs?\b|\bhrs?\b|now", text, re.I)


def first_day(tally, group, cases, factmill):
    for (text, published, wanted), mentions in zip(cases, annotate(factmill, [(t, p) for t, p, _ in cases])):
        right = any(m.get("period_start") == wanted or m.get("granularity") in ("week", "month", "year") and m["period_start"] <= wanted <= m["period_end"] for m in mentions)
        tally.add(group, text, right, f"{wanted} on {published}", mentions)


def dateparser(options, tally):
    source = open(options.folder + "/test_date_parser.py", encoding="utf-8").read()
    cases = []
    for block in re.findall(r"# English dates\n(.*?)# [A-Z]\w+ ?\w* dates\n", source, re.S):
        for text, y, m, d, clock in re.findall(r'param\(\s*"((?:[^"\\]|\\.)*)",\s*datetime\((\d+), (\d+), (\d+)((?:, \d+)*)\)', block):
            if not is_clock(text) and not re.search("[1-9]", clock):
                cases.append((text, "2012-11-13", f"{int(y):04}-{int(m):02}-{int(d):02}"))
    first_day(tally, "dateparser", cases, options.factmill)


def ctparse(options, tally):
    namespace = {}
    source = open(options.folder + "/time/corpus.py", encoding="utf-8").read()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            exec(compile(ast.Module([node], []), "corpus", "exec"), namespace)
    german = re.compile(r"\b(der|die|das|am|den|dem|des|und|vom|bis|zum|im|um|ab|nach|nächste\w*|letzte\w*|diese\w*|heute|morgen|gestern|jetzt|mo|di|mi|do|fr|sa|so|uhr|\w+tags?|märz|mai|juni|juli|okt\w*|dez\w*|januar|februar|dienstag|woche|jahr|monat\w*|ende|anfang|mitte|tage?n?|viertel|halb|gerade|genau|\d+\.)\b|[äöüß]|\d\.\s|\d\.\d", re.I)
    cases = []
    for expected, reference, phrases in namespace.get("corpus", []):
        day = re.fullmatch(r"Time\[\]\{(\d{4})-(\d\d)-(\d\d) X:X \(X/X\)\}", expected)
        for phrase in phrases:
            if day and not german.search(phrase) and not is_clock(phrase):
                cases.append((phrase, reference[:10], "-".join(day.groups())))
    first_day(tally, "ctparse", cases, options.factmill)


def w2n(options, tally):
    cases = []
    for path in glob.glob(options.folder + "/**/*test*.py", recursive=True):
        for text, value in re.findall(r"assertEqual\(w2n\.word_to_num\([\"'](.*?)[\"']\),\s*([-\d.]+)\)", open(path, encoding="utf-8").read()):
            cases.append((text, value))
    for (text, value), mentions in zip(cases, annotate(options.factmill, [(t, None) for t, _ in cases])):
        tally.add("word2number", text, any(bounds(m) and close(bounds(m)[0], float(value)) for m in mentions), value, mentions)


SUITES = {"sutime": sutime, "chrono": chrono, "quantulum": quantulum, "price-parser": price_parser, "dateparser": dateparser, "ctparse": ctparse, "w2n": w2n}
OUTSIDE = ()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("factmill")
    arguments.add_argument("suite", choices=sorted(SUITES))
    arguments.add_argument("folder")
    arguments.add_argument("--misses", action="store_true", help="list every case that is not right, those in scope with a +")
    options = arguments.parse_args()
    tally = Tally(options.misses, OUTSIDE)
    SUITES[options.suite](options, tally)
    tally.report()


run(main)
