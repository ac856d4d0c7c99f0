"""When: the time grammar of the codebook (section 4), from words to intervals of days."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache

from nongrata.language.days import shift_days, shift_months, week_of
from nongrata.language.numerals import either, lowered
from nongrata.language.time_hits import Hit, Rule, TimeKind, Undated
from nongrata.language.time_rules import compiled, rules
from nongrata.model import DateInterval, Span
from nongrata.vocabulary.times import time_words

__all__ = ["TimeExpression", "TimeKind", "find_times"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time: ``when`` are the days it means, None where the text alone does not say.

    ``kind`` is "day", "period", "since" (from then to publication), "until", "deadline" and "future" (ahead of the
    report), or "relative" (counted from something told elsewhere).
    """

    span: Span
    when: DateInterval | None
    text: str
    kind: TimeKind


def find_times(text: str, published: date | None) -> list[TimeExpression]:
    """The expressions of time in ``text``, in order and without overlap, as a report of that day means them.

    "on Tuesday" is the Tuesday before or on the day of publication; "in recent months" reaches six months back. Without
    a day of publication relative times have no days.
    """
    lower = lowered(text)
    if not _clues().search(lower):
        return []
    pattern, outer = compiled()
    found: list[TimeExpression] = []
    at = floor = 0
    while match := pattern.search(lower, at):
        number = match.lastindex or 0
        index = bisect_right(outer, number) - 1
        stop = outer[index + 1] if index + 1 < len(outer) else pattern.groups + 1
        groups, starts = match.groups()[number : stop - 1], tuple(match.start(i) for i in range(number + 1, stop))
        hit = Hit(text, published, match.start(), match.end(), groups, starts)
        expression = _expression(hit, rules()[index], floor)
        if expression:
            found.append(expression)
            _join_range(text, found)
            floor = expression.span.end
        at = match.end() if expression else match.start() + 1
    return found


@cache
def _clues() -> re.Pattern[str]:
    """Without one of these a text holds no time."""
    words = time_words()
    units = ("minute", "hour", "day", "night", "week", "fortnight", "month", "quarter", "year", "decade", "centur")
    others = (
        "time",
        "then",
        "today",
        "tomorrow",
        "overnight",
        "morning",
        "afternoon",
        "evening",
        "ago",
        "short",
        "soon",
    )
    starts = {*words.months, *words.weekdays, *words.short_weekdays, *words.seasons, *words.named_days, *units, *others}
    return re.compile(rf"\d{{3}}|\d[./]\d|['’]\d0|\b(?:{either(starts)}|tonight|yesterday)")


def _expression(hit: Hit, rule: Rule, floor: int) -> TimeExpression | None:
    try:
        reading = rule.read(hit)
    except Undated:
        return _made(hit, hit.begin, None, rule.undated)
    except ValueError:  # a day that no calendar has
        return None
    if reading is None:
        return None
    when, kind = reading
    lead = _LEAD.search(hit.before[max(0, len(hit.before) - (hit.begin - floor)) :])
    if not lead and kind is TimeKind.PERIOD:
        when = _so_far(when, hit.published)
    week = _WEEK.search(hit.before)
    if week and kind is not TimeKind.PERIOD:
        return _made(hit, hit.begin - len(week[0]), week_of(when.first), TimeKind.PERIOD)
    if not lead or (kind is TimeKind.FUTURE and lead[1].startswith(("since", "as of"))):
        return _made(hit, hit.begin, when, kind)
    begin = hit.begin - len(lead[0])
    if lead[1].startswith(("since", "as of")):
        return _made(hit, begin, _since(when, hit.published), TimeKind.SINCE)
    return _made(hit, begin, *_until(when, rule, hit.published, lead[1]))


_TO = re.compile(r"\s(?:to|and|until|till|through)\s(?:the\s)?", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s(?:the\s)?$", re.IGNORECASE)


def _join_range(text: str, found: list[TimeExpression]) -> None:
    """Makes one expression of the last two when the text runs from one to the other ("from Monday to Thursday")."""
    if len(found) < 2:
        return
    first, last = found[-2:]
    between = text[first.span.end : last.span.begin] + (last.text if last.kind in _BOUNDS else "")
    lead = _FROM.search(text, max(0, first.span.begin - 16), first.span.begin)
    joint = _TO.match(between)
    if not (lead and joint and first.when and last.when) or (last.kind not in _BOUNDS and joint.end() < len(between)):
        return
    if first.when.first <= last.when.last and TimeKind.SINCE not in (first.kind, last.kind):
        whole = Span(lead.start(), last.span.end)
        kind = TimeKind.FUTURE if last.kind is TimeKind.FUTURE else TimeKind.PERIOD
        found[-2:] = [TimeExpression(whole, first.when.hull(last.when), whole.of(text), kind)]


_BOUNDS = (TimeKind.UNTIL, TimeKind.DEADLINE)

_WEEK = re.compile(r"(?:the\s)?\bweek\s(?:of|starting|beginning|commencing)\s(?:the\s)?$")
_LEAD = re.compile(r"\b(since(?: at least| as early as)?|as of|until|till|by|before)\s(?:the\s)?$")


def _so_far(when: DateInterval, published: date | None) -> DateInterval:
    """A period that is still running this year ends with publication: what is told of it has happened in it so far."""
    if published and when.first <= published < when.last and when.last.year == published.year:
        return DateInterval(when.first, published)
    return when


def _made(hit: Hit, begin: int, when: DateInterval | None, kind: TimeKind) -> TimeExpression:
    return TimeExpression(Span(begin, hit.end), when, hit.text[begin : hit.end], kind)


def _since(when: DateInterval, published: date | None) -> DateInterval | None:
    """From the first day named to publication; unknown without a day of publication."""
    return DateInterval(when.first, published) if published and when.first <= published else None


def _until(when: DateInterval, rule: Rule, published: date | None, lead: str) -> tuple[DateInterval | None, TimeKind]:
    """A time that bounds: ahead of publication it is a deadline, else the happening lies in it ("by 2018")."""
    known = when if lead != "before" else None
    if published is None:
        return known, TimeKind.UNTIL
    ahead = _next_round(when, rule.cycle) if rule.cycle and when.last < published else when
    if ahead.last > published:
        return DateInterval(published, ahead.last), TimeKind.DEADLINE
    return known, TimeKind.UNTIL


def _next_round(when: DateInterval, cycle: str) -> DateInterval:
    if cycle == "week":
        return DateInterval(shift_days(when.first, 7), shift_days(when.last, 7))
    return DateInterval(shift_months(when.first, 12), shift_months(when.last, 12))
