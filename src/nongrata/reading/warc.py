"""WARC archives into reports, streamed.

Damaged records are counted and passed over, and a reading can go on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from nongrata.model import Report
from nongrata.reading.stats import Limits, ReadingStats
from nongrata.reading.warcfile import Archive
from nongrata.reading.warcpage import Gate, WarcPage


@dataclass(frozen=True, slots=True)
class WarcReport:
    """A report and where its record begins in the file: what to go on after, should the reading be interrupted."""

    report: Report
    offset: int


def read_warc(
    source: Path | BinaryIO,
    *,
    name: str | None = None,
    stats: ReadingStats,
    limits: Limits | None = None,
    gate: Gate | None = None,
    after: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[WarcReport]:
    """The pages of an archive, packed (gzip, record by record) or not.

    Args:
        source: a file, or an open binary stream that can seek.
        name: how it is called in ``stats``; default its path.
        stats: counts reports, and what was skipped and why.
        limits: larger records are skipped.
        gate: says of the bytes of an HTTP answer whether it can matter; others are not parsed.
        after: the offset of the last record that was dealt with in an earlier reading; the reading goes on behind it.
        progress: told the offset of every record.

    Raises:
        InputError: it is no WARC file.
    """
    for page in warc_pages(source, name=name, stats=stats, limits=limits, gate=gate, after=after, progress=progress):
        report = page.report(stats, limits, gate)
        if report is not None:
            yield WarcReport(report, page.offset)


def warc_pages(
    source: Path | BinaryIO,
    *,
    name: str | None = None,
    stats: ReadingStats,
    limits: Limits | None = None,
    gate: Gate | None = None,
    after: int | None = None,
    progress: Callable[[int], None] | None = None,
    between: tuple[int, int] | None = None,
) -> Iterator[WarcPage]:
    """The answers that ``read_warc`` would parse, unparsed; packed ones pass the gate unseen.

    ``between`` keeps to the records that begin there, as ``segments`` cuts an archive.

    Raises:
        InputError: it is no WARC file.
    """
    name = name or str(source)
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield from warc_pages(
                stream,
                name=name,
                stats=stats,
                limits=limits,
                gate=gate,
                after=after,
                progress=progress,
                between=between,
            )
        return
    yield from Archive(source, name, stats, limits or Limits(), gate).pages(after, progress, between)


def segments(stream: BinaryIO, name: str, size: int) -> Iterator[tuple[int, int]]:
    """An archive cut into stretches of whole records, each about ``size`` bytes long, in order.

    Raises:
        InputError: it is no WARC file.
    """
    archive = Archive(stream, name, ReadingStats(), Limits())
    whole = stream.seek(0, SEEK_END)
    begin = 0
    while begin < whole:
        cut = archive.next_record(begin + size) if begin + size < whole else None
        yield begin, whole if cut is None else cut
        if cut is None:
            return
        begin = cut
