"""Work for one process: some reports to read, or a stretch of a web archive."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Protocol

from nongrata.extraction.interface import Reader
from nongrata.model import Claim, Report
from nongrata.reading.stats import Limits, ReadingStats

SEGMENT = 4 << 20
"""Bytes of an archive, as they lie on the disk, that one task reads."""
PART = 8
"""Pages whose claims are handed over at once; a kill costs no more than the reading of these in each process."""


@dataclass(slots=True)
class Done:
    """What a part of a task gave: readings, what was skipped, and the seconds that each stage took.

    ``upto`` is where in an archive the reading has arrived: what begins before is in this part or an earlier one.
    """

    readings: list[tuple[Report, list[Claim]]]
    stats: ReadingStats = field(default_factory=ReadingStats)
    seconds: dict[str, float] = field(default_factory=dict)
    upto: int = 0


class Task(Protocol):
    """Work for one process, small enough to be sent there."""

    def run(self, reader: Reader) -> Iterator[Done]:
        """Do it, part by part."""
        ...


@dataclass(frozen=True, slots=True)
class ReadReports:
    """Read the claims of some reports."""

    reports: Sequence[Report]

    def run(self, reader: Reader) -> Iterator[Done]:
        """See :class:`Task`."""
        begun = perf_counter()
        readings = list(reader.read_many(self.reports))
        yield Done(readings, seconds={"reading claims": perf_counter() - begun})


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """Scan a stretch of a web archive, parse the pages that the gate lets through, and read their claims."""

    path: str
    begin: int
    end: int
    limits: Limits = field(default_factory=Limits)

    def run(self, reader: Reader) -> Iterator[Done]:
        """See :class:`Task`."""
        from nongrata.reading.opening import open_archive
        from nongrata.reading.pagegate import page_gate
        from nongrata.reading.warc import warc_pages

        gate = page_gate().answer_may_hold
        stats = ReadingStats()
        with open_archive(self.path) as stream:
            found = warc_pages(
                stream, name=self.path, stats=stats, limits=self.limits, gate=gate, between=(self.begin, self.end)
            )
            begun = perf_counter()
            pages = list(islice(found, PART))
            while True:
                following = list(islice(found, PART))
                scanned = perf_counter()
                reports = [page.report(stats, self.limits, gate) for page in pages]
                parsed = perf_counter()
                readings = list(reader.read_many(report for report in reports if report is not None))
                seconds = {
                    "unpacking and gate": scanned - begun,
                    "parsing pages": parsed - scanned,
                    "reading claims": perf_counter() - parsed,
                }
                upto = following[0].offset if following else self.end
                yield Done(readings, stats.handed_over(), seconds, upto)
                if not following:
                    return
                pages, begun = following, perf_counter()


def archive_tasks(path: str | Path, after: int = 0, segment: int = SEGMENT) -> Iterator[tuple[ReadSegment, int]]:
    """The stretches of an archive from ``after`` on, of about ``segment`` bytes, each with the archive's size.

    Raises:
        InputError: it is no WARC file, or not there.
    """
    from nongrata.reading.opening import open_archive
    from nongrata.reading.warc import segments

    with open_archive(str(path)) as stream:
        size = stream.seek(0, os.SEEK_END)
        for begin, end in segments(stream, str(path), segment):
            if end > after:
                yield ReadSegment(str(path), max(begin, after), end), size
