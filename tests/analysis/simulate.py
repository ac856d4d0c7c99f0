"""Made-up worlds whose truth is known. A third of their events are dated by intervals of days."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np

from nongrata.analysis import Events, Happenings, Pair, Period

START = 738_000
SIMULATIONS = int(os.environ.get("NONGRATA_SIMULATIONS", "1000"))
POWER_SIMULATIONS = max(200, SIMULATIONS // 5)
NOMINAL = 0.05


def dated(rng: np.random.Generator, days: np.ndarray, widest: int = 9) -> Events:
    """Events on these days, a third of them known only to within up to ``widest`` days that hold the day somewhere."""
    days = np.asarray(days, dtype=np.int64)
    lengths = np.where(rng.random(len(days)) < 1 / 3, rng.integers(2, widest + 1, len(days)), 1)
    first = days - rng.integers(0, lengths) + START
    return Events(first, first + lengths - 1)


def unrelated(rng: np.random.Generator, days: int, acts: int, attacks: int) -> Pair:
    """Acts and attacks that have nothing to do with each other."""
    return Pair("XX", dated(rng, rng.integers(0, days, acts)), dated(rng, rng.integers(0, days, attacks)))


def in_runs(rng: np.random.Generator, days: int, starts: int, length: int) -> np.ndarray:
    """Days in runs: campaigns that last ``length`` days."""
    begins = rng.integers(0, days - length, starts)
    return (begins[:, None] + np.arange(length)).ravel()


def answered(rng: np.random.Generator, days: int, acts: int, attacks: int, share: float, within: int) -> Pair:
    """Acts of which a share is answered within so many days, on top of attacks that come by themselves."""
    first = rng.integers(0, days, acts)
    drawn = first[rng.random(acts) < share]
    answers = drawn + rng.integers(0, within + 1, len(drawn))
    then = np.concatenate([rng.integers(0, days, attacks), answers])
    return Pair("XX", dated(rng, first), dated(rng, then))


def incidents(events: Events, actors: list[str], targets: list[str], counts: list[tuple[float, float]]) -> Happenings:
    """Expulsions with these columns, in order of time."""
    order = np.lexsort((events.last, events.first))
    lo, hi = np.array(counts, dtype=float).reshape(-1, 2).T
    columns = [np.array(column, dtype=object)[order] for column in (actors, targets)]
    ids = np.array([f"inc-{at}" for at in order], dtype=object)
    types = np.array(["expulsion"] * len(order), dtype=object)
    (who, whom) = columns
    return Happenings(
        ids,
        types,
        who,
        who,
        whom,
        whom,
        events.first[order],
        events.last[order],
        lo[order],
        hi[order],
        np.zeros(len(order), dtype=bool),
    )


def share_of(runs: int, positive: Callable[[int], bool]) -> float:
    """In which share of runs, each with its seed, something was found."""
    return sum(positive(seed) for seed in range(runs)) / runs


def period(days: int) -> Period:
    """So many days from ``START``."""
    return Period(START, days)
