"""Plain text as it is scraped from a page, into a report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from nongrata.model import InputError, Report, Span
from nongrata.model.remarks import ONLY_UPDATED
from nongrata.reading.labels import furniture_labels
from nongrata.reading.mastheads import read_masthead
from nongrata.reading.paragraphs import paragraphs, trim
from nongrata.reading.roles import Findings, Piece, assign_roles, title_key

LONGEST = 1_000_000
"""So many characters a report may have; one of as many that tells of an act in every sentence is read for minutes."""

_ID_DIGITS = 12
_CLOCK_END = re.compile(r"\d{4},?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?\s+(?=[A-ZÀ-Þ\"“])")
_MASTHEAD_REACH = 120
_DOUBLED = range(15, 300)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a report besides its text; it wins over what the text or page says of itself."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    lang: str | None = None
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def parse_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    url: str | None = None,
    lang: str | None = None,
    sources: Sequence[str] = (),
    topics: Sequence[str] = (),
) -> Report:
    """Read one report from plain text.

    The text is kept byte for byte; its blocks' spans count its characters. What is given wins over what the text says
    of itself; where neither names the publisher, the host of ``url`` stands for it.

    Args:
        text: the report, glued first lines and captions included.
        id: default: the first 12 hex digits of the SHA-256 of the text in UTF-8.
        title: a headline that does not stand in the text, or does; it is recognised there.
        publisher: the outlet.
        published: the day of publication.
        url: where it was published.
        lang: language code of the text.
        sources: outlets that a summary names.
        topics: free subject words.

    Raises:
        InputError: the text has more than a million characters.
    """
    return text_report(
        text,
        Given(id, title, publisher, published, url, lang, tuple(sources), tuple(topics)),
    )


def text_report(text: str, given: Given) -> Report:
    """As ``parse_text``, with what is known of the report in one value."""
    check_length(text)
    pieces = [Piece(span) for span in _pieces(text, given.title)]
    found = assign_roles(text, pieces, [given.title] if given.title else ())
    day, day_from, flags = publication_day(found, given.published)
    return Report(
        id=given.id or text_id(text),
        text=text,
        title=given.title,
        publisher=given.publisher or found.publisher or host_of(given.url),
        published=day,
        published_from=day_from,
        url=given.url,
        lang=given.lang,
        sources=given.sources,
        topics=given.topics,
        blocks=tuple(found.blocks),
        flags=flags,
    )


def check_length(text: str) -> None:
    """Refuse what is no report but a collection, or made to keep the reader busy.

    Raises:
        InputError: it is longer than ``LONGEST``.
    """
    if len(text) > LONGEST:
        raise InputError(f"the text is longer than {LONGEST:,} characters; split it into its reports")


def text_id(text: str) -> str:
    """The default id of a report: the first 12 hex digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


def host_of(url: str | None) -> str | None:
    """The host of an address without "www."; None when there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def publication_day(found: Findings, given: date | None) -> tuple[date | None, str | None, tuple[str, ...]]:
    """The day of publication, where it was found ("given", "text", "updated") and the flags that this earns."""
    if given:
        return given, "given", ()
    if found.published:
        return found.published, "text", ()
    if found.updated:
        return found.updated, "updated", (ONLY_UPDATED,)
    return None, None, ()


def _pieces(text: str, title: str | None) -> Iterator[Span]:
    spans: Iterable[Span] = paragraphs(text)
    for number, span in enumerate(spans):
        if number == 0:
            parts = list(_split_opening(text, span, title))
            yield from parts[:-1]
            span = parts[-1]
        yield from _split_double(text, span) or _split_labels(text, span)


def _split_double(text: str, span: Span) -> tuple[Span, Span] | None:
    """A headline printed twice without a break is two."""
    half, odd = divmod(len(span), 2)
    middle = span.begin + half
    if odd or not _DOUBLED.start <= half < _DOUBLED.stop or text[span.begin : middle] != text[middle : span.end]:
        return None
    return Span(span.begin, middle), Span(middle, span.end)


def _split_opening(text: str, span: Span, title: str | None) -> Iterator[Span]:
    """Take apart what a scraper glued into the first paragraph: masthead with a clock time, given title, story."""
    clock = _CLOCK_END.search(text, span.begin, min(span.end, span.begin + _MASTHEAD_REACH))
    if clock and read_masthead(text[span.begin : clock.end()].rstrip()):
        yield Span(span.begin, len(text[: clock.end()].rstrip()))
        span = Span(clock.end(), span.end)
    end = _title_end(text, span, title) if title else None
    rest = trim(text, end, span.end) if end else None
    if end and rest:
        yield Span(span.begin, end)
        span = rest
    yield span


def _title_end(text: str, span: Span, title: str) -> int | None:
    """Where the given title ends at the opening of the paragraph; None when it does not stand there."""
    title = title.strip()
    end = span.begin + len(title)
    if not title or end >= span.end or title_key(text[span.begin : end]) != title_key(title):
        return None
    return end if text[end].isspace() else None


def _split_labels(text: str, span: Span) -> Iterator[Span]:
    """Section labels in the middle of a paragraph begin a new one."""
    begin = span.begin
    for match in furniture_labels().inline.finditer(text, span.begin, span.end):
        part = trim(text, begin, match.start()) if match.start() > begin else None
        if part:
            yield part
            begin = match.end()
    rest = trim(text, begin, span.end)
    if rest:
        yield rest
