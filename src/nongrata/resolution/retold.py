"""Running figures that are told as if they were news: "Bulgaria 12" after a 2 and a 10 is no third expulsion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from nongrata.model import JOINT, DateInterval, Incident, Interval
from nongrata.resolution.evidence import NARROW_DAYS, Evidence, is_supposed
from nongrata.resolution.settings import settings

SUMMED = 3
"""A sum of at least so much is no chance."""
BACK = timedelta(days=400)
"""A running figure goes back no further."""


@dataclass(frozen=True, slots=True)
class Retold:
    """A running figure told as news; ``days`` is the stretch that it sums up, None where the totals say it."""

    days: DateInterval | None = None


def retold(
    incident: Incident, group: Sequence[Evidence], sums: Iterable[Evidence], others: Iterable[Incident]
) -> Retold | None:
    """What an incident retells that is none itself: nobody says a day for it, and its number is that of several.

    Either as many reports tell the same number, in the same weeks, as a total; or the number is the sum of what the
    same host did to the same state before, two times or more. None for a happening.

    Args:
        incident: what the event claims of ``group`` came to.
        group: its claims.
        sums: the claims between the same two sides that tell a figure over several happenings.
        others: the other incidents between the same two sides.
    """
    figure = incident.best_count
    if figure is None or figure.hi is None or any(_says_a_day(e) for e in group):
        return None
    if _is_told_as_total(figure, group, sums):
        return Retold()
    days = _summed_days(incident, figure, group, others)
    return Retold(days) if days else None


def _says_a_day(e: Evidence) -> bool:
    when = e.claim.when
    return when is not None and when.days <= NARROW_DAYS and not is_supposed(e.claim)


def _is_told_as_total(figure: Interval, group: Sequence[Evidence], sums: Iterable[Evidence]) -> bool:
    if figure.lo < SUMMED:
        return False
    most = settings()["time"]["apart_days"]
    reports = {t.claim.report_id for t in sums if t.count == figure and any(_weeks_apart(e, t) <= most for e in group)}
    return len(reports) >= len({e.claim.report_id for e in group} - reports) and bool(reports)


def _weeks_apart(a: Evidence, b: Evidence) -> int:
    if a.told_first is None or a.told_last is None or b.told_first is None or b.told_last is None:
        return 0
    return max(a.told_first, b.told_first) - min(a.told_last, b.told_last)


def _summed_days(
    incident: Incident, figure: Interval, group: Sequence[Evidence], others: Iterable[Incident]
) -> DateInterval | None:
    """The days of the latest happenings before the telling, two or more, that sum up to the figure; None for none."""
    told = min((e.claim.published for e in group if e.claim.published), default=None)
    if incident.type not in JOINT or not figure.is_exact or figure.lo < SUMMED or told is None:
        return None
    before = sorted(
        (
            (one.best_when, one.best_count.lo)
            for one in others
            if one.best_when and one.best_when.days <= NARROW_DAYS and one.best_count and one.best_count.is_exact
        ),
        key=lambda pair: (pair[0].last, pair[1]),
        reverse=True,
    )
    running, taken = 0, 0
    for days, count in before:
        if count >= figure.lo or days.last >= told or told - days.last > BACK:
            continue
        running, taken = running + count, taken + 1
        if running >= figure.lo:
            return DateInterval(days.first, told) if running == figure.lo and taken > 1 else None
    return None
