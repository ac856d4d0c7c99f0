"""Chains: for each claim, who says so at first hand and through whom it reached the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nongrata.extraction.binding import gives_words, has_cue, holding, is_nobodys, is_occasion, is_verdict, told_as
from nongrata.extraction.decoding import Decided
from nongrata.extraction.headlines import headline_voices, wire
from nongrata.extraction.relays import cited_by, outlet_told
from nongrata.extraction.report_names import Names
from nongrata.extraction.sourcelines import source_line_voices
from nongrata.extraction.speech import Attribution
from nongrata.extraction.voices import same_person, voice_at
from nongrata.language.names import find_mentions
from nongrata.language.wordspan import whole_words
from nongrata.model import BlockRole, Chain, Factuality, Report, Span, Voice

_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][”\"]?\s+(?=[A-ZÀ-Ž“\"])|\n")
_VOICE = 0.5
_BRIDGE = 2
_MOST = 3

Found = tuple[Voice, Span]


@dataclass(frozen=True)
class Chains:
    """The chains of one report: what its head and source line say, and the voices that stand at each claim.

    ``document`` are the voices of the whole text; ``whole`` is True when a headline says that all of it is their
    speech.
    """

    report: Report
    names: Names
    document: tuple[Voice, ...]
    whole: bool
    outlets: tuple[Voice, ...]
    attributions: tuple[Attribution, ...] = ()

    @classmethod
    def of(cls, report: Report, attributions: Sequence[Attribution] = ()) -> Chains:
        """Read what the report says as a whole; ``attributions`` are those of its text."""
        names = Names(report, tuple(attributions))
        line = source_line_voices(report, names)
        document = line or headline_voices(report, names)
        return cls(report, names, document, bool(document) and not line, tuple(_outlets(report)), tuple(attributions))

    def chain(self, decided: Decided) -> tuple[Chain, Span | None]:
        """The chain of a claim and the span of its origin's name.

        A claim whose voice is the one of the document's source line, or that has no voice of its own in the part
        that the line covers, goes through that line. An editor's insertion in square brackets is the outlet's own.
        """
        if self._inserted(decided.trigger):
            return Chain(self.outlets), None
        found = self._voices(decided)
        voices = [voice for voice, _ in found]
        if self.document:
            speaker = self.document[0]
            at = next((i for i, v in enumerate(voices) if same_person(v.name, speaker.name)), None)
            if at is not None and self._role(decided.trigger) is not BlockRole.BACKGROUND:
                voices = [*voices[:at], *self.document]
            elif self._own(decided) and (not voices or self.whole or self._quoted(decided.trigger)):
                voices = [*voices, *self.document]
        chain = Chain(tuple(_without_repeats([*_own_outlet(voices, self.outlets), *self.outlets])))
        return chain, found[0][1] if found else None

    def factuality(self, decided: Decided) -> Factuality:
        """How sure the claim's own voice makes it: what is told as an accusation or a belief is no more."""
        if decided.factuality is not Factuality.CERTAIN:
            return decided.factuality
        inner = next(iter(holding(self.report.text, self.attributions, decided.trigger)), None)
        return (told_as(self.report.text, inner) if inner is not None else None) or decided.factuality

    def _voices(self, decided: Decided) -> list[Found]:
        """The voices of a claim, origin first: the attributions that hold it, and the words that the model marks.

        Of a summary the model has seen the whole, and where it marks one of the sources it says which is the origin.
        """
        marked = self._marked(decided)
        told = self._told(decided.trigger) or self._condensed(decided.trigger)
        if not told and is_nobodys(self.report.text, self.attributions, decided.trigger):
            return []
        if not told:
            most = 2 if decided.scored.unit.alone else 1
            return [m for m in marked if self._speaks(m[1], decided.trigger)][:most]
        if not marked or not decided.scored.unit.alone:
            return told
        first = next((i for i, (v, span) in enumerate(told) if _same((v, span), marked[0])), 0)
        return told[first:]

    def _speaks(self, voice: Span, trigger: Span) -> bool:
        """True when a marked voice stands in the trigger's sentence and speaks there.

        It does when it is some attribution's source, or when the trigger itself denies, links or admits.
        """
        text = self.report.text
        between = text[min(voice.end, trigger.end) : max(voice.begin, trigger.begin)]
        if _SENTENCE.search(between):
            return False
        if gives_words(trigger.of(text)):
            return True
        return not (voice.end <= trigger.begin and is_occasion(between)) and any(
            voice.overlaps(Span(a.source[0].begin, a.source[-1].end)) and not is_verdict(text, a)
            for a in self.attributions
            if a.source
        )

    def _condensed(self, trigger: Span) -> list[Found]:
        """For a headline's claim the voices of the lede that it condenses: who is told there with the same words."""
        blocks = [b for b in self.report.blocks if b.readable]
        at = next((i for i, b in enumerate(blocks) if b.span.begin <= trigger.begin < b.span.end), None)
        if at is None or blocks[at].role is not BlockRole.TITLE:
            return []
        lede = next((b.span for b in blocks[at:] if b.role is not BlockRole.TITLE), None)
        if lede is None:
            return []
        told = _stems(trigger.of(self.report.text))
        for word in _LONG_WORD.finditer(self.report.text, lede.begin, lede.end):
            if word.group()[:_STEM].casefold() in told:
                return self._told(Span(*word.span()))
        return []

    def _told(self, trigger: Span) -> list[Found]:
        """The sources of the attributions that hold a claim, each followed by the outlet it spoke to."""
        found: list[Found] = []
        for attribution in holding(self.report.text, self.attributions, trigger):
            span = self._source(attribution)
            voice = voice_at(self.names, span, self._state)
            if voice is None:
                continue
            cited = cited_by(self.names, attribution)
            if cited is not None and not found:
                found = _added(found, cited)
            found = _added(found, (voice, span))
            told = outlet_told(self.report.text, attribution) or self._occasion(voice)
            if told is not None:
                found = _added(found, told)
        return found[:_MOST]

    def _source(self, attribution: Attribution) -> Span:
        """The source, or the name beside it that the parser left out ("the head of the port, Bo Tern, says")."""
        source = Span(attribution.source[0].begin, attribution.source[-1].end)
        between = Span(source.end, max(source.end, attribution.cue[0].begin))
        if not between.of(self.report.text).startswith(", "):
            return source
        name = next((run for run in self.names.runs if between.covers(run) and len(run) > 2), None)
        rest = between.of(self.report.text).strip(" ,")
        return name if name is not None and rest == name.of(self.report.text) and " " in rest else source

    def _occasion(self, voice: Voice) -> Found | None:
        """The outlet that somebody is said to have spoken to elsewhere in the report, if it is but one."""
        if not voice.name[0].isupper() or len(voice.name.split()) < 2:
            return None
        found = {v.name: (v, span) for name, (v, span) in self._outlets_told if same_person(name, voice.name)}
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _outlets_told(self) -> list[tuple[str, Found]]:
        """Each outlet that is told something, with who tells it."""
        told = ((a, outlet_told(self.report.text, a)) for a in self.attributions if a.source)
        named = ((voice_at(self.names, Span(a.source[0].begin, a.source[-1].end)), o) for a, o in told if o is not None)
        return [(voice.name, outlet) for voice, outlet in named if voice is not None]

    @property
    def _state(self) -> str | None:
        return self.document[0].state if self.document else None

    def _own(self, decided: Decided) -> bool:
        """True for what the document's voices answer for: a speech as a whole, else what is no background.

        What stands above the source line was heard there, also when it tells of months past.
        """
        if self.whole:
            return True
        line = next((b.span.begin for b in self.report.blocks_of(BlockRole.SOURCE_LINE)), 0)
        recalled = decided.background and decided.trigger.begin > line
        return not recalled and self._role(decided.trigger) is not BlockRole.BACKGROUND

    def _role(self, span: Span) -> BlockRole | None:
        return next((b.role for b in self.report.blocks if b.span.begin <= span.begin < b.span.end), None)

    def _quoted(self, span: Span) -> bool:
        """True inside quotation marks within the paragraph."""
        block = next((b.span for b in self.report.blocks if b.span.begin <= span.begin < b.span.end), None)
        if block is None:
            return False
        before = self.report.text[block.begin : span.begin]
        return (before.count("“") > before.count("”")) or before.count('"') % 2 == 1

    def _later_paragraph(self, voice: Span, trigger: Span) -> bool:
        """True when the voice stands in a paragraph after the trigger's: it speaks of something else."""
        block = next((b.span for b in self.report.blocks if b.span.begin <= trigger.begin < b.span.end), None)
        return block is not None and voice.begin >= block.end

    def _inserted(self, span: Span) -> bool:
        """True inside square brackets within the paragraph."""
        start = self.report.text.rfind("\n", 0, span.begin) + 1
        before = self.report.text[start : span.begin]
        return before.rfind("[") > before.rfind("]")

    def _marked(self, decided: Decided) -> list[Found]:
        """The voices that the model marks, the one nearest to the trigger first."""
        unit, scores = decided.scored.unit, decided.scored.pieces("voice")
        spans: list[Span] = []
        for first, last in _runs(scores):
            words = whole_words(unit.report.text, Span(unit.offsets[first][0], unit.offsets[last][1]))
            span = self.names.grown(words)
            sentence = unit.sentences[unit.sentence_at(span.begin)]
            if not has_cue(sentence.of(unit.report.text)) or self._later_paragraph(span, decided.trigger):
                continue
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
        trigger = decided.trigger
        spans.sort(key=lambda s: min(abs(s.begin - trigger.end), abs(trigger.begin - s.end)))
        found: list[Found] = []
        for span in spans:
            voice = voice_at(self.names, span, self._state)
            if voice:
                found = _added(found, (voice, span))
        return found[:2]


