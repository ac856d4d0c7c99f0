"""Types of a user's own, read without a model: stems find the trigger, a dependency parse its parties.

The network knows the types it was trained on. A type that somebody adds in a file (docs/howto/event-type.md) is read by
the shape of the sentence alone: what comes out are possible claims like the network's, and everything after that, from
negation to chains, is the same for both. What the grammar leaves open stays unsaid.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from nongrata.extraction.arguments import Argument, arguments
from nongrata.extraction.layout import CLASSES, REALIS, TOKEN_ROLES, class_slice
from nongrata.extraction.modality import governing
from nongrata.extraction.parses import Parse, head_word, parse_sentences, parties_in, steps_below
from nongrata.extraction.scoring import Floats, Scored, log_softmax
from nongrata.extraction.units import Unit
from nongrata.extraction.values import SPECIAL
from nongrata.language.gate import Gate, Hit
from nongrata.language.wordspan import whole_words
from nongrata.model import Realis, Span
from nongrata.vocabulary.events import EventType, event_types
from nongrata.vocabulary.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE = {"phrase": 0.75, "verb": 0.75, "noun": 0.6, "weak": 0.55}
"""How sure a claim is said to be by the stem that told of it, where an actor or a target stands beside it.

With the shipped types' stems, which are as broad as a gate needs them, 73, 27 and 21 of a hundred are right
(``bench/own_types.py``); stems that somebody chose for reading are narrower.
"""
_ALONE = 0.4
"""The same where neither does: below what a claim needs."""
_PLAIN, _SUPPOSED, _UNSAID, _ELSEWHERE = 4.0, 2.0, 0.5, -3.0
_STEP = 0.4
_NUMBER_STEPS = 2
"""How far a number hangs below what it counts ("more than ten")."""
_NOT_ACTS = ("ADJ", "ADV", "ADP")
_FLAT = 3.0


@cache
def own_types() -> Mapping[str, EventType]:
    """The types that a user added, which the network does not know."""
    return {name: event for name, event in event_types().items() if event.own}


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a unit with the stems that may tell of a type."""

    unit: Unit
    sentence: Span
    hits: tuple[tuple[Hit, str], ...]


class OwnTypes:
    """Reads some types by their stems and the parse of the sentence."""

    def __init__(self, types: Mapping[str, EventType] | None = None) -> None:
        self._types = own_types() if types is None else types
        self.gate = Gate(self._types.values()) if self._types else None

    @property
    def mark(self) -> str:
        """A short digest of the types; empty when there are none."""
        told = repr([replace(event, examples=()) for event in self._types.values()])
        return hashlib.sha256(told.encode()).hexdigest()[:8] if self._types else ""

    def passes(self, text: str) -> bool:
        """True when a text can tell of one of the types."""
        return self.gate is not None and self.gate.passes(text)

    def scores(self, units: Iterable[Unit]) -> list[Scored]:
        """The possible claims of a report's units."""
        places = [place for unit in units for place in self._places(unit)]
        parses = parse_sentences([(place.unit, place.sentence) for place in places])
        return [one for place, parse in zip(places, parses, strict=True) for one in self._read(place, parse)]

    def _places(self, unit: Unit) -> Iterator[_Place]:
        for sentence in unit.sentences:
            hits = self.gate.hits(sentence.of(unit.report.text)) if self.gate else []
            found = tuple((hit, name) for hit in hits for name in hit.types)
            if found:
                yield _Place(unit, sentence, found)

    def _read(self, place: _Place, parse: Parse) -> Iterator[Scored]:
        text, taken = place.unit.report.text, dict[str, set[int]]()
        # The longest stem of a word first: "closed its airspace" before "clos".
        for hit, name in sorted(place.hits, key=lambda found: -len(found[0].span)):
            span = whole_words(text, hit.span.shifted(place.sentence.begin))
            tokens = place.unit.tokens(span)
            words = parse.tokens(span)
            if not tokens or not words or taken.setdefault(name, set()) & set(tokens):
                continue
            event = self._types[name]
            head = head_word(words)
            if head.pos_ in _NOT_ACTS or (head.dep_ == "amod" and hit.stem not in event.nouns):
                continue
            taken[name] |= set(tokens)
            yield _scored(place, parse, event, hit, head, tuple(tokens))


