"""The same measure across states: ranks and shares that respect what is not known, and what chance allows.

Two doubts are kept apart. *Reports* leave counts and days open: each state's sum is an interval, and a rank is certain
only where intervals do not overlap. *Chance*: even exact counts of few events are no proof that one state is hit more
than another. States are compared quarter by quarter, pair by pair; under the null either of two states could have had
either quarter, so the sign of each difference is random (a sign-flip test, Good 2005), and the greatest of all
pairs corrects for their number (Westfall and Young 1993). A state's rank set runs from one more than the number of
states that are surely above it to the number of those that are not surely below (as in Mogstad, Romano, Shaikh and
Wilhelm 2024, "Inference for Ranks", Review of Economic Studies 91, with this test in place of theirs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nongrata.analysis.events import Days, Names, Period, Reals, binned
from nongrata.analysis.happenings import Happenings, known

DRAWS = 999
QUARTERS_NEEDED = 10
"""With fewer quarters in the period, months are compared."""
BLOCKS_NEEDED = 8
"""With fewer quarters or months nothing is tested."""
MOST = 30
"""At most so many states, those with the greatest sums, are held against each other."""


class Ranks(NamedTuple):
    """The best and the worst place that each unit may have; 1 is the first."""

    best: Days
    worst: Days


@dataclass(frozen=True, slots=True)
class Standing:
    """One state's place.

    ``lo`` to ``hi``: its sum (infinity for an open end). ``rank``: best and worst place that the reports allow.
    ``overlaps``: the others whose interval overlaps. ``share``: least and most of the whole. ``chance_rank``: the rank
    set at 95 % by the quarters' differences. ``uncounted`` incidents tell no number, ``undated`` no time; neither is in
    the sum.
    """

    name: str
    lo: float
    hi: float
    rank: tuple[int, int]
    overlaps: tuple[str, ...]
    share: tuple[float, float]
    chance_rank: tuple[int, int] | None
    uncounted: int = 0
    undated: int = 0

    def holds(self, share: float) -> str:
        """Whether the state may have that share of the whole: "possible" or "contradicted"."""
        return "possible" if self.share[0] <= share <= self.share[1] else "contradicted"

    @property
    def most(self) -> str:
        """Whether it has most of all: "certain", "possible" (first, or tied) or "contradicted"."""
        return "certain" if self.rank == (1, 1) else "possible" if self.rank[0] == 1 else "contradicted"


@dataclass(frozen=True, slots=True)
class Comparison:
    """States by their sums, largest first; ``p_value``: that quarters differ so much if all are alike, or None.

    ``blocks`` is how many stretches of ``block_months`` months were held against each other; ``unnamed`` incidents
    name no state on the side that is compared, ``joint`` ones give one number for several actors; both are left out.
    """

    standings: tuple[Standing, ...]
    p_value: float | None
    blocks: int
    block_months: int
    unnamed: int = 0
    joint: int = 0


def rank_bounds(lo: Reals, hi: Reals) -> Ranks:
    """The best and the worst rank of each of n values that are known as intervals, the greatest first.

    A value is certainly above another when its lower bound is above the other's upper bound. Equal values share the
    better place, so that all of n equal exact values are first.
    """
    above = (lo[None, :] > hi[:, None]).sum(axis=1)
    maybe_above = (hi[None, :] > lo[:, None]).sum(axis=1) - (hi > lo)
    return Ranks(1 + above, 1 + maybe_above)


def share_bounds(lo: Reals, hi: Reals) -> tuple[Reals, Reals]:
    """The least and the most share of the whole that each of n intervals may have; 0 to 1 where nothing is there."""
    others_most = _without(hi)
    others_least = _without(lo)
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(lo + others_most > 0, lo / (lo + others_most), 0.0)
        most = np.where(np.isinf(hi), 1.0, hi / (hi + others_least))
    return np.nan_to_num(least, nan=0.0), np.nan_to_num(most, nan=1.0)


def _without(values: Reals) -> Reals:
    """For each value the sum of the others."""
    return np.array([np.delete(values, at).sum() for at in range(len(values))])


def pair_p_values(by_block: Reals, draws: int, seed: int) -> Reals:
    """p-values of every pair of states, corrected for all pairs, shape ``(n, n)``, 1 on the diagonal.

    Args:
        by_block: expected events in each quarter (or other block), shape ``(blocks, n)``.
        draws: random draws of signs.
        seed: of the draws.
    """
    blocks, states = by_block.shape
    one, other = np.triu_indices(states, 1)
    differences = by_block[:, one] - by_block[:, other]
    scale = np.sqrt((differences**2).sum(axis=0))
    scale = np.where(scale > 0, scale, np.inf)
    observed = np.abs(differences.sum(axis=0)) / scale
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), (draws, blocks))
    greatest = np.sort(np.abs(signs @ (differences / scale)).max(axis=1))
    reached = draws - np.searchsorted(greatest, observed - 1e-9)
    p = np.ones((states, states))
    p[one, other] = p[other, one] = (1 + reached) / (1 + draws)
    return p


def chance_ranks(by_block: Reals, p: Reals, level: float = 0.05) -> Ranks:
    """The rank set of each state: who is surely above and below it, at a level for all pairs together."""
    totals = by_block.sum(axis=0)
    sure = p <= level
    above = (sure & (totals[None, :] > totals[:, None])).sum(axis=1)
    below = (sure & (totals[None, :] < totals[:, None])).sum(axis=1)
    return Ranks(1 + above, len(totals) - below)


def compare(
    incidents: Happenings,
    period: Period,
    *,
    side: str = "target",
    measure: str = "incidents",
    names: Sequence[str] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Hold states against each other by how many incidents they have, or by the interval sums of their counts.

    An incident whose interval lies inside the period counts for certain; one that reaches out of it, or that may be the
    same as another, may count.

    Args:
        incidents: of one kind.
        period: what of time is looked at.
        side: "target" (those acted upon) or "actor".
        measure: "incidents", or "count" for the sums of the numbers that reports give.
        names: the states to hold against each other; by default the ``MOST`` with the greatest sums.
        draws: random draws of the test.
        seed: of the draws.

    Raises:
        ValueError: an unknown side or measure; no incident names a state.
    """
    if side not in ("actor", "target") or measure not in ("incidents", "count"):
        raise ValueError("a comparison is by actor or target, of incidents or counts")
    joint = incidents.joint
    incidents = incidents.where(~joint)
    states = incidents.actor_state if side == "actor" else incidents.target_state
    named = known(states)
    wanted = named if names is None else named & np.isin(states, list(names))
    found, index = np.unique(states[wanted].astype(str), return_inverse=True)
    if names is not None:
        missing = sorted(set(names) - set(found))
        found = np.concatenate([found, np.array(missing, dtype=found.dtype if len(found) else str)])
    if not len(found):
        raise ValueError("no incident names a state to compare")
    sums = _sums(incidents.where(wanted), index, len(found), period, measure)
    keep = np.lexsort((found, -sums.hi, -sums.lo))[: MOST if names is None else len(found)]
    return _comparison(found, sums, keep, (int((~named).sum()), int(joint.sum())), draws, seed)


