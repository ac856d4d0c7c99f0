"""Whom outlets repeat, and hedge drift: false alarms, power, and steps by hand."""

from __future__ import annotations

import numpy as np

from nongrata.analysis import Tellings, sources
from nongrata.analysis.drift import Step, drift_p_values, steps_of
from tests.analysis.simulate import NOMINAL, POWER_SIMULATIONS, SIMULATIONS

POSSIBLE, PROBABLE, CERTAIN, DENIAL = 1, 2, 3, -1


def told(*rows: tuple[int, int, str, int]) -> Tellings:
    """Claims from (incident, report, "origin > ... > publisher", sureness)."""
    chains = list(dict.fromkeys(tuple(row[2].split(" > ")) for row in rows))
    return Tellings(
        keys=np.array([f"c{at}" for at in range(len(rows))], dtype=object),
        incident=np.array([row[0] for row in rows]),
        report=np.array([row[1] for row in rows]),
        chain=np.array([chains.index(tuple(row[2].split(" > "))) for row in rows]),
        sureness=np.array([row[3] for row in rows]),
        chains=tuple(chains),
    )


def world(rng: np.random.Generator, harden: float) -> list[Step]:
    """Stories whose base is told on by a few outlets; each reads the base wrongly up or down, one outlet hardens."""
    steps = []
    for story in range(100):
        slip = rng.choice([-1, 0, 1])
        for _ in range(1 + rng.poisson(1.0)):
            outlet = f"Outlet {rng.integers(0, 6)}"
            noise = rng.choice([-1, 0, 0, 1])
            hard = int(outlet == "Outlet 0" and rng.random() < harden)
            steps.append(Step("c", "b", outlet, story, ("o", outlet), 1, int(1 + slip + noise + hard), True))
    return steps


def alarms(harden: float, runs: int) -> tuple[float, float, float]:
    """How often, at 5 %: all tellings drift, any outlet drifts, outlet 0 drifts."""
    names = [f"Outlet {at}" for at in range(6)]
    found = []
    for seed in range(runs):
        overall, each = drift_p_values(world(np.random.default_rng(seed), harden), names, 199, seed)
        found.append([overall, min(each), each[0]])
    overall, anyone, first = (np.array(found) <= NOMINAL).mean(axis=0)
    return float(overall), float(anyone), float(first)


def test_false_alarms_stay_at_five_per_cent() -> None:
    overall, anyone, _ = alarms(0.0, SIMULATIONS)
    assert 0.03 <= overall <= 0.07
    assert 0.03 <= anyone <= 0.07


def test_an_outlet_that_hardens_is_found() -> None:
    """One of six outlets takes a grade of doubt away in 90 % of its tellings (about 33), where others only slip."""
    _, _, first = alarms(0.9, POWER_SIMULATIONS)
    assert first >= 0.9


def test_steps_by_hand() -> None:
    claims = told(
        (0, 1, "Minister > Radio", POSSIBLE),
        (0, 2, "Minister > Radio > Paper", POSSIBLE),
        (0, 3, "Minister > Radio > Paper > Site", CERTAIN),
        (0, 4, "Minister > Wire > Blog > Portal", PROBABLE),
        (0, 5, "Embassy > Agency", DENIAL),
        (0, 6, "Embassy > Agency > Paper", CERTAIN),
        (1, 7, "Minister > Radio > Paper", CERTAIN),
    )
    found = [(s.outlet, s.base, s.drift, s.direct) for s in steps_of(claims)]
    assert found == [("Paper", "c0", 0, True), ("Site", "c1", 2, True), ("Portal", "c0", 1, False)]


def test_a_report_is_not_held_against_itself() -> None:
    assert steps_of(told((0, 1, "Minister > Radio", POSSIBLE), (0, 1, "Minister > Radio > Paper", CERTAIN))) == []


def test_who_repeats_whom() -> None:
    got = sources(
        told(
            (0, 1, "Minister > Radio", POSSIBLE),
            (0, 2, "Minister > Radio > Paper", CERTAIN),
            (1, 2, "Minister > Radio > Paper", CERTAIN),
            (2, 3, "Radio > Paper", CERTAIN),
            (2, 4, "Paper", CERTAIN),
        )
    )
    assert [(r.voice, r.by, r.reports) for r in got.repeats] == [("Minister", "Radio", 2), ("Radio", "Paper", 2)]
    assert got.lengths == (1, 2, 1)
    paper = got.outlets[0]
    assert (paper.name, paper.reports, paper.tellings, paper.own, paper.mean_length) == ("Paper", 3, 3, 1, 2.0)
    assert got.lost == ((POSSIBLE, CERTAIN, 1),)
    assert (got.overall.tellings, got.overall.harder) == (1, 1)
    assert got.drifts[0].p_value is None


def test_no_claims_at_all() -> None:
    nothing = Tellings(np.array([], dtype=object), *(np.array([], dtype=np.int64) for _ in range(4)), chains=())
    got = sources(nothing)
    assert (got.tellings, got.outlets, got.overall.p_value) == (0, (), None)
