"""Whole-number intervals: how many, as a report says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known only within bounds: ``lo <= n <= hi``; ``hi`` None means no upper bound.

    "dozens" is ``Interval(24, 99)``, "at least 17" is ``Interval(17)``, "21" is ``Interval(21, 21)``. It refuses
    negative numbers and an upper bound below the lower one (ValueError), and is never collapsed to a point.
    """

    lo: int
    hi: int | None = None

    def __post_init__(self) -> None:
        if self.lo < 0:
            raise ValueError(f"an interval starts at 0 or above, not {self.lo}")
        if self.hi is not None and self.hi < self.lo:
            raise ValueError(f"an interval's upper bound {self.hi} is below its lower bound {self.lo}")

    @classmethod
    def exact(cls, n: int) -> Interval:
        """The interval that holds ``n`` alone."""
        return cls(n, n)

    @classmethod
    def from_list(cls, bounds: Sequence[int | None] | None) -> Interval | None:
        """Read the ``[lo, hi]`` of the claims format; None stays None.

        Raises:
            ValueError: the list has not two whole numbers (the second may be null).
        """
        if bounds is None:
            return None
        if len(bounds) != 2 or isinstance(bounds[0], bool) or not isinstance(bounds[0], int):
            raise ValueError(f"a count is [lo, hi] in whole numbers, not {bounds!r}")
        if bounds[1] is not None and (isinstance(bounds[1], bool) or not isinstance(bounds[1], int)):
            raise ValueError(f"a count is [lo, hi] in whole numbers, not {bounds!r}")
        return cls(bounds[0], bounds[1])

    def to_list(self) -> list[int | None]:
        """The ``[lo, hi]`` of the claims format."""
        return [self.lo, self.hi]

    @property
    def is_exact(self) -> bool:
        """True when both bounds are the same number."""
        return self.lo == self.hi

    def __contains__(self, n: int) -> bool:
        return self.lo <= n and (self.hi is None or n <= self.hi)

    def __add__(self, other: Interval) -> Interval:
        """The sum of two independent numbers: bounds add, an open end stays open."""
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Interval(self.lo + other.lo, hi)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        hi = None if self.hi is None or other.hi is None else max(self.hi, other.hi)
        return Interval(min(self.lo, other.lo), hi)

    def intersection(self, other: Interval) -> Interval | None:
        """What both allow; None when they contradict each other."""
        lo = max(self.lo, other.lo)
        bounds = [h for h in (self.hi, other.hi) if h is not None]
        hi = min(bounds) if bounds else None
        return None if hi is not None and hi < lo else Interval(lo, hi)

    def contradicts(self, other: Interval) -> bool:
        """True when no number satisfies both."""
        return self.intersection(other) is None

    def missing_from(self, total: Interval) -> Interval | None:
        """How much of ``total`` this interval leaves unaccounted for; None when this is over the total for certain.

        A total of 68 against a sum of [50, 56] leaves [12, 18]; a total of "dozens" against [30, 30] leaves [0, 69].
        """
        if total.hi is not None and self.lo > total.hi:
            return None
        lo = 0 if self.hi is None else max(0, total.lo - self.hi)
        hi = None if total.hi is None else total.hi - self.lo
        return Interval(lo, hi)

    def __str__(self) -> str:
        if self.hi is None:
            return f"≥ {self.lo}"
        return str(self.lo) if self.is_exact else f"{self.lo}–{self.hi}"


ZERO = Interval(0, 0)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of several intervals; no intervals sum to exactly 0."""
    result = ZERO
    for interval in intervals:
        result = result + interval
    return result


def hull_of(intervals: Iterable[Interval]) -> Interval | None:
    """The hull of several intervals; None when there are none."""
    result: Interval | None = None
    for interval in intervals:
        result = interval if result is None else result.hull(interval)
    return result


def sum_of(counts: Mapping[str, Interval], possibly_same: Mapping[str, Sequence[str]]) -> Interval:
    """The sum of some incidents' counts, by id; those that may be one happening are counted once at least.

    Where 23 and 23 may be the same 23, the sum is 23 to 46.
    """
    groups: list[set[str]] = []
    for one in counts:
        near = {one, *(other for other in possibly_same.get(one, ()) if other in counts)}
        touching = [group for group in groups if group & near]
        groups = [group for group in groups if not group & near] + [near.union(*touching)]
    parts = []
    for group in groups:
        whole = total(counts[one] for one in group)
        least = _if_one(counts[one] for one in group)
        parts.append(Interval(least, whole.hi))
    return total(parts)


def _if_one(counts: Iterable[Interval]) -> int:
    """The least number of some counts that tell one happening: what all allow or, where they contradict, the lowest."""
    told = list(counts)
    most, least = max(one.lo for one in told), min(one.lo for one in told)
    return most if all(most in one for one in told) else least
