"""Pairs of tellings of one story that differ in how sure they are of one thing: does a reader keep each one's own hedge?"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.reports.corpus import Written, reports

PAIRS = 40
_OPEN = ("CT+", "PR+", "PS+", "Uu")


@dataclass(frozen=True)
class Pair:
    """A claim as an earlier report tells it, and the same claim in a later one that is more or less sure of it."""

    earlier: Written
    told: Mapping[str, Any]
    later: Written
    retold: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """Of so many pairs: retold claims found, and those with their own factuality, not the earlier report's."""

    pairs: int
    found: int
    own: int
    earlier: int


def pairs(count: int = PAIRS, seed: int = 7) -> list[Pair]:
    """The first pairs, story by story in turn; denials are another voice's and left out."""
    stories: dict[str, list[Written]] = defaultdict(list)
    for one in reports(random.Random(seed)):
        if one.story:
            stories[one.story].append(one)
    queues = [_pairs(sorted(some, key=lambda r: (r.published, r.id))) for _, some in sorted(stories.items())]
    found: list[Pair] = []
    while len(found) < count and any(queues):
        for queue in queues:
            if queue and len(found) < count:
                found.append(queue.pop(0))
    return found


def _pairs(tellings: Sequence[Written]) -> list[Pair]:
    return [
        Pair(a, x, b, y)
        for i, a in enumerate(tellings)
        for b in tellings[i + 1 :]
        for x in a.claims
        for y in b.claims
        if x["type"] == y["type"]
        and x["actor"]
        and x["actor"] == y["actor"]
        and x["target"] == y["target"]
        and x["factuality"] != y["factuality"]
        and x["factuality"] in _OPEN
        and y["factuality"] in _OPEN
    ]


def kept(factuality: Callable[[Pair], str | None], count: int = PAIRS) -> Kept:
    """How a reader does on the pairs; ``factuality`` is what it gives the retold claim, None for no such claim."""
    some = pairs(count)
    found = [factuality(pair) for pair in some]
    return Kept(
        pairs=len(some),
        found=sum(one is not None for one in found),
        own=sum(one == pair.retold["factuality"] for one, pair in zip(found, some, strict=True)),
        earlier=sum(one == pair.told["factuality"] for one, pair in zip(found, some, strict=True)),
    )
