"""The rules of the time grammar: patterns over lower-case text, each with the reading of its hits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nongrata.language import time_near as near
from nongrata.language import time_readings as readings
from nongrata.language.numerals import either
from nongrata.language.time_hits import Rule, TimeKind
from nongrata.vocabulary.times import time_words


class Words:
    """Patterns for the vocabulary, made once."""

    def __init__(self) -> None:
        words = time_words()
        self.month = rf"({either(words.months)})\b(?:(?:(?<=\b[a-z]{{3}})(?<!\bmay)|(?<=sept))\.)?"
        self.weekday = rf"({either(words.weekdays)})"
        self.any_weekday = rf"(?:(?:{either(words.weekdays)}|{either(words.short_weekdays)})\b[.,]?\s)?"
        self.season = rf"({either(words.seasons)})"
        self.part = rf"(?:({either(w for part in words.parts.values() for w in part)})(?:\s|-)(?:the\s|of\s)?)?"
        self.amount = rf"(\d{{1,3}}|{either(words.amounts)})"
        self.recent = rf"({either(words.recent)})s"
        self.named_day = rf"({either(words.named_days)})"
        self.relative = rf"(?:{either(words.relative)})"


YEAR = r"(1[5-9]\d\d|20\d\d)(?!\d|[.,]\d)"
OF_YEAR = rf"(?:(?:,?\s|\s(?:of|in)\s){YEAR})?"
DAY = r"([0-2]?\d|3[01])(?:st|nd|rd|th)?(?![\d:])"
DASH = r"(?:\s?[-–—]\s?|\s(?:to|and|until|till|through)\s)"
UNIT = r"(minute|hour|day|night|week|fortnight|month|quarter|year|decade)s?"


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, the more specific first; at one place the first that matches wins."""
    return tuple(_rules(Words()))


def _rules(w: Words) -> Iterable[Rule]:
    day = TimeKind.DAY
    yield Rule(r"((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)(?!\d)", readings.iso, day)
    yield Rule(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)", readings.dotted, day)
    yield Rule(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)", readings.slashed, day)
    yield Rule(rf"(?:from\s|between\s)?{DAY}(?:\s{w.month})?{DASH}{DAY}\s{w.month}{OF_YEAR}", readings.day_range)
    yield Rule(rf"(?:from\s|between\s)?{w.month}\s{DAY}{DASH}(?:{w.month}\s)?{DAY}{OF_YEAR}", readings.month_day_range)
    yield Rule(rf"{w.any_weekday}(?:the\s)?{DAY}\s(?:of\s)?{w.month}{OF_YEAR}", readings.day_month, day, "year")
    yield Rule(rf"{w.any_weekday}{w.month}\s(?:the\s)?{DAY}{OF_YEAR}", readings.month_day, day, "year")
    yield Rule(
        rf"(?:(?:from|between)\s{w.month}(?:\s{YEAR})?{DASH}|{w.month}(?:\s{YEAR})?\s?(?:[-–—]|to|through)\s?)"
        rf"{w.month}(?:\s{YEAR})?",
        readings.either_month_range,
    )
    yield Rule(rf"{w.part}{w.month}(?:,?\s|\sof\s){YEAR}", readings.month_year)
    yield Rule(rf"{w.part}{w.season}(?:,?\s|\sof\s|\sof\sthe\s){YEAR}", readings.season_year)
    yield Rule(rf"(?:the\s)?(first|second|third|fourth|last)\s(quarter|half)\sof\s{YEAR}", readings.quarter)
    yield Rule(rf"(?:(?:in|for)\s)?(?:the\s)?q([1-4])\s(?:of\s)?{YEAR}", readings.short_quarter)
    yield Rule(rf"{DAY}[-/]{w.month}[-/]{YEAR}", readings.day_month, day)
    yield Rule(
        rf"(?:between\s{YEAR}\sand\s|(?:from\s)?{YEAR}\s(?:to|until|till|through)\s)(?:{YEAR})", readings.year_span
    )
    yield Rule(rf"{YEAR}\s?[-–—/]\s?((?:19|20)?\d\d)(?![\d-])", readings.year_range)
    yield Rule(rf"{w.part}['’]?((?:1[5-9]|20)\d0|(?:(?<=['’])|(?<=the\s))\d0)['’]?s\b", readings.decade)
    yield Rule(rf"{w.part}(?:year\s)?{YEAR}(?!s\b|-(?:year|strong))", readings.year)
    yield Rule(r"(1\d|2[01])(?:st|nd|rd|th)\scentury\b", readings.century)
    yield Rule(rf"{w.named_day}\b(?:,?\s{YEAR})?", readings.named_day, day)
    yield from _near_rules(w)


