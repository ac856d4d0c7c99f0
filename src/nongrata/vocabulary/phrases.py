"""How happenings are told in sentences (``phrases.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.states import states
from nongrata.vocabulary.tables import read_text


@dataclass(frozen=True, slots=True)
class Phrase:
    """How one type is told; see the comments in ``phrases.toml``."""

    past: str
    base: str
    counted: str
    one: str
    uncounted: str


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(read_text("phrases.toml"))


@cache
def phrases() -> Mapping[str, Phrase]:
    """The phrases by type, those that a user gave a type of one's own with them."""
    tables = {name: value for name, value in _table().items() if isinstance(value, dict)}
    own = {name: event.told for name, event in event_types().items() if event.told}
    return {name: Phrase(**value) for name, value in (tables | own).items()}


def named(party: str | None, side: str) -> str:
    """A party as it stands in a sentence: "the United States", "NATO"; ``side`` is "actor" or "target"."""
    if not party:
        return str(_table()[f"unknown_{side}"])
    state = states().get(party)
    if state is None:
        return party
    return f"the {state.name}" if party in _table()["with_article"] else state.name
