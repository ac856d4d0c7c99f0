"""Progress of long work on standard error, for a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from nongrata.model.wording import plural, rate


class Meter(Protocol):
    """Takes the number of reports done so far and words on it."""

    def __call__(self, done: int, words: str) -> None:
        """Show the state."""
        ...


@contextmanager
def meter(label: str) -> Iterator[Meter]:
    """A line that shows how far a command is and how fast; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, words: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    begun = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)

        def show(done: int, words: str) -> None:
            pace = f", {rate(done, time.monotonic() - begun)}" if done else ""
            progress.update(task, description=f"{label}: {words}{pace}")

        yield show


def copies_left(show: Meter) -> Callable[[int], None]:
    """Shows how many reports are still to be held against others."""
    return lambda left: show(0, f"{plural(left, 'report')} to be looked through for copies")
