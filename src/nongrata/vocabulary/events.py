"""The event types of the codebook with the words that tell of them (``events.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nongrata.model import VocabularyError
from nongrata.vocabulary.states import states
from nongrata.vocabulary.tables import own_text, read_text

_EVERY_STATE = "@state"
_LISTS = ("verbs", "nouns", "phrases", "weak", "firm", "beside", "not")


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type; see the comments in ``events.toml`` for what each list holds.

    ``stems`` (verbs, nouns and phrases together) tell of the type alone, ``weak`` ones only in company: ``firm`` words
    let a text pass the gate, ``beside`` words make a weak stem count where it passed. ``excluded`` are contexts that
    are not coded. ``apart`` are subtypes that are acts of their own beside another one. All stems are in lower case.
    """

    name: str
    gloss: str
    actor: str
    target: str
    counts: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    phrases: tuple[str, ...]
    weak: tuple[str, ...]
    firm: tuple[str, ...]
    beside: tuple[str, ...]
    excluded: tuple[str, ...]
    subtypes: Mapping[str, tuple[str, ...]]
    apart: frozenset[str] = frozenset()

    def are_apart(self, first: str, second: str) -> bool:
        """True when two triggers tell of different acts of this type ("closes the consulate", "expels 60")."""
        one, other = self.subtype_of(first), self.subtype_of(second)
        return one is not None and other is not None and one != other and bool({one, other} & self.apart)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems that tell of the type without help."""
        return self.verbs + self.nouns + self.phrases

    def subtype_of(self, trigger: str) -> str | None:
        """The first subtype one of whose stems stands in the trigger; None when none does."""
        lower = trigger.lower()
        return next((name for name, stems in self.subtypes.items() if any(stem in lower for stem in stems)), None)


@cache
def event_types() -> Mapping[str, EventType]:
    """All event types by name, in the codebook's order, a user's own last.

    Raises:
        VocabularyError: a table lacks a field or a list is none.
    """
    tables = tomllib.loads(read_text("events.toml")) | _own_tables()
    return {name: _event_type(name, table) for name, table in tables.items()}


def _own_tables() -> dict[str, Any]:
    try:
        return tomllib.loads(own_text("events.toml") or "")
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"your events.toml is no TOML ({error}): correct it") from error


@cache
def _state_stems() -> tuple[str, ...]:
    """The names and adjectives of all states in lower case."""
    forms = (form.lower() for state in states().values() for form in (state.name, *state.adjectives))
    return tuple(dict.fromkeys(forms))


def _event_type(name: str, table: Mapping[str, object]) -> EventType:
    lists: dict[str, tuple[str, ...]] = {}
    for field in _LISTS:
        words = table.get(field)
        if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
            raise VocabularyError(f'"{field}" of [{name}] in events.toml is no list of lower-case stems: correct it')
        lists[field] = tuple(stem for word in words for stem in (_state_stems() if word == _EVERY_STATE else (word,)))
    texts = {field: table.get(field) for field in ("gloss", "actor", "target", "counts")}
    subtypes = table.get("subtypes")
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(subtypes, dict):
        raise VocabularyError(f"[{name}] in events.toml lacks a gloss, a role or its subtypes: add them")
    return EventType(
        name=name,
        **{field: str(text) for field, text in texts.items()},
        verbs=lists["verbs"],
        nouns=lists["nouns"],
        phrases=lists["phrases"],
        weak=lists["weak"],
        firm=lists["firm"],
        beside=lists["beside"],
        excluded=lists["not"],
        subtypes={subtype: tuple(stems) for subtype, stems in subtypes.items()},
        apart=_subtypes_apart(name, table, subtypes),
    )


def _subtypes_apart(name: str, table: Mapping[str, object], subtypes: Mapping[str, object]) -> frozenset[str]:
    apart = table.get("apart", [])
    if not isinstance(apart, list) or not set(apart) <= set(subtypes):
        raise VocabularyError(f'"apart" of [{name}] in events.toml names what is no subtype of it: correct it')
    return frozenset(apart)
