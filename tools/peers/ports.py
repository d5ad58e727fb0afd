#!/usr/bin/env python3
"""Suites of parsers of dates, numbers and money in other languages than ours, for `factmill annotate`.

usage: ports.py FACTMILL SUITE FOLDER [--misses]

SUITE, each with its repository as FOLDER: chronic (mojombo/chronic), natty (joestelmach/natty), compromise-dates and
compromise-numbers (spencermountain/compromise), monetize (RubyMoney/monetize), numerizer (jaidevd/numerizer), text2num
(allo-media/text2num-rs). One case is one text that is an expression by itself: right where a mention has the value; for
days where it begins on that day or is a week, month or year that holds it ("in 3 years" is a year in TIMEX3), or, where the
suite gives the middle of a stretch, where that lies in its middle. Times of the clock are left out.
"""
import argparse
import ast
import datetime
import re

from peers import Tally, annotate, bounds, close, run

NOW = str(datetime.date.today())


def read(path):
    return open(path, encoding="utf-8").read()


def is_day(wanted, mention, middle):
    begin, end = mention.get("period_start"), mention.get("period_end")
    if not begin:
        return False
    if begin == wanted or mention.get("granularity") in ("week", "month", "year") and begin <= wanted <= end:
        return True
    first, last, day = (datetime.date.fromisoformat(d) for d in (begin, end, wanted))
    return middle and first < last and abs((first + (last - first) / 2 - day).days) <= 1


def days(tally, name, options, cases, middle=False):
    """cases: (text, publish date, first day)."""
    for (text, published, wanted), mentions in zip(cases, annotate(options.factmill, [c[:2] for c in cases])):
        tally.add(name, text, any(is_day(wanted, m, middle) for m in mentions), f"{wanted} on {published}", mentions)


def numbers(tally, name, options, cases):
    """cases: (text, number)."""
    for (text, wanted), mentions in zip(cases, annotate(options.factmill, [(t, None) for t, _ in cases])):
        tally.add(name, text, any(bounds(m) and all(close(b, float(wanted)) for b in bounds(m)) for m in mentions), wanted, mentions)


def chronic(options, tally):
    pattern = r'parse_now\("([^"]+)"(, :context => :future)?\)\s*\n\s*assert_equal Time\.local\((\d+), (\d+), (\d+)(?:, (\d+)(?:, (\d+))?)?'
    cases = []
    for text, _, year, month, day, hour, minute in re.findall(pattern, read(options.folder + "/test/test_parsing.rb")):
        if hour in ("", "12", "0") and not int(minute or 0) and not re.search(r"\b(noon|midnight|morning|hours?|min|minutes?|[ap]m|\d+:\d+)\b", text):
            cases.append((text, "2006-08-16", f"{int(year)}-{int(month):02}-{int(day):02}"))
    days(tally, "chronic", options, cases, middle=True)


def natty(options, tally):
    source = read(options.folder + "/src/test/java/com/joestelmach/natty/DateTest.java")
    cases, reference = [], None
    for line in source.splitlines():
        parsed = re.search(r'\.parse\("(\d+)/(\d+)/(\d+)"\)', line)
        if parsed:
            month, day, year = map(int, parsed.groups())
            reference = f"{year}-{month:02}-{day:02}"
        case = re.search(r'validateDate\((reference, )?"([^"]+)", (\d+), (\d+), (\d{4}|Calendar)', line)
        if case and (case.group(5) != "Calendar") and (reference or not case.group(1)):
            cases.append((case.group(2), reference if case.group(1) else NOW, f"{case.group(5)}-{int(case.group(3)):02}-{int(case.group(4)):02}"))
    days(tally, "natty", options, cases)


