"""Do B follow A? The share of A that is followed by B within a window, held against chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nongrata.analysis.chance import Draws, rate_under_rotations, rate_under_shifts, window_seen
from nongrata.analysis.coincidence import chance_of_follower
from nongrata.analysis.events import Events, Mask, Period, Reals
from nongrata.analysis.uncertainty import bootstrap_ratio

WINDOWS = (6.0, 12.0, 24.0, 48.0, 72.0, 168.0, 336.0, 672.0)
"""Windows in hours: from hours to four weeks."""
DRAWS = 1999
"""Random draws of rotations and of the bootstrap."""
_DUST = 1e-9
WEEKS_NEEDED = 100
"""Shifts go by whole weeks, which keeps the days of the week, when a period has at least so many."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Events of two kinds that may belong together: the acts of one state and what is done to it."""

    name: str
    first: Events
    then: Events


@dataclass(frozen=True, slots=True)
class WindowRate:
    """What one window says.

    ``share`` is the expected share of events that are followed within ``hours``, with its 95 % interval (``low`` to
    ``high``, cluster bootstrap over months). ``expected`` is that share under circular shifts, between ``usual_low``
    and ``usual_high`` in 95 % of them; ``expected_in_month`` under rotations within months. ``p_shift`` and
    ``p_rotation`` are one-sided p-values of this window by itself, ``p_shift_all`` and ``p_rotation_all`` corrected for
    all windows. ``events`` is how many events (expected) had their window observed.
    """

    hours: float
    events: float
    share: float
    low: float
    high: float
    expected: float
    usual_low: float
    usual_high: float
    expected_in_month: float
    p_shift: float
    p_shift_all: float
    p_rotation: float
    p_rotation_all: float

    @property
    def effect(self) -> float:
        """The share beyond what shifts give."""
        return self.share - self.expected


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to "do B follow A?", by window and in both directions.

    ``follows``: the share of A followed by B (trigger coincidence rate). ``preceded``: the share of B preceded by A
    (precursor coincidence rate). ``reverse``: the share of B followed by A: where this is as far beyond chance as
    ``follows``, the order of the two explains nothing. A window that no event had observed throughout is left out.
    ``first`` and ``then`` count the events inside the period,
    ``widest`` is the longest interval among them in days; ``observed`` is how many of its days were.
    """

    period: Period
    strata: int
    first: int
    then: int
    widest: int
    observed: int
    step: int
    follows: tuple[WindowRate, ...]
    preceded: tuple[WindowRate, ...]
    reverse: tuple[WindowRate, ...]


def respond(
    pairs: Sequence[Pair],
    period: Period,
    *,
    windows: Sequence[float] = WINDOWS,
    observed: Mask | None = None,
    step: int | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Response:
    """Test whether B follow A within windows, over one or several pairs of series together.

    Args:
        pairs: one for each state that is looked at; their events are counted together, each against its own series.
        period: what of time is looked at; events reach into it with the part of their interval that lies inside.
        windows: in hours, rising.
        observed: for each day of the period whether B could be seen on it; default: always. A whose window is not
            observed throughout are left out for that window.
        step: days of a shift; by default 7 where the period has ``WEEKS_NEEDED`` weeks, else 1.
        draws: random draws of the rotations and of the bootstrap.
        seed: of the random draws; the same seed gives the same answer.

    Raises:
        ValueError: no pair has events of both kinds in the period; no window of A was observed; windows that do not
            rise from above 0 or are longer than the period.
    """
    hours = list(windows)
    if not hours or hours[0] <= 0 or sorted(set(hours)) != hours:
        raise ValueError("windows rise from above 0")
    if hours[-1] >= period.days * 24:
        raise ValueError("the longest window is longer than the period")
    live = [pair for pair in pairs if pair.first.mass(period).any() and pair.then.mass(period).any()]
    if not live:
        raise ValueError("no state has events of both kinds in the period")
    seen = np.ones(period.days, dtype=bool) if observed is None else observed
    stride = step or (7 if period.days >= 7 * WEEKS_NEEDED else 1)
    ask = _Question(tuple(hours), stride, draws, seed)
    back = [Pair(p.name, p.then.mirrored(), p.first.mirrored()) for p in live]
    swapped = [Pair(p.name, p.then, p.first) for p in live]
    always = np.ones(period.days, dtype=bool)
    follows = _rates(live, period, seen, ask)
    if not follows:
        raise ValueError("no event of A has a whole window on observed days of the period")
    return Response(
        period=period,
        strata=len(live),
        first=sum(_inside(pair.first, period) for pair in live),
        then=sum(_inside(pair.then, period) for pair in live),
        widest=max(int(events.lengths.max()) for pair in live for events in (pair.first, pair.then)),
        observed=int(seen.sum()),
        step=stride,
        follows=follows,
        preceded=_rates(back, period.mirrored(), always, ask),
        reverse=_rates(swapped, period, always, ask),
    )


@dataclass(frozen=True, slots=True)
class _Question:
    windows: tuple[float, ...]
    step: int
    draws: int
    seed: int


def follow_draws(
    pairs: Sequence[Pair], period: Period, windows: Sequence[float], observed: Mask, step: int, draws: int, seed: int
) -> tuple[Draws, Draws]:
    """The share of A followed by B for each window, under shifts and under rotations; see ``respond``."""
    first = np.stack([pair.first.mass(period) for pair in pairs])
    then = np.stack([[chance_of_follower(pair.then, period, hours) for pair in pairs] for hours in windows])
    return _draws(first, then, _seen(observed, windows, len(pairs)), period, step, draws, seed)


def _seen(observed: Mask, windows: Sequence[float], strata: int) -> Reals:
    by_window = np.stack([window_seen(observed, hours) for hours in windows])
    return np.repeat(by_window[:, None, :], strata, axis=1)


def _draws(
    first: Reals, then: Reals, seen: Reals, period: Period, step: int, draws: int, seed: int
) -> tuple[Draws, Draws]:
    rng = np.random.default_rng(seed)
    shifted = rate_under_shifts(first, then, seen, step)
    return shifted, rate_under_rotations(first, then, seen, period.months(), draws, rng)


def _rates(pairs: Sequence[Pair], period: Period, observed: Mask, ask: _Question) -> tuple[WindowRate, ...]:
    first = np.stack([pair.first.mass(period) for pair in pairs])
    then = np.stack([[chance_of_follower(pair.then, period, hours) for pair in pairs] for hours in ask.windows])
    seen = _seen(observed, ask.windows, len(pairs))
    wholes = (first * seen).sum(axis=1)
    judged = wholes.sum(axis=1) > _DUST
    if not judged.any():
        return ()
    then, seen, wholes = then[judged], seen[judged], wholes[judged]
    hours = [window for window, fits in zip(ask.windows, judged, strict=True) if fits]
    shifted, rotated = _draws(first, then, seen, period, ask.step, ask.draws, ask.seed)
    parts = (first * then * seen).sum(axis=1)
    rng = np.random.default_rng(ask.seed + 1)
    low, high = bootstrap_ratio(parts, wholes, period.months(), ask.draws, rng)
    usual_low, usual_high = shifted.usual
    columns = (
        hours, wholes.sum(axis=1), shifted.observed, low, high, shifted.expected, usual_low, usual_high,
        rotated.expected, shifted.p_values(), shifted.corrected(), rotated.p_values(), rotated.corrected(),
    )  # fmt: skip
    return tuple(WindowRate(*map(float, row)) for row in zip(*columns, strict=True))


def _inside(events: Events, period: Period) -> int:
    return int(((events.last >= period.start) & (events.first < period.start + period.days)).sum())
