"""Drawing ahead: a thread of its own makes the next items while the present ones are dealt with.

It pays where both sides leave the interpreter for long stretches, as unpacking and Hyperscan do.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_BATCHES = 2
_PATIENCE = 0.05


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


def _put(handed: Queue[T], item: T, stop: Event) -> bool:
    """Hand over as soon as there is room; False when nobody takes items any more."""
    while not stop.is_set():
        try:
            handed.put(item, timeout=_PATIENCE)
        except Full:
            continue
        return True
    return False
