"""Answers kept while what they follow from has not changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: int
    value: Any


class Memory:
    """Values by key, each with the mark at which it was computed; of those used least lately the first to go.

    Marks only grow. Several that ask for the same at once wait for the one that computes it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._gates: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, mark: int, compute: Callable[[], T]) -> T:
        """What was computed under ``key`` at this mark or later, else what ``compute`` gives now."""
        found = self._find(key, mark)
        if found is not None:
            kept: T = found.value
            return kept
        with self._lock:
            gate = self._gates.setdefault(key, threading.Lock())
        with gate:
            try:
                return self._computed(key, mark, compute)
            finally:
                with self._lock:
                    self._gates.pop(key, None)

    def _computed(self, key: Hashable, mark: int, compute: Callable[[], T]) -> T:
        found = self._find(key, mark)
        if found is not None:
            kept: T = found.value
            return kept
        value = compute()
        with self._lock:
            self._kept[key] = _Kept(mark, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def _find(self, key: Hashable, mark: int) -> _Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.mark < mark:
                return None
            self._kept.move_to_end(key)
            return found
