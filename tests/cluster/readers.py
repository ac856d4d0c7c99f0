"""Readers that workers of the tests find by name: a sound one, and one that kills its own process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

from nongrata.model import Claim, Report
from tests.ledger.helpers import FakeReader

MARK = "NONGRATA_TEST_DEATHS"
"""Names the folder in which deaths are noted; workers inherit it."""


def sound() -> FakeReader:
    return FakeReader()


class Mortal(FakeReader):
    """Dies by SIGKILL in the middle of a report that says "deadly": the first time, or ("fatal") each time."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        for report, claims in super().read_many(reports):
            noted = Path(os.environ[MARK]) / str(len(list(Path(os.environ[MARK]).iterdir())))
            if "fatal" in report.text or ("deadly" in report.text and noted.name == "0"):
                noted.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield report, claims


def mortal() -> Mortal:
    return Mortal()
