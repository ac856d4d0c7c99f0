"""The words of the time grammar (``times.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nongrata.vocabulary.tables import read_text


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Names of months, days, seasons and amounts, in lower case; see the comments in the file."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    parts: Mapping[str, tuple[str, ...]]
    amounts: Mapping[str, tuple[int, int]]
    recent: Mapping[str, Mapping[str, int]]
    named_days: Mapping[str, tuple[int, int]]
    relative: tuple[str, ...]


@cache
def time_words() -> TimeWords:
    """The words, read once."""
    raw = tomllib.loads(read_text("times.toml"))
    return TimeWords(
        months=raw["months"],
        weekdays=raw["weekdays"],
        short_weekdays=raw["short_weekdays"],
        seasons=raw["seasons"],
        parts={part: tuple(words) for part, words in raw["parts"].items()},
        amounts={phrase: (lo, hi) for phrase, (lo, hi) in raw["amounts"].items()},
        recent=raw["recent"],
        named_days={name: (month, day) for name, (month, day) in raw["named_days"].items()},
        relative=tuple(raw["relative"]["phrases"]),
    )
