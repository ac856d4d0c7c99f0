"""The names of one report: people and bodies by place, in their fullest form, and who holds an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from nongrata.extraction.parties import is_defined, stands_for, without_titles
from nongrata.extraction.speech import Attribution
from nongrata.language.names import Mention, MentionKind, find_mentions
from nongrata.language.proper import find_names
from nongrata.model import Report, Span
from nongrata.vocabulary.factuality import cues
from nongrata.vocabulary.words import alternation, word_set

_FULL_STOP = re.compile(r"[.!?][\"”’']*\s+(?=[A-ZÀ-Ž\"“])")
_OPENING = 60
_PARTIAL = re.compile(r"(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir)(?: [a-z]+)?|(?:[a-z]+ )?[A-Z]{2,6}")
_GROUP = re.compile(
    r"(?: [a-z]{3,}){1,2}?(?= (?:[a-z]+ed|says?|said|suggest|report|believe|claim|warn|accus|have|has)\b)"
)


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
        for run in self.runs:
            span = without_titles(text, run, self.mentions)
            if span is not None:
                found.append((span.begin, " ".join(span.of(text).split())))
        return found

    def grown(self, span: Span) -> Span:
        """A stretch grown to the whole of every proper name that it touches, and of a group under a state's adjective.

        "German" in "German media suggested" grows to "German media".
        """
        for run in self.runs:
            if run.overlaps(span):
                span = Span(min(span.begin, run.begin), max(span.end, run.end))
        if any(m.kind == "demonym" and m.span == span for m in self.mentions):
            group = _GROUP.match(self.report.text, span.end)
            if group and not any(word in cues() for word in group.group().split()):
                span = Span(span.begin, group.end())
        if _PARTIAL.fullmatch(span.of(self.report.text)):
            # "a" of "a parliamentary report", "internal NRA" of "an internal NRA inquiry".
            paper = _paper().match(self.report.text, span.end)
            span = Span(span.begin, paper.end()) if paper else span
        return span

    @cached_property
    def runs(self) -> list[Span]:
        """The runs of capitalised words, titles and all."""
        return find_names(self.report.text)

    def fullest(self, name: str) -> str:
        """The longest name of the report that ends with this one ("De Croo" → "Alexander De Croo"); else the name."""
        if any(mention.text == name and mention.kind != "leader" for mention in self.mentions):
            return name
        if name.isupper() and (whole := self._acronym_grown(name)) is not None:
            return whole
        words = name.casefold().split()
        fuller = (other for _, other in self._people if _is_fuller(other.casefold().split(), words))
        return max(fuller, key=lambda other: len(other.split()), default=name)

    def of_party(self, name: str) -> str:
        """A party's name in the one fuller form that the report has for it; else the name.

        Where two are called so ("Clinton") the report means one of them, and does not say which.
        """
        if name.isupper():
            return self._spelled_out(name) or name
        words = name.casefold().split()
        fuller = {other for _, other in self._people if _is_fuller(other.casefold().split(), words)}
        return fuller.pop() if len(fuller) == 1 else name

    def _acronym_grown(self, acronym: str) -> str | None:
        """The name that an acronym no table knows stands for, or one of two words that it begins ("QLR Group")."""
        longer = (name for _, name in self._people if name.startswith(f"{acronym} ") and len(name.split()) == 2)
        return self._spelled_out(acronym) or next(longer, None)

    def _spelled_out(self, acronym: str) -> str | None:
        """The name whose initials an acronym is: the one that the report says it stands for, or the only one."""
        names = {name for _, name in self._people if stands_for(acronym, name)}
        told = {name for name in names if is_defined(self.report.text, acronym, name)}
        told = told or {name for name in names if name.split()[-1].casefold() not in word_set("gatherings")}
        return told.pop() if len(told) == 1 else None

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

    def state_before(self, position: int) -> Mention | None:
        """The state that "the country" stands for: the first one named in the sentence at a place or the one before."""
        text = self.report.text
        start = text.rfind("\n", 0, position) + 1
        ends = [m.end() for m in _FULL_STOP.finditer(text, start, position)]
        here, last = (ends[-1] if ends else start), (ends[-2] if len(ends) > 1 else start)
        for begin, end in ((here, position), (last, here)):
            for mention in self.mentions:
                if begin <= mention.span.begin < end and mention.kind == MentionKind.STATE:
                    return mention
        return None

    def holder_near(self, office: str, place: Span) -> str | None:
        """Who is called by an office ("Governor Ada Lind") in the same paragraph, before a place or after it."""
        text = self.report.text
        begin, end = text.rfind("\n", 0, place.begin) + 1, text.find("\n", place.end)
        for at, name in self._people:
            is_here = begin <= at < (len(text) if end < 0 else end)
            if is_here and len(name.split()) > 1 and text[begin:at].rstrip().casefold().endswith(f" {office}"):
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


def _is_fuller(name: Sequence[str], short: Sequence[str]) -> bool:
    """True for a name that ends with a shorter one and has up to three words before it that join no two names."""
    added = name[: -len(short)]
    return bool(0 < len(added) <= 3 and name[-len(short) :] == short and not {"of", "for", "and"} & set(added))


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(rf"(?: [a-z]+){{0,2}} (?:{alternation('speaking_papers', 'officials')})\b(?<!reports)(?<!polls)")
