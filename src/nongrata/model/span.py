"""Character spans: where in a kept text a value was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``begin`` to ``end`` (half open) of a text, counted in Unicode code points.

    It refuses a negative start and an end before the start (ValueError). An empty span is allowed and holds nothing.
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if self.begin < 0 or self.end < self.begin:
            raise ValueError(f"a span runs forward from 0: [{self.begin}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.begin

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.begin : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when at least one character lies in both."""
        return self.begin < other.end and other.begin < self.end

    def covers(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside."""
        return self.begin <= other.begin and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The span moved ``by`` characters."""
        return Span(self.begin + by, self.end + by)

    def to_list(self) -> list[int]:
        """The ``[begin, end]`` of the claims format."""
        return [self.begin, self.end]
