"""Ranks that respect overlap, shares, and what chance allows."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.analysis import Events, compare
from nongrata.analysis.compare import by_block, chance_ranks, pair_p_values, rank_bounds, share_bounds
from tests.analysis.simulate import NOMINAL, POWER_SIMULATIONS, SIMULATIONS, START, dated, incidents, period

INTERVALS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=5)
MONTHS = 48
STATES = 6


@given(INTERVALS)
def test_ranks_and_shares_are_those_of_all_values_that_may_be(spans: list[tuple[int, int]]) -> None:
    lo = np.array([float(begin) for begin, _ in spans])
    hi = np.array([float(begin + width) for begin, width in spans])
    worlds = np.array(list(product(*(range(begin, begin + width + 1) for begin, width in spans))), dtype=float)
    ranks = 1 + (worlds[:, None, :] > worlds[:, :, None]).sum(axis=2)
    bounds = rank_bounds(lo, hi)
    assert list(bounds.best) == list(ranks.min(axis=0))
    assert list(bounds.worst) == list(ranks.max(axis=0))
    whole = worlds.sum(axis=1, keepdims=True)
    shares = np.divide(worlds, whole, out=np.zeros_like(worlds), where=whole > 0)[whole[:, 0] > 0]
    least, most = share_bounds(lo, hi)
    if len(shares):
        assert (least <= shares.min(axis=0) + 1e-9).all()
        assert (most >= shares.max(axis=0) - 1e-9).all()


def blocks_of(rng: np.random.Generator, rates: np.ndarray) -> np.ndarray:
    """Incidents by quarter and state, in bursts of a month, a third of them dated by intervals of up to two months."""
    span = period(MONTHS * 30)
    counts = rng.poisson(rates * rng.gamma(2.0, 0.5, (MONTHS, STATES)))
    months, states = np.nonzero(counts)
    many = counts[months, states]
    days = np.repeat(months, many) * 30 + rng.integers(0, 30, many.sum())
    events = dated(rng, days, widest=60)
    hit = [f"S{state}" for state in np.repeat(states, many)]
    rows = incidents(events, ["RU"] * len(hit), hit, [(1, 1)] * len(hit))
    index = np.array([int(name[1:]) for name in rows.target])
    return by_block(rows, index, STATES, span, 3)


def test_false_alarms_stay_at_five_per_cent() -> None:
    alike = np.full(STATES, 1.5)
    p = [pair_p_values(blocks_of(np.random.default_rng(s), alike), 199, s).min() for s in range(SIMULATIONS)]
    assert 0.03 <= np.mean(np.array(p) <= NOMINAL) <= 0.07


def test_one_state_that_is_hit_three_times_as_often_comes_out_first_alone() -> None:
    rates = np.array([4.5, 1.5, 1.5, 1.5, 1.5, 1.5])
    found = 0
    for seed in range(POWER_SIMULATIONS):
        counts = blocks_of(np.random.default_rng(seed), rates)
        ranks = chance_ranks(counts, pair_p_values(counts, 199, seed))
        found += (ranks.best[0], ranks.worst[0]) == (1, 1)
    assert found / POWER_SIMULATIONS >= 0.9


def test_the_rank_set_holds_the_true_rank() -> None:
    rates = np.array([3.0, 2.0, 2.0, 1.0, 1.0, 0.5])
    missed = 0
    for seed in range(300):
        counts = blocks_of(np.random.default_rng(seed), rates)
        ranks = chance_ranks(counts, pair_p_values(counts, 199, seed))
        true = [(1, 1), (2, 3), (2, 3), (4, 5), (4, 5), (6, 6)]
        missed += any(ranks.best[at] > best or ranks.worst[at] < worst for at, (best, worst) in enumerate(true))
    assert missed / 300 <= 0.08


def spans(*days: tuple[int, int]) -> Events:
    return Events(np.array([START + a for a, _ in days]), np.array([START + b for _, b in days]))


def test_sums_of_intervals_and_what_is_not_known() -> None:
    rows = incidents(
        spans((1, 1), (2, 40), (5, 5), (6, 6), (7, 7)),
        ["RU"] * 5,
        ["BE", "BE", "FR", "FR", "DE"],
        [(10, 10), (24, 99), (12, 12), (np.nan, np.nan), (3, np.inf)],
    )
    got = compare(rows, period(30), measure="count")
    by_name = {standing.name: standing for standing in got.standings}
    assert (by_name["BE"].lo, by_name["BE"].hi) == (10, 109)
    assert (by_name["FR"].lo, by_name["FR"].hi, by_name["FR"].uncounted) == (12, 12, 1)
    assert by_name["BE"].most == "possible"
    assert by_name["BE"].overlaps == ("FR", "DE")
    assert by_name["FR"].rank == (1, 3)
    assert by_name["FR"].holds(0.2) == "possible"
    assert by_name["FR"].holds(0.7) == "contradicted"
    assert got.p_value is None


def test_a_certain_first() -> None:
    rows = incidents(spans(*[(n, n) for n in range(6)]), ["RU"] * 6, ["BE"] * 4 + ["FR"] * 2, [(1, 1)] * 6)
    got = compare(rows, period(30))
    assert [(s.name, s.lo, s.most) for s in got.standings] == [("BE", 4, "certain"), ("FR", 2, "contradicted")]


def test_states_asked_for_are_shown_without_incidents() -> None:
    rows = incidents(spans((1, 1)), ["RU"], ["BE"], [(1, 1)])
    got = compare(rows, period(30), names=["BE", "NL"])
    assert [(s.name, s.hi) for s in got.standings] == [("BE", 1), ("NL", 0)]


def test_actors_are_compared_too_and_unnamed_ones_counted() -> None:
    rows = incidents(spans((1, 1), (2, 2)), [None, "RU"], ["BE", "BE"], [(1, 1)] * 2)
    got = compare(rows, period(30), side="actor")
    assert [s.name for s in got.standings] == ["RU"]
    assert got.unnamed == 1


def test_wrong_questions_are_refused() -> None:
    rows = incidents(spans((1, 1)), ["RU"], [None], [(1, 1)])
    with pytest.raises(ValueError, match="actor or target"):
        compare(rows, period(30), side="host")
    with pytest.raises(ValueError, match="names a state"):
        compare(rows, period(30))


def test_a_comparison_is_tested_end_to_end() -> None:
    rng = np.random.default_rng(8)
    events = dated(rng, rng.integers(0, 1400, 400))
    hit = rng.choice(["BE", "FR", "DE"], 400, p=[0.6, 0.2, 0.2]).tolist()
    got = compare(incidents(events, ["RU"] * 400, hit, [(1, 1)] * 400), period(1400))
    assert got.standings[0].name == "BE"
    assert got.standings[0].chance_rank == (1, 1)
    assert got.standings[1].chance_rank == (2, 3)
    assert got.p_value <= 0.01
