"""How much one client may ask: token buckets by key, of which only the most recent are kept."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_KEPT = 10_000


class Buckets:
    """A bucket a key: ``burst`` at once, refilled by ``per_second``.

    Args:
        burst: how many a full bucket holds.
        per_second: how many come back each second.
        clock: gives seconds; for tests.
    """

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Take one; 0.0 when there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            level, since = self._levels.pop(key, (self._burst, now))
            level = min(self._burst, level + (now - since) * self._rate)
            wait = 0.0 if level >= 1 else (1 - level) / self._rate
            self._levels[key] = (level - 1 if not wait else level, now)
            while len(self._levels) > _KEPT:
                self._levels.popitem(last=False)
        return wait
