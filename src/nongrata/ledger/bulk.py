"""Many rows at once: ``executemany`` of plain values on SQLite, ``COPY`` on PostgreSQL.

SQLAlchemy's own bulk path runs a conversion per value and row; here a row becomes a tuple of values that the driver
takes as they are.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa

from nongrata.ledger.columns import UtcDateTime

Convert = Callable[[Any], Any]


@contextmanager
def paused_collection() -> Iterator[None]:
    """Let no cyclic garbage collection run meanwhile.

    A batch makes hundreds of thousands of rows without a cycle among them; looking through them time and again takes a
    fifth of a bulk load.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def bulk_insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    names, values = converted(table, rows)
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)  # noqa: S608
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def converted(table: sa.Table, rows: Sequence[dict[str, Any]]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The rows' columns, and the rows as tuples of values that a driver takes as they are."""
    names = list(rows[0])
    columns: list[Iterable[Any]] = []
    for name in names:
        convert = _converter(table.c[name].type)
        column = [row[name] for row in rows]
        columns.append(column if convert is None else map(convert, column))
    return names, list(zip(*columns, strict=True))


def _converter(kind: sa.types.TypeEngine[Any]) -> Convert | None:
    """What makes a value of this column a plain one; None where it is one already."""
    if isinstance(kind, sa.JSON):
        return _json
    if isinstance(kind, UtcDateTime):
        return _moment
    return _day if isinstance(kind, sa.Date) else None


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


@lru_cache(maxsize=64)
def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
