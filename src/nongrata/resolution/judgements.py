"""A reviewer's word on whether two claims tell the same happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """Two claim keys that tell the same happening (``same``) or do not.

    The keys are claims' content keys, so a judgement outlives a second reading of the same report. The order of the two
    does not matter.
    """

    first: str
    second: str
    same: bool

    @property
    def pair(self) -> tuple[str, str]:
        """The two keys in order."""
        return (self.first, self.second) if self.first <= self.second else (self.second, self.first)


class Bench:
    """The judgements in force: which claims must stand together and which must not.

    ``not same`` is stronger: a chain of ``same`` judgements is broken where it would join two claims that were judged
    apart. The result depends on the judgements alone, not on the order in which they were given.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        frozen = sorted(set(judgements))
        self.apart: dict[str, frozenset[str]] = {}
        apart: dict[str, set[str]] = {}
        for judgement in frozen:
            if not judgement.same:
                a, b = judgement.pair
                apart.setdefault(a, set()).add(b)
                apart.setdefault(b, set()).add(a)
        self.apart = {key: frozenset(others) for key, others in apart.items()}
        self.bound: Mapping[str, frozenset[str]] = _bind([j.pair for j in frozen if j.same], self.apart)

    def forbids(self, members: Iterable[str], keys: Iterable[str]) -> bool:
        """True when a ``not same`` judgement stands between one of ``members`` and one of ``keys``."""
        if not self.apart:
            return False
        rest = set(members)
        return any(self.apart[key] & rest for key in keys if key in self.apart)


def _bind(pairs: list[tuple[str, str]], apart: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The groups that ``same`` judgements make, by member; a pair that would break an ``apart`` is left out."""
    groups: dict[str, frozenset[str]] = {}
    for a, b in sorted(pairs):
        left, right = groups.get(a, frozenset({a})), groups.get(b, frozenset({b}))
        if any(apart.get(key, frozenset()) & right for key in left):
            continue
        joined = left | right
        for key in joined:
            groups[key] = joined
    return groups
