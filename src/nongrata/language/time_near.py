"""What the hits of the time grammar mean that count from the day of publication."""

from __future__ import annotations

from datetime import date

from nongrata.language import days
from nongrata.language.time_hits import Hit, Reading, TimeKind, Undated
from nongrata.language.time_readings import amount_of, part_of
from nongrata.model import DateInterval
from nongrata.vocabulary.times import time_words


def unit_near(hit: Hit) -> Reading:
    """(late) last year, this week, next month: calendar units around publication."""
    today, lead, unit = hit.today, hit[1] or "", hit[2] or ""
    if lead in ("next", "the coming", "the next"):
        return days.unit_of(days.shift_unit(today, unit, 1), unit), TimeKind.FUTURE
    part = part_of(hit[0])
    if lead == "last":
        whole = days.unit_of(days.shift_unit(days.unit_of(today, unit).first, unit, -1), unit)
        return days.part_of_period(whole, part), TimeKind.PERIOD
    whole = days.unit_of(today, unit)
    found = days.part_of_period(whole, part)
    if found.last > today and (found.first > today or part == "late"):
        return DateInterval(max(today, found.first), found.last), TimeKind.FUTURE
    return DateInterval(found.first, min(today, found.last)), TimeKind.PERIOD


def earlier_this(hit: Hit) -> Reading:
    """Earlier, later this month."""
    whole = days.unit_of(hit.today, hit[1] or "")
    if hit[0] == "later":
        return DateInterval(hit.today, whole.last), TimeKind.FUTURE
    return DateInterval(whole.first, hit.today), TimeKind.PERIOD


def end_of_unit(hit: Hit) -> Reading:
    """The end of the year lies ahead, its beginning behind."""
    whole = days.unit_of(hit.today, hit[1] or "")
    part = days.part_of_period(whole, "late" if hit[0] == "end" else "early")
    if hit[0] == "end":
        return DateInterval(max(hit.today, part.first), whole.last), TimeKind.FUTURE
    return DateInterval(part.first, max(part.first, min(hit.today, part.last))), TimeKind.PERIOD


def recent(hit: Hit) -> Reading:
    """Recent months, the past few weeks."""
    back = time_words().recent[hit[0] or ""]
    first = days.shift_months(days.shift_days(hit.today, -back.get("days", 0)), -back.get("months", 0))
    return DateInterval(first, hit.today), TimeKind.PERIOD


def past_amount(hit: Hit) -> Reading:
    """The past two years, the last year."""
    highest = amount_of(hit[0])[1] if hit[0] else 1
    return DateInterval(days.shift_unit(hit.today, hit[1] or "", -highest), hit.today), TimeKind.PERIOD


def next_amount(hit: Hit) -> Reading:
    """The next three days."""
    highest = amount_of(hit[0])[1] if hit[0] else 1
    return DateInterval(hit.today, days.shift_unit(hit.today, hit[1] or "", highest)), TimeKind.FUTURE


def coming(hit: Hit) -> Reading:
    """The coming weeks."""
    ahead = time_words().recent[hit[0] or ""]
    last = days.shift_months(days.shift_days(hit.today, ahead.get("days", 0)), ahead.get("months", 0))
    return DateInterval(hit.today, last), TimeKind.FUTURE


def within(hit: Hit) -> Reading:
    """Within two weeks, two weeks to leave: a deadline."""
    reading = next_amount(hit)
    return (reading[0], TimeKind.DEADLINE) if reading else None


def ago(hit: Hit) -> Reading:
    """Two weeks ago: that calendar week; days to the day, months and years whole."""
    least, highest = amount_of(hit[0] or "1")
    unit = hit[1] or ""
    near, far = (days.unit_of(days.shift_unit(_anchor(hit.today, unit), unit, -n), unit) for n in (least, highest))
    return far.hull(near), TimeKind.DAY if unit in ("minute", "hour", "day", "night") else TimeKind.PERIOD


def _anchor(today: date, unit: str) -> date:
    """The first day of the running unit, so that months of unequal length do not skip one."""
    return days.unit_of(today, unit).first if unit in ("month", "quarter", "year", "decade") else today


def relative(hit: Hit) -> Reading:
    """Counted from something told elsewhere."""
    raise Undated
