"""Finding what an id begins with."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger import schema

_LAST = "\uffff"
"""Sorts after every character of an id or a name."""
_MOST = 20


def begins_with(column: sa.ColumnElement[str], prefix: str) -> sa.ColumnElement[bool]:
    """That a text begins so, as a range that an index answers."""
    return sa.and_(column >= prefix, column < prefix + _LAST)


def ids_like(connection: sa.Connection, prefix: str) -> list[tuple[str, str]]:
    """Kind and id of what starts with ``prefix``, ids of former incidents included."""
    places = (
        ("incident", schema.incidents.c.id, sa.true()),
        ("incident", schema.forwards.c.old_id, sa.true()),
        ("report", schema.reports.c.id, sa.true()),
        ("claim", schema.claims.c.key, schema.claims.c.live),
        ("total", schema.totals.c.id, sa.true()),
    )
    found: list[tuple[str, str]] = []
    for kind, column, condition in places:
        query = sa.select(column).where(begins_with(column, prefix), condition)
        found += [(kind, name) for name in connection.scalars(query.order_by(column).limit(_MOST))]
    return found
