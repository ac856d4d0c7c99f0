"""Who a stretch of text names: without titles, in the fullest form, pronouns and offices resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nongrata.extraction.parties import without_titles
from nongrata.extraction.report_names import Names
from nongrata.language.names import MentionKind, find_mentions
from nongrata.language.outlets import find_outlets
from nongrata.model import Span, Voice
from nongrata.reading.labels import furniture_labels
from nongrata.vocabulary.outlets import outlets
from nongrata.vocabulary.states import states
from nongrata.vocabulary.words import word_set

_EDGE = " \t\n,.;:\"“”'’()[]–—-"
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|one of)\s+", re.IGNORECASE)
_SOURCES = re.compile(
    r"(?:(?:new|other|some|several|multiple|two|three|four|various|many|unnamed|anonymous|unidentified)\s+)+sources",
    re.IGNORECASE,
)
_OUR = re.compile(r"^(?:our|my|the country['’]s)\s+", re.IGNORECASE)


def voice_at(names: Names, span: Span, speaker_state: str | None = None) -> Voice | None:
    """The voice that a stretch of text names; None when the stretch names nobody ("sources", a stray word).

    ``speaker_state`` is the state of whoever says "our".
    """
    text = names.report.text
    span = _without_apposition(text, span)
    raw = " ".join(span.of(text).split()).strip(_EDGE)
    raw = re.sub(r"^s\s+|['’]s?$", "", raw)
    if raw == "who" and (before := _antecedent(names, span)) is not None:
        return voice_at(names, before, speaker_state)
    raw = _SAID_WHEN.sub("", raw)
    if raw.casefold() in _states_meant() and (named := names.state_before(span.begin)) is not None:
        return Voice(named.text, None, named.code)
    if raw[:4].casefold() == "the " and raw[4:].casefold() in word_set("speaking_papers"):
        return _noun_meant(names, span, raw[4:])
    if raw.casefold() == "it":
        return _body_meant(names, span)
    if _names_nobody(text, span, raw):
        return None
    if raw.casefold() in word_set("pronouns"):
        return _person_meant(names, span, raw)
    ours = _OUR.sub("", raw)
    if ours != raw:
        state = states().get(speaker_state) if speaker_state else None
        adjective = f"{state.adjectives[0]} " if state and state.adjectives else ""
        return Voice(adjective + ours, None, speaker_state)
    return _named(names, span, raw)


@cache
def _states_meant() -> frozenset[str]:
    return frozenset(f"the {noun}" for noun in word_set("states_meant"))


def _names_nobody(text: str, span: Span, raw: str) -> bool:
    """True for "sources" and the like, a crowd of nobody knows whom, a section's label, an office alone in capitals."""
    if not raw or _SOURCES.fullmatch(raw) or raw.casefold() in word_set("no_voices") or _is_label(text, span):
        return True
    first, *rest = _DETERMINER.sub("", raw).casefold().split() or [""]
    if first in word_set("crowds") and rest[:1] != ["of"]:
        return True
    return raw[0].isupper() and all(w.casefold().strip(".,") in word_set("titles") for w in raw.split())


def _named(names: Names, span: Span, raw: str) -> Voice | None:
    """The person, body or kind of people that some words name."""
    text = names.report.text
    role = None
    bare = _after_office(names, span, raw) or without_titles(text, span, names.mentions)
    if bare is not None and bare != span and any(c.isupper() for c in bare.of(text)):
        role = _role(text[span.begin : bare.begin])
        raw = " ".join(bare.of(text).split()).strip(_EDGE)
    name = _DETERMINER.sub("", raw).strip(_EDGE)
    named = [mention for mention in find_outlets(span.of(text)) if mention.known]
    if len(named) == 1 and (named[0].span.of(span.of(text)) == name or not _is_platform(named[0].name)):
        # "a study by the newspaper X" is X speaking; a group on a platform speaks for itself.
        return Voice(named[0].name)
    if not any(c.isalpha() for c in name) or name.casefold() in word_set("no_voices"):
        return None
    if name[0].isupper() and len(name.split()) <= 2:
        name = names.fullest(name)
    elif (
        name != raw and name[0].islower() and raw[:4].casefold() == "the " and (meant := _noun_meant(names, span, name))
    ):
        return meant
    elif name != raw and len(name.split()) == 1:
        name = names.like_before(name, span.begin) or name
    return Voice(name, role, state_spoken_for(names, span))


