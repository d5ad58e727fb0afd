#!/usr/bin/env python3
"""Recognizers-Text's English specifications, for `factmill annotate`.

usage: recognizers.py FACTMILL FOLDER [--misses] [--only MODEL]

FOLDER is its folder Specs. One case is one expected result: right where a mention that overlaps its text has the value and the unit,
for times the first and the last day, for durations the length. Cases that expect nothing are no part of it. Times of the
clock and ordinals that count from somewhere else than the start ("the next one") are left out.
"""
import argparse
import json
import os
import re

from peers import Tally, annotate, bounds, close, day_after, length_of, run, scale_between

MODELS = ("Number/NumberModel", "Number/NumberRangeModel", "Number/OrdinalModel", "Number/PercentModel", "NumberWithUnit/CurrencyModel",
          "NumberWithUnit/DimensionModel", "NumberWithUnit/TemperatureModel", "NumberWithUnit/AgeModel", "DateTime/DateTimeModel",
          "DateTime/DateTimeModelComplexCalendar", "DateTime/DateParser", "DateTime/DatePeriodParser", "DateTime/DurationParser", "DateTime/HolidayParser", "DateTime/SetParser")
UNITS = {
    "Dollar": "$", "Cent": "$c", "Pound": "£", "Pence": "£c", "Penny": "£c", "Franc": ("CHF", "FRF", "XAF"), "Bitcoin": "BTC", "Rupee": ("INR", "PKR", "LKR"), "Satoshi": "BTC", "Sen": ("JPY", "IDR", "MYR"),
    "Finnish markka": "FIM", "Peseta": "ESP", "Netherlands guilder": ("NLG", "ANG", "XCG"),
    "Foot": "ft", "Meter": "m", "Mile": "mi", "Pound weight": "lb", "Gallon": "gal", "Ton": "ton", "Metric ton": "ton", "Kilometer per hour": "km/h",
    "Kilogram": "kg", "Microgram": "µg", "Inch": "inch", "Square meter": "m2", "Kilometer": "km", "Millimeter": "mm", "Decimeter": "dm", "Picometer": "pm",
    "Degree": ("degree", "°C", "°F"), "Turn": "turn", "Milliliter": "mL", "Barrel": "bbl", "Ounce": "oz", "Acre": "acre", "Cubic foot": "ft3", "Bit": "bit", "Mile per hour": "mph",
    "Square kilometer": "km2", "Megabit": "Mb", "Megabyte": "MB", "Tablespoon": "tbsp", "Cup": "cup", "Teaspoon": "tsp", "Gram": "g", "Radian": "rad", "C": "°C", "F": "°F",
    "Year": "year", "Month": "month", "Week": "week", "Day": "day",
}
# Forms that no writer of English news uses, by what stands behind "MODEL: input | expected text"; each with its reason.
OUTSIDE = (
    (r"^NumberModel: .*(192\.168|phone number|5/17/2018|nrs\.|SCP-173|423 0000|three-nought-four)", "digits of addresses, telephones, dates and codes are no amounts"),
    (r"^NumberModel: .*\\^", "powers are arithmetic"),
    (r"^NumberModel: .*\bover (3|20|three|twenty|one hundred)", "one over three is arithmetic"),
    (r"^NumberModel: .*(trillionths?|(fifth|first|hundredth|thirtieth)s?\b.*) \| ", "arithmetic with the names of fractions; halves to tenths are read"),
    (r"^NumberModel: .*(fifty|one|five|ninety) - ", "a hyphen with spaces is a dash"),
    (r"^(NumberModel|TemperatureModel): .*- (1 4/5|10  k|20 degrees)", "a sign with a space behind it is a dash or a bullet"),
    (r"^NumberModel: .*\d ?[GMk] \| ", "a scale's letter with neither currency nor unit"),
    (r"^NumberModel: .*(one last time|5,00|\$10000 in 3 years|two million and one half|two dozens|2\.12 hundred|3 dzs|two millionth|a half \||three quarters \|)", "no amount of its own, or none that is written so"),
    (r"^OrdinalModel: .*(trillionth|first class|a third|a thirtieth)", "no place in an order"),
    (r"^NumberRangeModel: .*(equal|greater than \| |< = |tenth|one quarter|How about 2 in 5)", "the words of a query, not of a report"),
    (r"^PercentModel: .*(percents? of|per cent of)", "twenty of a percentage is no percentage"),
    (r"^CurrencyModel: .*(\bc \$|hk \$)", "text taken apart into words"),
    (r"^CurrencyModel: .*(dollars? (and )?(one|two|fifty|forty|50|15|25)|usd (25|50)|and fifty|mao five|17 usd)", "amounts as they are spoken"),
    (r"^CurrencyModel: .*(ரூ|\bsen \d|satoshi|dollar 22\.5)", "no name that stands so"),
    (r"^DimensionModel: .*(millisecond|km/ms|[(\[{<]kg|picomet|2 pm|drachma|turns? |half turn|100 mb|12 m 2 dm)", "no unit of news"),
    (r"^DimensionModel: .*(25 pounds|2,204\.62 pounds|two pounds)", "pounds of weight: nothing near them says so, and they are flagged"),
    (r"^TemperatureModel: .*centigrate", "a slip of the pen"),
    (r"^AgeModel: .*(87 yo|age 87|40 - 50)", "a patient's file"),
    (r"^Date.*: .*\| (.*\b(tmrw|otd|sy ?\d+|school year .*|this school year)|my (day|week|weekend)|(the|all|full|whole).?(day|week|month|hour)|(the )?(weekend|fortnight)|next|this)$", "a calendar's shorthand, without a date"),
    (r"^(Date|Duration).*\| .*\b\d+[dwy]$", "a duration in one letter"),
    (r"^Date.*\| ((this|next|from)? ?.*\b\d{1,2}[./-]\d{1,2}( .*)?|\d{8}|\d{4} \d\d \d\d|.*\d-\d{1,2}-\d{2}|.*2020[-/]23.*|23-2020.*|[<>= ]+\d{4}|.*\d ?[-/] \d{4}|\d{4}[-/. ]+ ?\d{1,2}|08/12,.*|.*-page.*)$", "digits alone that are fractions, codes or versions to news"),
    (r"^Date.*\| (.*\b(nineteen|seventeen|two|one) (hundred|thousand).*|year \d+|.*\bof 87|.*\b99|january first 12|5 december 1391|2150)$", "years as they are spoken, and far ones"),
    (r"^Date.*\| (.*(previous|past|following|next|last) (monday|wednesday|friday|easter|6th.*|sept)|.*(sunday|friday|monday|tuesday|thursday).* (3[01]|the fifteen)|(second|first|third|fifth) (sunday|tuesday)|.*weeks? .* on (friday|tuesday)|.*(monday|thursday|sunday),? (two|3).*|in 3 days on friday|two monday later|.* days? from .*|.* after next friday)$", "appointments"),
    (r"^Date.*\| (.*\b(the )?(\d{1,2}(st|nd|rd|th)?|second|thirty|twenty second))$", "a day of an unnamed month"),
    (r"^Date.*\| (.*(year|month)s?,? .*(ago|later|days|since 2011|1 month).*|.*(2 weeks and 2 days|1 month).*)$", "a length in two units, counted from today"),
    (r"^Date.*: (.*\b(freedom day|jubilee day|saint patrick 2020|thanks ?giving day.*|yuandan|.*hijri.*|.*arabic new year|islamic new year.*|festival of breaking.*|ramathan|2/29.*|feb 30.*|31st of this month|fifth sunday))", "holidays that market reports do not name, and days that do not exist"),
    (r"^HolidayParser.*\| (ram|eid)", "their calendar begins the Islamic month a day before ours"),
    (r"^(Date|Set).*\| (any (year|weekend)|one a day|everyday|mornings|annual|every weekday|19th of every month|each 4/15|weekends|summer|winter|the summer)$", "no date and no set of dates"),
)


