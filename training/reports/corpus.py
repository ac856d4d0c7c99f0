"""The written reports as values: text, claims, attributions with their character spans, slots filled at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nongrata.extraction.speech import Attribution
from nongrata.model import Span
from training.reports import check

FILES = sorted(Path(__file__).resolve().parent.glob("*.txt"))


@dataclass(frozen=True)
class Written:
    """One report with its slots filled.

    ``claims`` are objects of the claims format with ``spans``; ``story`` is the same for tellings of one happening.
    """

    id: str
    text: str
    title: str
    publisher: str
    published: str
    style: str
    story: str | None
    claims: tuple[dict[str, Any], ...]
    attributions: tuple[Attribution, ...]


def reports(rng: random.Random, files: Sequence[Path] = FILES) -> Iterator[Written]:
    """The reports of some files in order; tellings of one story are filled alike.

    Raises:
        ValueError: a report breaks its format; ``check.py`` says all that is wrong.
    """
    by_story: dict[str, Any] = {}
    for path in files:
        for row, errors in check.read(path, rng, by_story):
            if errors:
                raise ValueError(f"{errors[0]}: run training/reports/check.py and mend it")
            facts = {k: row[k] for k in ("id", "text", "title", "publisher", "published", "style", "story")}
            attributions = (
                Attribution(_spans(a["source"]), _spans(a["cue"]), _spans(a["content"])) for a in row["attributions"]
            )
            yield Written(**facts, claims=tuple(row["claims"]), attributions=tuple(attributions))


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(begin, end) for begin, end in pairs)
