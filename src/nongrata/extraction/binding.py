"""Which attributions a claim stands in: the sources that answer for it, the innermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nongrata.extraction.speech import Attribution
from nongrata.model import Factuality, Span
from nongrata.vocabulary.factuality import Cue, cues
from nongrata.vocabulary.words import word_set

_WORD = re.compile(r"[\w'’]+")
_LINKED = re.compile(r"\b(?:to|as|with)\b")
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
        and any(span.begin <= middle < span.end for span in (*a.content, *(a.cue if _is_stand(text, a) else ())))
        and is_telling(text, a)
        and (not any(span.overlaps(trigger) for span in a.cue) or _is_stand(text, a))
        and not _is_occasion(text, a, trigger)
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


_OCCASION = re.compile(r"(?:^|\s)(?:after|following|amid|while|as part of|in response to|in retaliation for)\s")


def _is_occasion(text: str, attribution: Attribution, trigger: Span) -> bool:
    """True for a trigger in what the reporter adds of the occasion ("X accuses Y of lying after Z expelled two")."""
    if attribution.cue[-1].end > trigger.begin:
        return False
    between = text[attribution.cue[-1].end : trigger.begin]
    return bool(_OCCASION.search(between)) and not re.search(r"[\"“”]|\bthat\b", between)


def is_telling(text: str, attribution: Attribution) -> bool:
    """True when the cue gives what somebody says, holds or finds, not what he wants or does."""
    words = _cue_text(text, attribution)
    if _OTHER.search(words) or any(cue.lemma not in word_set("acts_of_speech") for cue in _cues(words)):
        return True
    content = " ".join(span.of(text) for span in attribution.content)
    return any(cue.lemma in word_set("linking") for cue in _cues(words)) and bool(_LINKED.search(content))


def is_verdict(text: str, attribution: Attribution) -> bool:
    """True when the cue judges what others did ("condemned the decision to"), and does not tell of it."""
    return any(cue.lemma in word_set("verdicts") for cue in _cues(_cue_text(text, attribution)))


def _is_stand(text: str, attribution: Attribution) -> bool:
    return any(cue.lemma not in word_set("acts_told") for cue in _cues(_cue_text(text, attribution)))


def gives_words(words: str) -> bool:
    """True when a verb among some words gives what somebody holds ("denied", "linked to"), and is no act of its own."""
    return any(cue.lemma not in word_set("acts_told") for cue in _cues(words.casefold()) if not cue.noun)


def _cues(words: str) -> list[Cue]:
    return [cues()[word] for word in _WORD.findall(words) if word in cues()]


def _cue_text(text: str, attribution: Attribution) -> str:
    return " ".join(span.of(text) for span in attribution.cue).casefold()


@cache
def _cue() -> re.Pattern[str]:
    forms = sorted(cues(), key=len, reverse=True)
    return re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r"|according to|citing|quoting|per)(?!\w)|[:\"“”„«]",
        re.IGNORECASE,
    )


def has_cue(sentence: str) -> bool:
    """True when a word or mark of the sentence can give somebody's words; nobody speaks in a sentence without one."""
    return bool(_cue().search(sentence))
