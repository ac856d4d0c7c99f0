"""Chances of followers under uncertain times, against draws of the times."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.analysis import Events, Period
from nongrata.analysis.coincidence import chance_of_any, chance_of_follower
from nongrata.model import DateInterval
from tests.analysis.simulate import START, dated, period


def drawn(rng: np.random.Generator, events: Events, draws: int) -> np.ndarray:
    """Exact times of the events in days, shape (draws, events)."""
    return events.first + rng.random((draws, len(events))) * events.lengths


@pytest.mark.parametrize("hours", [6, 24, 60, 168])
def test_the_chance_of_a_follower_is_what_drawing_the_times_gives(hours: float) -> None:
    rng = np.random.default_rng(hours)
    span, events = period(40), dated(rng, rng.integers(0, 40, 6))
    draws = 40_000
    acts = START + np.arange(40) + rng.random((draws, 40))
    gaps = drawn(rng, events, draws)[:, None, :] - acts[:, :, None]
    simulated = ((gaps > 0) & (gaps <= hours / 24)).any(axis=2).mean(axis=0)
    np.testing.assert_allclose(chance_of_follower(events, span, hours), simulated, atol=0.02)


def test_a_follower_of_the_same_day_may_have_come_before() -> None:
    span, events = period(5), Events(np.array([START + 2]), np.array([START + 2]))
    np.testing.assert_allclose(chance_of_follower(events, span, 24), [0, 0.5, 0.5, 0, 0], atol=1e-9)
    np.testing.assert_allclose(chance_of_follower(events, span, 48), [0.5, 1, 0.5, 0, 0], atol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 12)), min_size=1, max_size=6), st.integers(1, 10))
def test_the_chance_of_any_lies_between_its_bounds(spans: list[tuple[int, int]], window: int) -> None:
    first = np.array([START + begin for begin, _ in spans])
    events = Events(first, first + np.array([width for _, width in spans]))
    chance = chance_of_any(events, period(30), window)
    assert ((chance >= -1e-9) & (chance <= 1 + 1e-9)).all()
    certain = [any(begin >= t and begin + width < t + window for begin, width in spans) for t in range(30)]
    possible = [any(begin < t + window and begin + width >= t for begin, width in spans) for t in range(30)]
    assert (chance[certain] > 1 - 1e-9).all()
    assert (chance[~np.array(possible)] < 1e-9).all()


@given(st.lists(st.tuples(st.integers(-20, 50), st.integers(0, 60)), max_size=8))
def test_mass_is_the_expected_number_of_events_inside(spans: list[tuple[int, int]]) -> None:
    first = np.array([START + begin for begin, _ in spans], dtype=np.int64)
    events = Events(first, first + np.array([width for _, width in spans], dtype=np.int64))
    inside = sum(max(0, min(30, b + w + 1) - max(0, b)) / (w + 1) for b, w in spans)
    assert events.mass(period(30)).sum() == pytest.approx(inside, abs=1e-6)


def test_months_of_a_period() -> None:
    span = Period.of(DateInterval(date(2024, 1, 30), date(2024, 3, 1)))
    assert list(np.bincount(span.months())) == [2, 29, 1]
    assert span.interval == DateInterval(date(2024, 1, 30), date(2024, 3, 1))


def test_events_refuse_an_end_before_the_beginning() -> None:
    with pytest.raises(ValueError, match="before its first"):
        Events(np.array([2]), np.array([1]))
    with pytest.raises(ValueError, match="one length"):
        Events(np.array([2]), np.array([], dtype=np.int64))
    with pytest.raises(ValueError, match="at least one day"):
        Period(1, 0)
