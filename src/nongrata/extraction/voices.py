"""Names of voices within one report: without titles, in their fullest form, pronouns resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from nongrata.extraction.parties import without_titles
from nongrata.language.names import Mention, find_mentions
from nongrata.language.outlets import find_outlets
from nongrata.language.proper import find_names
from nongrata.model import Report, Span, Voice
from nongrata.vocabulary.factuality import cues
from nongrata.vocabulary.states import states
from nongrata.vocabulary.words import word_set

_EDGE = " \t\n,.;:\"“”'’()[]–—-"
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|one of)\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"(?: [a-z]{3,}){1,2}?(?= (?:[a-z]+ed|says?|said|suggest|report|believe|claim|warn|accus|have|has)\b)"
)
_OUR = re.compile(r"^(?:our|my|the country['’]s)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The names of one report, for resolving short forms ("De Croo", "he", "the ministry")."""

    report: Report

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
            if parts[-len(words) :] == words and len(parts) > len(best.split()) and len(parts) <= len(words) + 3:
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
    raw = " ".join(span.of(text).split()).strip(_EDGE)
    raw = re.sub(r"^s\s+|['’]s?$", "", raw)
    if not raw or raw.casefold() in word_set("no_voices"):
        return None
    if raw.casefold() in word_set("pronouns"):
        person = names.person_before(span.begin)
        return Voice(person) if person else None
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
    if not name or name.casefold() in word_set("no_voices"):
        return None
    if name[0].isupper() and len(name.split()) <= 2:
        name = names.fullest(name)
    elif name != raw and len(name.split()) == 1:
        name = names.like_before(name, span.begin) or name
    return Voice(name, role, state_spoken_for(names, span))


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
