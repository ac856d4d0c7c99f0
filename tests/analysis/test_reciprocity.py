"""Tit for tat: the ladder by hand, false alarms and power in made-up worlds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from nongrata.analysis import Events, Happenings, reciprocity
from nongrata.analysis.reciprocity import chance_within
from nongrata.model import DateInterval
from tests.analysis.simulate import NOMINAL, POWER_SIMULATIONS, SIMULATIONS, dated, incidents, period

DAYS = 1200
INF = float("inf")


def told(*rows: tuple[str, str, str, tuple[float, float]]) -> Happenings:
    """Incidents from (actor, target, EDTF date, count)."""
    events = Events.of(DateInterval.from_edtf(when) for _, _, when, _ in rows)
    return incidents(events, [row[0] for row in rows], [row[1] for row in rows], [row[3] for row in rows])


def world(rng: np.random.Generator, answered: float) -> Happenings:
    """Ten measures of AA against BB, a share of which is answered within two weeks, and eight of BB by itself."""
    acts = rng.integers(0, DAYS - 60, 10)
    drawn = acts[rng.random(10) < answered]
    back = np.concatenate([rng.integers(0, DAYS, 8), drawn + rng.integers(1, 14, len(drawn))])
    events = dated(rng, np.concatenate([acts, back]))
    sides = [("AA", "BB")] * 10 + [("BB", "AA")] * len(back)
    return incidents(events, [s[0] for s in sides], [s[1] for s in sides], [(1, 1)] * len(sides))


def alarms(answered: float, runs: int) -> tuple[float, float]:
    """How often each side is said to be answered beyond chance: AA, and BB, whom nobody answers."""
    found = []
    for seed in range(runs):
        measures = world(np.random.default_rng(seed), answered)
        ladder = reciprocity(measures, "AA", "BB", within=30, period=period(DAYS), draws=19, seed=seed)
        found.append([min(side.p_value for side in ladder.sides), ladder.sides[0].p_value])
    any_side, one = (np.array(found) <= NOMINAL).mean(axis=0)
    return float(any_side), float(one)


def test_false_alarms_stay_at_five_per_cent_for_both_sides_together() -> None:
    any_side, _ = alarms(0.0, SIMULATIONS)
    assert 0.03 <= any_side <= 0.07


def test_planted_answers_are_found() -> None:
    """Of ten measures in 1,200 days 70 % are answered within two weeks, among eight that come by themselves."""
    _, one = alarms(0.7, POWER_SIMULATIONS)
    assert one >= 0.9


def test_a_ladder_by_hand() -> None:
    ladder = reciprocity(
        told(
            ("GB", "RU", "2018-03-14", (23, 23)),
            ("RU", "GB", "2018-03-17", (23, 23)),
            ("GB", "RU", "2018-06", (2, 9)),
            ("RU", "GB", "2018-06-20/2018-07-10", (5, 5)),
            ("GB", "RU", "2020-01-05", (1, INF)),
            ("FR", "RU", "2018-03-26", (4, 4)),
        ),
        "GB",
        "RU",
    )
    assert [(rung.by, rung.answers, rung.answered_by) for rung in ladder.rungs] == [
        ("GB", None, 1),
        ("RU", 0, None),
        ("GB", None, 3),
        ("RU", 2, None),
        ("GB", None, None),
    ]
    british, russian = ladder.sides
    assert (british.measures, british.answered, british.openings) == (3, 2, 3)
    assert (russian.measures, russian.answered, russian.openings) == (2, 0, 0)
    assert ladder.rungs[1].lag == (3, 3)
    assert ladder.rungs[3].lag == (0, 39)
    assert [ladder.rungs[1].in_kind, ladder.rungs[3].in_kind] == ["equal", "maybe"]
    assert (british.numbered, british.equal, british.maybe) == (2, 1, 1)
    assert british.lag == (1.5, 21.0)


def test_an_answer_may_be_answered() -> None:
    ladder = reciprocity(
        told(
            ("US", "RU", "2021-04-15", (10, 10)),
            ("RU", "US", "2021-04-16", (10, 10)),
            ("US", "RU", "2021-05-01", (3, 3)),
        ),
        "US",
        "RU",
    )
    assert [rung.answers for rung in ladder.rungs] == [None, 0, 1]
    assert [side.openings for side in ladder.sides] == [1, 0]


def test_too_late_is_no_answer_and_no_date_is_said() -> None:
    rows = told(("US", "RU", "2021-01-01", (1, 1)), ("RU", "US", "2021-06-01", (1, 1)), ("RU", "US", "2021", (1, 1)))
    rows.first[0] = rows.last[0] = 0
    ladder = reciprocity(rows, "US", "RU")
    undated = {side.by: side.undated for side in ladder.sides}
    assert sum(undated.values()) == 1
    assert all(rung.answers is None for rung in ladder.rungs)


def test_two_states_are_needed() -> None:
    with pytest.raises(ValueError, match="different"):
        reciprocity(told(("US", "RU", "2021-01-01", (1, 1))), "US", "US")
    assert reciprocity(told(("US", "RU", "2021-01-01", (1, 1))), "FR", "DE").rungs == ()


def test_the_chance_of_coming_after_is_what_drawing_gives() -> None:
    rng = np.random.default_rng(2)
    spans = [("2024-03-01", "2024-03-31"), ("2024-03-10", "2024-03-10"), ("2024-04-01", "2024-06-30")]
    events = Events.of(DateInterval(date.fromisoformat(a), date.fromisoformat(b)) for a, b in spans)
    times = events.first + rng.random((100_000, 3)) * events.lengths
    for at in range(3):
        gap = times - times[:, at : at + 1]
        simulated = ((gap > 0) & (gap <= 30)).mean(axis=0)
        others = np.array([other for other in range(3) if other != at])
        np.testing.assert_allclose(chance_within(events, at, others, 30), simulated[others], atol=0.01)
