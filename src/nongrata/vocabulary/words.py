"""Small closed word lists that code needs by name (``words.toml``)."""

from __future__ import annotations

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