def _is_platform(outlet: str) -> bool:
    return outlets()[outlet].kind == "platform"


def _after_office(names: Names, span: Span, raw: str) -> Span | None:
    """The name behind an office and its state ("the prime minister of the Kingdom of Norra Ada Lind"); else None."""
    text = names.report.text
    if not set(raw.casefold().split()[:3]) & word_set("titles"):
        return None
    offices = word_set("titles") | word_set("state_organs") | word_set("organisations")
    for mention in names.mentions:
        rest = Span(mention.span.end, span.end) if span.covers(mention.span) and mention.span.end < span.end else None
        words = rest.of(text).split() if rest else []
        if {w.casefold() for w in words} & offices:
            continue
        if rest and 2 <= len(words) <= 4 and all(w[0].isupper() or w in word_set("name_connectors") for w in words):
            return Span(rest.begin + 1, rest.end)
    return None


_SAID_WHEN = re.compile(
    r"\s+(?:(?<!ly )(?:released|published|issued|dated)\b.*"
    r"|(?:on|late|early|from|in)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|\d{4}).*)$"
)


def _antecedent(names: Names, relative: Span) -> Span | None:
    """Whom "who" or "which" stands for: the name that ends right before it, else the nearest word."""
    text = names.report.text
    end = len(text[: relative.begin].rstrip(" ,"))
    for run in names.runs:
        if run.end == end:
            return run
    word = re.search(r"[\w’'-]+$", text[max(0, end - 40) : end])
    if word is None or not word.group().endswith("s"):
        return None
    return Span(end - len(word.group()), end)


def _is_label(text: str, span: Span) -> bool:
    """True for a section's label ("Details:"), which speaks for nobody."""
    if text[span.end : span.end + 1] != ":":
        return False
    return furniture_labels().at_opening(text[span.begin : span.end + 2]) is not None


_APPOSITION = re.compile(r",\s|\s\(|\s[–—-]\s")


_DATELINE = re.compile(r"^[A-ZÀ-Ž][A-ZÀ-Ž .,/'’]{2,40}(?:\([^)]{2,30}\)\s*)?(?:[-–—]+|:)\s+(?=\S)")


def _without_apposition(text: str, span: Span) -> Span:
    """The name alone of "X, head of Y" and the name in "the head of Y, X"; other sources whole, a dateline left off."""
    if dateline := _DATELINE.match(span.of(text)):
        span = Span(span.begin + dateline.end(), span.end)
    parts = _APPOSITION.split(span.of(text))
    if len(parts) == 1:
        return span
    at = span.begin
    named = []
    for part in parts:
        begin = text.index(part, at) if part else at
        at = begin + len(part)
        words = part.strip(_EDGE).split()
        if words and words[0][:1].isupper() and all(w[:1].isupper() or w in word_set("name_connectors") for w in words):
            named.append(Span(begin, at))
    if named:
        people = [one for one in named if not _is_office(one.of(text))]
        named = people or named
        return named[0] if named[0].begin == span.begin or len(named) == 1 else named[-1]
    first = parts[0]
    return Span(span.begin, span.begin + len(first)) if first.strip(_EDGE) else span


def _is_office(words: str) -> bool:
    """True for an office and where it is held ("The Chancellor of Norra")."""
    offices = word_set("titles") | word_set("state_organs")
    return " of " in words and any(word.casefold() in offices for word in words.split(" of ")[0].split())


def _person_meant(names: Names, pronoun: Span, word: str) -> Voice | None:
    """Whom a pronoun stands for: whom the sentence before is about, else who spoke last, else the last person named."""
    text = names.report.text
    subject = names.subject_before(pronoun.begin)
    if subject is not None:
        return Voice(names.fullest(subject))
    for source in _spoke_before(names, pronoun):
        if source.of(text).casefold() in word_set("pronouns"):
            continue
        voice = voice_at(names, source)
        if voice is not None and voice.name[0].isupper() and (len(voice.name.split()) > 1 or voice.role is not None):
            return voice
    person = names.person_before(pronoun.begin)
    return Voice(person) if person else None


