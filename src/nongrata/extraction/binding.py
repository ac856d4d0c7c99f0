"""Which attributions a claim stands in: the sources that answer for it, the innermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nongrata.extraction.speech import Attribution
from nongrata.model import Factuality, Span
from nongrata.vocabulary.factuality import Cue, cues
from nongrata.vocabulary.words import word_set

_WORD = re.compile(r"[\w'’]+")
_OTHER = re.compile(r"according|per\b|:|[-–—―]")


def holding(text: str, attributions: Sequence[Attribution], trigger: Span) -> list[Attribution]:
    """The attributions with a telling cue whose content holds a trigger, from the innermost outwards.

    A cue that is the trigger itself tells of an act ("charges five officers", "recalls its envoy") and is no voice,
    unless it denies or accuses.
    """
    middle = (trigger.begin + trigger.end) // 2
    found = [
        a
        for a in attributions
        if a.source
        and any(span.begin <= middle < span.end for span in a.content)
        and is_telling(text, a)
        and (not any(span.overlaps(trigger) for span in a.cue) or _is_stand(text, a))
    ]
    # Equal contents are told apart by nearness to the trigger.
    found.sort(key=lambda a: (sum(map(len, a.content)), abs(a.cue[0].begin - middle)))
    # What "shows" or "suggests" within somebody's words is his argument and no voice of its own.
    return [a for a in found[:-1] if not _is_evidence(text, a)] + found[-1:]


def _is_evidence(text: str, attribution: Attribution) -> bool:
    lemmas = {cue.lemma for cue in _cues(_cue_text(text, attribution))}
    return bool(lemmas) and lemmas <= word_set("evidence")


def told_as(text: str, attribution: Attribution) -> Factuality | None:
    """What an accusation or a belief makes of its content (codebook, section 5); None for flat statements."""
    given = [cue.factuality for cue in _cues(_cue_text(text, attribution)) if cue.group in ("charged", "held")]
    return given[-1] if given else None


def is_telling(text: str, attribution: Attribution) -> bool:
    """True when the cue gives what somebody says, holds or finds, not what he wants or does."""
    words = _cue_text(text, attribution)
    return bool(_OTHER.search(words)) or any(cue.lemma not in word_set("acts_of_speech") for cue in _cues(words))


def _is_stand(text: str, attribution: Attribution) -> bool:
    return any(cue.lemma not in word_set("acts_told") for cue in _cues(_cue_text(text, attribution)))


def gives_words(words: str) -> bool:
    """True when a verb among some words gives what somebody holds ("denied", "linked to"), and is no act of its own."""
    return any(cue.lemma not in word_set("acts_told") for cue in _cues(words.casefold()) if not cue.noun)


def _cues(words: str) -> list[Cue]:
    return [cues()[word] for word in _WORD.findall(words) if word in cues()]


def _cue_text(text: str, attribution: Attribution) -> str:
    return " ".join(span.of(text) for span in attribution.cue).casefold()
