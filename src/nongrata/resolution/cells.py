"""Blocks: claims of one type between the same two sides. Only touched cells are clustered again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nongrata.resolution.clustering import Doubt, choose, chunks, lead
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.judgements import Bench
from nongrata.resolution.matching import Cluster
from nongrata.resolution.settings import settings

Cell = tuple[str, str | None, str | None]
"""Type, the actor's side, the target's side; None for an open side."""


ROUNDS = 3
"""Open claims attach in at most so many rounds; what joined in one can draw others in the next."""


def cell_of(e: Evidence) -> Cell:
    """The cell of a claim."""
    return (e.claim.type, e.actor.side, e.target.side)


def openness(cell: Cell) -> int:
    """How many sides are open, 0 to 2."""
    return (cell[1] is None) + (cell[2] is None)


def halves(cell: Cell) -> list[Cell]:
    """The more open cells whose claims may tell of incidents of this one."""
    kind, actor, target = cell
    wider = [(kind, actor, None), (kind, None, target), (kind, None, None)]
    return [half for half in dict.fromkeys(wider) if openness(half) > openness(cell)]


def may_attach(cell: Cell, e: Evidence) -> bool:
    """True when a claim of a half-open cell may join incidents whose parties are known better.

    A hostile act's unsaid actor is unknown and may be any; a measure's unsaid actor means several states, and their
    joint figure is not one of theirs. In the same way espionage on nobody in particular is espionage at large.
    """
    kinds = settings()["kinds"]
    if e.claim.actors or (cell[2] is None and e.target.kind == "none" and cell[0] in kinds["lasting"]):
        return False
    return cell[1] is not None or e.actor.kind != "none" or cell[0] not in kinds["measures"]


class Clustering:
    """The clusters of all cells, kept up to date cell by cell.

    In a closed cell the claims that are placed in time are clustered run by run; the others, then the claims of the
    half-open cells around it, attach to those clusters one by one or make clusters of their own. Each step reads only
    what the steps before it made, so the result does not depend on the order of arrival.
    """

    def __init__(self) -> None:
        self.cells: dict[Cell, dict[str, Evidence]] = {}
        self.home: dict[str, Cluster] = {}
        self.doubts: dict[Cell, list[Doubt]] = {}
        self._states: dict[Cell, CellState] = {}
        self._kin: dict[Cell, set[Cell]] = {}
        self._touched: set[Cell] = set()
        self._stale: set[Cluster] = set()

    def put(self, e: Evidence) -> None:
        """Add a claim to its cell."""
        cell = cell_of(e)
        self.cells.setdefault(cell, {})[e.key] = e
        for half in halves(cell):
            self._kin.setdefault(half, set()).add(cell)
        self._touch(cell)

    def take(self, e: Evidence) -> None:
        """Remove a claim from its cell."""
        cell = cell_of(e)
        self.cells[cell].pop(e.key, None)
        home = self.home.pop(e.key, None)
        if home is not None:
            self._stale.add(home)
        self._touch(cell)

    def touch_all(self) -> None:
        """Have every cell clustered again, as after a change of the judgements."""
        self._touched.update(self.cells)
        for state in self._states.values():
            state.runs.clear()

    def _touch(self, cell: Cell) -> None:
        self._touched.add(cell)
        self._touched.update(half for half in halves(cell) if half in self.cells)

    def settle(self, bench: Bench) -> set[Cluster]:
        """Cluster the touched cells again; returns the clusters that changed, the dissolved among them."""
        changed, self._stale = self._stale, set()
        for cell in sorted(self._touched, key=lambda c: (openness(c), c[0], str(c))):
            if cell in self.cells:
                changed |= self._cluster(cell, bench)
        self._touched.clear()
        return changed

    def _cluster(self, cell: Cell, bench: Bench) -> set[Cluster]:
        state = self._states.setdefault(cell, CellState())
        members = self.cells[cell].values()
        narrow = [e for e in members if e.narrow] if not openness(cell) else []
        runs = {tuple(e.key for e in run): run for run in chunks(narrow)}
        placed: list[Cluster] = []
        doubts: list[Doubt] = []
        kept = {keys: state.runs.get(keys) or lead(run, bench) for keys, run in runs.items()}
        for clusters, unsure in kept.values():
            placed += clusters
            doubts += unsure
        around = placed if not openness(cell) else self._around(cell)
        rest = [e for e in members if openness(cell) or not e.narrow]
        attached, left, unsure = attach(cell, rest, around, bench)
        own, more = self._lead_rest(state, left, bench)
        self.doubts[cell] = [*doubts, *unsure, *more]
        changed = state.replace(cell, kept, [*placed, *own], attached)
        for cluster in [*placed, *own, *attached]:
            for e in cluster.everyone():
                self.home[e.key] = cluster
        return changed

    def _around(self, cell: Cell) -> list[Cluster]:
        kin = sorted((c for c in self._kin.get(cell, ()) if c in self._states), key=str)
        return [cluster for c in kin for cluster in self._states[c].clusters]

    def _lead_rest(self, state: CellState, left: list[Evidence], bench: Bench) -> tuple[list[Cluster], list[Doubt]]:
        keys = tuple(sorted(e.key for e in left))
        if state.rest is None or state.rest[0] != keys or bench is not state.bench:
            state.rest = (keys, *lead(left, bench))
            state.bench = bench
        return state.rest[1], state.rest[2]


class CellState:
    """What a cell was clustered into, so that what did not change is not done again."""

    __slots__ = ("attached", "bench", "clusters", "rest", "runs")

    def __init__(self) -> None:
        self.runs: dict[tuple[str, ...], tuple[list[Cluster], list[Doubt]]] = {}
        self.rest: tuple[tuple[str, ...], list[Cluster], list[Doubt]] | None = None
        self.bench: Bench | None = None
        self.clusters: list[Cluster] = []
        self.attached: dict[Cluster, tuple[Evidence, ...]] = {}

    def replace(
        self,
        cell: Cell,
        runs: dict[tuple[str, ...], tuple[list[Cluster], list[Doubt]]],
        clusters: list[Cluster],
        attached: dict[Cluster, tuple[Evidence, ...]],
    ) -> set[Cluster]:
        """Take over a new result; returns the clusters that are new, gone or joined by other claims than before."""
        changed = set(self.clusters) ^ set(clusters)
        for cluster in {*self.attached, *attached}:
            if self.attached.get(cluster) != attached.get(cluster):
                changed.add(cluster)
                cluster.attached.pop(cell, None)
                if cluster in attached:
                    cluster.attached[cell] = attached[cluster]
        self.runs, self.clusters, self.attached = runs, clusters, attached
        return changed


def attach(
    cell: Cell, rest: Iterable[Evidence], around: Sequence[Cluster], bench: Bench
) -> tuple[dict[Cluster, tuple[Evidence, ...]], list[Evidence], list[Doubt]]:
    """Let each claim join the best of the clusters around it; returns who joined which, who is left, and the doubts.

    In rounds: the claims of one round see what joined in the rounds before and not each other, so that their order does
    not matter.
    """
    ordered = sorted(rest, key=lambda one: one.order)
    waiting = [e for e in ordered if around and may_attach(cell, e)]
    joined: dict[Cluster, list[Evidence]] = {}
    doubts: dict[str, Doubt] = {}
    views = {cluster: _view(cluster, cell) for cluster in around}
    for _ in range(ROUNDS):
        fresh: dict[Cluster, list[Evidence]] = {}
        origin = {view: cluster for cluster, view in views.items()}
        for e in waiting:
            best, doubt = choose(e, list(views.values()), bench)
            if best is not None:
                fresh.setdefault(origin[best], []).append(e)
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
        views = {cluster: cluster.with_more(joined[cluster]) for cluster in fresh}
    placed = {e.key for group in joined.values() for e in group}
    left = [e for e in ordered if e.key not in placed]
    return {c: tuple(sorted(g, key=lambda e: e.key)) for c, g in joined.items()}, left, list(doubts.values())


def _view(cluster: Cluster, cell: Cell) -> Cluster:
    """The cluster with what attached to it from cells less open than this one, which are settled before it."""
    before = [other for other in cluster.attached if openness(other) < openness(cell)]
    more = [e for other in sorted(before, key=str) for e in cluster.attached[other]]
    return cluster.with_more(more) if more else cluster
