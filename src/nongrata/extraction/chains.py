"""Chains: for each claim, who says so at first hand and through whom it reached the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from nongrata.extraction.decoding import Decided
from nongrata.extraction.sourcelines import source_line_voices
from nongrata.extraction.voices import Names, has_cue, voice_at
from nongrata.language.wordspan import whole_words
from nongrata.model import BlockRole, Chain, Report, Span, Voice

_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_VOICE = 0.5
_BRIDGE = 2


@dataclass(frozen=True)
class Chains:
    """The chains of one report: what its head and source line say, and the voices that stand at each claim."""

    report: Report
    names: Names
    document: tuple[Voice, ...]
    outlets: tuple[Voice, ...]

    @classmethod
    def of(cls, report: Report) -> Chains:
        """Read what the report says as a whole."""
        names = Names(report)
        return cls(report, names, source_line_voices(report, names), tuple(_outlets(report)))

    def chain(self, decided: Decided) -> tuple[Chain, Span | None]:
        """The chain of a claim and the span of its origin's name.

        A claim whose voice is the one of the document's source line, or that has no voice of its own in the part
        that the line covers, goes through that line. An editor's insertion in square brackets is the outlet's own.
        """
        if self._inserted(decided.trigger):
            return Chain(self.outlets), None
        found = self._voices(decided)
        voices = [voice for voice, _ in found]
        own = self._own(decided)
        if self.document and own:
            speaker = self.document[0]
            at = next((i for i, v in enumerate(voices) if same_person(v.name, speaker.name)), None)
            if at is not None:
                voices = [*voices[:at], *self.document]
            elif not voices or self._quoted(decided.trigger):
                voices = [*voices, *self.document]
        chain = Chain(tuple(_without_repeats([*voices, *self.outlets])))
        return chain, found[0][1] if found else None

    def _own(self, decided: Decided) -> bool:
        """True outside background: what the source line answers for."""
        return not decided.background and self._role(decided.trigger) is not BlockRole.BACKGROUND

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

    def _voices(self, decided: Decided) -> list[tuple[Voice, Span]]:
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
        found: list[tuple[Voice, Span]] = []
        speaker_state = self.document[0].state if self.document else None
        for span in spans:
            voice = voice_at(self.names, span, speaker_state)
            if voice and not any(same_person(voice.name, v.name) for v, _ in found):
                found.append((voice, span))
        return found[:2]


def same_person(a: str, b: str) -> bool:
    """True when one name's words are all in the other ("De Croo", "Alexander De Croo")."""
    x, y = set(a.casefold().split()), set(b.casefold().split())
    return x <= y or y <= x


def _outlets(report: Report) -> list[Voice]:
    """The publisher; for a summary the first outlet it names, split at "via"."""
    if report.sources:
        return [Voice(name.strip()) for name in _VIA.split(report.sources[0]) if name.strip()]
    return [Voice(report.publisher)] if report.publisher else []


def _without_repeats(voices: list[Voice]) -> list[Voice]:
    kept: list[Voice] = []
    for voice in voices:
        if not any(voice.name.casefold() == k.name.casefold() for k in kept):
            kept.append(voice)
    return kept


def _runs(scores: np.ndarray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for token in np.flatnonzero(scores > _VOICE):
        if runs and token - runs[-1][1] <= _BRIDGE:
            runs[-1] = (runs[-1][0], int(token))
        else:
            runs.append((int(token), int(token)))
    return runs
