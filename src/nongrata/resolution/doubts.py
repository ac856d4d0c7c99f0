"""Pairs that may be the same: evidence enough to ask a reviewer, and not enough to merge."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

OWN, OPEN, REST, ECHO = "own", "open", "rest", "echo"
"""Where a doubt arose: among placed claims, when an open claim looked around, among those that joined nothing, or where
news without a said day repeats a number told days before."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two claims whose clusters may tell one happening: the evidence reaches "possible" and not "same"."""

    claim: str
    other: str
    score: float


class Doubts:
    """The doubts in force, by claim and by where they arose."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, Doubt]] = {}
        self._about: dict[str, set[str]] = {}

    def note(self, where: str, keys: Iterable[str], doubts: Iterable[Doubt]) -> None:
        """Replace the doubts that arose there for some claims."""
        for key in keys:
            self._drop(key, where)
        for doubt in doubts:
            self._drop(doubt.claim, where)
            self._of.setdefault(doubt.claim, {})[where] = doubt
            self._about.setdefault(doubt.other, set()).add(doubt.claim)

    def forget(self, key: str) -> None:
        """Drop the doubts that a claim had."""
        for where in list(self._of.get(key, ())):
            self._drop(key, where)

    def of(self, keys: Collection[str]) -> list[Doubt]:
        """The doubts in which some claims take part, in order."""
        owners = {key for key in keys if key in self._of} | {o for key in keys for o in self._about.get(key, ())}
        found = [doubt for owner in sorted(owners) for _, doubt in sorted(self._of[owner].items())]
        return [doubt for doubt in found if doubt.claim in keys or doubt.other in keys]

    def _drop(self, key: str, where: str) -> None:
        mine = self._of.get(key, {})
        doubt = mine.pop(where, None)
        if doubt is None:
            return
        if not any(left.other == doubt.other for left in mine.values()):
            self._about[doubt.other].discard(key)
        if not mine:
            del self._of[key]
