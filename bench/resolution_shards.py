"""How resolution shards, by type and parties: that nothing changes by it, and what the heaviest part is.

    python bench/resolution_shards.py [--claims 20000] [--resolve 31.3] [--exponent 1.1]

The unit of work is a cell: the claims of one type between two sides. Cells with both sides known need nothing of each
other. Those with one side open need only the finished clusters of the cells that their claims may tell of; those with
both sides open come last. So resolution is three rounds, in each of which every cell can be another worker's.

First some claims are resolved whole, and cell by cell with nothing passed on but finished clusters: each claim has to
end in the same cluster. Printed is the processor time of both and what the cells' own times come to on so many workers.
Then claims are drawn by the laws of ``resolution_scale.py``, at 1, 2, 4 and 8 million, and their cells dealt out to
workers, the heaviest first, each to the one with the least to do; the seconds follow from the rate of one process.
"""

from __future__ import annotations

import argparse
import gc
import heapq
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from nongrata.model import Claim, Scope
from nongrata.resolution import Telling
from nongrata.resolution.cells import Clustering, cell_of
from nongrata.resolution.cluster import Cell, Cluster
from nongrata.resolution.evidence import Evidence, prepare
from nongrata.resolution.index import halves, openness
from nongrata.resolution.judgements import Bench
from resolution_scale import DAYS, pairs, reports

WORKERS = (1, 8, 64)
NO_ACTOR, NO_TARGET = 0.10, 0.05
"""Shares of claims without them, as in ``resolution_scale.py``."""
LEVELS = 3


def evidence_of(told: Iterable[tuple[Iterable[Claim], Telling | None]]) -> list[Evidence]:
    """The claims of some reports as resolution compares them; what a report tells besides is in each of them."""
    found = (e for claims, telling in told for e in prepare(claims, telling))
    return [e for e in found if e.claim.scope is Scope.EVENT]


def whole(evidence: Iterable[Evidence]) -> dict[str, str]:
    """Claim → founder of its cluster, all cells in one process."""
    clustering = Clustering()
    for e in evidence:
        clustering.put(e)
    clustering.settle(Bench())
    return _founders(clustering.home)


def by_cells(evidence: Iterable[Evidence]) -> tuple[dict[str, str], dict[Cell, float]]:
    """The same cell by cell, each with a clustering of its own and the finished clusters that it may read.

    Returns:
        Claim → founder, and the processor seconds of each cell.
    """
    cells: dict[Cell, list[Evidence]] = defaultdict(list)
    for e in evidence:
        cells[cell_of(e)].append(e)
    passed: dict[Cell, list[Cluster]] = defaultdict(list)
    home: dict[str, str] = {}
    seconds: dict[Cell, float] = {}
    for cell in sorted(cells, key=lambda cell: (openness(cell), str(cell))):
        gc.disable()  # else one cell pays for the garbage of all
        begun = time.process_time()
        mine = _cell(cell, cells[cell], passed.pop(cell, []))
        seconds[cell] = time.process_time() - begun
        gc.enable()
        home |= _founders(mine)
        own = {id(cluster): cluster for cluster in mine.values() if cell_of(cluster.members[0]) == cell}
        for reader in halves(cell):
            passed[reader] += own.values()
    return home, seconds


def _cell(cell: Cell, evidence: Iterable[Evidence], around: Iterable[Cluster]) -> dict[str, Cluster]:
    """Claim → cluster for the claims of one cell, given the clusters of others that they may join."""
    clustering = Clustering()
    for cluster in around:
        clustering._index.add(cell, cluster)
    for e in evidence:
        clustering.put(e)
    clustering.settle(Bench())
    return clustering.home


def _founders(home: dict[str, Cluster]) -> dict[str, str]:
    return {key: cluster.members[0].key for key, cluster in home.items()}


def dealt(loads: Iterable[float], workers: int) -> float:
    """The most that one worker gets, when the heaviest goes first and always to the one with least."""
    heap = [0.0] * workers
    for load in sorted(loads, reverse=True):
        heapq.heapreplace(heap, heap[0] + load)
    return max(heap)


def makespan(loads: dict[Cell, float], workers: int) -> float:
    """What three rounds of dealing come to, by openness of the cells."""
    return sum(dealt([load for cell, load in loads.items() if openness(cell) == n], workers) for n in range(LEVELS))


def drawn(claims: int, seed: int = 3) -> dict[Cell, float]:
    """How many claims each cell has, drawn by the laws of ``resolution_scale.py``."""
    rng = np.random.default_rng(seed)
    kinds, running = pairs()
    weights = np.diff(np.array([0.0, *running]))
    counts = rng.multinomial(claims, weights / weights.sum())
    shares = [(1 - NO_ACTOR) * (1 - NO_TARGET), NO_ACTOR * (1 - NO_TARGET), (1 - NO_ACTOR) * NO_TARGET]
    found: Counter[Cell] = Counter()
    for (kind, actor, target), count in zip(kinds, counts.tolist(), strict=True):
        both, no_actor, no_target, neither = rng.multinomial(count, [*shares, NO_ACTOR * NO_TARGET]).tolist()
        found[kind, actor, target] += both
        found[kind, None, target] += no_actor
        found[kind, actor, None] += no_target
        found[kind, None, None] += neither
    return {cell: float(count) for cell, count in found.items() if count}


def check(claims: int) -> None:
    """Resolve some claims both ways and hold them against each other.

    Raises:
        SystemExit: a claim ends in another cluster.
    """
    begun = time.process_time()
    evidence = evidence_of(reports(claims))
    prepared = time.process_time() - begun
    begun = time.process_time()
    expected = whole(evidence)
    took = time.process_time() - begun
    found, seconds = by_cells(evidence_of(reports(claims)))
    differ = sum(found[key] != founder for key, founder in expected.items())
    spent = sum(seconds.values())
    print(f"{len(evidence):,} claims in {len(seconds):,} cells, prepared in {prepared:.1f} s")
    print(f"clustered whole in {took:.1f} s, cell by cell in {spent:.1f} s; {differ} in another cluster")
    for workers in WORKERS[1:]:
        most = makespan(seconds, workers)
        print(f"  on {workers} workers {most:.2f} s by the cells' own times: {spent / most:.1f} times as fast")
    if differ or found.keys() != expected.keys():
        raise SystemExit("the cells do not give what the whole gives")


def simulate(resolve: float, exponent: float) -> None:
    """Print the heaviest worker at each size."""
    print(f"\nclaims over {DAYS // 365} years, dealt out by type and parties")
    print("   claims  workers  most for one  times even share  seconds for it  whole  heaviest cell")
    for claims in (1_000_000, 2_000_000, 4_000_000, 8_000_000):
        cells = drawn(claims)
        one = resolve * (claims / 1e5) ** exponent
        for workers in WORKERS:
            most = makespan(cells, workers)
            row = f"{claims:>9,} {workers:>8} {most:>13,.0f} {most * workers / claims:>17.2f}"
            seconds = resolve * (most / 1e5) ** exponent
            print(f"{row} {seconds:>15,.0f} {one:>6,.0f} {max(cells.values()) / claims:>14.1%}")


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--resolve", type=float, default=31.3)
    parser.add_argument("--exponent", type=float, default=1.1)
    args = parser.parse_args()
    check(args.claims)
    simulate(args.resolve, args.exponent)


if __name__ == "__main__":
    main()
