"""Trigger candidates: words that may tell of an event of some type."""

from __future__ import annotations

from nongrata.extraction.units import Unit
from nongrata.language.gate import gate
from nongrata.model import Span


def candidate_triggers(unit: Unit) -> list[tuple[str, list[int]]]:
    """Every word of the unit that holds a stem, with each type it may tell of."""
    text = unit.report.text
    found: list[tuple[str, list[int]]] = []
    seen: set[tuple[str, Span]] = set()
    for hit in gate().hits(unit.span.of(text)):
        word = _word(text, hit.span.shifted(unit.span.begin))
        tokens = unit.tokens(word)
        for kind in hit.types:
            if tokens and (kind, word) not in seen:
                seen.add((kind, word))
                found.append((kind, tokens))
    return found


def _word(text: str, span: Span) -> Span:
    """A span grown to whole words."""
    begin, end = span.begin, span.end
    while begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(begin, end)
