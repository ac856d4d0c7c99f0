"""Waves: many hosts doing the same within days, more of them than their own rhythms would bring together.

A scan over time. At each day t and for each window of w days, every host h has a chance u_h(t) of having acted in the
window, integrated over uncertain days. A host that acts often is no surprise, so it weighs -log of its mean chance: the
score is S(t) = sum_h u_h(t) * -log(mean u_h). Under the null each host keeps its own series but at its own random
circular shift, which keeps how often and how densely it acts and destroys what hosts have in common. The greatest score
over all days and windows, in units of each window's spread under the null, is the statistic, so that the p-value of a
wave is corrected for having looked everywhere (a scan statistic: Kulldorff, Heffernan, Hartman, Assunção and Mostashari
2005, "A Space-Time Permutation Scan Statistic", PLoS Medicine 2, with shifts in place of permutations).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nongrata.analysis.coincidence import chance_of_any
from nongrata.analysis.compare import rank_bounds
from nongrata.analysis.events import Events, Mask, Names, Period, Reals
from nongrata.analysis.happenings import Happenings, known
from nongrata.model import DateInterval

WINDOWS = (7, 14, 28)
"""Days within which hosts act together."""
DRAWS = 499
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Member:
    """One host in a wave: its first incident there, its number, and its place in the order of hosts.

    ``place`` is the best and the worst that the days allow: (1, 3) is the first, or one of two others was.
    """

    host: str
    incidents: tuple[str, ...]
    when: DateInterval
    place: tuple[int, int]
    lo: float
    hi: float
    uncounted: int


@dataclass(frozen=True, slots=True)
class Wave:
    """Hosts that acted together.

    ``when`` is the hull of its incidents, ``window`` the days of the scan in which it stands out most, ``p_value`` the
    chance of anything as great anywhere in the period, ``expected`` how many hosts such a window has on average.
    """

    when: DateInterval
    window: int
    p_value: float
    expected: float
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of a period, in order of time. ``p_value`` is that of the greatest score, wave or not.

    ``undated`` incidents and ``joint`` ones of several actors are left out.
    """

    period: Period
    hosts: int
    incidents: int
    undated: int
    joint: int
    p_value: float
    waves: tuple[Wave, ...]


class Scan(NamedTuple):
    """Scores by window and day, shape ``(windows, days)``, as z-values; the greatest of each draw.

    ``usual`` is how many hosts act within each window on average.
    """

    scores: Reals
    greatest: Reals
    usual: tuple[float, ...]

    def p_value(self, score: float) -> float:
        """The share of draws, the observed among them, whose greatest score is at least this one."""
        return float((1 + (self.greatest >= score - 1e-6).sum()) / (1 + len(self.greatest)))


def scan(hosts: Sequence[Events], period: Period, windows: Sequence[int], draws: int, seed: int) -> Scan:
    """Score every day and window, and what chance gives when each host is shifted by itself."""
    rng = np.random.default_rng(seed)
    turns = rng.integers(0, period.days, (draws, len(hosts)))
    scores, chance, usual = [], [], []
    for window in windows:
        weighted, acting = _weighted(hosts, period, window)
        usual.append(acting)
        twice = np.concatenate([weighted, weighted], axis=1)
        greatest = np.empty(draws)
        for draw in range(draws):
            total = np.zeros(period.days, dtype=np.float32)
            for host, turn in enumerate(turns[draw]):
                total += twice[host, turn : turn + period.days]
            greatest[draw] = total.max()
        scores.append(weighted.sum(axis=0, dtype=np.float64))
        chance.append(greatest)
    centre, spread = np.mean(chance, axis=1), np.maximum(np.std(chance, axis=1), 1e-9)
    z = (np.stack(scores) - centre[:, None]) / spread[:, None]
    greatest = ((np.stack(chance) - centre[:, None]) / spread[:, None]).max(axis=0)
    return Scan(z, greatest, tuple(usual))


def _weighted(hosts: Sequence[Events], period: Period, window: int) -> tuple[npt.NDArray[np.float32], float]:
    """The hosts' weighted chances, shape ``(hosts, days)``, and how many of them act within a window on average."""
    acts = np.stack([chance_of_any(events, period, window) for events in hosts])
    usual = np.clip(acts.mean(axis=1), 1e-9, 1.0)
    return np.asarray(acts * -np.log(usual)[:, None], dtype=np.float32), float(usual.sum())


