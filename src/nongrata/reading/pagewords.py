"""The names by which pages call their elements, loaded from ``vocabulary/pages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nongrata.model import VocabularyError


@dataclass(frozen=True, slots=True)
class PageWords:
    """The lists of ``pages.toml``; ``published`` is in order of trust."""

    aside: frozenset[str]
    aside_pairs: frozenset[str]
    caption: frozenset[str]
    tags: frozenset[str]
    byline: frozenset[str]
    story: frozenset[str]
    dropped_tags: frozenset[str]
    aside_tags: frozenset[str]
    aside_roles: frozenset[str]
    block_tags: frozenset[str]
    heading_tags: frozenset[str]
    published: tuple[str, ...]


@cache
def page_words() -> PageWords:
    """The shipped words; loaded on first use.

    Raises:
        VocabularyError: the file breaks its format.
    """
    source = files("nongrata.vocabulary").joinpath("pages.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(source)
        published = tuple(table.pop("published"))
        return PageWords(**{name: frozenset(words) for name, words in table.items()}, published=published)
    except (KeyError, ValueError, TypeError) as error:
        raise VocabularyError(
            f"vocabulary/pages.toml is malformed ({error}); compare it with the shipped one"
        ) from error
