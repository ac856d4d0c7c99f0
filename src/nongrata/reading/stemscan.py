"""Stems in the raw bytes of a page, before anything is decoded or parsed.

Two engines give the same answer: Hyperscan where the extra ``fast`` is installed (a gigabyte a second and more), else
Aho-Corasick with regular expressions. What is looked for is written once, as patterns over bytes:

- a stem at the start of a word, the words of a phrase separated by one white space;
- the beginning of a phrase before any other gap (a tag, an entity, several spaces), which is then read exactly;
- signs that letters of a word may stand apart in the source (a word that runs on through a tag, letters written as
  entities): such a page is let through, its text decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from ahocorasick_rs import BytesAhoCorasick

_START = rb"[^a-z0-9]"
_LETTER = rb"[a-z0-9-]"
_GAP_OPENS = rb"(?:[<&\xc2\xe2\xa0]|\s[\s<&\xc2\xe2\xa0])"
_TAG = rb"(?:!--.{0,1024}?--|(?!!--)[^>]{0,1024})>"
_PARTS = rb"<" + _TAG + rb"|&\w{1,12};|&#\w{1,8};?|[\s\xa0]|\xc2\xa0|\xe2\x80\x8b"
_GAP = rb"(?>" + _PARTS + rb")++"
_OPENED = (
    rb"(?>(?<=<)" + _TAG + rb"|(?<=&)#?\w{1,12};?|(?<=[\xc2\xe2])(?:\xa0|\x80\x8b)|(?<=[\s\xa0]))(?>" + _PARTS + rb")*+"
)
_TAG_END = re.compile(rb"[^>]{0,1024}>" + _LETTER, re.IGNORECASE)
_HIGH = rb"[\x80-\xff&]"
_APOSTROPHE = rb"(?:'|\x92|\xe2\x80\x99|&#?\w{1,8};)"
_INLINE = tuple(b"a abbr b big em font i mark s small span strong sub sup u wbr".split())
_APART = (
    rb"&#0{0,6}(?:4[589]|5[0-7]|6[5-9]|[78][0-9]|9[0789]|1[01][0-9]|12[0-2]|8490)(?:[^0-9]|$)",
    rb"&#x0{0,6}(?:2d|3[0-9]|[46][1-9a-f]|[57][0-9a]|212a)(?:[^0-9a-f]|$)",
    rb"\xe2\x84\xaa",
    rb"\x00",
    *(_LETTER + rb"<(?:/?)" + tag + rb">" + _LETTER for tag in _INLINE),
    *(_LETTER + rb"</" + one + rb"></" + two + rb">" + _LETTER for one in _INLINE for two in _INLINE),
)
"""Letters as entities; the Kelvin sign, whose small letter is a "k"; a zero byte, which parsers pass over; a word that
runs on through one tag or two closing ones."""


class StemScan(Protocol):
    """Says whether a page's bytes, in an encoding that holds ASCII as it is, can hold one of the stems."""

    def may_hold(self, page: bytes | memoryview) -> bool:
        """False only when no stem stands in the page's text."""
        ...


