"""The ledger behind the pages: open for reading, written now and then, incidents computed again in the background."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from nongrata.ledger import IncidentFilter, Ledger, LedgerView
from nongrata.ledger.overview import Overview
from nongrata.model import LedgerError

T = TypeVar("T")
_REMEMBERED = 256


class Shelf:
    """One ledger for the life of the application.

    ``view`` answers questions. What is dear to compute and hangs on the incidents alone is remembered until they are
    computed again (``remembered``).
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self.view = LedgerView.open(place)
        self._memory: OrderedDict[Hashable, Any] = OrderedDict()
        self._mark = -1
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._writer: Ledger | None = None

    def close(self) -> None:
        """Let go of the ledger."""
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

        A ledger that cannot be written, or that another program is busy with, stays as it is.
        """
        if not self._refreshing.acquire(blocking=False):
            return False
        try:
            if self.view.stale:
                with self.writing() as ledger:
                    ledger.refresh()
            return True
        except LedgerError:
            return False
        finally:
            self._refreshing.release()

    def _drop_writer(self) -> None:
        with self._lock:
            writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    @property
    def behind(self) -> int:
        """How many changes of claims the incidents do not show yet."""
        marks = self.view.marks()
        return marks["claims"] - marks["incidents"]

    def remembered(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` gives, kept under ``key`` until the incidents are computed again."""
        mark = self.view.marks()["incidents"]
        with self._lock:
            if mark != self._mark:
                self._memory.clear()
                self._mark = mark
            if key in self._memory:
                self._memory.move_to_end(key)
                found: T = self._memory[key]
                return found
        value = compute()
        with self._lock:
            if mark == self._mark:
                self._memory[key] = value
                while len(self._memory) > _REMEMBERED:
                    self._memory.popitem(last=False)
        return value

    def overview(self, only: IncidentFilter) -> Overview:
        """The incidents of a filter, counted."""
        return self.remembered(("overview", only), lambda: self.view.overview(only))

    def counts(self) -> dict[str, int]:
        """How many reports, claims and incidents there are, as of the last computing of incidents."""
        return self.remembered("counts", self.view.counts)
