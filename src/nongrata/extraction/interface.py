"""What every reader offers, whatever it is made of: rules, a trained model, a service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from nongrata.model import Claim, Report


@runtime_checkable
class Reader(Protocol):
    """Reads reports into claims, one report at a time and knowing nothing of the others.

    ``name`` is the reader's name and version ("nongrata 0.1"): two readings of a report under one name are
    the same reading.
    """

    @property
    def name(self) -> str:
        """The reader's name and version."""
        ...

    def read(self, report: Report) -> list[Claim]:
        """The claims of one report, in the order of the text."""
        ...

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        """Each report with its claims, in the order given; reports are drawn as they are needed."""
        ...
