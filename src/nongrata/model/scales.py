"""The closed scales of the codebook: factuality, realis, scope, block roles."""

from __future__ import annotations

from enum import StrEnum


class Factuality(StrEnum):
    """How sure the voice presents the claim, on FactBank's scale (Saurí and Pustejovsky 2009)."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    DENIED = "CT-"
    UNKNOWN = "Uu"


class Realis(StrEnum):
    """Whether the happening is told as having happened, planned, a habit, or supposed."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HABITUAL = "habitual"
    HYPOTHETICAL = "hypothetical"


class Scope(StrEnum):
    """One happening, or a figure over several."""

    EVENT = "event"
    TOTAL = "total"


class BlockRole(StrEnum):
    """What a block of a report's text is for; claims are read from ``READABLE_ROLES`` only."""

    TITLE = "title"
    LEDE = "lede"
    BODY = "body"
    QUOTE = "quote"
    BACKGROUND = "background"
    SOURCE_LINE = "source_line"
    DATELINE = "dateline"
    CAPTION = "caption"
    PLEA = "plea"
    TAGS = "tags"
    RELATED = "related"
    NAVIGATION = "navigation"


READABLE_ROLES = frozenset({BlockRole.TITLE, BlockRole.LEDE, BlockRole.BODY, BlockRole.QUOTE, BlockRole.BACKGROUND})
"""Roles whose text may hold claims. A source line names voices and holds none."""
