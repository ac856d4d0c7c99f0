"""Exact and near copies among reports, recorded as who copied whom; nothing is dropped.

Near copies are found by MinHash (Broder 1997) over runs of four words, in bands (locality-sensitive hashing), and every
candidate is verified by the exact Jaccard similarity of the two sets of runs.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nongrata.model import Report

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
class Copy:
    """One report copies another: the later of the two by day of publication, or the one that came in later.

    ``similarity`` is the Jaccard similarity of their runs of words, 1.0 for the same words in the same order.
    """

    copy: str
    original: str
    kind: CopyKind
    similarity: float


@dataclass(frozen=True, slots=True)
class _Kept:
    id: str
    published: date | None
    runs: NDArray[np.uint32]


class DuplicateIndex:
    """Reports that were seen, by the words of their readable blocks.

    Args:
        threshold: the least Jaccard similarity (0 to 1) that counts as a near copy.
    """

    def __init__(self, threshold: float = 0.5) -> None:
        self.threshold = threshold
        self._kept: list[_Kept] = []
        self._by_words: dict[bytes, int] = {}
        self._bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        generator = np.random.default_rng(_SEED)
        self._factors = generator.integers(1, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)
        self._offsets = generator.integers(0, _PRIME, size=(_BANDS * _ROWS, 1), dtype=np.uint64)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, report: Report) -> Copy | None:
        """Note a report; the copy it makes or has, of all kept reports the one most like it, or None."""
        words = _words(report)
        kept = _Kept(report.id, report.published, _runs(words))
        number = len(self._kept)
        twin = self._by_words.setdefault(blake2b(" ".join(words).encode("utf-8", "replace")).digest(), number)
        bands = self._signature(kept.runs)
        if twin != number:
            found: Copy | None = self._copy(kept, self._kept[twin], 1.0, CopyKind.EXACT)
        else:
            found = self._nearest(kept, bands)
        self._kept.append(kept)
        for band in bands:
            self._bands[band].append(number)
        return found

    def _nearest(self, kept: _Kept, bands: list[tuple[int, bytes]]) -> Copy | None:
        candidates = {number for band in bands for number in self._bands.get(band, ())}
        scored = [(_jaccard(kept.runs, self._kept[number].runs), -number) for number in candidates]
        similarity, number = max(scored, default=(0.0, 0))
        if similarity < self.threshold:
            return None
        return self._copy(kept, self._kept[-number], similarity, CopyKind.NEAR)

    def _copy(self, new: _Kept, old: _Kept, similarity: float, kind: CopyKind) -> Copy:
        earlier = new.published is not None and old.published is not None and new.published < old.published
        copy, original = (old, new) if earlier else (new, old)
        return Copy(copy.id, original.id, kind, similarity)

    def _signature(self, runs: NDArray[np.uint32]) -> list[tuple[int, bytes]]:
        """The bands of the MinHash signature; none for a text of too few words to be told apart."""
        if len(runs) < _FEWEST_RUNS:
            return []
        hashes = (self._factors * runs[None, :].astype(np.uint64) + self._offsets) % np.uint64(_PRIME)
        least = hashes.min(axis=1).astype(np.uint32).reshape(_BANDS, _ROWS)
        return [(band, row.tobytes()) for band, row in enumerate(least)]


def _words(report: Report) -> list[str]:
    """The words of the readable blocks in lower case; of the whole text where there are no blocks."""
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


def _jaccard(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / max(1, len(first) + len(second) - common)
