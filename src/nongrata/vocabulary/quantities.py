"""The words of the count grammar (``quantities.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nongrata.model import Interval
from nongrata.vocabulary.tables import read_text


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Number words and what surrounds numbers; every word in lower case, with single blanks."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    vague: Mapping[str, Interval]
    modifiers: Mapping[str, tuple[str, ...]]
    afterwards: Mapping[str, tuple[str, ...]]
    fractions: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]
    fixed: tuple[str, ...]


@cache
def quantity_words() -> QuantityWords:
    """The words, read once."""
    raw = tomllib.loads(read_text("quantities.toml"))
    return QuantityWords(
        units=raw["units"],
        tens=raw["tens"],
        scales=raw["scales"],
        suffixes=raw["suffixes"],
        vague={phrase: Interval(*bounds) for phrase, bounds in raw["vague"].items()},
        modifiers={kind: tuple(words) for kind, words in raw["modifiers"].items()},
        afterwards={kind: tuple(words) for kind, words in raw["afterwards"].items()},
        fractions=raw["fractions"],
        lists={name: frozenset(words.split()) for name, words in raw["lists"].items()},
        fixed=tuple(raw["fixed"]["names"]),
    )
