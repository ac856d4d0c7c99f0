"""Small closed word lists that code needs by name (``words.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, frozenset[str]]:
    raw = files("nongrata.vocabulary").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(raw).items()}


def word_set(name: str) -> frozenset[str]:
    """The list of that name, in lower case.

    Raises:
        KeyError: there is no such list.
    """
    return _lists()[name]


@cache
def alternation(*names: str) -> str:
    """The words of some lists as a pattern that takes the longest that fits; to stand within a group.

    Raises:
        KeyError: there is no such list.
    """
    words = frozenset().union(*map(word_set, names))
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
