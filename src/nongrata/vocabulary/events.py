"""The event types of the codebook with the words that tell of them (``events.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any

from nongrata.model import VocabularyError
from nongrata.vocabulary.states import states
from nongrata.vocabulary.tables import own_text, read_text

_EVERY_STATE = "@state"
_LISTS = ("verbs", "nouns", "phrases", "weak", "shy", "firm", "beside", "not")
_ROLE_WORDS = {
    "to_actor": ("by",),
    "to_target": ("of", "against", "with", "to", "on", "for", "from", "between", "towards"),
}
_KNOWN = frozenset(
    {
        "gloss",
        "actor",
        "target",
        "counts",
        "sort",
        "subtypes",
        "apart",
        "examples",
        "told",
        "pairs",
        *_LISTS,
        *_ROLE_WORDS,
    }
)
_TOLD = frozenset({"past", "base", "counted", "one", "uncounted"})
_PLACES = {"count": "21", "target": "Norra"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SORTS = ("measure", "act", "")
_EXPECTED = ("actor", "target", "count", "when", "factuality", "realis")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a type's author with what shall be read in it.

    ``expected`` gives values as claims have them ("actor": "NO", "realis": "planned"); None when the sentence tells of
    no act of the type.
    """

    text: str
    expected: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type; see the comments in ``events.toml`` for what each list holds.

    ``stems`` (verbs, nouns and phrases together) tell of the type alone, ``weak`` ones only in company: ``firm`` words
    let a text pass the gate, ``beside`` words make a weak stem count where it passed. ``shy`` are stems that tell of
    the type, but so often of something else that they too need firm company to let a text pass; of each of ``pairs``
    the first lets it pass near one of the others. ``excluded`` are contexts that are not coded. ``apart`` are subtypes
    that are acts of their own beside another one. All stems are in lower case.
    ``sort`` is "measure" (a state answers with it, on its own ground) or "act" (done to another), "" where unsaid.
    ``to_actor`` and ``to_target`` are the prepositions after a trigger that lead to either side. ``told`` is how
    one is told in a sentence, as in ``phrases.toml``; ``own`` is True for what a user added to the shipped types.
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
    sort: str = ""
    to_actor: tuple[str, ...] = _ROLE_WORDS["to_actor"]
    to_target: tuple[str, ...] = _ROLE_WORDS["to_target"]
    examples: tuple[Example, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    shy: tuple[str, ...] = ()
    pairs: tuple[tuple[str, ...], ...] = ()

    def are_apart(self, first: str, second: str) -> bool:
        """True when two triggers tell of different acts of this type ("closes the consulate", "expels 60")."""
        one, other = self.subtype_of(first), self.subtype_of(second)
        return one is not None and other is not None and one != other and bool({one, other} & self.apart)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems that tell of the type without help."""
        return self.verbs + self.nouns + self.phrases

    def subtype_of(self, trigger: str) -> str | None:
        """The first subtype of the table one of whose stems stands in the trigger; None when none does.

        Where some are acts of their own, the one that stands first ("expels 23 envoys and cuts ties").
        """
        lower = trigger.lower()
        places = {name: [lower.find(stem) for stem in stems if stem in lower] for name, stems in self.subtypes.items()}
        told = [name for name, at in places.items() if at]
        return min(told, key=lambda name: min(places[name]), default=None) if self.apart else next(iter(told), None)


@cache
def event_types() -> Mapping[str, EventType]:
    """All event types by name, in the codebook's order, a user's own last.

    Raises:
        VocabularyError: a table lacks a field or a list is none.
    """
    shipped = {name: _event_type(name, table) for name, table in tomllib.loads(read_text("events.toml")).items()}
    own = {name: _event_type(name, table, "your events.toml") for name, table in _own_tables().items()}
    return shipped | {name: replace(event, own=name not in shipped) for name, event in own.items()}


def own_names(sort: str) -> tuple[str, ...]:
    """The names of a user's own types of a sort."""
    return tuple(event.name for event in event_types().values() if event.own and event.sort == sort)


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


def _event_type(name: str, table: object, file: str = "events.toml") -> EventType:
    where = f"[{name}] in {file}"
    if not isinstance(table, dict):
        raise VocabularyError(f'"{name}" in {file} stands in no table: put [the name of its type] above it')
    if not _NAME.fullmatch(name):
        raise VocabularyError(f"{where} is no name for a type: use lower-case letters, digits and _")
    for key in table:
        if key not in _KNOWN:
            near = get_close_matches(key, _KNOWN, 1)
            hint = f'"{near[0]}"' if near else ", ".join(sorted(_KNOWN))
            raise VocabularyError(f'{where} has "{key}", which no type has: use {hint}')
    lists = {
        field: tuple(stem for word in _words(table, field, where) for stem in _stems(word))
        for field in (*_LISTS, *_ROLE_WORDS)
    }
    texts = {field: table.get(field) for field in ("gloss", "actor", "target", "counts")}
    subtypes = table.get("subtypes", {})
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(subtypes, dict):
        raise VocabularyError(f"{where} lacks a gloss, a role (actor, target) or what it counts: add them")
    if not any(lists[field] for field in ("verbs", "nouns", "phrases", "weak")):
        raise VocabularyError(f"{where} has no stem: give it verbs, nouns, phrases or weak stems")
    sort = table.get("sort", "")
    if sort not in _SORTS:
        raise VocabularyError(f'"sort" of {where} is {sort!r}: make it "measure" or "act", or leave it out')
    return EventType(
        name=name,
        gloss=str(texts["gloss"]),
        actor=str(texts["actor"]),
        target=str(texts["target"]),
        counts=str(texts["counts"]),
        verbs=lists["verbs"],
        nouns=lists["nouns"],
        phrases=lists["phrases"],
        weak=lists["weak"],
        shy=lists["shy"],
        pairs=_pairs(table, where),
        firm=lists["firm"],
        beside=lists["beside"],
        excluded=lists["not"],
        subtypes={subtype: _words(subtypes, subtype, f"the subtypes of {where}") for subtype in subtypes},
        apart=_subtypes_apart(where, table, subtypes),
        sort=str(sort),
        to_actor=lists["to_actor"] or _ROLE_WORDS["to_actor"],
        to_target=lists["to_target"] or _ROLE_WORDS["to_target"],
        examples=tuple(_example(where, one) for one in _tables(table, where)),
        told=_told(where, table.get("told", {})),
    )


def _stems(word: str) -> tuple[str, ...]:
    return _state_stems() if word == _EVERY_STATE else (word,)


def _words(table: Mapping[str, object], field: str, where: str) -> tuple[str, ...]:
    """A list of stems; empty where the table has none."""
    words = table.get(field, [])
    if not isinstance(words, list) or not all(
        isinstance(word, str) and word.strip() and word == word.lower() for word in words
    ):
        raise VocabularyError(f'"{field}" of {where} is no list of lower-case stems: correct it')
    return tuple(words)


def _pairs(table: Mapping[str, object], where: str) -> tuple[tuple[str, ...], ...]:
    pairs = table.get("pairs", [])
    if not isinstance(pairs, list):
        raise VocabularyError(f'"pairs" of {where} is no list of lists: correct it')
    words = [_words({"pairs": pair}, "pairs", where) for pair in pairs]
    if any(len(pair) < 2 for pair in words):
        raise VocabularyError(f"a pair of {where} has no second word: give it one")
    return tuple((pair[0], *(stem for word in pair[1:] for stem in _stems(word))) for pair in words)


def _subtypes_apart(where: str, table: Mapping[str, object], subtypes: Mapping[str, object]) -> frozenset[str]:
    apart = table.get("apart", [])
    if not isinstance(apart, list) or not set(apart) <= set(subtypes):
        raise VocabularyError(f'"apart" of {where} names what is no subtype of it: correct it')
    return frozenset(apart)


def _told(where: str, table: object) -> Mapping[str, str]:
    try:
        if isinstance(table, dict) and (not table or set(table) == _TOLD):
            for words in table.values():
                words.format(**_PLACES)
            return table
    except (AttributeError, KeyError, IndexError, ValueError) as error:
        raise VocabularyError(
            f'"told" of {where} has a place that is neither {{count}} nor {{target}}: correct it'
        ) from error
    raise VocabularyError(f'"told" of {where} is incomplete: give it past, base, counted, one and uncounted')


def _tables(table: Mapping[str, object], where: str) -> list[Mapping[str, object]]:
    examples = table.get("examples", [])
    if not isinstance(examples, list) or not all(isinstance(one, dict) for one in examples):
        raise VocabularyError(f'"examples" of {where} are no tables: write [[NAME.examples]] above each')
    return examples


def _example(where: str, row: Mapping[str, object]) -> Example:
    text, none = row.get("text"), row.get("none", False)
    unknown = [key for key in row if key not in (*_EXPECTED, "text", "none")]
    if not isinstance(text, str) or not text.strip() or not isinstance(none, bool):
        raise VocabularyError(f"an example of {where} has no text: give it one")
    if unknown:
        raise VocabularyError(f'an example of {where} has "{unknown[0]}": use text, none, {", ".join(_EXPECTED)}')
    expected = {key: row[key] for key in _EXPECTED if key in row}
    if none and expected:
        raise VocabularyError(f"an example of {where} is none and yet has values: take out either")
    return Example(text, None if none else expected)
