"""Exact and near copies among reports: what is kept of a text to find them, and who copied whom; nothing is dropped.

Near copies are found by MinHash (Broder 1997) over runs of four words, in bands (locality-sensitive hashing), and every
candidate is verified by the exact Jaccard similarity of the two sets of runs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nongrata.model import Report

SIMILAR = 0.5
"""The least Jaccard similarity of a near copy: two thirds of the words' runs are common."""
_WORD = re.compile(r"\w+")
_RUN = 4
_BANDS, _ROWS = 21, 3
_PRIME = (1 << 31) - 1
_FEWEST_RUNS = 6
_MOST_WORDS = 20_000
_SEED = 20240305


class CopyKind(StrEnum):
    """How alike the two texts are."""

    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a report's text finds its copies.

    ``words`` (hex) names its words in their order, None for a text without words. ``bands`` are 64-bit numbers, of
    which two texts alike share some; none for a text of too few words to be told apart.
    """

    words: str | None
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A report that may copy or be copied: ``number`` tells which came in first, ``runs`` are hashed runs of words."""

    number: int
    published: date | None
    words: str | None
    runs: NDArray[np.uint32]

    @property
    def order(self) -> tuple[date, int]:
        """What decides which of two was first."""
        return self.published or date.max, self.number


@dataclass(frozen=True, slots=True)
class Copy:
    """One report copies another; both by number.

    ``similarity`` is the Jaccard similarity of their runs of words, 1.0 for the same words in the same order.
    """

    copy: int
    original: int
    kind: CopyKind
    similarity: float


def text_of(report: Report, number: int) -> Text:
    """What is compared of a report: the words of its readable blocks; of the whole text where there are none."""
    words = _words(report)
    name = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).hexdigest() if words else None
    return Text(number, report.published, name, _runs(words))


def sketch_of(text: Text) -> Sketch:
    """What finds a text's copies."""
    return Sketch(text.words, _bands(text.runs))


def copies_among(new: Text, candidates: Iterable[Text]) -> list[Copy]:
    """Who copies whom of a new report and those that may be like it.

    The later by day of publication copies the earlier, one without a day those that have one; of the same day, the one
    that came in later copies the other. Of several that it may have copied it is held to copy the one most like it, the
    earliest of these.
    """
    originals: list[tuple[float, Text]] = []
    found: list[Copy] = []
    for other in candidates:
        similarity = _similarity(new, other)
        if similarity < SIMILAR:
            continue
        if new.order < other.order:
            found.append(_copy(other, new, similarity))
        else:
            originals.append((similarity, other))
    if originals:
        similarity, original = min(originals, key=lambda one: (-one[0], one[1].order))
        found.append(_copy(new, original, similarity))
    return found


def _copy(copy: Text, original: Text, similarity: float) -> Copy:
    return Copy(copy.number, original.number, CopyKind.EXACT if similarity == 1.0 else CopyKind.NEAR, similarity)


def _words(report: Report) -> list[str]:
    parts = [block.span.of(report.text) for block in report.blocks if block.readable] or [report.text]
    return _WORD.findall(" ".join(parts).lower())[:_MOST_WORDS]


def _runs(words: list[str]) -> NDArray[np.uint32]:
    """The distinct runs of four words, hashed and sorted."""
    hashes = np.fromiter(
        (zlib.crc32(word.encode("utf-8", "replace")) for word in words), dtype=np.uint64, count=len(words)
    )
    length = max(0, len(words) - _RUN + 1)
    runs = np.zeros(length, dtype=np.uint64)
    for place in range(_RUN):
        runs = (runs * np.uint64(1_000_003) + hashes[place : place + length]) & np.uint64(0xFFFFFFFF)
    return np.unique((runs % np.uint64(_PRIME)).astype(np.uint32))


def _bands(runs: NDArray[np.uint32]) -> tuple[int, ...]:
    """The bands of the MinHash signature, each hashed together with its place."""
    if len(runs) < _FEWEST_RUNS:
        return ()
    factors, offsets = _permutations()
    hashes = (factors * runs[None, :].astype(np.uint64) + offsets) % np.uint64(_PRIME)
    rows = hashes.min(axis=1).astype(np.uint32).reshape(_BANDS, _ROWS)
    named = (blake2b(bytes([band]) + row.tobytes(), digest_size=8).digest() for band, row in enumerate(rows))
    return tuple(int.from_bytes(name, "little", signed=True) for name in named)


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    generator = np.random.default_rng(_SEED)
    factors = generator.integers(1, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)
    return factors, generator.integers(0, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)


def _similarity(first: Text, second: Text) -> float:
    """Jaccard similarity of the runs; 1.0 only for the same words in the same order."""
    if first.words is not None and first.words == second.words:
        return 1.0
    common = len(np.intersect1d(first.runs, second.runs, assume_unique=True))
    return min(common / max(1, len(first.runs) + len(second.runs) - common), 0.999)
