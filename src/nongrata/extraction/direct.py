"""Direct speech by its shape alone: a quotation, a word of saying, and who stands beside it.

"...," said X. · "...," X said. · X said: "..." · "..." - X · X: "...". What no shape fits is left to the tagger.
"""

from __future__ import annotations

import re
from functools import cache

from nongrata.extraction.labelled import holds_office
from nongrata.extraction.speech import SPEECH, Attribution
from nongrata.language.quotations import Quotation
from nongrata.model import Span
from nongrata.reading.labels import furniture_labels
from nongrata.vocabulary.factuality import cues
from nongrata.vocabulary.words import word_set

_TAIL = 160
_SOURCE_WORDS = 14
_BREAK = re.compile(
    r"[,;:.!?\n—–]|\s(?:in|on|at|during|after|before|as|when|while|from|about|with|to|of the \w+day|and|but|who|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|later|last|this|that)\b"
)
_COLON = re.compile(
    r"(?:^|(?<=\n)|[.!?;][\"”’']*\s+)(?:\d\d[:.]\d\d\s+)?(?P<who>[^\W\d_][^.:;!?\"“”\n]{2,80}):\s*$", re.MULTILINE
)
_DOES = re.compile(
    r",?\s(?:is|was|are|were|has|had|will|would|on|before|to|after|\w+ed|TOLD|told|shook|wants|goes|went)\s|,\s(?=[a-z])"
)
"""Where the name before a colon ends and what its bearer does begins ("Bo Tern is careful:")."""
_DASH = re.compile(r"\s*(?P<cue>[-–—―]{1,2})\s*(?P<source>[A-ZÀ-Ž][^\n,.;:\"“”()]{2,60})(?=[,\n.]|$)")


def shaped(text: str, quotation: Quotation) -> Attribution | None:
    """The attribution that the words next to a quotation spell out; None when they do not."""
    span = quotation.span
    if span.end - span.begin < SPEECH:
        return None
    return _after(text, span) or _before(text, span) or _after_colon(text, span) or _dashed(text, span)


def _after(text: str, span: Span) -> Attribution | None:
    line = text.find("\n", span.end)
    stop = min(len(text) if line < 0 else line, span.end + _TAIL)
    tail = text[span.end : stop]
    lead = re.match(r"[,\s]*", tail)
    at = lead.end() if lead else 0
    verb = _verb().search(tail, at)
    if verb is None or re.search(r"[.!?;:\n]\s|[\"“”]", tail[at : verb.start()]):
        return None
    between = tail[at : verb.start()].strip(" ,")
    if between:
        if len(between.split()) > _SOURCE_WORDS or not _person(between):
            return None
        begin = span.end + tail.index(between, at)
        source = Span(begin, begin + len(between))
    else:
        found = _name_after(tail, verb.end())
        if found is None:
            return None
        source = found.shifted(span.end)
    cue = Span(span.end + verb.start(), span.end + verb.end())
    return Attribution((source,), (cue,), (span,), 0.9)


def _before(text: str, span: Span) -> Attribution | None:
    start = max(text.rfind("\n", 0, span.begin) + 1, span.begin - _TAIL)
    head = text[start : span.begin]
    cut = max((m.end() for m in re.finditer(r"[.!?][\"”’']*\s+(?=[A-ZÀ-Ž\"“])", head)), default=0)
    matches = list(_verb().finditer(head, cut))
    if not matches:
        return None
    verb = matches[-1]
    rest = head[verb.end() :]
    if len(rest.split()) > 8 or re.search(r"[\"“”]", rest) or not re.search(r"(?:[:,]|^|\bthat)\s*$", rest):
        return None
    words = head[cut : verb.start()]
    before = re.sub(
        r"^(?:In|On|At|But|And|Still|Then|Later|Earlier)\b[^,]{0,60},\s*|^(?:But|And)\s+", "", words.strip()
    )
    before = re.sub(
        r"(?:\s+(?:also|then|later|has|have|had|once|further|recently|simply|even|only))+$", "", before.strip(" ,")
    )
    if not before or len(before.split()) > _SOURCE_WORDS or not _person(before):
        return None
    begin = start + head.index(before, cut)
    cue = Span(start + verb.start(), start + verb.end())
    return Attribution((Span(begin, begin + len(before)),), (cue,), (span,), 0.8)


def _after_colon(text: str, span: Span) -> Attribution | None:
    """Of 'The port authority: "No ship left."': who is named before the colon, from the beginning of the sentence."""
    start = max(text.rfind("\n", 0, span.begin) + 1, span.begin - _TAIL)
    match = _COLON.search(text, start, span.begin)
    if match is None:
        return None
    who = _DOES.split(match["who"])[0]
    capitals = [word for word in who.split() if word[0].isupper()]
    if not holds_office(who) and not (len(capitals) > 1 and all(w in word_set("titles") for w in _lower(who))):
        return None
    if len(who.split()) > _SOURCE_WORDS or furniture_labels().at_opening(f"{who}: ") is not None:
        return None
    source = Span(match.start("who"), match.start("who") + len(who))
    return Attribution((source,), (Span(match.end("who"), match.end("who") + 1),), (span,), 0.8)


def _lower(words: str) -> list[str]:
    """The words in lower case that are no small words of a name."""
    return [w for w in words.split() if w[0].islower() and w not in word_set("name_connectors")]


def _dashed(text: str, span: Span) -> Attribution | None:
    match = _DASH.match(text, span.end)
    if match is None:
        return None
    cue = Span(*match.span("cue"))
    return Attribution((Span(*match.span("source")),), (cue,), (span,), 0.7)


def _person(words: str) -> bool:
    """True for words that can name a speaker: a pronoun, a name, or a noun under an article."""
    first = words.split()[0]
    return (
        words.casefold() in word_set("pronouns")
        or first[0].isupper()
        or first.casefold() in {"the", "a", "an", "one", "another", "his", "her", "their", "its", "my", "our", "some"}
    )


def _name_after(tail: str, at: int) -> Span | None:
    begin = at + len(tail[at:]) - len(tail[at:].lstrip())
    stop = _BREAK.search(tail, begin)
    end = stop.start() if stop else len(tail)
    words = tail[begin:end]
    if not words.strip() or len(words.split()) > _SOURCE_WORDS:
        return None
    # "said harbour master Bo Tern": an office without an article, before a name.
    return Span(begin, end) if _person(words) or words.split()[-1][0].isupper() else None


@cache
def _verb() -> re.Pattern[str]:
    forms = sorted(
        (form for form, cue in cues().items() if "quote" in cue.takes and not cue.noun and " " not in form),
        key=len,
        reverse=True,
    )
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\b(?:\s+reporters)?")
