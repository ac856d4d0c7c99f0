"""Minimal pairs: sentences one word apart (expelled, did not expel, may expel) that must not come out the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nongrata.extraction.interface import Reader
from nongrata.model import Claim, Factuality, Realis
from nongrata.reading.plain import parse_text

_DAY = date(2024, 3, 5)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and what a claim of ``type`` read from it must be.

    ``factuality`` is a value of the scale, or "-": then no claim may assert that it happened. ``realis`` may be "*"
    for any.
    """

    factuality: str
    realis: str
    type: str
    sentence: str

    def right(self, claims: Sequence[Claim]) -> bool:
        """True when the claims read from the sentence are as they must be."""
        some = [claim for claim in claims if claim.type == self.type]
        if self.factuality == "-":
            return not any(c.factuality is Factuality.CERTAIN and c.realis is Realis.ACTUAL for c in some)
        return any(c.factuality == self.factuality and self.realis in ("*", c.realis) for c in some)


def load_pairs(path: Path) -> list[Pair]:
    """The pairs of a tab-separated file (factuality, realis, type, sentence; # starts a comment)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Pair(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def wrong_pairs(reader: Reader, pairs: Sequence[Pair]) -> list[tuple[Pair, list[Claim]]]:
    """The pairs that come out wrong, with the claims read."""
    reports = [parse_text(p.sentence, id=str(i), publisher="The Test", published=_DAY) for i, p in enumerate(pairs)]
    read = reader.read_many(reports)
    return [(pair, claims) for pair, (_, claims) in zip(pairs, read, strict=True) if not pair.right(claims)]
