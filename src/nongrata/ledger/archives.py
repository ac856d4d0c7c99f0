"""Web archives into a ledger: by several workers, going on at the record where a run that was killed stopped."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from nongrata.extraction.tasks import SEGMENT, ReadSegment, archive_tasks
from nongrata.extraction.workers import Workers
from nongrata.ledger.cursors import cursor_of
from nongrata.ledger.store import Added
from nongrata.ledger.writer import Ledger
from nongrata.reading.opening import open_archive
from nongrata.reading.stats import ReadingStats

_HEAD = 1 << 16


@dataclass(slots=True)
class ArchiveRun:
    """How far an archive is read: bytes done of ``size``, what was added, the seconds of each stage in all workers."""

    name: str
    size: int = 0
    done: int = 0
    begun_at: int = 0
    added: Added = field(default_factory=Added)
    seconds: Counter[str] = field(default_factory=Counter)


def ingest_archive(
    ledger: Ledger,
    path: str,
    workers: Workers,
    run: int,
    stats: ReadingStats,
    *,
    afresh: bool = False,
    segment: int = SEGMENT,
    told: Callable[[ArchiveRun], None] = lambda _: None,
) -> ArchiveRun:
    """Read an archive into the ledger, segment by segment.

    The reports of some pages and the place behind them are written in one transaction: after a kill the reading goes on
    at the first record that is not in the ledger.

    Args:
        ledger: where to.
        path: a file or an address of an object store.
        workers: who reads.
        run: the run's number.
        stats: counts what is read and skipped.
        afresh: read from the start, whatever an earlier run did.
        segment: bytes that one task reads.
        told: is told the state after each segment.

    Raises:
        InputError: it is no WARC file.
    """
    key = archive_key(path)
    state = ArchiveRun(PurePath(path).name)
    state.begun_at = state.done = 0 if afresh else cursor_of(ledger, key, workers.name)

    def tasks() -> Iterator[ReadSegment]:
        for task, size in archive_tasks(path, state.begun_at, segment):
            state.size = size
            yield task

    for done in workers.run(tasks()):
        stats.take(done.stats)
        state.added += ledger.add(run, done.readings, workers.name, arrived=(key, done.upto))
        state.done = done.upto
        state.seconds.update(done.seconds)
        told(state)
    return state


def archive_key(path: str) -> str:
    """An archive's name and the hash of its beginning: a file that grew is the same one, one replaced is not."""
    with open_archive(path) as stream:
        return f"{PurePath(path).name} {hashlib.sha256(stream.read(_HEAD)).hexdigest()[:16]}"
