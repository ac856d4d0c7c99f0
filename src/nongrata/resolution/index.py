"""Clusters by cell and month, so that an open claim is compared with those of its time and not with all."""

from __future__ import annotations

from collections.abc import Iterator

from nongrata.resolution.cluster import Cell, Cluster

MONTH = 31
"""Days in a bin; a coarse month is enough."""
LONG = 24
"""A cluster over more bins than this is filed as long and always looked at."""
UNPLACED = 200
"""Clusters without a day, and clusters looked at for a claim without a day: at most so many."""


def openness(cell: Cell) -> int:
    """How many sides are open, 0 to 2."""
    return (cell[1] is None) + (cell[2] is None)


def halves(cell: Cell) -> list[Cell]:
    """The more open cells whose claims may tell of incidents of this one."""
    kind, actor, target = cell
    wider = [(kind, actor, None), (kind, None, target), (kind, None, None)]
    return [half for half in dict.fromkeys(wider) if openness(half) > openness(cell)]


def span_of(cluster: Cluster) -> tuple[int, int] | None:
    """The days that a cluster is filed under: when it happened, else when it was told; None when neither is known."""
    if cluster.first is not None and cluster.last is not None:
        return cluster.first, cluster.last
    if cluster.told_first is not None and cluster.told_last is not None:
        return cluster.told_first, cluster.told_last
    return None


class ClusterIndex:
    """Which clusters the open claims of a cell may join."""

    def __init__(self) -> None:
        self._filed: dict[Cell, dict[int | None, dict[Cluster, None]]] = {}
        self._sizes: dict[Cell, int] = {}

    def add(self, cell: Cell, cluster: Cluster) -> None:
        """File a cluster for the claims of a cell."""
        drawers = self._filed.setdefault(cell, {})
        for month in _months(cluster):
            drawers.setdefault(month, {})[cluster] = None
        self._sizes[cell] = self._sizes.get(cell, 0) + 1

    def remove(self, cell: Cell, cluster: Cluster) -> None:
        """Take a cluster out again."""
        drawers = self._filed[cell]
        for month in _months(cluster):
            drawers[month].pop(cluster, None)
        self._sizes[cell] -= 1

    def around(self, cell: Cell, window: tuple[int, int] | None) -> list[Cluster]:
        """The clusters whose days meet a window, and those without a day; in a fixed order.

        Without a window all of them, where they are few: nothing places such a claim among many.
        """
        drawers = self._filed.get(cell, {})
        found: dict[Cluster, None] = {}
        if window is None:
            few = self._sizes.get(cell, 0) <= UNPLACED
            for drawer in drawers.values() if few else [drawers.get(None, {})]:
                found |= drawer
        else:
            for month in range(window[0] // MONTH, window[1] // MONTH + 1):
                found |= drawers.get(month, {})
            found |= drawers.get(None, {})
        return sorted(found, key=lambda cluster: cluster.members[0].order)[: None if window else UNPLACED]


def _months(cluster: Cluster) -> Iterator[int | None]:
    span = span_of(cluster)
    if span is None or span[1] // MONTH - span[0] // MONTH > LONG:
        yield None
    else:
        yield from range(span[0] // MONTH, span[1] // MONTH + 1)
