"""Files, folders and standard input, of every kind that is read, as one stream of reports."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from nongrata.model import InputError, Report
from nongrata.reading.decoding import decode, looks_binary, marked_encoding
from nongrata.reading.jsonl import read_jsonl
from nongrata.reading.opening import is_remote
from nongrata.reading.plain import Given, parse_text
from nongrata.reading.stats import Limits, ReadingStats, size
from nongrata.reading.tables import read_csv
from nongrata.reading.warc import read_warc

if TYPE_CHECKING:
    from nongrata.reading.fetching import Fetched, FetchPolicy

_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
}
_GZIP = b"\x1f\x8b"
_PEEK = 1 << 12
_PAGE = re.compile(
    rb"^(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
STANDARD_INPUT = "standard input"


def open_reports(
    source: str | Path,
    *,
    stats: ReadingStats | None = None,
    limits: Limits | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
    policy: FetchPolicy | None = None,
    fetched: Callable[[Fetched], None] | None = None,
    archives: bool = True,
) -> Iterator[Report]:
    """The reports of a file, of a folder (every file below it, sorted), of a web page or of standard input ("-").

    The kind is told by the suffix (.txt .md .html .jsonl .csv .tsv .warc, each also with .gz) or by the content. In a
    folder, a file that cannot be read is skipped and counted; alone, it is an error.

    Args:
        source: a path, a web address, an archive in an object store (with the extra ``remote``), or "-".
        stats: counts reports and what was skipped; given by who wants to print it.
        limits: sizes beyond which input is refused or skipped.
        encoding: of text without a byte order mark; default UTF-8.
        stdin: read instead of the process's standard input.
        policy: limits of a fetch.
        fetched: is given a page's bytes as fetched; the report then names them.
        archives: False passes WARC files in a folder over.

    Raises:
        InputError: nothing is there, or it is empty, binary, too large or wrongly encoded. Raised at once for what the
            path alone tells, otherwise when the first report is asked for.
    """
    reader = _Reader(stats if stats is not None else ReadingStats(), limits or Limits(), encoding, archives)
    if str(source) == "-":
        return reader.stream(stdin or sys.stdin.buffer, STANDARD_INPUT)
    if str(source).startswith(("http://", "https://")):
        return reader.web(str(source), policy, fetched)
    if is_remote(str(source)):
        return reader.archive(str(source))
    path = Path(source)
    if not path.exists():
        raise InputError(f"{path} does not exist; check the path, or give - to read standard input")
    if path.is_dir():
        return reader.folder(path)
    if not path.is_file():
        raise InputError(f"{path} is no regular file; pipe it in and give - instead")
    return reader.file(path)


def archives_of(source: str) -> list[str]:
    """The web archives that a source names or, being a folder, holds."""
    if is_remote(source):
        return [source]
    path = Path(source)
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    shown = [file for file in files if not path.is_dir() or not _hidden(file.relative_to(path))]
    return [str(file) for file in shown if _is_archive(file) and file.is_file()]


def _is_archive(path: Path) -> bool:
    return ".warc" in [suffix.lower() for suffix in path.suffixes[-2:]]


class _Reader:
    """The settings of one run and the ways to read."""

    def __init__(self, stats: ReadingStats, limits: Limits, encoding: str | None, archives: bool) -> None:
        self.stats = stats
        self.limits = limits
        self.encoding = encoding
        self.archives = archives

    def folder(self, path: Path) -> Iterator[Report]:
        """Every readable file below ``path``, in the order of their paths; hidden ones are passed over."""
        files = sorted(found for found in path.rglob("*") if found.is_file() and not _hidden(found.relative_to(path)))
        if not files:
            raise InputError(f"{path} holds no files; give a folder of .txt, .html, .jsonl or .csv files")
        before = self.stats.reports
        if not self.archives:
            files = [file for file in files if not _is_archive(file)]
        for file in files:
            try:
                yield from self.file(file)
            except InputError as error:
                self.stats.skip(str(file), str(error), kind="unreadable file")
        if self.stats.reports == before and (self.archives or files):
            raise InputError(f"{path} holds no readable report; give a folder of .txt, .html, .jsonl or .csv files")

    def file(self, path: Path) -> Iterator[Report]:
        """The reports of one file."""
        suffixes = [suffix.lower() for suffix in path.suffixes]
        if _is_archive(path):
            yield from self.archive(str(path))
            return
        packed = suffixes[-1:] == [".gz"]
        kind = _SUFFIXES.get("".join(suffixes[-2:-1] if packed else suffixes[-1:]))
        try:
            with path.open("rb") as raw:
                yield from self._opened(raw, str(path), kind)
        except PermissionError as error:
            raise InputError(f"{path} may not be read by this user; change its permissions") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{path} is a damaged gzip file ({error}); fetch or pack it again") from error
        except IsADirectoryError as error:
            raise InputError(f"{path} is a folder; give its files") from error

    def stream(self, raw: BinaryIO, name: str) -> Iterator[Report]:
        """The reports of a stream whose kind only its content tells."""
        yield from self._opened(raw, name, None)

    def _opened(self, raw: BinaryIO, name: str, kind: str | None) -> Iterator[Report]:
        stream = io.BufferedReader(_Raw(raw), _PEEK)
        if stream.peek(2)[:2] == _GZIP:
            stream = io.BufferedReader(gzip.GzipFile(fileobj=stream), _PEEK)  # type: ignore[arg-type]
        opening = stream.peek(_PEEK)[:_PEEK]
        if not opening:
            raise InputError(f"{name} is empty; give a file with at least one report")
        kind = kind or sniff(opening)
        if kind == "jsonl":
            yield from self._jsonl(stream, opening, name)
        elif kind == "csv":
            yield from read_csv(stream, name=name, stats=self.stats, limits=self.limits, encoding=self.encoding)
        else:
            data = self._whole(stream, opening, name)
            yield self._page(data, name) if kind == "html" else self._text(data, name)

    def _jsonl(self, stream: BinaryIO, opening: bytes, name: str) -> Iterator[Report]:
        if marked_encoding(opening) not in (None, "utf-8-sig"):
            raise InputError(f"{name} is not in UTF-8, which JSON has to be; convert it (iconv -f UTF-16 -t UTF-8)")
        if looks_binary(opening):
            decode(opening, name=name)
        yield from read_jsonl(stream, name=name, stats=self.stats, limits=self.limits)

    def archive(self, source: str) -> Iterator[Report]:
        """The pages of a WARC file that can hold a claim; the others are not worth their parsing."""
        from nongrata.reading.opening import open_archive
        from nongrata.reading.pagegate import page_gate

        gate = page_gate().answer_may_hold
        with open_archive(source) as stream:
            found = read_warc(stream, name=source, stats=self.stats, limits=self.limits, gate=gate)
            yield from (item.report for item in found)

    def web(self, url: str, policy: FetchPolicy | None, fetched: Callable[[Fetched], None] | None) -> Iterator[Report]:
        """The report of a web page."""
        from nongrata.reading.fetching import fetch
        from nongrata.reading.html import html_report

        if _is_archive(Path(urlsplit(url).path)):
            raise InputError(
                f"{url} is a web archive: download it and give the file, or name it in its object store (s3://...)"
            )
        answer = fetch(url, policy=policy)
        if answer.status != 200:
            raise InputError(f"{answer.url} answered {answer.status}; check the address or save the page and give that")
        given = Given(url=answer.url)
        try:
            report = html_report(answer.body, given, charset=answer.charset, seen=answer.fetched.date())
        except InputError as error:
            raise InputError(f"{answer.url}: {error}") from error
        if fetched is not None:
            fetched(answer)
            report = replace(report, archived_sha256=answer.sha256)
        self.stats.reports += 1
        yield report

    def _whole(self, stream: BinaryIO, opening: bytes, name: str) -> bytes:
        if looks_binary(opening) and not marked_encoding(opening):
            decode(opening, name=name)
        data = stream.read(self.limits.document + 1)
        if len(data) > self.limits.document:
            limit = size(self.limits.document)
            raise InputError(f"{name} is larger than {limit}; split it, or give one report a line as JSON")
        return data

    def _text(self, data: bytes, name: str) -> Report:
        text = decode(data, name=name, encoding=self.encoding)
        if not text.strip():
            raise InputError(f"{name} holds nothing but white space; give a file with at least one report")
        try:
            report = parse_text(text)
        except InputError as error:
            raise InputError(f"{name}: {error}") from error
        self.stats.reports += 1
        return report

    def _page(self, data: bytes, name: str) -> Report:
        from nongrata.reading.html import html_report

        try:
            report = html_report(data, charset=self.encoding)
        except InputError as error:
            raise InputError(f"{name}: {error}") from error
        self.stats.reports += 1
        return report


class _Raw(io.RawIOBase):
    """A binary stream of any kind as a raw one, so that it can be peeked into."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def sniff(opening: bytes) -> str:
    """The kind of a document by its first bytes: "jsonl", "html" or "text"."""
    if marked_encoding(opening) not in (None, "utf-8-sig"):
        return "text"
    start = opening.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    return "html" if _PAGE.search(start[:1024]) else "text"


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