def _scored(place: _Place, parse: Parse, event: EventType, hit: Hit, head: Token, tokens: tuple[int, ...]) -> Scored:
    unit = place.unit
    found = arguments(head, event)
    actor = _side(place, parse, found.actors, True)
    target = _side(place, parse, found.targets, False)
    said = max(actor.argmax(), target.argmax()) > 0
    kind = next((k for k, stems in _kinds(event) if hit.stem in stems), "weak")
    trigger = unit.span_of(tokens)
    operator = governing(unit.report.text, place.sentence, trigger, event.name)
    return Scored(
        unit=unit,
        type=event.name,
        tokens=tokens,
        found=_SURE[kind] if said else _ALONE,
        valid=_SURE[kind],
        actor=actor,
        target=target,
        count=_count(unit, parse, event, found.thing),
        time=_time(unit, place.sentence, trigger, operator.operator.realis if operator else None),
        roles=np.full((len(unit.ids), len(TOKEN_ROLES)), -_FLAT, np.float32),
        classes=_classes(),
        structural=True,
    )


def _kinds(event: EventType) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "phrase", event.phrases
    yield "verb", event.verbs
    yield "noun", event.nouns


def _side(place: _Place, parse: Parse, given: Sequence[Argument], acting: bool) -> Floats:
    """Log-probabilities over "unsaid" and the parties of the unit."""
    unit = place.unit
    scores = np.full(1 + len(unit.parties), _ELSEWHERE, np.float32)
    scores[0] = _UNSAID
    for argument in given:
        reached = list(parties_in(unit, parse, argument))
        if not reached and acting and _stands_for(argument.head):
            reached = [(party, 0) for party in _before(unit, place.sentence)]
            argument = Argument(argument.head, False)
        for party, steps in reached:
            score = (_PLAIN if argument.plain else _SUPPOSED) - _STEP * steps
            score -= 0.0 if unit.parties[party].known else _STEP
            scores[party + 1] = max(scores[party + 1], score)
    return log_softmax(scores)


def _stands_for(head: Token) -> bool:
    """True for a pronoun, or an organ of a state that is named elsewhere ("the ministry")."""
    word = head.lower_
    return word in word_set("pronouns") | word_set("state_organs") | {"it", "country"}


def _before(unit: Unit, sentence: Span) -> list[int]:
    """The first state or body of the nearest sentence before that names one."""
    earlier = [
        (span.begin, index)
        for index, party in enumerate(unit.parties)
        for span in party.spans
        if party.known and span.begin < sentence.begin
    ]
    if not earlier:
        return []
    last = max(unit.sentence_at(begin) for begin, _ in earlier)
    return [min((b, i) for b, i in earlier if unit.sentence_at(b) == last)[1]]


def _count(unit: Unit, parse: Parse, event: EventType, thing: Token | None) -> Floats:
    """The number that stands at the thing counted; a plural of it without one is open, a single one is one."""
    scores = np.full(SPECIAL + len(unit.quantities), -_FLAT, np.float32)
    scores[_counted(unit, parse, event, thing)] = _FLAT
    return log_softmax(scores)


def _counted(unit: Unit, parse: Parse, event: EventType, thing: Token | None) -> int:
    if not event.counts or thing is None:
        return 0
    named = set(re.findall(r"\w+", event.counts.lower()))
    of = (t for c in thing.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    for noun in (thing, *of):
        for index, quantity in enumerate(unit.quantities):
            steps = [steps_below(token, noun) for token in parse.tokens(quantity.span)]
            if any(n is not None and n <= _NUMBER_STEPS for n in steps):
                return SPECIAL + index
        if {noun.lower_, noun.lemma_.lower(), f"{noun.lemma_.lower()}s"} & named:
            return 1 if noun.tag_ in ("NNS", "NNPS") else 2
    return 0


def _time(unit: Unit, sentence: Span, trigger: Span, realis: Realis | None) -> Floats:
    """The time nearest to the trigger in its sentence; else the days before publication, or none for what is no act."""
    scores = np.full(SPECIAL + len(unit.times), -_FLAT, np.float32)
    here = [
        (abs(time.span.begin - trigger.begin), index)
        for index, time in enumerate(unit.times)
        if sentence.covers(time.span) and time.when is not None
    ]
    unsaid = {Realis.PLANNED: 2, Realis.HABITUAL: 0, Realis.HYPOTHETICAL: 0}
    best = SPECIAL + min(here)[1] if here else 1 if realis is None else unsaid.get(realis, 1)
    scores[best] = _FLAT
    return log_softmax(scores)


@cache
def _classes() -> Floats:
    """Told as a fact, actual, no background, one event: what is more is read from the words around it."""
    logits = np.zeros(sum(CLASSES.values()), np.float32)
    for name in ("factuality", "realis", "background", "scope"):
        logits[class_slice(name).start] = _FLAT
    assert REALIS[0] == "actual"  # noqa: S101
    return logits
