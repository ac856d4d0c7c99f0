"""What a reading run met: how many reports, what was skipped and why; and the limits it keeps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_KEPT = 100
MIB = 1 << 20


def size(count: int) -> str:
    """A number of bytes for people: "16 MiB", "100 bytes"."""
    return f"{count / MIB:g} MiB" if count >= MIB else f"{count} bytes"


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which input is refused or skipped, in bytes; ``page`` is a page of a web archive, unpacked."""

    line: int = 16 * MIB
    document: int = 64 * MIB
    page: int = 10 * MIB


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not read: where, at which line (or record) if it has one, and why."""

    where: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.where}, line {self.line}" if self.line is not None else self.where
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class ReadingStats:
    """Counts of one run. ``skipped`` keeps the first hundred in full; ``reasons`` counts them all by kind.

    ``unknown_states`` counts cells of structured sets that name a state which the vocabulary lacks, ``unread_values``
    those that hold no day or number where one should stand.
    """

    reports: int = 0
    skipped_count: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unknown_states: int = 0
    unread_values: int = 0

    def skip(self, where: str, reason: str, *, line: int | None = None, kind: str | None = None) -> None:
        """Count something that was not read. ``kind`` is the reason without its particulars."""
        self.skipped_count += 1
        self.reasons[kind or reason] += 1
        if len(self.skipped) < _KEPT:
            self.skipped.append(Skipped(where, line, reason))

    def take(self, other: ReadingStats) -> None:
        """Add the counts of another run."""
        self.reports += other.reports
        self.skipped_count += other.skipped_count
        self.reasons.update(other.reasons)
        self.unknown_states += other.unknown_states
        self.unread_values += other.unread_values
        self.skipped.extend(other.skipped[: _KEPT - len(self.skipped)])

    def handed_over(self) -> ReadingStats:
        """The counts so far, in an object of their own; this one begins anew."""
        counts = ReadingStats()
        counts.take(self)
        self.reports = self.skipped_count = self.unknown_states = self.unread_values = 0
        self.skipped.clear()
        self.reasons.clear()
        return counts
