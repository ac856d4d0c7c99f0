"""Computing the incidents of a large ledger again in a process of its own, so that pages do not wait for it."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from multiprocessing.connection import Connection

from nongrata.ledger import Ledger
from nongrata.model import LedgerError

_PATIENCE = 5.0
"""Seconds that the process has to end by itself."""


class Aside:
    """The process, started when it is first needed.

    It keeps what it knows of the ledger from one time to the next, so that later times look at what has changed alone.
    It ends with the server, and when the server dies.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def refresh(self) -> bool:
        """Compute the incidents again and wait for it; False when it could not be done."""
        with self._lock:
            try:
                pipe = self._started()
                pipe.send(None)
                return bool(pipe.recv())
            except (EOFError, OSError):
                self._end()
                return False

    def close(self) -> None:
        """End the process; what it was computing is given up."""
        process = self._process
        if process is not None:
            process.terminate()
        with self._lock:
            self._end()

    def _started(self) -> Connection:
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(self._place, theirs), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join(_PATIENCE)
        self._process, self._pipe = None, None


def _work(place: str, pipe: Connection) -> None:
    """What the process does: refresh the ledger whenever it is asked to, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this process
    ledger: Ledger | None = None
    while True:
        try:
            pipe.recv()
        except (EOFError, OSError):
            return
        try:
            ledger = ledger or Ledger.open(place, create=False)
            ledger.refresh()
            done = True
        except LedgerError:
            ledger, done = None, False
        try:
            pipe.send(done)
        except OSError:
            return
