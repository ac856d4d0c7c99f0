"""Sessions of people who logged in with a token: kept in memory, so that a restart logs everybody out."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

LIFE = 12 * 3600.0
"""Seconds that a session lasts."""
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """Whose session it is (a token's id), the secret that its forms carry, when it ends."""

    token_id: str
    csrf: str
    ends: float


class Sessions:
    """The sessions by the SHA-256 of their cookie."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, token_id: str) -> str:
        """Begin a session; returns the cookie's value."""
        cookie = secrets.token_urlsafe(32)
        session = Session(token_id, secrets.token_urlsafe(24), self._clock() + LIFE)
        with self._lock:
            self._sessions[_name(cookie)] = session
            while len(self._sessions) > _KEPT:
                self._sessions.popitem(last=False)
        return cookie

    def find(self, cookie: str) -> Session | None:
        """The session of a cookie; None when there is none or it is over."""
        with self._lock:
            found = self._sessions.get(_name(cookie))
            if found and found.ends < self._clock():
                del self._sessions[_name(cookie)]
                return None
        return found

    def end(self, cookie: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_name(cookie), None)


def _name(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
