"""States and territories with the words that stand for them (``states.tsv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nongrata.vocabulary.tables import rows, values


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory.

    ``code`` is ISO 3166-1 alpha-2; Kosovo is XK, and SU, DD, YU, CS are the historical states. ``adjectives``
    ("Russian") and ``people`` ("Russians", "Finn") are the demonyms; ``government`` holds what stands for the
    government alone.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    government: tuple[str, ...]


@cache
def states() -> Mapping[str, State]:
    """All states by code.

    Raises:
        VocabularyError: the file breaks its format.
    """
    return {row["code"]: _state(row) for row in rows("states.tsv")}


def _state(row: dict[str, str]) -> State:
    adjectives = values(row["adjectives"])
    people: list[str] = []
    for value in values(row["people"]):
        people += [adjective + "s" for adjective in adjectives] if value == "+" else [value]
    return State(
        code=row["code"],
        name=row["name"],
        other_names=values(row["other_names"]),
        adjectives=adjectives,
        people=tuple(people),
        capitals=values(row["capitals"]),
        government=values(row["government"]),
    )