def compromise_dates(options, tally):
    months = {name: i for i, name in enumerate("january february march april may june july august september october november december".split(), 1)}

    def day(text):
        year, month, date = (part.strip() for part in text.split(",")[:3])
        return f"{year}-{months.get(month) or int(month) + 1:02}-{int(date):02}"
    cases = []
    source = re.sub(r"(?m)^\s*//.*$", "", read(options.folder + "/plugins/dates/tests/startDates.test.js"))
    for block in re.split(r"today:\s*\[", source)[1:]:
        today = day(block[:block.index("]")])
        for quote, text, wanted in re.findall(r"\[(['\"`])(.+?)\1, \[(\d{4}, \w+, \d+)\]\]", block):
            if not re.search(r"\d ?[ap]m\b|\d:\d|o'?clock|noon|hours?|@", text):
                cases.append((text.strip(), today, day(wanted)))
    days(tally, "compromise dates", options, cases)


def compromise_numbers(options, tally):
    folder, cases = options.folder + "/tests/three/numbers/", []
    source = re.sub(r"(?m)^\s*//.*$", "", read(folder + "number-parse.test.js") + read(folder + "units.test.js"))
    cases += re.findall(r"\['([^']+)', (-?[\d.]+)(?:, '[^']*')?\]", source)
    cases += re.findall(r"cardinal\('([^']+)'\), (-?[\d.]+)", re.sub(r"(?m)^\s*//.*$", "", read(folder + "toCardinal.test.js")))
    numbers(tally, "compromise numbers", options, cases)


def monetize(options, tally):
    marks = dict(re.findall(r"['\"]([^'\"]+)['\"]\s*=>\s*'([A-Z]{3})'", read(options.folder + "/lib/monetize/parser.rb")))
    cases = []
    for mark, code in marks.items():
        forms = {"{}5.95": 5.95, "5.95{}": 5.95, "+{}5.95": 5.95, "-{}5.95": -5.95, "{}1.26K": 1260, "{}126.36M": 126.36e6, "{}.45B": .45e9, "-{}2.45B": -2.45e9, "{}1.65T": 1.65e12}
        cases += [(form.format(mark), value, code) for form, value in forms.items()]
    for text, cents, code in re.findall(r"Monetize\.parse\(['\"]([^'\"]+)['\"]\)\)\.to eq Money\.new\((-?[\d_]+), ['\"]([A-Z]{3})['\"]", read(options.folder + "/spec/monetize_spec.rb")):
        if not re.search(r"[€£R]5\.95|£9\.99|kr9|L9|1\.05 DKK|6[.,]53 ", text):  # read as dollars where a setting says so
            cases.append((text, float(cents.replace("_", "")) / 100, code))
    for (text, value, code), mentions in zip(cases, annotate(options.factmill, [(c[0], None) for c in cases])):
        right = any(bounds(m) and close(bounds(m)[0], value) and (m.get("unit") == code or m.get("unit") == "CNY" and "¥" in text) for m in mentions)
        tally.add("monetize", text, right, f"{value} {code}", mentions)


def numerizer(options, tally):
    source, cases = read(options.folder + "/test_numerize.py"), []
    for text, wanted in re.findall(r'assert numerize\("([^"]+)"\) == "([-\d./]+)"', source):
        cases.append((text, eval(wanted, {})))  # 3/4
    for table in re.findall(r"strings = (\{.*?\n    \})", source, re.S):
        for value, texts in ast.literal_eval(table).items():
            cases += [(text, value) for text in ([texts] if isinstance(texts, str) else texts) if isinstance(value, (int, float))]
    numbers(tally, "numerizer", options, cases)


def text2num(options, tally):
    source = read(options.folder + "/src/lang/en/mod.rs")
    cases = re.findall(r'assert_text2digits!\(\s*"([^"]+)",\s*"(\d+)(?:st|nd|rd|th)?"\s*\)', source)
    numbers(tally, "text2num", options, [c for c in cases if not c[1].startswith("0") or c[1] == "0"])


SUITES = {"chronic": chronic, "natty": natty, "compromise-dates": compromise_dates, "compromise-numbers": compromise_numbers, "monetize": monetize,
          "numerizer": numerizer, "text2num": text2num}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("factmill")
    arguments.add_argument("suite", choices=sorted(SUITES))
    arguments.add_argument("folder")
    arguments.add_argument("--misses", action="store_true", help="list every case that is not right")
    options = arguments.parse_args()
    tally = Tally(options.misses)
    SUITES[options.suite](options, tally)
    tally.report()


run(main)
