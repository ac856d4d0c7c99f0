"""Copying a ledger: backups of it, and merging another into it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.rows import claim_of, report_of
from nongrata.ledger.search import index_claims
from nongrata.ledger.selects import claim_select
from nongrata.model import Claim, LedgerError, Report

_BATCH = 1000

StoredReading = tuple[Report, str, list[Claim]]
"""A report, the reader's name, and its claims as read."""


def part_of(path: Path) -> Path:
    """Where a backup is written before it gets its name.

    Raises:
        LedgerError: there is something at ``path`` already, or its folder is missing.
    """
    if path.exists():
        raise LedgerError(f"{path} is there already: give the backup another name or move that one away")
    if not path.parent.is_dir():
        raise LedgerError(f"the folder of {path} does not exist: make it or give another place")
    return path.with_name(path.name + ".part")


def copy_file(source: Path, part: Path) -> None:
    """Copy a SQLite ledger while others read and write it; what is copied is one moment's state."""
    part.unlink(missing_ok=True)
    address = source.absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new, pages=4096)
        new.execute("PRAGMA journal_mode = DELETE")


def settle(part: Path, path: Path) -> None:
    """Bring a written backup to disk and give it its name."""
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(path)


def copy_tables(source: sa.Connection, target: sa.Connection) -> None:
    """Copy every row of a ledger of another kind of database into a new, empty one."""
    for table in schema.metadata.sorted_tables:
        target.execute(table.delete())
    for table in schema.metadata.sorted_tables:
        rows = source.execution_options(yield_per=_BATCH).execute(sa.select(table).order_by(*table.primary_key))
        for some in rows.mappings().partitions(_BATCH):
            bulk_insert(target, table, [dict(row) for row in some])
    index_claims(target, 0)


def stored_readings(connection: sa.Connection) -> Iterator[StoredReading]:
    """Every reading of every report in the order in which they came, with its claims as read (uncorrected)."""
    r, g, c = schema.reports, schema.readings, schema.claims
    last = 0
    while True:
        query = sa.select(r, g.c.pk.label("reading_pk"), g.c.reader.label("reading_reader"))
        query = query.join(g, g.c.report_pk == r.c.pk).where(g.c.pk > last).order_by(g.c.pk).limit(_BATCH // 4)
        readings = connection.execute(query).mappings().all()
        if not readings:
            return
        pks = [row["reading_pk"] for row in readings]
        claims = claim_select().where(c.c.reading_pk.in_(pks), c.c.corrects.is_(None))
        by_reading: dict[int, list[Claim]] = {pk: [] for pk in pks}
        for row in connection.execute(claims.order_by(c.c.pk)).mappings():
            by_reading[row["reading_pk"]].append(claim_of(row))
        for row in readings:
            yield report_of(row), row["reading_reader"], by_reading[row["reading_pk"]]
        last = pks[-1]


def merge_rows(source: sa.Connection, target: sa.Connection) -> dict[str, int]:
    """Take over judgements, ratings of sources and forwards that the target does not have; how many of each."""
    return {
        "judgements": _merge_judgements(source, target),
        "ratings": _merge_ratings(source, target),
        "forwards": _merge_forwards(source, target),
    }


def _merge_judgements(source: sa.Connection, target: sa.Connection) -> int:
    j = schema.judgements
    known = set(target.scalars(sa.select(j.c.id)))
    rows = source.execute(sa.select(j).order_by(j.c.pk)).mappings()
    return _insert_new(target, j, [_without_pk(row) for row in rows if row["id"] not in known])


def _merge_ratings(source: sa.Connection, target: sa.Connection) -> int:
    s, g = schema.sources, schema.source_ratings
    query = sa.select(g, s.c.name).join(s, s.c.pk == g.c.source_pk).order_by(g.c.pk)
    pks = {row.name: row.pk for row in target.execute(sa.select(s.c.name, s.c.pk))}
    known = {(row.name, row.at, row.grade) for row in target.execute(query)}
    rows = [row for row in source.execute(query).mappings() if row["name"] in pks]
    missing = [row for row in rows if (row["name"], row["at"], row["grade"]) not in known]
    return _insert_new(target, g, [_without_pk(row, "name") | {"source_pk": pks[row["name"]]} for row in missing])


def _merge_forwards(source: sa.Connection, target: sa.Connection) -> int:
    f = schema.forwards
    known = set(target.scalars(sa.select(f.c.old_id))) | set(target.scalars(sa.select(schema.incidents.c.id)))
    rows = [dict(row) for row in source.execute(sa.select(f)).mappings() if row["old_id"] not in known]
    return _insert_new(target, f, rows)


def _without_pk(row: sa.RowMapping, *others: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "pk" and name not in others}


def _insert_new(target: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]]) -> int:
    if rows:
        target.execute(table.insert(), list(rows))
    return len(rows)
