"""What the hits of the time grammar mean, in days, on a day of publication."""

from __future__ import annotations

import re
from datetime import date

from nongrata.language import days
from nongrata.language.quantity_context import is_year
from nongrata.language.time_hits import Hit, Reading, TimeKind
from nongrata.model import DateInterval
from nongrata.vocabulary.times import time_words


def part_of(text: str | None) -> str | None:
    """early, middle or late, from the words that say so."""
    if not text:
        return None
    plain = " ".join(text.replace("-", " ").split())
    return next(part for part, words in time_words().parts.items() if plain in words)


def amount_of(text: str) -> tuple[int, int]:
    """The least and the greatest number that an amount can mean."""
    if text.isdigit():
        return int(text), int(text)
    return time_words().amounts[" ".join(text.replace("-", " ").split())]


def month_of(text: str | None) -> int:
    """The month's number."""
    return time_words().months[text or ""]


def _whole(text: str | None) -> int:
    return int(text or 0)


def iso(hit: Hit) -> Reading:
    """2024-03-05."""
    return DateInterval.day(date(_whole(hit[0]), _whole(hit[1]), _whole(hit[2]))), TimeKind.DAY


def dotted(hit: Hit) -> Reading:
    """05.03.2024."""
    return DateInterval.day(date(_whole(hit[2]), _whole(hit[1]), _whole(hit[0]))), TimeKind.DAY


def slashed(hit: Hit) -> Reading:
    """03/05/2024, the month first unless it cannot be."""
    first, second = _whole(hit[0]), _whole(hit[1])
    month, day = (second, first) if first > 12 else (first, second)  # English puts the month first
    return DateInterval.day(date(_whole(hit[2]), month, day)), TimeKind.DAY


def day_month(hit: Hit) -> Reading:
    """5 March (2024)."""
    return _dated(hit, day=0, month=1, year=2)


def month_day(hit: Hit) -> Reading:
    """March 5 (, 2024)."""
    return _dated(hit, day=1, month=0, year=2)


def _dated(hit: Hit, day: int, month: int, year: int) -> Reading:
    if not hit.capital(month):
        return None
    if hit[year]:
        return DateInterval.day(date(_whole(hit[year]), month_of(hit[month]), _whole(hit[day]))), TimeKind.DAY
    found = days.latest(month_of(hit[month]), _whole(hit[day]), hit.today, ahead=_AHEAD)
    return found, TimeKind.FUTURE if found.first > hit.today else TimeKind.DAY


_AHEAD = 40
"""A day of the month without a year is taken to come when it lies at most so many days ahead."""


def day_range(hit: Hit) -> Reading:
    """day, month?, day, month, year? -- as "5 March to 7 April 2024" or "5-7 March"."""
    if not (hit.capital(1) and hit.capital(3)):
        return None
    return _between_days(hit, (hit[1] or hit[3], hit[0]), (hit[3], hit[2]), hit[4])


def month_day_range(hit: Hit) -> Reading:
    """month, day, month?, day, year? -- as "March 5 to April 7, 2024" or "March 5-7"."""
    if not (hit.capital(0) and hit.capital(2)):
        return None
    return _between_days(hit, (hit[0], hit[1]), (hit[2] or hit[0], hit[3]), hit[4])


def _between_days(
    hit: Hit, first: tuple[str | None, str | None], last: tuple[str | None, str | None], year: str | None
) -> Reading:
    end_month, end_day = month_of(last[0]), _whole(last[1])
    end = date(int(year), end_month, end_day) if year else days.latest(end_month, end_day, hit.today, _AHEAD).first
    begin_month = month_of(first[0])
    begin = date(end.year - (begin_month > end_month), begin_month, _whole(first[1]))
    return DateInterval(begin, end), TimeKind.PERIOD


def named_day(hit: Hit) -> Reading:
    """Christmas Eve (2023)."""
    month, day = time_words().named_days[(hit[0] or "").replace("’", "'")]
    if hit[1]:
        return DateInterval.day(date(_whole(hit[1]), month, day)), TimeKind.DAY
    return days.latest(month, day, hit.today), TimeKind.DAY


