"""What an export could not carry, by field, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """``count`` values of ``field`` ("claim.spans") that the format could not carry, and why."""

    field: str
    reason: str
    count: int

    def __str__(self) -> str:
        return f"{self.field}: {self.count:,} {self.reason}"


class LossList:
    """Counts losses while an export runs."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, field: str, reason: str, count: int = 1) -> None:
        """Count ``count`` more values of a field as lost; zero adds nothing."""
        if count:
            self._counts[field, reason] += count

    def add_present(self, prefix: str, reason: str, values: Mapping[str, object]) -> None:
        """Count each field that has a value: what a claim or report says and the format has no place for."""
        for name, value in values.items():
            if value not in (None, "", (), [], {}, False):
                self.add(f"{prefix}.{name}", reason)

    def take(self, other: LossList, file: str = "") -> None:
        """Take in what one file of an export lost; ``file`` names it where the export has several."""
        for (field, reason), count in other._counts.items():
            self._counts[f"{file}: {field}" if file else field, reason] += count

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The losses so far, by field."""
        return tuple(sorted(Loss(field, reason, count) for (field, reason), count in self._counts.items()))
