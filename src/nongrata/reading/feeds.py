"""RSS, Atom and sitemaps into entries.

The parser is expat with entity declarations refused: feeds come from anywhere. A feed that breaks off keeps the
entries before the break.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.parsers import expat

from nongrata.model import InputError
from nongrata.reading.days import parse_day

_ENTRY_TAGS = frozenset({"item", "entry", "url", "sitemap"})
_DATE_TAGS = ("publication_date", "pubdate", "published", "issued", "date", "created")
_CHANGE_TAGS = ("updated", "modified", "lastmod")
_MOST_ENTRIES = 10_000
_LONGEST_FIELD = 20_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one article. ``sitemap`` marks an address that is itself a list."""

    url: str
    title: str | None = None
    published: date | None = None
    sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's name and its entries in its own order; ``broken`` is set when it ended in the middle."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    broken: bool = False


def parse_feed(data: bytes, url: str) -> Feed:
    """Read a feed or sitemap.

    Args:
        data: the document.
        url: its address, against which relative links are resolved.

    Raises:
        InputError: it is no feed, or holds no entry before it breaks.
    """
    reader = _Reader(url)
    broken: str | None = None
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        broken = str(error)
    if broken and not reader.entries:
        raise InputError(
            f"{url} is no feed that can be read ({broken}); give the address of an RSS, Atom or sitemap file"
        )
    if not reader.is_feed:
        raise InputError(f"{url} is XML but no feed; give the address of an RSS, Atom or sitemap file")
    return Feed(reader.title, tuple(reader.entries), broken is not None)


@dataclass(slots=True)
class _Fields:
    """The texts and links of the entry that is being read."""

    sitemap: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Expat's handlers: a stack of names, the current entry, the current text."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.title: str | None = None
        self.is_feed = False
        self.entries: list[FeedEntry] = []
        self._names: list[str] = []
        self._fields: _Fields | None = None
        self._text: list[str] = []
        self._size = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse
        self.parser.UseForeignDTD(False)

    def _refuse(self, name: str, *_: object) -> None:
        raise ValueError(f"it declares the entity {name[:40]!r}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(" ", 1)[-1].lower()
        self._names.append(local)
        self._text.clear()
        self._size = 0
        if local in ("rss", "feed", "rdf", "urlset", "sitemapindex", "channel"):
            self.is_feed = True
        elif local in _ENTRY_TAGS and self._fields is None:
            self._fields = _Fields(local == "sitemap")
        elif local == "link" and self._fields is not None and "href" in attributes:
            self._fields.links.setdefault(attributes.get("rel", "alternate"), attributes["href"])

    def _characters(self, data: str) -> None:
        if self._size < _LONGEST_FIELD:
            self._text.append(data)
            self._size += len(data)

    def _end(self, name: str) -> None:
        local = self._names.pop()
        text = " ".join("".join(self._text).split())
        self._text.clear()
        self._size = 0
        if self._fields is None:
            if local == "title" and self.title is None and text:
                self.title = text
        elif local in _ENTRY_TAGS:
            self._finish(self._fields)
            self._fields = None
        elif text:
            self._fields.texts.setdefault(local, text)

    def _finish(self, fields: _Fields) -> None:
        guid = fields.texts.get("guid") or fields.texts.get("id") or ""
        link = (
            fields.links.get("alternate")
            or fields.texts.get("link")
            or fields.texts.get("loc")
            or (guid if guid.startswith(("http://", "https://")) else None)
        )
        url = _joined(self.url, link) if link else None
        if url and len(self.entries) < _MOST_ENTRIES:
            self.entries.append(FeedEntry(url, fields.texts.get("title"), _day(fields.texts), fields.sitemap))


def _joined(base: str, link: str) -> str | None:
    """The link as an address; None for one that can be none."""
    try:
        return urljoin(base, link)
    except ValueError:
        return None


def _day(texts: dict[str, str]) -> date | None:
    """The day of publication, or that of a change where only this is told."""
    for tag in (*_DATE_TAGS, *_CHANGE_TAGS):
        value = texts.get(tag)
        day = _mail_day(value) or parse_day(value) if value else None
        if day:
            return day
    return None


def _mail_day(value: str) -> date | None:
    """A day in the manner of mail headers: "Tue, 05 Mar 2024 09:15:00 +0200"."""
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
