"""Intervals of days: when something happened, as exactly as the text says and no more."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_EDTF_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days ``first`` to ``last``, both included, within which a happening lies.

    It refuses a last day before the first (ValueError). A single day is an interval of one day.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} is before the first {self.first}")

    @classmethod
    def day(cls, day: date) -> DateInterval:
        """One day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> DateInterval:
        """A calendar month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> DateInterval:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def from_list(cls, bounds: Sequence[str] | None) -> DateInterval | None:
        """Read the ``["2024-03-01", "2024-03-05"]`` of the claims format; None stays None.

        Raises:
            ValueError: not two ISO dates in order.
        """
        if bounds is None:
            return None
        if len(bounds) != 2:
            raise ValueError(f"a time is [first, last] in ISO dates, not {bounds!r}")
        return cls(date.fromisoformat(bounds[0]), date.fromisoformat(bounds[1]))

    @classmethod
    def from_edtf(cls, text: str) -> DateInterval:
        """Read an EDTF (ISO 8601-2) date or closed interval.

        Such as ``2024``, ``2024-03``, ``2024-03-05``, ``2023-09/2024-03``. The qualifiers ``?``, ``~`` and ``%`` are
        accepted; they widen nothing.

        Raises:
            ValueError: anything else, open ends included.
        """
        parts = text.strip().split("/")
        if len(parts) > 2:
            raise ValueError(f"not an EDTF date or interval: {text!r}")
        spans = [_edtf_part(part) for part in parts]
        return cls(spans[0].first, spans[-1].last)

    def to_list(self) -> list[str]:
        """The two ISO dates of the claims format."""
        return [self.first.isoformat(), self.last.isoformat()]

    @property
    def edtf(self) -> str:
        """The shortest EDTF text that means exactly these days."""
        if self.first == self.last:
            return self.first.isoformat()
        year = DateInterval.year(self.first.year)
        if self == year:
            return f"{self.first.year:04d}"
        if self == DateInterval.month(self.first.year, self.first.month):
            return f"{self.first.year:04d}-{self.first.month:02d}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def days(self) -> int:
        """How many days the interval holds; at least 1."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: DateInterval) -> bool:
        """True when a day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def hull(self, other: DateInterval) -> DateInterval:
        """The smallest interval of days that holds both."""
        return DateInterval(min(self.first, other.first), max(self.last, other.last))

    def intersection(self, other: DateInterval) -> DateInterval | None:
        """The days in both; None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return DateInterval(first, last) if first <= last else None

    def gap(self, other: DateInterval) -> int:
        """Days between the two: 0 when they overlap, 1 when they touch."""
        if self.overlaps(other):
            return 0
        earlier, later = (self, other) if self.last < other.first else (other, self)
        return (later.first - earlier.last).days

    def widened(self, days: int) -> DateInterval:
        """This interval with ``days`` more on either side."""
        return DateInterval(self.first - timedelta(days), self.last + timedelta(days))

    def __str__(self) -> str:
        return self.edtf.replace("/", " – ")


def _edtf_part(text: str) -> DateInterval:
    match = _EDTF_PART.fullmatch(text)
    if not match:
        raise ValueError(f"not an EDTF date: {text!r}")
    year, month, day = match.groups()
    if day:
        return DateInterval.day(date(int(year), int(month), int(day)))
    return DateInterval.month(int(year), int(month)) if month else DateInterval.year(int(year))


def date_hull(intervals: Iterable[DateInterval]) -> DateInterval | None:
    """The hull of several date intervals; None when there are none."""
    result: DateInterval | None = None
    for interval in intervals:
        result = interval if result is None else result.hull(interval)
    return result
