"""The gate over whole pages: which of them can hold a claim, before their main text is looked for.

The page's visible text is taken out by the parser alone, without our own walk over its tree. Lines that hold a stem
which every passing text holds (one that tells of a type alone, or a firm companion) are found in one pass; only they
are put to the language gate. A page is let through when one line is: the same as asking the gate about every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from nongrata.language.gate import Gate
from nongrata.model import InputError
from nongrata.reading.html import decode_html
from nongrata.vocabulary.events import event_types

_PACKED = re.compile(rb"^content-encoding:(?!\s*identity)", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"^content-type:[^\r\n]*?charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.MULTILINE)


class PageGate:
    """The language gate over the lines of a page."""

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        events = event_types().values()
        self._needed = AhoCorasick(sorted({stem for event in events for stem in (*event.stems, *event.firm)}))

    def answer_may_hold(self, answer: bytes) -> bool:
        """True unless the page in an HTTP answer, head included, cannot hold a claim. Packed answers pass unseen."""
        head, _, body = answer.partition(b"\r\n\r\n")
        if _PACKED.search(head):
            return True
        named = _CHARSET.search(head)
        return self.page_may_hold(body, named[1].decode("ascii") if named else None)

    def page_may_hold(self, page: bytes, charset: str | None = None) -> bool:
        """True unless no line of the page passes the language gate. What is no page passes: it is refused elsewhere."""
        from resiliparse.extract.html2text import extract_plain_text

        try:
            text = extract_plain_text(decode_html(page, charset), preserve_formatting=True, alt_texts=False)
        except InputError:
            return True
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
