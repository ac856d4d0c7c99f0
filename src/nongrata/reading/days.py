"""Calendar dates as they stand in the furniture of a page: mastheads, datelines, addresses.

Relative times ("on Tuesday") belong to the language layer; here a date has a day, a month and a year, or it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from nongrata.model import Span
from nongrata.reading.labels import furniture_labels

_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/_]?)(?P<m>\d{1,2}|[a-z]{3,9})(?P=sep)(?P<d>\d{1,2})(?!\d)"
)
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a publication date can have; other numbers of four digits are no years."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A date in a text: where it stands and which day it is."""

    span: Span
    day: date


def parse_day(text: str) -> date | None:
    """The day of one date or timestamp: ISO 8601, or any form that ``find_days`` knows; None when it holds no date."""
    text = text.strip()
    match = _ISO.match(text)
    day = _day(*match.groups()) if match else None
    if match:
        return day
    found = find_days(text[:200])
    return found[0].day if found else None


def day_of_address(url: str) -> date | None:
    """The day in an address (``/2024/03/05/``, ``/2024/mar/05``, ``-2024-03-05-``, ``20240305``), or None."""
    match = _ADDRESS.search(url)
    if match is None:
        return None
    month = match["m"]
    return _day(match["y"], month if month.isdigit() else str(_months().get(month.casefold(), 0)), match["d"])


def find_days(text: str) -> list[FoundDay]:
    """All full dates in ``text``, in order, also when glued to the words beside them.

    ``05/03/2024`` is given only when it can be read in one way; ``05.03.2024`` is the 5th of March.
    """
    found = []
    for match in _dates().finditer(text):
        day = _read(match)
        if day:
            found.append(FoundDay(Span(*match.span()), day))
    return found


def _read(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    if group["name1"]:
        return _day(group["y1"], str(month_number(group["name1"])), group["d1"])
    if group["name2"]:
        return _day(group["y2"], str(month_number(group["name2"])), group["d2"])
    if group["y3"]:
        return _day(group["y3"], group["m3"], group["d3"])
    if group["dots"] == ".":
        return _day(group["y4"], group["m4"], group["d4"])
    days = {_day(group["y4"], group["m4"], group["d4"]), _day(group["y4"], group["d4"], group["m4"])} - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for the name or abbreviation of a month.

    Raises:
        KeyError: no month is called so.
    """
    return _months()[name.casefold()]


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(furniture_labels().months, 1) for name in names}


@cache
def _dates() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    capital = r"(?:(?<![^\W\d_])|(?<=[a-zа-я])(?=[A-ZА-Я]))"  # glued in "PravdaMarch", no month in "dismay"
    end = r"(?=\D|$|\d{1,2}:\d\d)"  # a clock time glued to the year
    gap, year_gap = r"[ \xa0]+", r"\.?,?[ \xa0]+(?:de )?"
    return re.compile(
        rf"(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?{gap}(?:of |de )?(?P<name1>(?i:{month}))"
        rf"{year_gap}(?P<y1>\d{{4}}){end}"
        rf"|{capital}(?P<name2>(?i:{month}))\.?{gap}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?{gap}(?P<y2>\d{{4}}){end}"
        r"|(?<!\d)(?P<y3>\d{4})(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})(?!\d)"
        r"|(?<![\d.])(?P<d4>\d{1,2})(?P<dots>[./-])(?P<m4>\d{1,2})(?P=dots)(?P<y4>\d{4})(?!\d)"
    )