def is_number(resolution, mention):
    read = bounds(mention)
    return read is not None and close(read[0], float(resolution["value"])) and close(read[1], read[0])


def is_range(resolution, mention):
    read = bounds(mention)
    low, high = resolution["value"].strip("[]()").split(",")
    if low == high and read is not None:
        return close(read[0], float(low))
    if read is None:
        return False
    if low and high:
        return "low" in mention and close(read[0], float(low)) and close(read[1], float(high))
    wanted = ("more_than", "at_least") if low else ("less_than", "up_to", "as_low_as")
    return close(read[0], float(low or high)) and (not low or not high) and (mention.get("qualifier") in wanted or low == high)


def is_percent(resolution, mention):
    read = bounds(mention)
    if read is None or mention.get("unit") != "percent":
        return False
    value = resolution["value"]
    if "," in value:
        return is_range({"value": value.replace("%", "")}, mention)
    return close(read[0], float(value.rstrip("%")))


def is_quantity(resolution, mention):
    read = bounds(mention)
    if read is None or resolution.get("value") is None:
        return False
    name = resolution["unit"]
    wanted = resolution.get("isoCurrency") or UNITS.get("Pound weight" if name == "Pound" and resolution.get("subtype") else name, name)
    factor = 1
    if isinstance(wanted, str) and wanted[:1] in "$£":
        factor = 100 if wanted.endswith("c") else 1
        wanted = ("USD", "CAD", "AUD", "HKD", "SGD") if wanted[0] == "$" else ("GBP", "EGP")
        wanted = wanted + (("EUR",) if factor == 100 else ())
    for unit in (wanted if isinstance(wanted, tuple) else (wanted,)):
        scale = scale_between(mention.get("unit"), unit)
        if scale is not None and close(read[0] * scale * factor, float(resolution["value"])):
            return True
    return False


def wanted_times(result):
    """Both of its answers in one form, of the models and of the parsers."""
    resolution = result.get("Resolution") or {}
    for value in resolution.get("values", []):
        yield {k: v for k, v in value.items() if isinstance(v, str)}
    value = result.get("Value")
    if value:
        for name in ("FutureResolution", "PastResolution"):
            if isinstance(value.get(name), dict):
                read = value[name]
                yield {"timex": value.get("Timex"), "type": result.get("Type", "").split(".")[-1], "value": read.get("date") or read.get("duration") or read.get("set"),
                       "start": read.get("startDate"), "end": read.get("endDate")}


