"""Voices that pass on others: whom a source cites, and the outlet that somebody spoke to."""

from __future__ import annotations

import re
from functools import cache

from nongrata.extraction.report_names import Names
from nongrata.extraction.speech import Attribution
from nongrata.extraction.voices import voice_at
from nongrata.language.outlets import find_outlets
from nongrata.model import Span, Voice
from nongrata.vocabulary.words import alternation

_CITING = re.compile(
    r"[,;]?\s*\b(?P<how>citing|quoting|with reference to|referring to|attributing it to)\s+(?P<who>[^,.;:\n]{3,90})",
    re.IGNORECASE,
)


def cited_by(names: Names, attribution: Attribution) -> tuple[Voice, Span] | None:
    """Whom a source cites in the same breath ("Reuters reported, citing two officials")."""
    text = names.report.text
    begin = max([attribution.cue[-1].end, *(s.end for s in attribution.source)])
    match = _CITING.match(text, begin)
    if match is None:
        return None
    span = Span(*match.span("who"))
    if match.group("how").casefold() == "referring to" and not _can_be_cited(span.of(text)):
        # "referring to the fire" tells what was meant, not who was quoted.
        return None
    voice = voice_at(names, span)
    return (voice, span) if voice is not None else None


def _can_be_cited(words: str) -> bool:
    return any(m.known for m in find_outlets(words)) or bool(_citable().search(words))


@cache
def _citable() -> re.Pattern[str]:
    return re.compile(rf"\b(?:sources?|{alternation('state_organs', 'officials', 'speaking_papers')})\b", re.IGNORECASE)


_TOLD = re.compile(
    r"\s*(?:told|tell|tells|telling|to|with|on|by|in|for)\s+(?:the\s+)?"
    r"(?:(?:air|ether|broadcast|programme|program|pages|columns|studio)\s+of\s+(?:the\s+)?)?(?:\w+\s+){0,3}?$",
    re.IGNORECASE,
)
_NEAR = 70
_MEDIA = re.compile(
    r"\b(?:told|tells|telling|in|on|to)\s+"
    r"(?P<who>[A-ZÀ-Ž]\w+ (?:(?:state|public|local|national) )?(?:media|television|radio))\b"
)
"""A state's press with no outlet named ("told Norran state media")."""


def outlet_told(text: str, attribution: Attribution) -> tuple[Voice, Span] | None:
    """The outlet that a source spoke to ("told Radio Norra that", "said in an interview with the Lantern")."""
    cue = attribution.cue[-1]
    stop = min(len(text), cue.end + _NEAR)
    following = [s.begin for s in attribution.content if s.begin >= cue.end]
    stop = min([stop, *following])
    window = text[cue.begin : stop]
    window = re.split(r"(?<=[\w”\"])[.!?;]\s|\n", window)[0]
    for mention in find_outlets(window):
        lead = window[: mention.span.begin]
        if mention.span.begin >= cue.end - cue.begin - len(cue.of(text)) and _TOLD.search(lead):
            return Voice(mention.name), mention.span.shifted(cue.begin)
    media = _MEDIA.search(window)
    if media is None:
        return None
    return Voice(media["who"]), Span(*media.span("who")).shifted(cue.begin)
