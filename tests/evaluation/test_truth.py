"""Incidents held against a table of what is known."""

from __future__ import annotations

from datetime import date, timedelta

from nongrata.evaluation.truth import Truth, Verdict, compare
from nongrata.model import DateInterval, Incident, Interval

DAY = date(2024, 3, 4)


def incident(actor: str | None, target: str, count: Interval | None, when: date | None = DAY, **more) -> Incident:
    days = DateInterval.day(when) if when else None
    key = f"{actor}-{target}-{count}-{when}"
    return Incident(key, "expulsion", actor, target, count, days, origins=(), reports=("a",), claims=(key,), **more)


def truth(count: int, when: date | None = DAY, actor: str = "NO", target: str = "MA") -> Truth:
    return Truth(actor, target, count, DateInterval.day(when) if when else None)


def verdicts(truths, incidents, said=()):
    rows, beyond = compare(truths, incidents, lambda _: said)
    return [row.verdict for row in rows], [i.id for i in beyond]


def test_each_verdict():
    exact, loose, unsaid = Interval.exact(6), Interval(2), None
    assert verdicts([truth(6)], [incident("NO", "MA", exact)])[0] == [Verdict.RIGHT]
    assert verdicts([truth(6)], [incident("NO", "MA", loose)])[0] == [Verdict.OPEN]
    assert verdicts([truth(6)], [incident("NO", "MA", unsaid)])[0] == [Verdict.OPEN]
    assert verdicts([truth(7)], [incident("NO", "MA", exact)])[0] == [Verdict.WRONG]
    joint = incident(None, "MA", Interval(101), actors=("CL", "NO"))
    assert verdicts([truth(6)], [joint]) == ([Verdict.JOINT], [])
    assert verdicts([truth(6)], [])[0] == [Verdict.UNSAID]
    assert verdicts([truth(6)], [], said=["r1"])[0] == [Verdict.MISSED]


def test_a_truth_takes_its_own_number_and_leaves_the_other_to_another():
    truths = [truth(4), truth(1, DAY + timedelta(5))]
    four, one = incident("NO", "MA", Interval.exact(4)), incident("NO", "MA", Interval.exact(1), DAY + timedelta(4))
    for order in ([four, one], [one, four]):
        assert verdicts(truths, order) == ([Verdict.RIGHT, Verdict.RIGHT], [])


def test_what_is_told_of_another_time_or_the_other_way_round_is_beyond_the_table():
    late = incident("NO", "MA", Interval.exact(6), DAY + timedelta(20))
    turned = incident("MA", "NO", Interval.exact(6))
    assert verdicts([truth(6)], [late, turned]) == ([Verdict.UNSAID], [late.id, turned.id])


def test_one_incident_tells_one_truth():
    found = verdicts([truth(6), truth(6)], [incident("NO", "MA", Interval.exact(6))])
    assert found == ([Verdict.RIGHT, Verdict.UNSAID], [])
