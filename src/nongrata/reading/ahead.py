"""Drawing ahead: threads of their own make the next items while the present ones are dealt with.

It pays where both sides leave the interpreter for long stretches, as unpacking, Hyperscan and waiting for servers do.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_BATCHES = 2
_PATIENCE = 0.05
_LANE_PATIENCE = 0.5


def drawn_ahead(items: Iterator[T], size: Callable[[T], int], batch: int) -> Generator[T, None, None]:
    """The same items in the same order; what drawing them raises is raised here.

    Close it before anything that ``items`` uses is used otherwise: the thread has ended then.

    Args:
        items: what to draw.
        size: of an item.
        batch: items are handed over when they come to this size; some three batches are held at once.
    """
    handed: Queue[tuple[list[T], bool, Exception | None]] = Queue(_BATCHES)
    stop = Event()

    def draw() -> None:
        some: list[T] = []
        held = 0
        try:
            for item in items:
                some.append(item)
                held += size(item)
                if held >= batch:
                    if not _put(handed, (some, False, None), stop):
                        return
                    some, held = [], 0
        except Exception as error:  # raised where the items are taken
            _put(handed, (some, True, error), stop)
        else:
            _put(handed, (some, True, None), stop)

    thread = Thread(target=draw, daemon=True)
    thread.start()
    try:
        ended = False
        while not ended:
            some, ended, error = handed.get()
            yield from some
            if error is not None:
                raise error
    finally:
        stop.set()
        thread.join()


def side_by_side(lanes: Sequence[Sequence[Iterator[T]]], held: int, stop: Event) -> list[list[Iterator[T]]]:
    """The same iterators, drawn ahead: those of one lane one after another, the lanes side by side.

    They may be taken in any order. What drawing one raises is raised where it is taken, and its lane goes on with the
    next.

    Args:
        lanes: each is drawn by a thread of its own.
        held: so many items of each iterator wait to be taken.
        stop: to be set when no more is taken: a thread then ends after the item that it is making.
    """
    handed: list[list[Queue[_Handed[T]]]] = [[Queue(held) for _ in lane] for lane in lanes]
    for lane, queues in zip(lanes, handed, strict=True):
        Thread(target=_draw_lane, args=(lane, queues, stop), daemon=True).start()
    return [[_taken(queue) for queue in queues] for queues in handed]


_Handed = tuple[list[T], Exception | None]
"""An item, or none and how the iterator ended."""


def _draw_lane(lane: Sequence[Iterator[T]], queues: Sequence[Queue[_Handed[T]]], stop: Event) -> None:
    for items, queue in zip(lane, queues, strict=True):
        error: Exception | None = None
        try:
            for item in items:
                if not _put(queue, ([item], None), stop, _LANE_PATIENCE):
                    return
        except Exception as raised:  # raised where the items are taken
            error = raised
        if not _put(queue, ([], error), stop, _LANE_PATIENCE):
            return


def _taken(queue: Queue[_Handed[T]]) -> Iterator[T]:
    while True:
        item, error = queue.get()
        if error is not None:
            raise error
        if not item:
            return
        yield from item


def _put(handed: Queue[T], item: T, stop: Event, patience: float = _PATIENCE) -> bool:
    """Hand over as soon as there is room; False when nobody takes items any more."""
    while not stop.is_set():
        try:
            handed.put(item, timeout=patience)
        except Full:
            continue
        return True
    return False
