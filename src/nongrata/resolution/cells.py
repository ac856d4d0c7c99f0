"""Blocks: claims of one type between the same two sides. Only what a claim touches is clustered again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from nongrata.resolution.cluster import Cell, Cluster, Place
from nongrata.resolution.clustering import attach, chunks, echoes, lead, spells
from nongrata.resolution.doubts import ECHO, OPEN, OWN, REST, Doubt, Doubts
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.index import MONTH, ClusterIndex, halves, openness, span_of
from nongrata.resolution.judgements import Bench
from nongrata.resolution.settings import settings

Bin = int | None
"""The month in which an open claim was told, or that it tells of; None for a claim without any day."""

BOTH = 2
"""Openness of a cell with neither side known."""
NAMED = 3
"""Depth of a party that has a name of its own."""

Found = tuple[list[Cluster], list[Doubt]]


def cell_of(e: Evidence) -> Cell:
    """The cell of a claim."""
    return (e.claim.type, e.actor.side, e.target.side)


def may_attach(cell: Cell, e: Evidence) -> bool:
    """True when a claim of a half-open cell may join incidents whose parties are known better.

    A hostile act's unsaid actor is unknown and may be any; a measure's unsaid actor means several states, and their
    joint figure is not one of theirs. In the same way espionage on nobody in particular is espionage at large. Where
    no side can be placed at all, a name at least must be there to go by.
    """
    kinds = settings()["kinds"]
    if openness(cell) == BOTH and max(e.actor.depth, e.target.depth) < NAMED:
        return False
    if e.claim.actors or (cell[2] is None and e.target.kind == "none" and cell[0] in kinds["lasting"]):
        return False
    return cell[1] is not None or e.actor.kind != "none" or cell[0] not in kinds["measures"]


@dataclass(slots=True)
class Drawer:
    """The open claims of a cell in one bin, the days of what they may join, and which clusters they joined."""

    claims: dict[str, Evidence] = field(default_factory=dict)
    window: tuple[int, int] | None = None
    attached: dict[Cluster, tuple[Evidence, ...]] = field(default_factory=dict)
    left: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class CellState:
    """A cell's claims and what they were clustered into.

    ``runs`` are the clusters of placed claims by the identities of each run's claims, ``rest`` those of the claims that
    joined none.
    """

    narrow: dict[str, Evidence] = field(default_factory=dict)
    drawers: dict[Bin, Drawer] = field(default_factory=dict)
    runs: dict[tuple[int, ...], Found] = field(default_factory=dict)
    rest: dict[tuple[int, ...], Found] = field(default_factory=dict)
    run_again: bool = False
    open_again: set[Bin] = field(default_factory=set)
    rest_again: bool = False


class Clustering:
    """The clusters of all cells, kept up to date.

    In a closed cell the claims that are placed in time are clustered run by run; the other claims of the cell, then
    those of the half-open cells around it, attach to these clusters one by one, or make clusters of their own. Each
    step reads only what the steps before it made, so the result does not depend on the order of arrival.
    """

    def __init__(self) -> None:
        self.home: dict[str, Cluster] = {}
        self._doubts = Doubts()
        self._states: dict[Cell, CellState] = {}
        self._index = ClusterIndex()
        self._dirty: set[Cell] = set()
        self._changed: set[Cluster] = set()

    def put(self, e: Evidence) -> None:
        """Add a claim."""
        cell = cell_of(e)
        state = self._states.setdefault(cell, CellState())
        self._dirty.add(cell)
        if e.narrow and not openness(cell):
            state.narrow[e.key] = e
            state.run_again = True
            return
        place = bin_of(e)
        drawer = state.drawers.setdefault(place, Drawer())
        drawer.claims[e.key] = e
        drawer.window = _window(drawer.claims.values()) if place is not None else None
        state.open_again.add(place)

    def take(self, e: Evidence) -> None:
        """Remove a claim."""
        cell = cell_of(e)
        state = self._states[cell]
        self._dirty.add(cell)
        self._doubts.forget(e.key)
        home = self.home.pop(e.key, None)
        if home is not None:
            self._changed.add(home)
        if state.narrow.pop(e.key, None) is not None:
            state.run_again = True
            return
        place = bin_of(e)
        drawer = state.drawers[place]
        drawer.claims.pop(e.key, None)
        drawer.window = _window(drawer.claims.values()) if place is not None and drawer.claims else None
        state.open_again.add(place)

    def touch_all(self) -> None:
        """Have everything clustered again, as after a change of the judgements."""
        for cell, state in self._states.items():
            self._dirty.add(cell)
            for found in (state.runs, state.rest):
                for keys in list(found):
                    self._drop(cell, found.pop(keys)[0], own=found is state.runs)
            state.run_again = state.rest_again = True
            state.open_again.update(state.drawers)

    def settle(self, bench: Bench) -> set[Cluster]:
        """Cluster again what was touched; returns the clusters that changed, the dissolved among them."""
        for level in range(3):
            for cell in [c for c in self._dirty if openness(c) == level]:
                self._settle_cell(cell, bench)
        self._dirty.clear()
        changed, self._changed = self._changed, set()
        return changed

    def _settle_cell(self, cell: Cell, bench: Bench) -> None:
        state = self._states[cell]
        if state.run_again:
            runs = {tuple(id(e) for e in run): run for run in chunks(state.narrow.values())}
            self._replace(cell, state.runs, runs, bench, own=True)
            found = [cluster for clusters, _ in state.runs.values() for cluster in clusters]
            self._doubts.note(ECHO, state.narrow, echoes(found, bench))
        # Claims without any day come last: they see what the others joined.
        for place in sorted(state.open_again, key=lambda b: (b is None, b or 0)):
            self._attach(cell, state, place, bench)
        if state.open_again and None in state.drawers and None not in state.open_again:
            self._attach(cell, state, None, bench)
        if state.open_again or state.rest_again:
            left = [e for drawer in state.drawers.values() for e in drawer.left]
            runs = {tuple(id(e) for e in run): run for run in spells(left)}
            self._replace(cell, state.rest, runs, bench, own=False)
        state.run_again = state.rest_again = False
        state.open_again.clear()

    def _replace(
        self,
        cell: Cell,
        found: dict[tuple[int, ...], Found],
        runs: dict[tuple[int, ...], list[Evidence]],
        bench: Bench,
        *,
        own: bool,
    ) -> None:
        """Bring the clusters of a cell's runs up to date; runs whose claims are the same stay as they are."""
        for keys in [keys for keys in found if keys not in runs]:
            self._drop(cell, found.pop(keys)[0], own=own)
        for keys, run in runs.items():
            if keys not in found:
                found[keys] = lead(run, bench)
                self._welcome(cell, found[keys], own=own)

    def _welcome(self, cell: Cell, found: Found, *, own: bool) -> None:
        clusters, doubts = found
        for cluster in clusters:
            self._changed.add(cluster)
            for e in cluster.members:
                self.home[e.key] = cluster
            for reader in self._readers(cell, own):
                self._index.add(reader, cluster)
                self._wake(reader, cluster)
        self._doubts.note(OWN if own else REST, (), doubts)

    def _drop(self, cell: Cell, clusters: Iterable[Cluster], *, own: bool) -> None:
        for cluster in clusters:
            self._changed.add(cluster)
            self._doubts.note(OWN if own else REST, cluster.keys, ())
            for reader in self._readers(cell, own):
                self._index.remove(reader, cluster)
                self._wake(reader, cluster)

    def doubts_of(self, keys: Collection[str]) -> list[Doubt]:
        """The doubts in which some claims take part."""
        return self._doubts.of(keys)

    def _readers(self, cell: Cell, own: bool) -> list[Cell]:
        """The cells whose open claims may join clusters of this one; its own only where these are of placed claims."""
        return [cell, *halves(cell)] if own else halves(cell)

    def _wake(self, cell: Cell, cluster: Cluster) -> None:
        """Have the open claims of a cell look again where a cluster near them came, went or grew."""
        state = self._states.get(cell)
        if state is None:
            return
        span = span_of(cluster)
        for place, drawer in state.drawers.items():
            if span is None or drawer.window is None or _meet(drawer.window, span):
                state.open_again.add(place)
                self._dirty.add(cell)

    def _attach(self, cell: Cell, state: CellState, place: Bin, bench: Bench) -> None:
        drawer = state.drawers[place]
        waiting = Place(cell, place)
        around = self._index.around(cell, drawer.window) if drawer.claims else []
        willing = (
            [e for e in drawer.claims.values() if may_attach(cell, e)] if openness(cell) else drawer.claims.values()
        )
        attached, doubts = attach(willing, around, waiting, bench)
        for cluster in {**drawer.attached, **attached}:
            now = attached.get(cluster)
            if drawer.attached.get(cluster) != now:
                cluster.let(waiting, now)
                self._changed.add(cluster)
                self._tell(cell, cluster)
        self._doubts.note(OPEN, drawer.claims, doubts)
        joined = set()
        for cluster, group in attached.items():
            for e in group:
                self.home[e.key] = cluster
                joined.add(e.key)
        left = sorted((e for e in drawer.claims.values() if e.key not in joined), key=lambda e: e.key)
        drawer.attached, drawer.left = attached, left

    def _tell(self, cell: Cell, cluster: Cluster) -> None:
        """Wake the more open cells that read the cluster which claims of this cell joined or left."""
        for reader in halves(cell_of(cluster.members[0])):
            if openness(reader) > openness(cell):
                self._wake(reader, cluster)


def bin_of(e: Evidence) -> Bin:
    """The bin of an open claim: by the first day it speaks of, else by the day it was told."""
    day = e.first if e.first is not None else e.told_first
    return None if day is None else day // MONTH


def _window(claims: Iterable[Evidence]) -> tuple[int, int] | None:
    """The days of the clusters that open claims may join: around what they say, or as far back as news recalls."""
    weigh = settings()["time"]
    spans = []
    for e in claims:
        if e.first is not None and e.last is not None:
            fresh = e.told_last is not None and e.told_last - e.last <= weigh["apart_days"]
            last = max(e.last, e.told_last) if fresh and e.told_last is not None else e.last
            spans.append((e.first - weigh["near_days"], last + weigh["together_days"]))
        elif e.told_first is not None and e.told_last is not None:
            spans.append((e.told_first - weigh["search_days"], e.told_last + weigh["together_days"]))
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    # By whole bins, as the index files them.
    return a[0] // MONTH <= b[1] // MONTH and b[0] // MONTH <= a[1] // MONTH
