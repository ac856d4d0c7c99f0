"""How many: the count grammar of the codebook (section 3), from words to intervals.

Numbers that count nothing (years, days, ages, money, names) are returned with their kind, so that a caller can see that
they were seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from nongrata.language.numerals import Numeral, find_numerals
from nongrata.language.quantity_context import context
from nongrata.model import Interval, Span


class QuantityKind(StrEnum):
    """What a number is for; only ``COUNT`` and ``SHARE`` say how many."""

    COUNT = "count"
    SHARE = "share"
    DURATION = "duration"
    MONEY = "money"
    AGE = "age"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    ORDINAL = "ordinal"
    DESIGNATION = "designation"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with its modifier: ``text`` is what ``span`` covers ("at least 17").

    ``interval`` is set for counts, ``share`` (0 to 1) for parts of a whole; both are None for the other kinds.
    """

    span: Span
    interval: Interval | None
    share: float | None
    text: str
    kind: QuantityKind


def find_quantities(text: str) -> list[Quantity]:
    """All numbers in ``text``, in order and without overlap, read by the codebook's table.

    "more than 400" is [401, open], "about 80" [72, 88], "dozens" [24, 99], "a fifth of" the share 0.2. An article
    ("a diplomat") is no quantity here; "one" is.
    """
    found: list[Quantity] = []
    at = 0
    for first, last in _ranges(text, list(find_numerals(text))):
        quantity = _read(text, at, first, last)
        if quantity:
            found.append(quantity)
            at = quantity.span.end
    return found


_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|or)\s")
_BETWEEN_AND = re.compile(r"\sand\s")
_BETWEEN = re.compile(r"\bbetween\s$|\b(?:ranging|anywhere)\sfrom\s$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)


def _ranges(text: str, numerals: list[Numeral]) -> list[tuple[Numeral, Numeral | None]]:
    """Numbers with, where they open a range ("20 to 30"), the number that closes it."""
    out: list[tuple[Numeral, Numeral | None]] = []
    skip = False
    for left, right in pairwise([*numerals, None]):
        if skip or left is None:
            skip = False
            continue
        skip = right is not None and _is_range(text, left, right)
        out.append((left, right if skip else None))
    return out


def _is_range(text: str, left: Numeral, right: Numeral) -> bool:
    if left.value is None or right.value is None or "vague" in (left.form, right.form) or right.begin - left.end > 5:
        return False
    between = text[left.end : right.begin]
    before = text[max(0, left.begin - 14) : left.begin]
    if _BETWEEN.search(before):
        joined = bool(_BETWEEN_AND.fullmatch(between) or _RANGE.fullmatch(between))
    else:
        joined = bool(_RANGE.fullmatch(between)) and not _FROM.search(before)
    lo, hi = _bounds(left, right)
    return joined and lo < hi


def _bounds(left: Numeral, right: Numeral) -> tuple[int, int]:
    lo = left.value.lo if left.value else 0
    hi = right.value.lo if right.value else 0
    if left.scale == 1 and right.scale > 1 and left.mantissa < right.mantissa:
        lo = round(left.mantissa * right.scale)
    return lo, hi


def _read(text: str, at: int, first: Numeral, last: Numeral | None) -> Quantity | None:
    begin, end = first.begin, (last or first).end
    if begin < at:
        return None
    around = context()
    label, begin, end = around.label(text, first, begin, end)
    kind = QuantityKind(label)
    if kind is QuantityKind.SHARE:
        share = first.share if first.form == "fraction" else around.percentage(text[first.begin : first.end])
        return Quantity(Span(begin, end), None, share, text[begin:end], kind)
    if kind is not QuantityKind.COUNT or first.value is None:
        return Quantity(Span(begin, end), None, None, text[begin:end], kind)
    interval = Interval(*_bounds(first, last)) if last else first.value
    if last:
        between = _BETWEEN.search(text, max(at, begin - 14), begin)
        begin = between.start() if between else begin
    modifier, begin, end = around.modifier(text, at, begin, end)
    return Quantity(Span(begin, end), modified(interval, modifier), None, text[begin:end], kind)


def modified(interval: Interval, modifier: str | None) -> Interval:
    """The interval under a modifier: least, more, most, fewer, about or nearly (codebook, section 3).

    "about" is ±10 %, rounded half up. A vague number stays as vague under "about" and "nearly".
    """
    lo, hi = interval.lo, interval.hi
    if modifier is None or hi is None:
        return interval
    if modifier == "least" or (modifier == "more" and lo != hi):
        return Interval(lo, None)
    if modifier == "more":
        return Interval(lo + 1, None)
    if modifier in ("most", "fewer"):
        top = hi if modifier == "most" else max(1, hi - 1)
        return Interval(min(1, top), top)
    if lo != hi or lo == 0:
        return interval
    bottom = _tenths(lo, 9)
    return Interval(bottom, _tenths(lo, 11)) if modifier == "about" else Interval(bottom, max(bottom, lo - 1))


def _tenths(n: int, tenths: int) -> int:
    """``n`` times tenths of one, rounded half up, in whole numbers so that no size loses a digit."""
    return (n * tenths + 5) // 10
