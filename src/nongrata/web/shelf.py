"""The ledger behind the pages: open for reading, written now and then, incidents computed again in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from nongrata.ledger import ClaimFilter, Facets, IncidentFilter, Ledger, LedgerView
from nongrata.ledger.overview import Overview
from nongrata.model import LedgerError
from nongrata.web.aside import Aside
from nongrata.web.remembering import Memory

T = TypeVar("T")
_REMEMBERED = 256
LARGE = 20_000
"""The incidents of so many claims are computed in a process of their own: it takes seconds and more."""


@dataclass(frozen=True, slots=True)
class State:
    """How many reports, claims and incidents a ledger holds, as of the last computing of incidents.

    ``behind`` is how many changes of claims the incidents do not show yet.
    """

    reports: int
    claims: int
    incidents: int
    behind: int


class Shelf:
    """One ledger for the life of the application.

    ``view`` answers questions. What is dear to compute and hangs on the incidents alone is remembered until they are
    computed again (``remembered``).
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self.view = LedgerView.open(place)
        self._memory = Memory(_REMEMBERED)
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._wanted = threading.Event()
        self._aside = Aside(place)
        self._writer: Ledger | None = None

    def close(self) -> None:
        """Let go of the ledger."""
        self._aside.close()
        self._drop_writer()
        self.view.close()

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The ledger, open for writing.

        Raises:
            LedgerError: it cannot be written, or somebody else writes for too long.
        """
        # One stays open: a refresh then knows what the one before it computed, and looks at what has changed alone.
        with self._lock:
            ledger = self._writer = self._writer or Ledger.open(self._place, create=False)
        try:
            yield ledger
        except LedgerError as error:
            if error.__cause__ is not None:
                self._drop_writer()
            raise

    def refresh(self) -> bool:
        """Compute the incidents again if claims have changed; at most one does so at a time. True when they are fresh.

        Who comes while they are being computed has them computed once more. A ledger that cannot be written, or that
        another program is busy with, stays as it is.
        """
        self._wanted.set()
        fresh = False
        while self._wanted.is_set() and self._refreshing.acquire(blocking=False):
            try:
                self._wanted.clear()
                fresh = not self.view.stale or self._compute()
                self.warm()
            except LedgerError:
                return False
            finally:
                self._refreshing.release()
        return fresh

    def warm(self) -> None:
        """Count what the first page after a change needs, so that nobody waits for it."""
        self.state()
        self.overview(IncidentFilter())

    def _compute(self) -> bool:
        if self.state().claims > LARGE:
            return self._aside.refresh()
        with self.writing() as ledger:
            ledger.refresh()
        return True

    def _drop_writer(self) -> None:
        with self._lock:
            writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def state(self) -> State:
        """How much the ledger holds, and how far its incidents are behind its claims."""
        marks = self.view.marks()
        counts = self._memory.get("counts", marks["incidents"], self.view.counts)
        return State(**counts, behind=marks["claims"] - marks["incidents"])

    def remembered(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` gives, kept under ``key`` until the incidents are computed again."""
        return self._memory.get(key, self.view.marks()["incidents"], compute)

    def overview(self, only: IncidentFilter) -> Overview:
        """The incidents of a filter, counted."""
        return self.remembered(("overview", only), lambda: self.view.overview(only))

    def facets(self, only: ClaimFilter, counted: int, top: int | None = None) -> Facets:
        """The claims of a filter, counted by property: as of now, or, of all, as of the last computing of incidents."""
        marks = self.view.marks()
        mark = marks["incidents"] if only.is_open else marks["claims"]
        return self._memory.get(("facets", only, counted, top), mark, lambda: self.view.facets(only, counted, top))
