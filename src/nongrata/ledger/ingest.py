"""Reading reports into a ledger: idempotent, resumable, in small transactions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from nongrata.extraction.interface import Reader
from nongrata.ledger.rows import identity_of
from nongrata.ledger.store import Added, Reading
from nongrata.ledger.writer import Ledger
from nongrata.model import Claim, Report

BATCH_REPORTS = 64
"""A batch is committed at this many reports ..."""
BATCH_SECONDS = 2.0
"""... or at this age, whichever comes first."""


def ingest(
    ledger: Ledger,
    reports: Iterable[Report],
    reader: Reader,
    run: int,
    told: Callable[[Added], None] = lambda _: None,
) -> Added:
    """Read the reports that ``reader`` has not read yet and add them to the ledger, batch by batch.

    A batch is acknowledged (``told`` is called with the sum so far) after its transaction is on disk; what was
    acknowledged survives a kill, and a second run goes on where the first ended. Incidents are not computed here.
    """
    sum_so_far = Added()
    skipped = _Skipped()
    batch: list[Reading] = []
    begun = time.monotonic()
    for reading in reader.read_many(_unread(ledger, reports, reader.name, skipped)):
        batch.append(reading)
        if len(batch) >= BATCH_REPORTS or time.monotonic() - begun >= BATCH_SECONDS:
            sum_so_far += ledger.add(run, batch, reader.name)
            batch, begun = [], time.monotonic()
            told(sum_so_far + skipped.added)
    if batch:
        sum_so_far += ledger.add(run, batch, reader.name)
    told(sum_so_far + skipped.added)
    return sum_so_far + skipped.added


def import_readings(
    ledger: Ledger,
    readings: Iterable[tuple[Report, list[Claim]]],
    run: int,
    told: Callable[[Added], None] = lambda _: None,
    silent: str = "hand",
) -> Added:
    """Add claims that were read elsewhere or coded by hand, batch by batch; the same claims again change nothing.

    Each report's claims count as one reading by the reader that the first of them names (``silent`` where there are
    none).
    A changed reading of a known report by the same reader takes the place of the earlier one, which is kept.
    """
    so_far = Added()
    stream = iter(readings)
    while some := list(islice(stream, BATCH_REPORTS)):
        by_reader: dict[str, list[Reading]] = {}
        for report, claims in some:
            by_reader.setdefault(claims[0].reader if claims else silent, []).append((report, claims))
        for reader, group in by_reader.items():
            so_far += ledger.add(run, group, reader)
        told(so_far)
    return so_far


class _Skipped:
    """Counts the reports that were left out before reading."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def added(self) -> Added:
        return Added(unchanged=self.count)


def _unread(ledger: Ledger, reports: Iterable[Report], reader: str, skipped: _Skipped) -> Iterator[Report]:
    """The reports without a reading by ``reader``, asked for batch by batch."""
    stream = iter(reports)
    while some := list(islice(stream, BATCH_REPORTS)):
        known = ledger.already_read(some, reader)
        for report in some:
            if identity_of(report) in known:
                skipped.count += 1
            else:
                yield report
