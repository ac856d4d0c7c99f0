"""A web page into a report: its main text with roles, and what it says of itself."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from nongrata.model import BlockRole, InputError, Report, Span
from nongrata.model.remarks import FUTURE
from nongrata.reading.crowding import is_crowded
from nongrata.reading.decoding import looks_binary, marked_encoding
from nongrata.reading.dom import PageBlock, PageBlocks, Place, page_blocks
from nongrata.reading.furniture import is_caption, is_prose, is_quotation
from nongrata.reading.maintext import main_blocks
from nongrata.reading.mastheads import visible_days
from nongrata.reading.metadata import Metadata, read_metadata
from nongrata.reading.plain import Given, check_length, host_of, publication_day, text_id
from nongrata.reading.roles import Findings, Piece, assign_roles, title_key

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_WIDE = re.compile(r"utf[-_]?(?:16|32)|ucs", re.IGNORECASE)
_ASCII = bytes(range(32, 127)) + rb" \x41 +AGE- ~{<:Ky~}"
_HEAD = 4096
_ABOVE = 30
_OVER = 3
_BYLINE = 160
_LONGEST = 20_000_000
_PLACES = {
    Place.CAPTION: BlockRole.CAPTION,
    Place.TAGS: BlockRole.TAGS,
    Place.BYLINE: BlockRole.DATELINE,
}


def html_report(
    data: str | bytes, given: Given | None = None, *, charset: str | None = None, seen: date | None = None
) -> Report:
    """Read one report from a web page.

    The report's text is the main text, its paragraphs with a blank line between; the page's own bytes are not kept.

    Args:
        data: the page.
        given: what is known besides.
        charset: the encoding that the server named.
        seen: the day the page was fetched; a later day of publication is flagged ``published-in-the-future``.

    Raises:
        InputError: it is binary, larger than 20 million characters, its text longer than a million, made to be slow,
            or no text is found in it.
    """
    from resiliparse.parse.html import HTMLTree

    given = given or Given()
    source = data if isinstance(data, str) else decode_html(data, charset)
    if len(source) > _LONGEST:
        raise InputError(f"the page is longer than {_LONGEST:,} characters; give the article alone")
    if is_crowded(source):
        raise InputError("a tag of the page has thousands of attributes; give the article alone")
    tree = HTMLTree.parse(source.replace("\x00", ""))
    metadata = read_metadata(tree, given.url)
    page = page_blocks(tree.body) if tree.body is not None else PageBlocks()
    blocks = main_blocks(page)
    if not blocks:
        raise InputError("no text is found in the page; save it after its scripts have run, or give the text itself")
    shown = visible_day(page, blocks)
    if shown and (metadata.published_from in (None, "address") or _is_neighbour(shown, metadata.published)):
        metadata = replace(metadata, published=shown, published_from="text")
    return _report(blocks, metadata, given, seen)


def _is_neighbour(shown: date, told: date | None) -> bool:
    """A day apart: the metadata counts in UTC, the line that readers see in the outlet's own time."""
    return told is not None and abs((shown - told).days) == 1


def visible_day(page: PageBlocks, story: Sequence[PageBlock]) -> date | None:
    """The day in a short line about the headline and before the first sentence of the story, where bylines stand."""
    first = next((block for block in story if is_prose(block.text) and block.place is not Place.CAPTION), story[0])
    end = next(number for number, block in enumerate(page.blocks) if block is first)
    begin = max((n for n in range(end) if page.elements[page.blocks[n].element].tag == "h1"), default=end)
    start = max(begin, end - _ABOVE)
    for block in page.blocks[start:end] + page.blocks[max(0, begin - _OVER) : start]:
        longest = _BYLINE if block.place is not Place.CAPTION else _BYLINE // 3
        if len(block.text) <= longest and not is_caption(block.text):
            published, _ = visible_days(block.text)
            if published:
                return published
    return None


def decode_html(data: bytes, charset: str | None = None) -> str:
    """The text of a page: by its byte order mark, the server's word, its own word, UTF-8, or what it looks like.

    Raises:
        InputError: it is binary.
    """
    marked = marked_encoding(data)
    if marked is None and looks_binary(data):
        raise InputError("this is a binary file, no web page; give HTML or plain text")
    declared = _CHARSET.search(data[:_HEAD])
    served = charset if charset and (_WIDE.match(charset) or _keeps_ascii(charset)) else None
    # A page that names a wide encoding in letters of one byte is not in it (WHATWG, Encoding sniffing).
    own = declared[1].decode("ascii") if declared and _keeps_ascii(declared[1].decode("ascii")) else None
    for encoding in (marked, served, own, "utf-8"):
        text = _decoded(data, encoding) if encoding else None
        if text is not None:
            return text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(data, detect_encoding(data) or "windows-1252"))


def holds_ascii(data: bytes, charset: str | None = None) -> bool:
    """True when ASCII letters stand in the page's bytes as they are, whichever encoding ``decode_html`` takes."""
    return marked_encoding(data) in (None, "utf-8-sig") and not _WIDE.match(charset or "")


@lru_cache(256)
def _keeps_ascii(encoding: str) -> bool:
    """False for encodings that no page is in and that would turn ASCII into something else (UTF-7, escapes, EBCDIC)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _ASCII.decode(encoding) == _ASCII.decode("ascii")
    except (LookupError, ValueError):
        return False


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decoded, with a few wrong bytes replaced where nearly all are right; None otherwise."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text if text.count("\ufffd") * 200 < len(text) else None
    except (LookupError, ValueError):
        return None


def _report(blocks: Sequence[PageBlock], metadata: Metadata, given: Given, seen: date | None) -> Report:
    title = given.title or metadata.title
    text, pieces = _pieces(blocks, title)
    check_length(text)
    found = assign_roles(text, pieces, [title] if title else ())
    day, day_from, flags = _day(found, metadata, given)
    if day and seen and day > seen + timedelta(days=1):
        flags = (*flags, FUTURE)
    return Report(
        id=given.id or text_id(text),
        text=text,
        title=title,
        publisher=given.publisher or metadata.publisher or found.publisher or host_of(metadata.url),
        published=day,
        published_from=day_from,
        url=metadata.url,
        lang=given.lang or metadata.lang,
        sources=given.sources,
        topics=given.topics,
        blocks=tuple(found.blocks),
        flags=flags,
    )


def _day(found: Findings, metadata: Metadata, given: Given) -> tuple[date | None, str | None, tuple[str, ...]]:
    """Given, or the page's metadata, or a visible dateline before the day in the address, or a day of change."""
    if given.published or (metadata.published and metadata.published_from != "address"):
        return given.published or metadata.published, "given" if given.published else metadata.published_from, ()
    if metadata.published and not found.published:
        return metadata.published, metadata.published_from, ()
    found.updated = found.updated or metadata.updated
    return publication_day(found, None)


def _pieces(blocks: Sequence[PageBlock], title: str | None) -> tuple[str, list[Piece]]:
    """The kept text, and its paragraphs with the roles that the markup gives."""
    parts: list[str] = []
    pieces: list[Piece] = []
    position = 0
    for block in blocks:
        pieces.append(Piece(Span(position, position + len(block.text)), _role(block, title)))
        parts.append(block.text)
        position += len(block.text) + 2
    return "\n\n".join(parts), pieces


def _role(block: PageBlock, title: str | None) -> BlockRole | None:
    if block.place is Place.HEADING and title and title_key(block.text) == title_key(title):
        return BlockRole.TITLE
    if block.place is Place.QUOTE and not is_quotation(block.text):
        return None
    return _PLACES.get(block.place)
