"""Types that tell of one scene: an envoy sent away and an envoy called home, told apart by whose envoy it is.

The tagger often divides its belief in a diplomatic measure between ``expulsion`` and ``protest``. Together they say
that there is a measure; which one it is, the words beside the trigger say better: a host closes another state's
consulate or declares its envoys unwelcome, a protesting state recalls its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from nongrata.extraction.confidence import SISTERS
from nongrata.extraction.scoring import Scored
from nongrata.extraction.structure import head_of
from nongrata.language.gate import gate
from nongrata.model import Span
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.words import alternation

_REACH = 60
_CLOSING = re.compile(r"\b(?:clos(?:e|es|ed|ing|ure)|shut(?:s|ting)?)\b", re.IGNORECASE)


def settled(scored: Sequence[Scored]) -> list[Scored]:
    """The triggers with sisters at the same words made one, and those that the words show to be a sister retyped."""
    kept: list[Scored] = []
    heads: list[Span] = []
    for one in sorted(scored, key=lambda s: -s.found):
        head = head_of(one.unit, one.type, one.tokens)
        told = _told(one)
        mate = next((i for i, other in enumerate(kept) if _are_one(one, other) and head.overlaps(heads[i])), None)
        if mate is None:
            kept.append(one if told is None else replace(one, type=told))
            heads.append(head)
            continue
        other = kept[mate]
        winner = one if told == one.type == other.type else other
        kept[mate] = replace(winner, found=1 - (1 - one.found) * (1 - other.found))
    return kept


def _are_one(one: Scored, other: Scored) -> bool:
    return one.unit is other.unit and one.type in SISTERS and other.type in SISTERS


def _told(scored: Scored) -> str | None:
    """The type that the words around a diplomatic measure show; None when they leave it open."""
    if scored.type not in SISTERS:
        return None
    unit = scored.unit
    text = unit.report.text
    trigger = scored.trigger
    sentence = unit.sentence_of(trigger)
    words = text[trigger.begin : min(sentence.end, trigger.end + _REACH)]
    if any(hit.stem in event_types()["expulsion"].phrases for hit in gate().hits(words) if hit.span.begin < _REACH):
        return "expulsion"
    if not _CLOSING.search(trigger.of(text)):
        return None
    if _own().search(words):
        return "protest"
    foreign = any(
        trigger.begin <= span.begin < sentence.end and _posts_next().match(text, span.end)
        for party in unit.parties
        if party.known
        for span in party.spans
    )
    return "expulsion" if foreign else None


@cache
def _posts_next() -> re.Pattern[str]:
    posts = alternation("officials")
    return re.compile(rf"(?:['’]s?)?(?:\s+\w+)?\s+(?:{posts})\b", re.IGNORECASE)


@cache
def _own() -> re.Pattern[str]:
    posts = alternation("officials")
    return re.compile(rf"\b(?:its|their|his|her|our)\s+(?:own\s+)?(?:\w+\s+)?(?:{posts})\b", re.IGNORECASE)
