"""What chance gives: circular shifts, rotations within months, and correction for several questions at once.

A *shift* moves one whole series against the other, round the end of the period: both keep their own rhythm, runs and
bursts, and only their alignment is lost (Upton and Fingleton 1985; Politis and Romano 1992 on the circular case). All
shifts are tried, by one Fourier transform. A *rotation* does the same within each calendar month by itself, each month
by its own random number of days: a within-month permutation that keeps the runs (a restricted randomisation, Good 2005,
"Permutation, Parametric and Bootstrap Tests of Hypotheses"), so that a season or a war, in which both kinds are
frequent, explains nothing.

Several windows are one family. The *max-statistic* compares each with the greatest of all, in units of its own spread
under chance (Westfall and Young 1993, "Resampling-Based Multiple Testing"); nested windows, which nearly repeat each
other, then cost little. ``holm`` needs nothing but p-values (Holm 1979).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nongrata.analysis.events import Days, Mask, Reals


class Draws(NamedTuple):
    """A statistic as it came out and under chance.

    ``observed`` has shape ``(k,)`` for k windows (or other variants), ``chance`` shape ``(k, draws)``.
    """

    observed: Reals
    chance: Reals

    @property
    def expected(self) -> Reals:
        """The mean under chance, shape ``(k,)``."""
        return np.asarray(self.chance.mean(axis=1))

    @property
    def usual(self) -> tuple[Reals, Reals]:
        """Between which bounds 95 % of what chance gives lies."""
        low, high = np.quantile(self.chance, (0.025, 0.975), axis=1)
        return low, high

    def p_values(self) -> Reals:
        """Each variant by itself: the share of draws, the observed one among them, that are at least as great."""
        reached = (self.chance >= self.observed[:, None] - _DUST).sum(axis=1)
        return np.asarray((1 + reached) / (1 + self.chance.shape[1]))

    def corrected(self) -> Reals:
        """The p-values corrected for all variants by the max-statistic, shape ``(k,)``."""
        everything = np.column_stack([self.observed, self.chance])
        spread = everything.std(axis=1)
        # A variant that chance cannot move (it always or never happens) says nothing and must not win.
        scale = np.where(spread > _DUST, spread, np.inf)[:, None]
        scores = (everything - everything.mean(axis=1)[:, None]) / scale
        greatest = scores.max(axis=0)
        return np.asarray([(greatest >= score - _DUST).mean() for score in scores[:, 0]])


_DUST = 1e-9
"""Differences below this are rounding."""


def rate_under_shifts(first: Reals, then: Reals, seen: Reals, step: int = 1) -> Draws:
    """The mean of ``then`` over the days of ``first``, as it is and under every circular shift by ``step`` days.

    Args:
        first: expected events a day, shape ``(strata, days)``. All strata are shifted together, so that what they
            share (a day that was busy everywhere) stays shared.
        then: the chance of a follower, from 0 to 1, by variant, stratum and day, shape ``(k, strata, days)``.
        seen: how much of a follower's window was observed, same shape, 0 or 1; days with 0 count for nothing.
        step: 1 for every day, 7 for whole weeks, which keeps the days of the week.

    Returns:
        Shifts by which no event falls on an observed day are left out.
    """
    days = first.shape[-1]
    spectrum = np.conj(np.fft.rfft(first, axis=-1))
    got = np.fft.irfft((spectrum * np.fft.rfft(then * seen, axis=-1)).sum(axis=1), days, axis=-1)
    weight = np.fft.irfft((spectrum * np.fft.rfft(seen, axis=-1)).sum(axis=1), days, axis=-1)
    rates = np.where(weight > _DUST, np.clip(got / np.maximum(weight, _DUST), 0.0, 1.0), np.nan)
    chance = rates[:, step::step]
    return Draws(rates[:, 0], chance[:, ~np.isnan(chance).any(axis=0)])


def rate_under_rotations(
    first: Reals, then: Reals, seen: Reals, months: Days, draws: int, rng: np.random.Generator
) -> Draws:
    """The same rate when each calendar month of ``first`` is rotated by a random number of days of its own.

    Args:
        first: as in ``rate_under_shifts``.
        then: as there.
        seen: as there.
        months: the number of each day's month, shape ``(days,)``, rising.
        draws: how many random draws.
        rng: the source of randomness.
    """
    begins = np.flatnonzero(np.diff(months, prepend=-1))
    ends = np.append(begins[1:], len(months))
    got = np.zeros((then.shape[0], draws))
    weight = np.zeros_like(got)
    followed = then * seen
    for begin, end in zip(begins, ends, strict=True):
        month = first[:, begin:end]
        if not month.any():
            continue
        turn = rng.integers(0, end - begin, draws)
        spectrum = np.conj(np.fft.rfft(month, axis=-1))
        for total, value in ((got, followed), (weight, seen)):
            turned = np.fft.rfft(value[..., begin:end], axis=-1)
            by_turn = np.fft.irfft((spectrum * turned).sum(axis=1), end - begin, axis=-1)
            total += by_turn[:, turn]
    rates = np.clip(got / np.maximum(weight, _DUST), 0.0, 1.0)
    return Draws(_rate(first, then, seen), rates)


def _rate(first: Reals, then: Reals, seen: Reals) -> Reals:
    weight = (first * seen).sum(axis=(1, 2))
    return np.asarray((first * then * seen).sum(axis=(1, 2)) / np.maximum(weight, _DUST))


def holm(p_values: Reals) -> Reals:
    """p-values corrected for their number by Holm's step-down, in the order given."""
    order = np.argsort(p_values)
    steps = p_values[order] * np.arange(len(p_values), 0, -1)
    corrected = np.empty_like(p_values)
    corrected[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return corrected


def window_seen(observed: Mask, hours: float) -> Reals:
    """1 for each day whose whole window of ``hours`` lies on observed days of the period, else 0."""
    reach = int(np.ceil(hours / 24.0))
    blind = np.concatenate([~observed, np.ones(reach, dtype=bool)])
    blind_until = np.concatenate([[0], np.cumsum(blind)])
    days = np.arange(len(observed))
    return np.asarray(blind_until[days + reach + 1] == blind_until[days], dtype=np.float64)