def waves(
    incidents: Happenings,
    *,
    side: str = "actor",
    period: Period | None = None,
    windows: Sequence[int] = WINDOWS,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 0,
) -> Waves:
    """Find the waves of incidents of one kind.

    Args:
        incidents: of one kind, such as expulsions of one state's officials.
        side: whose togetherness is looked for: "actor" (hosts that expel) or "target" (states that are hit).
        period: what of time is looked at; by default from the first day to the last.
        windows: days within which they act together.
        level: waves with at most this p-value are listed.
        draws: random draws of the test.
        seed: of the draws.

    Raises:
        ValueError: an unknown side; fewer than two hosts act in the period; a window as long as the period.
    """
    if side not in ("actor", "target"):
        raise ValueError("waves are of actors or of targets")
    states = incidents.actor_state if side == "actor" else incidents.target_state
    usable = incidents.dated & known(states) & ~incidents.joint
    placed, names = incidents.where(usable), states[usable].astype(str)
    period = period or placed.hull
    if period is None:
        raise ValueError("no incident has a known time")
    inside = (placed.last >= period.start) & (placed.first < period.start + period.days)
    placed, names = placed.where(inside), names[inside]
    found, index = np.unique(names, return_inverse=True)
    if len(found) < 2:
        raise ValueError("waves need at least two hosts")
    if max(windows) >= period.days:
        raise ValueError("a window is as long as the period")
    events = placed.events
    hosts = [events.where(index == host) for host in range(len(found))]
    scanned = scan(hosts, period, windows, draws, seed)
    return Waves(
        period=period,
        hosts=len(found),
        incidents=len(placed),
        undated=int((~incidents.dated).sum()),
        joint=int(incidents.joint.sum()),
        p_value=scanned.p_value(float(scanned.scores.max())),
        waves=tuple(_waves_of(placed, names, scanned, period, windows, level)),
    )


def _waves_of(
    placed: Happenings,
    names: Names,
    scanned: Scan,
    period: Period,
    windows: Sequence[int],
    level: float,
) -> list[Wave]:
    needed = float(np.quantile(scanned.greatest, 1 - level))
    high = scanned.scores >= needed
    found = []
    for begin, end in _stretches(high, windows):
        at = scanned.scores[:, begin:end]
        row = int(np.unravel_index(int(at.argmax()), at.shape)[0])
        p_value = scanned.p_value(float(at.max()))
        members = _members(placed, names, period.start + begin, period.start + end)
        if p_value > level or len(members) < 2:
            continue
        first = min(member.when.first for member in members)
        when = DateInterval(first, max(member.when.last for member in members))
        found.append(Wave(when, int(windows[row]), p_value, scanned.usual[row], members))
    return found


def _stretches(high: Mask, windows: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of days [begin, end) that windows with a high score cover, those that touch joined."""
    days = high.shape[1]
    cover = np.zeros(days + 1, dtype=np.int64)
    for row, window in enumerate(windows):
        begins = np.flatnonzero(high[row])
        cover += np.bincount(begins, minlength=days + 1)[: days + 1]
        cover -= np.bincount(np.minimum(begins + window, days), minlength=days + 1)[: days + 1]
    inside = np.concatenate([[False], np.cumsum(cover)[:days] > 0, [False]])
    edges = np.flatnonzero(np.diff(inside.astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _members(placed: Happenings, names: Names, begin: int, end: int) -> tuple[Member, ...]:
    """The hosts with an incident that more likely than not lies on the days [begin, end), in their order."""
    inside = np.minimum(placed.last + 1, end) - np.maximum(placed.first, begin)
    chosen = 2 * inside > placed.last - placed.first + 1
    some, whose = placed.where(chosen), names[chosen]
    hosts, index = np.unique(whose, return_inverse=True)
    first = np.array([some.first[index == host].min() for host in range(len(hosts))], dtype=np.int64)
    earliest = np.array([some.last[index == host].min() for host in range(len(hosts))], dtype=np.int64)
    places = rank_bounds(-earliest.astype(float), -first.astype(float)) if len(hosts) else None
    found = []
    for host in np.lexsort((earliest, first)):
        mine = some.where(index == host)
        counted = ~np.isnan(mine.lo)
        start = int(first[host])
        found.append(
            Member(
                host=str(hosts[host]),
                incidents=tuple(map(str, mine.id)),
                when=Period(start, int(earliest[host]) - start + 1).interval,
                place=(int(places.best[host]), int(places.worst[host])) if places else (1, 1),
                lo=float(mine.lo[counted & ~mine.double].sum()),
                hi=float(mine.hi[counted].sum()),
                uncounted=int((~counted).sum()),
            )
        )
    return tuple(found)
