"""The document's own source line: "Minister X on RTL, quoted by The Times" → X, RTL, The Times."""

from __future__ import annotations

import re

from nongrata.extraction.report_names import Names
from nongrata.extraction.voices import voice_at
from nongrata.model import BlockRole, Report, Span, Voice

_LABEL = re.compile(r"^\s*[\w ]{3,20}:\s*")
# Each link leads away from the origin ("on", "told", "quoted by") or back towards it ("citing", "with reference to").
_OUTWARD = re.compile(
    r"""\s*(?:,\s*)?\b(?:
        (?:as\s+)?(?:quoted|cited|reported|relayed|carried|retold)\s+(?:by|in)
      | in\s+an?\s+(?:interview|comment|commentary|statement|briefing|conversation)\s+(?:with|to|for|on|given\s+to)
      | (?:speaking|talking)\s+(?:to|with|on) | (?:told|to|on|via|through|in|for|at|from)
    )\s+(?:the\s+(?:programme|channel|newspaper|broadcaster|agency|website|air\s+of)\s+)?""",
    re.VERBOSE | re.IGNORECASE,
)
_INWARD = re.compile(
    r"\s*(?:,\s*)?\b(?:citing|quoting|with\s+reference\s+to|referring\s+to|who\s+cited|which\s+cites)\s+", re.IGNORECASE
)
_END = re.compile(r"\s*(?:;|\.\s|\.$|\n)")


def source_line_voices(report: Report, names: Names) -> tuple[Voice, ...]:
    """The voices of the report's first source line, origin first and without the publisher; empty when there is none.

    Only capitalised names become links: "in a comment on Facebook" gives Facebook, "at a briefing" gives nothing.
    """
    for block in report.blocks_of(BlockRole.SOURCE_LINE):
        voices = _chain(report.text, block.span, names)
        if voices:
            return tuple(voices)
    return ()


def _chain(text: str, span: Span, names: Names) -> list[Voice]:
    line = span.of(text)
    begin = label.end() if (label := _LABEL.match(line)) else 0
    end = match.start() if (match := _END.search(line, begin)) else len(line)
    chain: list[Voice] = []
    inward = False
    at = begin
    while at < end:
        step = min(
            (m for m in (_OUTWARD.search(line, at, end), _INWARD.search(line, at, end)) if m),
            key=lambda m: m.start(),
            default=None,
        )
        stop = step.start() if step else end
        voice = _link(names, Span(span.begin + at, span.begin + stop))
        if voice is not None:
            chain.insert(0, voice) if inward else chain.append(voice)
        if step is None:
            break
        inward = bool(_INWARD.match(step.group()))
        at = step.end()
    return chain


def _link(names: Names, span: Span) -> Voice | None:
    text = names.report.text
    piece = span.of(text)
    begin = span.begin + len(piece) - len(piece.lstrip(" ,"))
    # An apposition after the name belongs to it: "X, head of Y" is one voice.
    name_end = text.find(",", begin, span.end)
    cut = Span(begin, name_end if name_end > begin else span.end) if begin < span.end else None
    if cut is None or not any(c.isupper() for c in cut.of(text)):
        return None
    return voice_at(names, cut)
