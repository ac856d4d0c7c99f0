"""Whom outlets repeat, how long chains are, and where doubt gets lost on the way (see ``drift``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nongrata.analysis.drift import Drift, Step, drifts_of, lost_by, steps_of
from nongrata.analysis.tellings import Codes, Tellings
from nongrata.analysis.uncertainty import Bounds

DRAWS = 499
FEWEST = 5
"""An outlet is judged when so many of its tellings can be held against an earlier one."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """An outlet (or any later voice) that passed on what another one said, in so many reports."""

    voice: str
    by: str
    reports: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """How an outlet comes by its claims: how many tellings are its own, the mean length of chain, whom it repeats."""

    name: str
    reports: int
    tellings: int
    own: int
    mean_length: float
    repeats: tuple[Repeat, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The answer: ``lengths`` is how many tellings have a chain of 1, 2, 3, ... voices; ``overall`` is all drift.

    ``interval`` is the 95 % interval of the mean drift (cluster bootstrap over stories). ``lost`` counts pairs of
    sureness (before, after). ``steps`` are the single steps, those that lost most first.
    """

    tellings: int
    reports: int
    lengths: tuple[int, ...]
    outlets: tuple[Outlet, ...]
    repeats: tuple[Repeat, ...]
    overall: Drift
    interval: Bounds
    drifts: tuple[Drift, ...]
    lost: tuple[tuple[int, int, int], ...]
    steps: tuple[Step, ...]


def sources(told: Tellings, *, fewest: int = FEWEST, draws: int = DRAWS, seed: int = 0) -> Sources:
    """Analyse who repeats whom and what becomes of doubt.

    Args:
        told: the claims.
        fewest: an outlet with fewer comparable tellings is listed without a p-value.
        draws: random draws of the test and of the interval.
        seed: of the draws.
    """
    steps = steps_of(told)
    drifts, overall, interval = drifts_of(steps, fewest, draws, seed)
    once = _once(told)
    lengths = np.bincount(told.lengths[once]) if len(told) else np.zeros(1, dtype=np.int64)
    return Sources(
        tellings=len(once),
        reports=len(np.unique(told.report)),
        lengths=tuple(map(int, lengths[1:])),
        outlets=_outlets(told, once),
        repeats=_repeats(told, once),
        overall=overall,
        interval=interval,
        drifts=drifts,
        lost=lost_by(steps),
        steps=tuple(sorted(steps, key=lambda step: (-step.drift, step.claim))),
    )


def _once(told: Tellings) -> Codes:
    """Rows that name each chain of each report once."""
    pairs = np.column_stack([told.report, told.chain])
    return np.asarray(np.sort(np.unique(pairs, axis=0, return_index=True)[1]))


def _repeats(told: Tellings, once: Codes) -> tuple[Repeat, ...]:
    chains, many = np.unique(told.chain[once], return_counts=True)
    found: Counter[tuple[str, str]] = Counter()
    for chain, count in zip(chains, many, strict=True):
        for link in set(pairwise(told.chains[chain])):
            found[link] += int(count)
    return tuple(Repeat(voice, by, n) for (voice, by), n in sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _outlets(told: Tellings, once: Codes) -> tuple[Outlet, ...]:
    rows: dict[str, list[int]] = defaultdict(list)
    every = told.lengths
    for row in once:
        rows[told.chains[told.chain[row]][-1]].append(int(row))
    found = []
    for name, mine in rows.items():
        lengths = every[mine]
        before = Counter(told.chains[told.chain[row]][-2] for row in mine if len(told.chains[told.chain[row]]) > 1)
        found.append(
            Outlet(
                name=name,
                reports=len(np.unique(told.report[mine])),
                tellings=len(mine),
                own=int((lengths == 1).sum()),
                mean_length=float(lengths.mean()),
                repeats=tuple(Repeat(voice, name, n) for voice, n in before.most_common(5)),
            )
        )
    return tuple(sorted(found, key=lambda outlet: (-outlet.tellings, outlet.name)))
