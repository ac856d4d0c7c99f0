"""Documents that are somebody's words as a whole, and the marks that say where a text came from.

"Remarks by the minister ...", "Interview of the ambassador with the weekly Lantern", "Embassy comment on ...": whoever
stands in such a headline speaks in every sentence that nobody else does. "OSLO (Kestrel) -" names the wire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nongrata.extraction.report_names import Names
from nongrata.extraction.voices import voice_at
from nongrata.language.outlets import find_outlets
from nongrata.model import BlockRole, Report, Span, Voice

_KIND = (
    r"(?:remarks|statement|speech|address|briefing|interview|comments?|commentary|answers?|article|press conference|"
    r"opening remarks|replies|message|op-ed)"
)
_BY = re.compile(
    rf"\b{_KIND}\s+(?:of|by|from|given by)\s+(?P<who>.+?)"
    r"(?=,?\s+(?:with|for|at|on|in|before|during|following)\b|[(:\n]|$)",
    re.I,
)
_HIS = re.compile(rf"(?P<who>[A-ZÀ-Ž][^.:\n]{{3,90}}?)['’]s?\s+(?:\w+\s+)?{_KIND}\b")
_BODY = re.compile(rf"(?P<who>(?:[A-ZÀ-Ž][\w.]*\s+){{1,5}}){_KIND}\s+(?:on|about|regarding|concerning|in connection)\b")
_WITH = re.compile(r"\b(?:with|to|for)\s+")
_DATELINE = re.compile(r"^[^()\n]{2,60}\((?P<wire>[^()\n]{2,40})\)\s*[-–—:]?", re.M)
_HEAD_BLOCKS = 3


def headline_voices(report: Report, names: Names) -> tuple[Voice, ...]:
    """Whoever a headline says is speaking, and the outlet that was spoken to; empty when it says neither."""
    for begin, end in _heads(report):
        head = report.text[begin:end]
        match = _BY.search(head) or _HIS.search(head) or _BODY.search(head)
        if match is None or not any(c.isupper() for c in match.group("who")):
            continue
        speaker = voice_at(names, Span(begin + match.start("who"), begin + match.end("who")))
        if speaker is None:
            continue
        tail = head[match.end() :]
        outlets = find_outlets(tail) if _WITH.search(tail) else []
        return (speaker, *(Voice(o.name) for o in outlets[:1]))
    return ()


def _heads(report: Report) -> Iterator[tuple[int, int]]:
    for block in report.blocks[:_HEAD_BLOCKS]:
        if block.role is BlockRole.TITLE:
            yield block.span.begin, block.span.end


def wire(report: Report) -> Voice | None:
    """The wire in a text's first dateline ("OSLO (Kestrel) -"); None without one, or when it is the publisher."""
    match = _DATELINE.search(report.text, 0, 400)
    if match is None:
        return None
    # As the mark has it ("AFP"): that is what the readers of the page see.
    mark = match.group("wire").strip()
    known = [o for o in find_outlets(f"({mark})") if o.known]
    if not known or (report.publisher and known[0].name.casefold() == report.publisher.casefold()):
        return None
    return Voice(mark.split("/")[0].strip())
