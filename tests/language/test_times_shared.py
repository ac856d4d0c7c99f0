"""Agreement with the DateTimeModel of ../shared/data (MIT), where its cases mean what the codebook means.

A case is taken when it has one result, a date or a range of dates, and its expression belongs to one of the classes
below. Left out, because the codebook says otherwise or says nothing: talk of appointments in figures ("5/12 to 5/20"),
business days, dates inside file names and addresses, weeks by number, holidays, years of two figures or in words, bare
days of the month, and "last Tuesday" as the Tuesday of the week before. Of several readings the latest not after the
reference day is expected ("on Monday" is past in news); a day of the month may lie up to 40 days ahead. The model's
ranges end before the last day, month or year that they name; ours end with it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nongrata.language.times import find_times

DATA = Path(__file__).parents[3] / "shared" / "data" / "DateTimeModel.json.gz"

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
_DATED = rf"{_DAY},? (?:(?:of|in) )?{_YEAR}"
_TO = r"(?: to | until | till | through | ?- ?)"
_CLASSES = {
    "full date": rf"(?:{_WEEKDAY},? )?{_DATED}|{_YEAR}-\d\d-\d\d|\d\d?[-/]{_MONTH}[-/]{_YEAR}|1/1/{_YEAR}",
    "range of dates": rf"(?:from )?{_DAY}(?:,? (?:(?:of|in) )?{_YEAR})?{_TO}(?:the )?{_DATED}",
    "day and month": rf"(?:{_WEEKDAY},? )?{_DAY}",
    "month and year": rf"{_MONTH},? (?:of )?{_YEAR}",
    "year": _YEAR,
    "decade": r"(?:the )?\d{3}0s",
    "range of years": rf"from {_YEAR}{_TO}{_YEAR}|between {_YEAR} and {_YEAR}|{_YEAR}{_TO}{_YEAR}",
    "range of months": rf"from {_MONTH}{_TO}{_MONTH}(?: {_YEAR})?",
    "weekday": _WEEKDAY,
    "near day": r"today|yesterday|tomorrow|the day before yesterday|the day after tomorrow",
    "near unit": r"(?:last|next) (?:week|month|year|quarter)|next decade",
    "quarter": rf"q[1-4] {_YEAR}|the (?:first|second|third|fourth) quarter of {_YEAR}",
    "in time to come": r"(?:the )?(?:next|coming) \w+ (?:days|weeks|months|years)",
}
_FLOOR = 0.9
_LAST_NAMED = {"range of dates": 1, "range of years": 366, "range of months": 31}
"""How many days the end that these classes name can have: by so much ours reach further."""


def _expected(case: dict[str, Any], kind: str, published: date) -> tuple[date, date] | None:
    readings = []
    for value in case["Results"][0]["Resolution"]["values"]:
        first, last = value.get("start", value.get("value", "")), value.get("end", value.get("value", ""))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", first) and re.fullmatch(r"\d{4}-\d\d-\d\d", last):
            end = date.fromisoformat(last)
            readings.append((date.fromisoformat(first), end if value["type"] == "date" else end - timedelta(1)))
    ahead = timedelta(40 if kind == "day and month" else 0)
    past = [reading for reading in readings if reading[0] <= published + ahead]
    return max(past) if past else min(readings, default=None)


def _agrees(got: tuple[date, date], expected: tuple[date, date], kind: str) -> bool:
    if kind == "in time to come":  # the model starts on the morrow
        return abs((got[1] - expected[1]).days) <= 1
    if kind in _LAST_NAMED:
        return got[0] == expected[0] and 0 <= (got[1] - expected[1]).days <= _LAST_NAMED[kind]
    return got == expected


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_file(), reason="needs ../shared/data")
def test_agreement_with_the_date_time_model() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: list[object] = []
    for case in json.loads(gzip.decompress(DATA.read_bytes()).decode("utf-8-sig")):
        if len(case["Results"]) != 1 or case["Results"][0].get("TypeName") not in (
            "datetimeV2.date",
            "datetimeV2.daterange",
        ):
            continue
        said = case["Results"][0]["Text"].lower()
        kind = next((name for name, pattern in _CLASSES.items() if re.fullmatch(pattern, said)), None)
        begin, end = case["Results"][0]["Start"], case["Results"][0]["End"] + 1
        within_a_name = re.search(r"[\w/.$-]$", case["Input"][:begin]) or re.match(r"[-/\w]", case["Input"][end:])
        if kind is None or within_a_name or "ReferenceDateTime" not in case.get("Context", {}):
            continue
        published = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        expected = _expected(case, kind, published)
        if expected is None:
            continue
        found = [(t.when.first, t.when.last) for t in find_times(case["Input"], published) if t.when]
        total[kind] += 1
        if any(_agrees(got, expected, kind) for got in found):
            right[kind] += 1
        else:
            wrong.append(
                (
                    kind,
                    case["Input"],
                    str(published),
                    [str(d) for d in expected],
                    [[str(d) for d in got] for got in found],
                )
            )
    for kind in _CLASSES:
        print(f"{kind}: {right[kind]} of {total[kind]}")  # noqa: T201
    print(f"all: {right.total()} of {total.total()}")  # noqa: T201
    assert right.total() / total.total() >= _FLOOR, wrong
