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
_SAID = re.compile(r"[\"“”]|\bthat\b")
_CALLS = re.compile(r"\bcall(?:s|ed|ing)?\b")
_FOR = re.compile(r"\S for \w+ing\b")
_NO_COMMENT = re.compile(r"(?:\bto|\bnot|n['’]t) comment\b")
_ORDERED = re.compile(r"(?:(?!that\b)[^\s,;\"“”]+ ){0,6}?(?:not )?to [a-z]+\b", re.IGNORECASE)
_AS_SAYING = re.compile(r"\bas \w+ing\b")
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
        and not is_occasion(text[a.cue[-1].end : max(a.cue[-1].end, trigger.begin)])
    ]
    # Equal contents are told apart by nearness to the trigger.
    found.sort(key=lambda a: (sum(map(len, a.content)), abs(a.cue[0].begin - middle)))
    # What "shows" or "suggests" within somebody's words is his argument and no voice of its own.
    return [a for a in found[:-1] if not _is_evidence(text, a)] + found[-1:]


def is_nobodys(text: str, attributions: Sequence[Attribution], trigger: Span) -> bool:
    """True for what is added of somebody whom nobody named accuses (", which was accused of lying")."""
    middle = (trigger.begin + trigger.end) // 2
    return any(
        not a.source
        and a.content[0].of(text).casefold() in ("which", "who")
        and told_as(text, a)
        and any(s.begin <= middle < s.end for s in (*a.content, *a.cue))
        for a in attributions
    )


def _is_evidence(text: str, attribution: Attribution) -> bool:
    lemmas = {cue.lemma for cue in _cues(_cue_text(text, attribution))}
    return bool(lemmas) and lemmas <= word_set("evidence")


def told_as(text: str, attribution: Attribution) -> Factuality | None:
    """What an accusation or a belief makes of its content (codebook, section 5); None for flat statements."""
    given = [cue.factuality for cue in _cues(_cue_text(text, attribution)) if cue.group in ("charged", "held")]
    return given[-1] if given else None


_OCCASION = re.compile(r"(?:^|\s)(?:after|following|amid|while|in response to|in retaliation for)\s")

_ANSWERED = re.compile(r"\b(?:in response to|in retaliation for|despite)\s+(?:[^\s,;:]+\s+){0,4}$")


def is_occasion(between: str) -> bool:
    """True when words open what the reporter adds ("X accuses Y of lying after" ... "Z expelled two")."""
    return bool(_ANSWERED.search(between)) or (bool(_OCCASION.search(between)) and not _SAID.search(between))


def is_telling(text: str, attribution: Attribution) -> bool:
    """True when the cue gives what somebody says, holds or finds, not what he wants or does."""
    words = _cue_text(text, attribution)
    lemmas = {cue.lemma for cue in _cues(words)}
    if _NO_COMMENT.search(words):
        return False
    content = " ".join(span.of(text) for span in attribution.content)
    if lemmas == {"tell"} and _ORDERED.match(content):
        return False
    if _OTHER.search(words) or _calls_it(words) or lemmas - word_set("acts_of_speech"):
        return True
    if not lemmas and content.startswith("that "):
        # "ruled that", "informed him that": any verb that takes such a clause tells it.
        return True
    if lemmas & word_set("quoting"):
        return bool(_AS_SAYING.search(content)) or (words == "citing" and not _can_be_cited(content))
    if lemmas & word_set("verdicts"):
        return bool(_FOR.search(content))
    return bool(lemmas & word_set("linking")) and bool(_LINKED.search(content))


def _can_be_cited(words: str) -> bool:
    """True for who or what has words of its own; what else is cited is a reason ("citing security concerns")."""
    speakers = word_set("officials") | word_set("speaking_papers") | word_set("no_voices")
    said = re.findall(r"[\w'’]+", words)
    if not said or any(word.casefold() in speakers for word in said) or said[-1].casefold() in word_set("state_organs"):
        return True
    return all(word[0].isupper() for word in said)


def is_verdict(text: str, attribution: Attribution) -> bool:
    """True when the cue judges what others did ("condemned the decision to"), and does not tell of it."""
    lemmas = {cue.lemma for cue in _cues(_cue_text(text, attribution))}
    return bool(lemmas & word_set("verdicts")) and not is_telling(text, attribution)


def _is_stand(text: str, attribution: Attribution) -> bool:
    """True when a cue that is the trigger itself gives what somebody holds ("denies", "calls it sabotage")."""
    words = _cue_text(text, attribution)
    return _calls_it(words) or any(cue.lemma not in word_set("acts_told") for cue in _cues(words))


def _calls_it(words: str) -> bool:
    """True for a cue that calls something by a name; "calls for" and "calls on" demand."""
    return bool(_CALLS.search(words)) and not re.search(r"\b(?:for|on|upon)\b", words)


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
