"""Events as arrays: when each may have happened, as the days of an interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from nongrata.model import DateInterval

Days = npt.NDArray[np.int64]
"""Days as proleptic Gregorian ordinals (``date.toordinal``)."""
Reals = npt.NDArray[np.float64]
Names = npt.NDArray[np.object_]
"""Text, or None where it is not known."""
Mask = npt.NDArray[np.bool_]


def binned(index: Days, weights: Reals, bins: int) -> Reals:
    """The sum of the weights in each of ``bins`` bins, shape ``(bins,)``."""
    return np.asarray(np.bincount(index, weights, bins), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """Happenings of one kind: ``first`` and ``last`` are the days within which each lies, both included.

    An event happened once, on a day (and at an hour) that is unknown within its interval; every analysis takes each
    hour of the interval as equally likely. It refuses arrays of unequal length and an end before its beginning
    (ValueError).
    """

    first: Days
    last: Days

    def __post_init__(self) -> None:
        if self.first.shape != self.last.shape or self.first.ndim != 1:
            raise ValueError("first and last days are two arrays of one length")
        if (self.last < self.first).any():
            raise ValueError("an event's last day is before its first")

    @classmethod
    def of(cls, intervals: Iterable[DateInterval]) -> Events:
        """Events from intervals of days."""
        pairs = [(when.first.toordinal(), when.last.toordinal()) for when in intervals]
        array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return cls(array[:, 0].copy(), array[:, 1].copy())

    @classmethod
    def on_days(cls, days: Iterable[date]) -> Events:
        """Events whose day is known."""
        return cls.of(DateInterval.day(day) for day in days)

    def __len__(self) -> int:
        return len(self.first)

    @property
    def lengths(self) -> Days:
        """How many days each interval holds; at least 1."""
        return self.last - self.first + 1

    def where(self, mask: Mask) -> Events:
        """The events that a mask picks."""
        return Events(self.first[mask], self.last[mask])

    def narrower(self, days: int) -> Events:
        """The events that are known to within so many days."""
        return self.where(self.lengths <= days)

    def mirrored(self) -> Events:
        """The events with time running backwards: what followed comes before."""
        return Events(-self.last, -self.first)

    def mass(self, period: Period) -> Reals:
        """The expected number of events on each day of a period, shape ``(period.days,)``.

        An event spreads evenly over its interval; what lies outside the period is left out.
        """
        weight = 1.0 / self.lengths
        begins = np.clip(self.first - period.start, 0, period.days)
        ends = np.clip(self.last + 1 - period.start, 0, period.days)
        steps = binned(begins, weight, period.days + 1) - binned(ends, weight, period.days + 1)
        # Sums of steps leave dust of 1e-17 where nothing is.
        spread = np.cumsum(steps)[: period.days]
        return np.where(spread > 1e-9, spread, 0.0)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that is looked at: ``days`` days from the ordinal ``start``. It refuses an empty one."""

    start: int
    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("a period has at least one day")

    @classmethod
    def of(cls, when: DateInterval) -> Period:
        """The period of an interval of days."""
        return cls(when.first.toordinal(), when.days)

    @property
    def interval(self) -> DateInterval:
        """The period as dates."""
        return DateInterval(date.fromordinal(self.start), date.fromordinal(self.start + self.days - 1))

    def mirrored(self) -> Period:
        """The period with time running backwards."""
        return Period(-(self.start + self.days - 1), self.days)

    def months(self) -> Days:
        """For each day, the number of its calendar month (counted from the period's first), shape ``(days,)``."""
        stamps = np.arange(self.start, self.start + self.days) - date(1970, 1, 1).toordinal()
        months = stamps.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return np.asarray(months - months[0])
