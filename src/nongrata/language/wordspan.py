"""Stretches of text grown to whole words."""

from __future__ import annotations

from nongrata.model import Span


def whole_words(text: str, span: Span) -> Span:
    """The span grown over the letters and digits that touch its ends."""
    begin, end = span.begin, span.end
    while begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(begin, end)
