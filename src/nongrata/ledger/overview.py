"""What the overview draws from: how many incidents by month, and by parties and type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.filters import IncidentFilter
from nongrata.model import Factuality, Interval, Realis

NEWEST = 20_000
"""An overview of a filter is counted over at most so many of its newest incidents; that of the ledger over all."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Incidents of one type by one actor against one target.

    ``count`` is the interval sum over those that are asserted, done or announced and have a count (None: no such one),
    ``summed`` how many these are, ``uncounted`` how many of the asserted ones have no count, ``disputed`` how many of
    all carry a contradiction or a denial.
    """

    type: str
    actor: str | None
    actor_state: str | None
    target: str | None
    target_state: str | None
    incidents: int
    count: Interval | None
    summed: int
    uncounted: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The incidents of a filter counted two ways. ``complete``: all were counted, not only the newest.

    ``months`` holds (first month, number of incidents) with "" for an unknown time; an incident that lies within
    several months counts in the first of them.
    """

    incidents: int
    relations: tuple[Relation, ...]
    months: tuple[tuple[str, int], ...]
    complete: bool = True


def overview_of(connection: sa.Connection, only: IncidentFilter) -> Overview:
    """Count the incidents of a filter."""
    i = schema.incidents
    # Only columns of the index ix_incidents_sums: SQLite then sums without reading the incidents themselves.
    names = ("type", "who", "actor_state", "target", "target_state", "count_lo", "count_hi", "factuality", "realis")
    query = sa.select(*(i.c[name] for name in (*names, "disputed", "month"))).where(*only.conditions())
    if only.is_open:
        some = query.subquery("some")
        relations = [_relation(row) for row in connection.execute(_relations(some))]
        months = [(row.first, row.n) for row in connection.execute(_months(some))]
        return Overview(sum(relation.incidents for relation in relations), tuple(relations), _ordered(months))
    # Put in order only where more fit than are counted: few are found by their own index, and order costs.
    counted = _counted(connection, query.limit(NEWEST + 1))
    if counted.incidents > NEWEST:
        newest = query.order_by(i.c.shelf.desc(), i.c.id.desc()).limit(NEWEST)
        return replace(_counted(connection, newest), complete=False)
    return counted


def _counted(connection: sa.Connection, query: sa.Select[Any]) -> Overview:
    """Both counts in one statement, so that the incidents are looked up once."""
    some = query.cte("some")
    relations, months = _relations(some), _months(some)
    columns = [sa.null(), months.selected_columns[0], *(sa.null(),) * 3, months.selected_columns[1]]
    both: sa.CompoundSelect[Any] = sa.union_all(relations, months.with_only_columns(*columns, *(sa.null(),) * 6))
    rows = connection.execute(both).all()
    found = tuple(_relation(row) for row in rows if row.type is not None)
    dated = [(row.who, row.incidents) for row in rows if row.type is None]
    return Overview(sum(relation.incidents for relation in found), found, _ordered(dated))


def _relations(some: sa.FromClause) -> sa.Select[Any]:
    s = some.c
    happened = sa.and_(s.factuality != str(Factuality.DENIED), s.realis.in_((str(Realis.ACTUAL), str(Realis.PLANNED))))
    counts = sa.and_(happened, s.count_lo.is_not(None))
    keys = (s.type, s.who, s.actor_state, s.target, s.target_state)
    return sa.select(
        *keys,
        sa.func.count().label("incidents"),
        _sum(counts, s.count_lo).label("lo"),
        _sum(counts, s.count_hi).label("hi"),
        _sum(sa.and_(counts, s.count_hi.is_(None)), sa.literal(1)).label("open"),
        _sum(counts, sa.literal(1)).label("summed"),
        _sum(sa.and_(happened, s.count_lo.is_(None)), sa.literal(1)).label("uncounted"),
        _sum(s.disputed, sa.literal(1)).label("disputed"),
    ).group_by(*keys)


def _relation(row: sa.Row[Any]) -> Relation:
    return Relation(
        type=row.type,
        actor=row.who,
        actor_state=row.actor_state,
        target=row.target,
        target_state=row.target_state,
        incidents=row.incidents,
        count=Interval(row.lo, None if row.open else row.hi) if row.summed else None,
        summed=row.summed,
        uncounted=row.uncounted,
        disputed=row.disputed,
    )


def _sum(condition: sa.ColumnElement[bool], value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)


def _months(some: sa.FromClause) -> sa.Select[Any]:
    first = sa.func.substr(sa.func.coalesce(some.c.month, ""), 1, 7).label("first")
    return sa.select(first, sa.func.count().label("n")).group_by(first)


def _ordered(months: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(months))
