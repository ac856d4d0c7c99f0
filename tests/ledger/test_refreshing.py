"""A ledger that stays open resolves only what was touched, and comes to what it would come to from nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from nongrata.ledger import Ledger, LedgerView, Verdict, ingest, refreshing
from nongrata.ledger.conclusions import store_incidents
from nongrata.ledger.upkeep import check
from tests.ledger.helpers import FakeReader, PickierReader, report
from tests.ledger.test_upkeep import state

PAIRS = [("BE", "RU"), ("FR", "RU"), ("RU", "BE"), ("CZ", "IR")]


def made(n: int, chance: random.Random):
    told = [f"{a} expelled {chance.choice((1, 2, 12))} {b} envoys." for a, b in chance.sample(PAIRS, 2)]
    return report(n, f"Report {n}. {' '.join(told)}", publisher=f"Gazette {n % 3}", day=1 + n % 28)


def concluded(place) -> object:
    """What the ledger has stored, totals among it."""
    with LedgerView.open(place) as view:
        assert not view.stale
        assert check(view) == []
        return state(view), sorted(total.id for total in view.totals()), view.facets()


def from_nothing(place) -> object:
    """What a ledger comes to that is opened anew and computes everything."""
    with Ledger.open(place) as ledger:
        with ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE state SET value = value + 1 WHERE name = 'claims'")
        assert ledger.refresh()
    return concluded(place)


@pytest.fixture
def whole_loads(monkeypatch):
    """How often everything was computed from nothing."""
    loads = []
    plain = refreshing._from_nothing
    monkeypatch.setattr(refreshing, "_from_nothing", lambda *args: loads.append(1) or plain(*args))
    return loads


@pytest.mark.parametrize("seed", range(2))
def test_step_by_step_or_from_nothing_it_comes_to_the_same(place, seed, whole_loads):
    chance = random.Random(seed)  # noqa: S311
    reports = [made(n, chance) for n in range(36)]
    with Ledger.open(place) as ledger:
        run = ledger.start_run("ingest")
        for start in range(0, 36, 6):
            ingest(ledger, reports[start : start + 6], FakeReader(), run)
            assert ledger.refresh()
            claims = ledger.live_claims()
            first, second = chance.sample(claims, 2)
            step = start // 6 % 5
            if step == 0:
                rejected = ledger.judge(Verdict.REJECT, first.key, reason="x")
            elif step == 1:
                ledger.judge(Verdict.CORRECT, first.key, field="target", value="IR", reason="x")
            elif step == 2:
                ledger.take_back(rejected.id, reason="x")
            elif step == 3:
                ledger.judge(chance.choice((Verdict.SAME, Verdict.NOT_SAME)), first.key, other=second.key, reason="x")
            else:
                ingest(ledger, reports[:12], PickierReader(f"fake {start}"), run)
            ledger.refresh()
    assert len(whole_loads) == 1
    assert concluded(place) == from_nothing(place)


def test_what_others_write_is_seen(place, whole_loads):
    chance = random.Random(7)  # noqa: S311
    with Ledger.open(place) as mine, Ledger.open(place) as theirs:
        for n, ledger in enumerate((mine, theirs, mine, mine, theirs, mine)):
            ingest(ledger, [made(m, chance) for m in range(n * 5, n * 5 + 5)], FakeReader(), ledger.start_run("x"))
            if ledger is mine:
                assert mine.refresh()
        assert len(whole_loads) == 1
        ingest(theirs, [made(99, chance)], FakeReader(), 1)
        assert theirs.refresh()
        ingest(mine, [made(98, chance)], FakeReader(), 1)
        assert mine.refresh()
        assert len(whole_loads) == 2
    assert concluded(place) == from_nothing(place)


def test_two_that_follow_one_ledger_leave_each_other_what_they_know(place, whole_loads):
    """Reports by one, judgements by the other, as watch and serve do; all is done anew only where ids part."""
    chance = random.Random(11)  # noqa: S311
    with Ledger.open(place) as watch, Ledger.open(place) as serve:
        run, taken = watch.start_run("watch"), []
        for step in range(12):
            ingest(watch, [made(m, chance) for m in range(step * 3, step * 3 + 3)], FakeReader(), run)
            assert watch.refresh()
            first, second = chance.sample(serve.live_claims(), 2)
            if step % 4 == 0:
                taken.append(serve.judge(Verdict.REJECT, first.key, reason="x"))
            elif step % 4 == 1:
                serve.judge(Verdict.CORRECT, first.key, field="target", value="IR", reason="x")
            elif step % 4 == 2:
                serve.judge(chance.choice((Verdict.SAME, Verdict.NOT_SAME)), first.key, other=second.key, reason="x")
            elif taken:
                serve.take_back(taken.pop().id, reason="x")
            serve.refresh()
    assert len(whole_loads) < 12
    assert concluded(place) == from_nothing(place)


def test_ids_go_on_from_those_that_are_stored(place, whole_loads):
    """Somebody else's incidents have other ids: those are the ones that stay."""
    chance = random.Random(5)  # noqa: S311
    with Ledger.open(place) as ledger:
        ingest(ledger, [made(n, chance) for n in range(12)], FakeReader(), ledger.start_run("x"))
        ledger.refresh()
        (first, *rest) = ledger.incidents()
        with ledger.writing() as connection:
            store_incidents(connection, [replace(first, id="inc-another"), *rest])
            connection.exec_driver_sql("UPDATE state SET value = value + 1")
        ingest(ledger, [report(77, "Report 77. LU expelled 9 KP envoys.")], FakeReader(), 1)
        assert ledger.refresh()
        assert "inc-another" in {one.id for one in ledger.incidents()}
    assert len(whole_loads) == 2


def test_only_what_changed_is_written(place, monkeypatch):
    chance = random.Random(3)  # noqa: S311
    with Ledger.open(place) as ledger:
        ingest(ledger, [made(n, chance) for n in range(40)], FakeReader(), ledger.start_run("x"))
        ledger.refresh()
        written = []
        plain = refreshing.change_incidents
        monkeypatch.setattr(
            refreshing, "change_incidents", lambda c, changed, gone: written.extend(changed) or plain(c, changed, gone)
        )
        one = report(77, "Report 77. LU expelled 9 KP envoys.")
        ingest(ledger, [one], FakeReader(), 1)
        ledger.refresh()
        assert [incident.actor for incident in written] == ["LU"]
