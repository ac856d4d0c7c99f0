"""The gate over whole pages: which of them can hold a claim, before their main text is looked for.

First the raw bytes are asked for a stem (``stemscan``), which most pages do not hold. Then the page's visible text is
taken out by the parser alone, without our own walk over its tree. Lines that hold a stem which every passing text holds
(one that tells of a type alone, a firm companion, or the first of a pair) are found in one pass; only they are put to
the language gate. A page is let through when one line is: the same as asking the gate about every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from nongrata.language.gate import Gate
from nongrata.language.gate import gate as language_gate
from nongrata.model import InputError
from nongrata.reading.crowding import is_crowded
from nongrata.reading.html import decode_html, holds_ascii
from nongrata.reading.stemscan import stem_scan
from nongrata.vocabulary.events import event_types

_PACKED = re.compile(
    rb"^(?:content-encoding:(?!\s*identity)|transfer-encoding:\s*chunked)", re.IGNORECASE | re.MULTILINE
)
_PAGE = re.compile(rb"^content-type:[^\r\n]*html", re.IGNORECASE | re.MULTILINE)
_MARK = 16
"""Bytes in which a mark of the encoding stands."""
_CHARSET = re.compile(rb"^content-type:[^\r\n]*?charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.MULTILINE)


class PageGate:
    """The language gate over the lines of a page."""

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or language_gate()
        events = event_types().values()
        needed = frozenset(
            stem for event in events for stem in (*event.stems, *event.firm, *(pair[0] for pair in event.pairs))
        )
        self._needed = AhoCorasick(sorted(needed))
        self._scan = stem_scan(needed)

    def answer_may_hold(self, answer: bytes) -> bool:
        """True unless an HTTP answer, head included, is no page or one that cannot hold a claim.

        Answers that are packed or sent in chunks pass unseen.
        """
        end = answer.find(b"\r\n\r\n")
        head = answer[:end] if end >= 0 else answer
        if _PACKED.search(head):
            return True
        if not _PAGE.search(head):
            return False
        named = _CHARSET.search(head)
        return self.page_may_hold(memoryview(answer)[len(head) + 4 :], named[1].decode("ascii") if named else None)

    def page_may_hold(self, page: bytes | memoryview, charset: str | None = None) -> bool:
        """True unless no line of the page passes the language gate. What is no page passes: it is refused elsewhere."""
        from resiliparse.extract.html2text import extract_plain_text

        if holds_ascii(bytes(page[:_MARK]), charset) and not self._scan.may_hold(page):
            return False
        try:
            source = decode_html(bytes(page), charset)
        except InputError:
            return True
        if is_crowded(source):
            return True
        text = extract_plain_text(source, preserve_formatting=True, alt_texts=False)
        return any(self._gate.passes(line) for line in self._lines(text.replace("\xa0", " ")))

    def _lines(self, text: str) -> Iterator[str]:
        """The lines in which a needed stem stands."""
        lower = text.lower().replace("’", "'")
        if len(lower) != len(text):
            yield from text.splitlines()
            return
        end = 0
        for _, begin, _ in self._needed.find_matches_as_indexes(lower):
            if begin >= end:
                end = lower.find("\n", begin)
                end = end if end >= 0 else len(lower)
                yield text[lower.rfind("\n", 0, begin) + 1 : end]


@cache
def page_gate() -> PageGate:
    """The gate of the shipped vocabulary."""
    return PageGate()
