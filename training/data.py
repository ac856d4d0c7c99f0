"""Labelled reports from all sources in one shape."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nongrata.model import Block, BlockRole, Report, Span
from nongrata.reading.plain import parse_text
from training.reports import check

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent.parent / "shared"
CORPUS = sorted((ROOT / "reports").glob("*.txt"))


@dataclass(frozen=True)
class Labelled:
    """A report with its claims; each claim is a row of the labels format with its trigger's ``place`` in the text."""

    report: Report
    claims: tuple[dict[str, Any], ...]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def to_report(row: dict[str, Any]) -> Report:
    """A report of an evaluation file, read as a user's JSONL would be."""
    return parse_text(
        row["text"],
        id=row["id"],
        title=row.get("title"),
        publisher=row.get("publisher"),
        published=date.fromisoformat(row["published"][:10]) if row.get("published") else None,
        sources=tuple(row.get("sources") or ()),
        topics=tuple(row.get("topics") or ()),
    )


def find(text: str, phrase: str) -> Span | None:
    """Where a phrase stands, white space and (second choice) case aside."""
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    match = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE) if pattern else None
    return Span(*match.span()) if match else None


def evaluation_set(name: str) -> list[Labelled]:
    """``dev``, ``train`` or ``articles`` of ``../shared/eval``."""
    folder = SHARED / "eval" / name
    labels = {row["id"]: row["claims"] for row in rows(folder / "labels.jsonl")}
    found = []
    for row in rows(folder / "reports.jsonl"):
        report = to_report(row)
        claims = []
        for claim in labels[report.id]:
            place = find(report.text, claim["trigger"])
            if place:
                claims.append({**claim, "place": place})
        found.append(Labelled(report, tuple(claims)))
    return found


def pool() -> list[Labelled]:
    """Summaries labelled for training by the project: labels here, texts in ``../shared/data``."""
    labels = {row["id"]: row["claims"] for row in rows(ROOT / "labels" / "summaries.jsonl")}
    found = []
    with gzip.open(SHARED / "data" / "current_events.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in labels:
                claims = tuple({**c, "place": Span(*c["place"])} for c in labels[row["id"]])
                found.append(Labelled(to_report(row), claims))
    return found


def corpus(rng: random.Random, paths: Iterable[Path] = CORPUS) -> list[Labelled]:
    """The open corpus with its slots filled at random."""
    by_story: dict[str, Any] = {}
    found = []
    for path in paths:
        for row, errors in check.read(path, rng, by_story):
            if errors:
                continue
            claims = []
            for claim in row["claims"]:
                spans = claim.get("spans", {})
                place = Span(*spans["trigger"][0])
                claims.append({**claim, "place": place, "voices": _voices(row, place)})
            report = to_report({**row, "title": None})
            found.append(Labelled(report, tuple(claims)))
    return found


def _voices(row: dict[str, Any], place: Span) -> list[list[int]]:
    """The source spans of the innermost attribution whose content holds a trigger."""
    best: tuple[int, list[list[int]]] | None = None
    for attribution in row["attributions"]:
        content = attribution["content"]
        if any(b <= place.begin and place.end <= e for b, e in content) and attribution["source"]:
            size = sum(e - b for b, e in content)
            if best is None or size < best[0]:
                best = (size, attribution["source"])
    return best[1] if best else []


def one_block(report: Report) -> Report:
    """The report as a single lede block (for texts whose layout must not matter)."""
    from dataclasses import replace

    return replace(report, blocks=(Block(BlockRole.LEDE, Span(0, len(report.text))),))
