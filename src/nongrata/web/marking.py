"""Texts cut where marks begin and end, so that overlapping marks can be drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nongrata.model import Claim, Report, Span
from nongrata.model.marking import marks_in_sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the names of the marks that cover it; ``begins`` are those that begin here."""

    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def pieces_of(text: str, marks: Iterable[tuple[str, Span]]) -> list[Piece]:
    """Cut a text at the ends of marks; marks outside it are cut off, empty ones left out."""
    kept = [(name, Span(min(s.begin, len(text)), min(s.end, len(text)))) for name, s in marks]
    kept = [(name, span) for name, span in kept if len(span)]
    cuts = sorted({0, len(text), *(at for _, span in kept for at in (span.begin, span.end))})
    return [_piece(text, begin, end, kept) for begin, end in itertools.pairwise(cuts)]


def sentence_pieces(claim: Claim, report: Report | None) -> list[Piece]:
    """A claim's sentence with the characters marked from which its values were read."""
    return pieces_of(claim.sentence, marks_in_sentence(claim, report.text if report else ""))


def _piece(text: str, begin: int, end: int, marks: Sequence[tuple[str, Span]]) -> Piece:
    covering = [(name, span) for name, span in marks if span.begin <= begin and end <= span.end]
    names = tuple(dict.fromkeys(name for name, _ in covering))
    return Piece(text[begin:end], names, tuple(name for name, span in covering if span.begin == begin))