class _Sums(NamedTuple):
    lo: Reals
    hi: Reals
    uncounted: Days
    undated: Days
    by_block: Reals
    block_months: int


def _sums(incidents: Happenings, index: Days, states: int, period: Period, measure: str) -> _Sums:
    dated = incidents.dated
    end = period.start + period.days
    sure = dated & (incidents.first >= period.start) & (incidents.last < end)
    maybe = dated & (incidents.last >= period.start) & (incidents.first < end)
    counted = ~np.isnan(incidents.lo)
    months = int(period.months()[-1]) + 1
    block = 3 if months >= 3 * QUARTERS_NEEDED else 1
    low = np.ones(len(incidents)) if measure == "incidents" else np.where(counted, incidents.lo, 0.0)
    low = np.where(incidents.double, 0.0, low)
    high = np.ones(len(incidents)) if measure == "incidents" else np.where(counted, incidents.hi, 0.0)
    return _Sums(
        lo=binned(index, np.where(sure, low, 0.0), states),
        hi=binned(index, np.where(maybe, high, 0.0), states),
        uncounted=np.bincount(index[maybe & ~counted], minlength=states),
        undated=np.bincount(index[~dated], minlength=states),
        by_block=by_block(incidents, index, states, period, block),
        block_months=block,
    )


def by_block(incidents: Happenings, index: Days, states: int, period: Period, months: int) -> Reals:
    """Expected incidents of each state in each block of so many months of the period, shape ``(blocks, states)``.

    An incident counts as far as its interval lies inside the period, and whole in the block that holds the middle of
    that part: spread over two it would be one observation that passes for two, and the test would find too much.
    """
    blocks = period.months() // months
    begin = np.maximum(incidents.first - period.start, 0)
    end = np.minimum(incidents.last - period.start, period.days - 1)
    inside = incidents.dated & (end >= begin)
    share = (end - begin + 1) / (incidents.last - incidents.first + 1)
    block = blocks[(begin + end)[inside] // 2]
    cells = block * states + index[inside]
    return binned(cells, share[inside], (int(blocks[-1]) + 1) * states).reshape(-1, states)


def _comparison(found: Names, sums: _Sums, keep: Days, left_out: tuple[int, int], draws: int, seed: int) -> Comparison:
    lo, hi, blocks = sums.lo[keep], sums.hi[keep], sums.by_block[:, keep]
    ranks = rank_bounds(lo, hi)
    least, most = share_bounds(sums.lo, sums.hi)
    testable = len(keep) > 1 and len(blocks) >= BLOCKS_NEEDED
    p = pair_p_values(blocks, draws, seed) if testable else None
    places = chance_ranks(blocks, p) if p is not None else None
    names = [str(name) for name in found[keep]]
    standings = tuple(
        Standing(
            name=name,
            lo=float(lo[at]),
            hi=float(hi[at]),
            rank=(int(ranks.best[at]), int(ranks.worst[at])),
            overlaps=_overlapping(names, lo, hi, at),
            share=(float(least[keep[at]]), float(most[keep[at]])),
            chance_rank=(int(places.best[at]), int(places.worst[at])) if places else None,
            uncounted=int(sums.uncounted[keep[at]]),
            undated=int(sums.undated[keep[at]]),
        )
        for at, name in enumerate(names)
    )
    return Comparison(standings, float(p.min()) if p is not None else None, len(blocks), sums.block_months, *left_out)


def _overlapping(names: Sequence[str], lo: Reals, hi: Reals, at: int) -> tuple[str, ...]:
    meets = (lo <= hi[at]) & (hi >= lo[at])
    return tuple(name for other, name in enumerate(names) if meets[other] and other != at)
