"""The frames of attribution: which words give somebody's words, and where those stand (``frames.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from nongrata.model import VocabularyError
from nongrata.vocabulary.tables import read_text


@cache
def frame_words(name: str) -> frozenset[str]:
    """A list of lemmas by name ("clause", "nouns").

    Raises:
        VocabularyError: there is no such list.
    """
    found = _table().get(name)
    if not isinstance(found, str):
        raise VocabularyError(f"frames.toml has no list {name!r}: give it one")
    return frozenset(found.split())


@cache
def frame_prepositions() -> Mapping[str, frozenset[str]]:
    """By verb the prepositions whose object is content ("speak": of, about)."""
    return {verb: frozenset(words.split()) for verb, words in _pairs("prepositions").items()}


@cache
def frame_phrases() -> Mapping[tuple[str, str], str]:
    """By verb and noun the preposition whose object is content (("take", "issue"): "with")."""
    return {
        (verb, noun): word for (verb, _, noun), word in ((k.partition(" "), w) for k, w in _pairs("phrases").items())
    }


def _pairs(name: str) -> Mapping[str, str]:
    found = _table()[name]
    if isinstance(found, str):
        raise VocabularyError(f"{name!r} in frames.toml is a list: make it a table of pairs")
    return found


@cache
def _table() -> Mapping[str, Mapping[str, str] | str]:
    found: Mapping[str, Mapping[str, str] | str] = tomllib.loads(read_text("frames.toml"))
    return found
