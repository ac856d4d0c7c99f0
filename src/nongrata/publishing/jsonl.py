"""Claims as JSON lines: one report a line with its facts and claims, which ``nongrata import`` takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from nongrata.model import Claim, Report
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Reading, Snapshot

Told = Callable[[int], None]


def write_jsonl(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write the readings; returns the number of lines (reports)."""
    lines = claims = 0
    for reading in snapshot.readings():
        sink.write(msgspec.json.encode(reading_object(reading)) + b"\n")
        _count_losses(reading, losses)
        lines += 1
        claims += len(reading.claims)
        told(claims)
    note_apart(snapshot, losses, totals=False)
    return lines


def reading_object(reading: Reading) -> dict[str, Any]:
    """A line of the claims format: the report's facts, and its claims with their keys and incidents."""
    placed = zip(reading.claims, reading.keys, reading.incidents, strict=True)
    return report_object(reading.report) | {
        "claims": [{"key": key, "incident": incident} | claim_object(claim) for claim, key, incident in placed]
    }


def report_object(report: Report) -> dict[str, Any]:
    """The facts of a report; what it does not have is left out."""
    facts: dict[str, Any] = {
        "title": report.title,
        "url": report.url,
        "lang": report.lang,
        "sources": list(report.sources),
        "topics": list(report.topics),
        "flags": list(report.flags),
        "blocks": [[str(block.role), block.span.begin, block.span.end] for block in report.blocks],
        "text": report.text,
    }
    published = report.published.isoformat() if report.published else None
    known = {name: value for name, value in facts.items() if value}
    found = {"id": report.id, "published": published, "publisher": report.publisher}
    # Without a word on it, a day in a claims file counts as given.
    return found | ({"published_from": report.published_from} if published else {}) | known


def claim_object(claim: Claim) -> dict[str, Any]:
    """A claim of the claims format, its confidence unrounded; ``voices`` where more than the origin has an office."""
    row = claim.to_dict() | {"confidence": claim.confidence}
    if any(voice.role or voice.state for voice in claim.chain.voices[1:]):
        row["voices"] = [[voice.name, voice.role, voice.state] for voice in claim.chain]
    return row


def note_apart(snapshot: Snapshot, losses: LossList, *, totals: bool = True) -> None:
    """Count what lies in the ledger beside claims and incidents and is in no export."""
    for name, count in snapshot.apart().items():
        if totals or name != "total":
            losses.add(name, "in the ledger and in no export", count)
    if snapshot.redacted:
        losses.add("persons", "withheld on request, with all running text, titles, addresses and spans")


def _count_losses(reading: Reading, losses: LossList) -> None:
    if not reading.claims and reading.reader != "hand":
        losses.add("report.reader", "reports without a claim, which import takes for read by hand")
