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


@dataclass(frozen=True, slots=True)
class WarcReport:
    """A report and where its record begins in the file: what to go on after, should the reading be interrupted."""

    report: Report
    offset: int


@dataclass(frozen=True, slots=True)
class _Response:
    """The raw HTTP answer of a record."""

    data: bytes
    url: str | None
    seen: date | None
    offset: int


def read_warc(
    source: Path | BinaryIO,
    *,
    name: str | None = None,
    stats: ReadingStats,
    limits: Limits | None = None,
    gate: Callable[[bytes], bool] | None = None,
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
    name = name or str(source)
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield from read_warc(
                stream, name=name, stats=stats, limits=limits, gate=gate, after=after, progress=progress
            )
        return
    archive = _Archive(source, name, stats, limits or Limits())
    for response in archive.responses(after, progress):
        if gate is None or gate(response.data):
            report = archive.report(response)
            if report is not None:
                stats.reports += 1
                yield WarcReport(report, response.offset)


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

    def responses(self, after: int | None, progress: Callable[[int], None] | None) -> Iterator[_Response]:
        """The HTTP answers in order. After damage the reading goes on at the next place where a record can begin."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        position: int | None = 0 if after is None else after
        while position is not None:
            self.stream.seek(position)
            try:
                for record in ArchiveIterator(self.stream, record_types=WarcRecordType.response, parse_http=False):
                    position = record.stream_pos
                    if progress:
                        progress(position)
                    response = None if position == after else self._response(record)
                    if response is not None:
                        yield response
                if not self.cut and self._is_cut_off(position):
                    self.stats.skip(self.name, f"{_DAMAGED}: the archive breaks off", kind=_DAMAGED)
                return
            except (OSError, ValueError, zlib.error) as error:
                self.stats.skip(f"{self.name}, byte {position}", f"{_DAMAGED}: {error}", kind=_DAMAGED)
                position = self._next_mark(position + 1)

    def _response(self, record: WarcRecord) -> _Response | None:
        """The answer; None, counted, for one that is too large or cut off."""
        where = f"{self.name}, byte {record.stream_pos}"
        if record.content_length > self.limits.document:
            self.stats.skip(where, "the record is larger than the limit", kind="over the limit")
            return None
        data = record.reader.read(self.limits.document + 1)
        if len(data) < record.content_length:
            self.stats.skip(where, f"{_DAMAGED}: cut off", kind=_DAMAGED)
            self.cut = True
            return None
        seen = record.record_date.date() if record.record_date else None
        return _Response(data, record.headers.get("WARC-Target-URI"), seen, record.stream_pos)

    def report(self, response: _Response) -> Report | None:
        """The report of a page; None for other kinds of answers, and, counted, for pages that cannot be read."""
        from fastwarc.warc import WarcRecord

        from nongrata.reading.html import html_report

        where = f"{self.name}, byte {response.offset}"
        record = WarcRecord()
        record.is_http = True
        record.set_bytes_content(response.data)
        try:
            record.parse_http(auto_decode="all")
            if not record.http_headers or record.http_headers.status_code != 200:
                return None
            if record.http_content_type not in _PAGES:
                return None
            body = record.reader.read(self.limits.document + 1)
        except (OSError, ValueError) as error:
            self.stats.skip(where, f"{_DAMAGED}: {error}", kind=_DAMAGED)
            return None
        if len(body) > self.limits.document:
            self.stats.skip(where, "the page unpacks to more than the limit", kind="over the limit")
            return None
        try:
            return html_report(body, Given(url=response.url), charset=record.http_charset, seen=response.seen)
        except InputError as error:
            self.stats.skip(where, str(error), kind="page without text")
            return None

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
