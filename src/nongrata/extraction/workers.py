"""Reading with several processes: the model is loaded once in each, and everything in it runs on one thread.

The processes are spawned, not forked, and each hangs on a pipe of its own: when the program is killed the pipe closes
and they end. Results come in the order of the tasks, and no more tasks are drawn than the workers can hold.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Thread
from typing import Self

from nongrata.extraction.interface import Reader
from nongrata.extraction.tasks import Done, ReadReports, Task
from nongrata.model import Claim, NongrataError, Report

_CHUNK = 16
"""Reports in a task."""
_HELD = 2
"""Tasks that a process has at once: it need not wait for the next one."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


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
        """The results, in the order of the tasks, part by part as they come.

        Raises:
            NongrataError: a process ended before its task was done.
        """
        if not self._processes:
            for task in tasks:
                yield from task.run(self._reader)
            return
        source = enumerate(tasks)
        given: dict[Connection, deque[int]] = {connection: deque() for connection in self._connections}
        waiting: dict[int, _Parts] = {}
        wanted, open_ended = 0, True
        while True:
            open_ended = open_ended and _hand_out(source, given, waiting)
            if not waiting:
                return
            while parts := waiting[wanted].come:
                yield parts.popleft()
            if waiting[wanted].ended:
                waiting.pop(wanted)
                wanted += 1
                continue
            ready = wait([connection for connection, numbers in given.items() if numbers])
            for connection in (one for one in given if one in ready):
                part = _received(connection)
                if part is None:
                    waiting[given[connection].popleft()].ended = True
                else:
                    waiting[given[connection][0]].come.append(part)


@dataclass(slots=True)
class _Parts:
    """The parts of a task that have come, and whether they are all."""

    come: deque[Done] = field(default_factory=deque)
    ended: bool = False


def _hand_out(
    source: Iterator[tuple[int, Task]], given: dict[Connection, deque[int]], waiting: dict[int, _Parts]
) -> bool:
    """Give each process the tasks that it lacks; False when there are no more.

    A task that takes long must not let the others run far ahead: their results would pile up.
    """
    for connection in sorted(given, key=lambda one: len(given[one])):
        if len(given[connection]) < _HELD and len(waiting) < 4 * _HELD * len(given):
            drawn = next(source, None)
            if drawn is None:
                return False
            number, task = drawn
            connection.send(task)
            given[connection].append(number)
            waiting[number] = _Parts()
    return True


def _received(connection: Connection) -> Done | None:
    """A part, or None at the end of a task."""
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
    assert answer is None or isinstance(answer, Done)  # noqa: S101
    return answer


def _serve(connection: Connection) -> None:
    """A worker's life: load the reader, do tasks until the pipe closes."""
    import signal

    from nongrata.extraction.reader import default_reader

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[Task | None] = SimpleQueue()
    # Tasks are taken off the pipe while one is done: two large messages that cross would wait for each other for ever.
    Thread(target=_take, args=(connection, tasks), daemon=True).start()
    try:
        reader = default_reader()
        while task := tasks.get():
            for answer in _answers(task, reader):
                connection.send(answer)
    except OSError:
        return


def _answers(task: Task, reader: Reader) -> Iterator[Done | NongrataError | str | None]:
    """The parts of a task and None at its end, or what went wrong."""
    try:
        yield from task.run(reader)
        yield None
    except NongrataError as error:
        yield error
    except Exception:
        yield traceback.format_exc()


def _take(connection: Connection, tasks: SimpleQueue[Task | None]) -> None:
    """Put the tasks that come into a queue, and None when the pipe closes."""
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        tasks.put(None)
