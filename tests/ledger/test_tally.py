"""Tallies: what may be one happening counts once at least, what several states share is a row of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nongrata.ledger import IncidentFilter, Ledger, TallyBy, import_readings
from nongrata.model import Claim, DateInterval, Interval, Report, Scope

DAY = date(2024, 3, 4)
WEEK = DAY + timedelta(8)


def claim(report: str, count: Interval | None, published: date = DAY, **more: object) -> Claim:
    """A claim of news without a said day: NO expels so many of MA."""
    when = DateInterval(published - timedelta(3), published)
    base = Claim(
        report_id=report, type="expulsion", subtype="expelled", actor="NO", target="MA", count=count, when=when
    )
    return replace(base, published=published, publisher=f"The {report} Gazette", **more)


@pytest.fixture
def ledger(place):
    joint = {"actor": None, "actors": ("CL", "IS"), "scope": Scope.EVENT}
    told = [
        claim("a", Interval.exact(23)),
        claim("b", Interval.exact(23), WEEK),
        claim("c", Interval.exact(4), actor="CL"),
        claim("d", Interval(101), **joint),
        claim("e", None, actor="IS", target="GH"),
    ]
    with Ledger.open(place) as opened:
        readings = [
            (Report(id=c.report_id, text=f"Report {c.report_id}.", publisher=c.publisher, published=c.published), [c])
            for c in told
        ]
        import_readings(opened, readings, opened.start_run("import"))
        opened.refresh()
        yield opened


def test_what_may_be_one_happening_counts_once_at_least(ledger):
    rows = {(row.actor, row.target): row for row in ledger.tally(IncidentFilter())}
    assert (rows["NO", "MA"].count, rows["NO", "MA"].doubled) == (Interval(23, 46), 2)
    assert (rows["IS", "GH"].count, rows["IS", "GH"].uncounted) == (Interval(0, 0), 1)


def test_what_several_states_share_stands_apart(ledger):
    rows = ledger.tally(IncidentFilter(), TallyBy.MONTH)
    assert [(row.month, str(row.count), row.joint) for row in rows] == [
        ("2024-03", "27–50", False),
        ("2024-03", "≥ 101", True),
    ]
    assert rows[-1].actor == "CL+IS"
    (total,) = ledger.totals()
    assert total.words == "at least 97 not accounted for"
