"""What the judges of tools/peers share: the command run on many texts, amounts and lengths compared, cases tallied."""
import datetime
import json
import os
import re
import signal
import subprocess
import sys

# Units that other engines name otherwise are compared by what they come to in the first unit of their row.
IN_STANDARD = {}
for row in ({"m": 1, "km": 1000, "cm": .01, "mm": .001, "dm": .1, "nm": 1e-9, "μm": 1e-6, "pm": 1e-12, "mi": 1609.344, "yd": .9144, "ft": .3048, "inch": .0254, "nautical mile": 1852},
            {"g": 1, "kg": 1000, "mg": .001, "µg": 1e-6, "ton": 1e6, "lb": 453.59237, "oz": 28.349523125, "short ton": 907184.74, "long ton": 1016046.9088},
            {"L": 1, "mL": .001, "cL": .01, "dL": .1, "hL": 100, "m3": 1000, "cm3": .001, "gal": 3.785411784, "cup": .2365882365, "ft3": 28.316846592, "bbl": 158.987294928,
             "tbsp": .01478676478125, "tsp": .00492892159375},
            {"m2": 1, "km2": 1e6, "ha": 1e4, "acre": 4046.8564224, "sq ft": .09290304, "sq mi": 2589988.110336},
            {"km/h": 1, "m/s": 3.6, "mph": 1.609344, "knot": 1.852},
            {"s": 1, "min": 60, "h": 3600, "day": 86400, "week": 604800}):
    IN_STANDARD.update({name: (next(iter(row)), factor) for name, factor in row.items()})

SECONDS = {"S": 1, "M": 60, "H": 3600}
ISO_DURATION = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?")


def annotate(factmill, texts):
    """texts: (text, publish date or None, URL or None). The mentions of each, with `from` and `to` in characters."""
    lines = []
    for i, (text, published, *url) in enumerate(texts):
        record = {"id": str(i), "text": text}
        if published:
            record["published"] = published
        if url and url[0]:
            record["url"] = url[0]
        lines.append(json.dumps(record, ensure_ascii=False))
    run = subprocess.run([factmill, "annotate", "-", "--from", "jsonl"], input=("\n".join(lines) + "\n").encode("utf-8", "replace"),
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
    found = {}
    for record in map(json.loads, run.stdout.decode().splitlines()):
        raw = texts[int(record["id"])][0].encode("utf-8", "replace")
        for mention in record["mentions"]:
            mention["from"] = len(raw[:mention["start"]].decode("utf-8", "replace"))
            mention["to"] = mention["from"] + len(mention["text"])
        found[int(record["id"])] = record["mentions"]
    return [found.get(i, []) for i in range(len(texts))]


def bounds(mention):
    """Both ends of an amount, or none."""
    low = mention.get("low", mention.get("value"))
    high = mention.get("high", mention.get("value"))
    return None if low is None else (float(low), float(high))


def close(a, b):
    return abs(a - b) <= 1e-6 * max(1e-9, abs(a), abs(b))


def scale_between(read, wanted):
    """What turns an amount of `read` into one of `wanted`; none where they are of different kinds."""
    if read == wanted:
        return 1
    if read in IN_STANDARD and wanted in IN_STANDARD and IN_STANDARD[read][0] == IN_STANDARD[wanted][0]:
        return IN_STANDARD[read][1] / IN_STANDARD[wanted][1]
    return None


def length_of(timex):
    """(months, seconds) of an ISO 8601 duration, or none."""
    parts = ISO_DURATION.fullmatch(timex or "")
    if not parts or timex == "P":
        return None
    y, mo, w, d, h, mi, s = (float(p or 0) for p in parts.groups())
    return 12 * y + mo, w * 604800 + d * 86400 + h * 3600 + mi * 60 + s


def same_length(timex, months, seconds):
    read = length_of(timex)
    return read is not None and close(read[0], months) and close(read[1], seconds)


def day_after(text):
    return str(datetime.date.fromisoformat(text) + datetime.timedelta(1))


def shown(mentions):
    def one(m):
        value = m.get("timex") or (m.get("value") if "value" in m else (m.get("low"), m.get("high")))
        return f"{value} {m.get('unit', '')} {m.get('qualifier', '')}".strip() + f" {m['text']!r}"
    return "; ".join(one(m) for m in mentions if "value" in m or "low" in m or "timex" in m)


class Tally:
    """Cases by group, right or not; those outside the scope of English news are told apart."""

    def __init__(self, list_misses, outside=()):
        self.list_misses = list_misses
        self.outside = [(re.compile(pattern, re.I), reason) for pattern, reason in outside]
        self.groups = {}

    def reason(self, group, text):
        return next((reason for pattern, reason in self.outside if pattern.search(f"{group}: {text}")), None)

    def add(self, group, text, right, expected, mentions):
        outside = self.reason(group, text)
        counts = self.groups.setdefault(group, [0, 0, 0, 0])
        counts[0] += right
        counts[1] += 1
        if not outside:
            counts[2] += right
            counts[3] += 1
        if self.list_misses and not right:
            print(f"{'-' if outside else '+'} {group}\t{text!r}\t{expected}\t{shown(mentions)}")

    def report(self):
        def share(right, cases):
            return f"{right} of {cases}" + (f" = {100 * right / cases:.1f} %" if cases else "")
        if not self.groups:
            raise OSError("no cases in that folder")
        for group, (right, cases, in_right, in_cases) in self.groups.items():
            print(f"{group}: all {share(right, cases)}; in scope {share(in_right, in_cases)}")


def run(main):
    """A judge's main(): what cannot be read or run is a message, and a reader that goes away (head) is no error."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit((error.stderr or b"").decode() + f"{os.path.basename(sys.argv[0])}: error: {error.cmd[0]} ended with {error.returncode}")
    except OSError as error:
        sys.exit(f"{os.path.basename(sys.argv[0])}: error: {error}")