_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
_STEM = 5


def _stems(words: str) -> frozenset[str]:
    """The beginnings of the longer words, in lower case: "hacked" and "hacking" are one."""
    return frozenset(word[:_STEM].casefold() for word in _LONG_WORD.findall(words))


def _same(a: Found, b: Found) -> bool:
    return same_person(a[0].name, b[0].name) or a[1].overlaps(b[1])


def _added(found: list[Found], one: Found) -> list[Found]:
    return found if any(same_person(one[0].name, v.name) for v, _ in found) else [*found, one]


def _outlets(report: Report) -> list[Voice]:
    """The publisher, after the wire of its dateline; for a summary the first outlet it names, split at "via"."""
    if report.sources:
        return [Voice(name.strip()) for name in _VIA.split(report.sources[0]) if name.strip()]
    carried = wire(report)
    found = [carried] if carried else []
    return [*found, Voice(report.publisher)] if report.publisher else found


def _without_repeats(voices: list[Voice]) -> list[Voice]:
    kept: list[Voice] = []
    for voice in voices:
        if not any(voice.name.casefold() == k.name.casefold() for k in kept):
            kept.append(voice)
    return kept


def _own_outlet(voices: list[Voice], outlets: Sequence[Voice]) -> list[Voice]:
    """The voices without the outlet itself under a longer or shorter name ("BBC" before "BBC News")."""
    return [v for v in voices if not any(_same_outlet(v.name, o.name) for o in outlets[:1])]


def _same_outlet(a: str, b: str) -> bool:
    """True for two names of one outlet; a state is none, though an outlet be named after it ("Times of Norra")."""
    if find_mentions(a) and a.casefold() != b.casefold():
        return False
    return same_person(a, b) or a.casefold().replace(" ", "") == b.casefold().replace(" ", "")


def _runs(scores: np.ndarray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for token in np.flatnonzero(scores > _VOICE):
        if runs and token - runs[-1][1] <= _BRIDGE:
            runs[-1] = (runs[-1][0], int(token))
        else:
            runs.append((int(token), int(token)))
    return runs
