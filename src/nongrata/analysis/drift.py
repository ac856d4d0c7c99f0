"""Hedge drift: where doubt gets lost on the way from the origin to the page.

A claim at the origin may be "possible"; when the third outlet tells it, it may have become "certain". For each telling
this looks for the one that it goes back to: in the same incident, the telling with the longest chain that its own chain
continues (minister, radio -> minister, radio, paper), or else, where that is not in the ledger, the shortest chain that
starts at the same origin. The step is *harder* where the later telling stands higher on FactBank's scale, *softer*
where it stands lower. It is charged to the outlet that tells, the last of the chain; ``direct`` says that nobody stands
between the two.

The test flips signs by story: if doubt is as often gained as lost, the sum of all steps of one story (one origin in one
incident) could as well have the other sign. Copies of one telling share its luck, so that a story counts as one
observation (a clustered sign-flip test, Good 2005). Outlets are corrected for their number by the greatest of all
(Westfall and Young 1993).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nongrata.analysis.events import Reals, binned
from nongrata.analysis.tellings import NO_PLACE, Tellings
from nongrata.analysis.uncertainty import Bounds, bootstrap_ratio, wilson

_CHUNK = 64
"""Draws of signs that are held in memory together."""


@dataclass(frozen=True, slots=True)
class Step:
    """One telling held against the one that it goes back to; ``claim`` and ``base`` are keys of claims.

    ``before`` and ``after`` are places on the scale of sureness; ``direct``: nobody stands between the two.
    """

    claim: str
    base: str
    outlet: str
    story: int
    chain: tuple[str, ...]
    before: int
    after: int
    direct: bool

    @property
    def drift(self) -> int:
        """How many grades of doubt were lost (or, below 0, gained)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Drift:
    """What becomes of doubt in some tellings.

    ``tellings`` could be held against an earlier one; ``harder`` of them lost doubt and ``softer`` gained it. ``share``
    is the interval of the share that is harder (95 %, Wilson), ``mean`` the mean number of grades lost, ``p_value``
    two-sided, corrected for all outlets; None for the few that are not judged. ``direct``: taken straight from the
    telling before.
    """

    outlet: str
    tellings: int
    harder: int
    softer: int
    share: Bounds
    mean: float
    direct: int
    p_value: float | None


class _Row(NamedTuple):
    row: int
    chain: tuple[str, ...]


def steps_of(told: Tellings) -> list[Step]:
    """Every telling that can be held against an earlier one of the same story; see the module's description."""
    stories: dict[tuple[int, str], list[_Row]] = defaultdict(list)
    usable = (told.incident != NO_PLACE) & (told.sureness != NO_PLACE)
    for row in np.flatnonzero(usable):
        chain = told.chains[told.chain[row]]
        stories[int(told.incident[row]), chain[0]].append(_Row(int(row), chain))
    found = []
    for number, rows in enumerate(stories.values()):
        if len(rows) > 1:
            found += _steps_of_story(told, number, rows)
    return found


def _steps_of_story(told: Tellings, number: int, rows: Sequence[_Row]) -> list[Step]:
    by_chain: dict[tuple[str, ...], int] = {}
    for row in rows:
        by_chain.setdefault(row.chain, row.row)
    # Rows stand in the order of publication: the first of the shortest chains is the nearest to the origin.
    nearest = min(rows, key=lambda row: len(row.chain))
    found = []
    for row in rows:
        base = next(
            (by_chain[row.chain[:n]] for n in range(len(row.chain) - 1, 0, -1) if row.chain[:n] in by_chain), None
        )
        if base is None:
            base = nearest.row if len(nearest.chain) < len(row.chain) else None
        if base is None or told.report[base] == told.report[row.row]:
            continue
        before = told.chains[told.chain[base]]
        found.append(
            Step(
                claim=str(told.keys[row.row]),
                base=str(told.keys[base]),
                outlet=row.chain[-1],
                story=number,
                chain=row.chain,
                before=int(told.sureness[base]),
                after=int(told.sureness[row.row]),
                direct=row.chain[:-1] == before,
            )
        )
    return found