def is_set(wanted, timex):
    """P1WE is XXXX-WXX-WE to TIMEX3, TMO is XXXX-XX-XXTMO."""
    if timex is None:
        return False
    same_as = {"P1WE": "XXXX-WXX-WE", "P2WE": "P2WE"}.get(wanted, wanted)
    return timex in (wanted, same_as) or re.match("T[A-Z]{2}$", wanted) and timex.endswith(wanted) or \
        length_of(timex) is not None and length_of(timex) == length_of(wanted)


def is_duration(wanted, mention):
    timex = mention.get("timex")
    if timex is None:
        return False
    vague = re.fullmatch(r"P(T?)X(\w)", timex)  # several weeks: three to them, PXW to TIMEX3
    return timex == wanted or length_of(timex) is not None and length_of(timex) == length_of(wanted) or \
        vague is not None and wanted == f"P{vague.group(1)}3{vague.group(2)}" or \
        mention.get("granularity") in ("week", "month", "year", "day") and wanted == "P1" + mention["granularity"][0].upper()


def is_range_of_days(wanted, mention):
    timex, begin, end = mention.get("timex"), mention.get("period_start"), mention.get("period_end")
    if timex is not None and timex in (wanted["timex"], wanted["timex"].strip("()").split(",")[-1]):
        return True
    if begin is None or end is None:
        return False
    first, last = (wanted.get("start") or "")[:10], (wanted.get("end") or "")[:10]
    if first and last:
        # They take the end's first day for the last: 2014-2018 ends on January 1, 2018, March to May on May 1.
        ends = (end, day_after(end), end[:8] + "01", end[:5] + "01-01")
        return begin == first and (last in ends if "/" in (timex or "") or "range" == mention.get("granularity") else last in ends[:2])
    edge = first or last  # before, after, since: the date itself is what is read
    return bool(edge) and edge in (begin, end, day_after(end))


def is_time(wanted, mention):
    timex, kind = mention.get("timex"), wanted["type"]
    if kind == "set":
        return is_set(wanted["timex"], timex)
    if kind == "duration":
        return is_duration(wanted["timex"], mention)
    begin, end = mention.get("period_start"), mention.get("period_end")
    if kind == "daterange":
        return is_range_of_days(wanted, mention)
    value = (wanted.get("value") or "")[:10]
    if begin is None or end is None:
        return timex is not None and timex == wanted["timex"]
    if mention.get("granularity") in ("month", "year", "week") and re.search(r"(month|year|week)s? |(month|year|week)s?$", mention["text"]):
        return begin <= value <= end  # in two years: the day to them, the year to TIMEX3
    return value == begin and (end == begin or mention.get("granularity") in ("day", "hour", "minute"))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("factmill")
    arguments.add_argument("folder")
    arguments.add_argument("--misses", action="store_true", help="list every case that is not right, those in scope with a +")
    arguments.add_argument("--only", default="", help="models with this in their name")
    options = arguments.parse_args()
    tally = Tally(options.misses, OUTSIDE)
    for model in MODELS:
        folder, name = model.split("/")
        if options.only not in model:
            continue
        cases = json.load(open(os.path.join(options.folder, folder, "English", name + ".json"), encoding="utf-8-sig"))
        texts = [(c["Input"], (c.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")[:10]) for c in cases]
        for case, mentions in zip(cases, annotate(options.factmill, texts)):
            for result in case["Results"]:
                if "Start" not in result:
                    continue
                end = result["End"] if "End" in result else result["Start"] + result["Length"] - 1
                near = [m for m in mentions if m["from"] <= end and result["Start"] < m["to"]]
                group, expected = name, result.get("Resolution") or result.get("Value")
                if folder == "DateTime":
                    wanted = list(wanted_times(result))
                    kinds = {w["type"] for w in wanted}
                    if not wanted or not kinds <= {"date", "daterange", "duration", "set"}:
                        continue
                    group += " " + min(kinds)
                    if any("set" == w["type"] and re.search(r"T\d", w["timex"]) for w in wanted):
                        continue
                    right = any(is_time(w, m) for w in wanted for m in near)
                    expected = " | ".join(sorted({f"{w['timex']} {w.get('value') or ''}{w.get('start') or ''}..{w.get('end') or ''}" for w in wanted}))
                elif not expected or expected.get("value") is None:
                    continue
                else:
                    if "relativeTo" in expected and expected["relativeTo"] != "start" or "Ordinal" in name and not re.fullmatch(r"-?[\d.]+", expected["value"]):
                        continue
                    judge = {"NumberModel": is_number, "OrdinalModel": is_number, "NumberRangeModel": is_range, "PercentModel": is_percent}.get(name, is_quantity)
                    right = any(judge(expected, m) for m in near)
                tally.add(group, case["Input"] + " | " + result["Text"], right, expected, near)
    tally.report()


run(main)
