"""When two claims agree, and which claim of a reader stands for which labelled one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from typing import Any

ClaimObject = Mapping[str, Any]
"""A claim as an object of the claims format."""

_PUNCTUATION = re.compile(r"[^\w\s]")
_TITLES = frozenset({"the", "mr", "mrs", "ms", "a", "an"})
_CODE_LENGTH = 3
_SIMILAR = 0.87


@lru_cache(maxsize=65536)
def fold(name: str | None) -> str:
    """A name without case, accents, punctuation, articles and titles."""
    if not name:
        return ""
    letters = (char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = _PUNCTUATION.sub(" ", "".join(letters).casefold()).split()
    return " ".join(word for word in words if word not in _TITLES)


@lru_cache(maxsize=65536)
def same_name(first: str | None, second: str | None) -> bool:
    """True for two spellings of one name: equal when folded, one within the other word by word, or nearly alike.

    Codes (up to three letters) are equal or not.
    """
    a, b = fold(first), fold(second)
    if a == b:
        return True
    if min(len(a), len(b)) <= _CODE_LENGTH:
        return False
    words_a, words_b = set(a.split()), set(b.split())
    return words_a <= words_b or words_b <= words_a or SequenceMatcher(None, a, b).ratio() >= _SIMILAR


def same_bounds(first: Sequence[Any] | None, second: Sequence[Any] | None) -> bool:
    """True for two equal intervals, or none on both sides."""
    return (list(first) if first else None) == (list(second) if second else None)


def bounds_overlap(first: Sequence[Any] | None, second: Sequence[Any] | None) -> bool:
    """True when something lies in both ``[lo, hi]`` (``hi`` null: open), or none is given on both sides."""
    if not first or not second:
        return not first and not second
    ends = [end for end in (first[1], second[1]) if end is not None]
    return not ends or bool(max(first[0], second[0]) <= min(ends))


def same_chain(first: Sequence[str] | None, second: Sequence[str] | None) -> bool:
    """True for chains of the same names in the same order."""
    pairs = zip_longest(first or (), second or (), fillvalue=None)
    return len(first or ()) == len(second or ()) and all(same_name(a, b) for a, b in pairs)


def origin_of(claim: ClaimObject) -> str | None:
    """The first name of the chain."""
    chain = claim.get("source_chain") or []
    return chain[0] if chain else None


def same_parties(gold: ClaimObject, found: ClaimObject) -> bool:
    """True when actor and target agree."""
    return all(same_name(gold.get(side), found.get(side)) for side in ("actor", "target"))


def agreement(gold: ClaimObject, found: ClaimObject) -> float:
    """How much two claims of one type agree; the parties weigh most."""
    weight = 1.0
    weight += 4.0 * same_name(gold.get("actor"), found.get("actor"))
    weight += 4.0 * same_name(gold.get("target"), found.get("target"))
    weight += 1.5 * (gold.get("count") is not None and same_bounds(gold.get("count"), found.get("count")))
    weight += 0.5 * bounds_overlap(gold.get("count"), found.get("count"))
    weight += 0.5 * bounds_overlap(gold.get("when"), found.get("when"))
    weight += 0.5 * bool(gold.get("factuality") == found.get("factuality"))
    weight += 0.5 * bool(gold.get("background", False) == found.get("background", False))
    shared = set(fold(gold.get("trigger")).split()) & set(fold(found.get("trigger")).split())
    weight += 2.0 * bool(shared)
    return weight + 1.0 * same_name(origin_of(gold), origin_of(found))


def pair(gold: Sequence[ClaimObject], found: Sequence[ClaimObject]) -> list[tuple[int, int]]:
    """One-to-one pairs of indices (gold, found), same type only, with the greatest agreement in sum."""
    pairs: list[tuple[int, int]] = []
    for kind in sorted({claim["type"] for claim in gold} & {claim["type"] for claim in found}):
        rows = [i for i, claim in enumerate(gold) if claim["type"] == kind]
        columns = [j for j, claim in enumerate(found) if claim["type"] == kind]
        weights = [[agreement(gold[i], found[j]) for j in columns] for i in rows]
        pairs += [(rows[i], columns[j]) for i, j in assign(weights)]
    return pairs


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The assignment of rows to columns with the greatest sum of weights; min(rows, columns) pairs.

    Kuhn's Hungarian method with shortest augmenting paths (Jonker and Volgenant 1987), O(n³); small sizes.
    """
    if len(weights) > len(weights[0]):
        turned = [list(row) for row in zip(*weights, strict=True)]
        return [(row, column) for column, row in assign(turned)]
    row_price = [0.0] * (len(weights) + 1)
    column_price = [0.0] * (len(weights[0]) + 1)
    row_of = [0] * (len(weights[0]) + 1)
    for row in range(1, len(weights) + 1):
        _augment(row, weights, row_price, column_price, row_of)
    return [(row - 1, column - 1) for column, row in enumerate(row_of) if column and row]


def _augment(
    row: int,
    weights: Sequence[Sequence[float]],
    row_price: list[float],
    column_price: list[float],
    row_of: list[int],
) -> None:
    """Give ``row`` a column, moving others where that is cheaper; both count from 1, column 0 is the start."""
    columns = range(1, len(column_price))
    slack = [float("inf")] * len(column_price)
    came_from = [0] * len(column_price)
    reached = [False] * len(column_price)
    row_of[0], here = row, 0
    while row_of[here]:
        reached[here] = True
        current = row_of[here]
        step, nearest = float("inf"), 0
        for column in columns:
            if reached[column]:
                continue
            reduced = -weights[current - 1][column - 1] - row_price[current] - column_price[column]
            if reduced < slack[column]:
                slack[column], came_from[column] = reduced, here
            if slack[column] < step:
                step, nearest = slack[column], column
        for column in range(len(column_price)):
            if reached[column]:
                row_price[row_of[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        here = nearest
    while here:
        row_of[here] = row_of[came_from[here]]
        here = came_from[here]
