"""What is known of a report beside its claims: outlet, day, address, wire marks, quotations, the sketch of its text."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from datetime import date
from functools import cache
from zlib import crc32

from nongrata.model import DateInterval, Report
from nongrata.resolution.parties import fold, state_in, state_of
from nongrata.resolution.settings import lineage_words

SHINGLE = 4
"""Words in a shingle. Four is short enough to survive light editing and long enough to be rare by chance."""
SKETCH = 64
"""Hashes in the bottom-k sketch (Broder 1997) that decides whether an exact comparison is worth its time."""

_HASH = array("I").itemsize
_QUOTED = re.compile(r"[\"“„«»]([^\"“”„«»]{12,600})[\"”“»«]")
_MARK = re.compile(r"\(([A-Z][\w&.' -]{1,30})\)\s*[-–—]|\(([A-Z][A-Za-z ]{1,24})\)\s*$", re.MULTILINE)
_URL_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?![\d])")
_OUTLET_WIRE = re.compile(r"\(([^)]{2,40})\)\s*$")
_COMMON = frozenset(
    [
        "news",
        "world",
        "html",
        "index",
        "article",
        "articles",
        "international",
        "category",
        "politics",
        "national",
        "story",
        "latest",
        "europe",
        "european",
        "says",
        "said",
        "over",
        "after",
        "with",
        "from",
        "page",
        "post",
        "http",
        "https",
        "diplomat",
        "diplomats",
        "ambassador",
        "expel",
        "expels",
        "expelled",
        "expelling",
        "expulsion",
        "cyber",
        "attack",
        "attacks",
        "hackers",
        "spies",
        "spying",
        "recent",
        "more",
        "than",
        "their",
    ]
)
_SLUG_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Telling:
    """Frozen facts on one report; everything but the id may be unknown.

    ``outlet`` is the publisher's name, ``wire`` the agencies that the outlet or the text credits ("AFP"), ``published``
    the day of publication, ``told`` the days within which it was published (from the date, else from the address).
    ``quotations`` are folded to words. ``shingles`` are the sorted 32-bit hashes of the text's word four-grams, packed,
    empty when the text is not known. ``slug`` holds the words of the address. ``own_finding`` is True when the outlet
    says in its own voice that it tested, counted or saw for itself.
    """

    report_id: str
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    lang: str | None = None
    wire: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    shingles: bytes = b""
    slug: frozenset[str] = frozenset()
    own_finding: bool = False

    @property
    def told(self) -> DateInterval | None:
        """When it was published: a day, or what its address says; None when neither is known."""
        if self.published:
            return DateInterval.day(self.published)
        return day_in_address(self.url) if self.url else None

    @classmethod
    def of(
        cls,
        report_id: str,
        text: str = "",
        *,
        outlet: str | None = None,
        published: date | None = None,
        url: str | None = None,
        lang: str | None = None,
    ) -> Telling:
        """Read the facts off a report's text and address."""
        return cls(
            report_id=report_id,
            outlet=outlet,
            published=published,
            url=url,
            lang=lang,
            wire=tuple(wire_marks(text, outlet)),
            quotations=tuple(quotations(text)),
            shingles=shingles(text),
            slug=slug_words(url),
            own_finding=finds_itself(text),
        )

    @classmethod
    def of_report(cls, report: Report) -> Telling:
        """The facts on a ``Report``."""
        return cls.of(
            report.id,
            report.text,
            outlet=report.publisher,
            published=report.published,
            url=report.url,
            lang=report.lang,
        )


def finds_itself(text: str) -> bool:
    """True when the outlet says, outside quotations, that it found something out itself ("by our own tests")."""
    outside = _QUOTED.sub(" ", text)
    return any(pattern.search(outside) for pattern in _own_finding())


@cache
def _own_finding() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in lineage_words()["own_finding"])


def quotations(text: str) -> list[str]:
    """What stands between quotation marks, folded to words; four words or more."""
    folded = (fold(match.group(1)) for match in _QUOTED.finditer(text))
    return [words for words in folded if words.count(" ") >= 3]


def wire_marks(text: str, outlet: str | None) -> list[str]:
    """Agencies credited in a dateline ("PARIS (AFP) -"), at the end of the text, or in the outlet's name."""
    found = [m.group(1) or m.group(2) for m in _MARK.finditer(text[:400])]
    found += [m.group(2) for m in _MARK.finditer(text[-60:]) if m.group(2)]
    if outlet and (mark := _OUTLET_WIRE.search(outlet)):
        found.append(mark.group(1))
    return sorted({fold(name) for name in found})


def shingles(text: str) -> bytes:
    """The sorted distinct CRC-32 hashes of the text's word four-grams, four bytes each."""
    words = fold(text).split()
    grams = {crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)}
    return array("I", sorted(grams)).tobytes()


def overlap(a: bytes, b: bytes) -> float:
    """Share of the shorter text's shingles that stand in the other, 0 to 1; 0 when a text is unknown or tiny.

    Containment and not Jaccard, so that a short rewrite of a long report is seen. The bottom-k sketch is looked at
    first: two texts that share none of their smallest hashes are not compared in full.
    """
    if min(len(a), len(b)) < 12 * _HASH:
        return 0.0
    mine, theirs = memoryview(a).cast("I"), memoryview(b).cast("I")
    # The bottom hashes of two texts with containment c coincide with chance near c; none in 64 means c is small.
    if not set(mine[:SKETCH]) & set(theirs[:SKETCH]):
        return 0.0
    return len(set(mine) & set(theirs)) / min(len(mine), len(theirs))


def day_in_address(url: str) -> DateInterval | None:
    """The day or month that a web address spells ("/2022/03/29/"), or None."""
    match = _URL_DAY.search(url)
    if not match:
        return None
    year, month, day = int(match.group(1)), int(match.group(2)), match.group(3)
    try:
        if day:
            # An address is often stamped in another time zone than the text.
            return DateInterval.day(date(year, month, int(day))).widened(1)
        return DateInterval.month(year, month)
    except ValueError:
        return None


def slug_words(url: str | None) -> frozenset[str]:
    """The telling words of four letters or more in the path of an address: no states, no words every address has."""
    path = re.sub(r"^\w+://[^/]+", "", url or "").casefold()
    return frozenset(w for w in _SLUG_WORD.findall(path) if w not in _COMMON and not state_of(w) and not state_in(w))
