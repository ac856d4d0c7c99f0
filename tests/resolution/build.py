"""Short ways to write claims and reports in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from nongrata.model import Chain, Claim, DateInterval, Factuality, Incident, Interval, Realis, Scope
from nongrata.resolution import Resolution, Telling, resolve

DAY = date(2024, 3, 4)


def claim(report: str, *chain: str, role: str | None = None, state: str | None = None, **fields: Any) -> Claim:
    """A claim that NO expels diplomats of MA, but for what ``fields`` says otherwise.

    ``count`` is a number or an Interval, ``when`` a day, a pair of days or None.
    """
    count, when = fields.pop("count", None), fields.pop("when", None)
    published = fields.pop("published", DAY)
    return Claim(
        report_id=report,
        type=fields.pop("type", "expulsion"),
        actor=fields.pop("actor", "NO"),
        target=fields.pop("target", "MA"),
        count=Interval.exact(count) if isinstance(count, int) else count,
        when=DateInterval(*when) if isinstance(when, tuple) else DateInterval.day(when) if when else None,
        chain=Chain.of([*chain, f"The {report} Gazette"], role, state),
        published=published,
        **fields,
    )


DENIED = {"factuality": Factuality.DENIED}
TOTAL = {"scope": Scope.TOTAL}
PLANNED = {"realis": Realis.PLANNED}


def incidents(*claims: Claim, tellings: list[Telling] | None = None, **more: Any) -> tuple[Incident, ...]:
    """The incidents that some claims come to."""
    return resolution(*claims, tellings=tellings, **more).incidents


def resolution(*claims: Claim, tellings: list[Telling] | None = None, **more: Any) -> Resolution:
    """What some claims come to."""
    return resolve(claims, {t.report_id: t for t in tellings or []}, **more)


def only(found: tuple[Incident, ...]) -> Incident:
    """The one incident that there should be."""
    assert len(found) == 1, [(i.actor, i.target, i.count, i.when, i.reports) for i in found]
    return found[0]
