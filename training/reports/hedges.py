"""Pairs of tellings of one story that differ in how sure they are of one thing: does a reader keep each one's own hedge?"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nongrata.evaluation.matching import same_name
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


def kept(read: Callable[[Written], Sequence[Mapping[str, Any]]], count: int = PAIRS) -> Kept:
    """How a reader does on the pairs; ``read`` gives the claims of a report as objects of the claims format."""
    some = pairs(count)
    found = own = earlier = 0
    for pair in some:
        claim = _found(read(pair.later), pair.retold, pair.later)
        if claim is not None:
            found += 1
            own += claim["factuality"] == pair.retold["factuality"]
            earlier += claim["factuality"] == pair.told["factuality"]
    return Kept(len(some), found, own, earlier)


def _found(
    claims: Sequence[Mapping[str, Any]], gold: Mapping[str, Any], report: Written
) -> Mapping[str, Any] | None:
    """The claim of the gold one's type whose trigger is nearest to its own, of those with the same actor if any has it."""
    begin = gold["spans"]["trigger"][0][0]
    alike = [c for c in claims if c["type"] == gold["type"] and c["factuality"] != "CT-"]
    some = [c for c in alike if same_name(c["actor"], gold["actor"])] or alike
    return min(some, key=lambda c: abs(c["spans"]["trigger"][0] - begin), default=None)
