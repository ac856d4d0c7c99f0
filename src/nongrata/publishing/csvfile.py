"""Incidents and claims as CSV (RFC 4180, UTF-8, a header line, LF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from nongrata.publishing.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column, T, claim_rows
from nongrata.publishing.jsonl import Told, note_apart
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Reading, Snapshot, Telling

SEPARATOR = "|"
"""Between the values of a list."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FLUSH = 1 << 16


def write_incidents(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one row an incident; returns the number of rows."""
    rows = write_rows(_noted_incidents(snapshot, losses), INCIDENT_COLUMNS, sink, losses, told)
    note_apart(snapshot, losses)
    return rows


def write_claims(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one row a claim; returns the number of rows."""
    rows = write_rows(claim_rows(_noted_readings(snapshot, losses)), CLAIM_COLUMNS, sink, losses, told)
    note_apart(snapshot, losses)
    return rows


def note_incident(telling: Telling, losses: LossList) -> None:
    """Count what a row of ``INCIDENT_COLUMNS`` leaves out."""
    incident = telling.incident
    losses.add("incident.origins", "without their reasons and claims", len(incident.origins))
    losses.add("incident.contradictions", "named by field, without their values", len(incident.contradictions))
    losses.add("incident.placements", "reasons why a claim stands in it left out", len(incident.placements))
    losses.add("claim", "listed by key, without sentence and chain", len(telling.keys))


def note_report(reading: Reading, losses: LossList) -> None:
    """Count what the rows of ``CLAIM_COLUMNS`` leave out of a report."""
    report = reading.report
    left_out = {
        "text": report.text,
        "blocks": report.blocks,
        "lang": report.lang,
        "sources": report.sources,
        "topics": report.topics,
        "flags": report.flags,
        "published_from": report.published_from,
    }
    losses.add_present("report", "left out", left_out)
    if not reading.claims:
        losses.add("report", "without a claim, not in the table")


def _noted_incidents(snapshot: Snapshot, losses: LossList) -> Iterable[Telling]:
    for telling in snapshot.incidents():
        note_incident(telling, losses)
        yield telling


def _noted_readings(snapshot: Snapshot, losses: LossList) -> Iterable[Reading]:
    for reading in snapshot.readings():
        note_report(reading, losses)
        yield reading


def write_rows(items: Iterable[T], columns: Sequence[Column[T]], sink: Sink, losses: LossList, told: Told) -> int:
    """Write a header and one row an item; returns the number of rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for count, item in enumerate(items, 1):
        writer.writerow([_cell(column.name, column.value(item), losses) for column in columns])
        told(count)
        if buffer.tell() > _FLUSH:
            sink.write(_drained(buffer))
    sink.write(_drained(buffer))
    return count


def _drained(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "backslashreplace")
    buffer.seek(0)
    buffer.truncate()
    return data


def _cell(name: str, value: Any, losses: LossList) -> object:  # noqa: ANN401  any cell
    """A cell's text; what a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, list):
        if any(SEPARATOR in part for part in value):
            losses.add(name, f'"{SEPARATOR}" in a list turned into "/"')
        value = SEPARATOR.join(part.replace(SEPARATOR, "/") for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        losses.add(name, "cells that begin like a formula got an apostrophe before them")
        return "'" + value
    return "" if value is None else value
