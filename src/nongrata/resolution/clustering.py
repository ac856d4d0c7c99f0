"""From the claims of a cell to clusters: well placed claims first, in canonical order; the others attach to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from nongrata.model import Interval
from nongrata.resolution.cluster import Cluster, Place
from nongrata.resolution.doubts import Doubt
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.judgements import Bench
from nongrata.resolution.matching import score
from nongrata.resolution.settings import settings

CANDIDATES = 24
"""An open claim is compared with at most so many clusters: those with its number first, then those nearest in time."""
NO_DAY = -(10**6)
"""Where clusters without a day stand among the others: far from all."""
ECHOED = 3
"""A number of at least so many, told again days later, may be the same happening."""
SMALL = 2
"""Clusters of at most so many claims are offered to the others once these are complete."""
ROUNDS = 3
"""Open claims attach in at most so many rounds; what joined in one can draw others in the next."""
SPELL = 60
"""Claims that joined nothing are clustered among themselves in spells of at most so many."""
CHUNK = 400
"""Narrow claims are clustered in runs of at most so many; a run ends at the first gap of days without any."""


def lead(
    evidence: Iterable[Evidence], bench: Bench, clusters: Sequence[Cluster] = ()
) -> tuple[list[Cluster], list[Doubt]]:
    """Cluster claims in canonical order: each joins the best cluster at or above the threshold, or founds one.

    The result depends on the set of claims, not on the order in which they are given. ``clusters`` are not altered;
    clusters that open claims may not join are simply not given.
    """
    found: list[Cluster] = list(clusters)
    doubts: list[Doubt] = []
    for e in sorted(evidence, key=lambda one: one.order):
        best, doubt = choose(e, found, bench)
        if best is not None:
            best.add(e)
            continue
        if doubt:
            doubts.append(doubt)
        found.append(Cluster(e))
    return look_again(found, bench), doubts


def look_again(clusters: list[Cluster], bench: Bench) -> list[Cluster]:
    """Offer each small cluster to the others now that they are complete: its founder came before what it belongs to."""
    kept = list(clusters)
    for small in reversed(clusters):
        if len(small.members) > SMALL:
            continue
        others = [c for c in kept if c is not small]
        best, _ = choose(small.members[0], others, bench) if others else (None, None)
        if best is not None and not bench.forbids(best.keys, small.keys):
            for e in small.members:
                best.add(e)
            kept.remove(small)
    return kept


def choose(e: Evidence, clusters: Sequence[Cluster], bench: Bench) -> tuple[Cluster | None, Doubt | None]:
    """The cluster that a claim joins; or None with, perhaps, the cluster that it may belong to."""
    limits = settings()["threshold"]
    best: Cluster | None = None
    best_score = float("-inf")
    for cluster in nearest(e, clusters):
        if bench.apart and bench.forbids(cluster.keys, (e.key,)):
            continue
        value = score(e, cluster)
        if value > best_score:
            best, best_score = cluster, value
    if best is None or best_score < limits["possible"]:
        return None, None
    if best_score < limits["same"]:
        return None, Doubt(e.key, best.members[0].key, round(best_score, 3))
    return best, None


def echoes(clusters: Iterable[Cluster], bench: Bench) -> list[Doubt]:
    """Clusters of a cell that may be one though days lie between them: the later, of no said day, has the same number.

    A report often tells what was done the week before as if it were done now ("the 23 expelled arrive"). Only a number
    of three or more is held to speak for itself; such clusters are never joined, for a host may well do it again.
    """
    limits = settings()
    numbered: dict[int, list[Cluster]] = {}
    for cluster in sorted(clusters, key=lambda c: (c.first or 0, c.members[0].order)):
        for count in cluster.counts:
            if count.is_exact and count.lo >= ECHOED:
                numbered.setdefault(count.lo, []).append(cluster)
    doubts = []
    for told in numbered.values():
        for earlier, later in pairwise(told):
            gap = (later.first or 0) - (earlier.last or 0)
            if not later.soft or not limits["time"]["near_days"] < gap <= limits["time"]["soft_days"]:
                continue
            value = score(later.members[0], earlier)
            if value >= limits["threshold"]["possible"] and not bench.forbids(earlier.keys, later.keys):
                doubts.append(Doubt(later.members[0].key, earlier.members[0].key, round(value, 3)))
    return doubts


def nearest(e: Evidence, clusters: Sequence[Cluster]) -> Sequence[Cluster]:
    """The clusters worth comparing: all when they are few, else those nearest in time and those of the same number."""
    return clusters if len(clusters) <= CANDIDATES else Shelf(clusters).near(e)


class Shelf:
    """Clusters by day and by number, to find those worth comparing without looking at all."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._all = clusters
        self._few = len(clusters) <= CANDIDATES
        if self._few:
            return
        self._lines: dict[Interval | None, list[tuple[int, int]]] = {None: []}
        for place, cluster in enumerate(clusters):
            day = cluster.first if cluster.first is not None else cluster.told_first
            spot = (NO_DAY if day is None else day, place)
            self._lines[None].append(spot)
            for count in cluster.counts:
                self._lines.setdefault(count, []).append(spot)
        for spots in self._lines.values():
            spots.sort()

    def near(self, e: Evidence) -> Sequence[Cluster]:
        """At most ``CANDIDATES`` clusters for a claim: half of them may be owed to its number."""
        if self._few:
            return self._all
        day = e.first if e.first is not None else e.told_first
        numbered = self._closest(self._lines.get(e.count, []), day, CANDIDATES // 2) if e.count else []
        found = dict.fromkeys([*numbered, *self._closest(self._lines[None], day, CANDIDATES)])
        return [self._all[place] for place in list(found)[:CANDIDATES]]

    @staticmethod
    def _closest(spots: list[tuple[int, int]], day: int | None, most: int) -> list[int]:
        if day is None:
            return [place for _, place in spots[:most]]
        at = bisect_left(spots, (day, -1))
        window = spots[max(0, at - most) : at + most]
        return [place for _, place in sorted(window, key=lambda spot: (abs(spot[0] - day), spot[1]))[:most]]


def chunks(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Split narrow claims into runs between which no two can tell one happening, for their days lie too far apart."""
    near: int = settings()["time"]["near_days"]
    runs: list[list[Evidence]] = []
    reach: int | None = None
    for e in sorted(evidence, key=lambda one: (one.first or 0, one.last or 0, one.key)):
        gap = None if reach is None else (e.first or 0) - reach
        if gap is None or gap > near or (len(runs[-1]) >= CHUNK and gap > 0):
            runs.append([])
            reach = e.last
        runs[-1].append(e)
        reach = max(reach or 0, e.last or 0)
    return runs


def spells(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Split claims that joined nothing into spells of ``SPELL`` at most, where longest no telling came."""
    placed: list[tuple[int, Evidence]] = []
    lost: list[Evidence] = []
    for e in evidence:
        day = e.told_first if e.told_first is not None else e.first
        if day is None:
            lost.append(e)
        else:
            placed.append((day, e))
    placed.sort(key=lambda pair: (pair[0], pair[1].key))
    lost.sort(key=lambda e: e.key)
    # Claims without any day go with the others where there are few.
    if len(placed) + len(lost) <= SPELL:
        return [[*(e for _, e in placed), *lost]] if placed or lost else []
    parts = [lost[i : i + SPELL] for i in range(0, len(lost), SPELL)]
    waiting = [placed] if placed else []
    while waiting:
        spell = waiting.pop()
        if len(spell) <= SPELL:
            parts.append([e for _, e in spell])
            continue
        cut = max(range(1, len(spell)), key=lambda i: (spell[i][0] - spell[i - 1][0], -abs(2 * i - len(spell)), -i))
        waiting += [spell[:cut], spell[cut:]]
    return parts


def attach(
    claims: Iterable[Evidence], around: Sequence[Cluster], place: Place, bench: Bench
) -> tuple[dict[Cluster, tuple[Evidence, ...]], list[Doubt]]:
    """Let each open claim join the best of the clusters around it; returns who joined which, and the doubts.

    In rounds: the claims of one round see what joined in the rounds before and not each other, so that their order does
    not matter.
    """
    joined: dict[Cluster, list[Evidence]] = {}
    doubts: dict[str, Doubt] = {}
    waiting = list(claims)
    near = Shelf(around)
    views: dict[Cluster, Cluster] | None = None
    for _ in range(ROUNDS):
        fresh: dict[Cluster, list[Evidence]] = {}
        for e in waiting:
            seen = {c.seen_from(place): c for c in near.near(e)} if views is None else views
            best, doubt = choose(e, list(seen), bench)
            if best is not None:
                fresh.setdefault(seen[best], []).append(e)
                doubts.pop(e.key, None)
            elif doubt:
                doubts[e.key] = doubt
        for cluster, group in fresh.items():
            joined.setdefault(cluster, []).extend(group)
        taken = {e.key for group in fresh.values() for e in group}
        waiting = [e for e in waiting if e.key not in taken]
        if not fresh or not waiting:
            break
        # Only what grew in this round can take in more in the next.
        grown = sorted(fresh, key=lambda cluster: cluster.members[0].order)
        views = {c.seen_from(place).with_more(sorted(joined[c], key=lambda e: e.key)): c for c in grown}
    return {c: tuple(sorted(group, key=lambda e: e.key)) for c, group in joined.items()}, list(doubts.values())
