"""Intervals around shares and means."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nongrata.analysis.events import Days, Reals

_Z = 1.959963984540054
"""The normal distribution's 97.5 % point."""


class Bounds(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def wilson(successes: float, trials: float) -> Bounds:
    """The score interval of a share (Wilson 1927), with bounds inside 0 and 1; (0, 1) without trials.

    Successes may be a fraction: expected ones, where it is uncertain whether a trial succeeded.
    """
    if trials <= 0:
        return Bounds(0.0, 1.0)
    share = successes / trials
    centre = share + _Z**2 / (2 * trials)
    spread = _Z * np.sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2))
    scale = 1 + _Z**2 / trials
    return Bounds(max(0.0, float((centre - spread) / scale)), min(1.0, float((centre + spread) / scale)))


def bootstrap_ratio(
    parts: Reals, wholes: Reals, clusters: Days, draws: int, rng: np.random.Generator
) -> tuple[Reals, Reals]:
    """95 % percentile intervals of sum(parts) / sum(wholes) when whole clusters are drawn with replacement.

    The cluster bootstrap (Davison and Hinkley 1997, "Bootstrap Methods and their Application", 3.8) keeps events that
    come together together: a busy month counts as one observation and not as thirty.

    Args:
        parts: by variant and observation, shape ``(k, n)``.
        wholes: same shape.
        clusters: to which cluster each observation belongs, shape ``(n,)``, from 0 up.
        draws: how many resamples.
        rng: the source of randomness.

    Returns:
        Lower and upper bounds, shape ``(k,)`` each.
    """
    names, index = np.unique(clusters, return_inverse=True)
    sums = np.stack([np.bincount(index, part, len(names)) for part in np.vstack([parts, wholes])])
    live = sums[len(parts) :].any(axis=0)
    sums = sums[:, live]
    if not sums.shape[1]:
        return np.zeros(len(parts)), np.ones(len(parts))
    picks = rng.multinomial(sums.shape[1], np.full(sums.shape[1], 1 / sums.shape[1]), size=draws)
    drawn = picks @ sums.T
    over, under = drawn[:, : len(parts)], drawn[:, len(parts) :]
    ratios = np.where(under > 0, over / np.where(under > 0, under, 1), np.nan)
    low, high = np.nanquantile(ratios, (0.025, 0.975), axis=0)
    return low, high
