"""WARC archives into reports, streamed.

Damaged records are counted and passed over, and a reading can go on where it stopped.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from nongrata.model import InputError, Report
from nongrata.reading.plain import Given
from nongrata.reading.stats import Limits, ReadingStats

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_CHUNK = 1 << 20
_PAGES = ("text/html", "application/xhtml+xml")
_DAMAGED = "damaged record"
_PLAIN_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=%s\r\n\r\n"


@dataclass(frozen=True, slots=True)
class WarcReport:
    """A report and where its record begins in the file: what to go on after, should the reading be interrupted."""

    report: Report
    offset: int


Gate = Callable[[bytes], bool]
"""Says of the bytes of an HTTP answer, head included, whether it can matter."""


@dataclass(frozen=True, slots=True)
class WarcPage:
    """An archived HTTP answer, not parsed yet; ``offset`` is where its record begins, ``where`` names it in words."""

    data: bytes
    url: str | None
    seen: date | None
    offset: int
    where: str

    def report(self, stats: ReadingStats, limits: Limits | None = None, gate: Gate | None = None) -> Report | None:
        """The report of a page; None for other kinds of answers, and, counted, for pages that cannot be read.

        A page that came packed or in chunks is put to the ``gate`` once more, unpacked.
        """
        from fastwarc.warc import WarcRecord

        from nongrata.reading.html import html_report

        most = (limits or Limits()).document
        record = WarcRecord()
        record.is_http = True
        record.set_bytes_content(self.data)
        try:
            record.parse_http(auto_decode="all")
            if not record.http_headers or record.http_headers.status_code != 200:
                return None
            if record.http_content_type not in _PAGES:
                return None
            body = record.reader.read(most + 1)
        except (OSError, ValueError) as error:
            stats.skip(self.where, f"{_DAMAGED}: {error}", kind=_DAMAGED)
            return None
        if len(body) > most:
            stats.skip(self.where, "the page unpacks to more than the limit", kind="over the limit")
            return None
        if (
            gate
            and not self.data.endswith(body)
            and not gate(_PLAIN_HEAD % (record.http_charset or "utf-8").encode() + body)
        ):
            return None
        try:
            report = html_report(body, Given(url=self.url), charset=record.http_charset, seen=self.seen)
        except InputError as error:
            stats.skip(self.where, str(error), kind="page without text")
            return None
        stats.reports += 1
        return report


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
    for page in _Archive(source, name, stats, limits or Limits()).pages(after, progress, between):
        if gate is None or gate(page.data):
            yield page


def segments(stream: BinaryIO, name: str, size: int) -> Iterator[tuple[int, int]]:
    """An archive cut into stretches of whole records, each about ``size`` bytes long, in order.

    Raises:
        InputError: it is no WARC file.
    """
    archive = _Archive(stream, name, ReadingStats(), Limits())
    whole = stream.seek(0, SEEK_END)
    begin = 0
    while begin < whole:
        cut = archive.next_record(begin + size) if begin + size < whole else None
        yield begin, whole if cut is None else cut
        if cut is None:
            return
        begin = cut


class _Archive:
    """One archive and its settings."""

    def __init__(self, stream: BinaryIO, name: str, stats: ReadingStats, limits: Limits) -> None:
        self.stream = stream
        self.name = name
        self.stats = stats
        self.limits = limits
        self.cut = False
        stream.seek(0)
        opening = stream.read(len(_RECORD))
        self.mark = _GZIP if opening.startswith(_GZIP[:2]) else _RECORD
        if not opening.startswith(self.mark):
            raise InputError(f"{name} is no WARC file; give a .warc or .warc.gz")

    def pages(
        self, after: int | None, progress: Callable[[int], None] | None, between: tuple[int, int] | None = None
    ) -> Iterator[WarcPage]:
        """The HTTP answers in order. After damage the reading goes on at the next place where a record can begin."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        begin, end = between or (0, None)
        position: int | None = begin if after is None else after
        while position is not None and (end is None or position < end):
            self.stream.seek(position)
            try:
                for record in ArchiveIterator(self.stream, record_types=WarcRecordType.response, parse_http=False):
                    position = record.stream_pos
                    if end is not None and position >= end:
                        return
                    if progress:
                        progress(position)
                    page = None if position == after else self._page(record)
                    if page is not None:
                        yield page
                if not self.cut and self._is_cut_off(position):
                    self.stats.skip(self.name, f"{_DAMAGED}: the archive breaks off", kind=_DAMAGED)
                return
            except (OSError, ValueError, zlib.error) as error:
                self.stats.skip(f"{self.name}, byte {position}", f"{_DAMAGED}: {error}", kind=_DAMAGED)
                position = self._next_mark(position + 1)

    def _page(self, record: WarcRecord) -> WarcPage | None:
        """The answer; None, counted, for one that is too large or cut off."""
        where = f"{self.name}, byte {record.stream_pos}"
        if record.content_length > self.limits.document:
            self.stats.skip(where, "the record is larger than the limit", kind="over the limit")
            return None
        data = record.reader.read(record.content_length)
        if len(data) < record.content_length:
            self.stats.skip(where, f"{_DAMAGED}: cut off", kind=_DAMAGED)
            self.cut = True
            return None
        seen = record.record_date.date() if record.record_date else None
        return WarcPage(data, record.headers.get("WARC-Target-URI"), seen, record.stream_pos, where)

    def _is_cut_off(self, position: int) -> bool:
        """True when the archive's last record is not whole: its header broke off, and nothing else tells of it."""
        if self.mark == _RECORD:
            self.stream.seek(max(0, self.stream.seek(0, SEEK_END) - 4))
            return self.stream.read() != b"\r\n\r\n"
        self.stream.seek(position)
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while chunk := self.stream.read(_CHUNK):
            while chunk:
                unpacker.decompress(chunk, _CHUNK)
                chunk = unpacker.unconsumed_tail
                if unpacker.eof:
                    chunk = unpacker.unused_data
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if chunk else unpacker
        return not unpacker.eof

    def next_record(self, position: int) -> int | None:
        """The next place where a record does begin; None at the end of the archive."""
        found = self._next_mark(position)
        while found is not None and not self._is_record(found):
            found = self._next_mark(found + 1)
        return found

    def _is_record(self, position: int) -> bool:
        if self.mark == _GZIP:
            self.stream.seek(position)
            try:
                return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(self.stream.read(512), 64).startswith(_RECORD)
            except zlib.error:
                return False
        self.stream.seek(max(0, position - 4))
        return self.stream.read(min(4, position)).endswith(b"\r\n\r\n")

    def _next_mark(self, position: int) -> int | None:
        """The next place at or after ``position`` where a record can begin; None at the end."""
        overlap = len(self.mark) - 1
        self.stream.seek(position)
        held = b""
        while chunk := self.stream.read(_CHUNK):
            window = held + chunk
            found = window.find(self.mark)
            if found >= 0:
                return position - len(held) + found
            position += len(chunk)
            held = window[-overlap:]
        return None
