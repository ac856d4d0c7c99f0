"""Small helpers for bulk writes: primary keys given out under the write lock, and lists cut to fit one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import sqlalchemy as sa

CHUNK = 500
"""How many values one ``IN (...)`` lists at most."""

T = TypeVar("T")


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists of at most ``CHUNK``."""
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]


def next_pk(connection: sa.Connection, table: sa.Table) -> int:
    """The first free primary key; safe under the write lock."""
    return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.pk), 0))) or 0) + 1