def weekday(hit: Hit) -> Reading:
    """(last, next, this) Tuesday."""
    if not hit.capital(1):
        return None
    today, lead = hit.today, hit[0] or ""
    back = (today.weekday() - time_words().weekdays[hit[1] or ""]) % 7
    if lead in ("next", "coming", "this coming"):
        return DateInterval.day(days.shift_days(today, 7 - back)), TimeKind.FUTURE
    if lead == "last":
        back = back or 7
    day = days.shift_days(today, -back)
    if lead == "this" and back > today.weekday():  # a day of this week that is still to come
        return DateInterval.day(days.shift_days(day, 7)), TimeKind.FUTURE
    return DateInterval.day(day), TimeKind.DAY


def near_day(hit: Hit) -> Reading:
    """Today, yesterday, overnight, tomorrow."""
    today, said = hit.today, " ".join((hit[0] or "").split())
    if said == "overnight":
        return DateInterval(days.shift_days(today, -1), today), TimeKind.DAY
    if said == "the day before yesterday":
        return DateInterval.day(days.shift_days(today, -2)), TimeKind.DAY
    if said.startswith(("yesterday", "last ")):
        return DateInterval.day(days.shift_days(today, -1)), TimeKind.DAY
    if said.startswith(("tomorrow", "the day after")):
        ahead = 1 if said.startswith("tomorrow") else 2
        return DateInterval.day(days.shift_days(today, ahead)), TimeKind.FUTURE
    return DateInterval.day(today), TimeKind.DAY


def weekend(hit: Hit) -> Reading:
    """The weekend before or on the day of publication; this or next weekend may lie ahead."""
    today, lead = hit.today, hit[0] or ""
    saturday = days.shift_days(today, -((today.weekday() - 5) % 7))
    if lead in ("next", "the coming", "coming") or (lead == "this" and 2 < today.weekday() < 5):
        saturday = days.shift_days(saturday, 7)
        return DateInterval(saturday, days.shift_days(saturday, 1)), TimeKind.FUTURE
    if lead == "last" and today.weekday() >= 5:
        saturday = days.shift_days(saturday, -7)
    return DateInterval(saturday, max(saturday, min(today, days.shift_days(saturday, 1)))), TimeKind.PERIOD


def month_year(hit: Hit) -> Reading:
    """(early) March 2024."""
    if not hit.capital(1):
        return None
    month = DateInterval.month(_whole(hit[2]), month_of(hit[1]))
    return days.part_of_period(month, part_of(hit[0])), TimeKind.PERIOD


_MONTH_LEAD = re.compile(r"\b(?:in|during|since|of|by|until|till|before|for|the|an?|from|between|and|to)\s$")


def month_alone(hit: Hit) -> Reading:
    """In April: the latest April, clipped at publication."""
    if not hit.capital(2):
        return None
    if not (hit[0] or hit[1] or _MONTH_LEAD.search(hit.before)):
        return None
    today, lead = hit.today, hit[0] or ""
    month = days.latest(month_of(hit[2]), None, today)
    if lead == "next":
        return DateInterval.month(month.first.year + 1, month.first.month), TimeKind.FUTURE
    if lead == "last" and today in month:
        month = DateInterval.month(month.first.year - 1, month.first.month)
    found = days.part_of_period(month, part_of(hit[1]))
    if found.first > today:  # "late March", told early in March
        found = days.part_of_period(DateInterval.month(month.first.year - 1, month.first.month), part_of(hit[1]))
    if found.first <= today < found.last:
        found = DateInterval(found.first, today)
    return found, TimeKind.PERIOD


def month_range(hit: Hit) -> Reading:
    """month, year?, month, year? -- as "from March to May 2022", "March 2021 to May 2022"."""
    if not (hit.capital(0) and hit.capital(2)):
        return None
    first, last = month_of(hit[0]), month_of(hit[2])
    end = DateInterval.month(_whole(hit[3]), last) if hit[3] else days.latest(last, None, hit.today)
    year = _whole(hit[1]) if hit[1] else end.first.year - (first > last)
    return DateInterval(date(year, first, 1), end.last), TimeKind.PERIOD


