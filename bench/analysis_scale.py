"""The analyses on 100,000 incidents: seconds of processor time, and how many times a bare pass over the same rows.

    python bench/analysis_scale.py [--incidents 100000] [--claims 100000]

Pairs of states follow Zipf's law, a third of the incidents are dated by intervals of up to a month, one in six has no
time, one in twenty may be another's double. The bare pass counts incidents by state and day in plain Python, once.
"load" reads the incidents from a ledger in a file; the analyses then work on columns in memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from nongrata.analysis import (
    Happenings,
    Period,
    Tellings,
    compare,
    happenings,
    reciprocity,
    respond,
    response_pairs,
    sources,
    waves,
)
from nongrata.ledger import Ledger, LedgerView, schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.conclusions import incident_row
from nongrata.model import Incident, Interval

STATES = np.array(
    [
        *("RU", "US", "GB", "FR", "DE", "PL", "CZ", "EE", "LV", "LT", "FI", "SE", "NO", "BE", "NL", "IT", "ES", "CN"),
        *("IR", "KP", "IL", "UA", "IN", "CA", "TR", "RO", "BG", "GR", "PT", "AT", "CH", "DK", "IE", "HU", "SK", "SI"),
    ],
    dtype=object,
)
TYPES = np.array(["expulsion", "cyberattack", "stand", "sanction", "espionage", "sabotage"], dtype=object)
START, DAYS = 735_600, 365 * 12


def made(incidents: int, seed: int = 1) -> Happenings:
    """So many incidents in order of time."""
    rng = np.random.default_rng(seed)
    weights = 1 / (np.arange(len(STATES)) + 2.0)
    who, whom = (rng.choice(STATES, incidents, p=weights / weights.sum()) for _ in range(2))
    lengths = np.where(rng.random(incidents) < 1 / 3, rng.choice([3, 4, 7, 14, 30, 31], incidents), 1)
    first = START + rng.integers(0, DAYS, incidents)
    first, lengths = np.sort(first), lengths
    undated = rng.random(incidents) < 1 / 6
    lo = rng.choice([np.nan, 1.0, 2.0, 5.0, 24.0], incidents)
    return Happenings(
        id=np.array([f"inc-{n}" for n in range(incidents)], dtype=object),
        type=rng.choice(TYPES, incidents),
        actor=who,
        actor_state=who,
        target=whom,
        target_state=whom,
        first=np.where(undated, 0, first),
        last=np.where(undated, 0, first + lengths - 1),
        lo=lo,
        hi=np.where(lo == 24, 99.0, lo),
        double=rng.random(incidents) < 0.05,
    )


def told(claims: int, seed: int = 2) -> Tellings:
    """So many claims: stories of one to a dozen tellings along chains of up to four voices."""
    rng = np.random.default_rng(seed)
    chains: dict[tuple[str, ...], int] = {}
    rows: list[tuple[int, int, int, int]] = []
    story = 0
    while len(rows) < claims:
        story += 1
        chain = [f"Minister {story % 5000}"]
        for n in range(int(min(12, rng.pareto(1.2) + 1))):
            chain = [*chain[: 1 + n % 3], f"Outlet {rng.integers(0, 300)}"]
            rows.append((story, len(rows), chains.setdefault(tuple(chain), len(chains)), int(rng.integers(-1, 4))))
    columns = np.array(rows).T
    return Tellings(
        keys=np.array([f"c{n}" for n in range(len(rows))], dtype=object),
        incident=columns[0],
        report=columns[1],
        chain=columns[2],
        sureness=columns[3],
        chains=tuple(chains),
    )


def stored(rows: Happenings, place: Path) -> None:
    """The incidents in a ledger."""
    made_rows = []
    for at in range(len(rows)):
        when = (
            None
            if rows.first[at] == 0
            else Period(int(rows.first[at]), int(rows.last[at] - rows.first[at]) + 1).interval
        )
        count = None if np.isnan(rows.lo[at]) else Interval(int(rows.lo[at]), int(rows.hi[at]))
        incident = Incident(
            id=rows.id[at], type=rows.type[at], actor=rows.actor[at], target=rows.target[at], count=count, when=when,
            origins=(), reports=(), claims=(), best_count=count, best_when=when, actor_state=rows.actor_state[at],
            target_state=rows.target_state[at],
        )  # fmt: skip
        made_rows.append(incident_row(incident, rows.id[at]))
    with Ledger.open(place) as ledger, ledger.writing() as connection:
        bulk_insert(connection, schema.incidents, made_rows)


def bare(rows: Happenings) -> int:
    """A pass in plain Python: incidents counted by state and day."""
    return len(Counter(zip(rows.target_state.tolist(), rows.first.tolist(), strict=True)))


def seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time, the better of two runs: a busy machine does not bend it."""
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=100_000)
    args = parser.parse_args()
    rows, claims = made(args.incidents), told(args.claims)
    period = Period(START, DAYS)
    acts, hits = (
        rows.of_types(["stand", "sanction", "expulsion"]),
        rows.of_types(["cyberattack", "espionage", "sabotage"]),
    )
    baseline = seconds(lambda: bare(rows))
    print(f"{len(rows):,} incidents, {len(claims):,} claims; bare pass {baseline:.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        stored(rows, Path(folder) / "bench.db")
        with LedgerView.open(Path(folder) / "bench.db") as view:
            took = seconds(lambda: happenings(view))
    print(f"{'load':<12} {took:6.2f} s  {took / baseline:7.1f} x the bare pass", flush=True)
    works: dict[str, Callable[[], object]] = {
        "respond": lambda: respond(response_pairs(acts, hits), period),
        "reciprocity": lambda: reciprocity(rows, "RU", "US", period=period),
        "compare": lambda: compare(rows, period, measure="count"),
        "waves": lambda: waves(rows, period=period),
        "sources": lambda: sources(claims),
    }
    for name, work in works.items():
        took = seconds(work)
        print(f"{name:<12} {took:6.2f} s  {took / baseline:7.1f} x the bare pass", flush=True)


if __name__ == "__main__":
    main()