class Patterns:
    """What to look for, from stems in lower case; stems that another one or their own words imply are left out.

    ``whole`` are patterns that settle it, the first ``stems`` of them stems, the others signs of letters that stand
    apart; ``begun`` are patterns that settle it when another matches behind them.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        listed = sorted(set(stems))
        least = [stem for stem in listed if not any(stem != other and stem.startswith(other) for other in listed)]
        words = [stem for stem in least if " " not in stem]
        phrases = [s for s in least if " " in s and not any(w.startswith(o) for w in s.split() for o in words)]
        self.whole = [_START + rb"\s".join(_source(word) for word in stem.split()) for stem in words + phrases]
        self.stems = len(self.whole)
        self.whole += _APART
        self.begun: list[tuple[bytes, re.Pattern[bytes]]] = [
            (_LETTER + rb"<" + tag + rb"\s", _TAG_END) for tag in _INLINE
        ]
        begun: dict[bytes, list[bytes]] = {}
        for phrase in phrases:
            sources = [_source(word) for word in phrase.split()]
            for number in range(1, len(sources)):
                rest = _GAP.join(sources[number:])
                begun.setdefault(rb"\s".join(sources[:number]), []).append(rest)
        for begin, rests in begun.items():
            after = re.compile(_OPENED + rb"(?:" + rb"|".join(rests) + rb")", re.IGNORECASE | re.DOTALL)
            self.begun.append((_START + begin + _GAP_OPENS, after))


def _source(word: str) -> bytes:
    """A word as a pattern over bytes: letters beyond ASCII in any encoding or as an entity, any apostrophe."""
    parts = re.split(r"([^\x00-\x7f]|')", word)
    return b"".join(
        _APOSTROPHE if part == "'" else _HIGH if not part.isascii() else re.escape(part).encode() for part in parts
    )


class HyperscanScan:
    """Hyperscan (https://github.com/intel/hyperscan) over all patterns in one pass.

    Raises:
        ImportError: the package is not installed.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        import hyperscan

        patterns = Patterns(stems)
        self._after = [after for _, after in patterns.begun]
        sources = [begin for begin, _ in patterns.begun] + patterns.whole
        flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_DOTALL
        self._terminated = hyperscan.ScanTerminated
        self._database = hyperscan.Database()
        self._database.compile(expressions=sources, ids=list(range(len(sources))), elements=len(sources), flags=flags)

    def may_hold(self, page: bytes | memoryview) -> bool:
        """See :class:`StemScan`."""
        after, begun = self._after, len(self._after)

        def found(number: int, _begin: int, end: int, _flags: int, _context: object) -> bool:
            return number >= begun or after[number].match(page, end) is not None

        try:
            self._database.scan(page, match_event_handler=found)  # type: ignore[type-var]
        except self._terminated:
            return True
        return bytes(page[:1]).isalnum()


class AhoCorasickScan:
    """The same without Hyperscan: stems by Aho-Corasick, the signs by regular expressions."""

    def __init__(self, stems: Iterable[str]) -> None:
        patterns = Patterns(stems)
        literals: list[bytes] = []
        self._rests: list[re.Pattern[bytes] | None] = []
        for source in patterns.whole[: patterns.stems]:
            literal, rest = _split(source.removeprefix(_START))
            literals.append(literal)
            self._rests.append(re.compile(rest, re.IGNORECASE | re.DOTALL) if rest else None)
        self._automaton = BytesAhoCorasick(literals)
        self._signs = [re.compile(source, re.IGNORECASE | re.DOTALL) for source in patterns.whole[patterns.stems :]]
        self._begun = [(re.compile(begin, re.IGNORECASE | re.DOTALL), after) for begin, after in patterns.begun]

    def may_hold(self, page: bytes | memoryview) -> bool:
        """See :class:`StemScan`."""
        page = bytes(page)
        if page[:1].isalnum():
            return True
        lower = page.lower()
        for number, begin, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            rest = self._rests[number]
            if begin and not lower[begin - 1 : begin].isalnum() and (rest is None or rest.match(lower, end)):
                return True
        if any(sign.search(page) for sign in self._signs):
            return True
        return any(after.match(page, hit.end()) for begin, after in self._begun for hit in begin.finditer(page))


def _split(source: bytes) -> tuple[bytes, bytes]:
    """The letters with which a pattern opens, and the pattern that has to follow them."""
    match = re.match(rb"(?:\\[^\w]|[^\\\[\](){}?*+.|^$])+", source)
    literal = match[0] if match else b""
    return literal.replace(b"\\", b""), source[len(literal) :]


@cache
def stem_scan(stems: frozenset[str]) -> StemScan:
    """The faster of the two that can be had."""
    try:
        return HyperscanScan(stems)
    except ImportError:
        return AhoCorasickScan(stems)