def season_year(hit: Hit) -> Reading:
    """Summer of 2015."""
    return days.part_of_period(_season(hit[1], _whole(hit[2]), hit.published), part_of(hit[0])), TimeKind.PERIOD


def _season(name: str | None, year: int, published: date | None) -> DateInterval:
    start = date(year, time_words().seasons[name or ""], 1)
    if start.month == 12 and published and start > published:  # "winter 2021" told in 2021: the one that began before
        start = date(year - 1, 12, 1)
    return DateInterval(start, days.shift_days(days.shift_months(start, 3), -1))


def season_alone(hit: Hit) -> Reading:
    """Last summer."""
    today, lead = hit.today, hit[0] or ""
    if lead == "next":
        season = _season(hit[2], today.year, None)
        return (season if season.first > today else _season(hit[2], today.year + 1, None)), TimeKind.FUTURE
    season = _season(hit[2], today.year, None)
    if season.first > today or (lead == "last" and today in season):
        season = _season(hit[2], today.year - 1, None)
    found = days.part_of_period(season, part_of(hit[1]))
    return (DateInterval(found.first, today) if found.first <= today < found.last else found), TimeKind.PERIOD


def year(hit: Hit) -> Reading:
    """(early) 2020, where the figures read as a year."""
    begin = hit.starts[1]
    if not is_year(hit.text, begin, begin + 4):
        return None
    return days.part_of_period(DateInterval.year(_whole(hit[1])), part_of(hit[0])), TimeKind.PERIOD


def year_range(hit: Hit) -> Reading:
    """2014-2018, 2014-18."""
    first, last = hit[0] or "", hit[1] or ""
    if len(last) == 4:
        return days.years(int(first), int(last)), TimeKind.PERIOD
    if int(last) <= int(first[2:]):  # "2015-03" is a month, "2014-18" a run of years
        return DateInterval.month(int(first), int(last)), TimeKind.PERIOD
    return days.years(int(first), int(first[:2] + last)), TimeKind.PERIOD


def decade(hit: Hit) -> Reading:
    """The (early) 1990s."""
    text = hit[1] or ""
    first = int(text) if len(text) == 4 else (1900 if int(text) >= 30 else 2000) + int(text)
    return _decade_third(first, part_of(hit[0])), TimeKind.PERIOD


def _decade_third(first: int, part: str | None) -> DateInterval:
    """The codebook names no thirds of a decade: early 0-3, middle 4-6, late 7-9."""
    bounds = {None: (0, 9), "early": (0, 3), "middle": (4, 6), "late": (7, 9)}[part]
    return days.years(first + bounds[0], first + bounds[1])


def century(hit: Hit) -> Reading:
    """The 19th century."""
    number = _whole(hit[0])
    return days.years((number - 1) * 100 + 1, number * 100), TimeKind.PERIOD


def short_quarter(hit: Hit) -> Reading:
    """Q3 2020."""
    return days.unit_of(date(_whole(hit[1]), 3 * _whole(hit[0]), 1), "quarter"), TimeKind.PERIOD


_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}


def quarter(hit: Hit) -> Reading:
    """The third quarter, the first half of 2020."""
    length = 3 if hit[1] == "quarter" else 6
    index = _ORDER[hit[0] or ""] if length == 3 else min(1, _ORDER[hit[0] or ""])
    start = days.shift_months(date(_whole(hit[2]), 1, 1), length * index)
    return DateInterval(start, days.shift_days(days.shift_months(start, length), -1)), TimeKind.PERIOD


def either_month_range(hit: Hit) -> Reading:
    """From March to May, March-May: first month and year stand in one of two places."""
    at = 0 if hit[0] else 2
    order = (at, at + 1, 4, 5)
    return month_range(
        Hit(
            hit.text,
            hit.published,
            hit.begin,
            hit.end,
            tuple(hit.groups[i] for i in order),
            tuple(hit.starts[i] for i in order),
        )
    )


def year_span(hit: Hit) -> Reading:
    """Between 2014 and 2018, from 2014 to 2018."""
    return days.years(_whole(hit[0] or hit[1]), _whole(hit[2])), TimeKind.PERIOD
