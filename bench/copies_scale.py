"""Tracing copies as reports come in, at size: what a report costs early and late, beside its sketch alone.

    python bench/copies_scale.py [--reports 100000] [--place FILE|postgresql://...]

Reports are of some 60 to 400 words, drawn like words of a language (a few often, most seldom). One in ten copies an
earlier one word by word, two in ten copy one with some words changed, and one story is copied by one report in fifty.
Processor time of this process; SQLite works in it too.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from nongrata.ledger import Ledger, schema
from nongrata.ledger.copies import trace_copies, untraced
from nongrata.model import Report
from nongrata.reading.duplicates import sketch_of, text_of

STEP = 10_000
EXACT, NEAR, HIT = 0.1, 0.2, 0.02
CHANGED = 0.04
"""Share of the words that a near copy changes."""


def reports(count: int, seed: int = 1) -> Iterator[tuple[Report, int | None]]:
    """Reports, each with the number of the one that it copies."""
    rng = random.Random(seed)
    words = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in ("an", "el", "or", "us", "ik", "ov", "en") for c in "aeiost"]
    words += [first + second for first in words[:60] for second in words[:200]]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    texts: list[list[str]] = []
    for number in range(count):
        kind = rng.random()
        original = None
        if texts and kind < HIT:
            original, text = 0, list(texts[0])
        elif texts and kind < HIT + EXACT + NEAR:
            original = rng.randrange(max(0, number - 5000), number)
            text = list(texts[original])
        else:
            text = rng.choices(words, weights, k=rng.randint(60, 400))
        if original is not None and kind >= HIT + EXACT:
            for place in rng.sample(range(len(text)), k=int(len(text) * CHANGED)):
                text[place] = rng.choice(words)
        texts.append(text)
        day = date(2024, 1, 1) + timedelta(days=number * 365 // count)
        yield Report(f"r{number}", " ".join(text), publisher=f"Outlet {number % 300}", published=day), original


def main() -> None:
    """Load, trace, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--place")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Ledger.open(asked.place or Path(folder) / "copies.db") as ledger:
            run, waiting, copying = ledger.start_run("bench"), [], 0
            for report, original in reports(asked.reports):
                waiting.append(report)
                copying += original is not None
                if len(waiting) == min(STEP, asked.reports):
                    step(ledger, run, waiting)
                    waiting = []
            with ledger.reading() as connection:
                found = connection.scalar(sa.select(sa.func.count()).select_from(schema.copies))
                bands = connection.scalar(sa.select(sa.func.count()).select_from(schema.copy_bands))
        print(f"{copying:,} reports made as copies, {found:,} found to copy one; {bands:,} bands kept")


def step(ledger: Ledger, run: int, some: list[Report]) -> None:
    """Add reports, trace them, and print what one cost."""
    for begin in range(0, len(some), 1000):
        ledger.add(run, [(report, []) for report in some[begin : begin + 1000]], "bench")
    begun = time.process_time()
    for report in some:
        sketch_of(text_of(report, 0))
    bare = time.process_time() - begun
    begun, more = time.process_time(), True
    while more:
        with ledger.writing() as connection:
            trace_copies(connection)
            more = untraced(connection)
    spent = time.process_time() - begun
    there = ledger.counts()["reports"]
    print(
        f"{there:9,} reports: {spent / len(some) * 1e3:.2f} ms each, {spent / bare:.1f} times the sketch alone",
        flush=True,
    )


if __name__ == "__main__":
    main()
