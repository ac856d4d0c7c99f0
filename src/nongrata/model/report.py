"""A report: one published text with where and when it was published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from nongrata.model.keeping import keepable
from nongrata.model.scales import READABLE_ROLES, BlockRole
from nongrata.model.span import Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a report's text with one role. ``span`` counts characters of ``Report.text``."""

    role: BlockRole
    span: Span

    @property
    def readable(self) -> bool:
        """True when claims may be read from it."""
        return self.role in READABLE_ROLES


@dataclass(frozen=True, slots=True)
class Report:
    """One published text.

    ``text`` is kept as given: every span of every claim counts its characters. Only what no store can keep (NUL, half a
    surrogate pair) is replaced by U+FFFD, in every field. ``title`` is a title given beside the
    text (in JSONL); a headline that stands in the text is a block of it. ``published`` is the day of publication, or
    None; ``published_from`` tells where the day was found ("given", "text", "json-ld", ...). ``sources`` are the
    outlets that a summary names ("Reuters via Geo News"). ``blocks`` cover the readable text in order and do not
    overlap. ``archived_sha256`` is the SHA-256 (hex) of the bytes as fetched, where the ledger's archive keeps them.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_from: str | None = None
    url: str | None = None
    lang: str | None = None
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    flags: tuple[str, ...] = field(default=())
    archived_sha256: str | None = None

    def __post_init__(self) -> None:
        # Here and not where it is stored: spans, hashes and ids speak of the text as it is kept.
        for name in ("id", "text", "title", "publisher", "url", "lang"):
            value = getattr(self, name)
            if value and keepable(value) != value:
                object.__setattr__(self, name, keepable(value))
        for name in ("sources", "topics"):
            values = getattr(self, name)
            if values:
                object.__setattr__(self, name, tuple(keepable(value) for value in values))

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the text in UTF-8: the report's identity by content."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def blocks_of(self, *roles: BlockRole) -> list[Block]:
        """The blocks with one of these roles, in order."""
        return [block for block in self.blocks if block.role in roles]
