"""The values of a filter, each with the address that drops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from nongrata.ledger import ClaimFilter, IncidentFilter
from nongrata.publishing.parties import state_name
from nongrata.web.query import pairs_of
from nongrata.web.words import CREDIBILITY, SURE, type_words

_LABELS = {
    "type": "type",
    "who": "by",
    "whom": "against",
    "since": "since",
    "until": "until",
    "factuality": "",
    "credibility": "credibility",
    "reviewed": "reviewed:",
    "publisher": "in",
    "q": "words:",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of a filter in words, and the address without it."""

    words: str
    without: str


def chips_of(path: str, only: IncidentFilter | ClaimFilter) -> list[Chip]:
    """The chips of a filter."""
    return list(_chips(path, pairs_of(only)))


def _chips(path: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[Chip]:
    for at, (name, value) in enumerate(pairs):
        rest = pairs[:at] + pairs[at + 1 :]
        words = f"{_LABELS[name]} {_shown(name, value)}".strip()
        yield Chip(words, f"{path}?{urlencode(rest)}" if rest else path)


def _shown(name: str, value: str) -> str:
    if name in ("who", "whom"):
        return state_name(value)
    if name == "type":
        return type_words(value)
    if name == "factuality":
        return SURE[value][1]
    return f"{value}, {CREDIBILITY[int(value)]}" if name == "credibility" else value
