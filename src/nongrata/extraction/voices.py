"""Names of voices within one report: without titles, in their fullest form, pronouns resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from nongrata.extraction.parties import without_titles
from nongrata.extraction.speech import Attribution
from nongrata.language.names import Mention, find_mentions
from nongrata.language.outlets import find_outlets
from nongrata.language.proper import find_names
from nongrata.model import Report, Span, Voice
from nongrata.reading.labels import furniture_labels
from nongrata.vocabulary.factuality import cues
from nongrata.vocabulary.states import states
from nongrata.vocabulary.words import word_set

_EDGE = " \t\n,.;:\"“”'’()[]–—-"
_FULL_STOP = re.compile(r"[.!?][\"”’']*\s+(?=[A-ZÀ-Ž\"“])")
_OPENING = 60
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|one of)\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"(?: [a-z]{3,}){1,2}?(?= (?:[a-z]+ed|says?|said|suggest|report|believe|claim|warn|accus|have|has)\b)"
)
_OUR = re.compile(r"^(?:our|my|the country['’]s)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The names of one report, for resolving short forms ("De Croo", "he", "the ministry").

    ``attributions`` are those of its text: who spoke last is whom "he added" means.
    """

    report: Report
    attributions: tuple[Attribution, ...] = ()

    @cached_property
    def mentions(self) -> list[Mention]:
        """The gazetteer's mentions in the whole text."""
        return find_mentions(self.report.text, self.report.published)

    @cached_property
    def _people(self) -> list[tuple[int, str]]:
        """Proper names by place, without titles."""
        text = self.report.text
        found = []
        for run in self._runs:
            span = without_titles(text, run, self.mentions)
            if span is not None:
                found.append((span.begin, " ".join(span.of(text).split())))
        return found

    def grown(self, span: Span) -> Span:
        """A stretch grown to the whole of every proper name that it touches, and of a group under a state's adjective.

        "German" in "German media suggested" grows to "German media".
        """
        for run in self._runs:
            if run.overlaps(span):
                span = Span(min(span.begin, run.begin), max(span.end, run.end))
        if any(m.kind == "demonym" and m.span == span for m in self.mentions):
            group = _GROUP.match(self.report.text, span.end)
            if group and not any(word in cues() for word in group.group().split()):
                span = Span(span.begin, group.end())
        return span

    @cached_property
    def _runs(self) -> list[Span]:
        """The runs of capitalised words, titles and all."""
        return find_names(self.report.text)

    def fullest(self, name: str) -> str:
        """The longest name of the report that ends with this one ("De Croo" → "Alexander De Croo"); else the name."""
        if any(mention.text == name and mention.kind != "leader" for mention in self.mentions):
            return name
        words = name.casefold().split()
        best = name
        for _, other in self._people:
            parts = other.casefold().split()
            added = parts[: -len(words)]
            if parts[-len(words) :] != words or len(parts) <= len(best.split()) or len(added) > 3:
                continue
            if not {"of", "for", "and"} & set(added):
                best = other
        return best

    def person_before(self, position: int) -> str | None:
        """The last person-like name (two words or more, no organ's name) before a place."""
        organs = word_set("state_organs")
        for begin, name in reversed(self._people):
            words = name.split()
            if begin < position and 2 <= len(words) <= 4 and not organs & set(name.casefold().split()):
                return name
        return None

    def subject_before(self, position: int) -> str | None:
        """The person that the sentence before the one at a place opens with, in the same paragraph."""
        text = self.report.text
        start = text.rfind("\n", 0, position) + 1
        ends = [m.end() for m in _FULL_STOP.finditer(text, start, position + 1)]
        if not ends:
            return None
        begin = ends[-2] if len(ends) > 1 else start
        head = Span(begin, min(begin + _OPENING, ends[-1]))
        organs = word_set("state_organs") | word_set("organisations")
        for at, name in self._people:
            if head.begin <= at < head.end and not organs & set(name.casefold().split()):
                full = self.fullest(name)
                if 2 <= len(full.split()) <= 4:
                    return full
        return None

    def like_before(self, noun: str, position: int) -> str | None:
        """The last longer name before a place that ends with the same noun.

        "the ministry" → "Norwegian Foreign Ministry".
        """
        last = noun.casefold().split()[-1]
        for begin, name in reversed(self._people):
            words = name.casefold().split()
            if begin < position and len(words) > len(noun.split()) and words[-1] == last:
                return name
        return None


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


