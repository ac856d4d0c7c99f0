"""Structural evidence for parties: what the shape of the sentence says of who did it to whom.

The network gives every candidate a score; this module names, for each candidate, the shapes that it stands in (before
the trigger and nothing nearer, "spying for X", "X accuses", "X diplomats"). What a shape is worth is data
(``weights/evidence.json``, fitted by :mod:`training.evidence`); it never knows which state it weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nongrata.extraction.parties import Party
from nongrata.extraction.units import Unit
from nongrata.language.gate import gate
from nongrata.language.wordspan import whole_words
from nongrata.model import Span
from nongrata.vocabulary.words import alternation

SHAPES = (
    "same_sentence",  # stands in the trigger's sentence
    "sentences_away",  # how far away else: thirds of three sentences
    "nearest_before",  # the last party before the trigger
    "nearest_after",  # the first one after it
    "passive_after",  # after a trigger in the passive
    "active_after",  # after a trigger in the active
    "clause",  # no clause ends between the two
    "object",  # "expulsion of three X diplomats"
    "for_whom",  # "spying for X"
    "accuser",  # "X accused ... of" the trigger
    "officials",  # "X diplomats"
    "posted_to",  # "ambassador to X"
    "subject",  # "X's foreign ministry has" the trigger, in the active
    "in_place",  # "in X"
    "first",  # the first party of the unit
    "mentions",  # how often it stands in the unit: quarters of four times
    "name",  # a name that no table knows
    "body",  # a body, agency or group
)
"""The shapes by name, in the order of the evidence's columns."""

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|gets?|got|had)\s+(?:(?:\w+ly|also|later)\s+)?$", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[;:]|,\s(?=(?:and|but|while|after|as|because|when)\b)|\b(?:after|while|because|but|that|when|since|amid|before)\b"
)
_OF = re.compile(
    r"\s*(?:of|against|on|at|in|into|targeting|to|from|over|for)\s+(?:[\w'’.,%-]+\s+){0,5}?[\"“(]?", re.IGNORECASE
)
_FOR = re.compile(
    r"\b(?:for|to|on behalf of|at the behest of|passed to|linked to|backed by)\s+(?:[\w'’-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_ACCUSES = re.compile(
    r"\s*(?:['’]s\s+)?(?:[\w'’.-]+\s+){0,6}?"
    r"(?:accus|blam|alleg|says|said|suspect|den(?:y|ies|ied)|reject|announc|report|claim|believ)\w*\b"
)
_IN = re.compile(r"\b(?:in|at|near|off|outside|inside|from)\s+(?:the\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE)


@cache
def _their_officials() -> re.Pattern[str]:
    posts = alternation("officials")
    return re.compile(rf"(?:['’]s?)?(?:\s+[\w'’.-]+){{0,2}}?\s+(?:{posts})\b", re.IGNORECASE)


@cache
def _posted_to() -> re.Pattern[str]:
    """Envoys to or in a place; "from" it only when whose they are is said ("its envoys from"); else they are its."""
    posts = alternation("officials")
    whose = rf"(?:\b(?:its|their|his|her|our|whose)|['’]s?|\b[A-Z]\w+)\s+(?:[a-z-]+\s+){{0,2}}(?i:{posts})\s+from"
    return re.compile(rf"(?:\b(?i:{posts})\s+(?i:to|in|at)|{whose})\s+(?:the\s+)?(?:\w+\s+)?$")


@cache
def _officials_from() -> re.Pattern[str]:
    posts = alternation("officials")
    return re.compile(rf"\b(?:{posts})\s+from\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)


@cache
def _up_to_its_verb() -> re.Pattern[str]:
    """What may stand between a subject and its verb: whose organ or officer it is, their name, helping verbs."""
    organs = alternation("state_organs", "titles", "organisations")
    return re.compile(
        rf"(?:['’]s?)?(?:\s+(?:(?i:{organs})|[A-Z][\w'’.-]*|of|for)){{0,6}}"
        r"(?:\s+(?:has|have|had|will|would|may|could|also|then|later|\w+ly))*\s+"
    )


def head_of(unit: Unit, kind: str, tokens: Sequence[int]) -> Span:
    """The words that carry a trigger's act: those with a stem of its type, else all of it."""
    text = unit.report.text
    trigger = unit.span_of(tokens)
    sentence = unit.sentence_of(trigger)
    for hit in gate().hits(sentence.of(text)):
        span = hit.span.shifted(sentence.begin)
        if kind in hit.types and trigger.covers(span):
            return whole_words(text, span)
    return trigger


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Where a trigger's act stands, whether in the passive, and the parties next to it."""

    head: Span
    sentence: Span
    index: int
    passive: bool
    before: Span | None
    after: Span | None

    @classmethod
    def of(cls, unit: Unit, kind: str, tokens: Sequence[int]) -> _Trigger:
        head = head_of(unit, kind, tokens)
        index = unit.sentence_at(head.begin)
        sentence = unit.sentences[index]
        passive = bool(_PASSIVE.search(unit.report.text[sentence.begin : head.begin]))
        spans = [s for p in unit.parties for s in p.spans if sentence.begin <= s.begin < sentence.end]
        before = max((s for s in spans if s.end <= head.begin), key=lambda s: s.end, default=None)
        after = min((s for s in spans if s.begin >= head.end), key=lambda s: s.begin, default=None)
        return cls(head, sentence, index, passive, before, after)


def shapes(unit: Unit, kind: str, tokens: Sequence[int]) -> list[dict[str, float]]:
    """The shapes of each party of the unit beside a trigger, as shares (1 = it stands so)."""
    trigger = _Trigger.of(unit, kind, tokens)
    first = min((party.spans[0].begin for party in unit.parties), default=-1)
    return [_of_party(unit, party, trigger) | {"first": float(party.spans[0].begin == first)} for party in unit.parties]


def _of_party(unit: Unit, party: Party, trigger: _Trigger) -> dict[str, float]:
    text, sentence = unit.report.text, trigger.sentence
    away = min(abs(unit.sentence_at(span.begin) - trigger.index) for span in party.spans)
    found = {"sentences_away": min(away, 3) / 3, "mentions": min(len(party.spans), 4) / 4}
    for span in party.spans:
        if sentence.begin <= span.begin < sentence.end:
            found |= dict.fromkeys(("same_sentence", *_at(text, span, trigger), *_around(text, span, sentence)), 1.0)
    if not party.known:
        found["name"] = 1.0
    elif party.kind in ("body", "agency", "group"):
        found["body"] = 1.0
    return found


def _at(text: str, span: Span, trigger: _Trigger) -> Iterator[str]:
    """How a mention stands to its trigger."""
    head = trigger.head
    if span.end <= head.begin:
        between = text[span.end : head.begin]
        if span == trigger.before:
            yield "nearest_before"
        if _ACCUSES.match(between):
            yield "accuser"
        if not trigger.passive and _up_to_its_verb().fullmatch(between):
            yield "subject"
    elif span.begin >= head.end:
        between = text[head.end : span.begin]
        yield "passive_after" if trigger.passive else "active_after"
        if span == trigger.after:
            yield "nearest_after"
        if _OF.fullmatch(between):
            yield "object"
        if _FOR.search(between):
            yield "for_whom"
    else:
        return
    if not _CLAUSE.search(between):
        yield "clause"


def _around(text: str, span: Span, sentence: Span) -> Iterator[str]:
    """What stands around a mention, whatever the trigger."""
    left = text[sentence.begin : span.begin]
    if _their_officials().match(text, span.end, sentence.end):
        yield "officials"
    if _posted_to().search(left):
        yield "posted_to"
    elif _officials_from().search(left):
        yield "officials"
    elif _IN.search(left):
        yield "in_place"
