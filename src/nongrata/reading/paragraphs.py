"""Text into paragraphs: spans of the text as given, without the white space, bullets and pictograms around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from nongrata.model import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S+")
_WRAP_WIDTH = 120
_WRAP_SHARE = 0.8
_BULLETS = "•·*‣◦▪●■□►▶–—-➡→\ufe0f\u200b\u200d\u20e3\ufeff"
_DECORATION = frozenset({"So", "Sk", "Cf", "Mn", "Co", "Cn"})


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a plain text, in order.

    A line is a paragraph, as scrapers write them; where lines are plainly wrapped at a width, those between
    two blank ones are one.
    """
    lines = [
        trimmed for trimmed in (trim(text, match.start(), match.end()) for match in _LINE.finditer(text)) if trimmed
    ]
    joins = [_joins(text, before, after) for before, after in pairwise(lines)]
    width = max((len(line) for line in lines), default=0)
    if width > _WRAP_WIDTH or not _is_wrapped(text, lines, joins, width):
        return lines
    return list(_joined(text, lines, joins, width))


def trim(text: str, begin: int, end: int) -> Span | None:
    """The stretch without white space around it and bullets and pictograms before it; None when nothing is left."""
    while end > begin and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    start = begin
    while begin < end and (text[begin].isspace() or _is_decoration(text[begin])):
        begin += 1
    if begin < end and text[begin - 1 : begin] in ("-", "–", "—") and text[begin].isdigit():
        begin -= 1  # a minus sign, no bullet
    return Span(max(begin, start), end) if any(char.isalnum() for char in text[begin:end]) else None


def _is_decoration(char: str) -> bool:
    return char in _BULLETS or (ord(char) > 127 and char != "©" and unicodedata.category(char) in _DECORATION)


def _joins(text: str, before: Span, after: Span) -> bool:
    """True when only one line break lies between the two lines."""
    between = text[before.end : after.begin]
    return between.count("\n") + between.count("\r") - between.count("\r\n") <= 1


def _is_wrapped(text: str, lines: list[Span], joins: list[bool], width: int) -> bool:
    breaks = [(before, after) for before, after, joined in zip(lines, lines[1:], joins, strict=False) if joined]
    full = sum(_is_full(text, before, after, width) for before, after in breaks)
    return full >= 3 and full >= _WRAP_SHARE * len(breaks)


def _is_full(text: str, before: Span, after: Span, width: int) -> bool:
    """True when the next line's first word had no room on this one."""
    word = _FIRST_WORD.match(text, after.begin)
    return len(before) + 1 + (len(word[0]) if word else 0) > width


def _joined(text: str, lines: list[Span], joins: list[bool], width: int) -> Iterator[Span]:
    current = lines[0]
    for before, line, joined in zip(lines, lines[1:], joins, strict=False):
        if joined and _is_full(text, before, line, width):
            current = Span(current.begin, line.end)
        else:
            yield current
            current = line
    yield current
