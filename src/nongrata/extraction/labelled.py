"""Speech by layout: a name before a colon or after a dash, in headlines and in the lines of an interview.

"Minister: ten envoys sent home" · "Ten envoys sent home – minister" · "LINDQVIST: Nobody asked me."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from nongrata.extraction.speech import Attribution
from nongrata.model import Span
from nongrata.reading.labels import furniture_labels
from nongrata.vocabulary.words import alternation, word_set

_COLON = re.compile(r"(?P<who>[^\W\d_][\w.’'&-]*(?:[ \xa0][^\W_][\w.’'&-]*){0,5}):[ \xa0]+(?=\S)")
_DASH = re.compile(r"(?P<cue>[-–—―])\s+(?P<who>[^\W\d_][\w .’'&-]{2,50})[.]?$")
_OWNED = re.compile(r"(?:day|week|month|year)['’]s ", re.IGNORECASE)
_LEAST = 15
_HEADLINE = 160
_TURNS = 2


def labelled(text: str, paragraphs: Sequence[Span], whole: Sequence[Span]) -> Iterator[Attribution]:
    """The attributions that the layout of a text gives; ``whole`` are those of its ``paragraphs`` that are read."""
    before_colon = [(span, _COLON.match(text, span.begin, span.end)) for span in paragraphs]
    turns = Counter(_surname(match["who"]) for _, match in before_colon if match)
    read = set(whole)
    for at, (span, match) in enumerate(before_colon):
        if span not in read:
            continue
        is_head = at == 0 and len(span) <= _HEADLINE
        if match and (_is_turn(match["who"], turns) or (is_head and _speaks(match["who"]))):
            yield _attribution(match.span("who"), (match.end("who"), match.end("who") + 1), (match.end(), span.end))
        elif is_head and (dash := _DASH.search(text, span.begin + _LEAST, span.end)) and holds_office(dash["who"]):
            yield _attribution(dash.span("who"), dash.span("cue"), (span.begin, len(text[: dash.start()].rstrip())))


def _attribution(source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    return Attribution((Span(*source),), (Span(*cue),), (Span(*content),), 0.8)


def _is_turn(who: str, turns: Counter[str]) -> bool:
    """True for the name of one who speaks in turns: written in capitals, or more than once before a colon."""
    words = who.split()
    named = all(word[0].isupper() or word in word_set("name_connectors") for word in words)
    shouted = who.isupper() and len(who) > _TURNS
    return named and not _is_label(who) and (shouted or turns[_surname(who)] >= _TURNS)


def _surname(who: str) -> str:
    """What a speaker is called every time ("Ambassador Bo Tern", "Ambassador Tern")."""
    return who.split()[-1].casefold()


def _speaks(who: str) -> bool:
    """True for what stands before a headline's colon and speaks: a name of two words or more, an office, a document."""
    words = who.split()
    if _is_label(who) or not words[0][0].isupper() or _OWNED.search(who):
        return False
    return holds_office(who) or (len(words) > 1 and all(word[0].isupper() for word in words))


def holds_office(who: str) -> bool:
    """True when a word of some names an office, a body or a document that can speak."""
    return bool(_office().search(who))


def _is_label(who: str) -> bool:
    return furniture_labels().at_opening(f"{who}: ") is not None


@cache
def _office() -> re.Pattern[str]:
    words = alternation("titles", "state_organs", "officials", "organisations", "speaking_papers")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
