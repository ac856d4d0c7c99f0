"""A packed archive, unpacked one gzip member at a time: in crawls each record is a member of its own.

A member unpacked in one call can be put to the gate before anything in it is parsed. ISA-L
(https://github.com/intel/isa-l, the package ``isal`` of the extra ``fast``) does that about a third faster than
FastWARC unpacks; without it zlib does it, with the same result. What is damaged or large is left to FastWARC, which
reads every archive.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Protocol

MAGIC = b"\x1f\x8b\x08"
_GZIP = 31
"""The window's size and the format, as zlib wants it."""
_NEXT = re.compile(re.escape(MAGIC))  # twice as fast as bytes.find
_CHUNK = 1 << 20
"""Packed bytes that are held at once; larger members are left to FastWARC."""
_HEAD = 1 << 16
_AT_ONCE = 1 << 16
"""Packed bytes that are unpacked without a limit: deflate packs 1,032 times at best, so that 64 MiB may come."""
_ENDS = 8
"""So many places where the next member may begin are tried; the signature stands within packed bytes by chance too."""
_KIND = re.compile(rb"^WARC-Type:[ \t]*response[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member: where it begins in the archive, and its data unpacked; None where it could not be."""

    begin: int
    data: bytes | None

    def __len__(self) -> int:
        """Bytes unpacked."""
        return len(self.data or b"")

    @property
    def is_whole(self) -> bool:
        """True when records begin and end with it."""
        return self.data is not None and self.data.startswith(b"WARC/") and self.data.endswith(_END)

    def content(self) -> tuple[int, int] | None:
        """Where the content of a response lies in ``data``; (0, 0) for a record of another kind.

        None when the member does not hold one whole record and nothing else.
        """
        if self.data is None or not self.is_whole:
            return None
        opens = self.data.find(_END) + len(_END)
        head = self.data[:opens]
        lengths = _LENGTH.findall(head)
        closes = len(self.data) - len(_END)
        if len(lengths) != 1 or opens + int(lengths[0]) != closes:
            return None
        return (opens, closes) if _KIND.search(head) else (0, 0)


class Unpacker(Protocol):
    """Unpacks the member at the head of some bytes."""

    def at_once(self, packed: memoryview, size: int) -> bytes | None:
        """The whole of it, given a guess of its size; None for bytes that break off within it.

        Raises:
            ValueError: it is damaged.
        """
        ...

    def at_most(self, packed: memoryview, most: int) -> tuple[bytes, int] | None:
        """The whole of it, with how many packed bytes it takes; None when it breaks off or is longer than ``most``.

        Raises:
            ValueError: it is damaged.
        """
        ...


class _Isal:
    """ISA-L.

    Raises:
        ImportError: the package is not installed.
    """

    def __init__(self) -> None:
        from isal import isal_zlib

        self._library = isal_zlib
        self._error: type[Exception] = isal_zlib.error  # type: ignore[assignment]

    def at_once(self, packed: memoryview, size: int) -> bytes | None:
        """See :class:`Unpacker`."""
        try:
            return bytes(self._library.decompress(packed, _GZIP, size))
        except self._error as error:
            if "incomplete" in str(error):
                return None
            raise ValueError(str(error)) from error

    def at_most(self, packed: memoryview, most: int) -> tuple[bytes, int] | None:
        """See :class:`Unpacker`."""
        unpacking = self._library.decompressobj(_GZIP)
        try:
            data = bytes(unpacking.decompress(packed, most))
        except self._error as error:
            raise ValueError(str(error)) from error
        return (data, len(packed) - len(unpacking.unused_data)) if unpacking.eof else None


class _Zlib:
    """The standard library."""

    def at_once(self, packed: memoryview, size: int) -> bytes | None:
        """See :class:`Unpacker`."""
        unpacking = zlib.decompressobj(_GZIP)
        try:
            data = unpacking.decompress(packed)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        return data if unpacking.eof else None

    def at_most(self, packed: memoryview, most: int) -> tuple[bytes, int] | None:
        """See :class:`Unpacker`."""
        unpacking = zlib.decompressobj(_GZIP)
        try:
            data = unpacking.decompress(packed, most)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        return (data, len(packed) - len(unpacking.unused_data)) if unpacking.eof else None


@cache
def unpacker() -> Unpacker:
    """The faster of the two that can be had."""
    try:
        return _Isal()
    except ImportError:
        return _Zlib()


def members(stream: BinaryIO, position: int, most: int, until: int | None = None) -> Iterator[Member]:
    """The members from ``position`` on; it ends with one that is not unpacked, should one be no whole member.

    Args:
        stream: can seek.
        position: where a member begins.
        most: bytes of a record's content; members that hold more, and their head, are not unpacked.
        until: members that begin there or later are left out.
    """
    unpack = unpacker()
    stream.seek(position)
    held, at, wanted, more = b"", 0, 2 * _AT_ONCE, True
    while (at < len(held) or more) and (until is None or position + at < until):
        if more and len(held) - at < wanted:
            chunk = stream.read(_CHUNK)
            held, position, at, more = held[at:] + chunk, position + at, 0, bool(chunk)
            continue
        try:
            found = _member(unpack, held, at, most + _HEAD)
        except ValueError:
            found = None
        if found is None and more and wanted < _CHUNK:
            wanted = _CHUNK  # a large one: its end is not there yet
            continue
        wanted = 2 * _AT_ONCE
        if found is None:
            yield Member(position + at, None)
            return
        data, end = found
        yield Member(position + at, data)
        at = end


def _member(unpack: Unpacker, held: bytes, at: int, most: int) -> tuple[bytes, int] | None:
    """What the member at ``at`` unpacks to, and where it ends; None for what is cut off or too large."""
    view, end = memoryview(held), at
    for _ in range(_ENDS):
        next_one = _NEXT.search(held, end + 1)
        end = next_one.start() if next_one else len(held)
        if end - at > _AT_ONCE:
            break
        # The last four bytes of a member are the size to which it unpacks.
        size = int.from_bytes(view[end - 4 : end], "little")
        data = unpack.at_once(view[at:end], min(max(size, 1), _CHUNK))
        if data is not None or end == len(held):
            return None if data is None else (data, end)
    large = unpack.at_most(view[at:], most)
    return large and (large[0], at + large[1])