_FAR = 700


def _spoke_before(names: Names, place: Span) -> Iterator[Span]:
    """The sources of the attributions not far before a place, the last one first."""
    for attribution in reversed(names.attributions):
        if not attribution.source or attribution.source[-1].end > place.begin:
            continue
        if place.begin - attribution.source[-1].end > _FAR:
            return
        yield Span(attribution.source[0].begin, attribution.source[-1].end)


def _body_meant(names: Names, pronoun: Span) -> Voice | None:
    """Whom "it" stands for: the body or state that spoke last, else the state that the sentence is about."""
    for source in _spoke_before(names, pronoun):
        if source.of(names.report.text).casefold() in word_set("pronouns") | {"it"}:
            continue
        voice = voice_at(names, source)
        if voice is not None and voice.role is None and _is_body(voice.name):
            return voice
    state = names.state_before(pronoun.begin)
    return Voice(state.text, None, state.code) if state is not None else None


def _is_body(name: str) -> bool:
    """True for a state, an organ, an organisation or an outlet by its name."""
    bodies = word_set("state_organs") | word_set("organisations")
    words = [word.casefold() for word in name.split()]
    if bodies & set(words):
        return words[-1] not in word_set("titles") and not words[-1].startswith("official")
    whole = Span(0, len(name))
    return any(m.span == whole and m.kind != MentionKind.LEADER for m in find_mentions(name)) or any(
        o.known and o.span == whole for o in find_outlets(name)
    )


def _noun_meant(names: Names, span: Span, name: str) -> Voice | None:
    """Whom "the company" or "the minister" stands for: who spoke before and is of that kind; None when nobody did."""
    last = name.casefold().split()[-1]
    organs, offices, papers = word_set("organisations"), word_set("titles"), word_set("speaking_papers")
    if last not in organs | offices | papers:
        return None
    if last in offices and (named := names.holder_near(last, span)) is not None:
        return Voice(named, last)
    for attribution in reversed(names.attributions):
        if not attribution.source or attribution.source[-1].end > span.begin:
            continue
        if span.begin - attribution.source[-1].end > _FAR:
            return None
        source = Span(attribution.source[0].begin, attribution.source[-1].end)
        words = source.of(names.report.text)
        if last in papers:
            if len(words.split()) > 2 and re.search(rf"\b{last}\b", words, re.IGNORECASE):
                return voice_at(names, source)
            continue
        if not any(c.isupper() for c in words):
            continue
        voice = voice_at(names, source)
        if voice is None or not voice.name[0].isupper():
            continue
        if last in offices and voice.role and last in voice.role.casefold():
            return voice
        if last in organs and voice.role is None and voice.name not in states() and not _is_person(names, voice.name):
            return voice
    return None


def _is_person(names: Names, name: str) -> bool:
    return any(m.kind == "leader" and m.text == name for m in names.mentions)


def same_person(a: str, b: str) -> bool:
    """True when one name's words are all in the other ("De Croo", "Alexander De Croo")."""
    x, y = (set(re.sub(r"['’]s\b", "", name.casefold()).split()) for name in (a, b))
    return x <= y or y <= x


def state_spoken_for(names: Names, span: Span) -> str | None:
    """The state whose name stands in the voice's own words ("Norwegian police"); None without one or with several."""
    codes = {m.state or m.code for m in names.mentions if span.covers(m.span)}
    return codes.pop() if len(codes) == 1 and all(c in states() for c in codes) else None


def _role(text: str) -> str | None:
    """The office in the words before a name, without the state's adjective."""
    titles = word_set("titles") | {"of", "for", "and"}
    words = [w for w in re.findall(r"[\w\-]+", text) if w.casefold() in titles]
    while words and words[-1].casefold() in {"of", "for", "and"}:
        words.pop()
    return " ".join(words) or None
