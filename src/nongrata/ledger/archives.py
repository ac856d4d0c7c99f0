"""Web archives into a ledger: in segments, by several workers, going on where a run that was killed stopped."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from nongrata.extraction.workers import SEGMENT, ReadSegment, Workers, archive_tasks
from nongrata.ledger.cursors import cursor_of, keep_cursor
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

    A segment's reports are on disk before the place behind it is remembered: after a kill a part of a segment may be
    read again, which changes nothing, and nothing is left out.

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
    ends: deque[int] = deque()

    def tasks() -> Iterator[ReadSegment]:
        for task, size in archive_tasks(path, state.begun_at, segment):
            state.size = size
            ends.append(task.end)
            yield task

    for done in workers.run(tasks()):
        stats.take(done.stats)
        if done.readings:
            state.added += ledger.add(run, done.readings, workers.name)
        state.done = ends.popleft()
        keep_cursor(ledger, run, key, state.done)
        state.seconds.update(done.seconds)
        told(state)
    return state


def archive_key(path: str) -> str:
    """An archive's name and the hash of its beginning: a file that grew is the same one, one replaced is not."""
    with open_archive(path) as stream:
        return f"{PurePath(path).name} {hashlib.sha256(stream.read(_HEAD)).hexdigest()[:16]}"
