"""The records of a WARC file, packed or not, with what is damaged counted and passed over."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from io import BytesIO
from os import SEEK_END
from typing import TYPE_CHECKING, BinaryIO

from nongrata.model import InputError
from nongrata.reading.ahead import drawn_ahead
from nongrata.reading.members import MAGIC, Member, members
from nongrata.reading.stats import Limits, ReadingStats
from nongrata.reading.warcpage import DAMAGED, Gate, WarcPage

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_RECORD = b"WARC/1."
_CHUNK = 1 << 20


class Archive:
    """One archive and its settings."""

    def __init__(
        self, stream: BinaryIO, name: str, stats: ReadingStats, limits: Limits, gate: Gate | None = None
    ) -> None:
        self.stream = stream
        self.name = name
        self.stats = stats
        self.limits = limits
        self.gate = gate
        self.cut = False
        stream.seek(0)
        opening = stream.read(len(_RECORD))
        self.mark = MAGIC if opening.startswith(MAGIC[:2]) else _RECORD
        if not opening.startswith(self.mark):
            raise InputError(f"{name} is no WARC file; give a .warc or .warc.gz")

    def pages(
        self, after: int | None, progress: Callable[[int], None] | None, between: tuple[int, int] | None = None
    ) -> Iterator[WarcPage]:
        """The HTTP answers in order. After damage the reading goes on at the next place where a record can begin."""
        begin, end = between or (0, None)
        position: int | None = begin if after is None else after
        while position is not None and (end is None or position < end):
            if self.mark == MAGIC:
                position = yield from self._members(position, end, after, progress)
            if position is not None:
                position = yield from self._records(position, end, after, progress)

    def _members(
        self, position: int, end: int | None, after: int | None, progress: Callable[[int], None] | None
    ) -> Generator[WarcPage, None, int | None]:
        """The answers that pass the gate, from members that a thread unpacks while the gate looks at those before."""
        found = drawn_ahead(members(self.stream, position, self.limits.document, end), len, _CHUNK)
        with closing(found):
            return (yield from self._wanted(found, after, progress))

    def _wanted(
        self, found: Iterable[Member], after: int | None, progress: Callable[[int], None] | None
    ) -> Generator[WarcPage, None, int | None]:
        """The answers among some members that pass the gate; returns where one is that FastWARC has to read."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        for member in found:
            place = member.content()
            if member.data is None or (place is None and not member.is_whole):
                return member.begin
            if place == (0, 0):
                continue
            if progress:
                progress(member.begin)
            if member.begin == after or (place and not self._is_wanted(member.data[slice(*place)], member.begin)):
                continue
            try:
                kind = WarcRecordType.response
                for record in ArchiveIterator(BytesIO(member.data), record_types=kind, parse_http=False):
                    page = self._page(record, member.begin)
                    if page is not None and (place or self._is_wanted(page.data, member.begin)):
                        yield page
            except (OSError, ValueError) as error:
                self._skip_damaged(member.begin, error)
        return None

    def _is_wanted(self, answer: bytes, position: int) -> bool:
        if self._is_too_large(len(answer), position):
            return False
        return self.gate is None or self.gate(answer)

    def _records(
        self,
        position: int,
        end: int | None,
        after: int | None,
        progress: Callable[[int], None] | None,
    ) -> Generator[WarcPage, None, int | None]:
        """The answers that pass the gate, as FastWARC reads them; returns where to go on.

        Of a packed archive these are the records up to the next member that begins with one.
        """
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        begun = position
        self.stream.seek(position)
        try:
            for record in ArchiveIterator(self.stream, record_types=WarcRecordType.response, parse_http=False):
                place = int(record.stream_pos)
                if self.mark == MAGIC and place > begun and self._is_record_meanwhile(place):
                    return place
                position = begun if self.mark == MAGIC else place
                if end is not None and position >= end:
                    return None
                if progress:
                    progress(position)
                page = None if position == after else self._page(record, position)
                if page is not None and (self.gate is None or self.gate(page.data)):
                    yield page
            if not self.cut and self._is_cut_off(position):
                self.stats.skip(self.name, f"{DAMAGED}: the archive breaks off", kind=DAMAGED)
            return None
        except (OSError, ValueError, zlib.error) as error:
            self._skip_damaged(position, error)
            return self._next_mark(position + 1)

    def _is_record_meanwhile(self, position: int) -> bool:
        """True when a record begins there; the stream is left where FastWARC had read to."""
        before = self.stream.tell()
        found = self._is_record(position)
        self.stream.seek(before)
        return found

    def _skip_damaged(self, position: int, error: Exception) -> None:
        self.stats.skip(f"{self.name}, byte {position}", f"{DAMAGED}: {error}", kind=DAMAGED)

    def _page(self, record: WarcRecord, position: int) -> WarcPage | None:
        """The answer; None, counted, for one that is too large or cut off."""
        if self._is_too_large(record.content_length, position):
            return None
        where = f"{self.name}, byte {position}"
        data = record.reader.read(record.content_length)
        if len(data) < record.content_length:
            self.stats.skip(where, f"{DAMAGED}: cut off", kind=DAMAGED)
            self.cut = True
            return None
        seen = record.record_date.date() if record.record_date else None
        return WarcPage(data, record.headers.get("WARC-Target-URI"), seen, position, where)

    def _is_too_large(self, length: int, position: int) -> bool:
        if length <= self.limits.document:
            return False
        where = f"{self.name}, byte {position}"
        self.stats.skip(where, "the record is larger than the limit", kind="over the limit")
        return True

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
        if self.mark == MAGIC:
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