def _near_rules(w: Words) -> Iterable[Rule]:
    day, future, relative = TimeKind.DAY, TimeKind.FUTURE, TimeKind.RELATIVE
    times_of_day = r"(?:\s(?:morning|afternoon|evening|night))?"
    yield Rule(
        rf"((?:earlier\s|later\s|late\s)?today|tonight|this\s(?:morning|afternoon|evening)|(?:late\s)?yesterday{times_of_day}"
        rf"|last\snight|overnight|tomorrow{times_of_day}|the\sday\s(?:before\syesterday|after\stomorrow))\b",
        readings.near_day,
        day,
    )
    yield Rule(r"(?:over|at|on|during)\s(the|this|last)\sweekend\b", readings.weekend)
    yield Rule(r"(this|last|next|the\scoming|this\spast)\sweekend\b", readings.weekend)
    yield Rule(
        rf"(?:(last|next|this|coming|this\scoming|this\spast|past)\s)?{w.weekday}\b(?!s\b){times_of_day}",
        readings.weekday,
        day,
        "week",
    )
    yield Rule(rf"(?:the\s)?(?:recent|past\sfew|last\sfew|past\sseveral|last\sseveral)\s{w.recent}\b", near.recent)
    yield Rule(rf"(?:the\s)?(?:coming|upcoming|next\sfew)\s{w.recent}\b", near.coming, future)
    yield Rule(rf"(?:the\s)?(?:past|last|previous|preceding)\s{w.amount}\s{UNIT}\b(?!\sof\b)", near.past_amount)
    yield Rule(rf"(?:the\s(?:past|last)|past)()\s(?!quarter){UNIT}\b(?<!s)(?!\sof\b)", near.past_amount)
    yield Rule(rf"within\s(?:the\snext\s)?{w.amount}[\s-]{UNIT}\b(?!\sof\b)", near.within, TimeKind.DEADLINE)
    yield Rule(
        rf"{w.amount}[\s-]{UNIT}(?=\sto\s(?:leave|depart|pack|quit|close|get\sout|vacate)\b)",
        near.within,
        TimeKind.DEADLINE,
    )
    yield Rule(rf"(?:the\s)?(?:next|coming)\s{w.amount}\s{UNIT}\b", near.next_amount, future)
    yield Rule(rf"in\s{w.amount}\s{UNIT}['’]?\stime\b", near.next_amount, future)
    yield Rule(rf"{w.amount}\s{UNIT}\sfrom\s(?:now|today)\b", near.next_amount, future)
    yield Rule(rf"{w.amount}\s{UNIT}\sago\b", near.ago)
    yield Rule(r"(earlier|later)\s(?:in\s)?th(?:is|e)\s(week|month|quarter|year|decade)\b", near.earlier_this)
    yield Rule(r"the\s(end|beginning|start)\sof\sth(?:e|is)\s(week|month|year|decade)\b", near.end_of_unit)
    yield Rule(
        rf"{w.part}(this|last|next|the\scoming|the\snext)\s(week|month|quarter|year|decade)\b(?!\sof\b)",
        near.unit_near,
    )
    yield Rule(rf"(?:(last|next|this)\s)?{w.part}{w.month}(?!\s\d|\w)", readings.month_alone, cycle="year")
    yield Rule(rf"(last|next|this)\s{w.part}{w.season}\b", readings.season_alone)
    yield Rule(rf"{w.amount}\s{UNIT}\s(?:later|earlier|before|after|afterwards|previously)\b", near.relative, relative)
    yield Rule(rf"{w.relative}\b", near.relative, relative)


def compiled() -> tuple[re.Pattern[str], tuple[int, ...]]:
    """One pattern of all rules and, for each, the number of its outer group."""
    return _compiled()


@cache
def _compiled() -> tuple[re.Pattern[str], tuple[int, ...]]:
    pattern = re.compile(r"(?<![\w/.$€£-])(?:" + "|".join(f"({rule.pattern})" for rule in rules()) + ")")
    outer, number = [], 1
    for rule in rules():
        outer.append(number)
        number += 1 + re.compile(rule.pattern).groups
    return pattern, tuple(outer)