def voice_at(names: Names, span: Span, speaker_state: str | None = None) -> Voice | None:
    """The voice that a stretch of text names; None when the stretch names nobody ("sources", a stray word).

    ``speaker_state`` is the state of whoever says "our".
    """
    text = names.report.text
    span = _without_apposition(text, span)
    raw = " ".join(span.of(text).split()).strip(_EDGE)
    raw = re.sub(r"^s\s+|['’]s?$", "", raw)
    if not raw or raw.casefold() in word_set("no_voices") or _is_label(text, span):
        return None
    if raw.casefold() in word_set("pronouns"):
        return _person_meant(names, span, raw)
    ours = _OUR.sub("", raw)
    if ours != raw:
        state = states().get(speaker_state) if speaker_state else None
        adjective = f"{state.adjectives[0]} " if state and state.adjectives else ""
        return Voice(adjective + ours, None, speaker_state)
    role = None
    if all(w.casefold().strip(".,") in word_set("titles") for w in raw.split()) and raw[0].isupper():
        return None
    bare = without_titles(text, span, names.mentions)
    if bare is not None and bare != span and any(c.isupper() for c in bare.of(text)):
        role = _role(text[span.begin : bare.begin])
        raw = " ".join(bare.of(text).split()).strip(_EDGE)
    outlets = [mention for mention in find_outlets(span.of(text)) if mention.known]
    if len(outlets) == 1:
        # "a study by the newspaper X" is X speaking.
        return Voice(outlets[0].name)
    name = _DETERMINER.sub("", raw).strip(_EDGE)
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
        return named[0] if named[0].begin == span.begin or len(named) == 1 else named[-1]
    first = parts[0]
    return Span(span.begin, span.begin + len(first)) if first.strip(_EDGE) else span


def _person_meant(names: Names, pronoun: Span, word: str) -> Voice | None:
    """Whom a pronoun stands for: whom the sentence before is about, else who spoke last, else the last person named."""
    text = names.report.text
    subject = names.subject_before(pronoun.begin)
    if subject is not None:
        return Voice(names.fullest(subject))
    for attribution in reversed(names.attributions):
        if not attribution.source or attribution.source[-1].end > pronoun.begin:
            continue
        if pronoun.begin - attribution.source[-1].end > _FAR:
            break
        source = Span(attribution.source[0].begin, attribution.source[-1].end)
        if source.of(text).casefold() in word_set("pronouns"):
            continue
        voice = voice_at(names, source)
        if voice is not None and voice.name[0].isupper() and (len(voice.name.split()) > 1 or voice.role is not None):
            return voice
    person = names.person_before(pronoun.begin)
    return Voice(person) if person else None


_CITING = re.compile(
    r"[,;]?\s*\b(?:citing|quoting|with reference to|referring to|attributing it to)\s+(?P<who>[^,.;:\n]{3,90})",
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
    voice = voice_at(names, span)
    return (voice, span) if voice is not None else None


_FAR = 700


def _noun_meant(names: Names, span: Span, name: str) -> Voice | None:
    """Whom "the company" or "the minister" stands for: who spoke before and is of that kind; None when nobody did."""
    last = name.casefold().split()[-1]
    organs, offices = word_set("organisations"), word_set("titles")
    if last not in organs and last not in offices:
        return None
    for attribution in reversed(names.attributions):
        if not attribution.source or attribution.source[-1].end > span.begin:
            continue
        if span.begin - attribution.source[-1].end > _FAR:
            return None
        source = Span(attribution.source[0].begin, attribution.source[-1].end)
        if not any(c.isupper() for c in source.of(names.report.text)):
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
    x, y = set(a.casefold().split()), set(b.casefold().split())
    return x <= y or y <= x


_TOLD = re.compile(r"\s*(?:told|tell|tells|telling|to|with|on|by|in|for)\s+(?:the\s+)?(?:\w+\s+){0,3}?$", re.IGNORECASE)
_NEAR = 70


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
    return None


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
