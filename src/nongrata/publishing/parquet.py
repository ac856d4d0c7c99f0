"""Incidents, claims and reports as Parquet, written by DuckDB (extra ``analytics``) from a spooled stream.

The tables have the columns of the CSV, with typed days, lists and numbers, and further ones, so that an incident, a
claim and a report can be made again from their rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nongrata.model import MissingExtraError, Report
from nongrata.publishing.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column, T, as_json, claim_rows
from nongrata.publishing.jsonl import Told, note_apart
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Snapshot, Telling

if TYPE_CHECKING:
    import duckdb

_TYPES = {
    "string": "VARCHAR",
    "json": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
}
_CHUNK = 1 << 20
_MEMORY = 256 << 20
"""Bytes that DuckDB may use, beside some times the longest row."""

PARQUET_INCIDENT_COLUMNS: Sequence[Column[Telling]] = (
    *INCIDENT_COLUMNS,
    Column("origins_all", "json", "origins: label, claims, reasons, denies",
           lambda row: as_json([origin.to_dict() for origin in row.incident.origins])),
    Column("contradictions", "json", "field, values, claims",
           lambda row: as_json([[c.field, c.values, c.claims] for c in row.incident.contradictions])),
    Column("placements", "json", "claim, reasons, score",
           lambda row: as_json([[p.claim, p.reasons, p.score] for p in row.incident.placements])),
)  # fmt: skip

REPORT_COLUMNS: Sequence[Column[Report]] = (
    Column("id", "string", "the report's id", lambda report: report.id),
    Column("publisher", "string", "the outlet", lambda report: report.publisher),
    Column("published", "date", "day of publication", lambda r: r.published.isoformat() if r.published else None),
    Column("published_from", "string", "where the day was found", lambda report: report.published_from),
    Column("title", "string", "title given beside the text", lambda report: report.title),
    Column("url", "string", "address", lambda report: report.url),
    Column("lang", "string", "language", lambda report: report.lang),
    Column("sources", "list", "outlets that a summary names", lambda report: list(report.sources)),
    Column("topics", "list", "labels that came with it", lambda report: list(report.topics)),
    Column("flags", "list", "what reading remarked", lambda report: list(report.flags)),
    Column("blocks", "json", "[role, begin, end] in characters of the text",
           lambda report: as_json([[str(b.role), b.span.begin, b.span.end] for b in report.blocks])),
    Column("text", "string", "the text, as given", lambda report: report.text),
)  # fmt: skip


def write_incidents(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one row an incident; returns the number of rows."""
    note_apart(snapshot, losses)
    return _write(snapshot.incidents(), PARQUET_INCIDENT_COLUMNS, sink, told)


def write_claims(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one row a claim; returns the number of rows."""
    return _write(claim_rows(snapshot.readings()), CLAIM_COLUMNS, sink, told)


def write_reports(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one row a report; returns the number of rows."""
    return _write((reading.report for reading in snapshot.readings()), REPORT_COLUMNS, sink, told)


def _write(items: Iterable[T], columns: Sequence[Column[T]], sink: Sink, told: Told) -> int:
    connect = _duckdb()
    count, longest = 0, _CHUNK
    with tempfile.TemporaryDirectory() as folder:
        spool, made = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with spool.open("wb") as stream:
            for count, item in enumerate(items, 1):
                line = msgspec.json.encode({column.name: column.value(item) for column in columns}) + b"\n"
                stream.write(line)
                longest = max(longest, len(line))
                told(count)
        with connect(folder, _MEMORY + 16 * longest) as database:
            _convert(database, spool, made, columns, longest)
        with made.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                sink.write(chunk)
    return count


def _convert(
    database: duckdb.DuckDBPyConnection, spool: Path, made: Path, columns: Sequence[Column[T]], longest: int
) -> None:
    types = ", ".join(f"{column.name}: '{_TYPES[column.kind]}'" for column in columns)
    options = f"format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = {longest}"
    # Names and types are ours, from the columns above; COPY takes no bound values, so the paths are quoted.
    rows = f"SELECT * FROM read_json({_quoted(spool)}, {options})"  # noqa: S608
    database.execute(f"COPY ({rows}) TO {_quoted(made)} (FORMAT parquet, COMPRESSION zstd)")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _duckdb() -> Callable[[str, int], duckdb.DuckDBPyConnection]:
    """Opens a database in memory that spills to a folder, keeps to so many bytes of memory and downloads nothing.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("analytics") from error
    return lambda folder, memory: duckdb.connect(
        config={
            "memory_limit": f"{memory >> 20}MiB",
            "threads": 1,
            "autoinstall_known_extensions": False,
            "temp_directory": folder,
        }
    )
