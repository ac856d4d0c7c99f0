"""Do B follow A: the rate of false alarms, the power, and what must not fool it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nongrata.analysis import Events, Pair, respond
from nongrata.analysis.chance import holm, window_seen
from nongrata.analysis.respond import follow_draws
from nongrata.analysis.uncertainty import wilson
from tests.analysis.simulate import (
    NOMINAL,
    POWER_SIMULATIONS,
    SIMULATIONS,
    START,
    answered,
    dated,
    in_runs,
    period,
    unrelated,
)

DAYS = 540
WINDOWS = (24.0, 72.0)
ALWAYS = np.ones(DAYS, dtype=bool)
World = Callable[[np.random.Generator], Pair]


def by_itself(rng: np.random.Generator) -> Pair:
    return unrelated(rng, DAYS, 50, 50)


def both_in_runs(rng: np.random.Generator) -> Pair:
    return Pair("XX", dated(rng, in_runs(rng, DAYS, 25, 2)), dated(rng, in_runs(rng, DAYS, 12, 6)))


def in_one_season(rng: np.random.Generator) -> Pair:
    """Acts and attacks are both frequent in the same season, and have nothing else in common."""
    busy = np.clip(270 + 45 * rng.standard_normal((2, 40)), 0, DAYS - 1)
    quiet = DAYS * rng.random((2, 15))
    return Pair("XX", *(dated(rng, np.concatenate([b, q])) for b, q in zip(busy, quiet, strict=True)))


def alarms(world: World, runs: int) -> dict[str, float]:
    """How often, at 5 %, each p-value calls chance a pattern (or finds the pattern there is)."""
    found = []
    for seed in range(runs):
        pair = world(np.random.default_rng(seed))
        shifts, turns = follow_draws([pair], period(DAYS), WINDOWS, ALWAYS, 1, 199, seed)
        found.append([shifts.p_values()[0], shifts.corrected().min(), turns.p_values()[0], turns.corrected().min()])
    rates = (np.array(found) <= NOMINAL).mean(axis=0)
    return dict(zip(("shift", "shift, all windows", "rotation", "rotation, all windows"), rates, strict=True))


def test_false_alarms_stay_at_five_per_cent() -> None:
    rates = alarms(by_itself, SIMULATIONS)
    assert all(0.03 <= rate <= 0.07 for rate in rates.values()), rates


def test_false_alarms_stay_at_five_per_cent_when_both_come_in_runs() -> None:
    rates = alarms(both_in_runs, SIMULATIONS)
    assert all(0.03 <= rate <= 0.07 for rate in rates.values()), rates


def test_a_planted_answer_is_found() -> None:
    """Of 50 acts in 540 days, 35 % are answered within a day, among 50 attacks that come by themselves."""
    rates = alarms(lambda rng: answered(rng, DAYS, 50, 50, 0.35, 1), POWER_SIMULATIONS)
    assert all(rate >= 0.9 for rate in rates.values()), rates


def test_a_common_season_fools_shifts_and_not_rotations() -> None:
    rates = alarms(in_one_season, POWER_SIMULATIONS)
    assert rates["shift"] > 0.3
    assert rates["rotation"] <= 0.1
    assert rates["rotation, all windows"] <= 0.1


def test_the_interval_holds_the_true_share() -> None:
    """Share of acts followed within two days: 40 % planted, none by chance; days are known."""
    held = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        acts = START + rng.choice(np.arange(0, DAYS - 10, 8), 45, replace=False)
        drawn = acts[rng.random(45) < 0.4] + 1
        pair = Pair("XX", Events(acts, acts), Events(drawn, drawn))
        rate = respond([pair], period(DAYS), windows=[48.0], draws=199, seed=seed).follows[0]
        held += rate.low <= 0.4 <= rate.high
    assert held / 200 >= 0.88


def test_order_is_told_from_togetherness() -> None:
    rng = np.random.default_rng(5)
    acts = rng.choice(DAYS - 5, 40, replace=False)
    pair = Pair("XX", dated(rng, acts, 3), dated(rng, np.concatenate([acts[:25] + 2, rng.integers(0, DAYS, 20)]), 3))
    got = respond([pair], period(DAYS), windows=WINDOWS)
    assert got.follows[1].p_shift_all <= 0.01
    assert got.preceded[1].p_shift_all <= 0.01
    assert got.reverse[1].p_shift_all > 0.05
    assert got.follows[1].effect > 0.2


def test_states_are_held_each_against_its_own_attacks() -> None:
    """The attacks on one state come after the acts of the other: pooled wrongly that would be a pattern."""
    rng = np.random.default_rng(11)
    one, other = answered(rng, DAYS, 40, 5, 0.9, 1), answered(rng, DAYS, 40, 5, 0.9, 1)
    crossed = [Pair("A", one.first, other.then), Pair("B", other.first, one.then)]
    assert respond(crossed, period(DAYS), windows=WINDOWS).follows[0].p_shift_all > 0.05
    assert respond([one, other], period(DAYS), windows=WINDOWS).follows[0].p_shift_all <= 0.01


def test_acts_whose_window_was_not_observed_are_left_out() -> None:
    acts = Events(np.array([START + 10, START + 50]), np.array([START + 10, START + 50]))
    attacks = Events(np.array([START + 11]), np.array([START + 11]))
    observed = np.ones(100, dtype=bool)
    observed[51] = False
    rate = respond([Pair("XX", acts, attacks)], period(100), windows=[48.0], observed=observed).follows[0]
    assert rate.events == pytest.approx(1)
    assert rate.share == pytest.approx(1)


def test_an_act_near_the_end_has_no_whole_window() -> None:
    assert list(window_seen(np.ones(4, dtype=bool), 36)) == [1, 1, 0, 0]
    assert list(window_seen(np.array([True, False, True, True, True, True]), 24)) == [0, 0, 1, 1, 1, 0]


def test_the_same_seed_gives_the_same_answer() -> None:
    pair = by_itself(np.random.default_rng(1))
    one, other = (respond([pair], period(DAYS), windows=WINDOWS, seed=4) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("windows", "words"),
    [([], "rise"), ([0.0], "rise"), ([48.0, 24.0], "rise"), ([24.0 * DAYS], "longer than the period")],
)
def test_windows_that_cannot_be_are_refused(windows: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        respond([by_itself(np.random.default_rng(1))], period(DAYS), windows=windows)


def test_nothing_to_test_is_said() -> None:
    nothing = Events(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    with pytest.raises(ValueError, match="both kinds"):
        respond([Pair("XX", by_itself(np.random.default_rng(1)).first, nothing)], period(DAYS))


def test_holm_by_hand() -> None:
    np.testing.assert_allclose(holm(np.array([0.04, 0.01, 0.03])), [0.06, 0.03, 0.06])


def test_wilson_by_hand() -> None:
    """The worked example of Newcombe 1998, "Two-sided confidence intervals for the single proportion": 15 of 148."""
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 0) == (0, 1)
