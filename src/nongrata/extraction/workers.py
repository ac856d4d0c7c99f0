"""Reading with several processes: the model is loaded once in each, and everything in it runs on one thread.

The processes are spawned, not forked, and each hangs on a pipe of its own: when the program is killed the pipe closes
and they end. Results come in the order of the tasks, and no more tasks are drawn than the workers can hold.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import perf_counter
from typing import Protocol, Self

from nongrata.extraction.interface import Reader
from nongrata.model import Claim, NongrataError, Report
from nongrata.reading.stats import Limits, ReadingStats

SEGMENT = 4 << 20
"""Bytes of an archive, as they lie on the disk, that one task reads."""
_CHUNK = 16
_HELD = 2
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


@dataclass(slots=True)
class Done:
    """What a task gave: readings, what was skipped, and the seconds that each stage took."""

    readings: list[tuple[Report, list[Claim]]]
    stats: ReadingStats = field(default_factory=ReadingStats)
    seconds: dict[str, float] = field(default_factory=dict)


class Task(Protocol):
    """Work for one process, small enough to be sent there."""

    def run(self, reader: Reader) -> Done:
        """Do it."""
        ...


@dataclass(frozen=True, slots=True)
class ReadReports:
    """Read the claims of some reports."""

    reports: Sequence[Report]

    def run(self, reader: Reader) -> Done:
        """See :class:`Task`."""
        begun = perf_counter()
        readings = list(reader.read_many(self.reports))
        return Done(readings, seconds={"reading claims": perf_counter() - begun})


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """Scan a stretch of a web archive, parse the pages that the gate lets through, and read their claims."""

    path: str
    begin: int
    end: int
    limits: Limits = field(default_factory=Limits)

    def run(self, reader: Reader) -> Done:
        """See :class:`Task`."""
        from nongrata.reading.opening import open_archive
        from nongrata.reading.pagegate import page_gate
        from nongrata.reading.warc import warc_pages

        gate = page_gate().answer_may_hold
        done = Done([])
        begun = perf_counter()
        with open_archive(self.path) as stream:
            found = warc_pages(
                stream, name=self.path, stats=done.stats, limits=self.limits, gate=gate, between=(self.begin, self.end)
            )
            pages = list(islice(found, None))
        scanned = perf_counter()
        reports = [page.report(done.stats, self.limits, gate) for page in pages]
        parsed = perf_counter()
        done.readings = list(reader.read_many(report for report in reports if report is not None))
        done.seconds = {
            "unpacking and gate": scanned - begun,
            "parsing pages": parsed - scanned,
            "reading claims": perf_counter() - parsed,
        }
        return done


class Workers:
    """Runs tasks in ``count`` processes; with one, in this process."""

    def __init__(self, count: int, reader: Reader) -> None:
        self._reader = reader
        self._connections: list[Connection] = []
        self._processes: list[SpawnProcess] = [self._start() for _ in range(count)] if count > 1 else []

    @property
    def name(self) -> str:
        """The reader's name."""
        return self._reader.name

    def _start(self) -> SpawnProcess:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
        try:
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        theirs.close()
        self._connections.append(ours)
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._connections:
            connection.close()
        for process in self._processes:
            process.join(5)
            process.terminate()

    def read(self, report: Report) -> list[Claim]:
        """The claims of one report, read in this process."""
        return self._reader.read(report)

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        """Each report with its claims, in the order given."""
        if not self._processes:
            yield from self._reader.read_many(reports)
            return
        source = iter(reports)
        for done in self.run(ReadReports(some) for some in iter(lambda: list(islice(source, _CHUNK)), [])):
            yield from done.readings

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """The results, in the order of the tasks.

        Raises:
            NongrataError: a process ended before its task was done.
        """
        if not self._processes:
            yield from (task.run(self._reader) for task in tasks)
            return
        source = enumerate(tasks)
        given: dict[Connection, deque[int]] = {connection: deque() for connection in self._connections}
        waiting: dict[int, Done] = {}
        wanted, open_ended = 0, True
        while True:
            # A task that takes long must not let the others run far ahead: their results would pile up.
            held = sum(map(len, given.values())) + len(waiting)
            for connection in sorted(given, key=lambda c: len(given[c])):
                if open_ended and len(given[connection]) < _HELD and held < 4 * _HELD * len(given):
                    number, task = next(source, (-1, None))
                    if task is None:
                        open_ended = False
                    else:
                        connection.send(task)
                        given[connection].append(number)
                        held += 1
            busy = [connection for connection, numbers in given.items() if numbers]
            if not busy and not waiting:
                if not open_ended:
                    return
                continue
            ready = wait(busy) if wanted not in waiting else []
            for connection in (one for one in busy if one in ready):
                waiting[given[connection].popleft()] = _received(connection)
            while wanted in waiting:
                yield waiting.pop(wanted)
                wanted += 1


def _received(connection: Connection) -> Done:
    try:
        answer = connection.recv()
    except (EOFError, OSError) as error:
        raise NongrataError(
            "a worker process ended too early (out of memory?): run it again, with fewer --workers"
        ) from error
    if isinstance(answer, NongrataError):
        raise answer
    if isinstance(answer, str):
        raise RuntimeError(f"a worker failed:\n{answer}")
    assert isinstance(answer, Done)  # noqa: S101
    return answer


def _serve(connection: Connection) -> None:
    """A worker's life: load the reader, do tasks until the pipe closes."""
    import signal

    from nongrata.extraction.reader import default_reader

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        reader = default_reader()
        while True:
            task = connection.recv()
            try:
                answer: object = task.run(reader)
            except NongrataError as error:
                answer = error
            except Exception:
                answer = traceback.format_exc()
            connection.send(answer)
    except (EOFError, OSError):
        return


def archive_tasks(path: str | Path, after: int = 0, segment: int = SEGMENT) -> Iterator[tuple[ReadSegment, int]]:
    """The stretches of an archive from ``after`` on, of about ``segment`` bytes, each with the archive's size.

    Raises:
        InputError: it is no WARC file, or not there.
    """
    from nongrata.reading.opening import open_archive
    from nongrata.reading.warc import segments

    with open_archive(str(path)) as stream:
        size = stream.seek(0, os.SEEK_END)
        for begin, end in segments(stream, str(path), segment):
            if end > after:
                yield ReadSegment(str(path), max(begin, after), end), size