def drifts_of(steps: Sequence[Step], fewest: int, draws: int, seed: int) -> tuple[tuple[Drift, ...], Drift, Bounds]:
    """The drift of each outlet and of all together, and the 95 % interval of the mean drift; see ``sources``."""
    by_outlet: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_outlet[step.outlet].append(step)
    judged = sorted(name for name, mine in by_outlet.items() if len(mine) >= fewest)
    p_all, p_each = drift_p_values(steps, judged, draws, seed)
    p_values = dict(zip(judged, p_each, strict=True))
    drifts = [_drift(name, mine, p_values.get(name)) for name, mine in by_outlet.items()]
    overall = _drift("all", steps, p_all)
    interval = Bounds(0.0, 0.0)
    if steps:
        parts = np.array([[step.drift for step in steps]], dtype=float)
        clusters = np.array([step.story for step in steps], dtype=np.int64)
        low, high = bootstrap_ratio(parts, np.ones_like(parts), clusters, draws, np.random.default_rng(seed + 1))
        interval = Bounds(float(low[0]), float(high[0]))
    return tuple(sorted(drifts, key=lambda drift: (-drift.tellings, drift.outlet))), overall, interval


def drift_p_values(
    steps: Sequence[Step], outlets: Sequence[str], draws: int, seed: int
) -> tuple[float | None, list[float]]:
    """The p-value of all steps together, and those of outlets, corrected for their number; two-sided, by sign flips."""
    if not steps:
        return None, []
    column = {name: at + 1 for at, name in enumerate(outlets)}
    stories, story = np.unique([step.story for step in steps], return_inverse=True)
    sums = np.zeros((len(stories), len(outlets) + 1))
    drift = np.array([step.drift for step in steps], dtype=float)
    sums[:, 0] = binned(story, drift, len(stories))
    places = np.array([column.get(step.outlet, 0) for step in steps])
    for place in range(1, len(outlets) + 1):
        mine = places == place
        sums[:, place] = binned(story[mine], drift[mine], len(stories))
    sums = sums[sums.any(axis=1)]
    scale = np.sqrt((sums**2).sum(axis=0))
    scores = sums / np.where(scale > 0, scale, np.inf)
    observed = np.abs(scores.sum(axis=0)) - 1e-9
    chance = np.abs(_flipped(scores, draws, np.random.default_rng(seed)))
    overall = float((1 + (chance[:, 0] >= observed[0]).sum()) / (1 + draws))
    greatest = chance[:, 1:].max(axis=1) if outlets else np.zeros(draws)
    return overall, [float((1 + (greatest >= score).sum()) / (1 + draws)) for score in observed[1:]]


def _flipped(scores: Reals, draws: int, rng: np.random.Generator) -> Reals:
    """Sums under random signs, shape ``(draws, columns)``; in chunks, for memory."""
    found = []
    for begin in range(0, draws, _CHUNK):
        signs = rng.choice((-1.0, 1.0), (min(_CHUNK, draws - begin), len(scores)))
        found.append(signs @ scores)
    return np.concatenate(found)


def _drift(outlet: str, steps: Sequence[Step], p_value: float | None) -> Drift:
    drifts = [step.drift for step in steps]
    harder = sum(drift > 0 for drift in drifts)
    return Drift(
        outlet=outlet,
        tellings=len(steps),
        harder=harder,
        softer=sum(drift < 0 for drift in drifts),
        share=wilson(harder, len(steps)),
        mean=float(np.mean(drifts)) if drifts else 0.0,
        direct=sum(step.direct for step in steps),
        p_value=p_value,
    )


def lost_by(steps: Sequence[Step]) -> tuple[tuple[int, int, int], ...]:
    """How many steps went from which sureness to which."""
    pairs = Counter((step.before, step.after) for step in steps)
    return tuple((before, after, many) for (before, after), many in sorted(pairs.items()))
