"""Quotations: what stands between quotation marks, over paragraphs where it goes on.

English, typewriter, French and German marks are known, and two apostrophes set for one mark. A single mark opens a
quotation only before a word and after a space, so that no apostrophe does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nongrata.model import Span

_MARK = re.compile(r"''|``|[\"“”„«»]|(?<![^\s(\[“\"—–-])[‘'](?=[\w\[$])|(?<=[\w.,!?;…\]])[’'](?![\w’'])")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"”', "''": ("''", '"'), "``": ("''",), "‘": "’'", "'": "'’"}
_OPENING = frozenset(_CLOSES)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation within one paragraph; ``span`` with its marks, ``continued`` when the mark is never closed there.

    A speech over several paragraphs opens each of them with a mark and closes only the last: those before it are
    ``continued``.
    """

    span: Span
    continued: bool = False


def find_quotations(text: str, whole: Span | None = None) -> list[Quotation]:
    """The outermost quotations of a text, in order."""
    found: list[Quotation] = []
    for paragraph in paragraphs(text, whole or Span(0, len(text))):
        found += _in_paragraph(text, paragraph)
    return found


def paragraphs(text: str, whole: Span) -> Iterator[Span]:
    """The lines of a stretch of text that hold anything."""
    begin = whole.begin
    while begin < whole.end:
        end = text.find("\n", begin, whole.end)
        end = whole.end if end < 0 else end
        if text[begin:end].strip():
            yield Span(begin, end)
        begin = end + 1


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, paragraph.begin, paragraph.end):
        if opened is None:
            if mark.group() in _OPENING and not (mark.group() == "'" and _no_close(text, mark, paragraph)):
                opened = mark
        elif mark.group() in _CLOSES[opened.group()] and not _opens_again(text, mark, opened):
            yield Quotation(Span(opened.start(), mark.end()))
            opened = None
    if opened is not None and opened.group() not in "‘'" and text[opened.end() : paragraph.end].strip():
        yield Quotation(Span(opened.start(), paragraph.end), continued=True)


def _opens_again(text: str, mark: re.Match[str], opened: re.Match[str]) -> bool:
    """True for a typewriter mark that stands before a word after a space: it cannot close."""
    return mark.end() < len(text) and text[mark.end()].isalnum() and text[mark.start() - 1].isspace()


def _no_close(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    return not re.compile(r"(?<=[\w.,!?;…\]])['’](?!\w)").search(text, mark.end(), paragraph.end)
