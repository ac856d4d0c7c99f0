"""What the overview draws from: how many incidents by month, and by parties and type."""

from __future__ import annotations

from dataclasses import dataclass

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
    if only.conditions():
        query = query.order_by(i.c.shelf.desc(), i.c.id.desc()).limit(NEWEST + 1)
    some = query.subquery("some")
    relations = tuple(_relations(connection, some))
    counted = sum(relation.incidents for relation in relations)
    complete = only.is_open or counted <= NEWEST
    return Overview(counted if complete else NEWEST, relations, tuple(_months(connection, some)), complete)


def _relations(connection: sa.Connection, some: sa.Subquery) -> list[Relation]:
    s = some.c
    happened = sa.and_(s.factuality != str(Factuality.DENIED), s.realis.in_((str(Realis.ACTUAL), str(Realis.PLANNED))))
    counts = sa.and_(happened, s.count_lo.is_not(None))
    keys = (s.type, s.who, s.actor_state, s.target, s.target_state)
    query = sa.select(
        *keys,
        sa.func.count().label("incidents"),
        _sum(counts, s.count_lo).label("lo"),
        _sum(counts, s.count_hi).label("hi"),
        _sum(sa.and_(counts, s.count_hi.is_(None)), sa.literal(1)).label("open"),
        _sum(counts, sa.literal(1)).label("summed"),
        _sum(sa.and_(happened, s.count_lo.is_(None)), sa.literal(1)).label("uncounted"),
        _sum(s.disputed, sa.literal(1)).label("disputed"),
    ).group_by(*keys)
    return [
        Relation(
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
        for row in connection.execute(query)
    ]


def _sum(condition: sa.ColumnElement[bool], value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)


def _months(connection: sa.Connection, some: sa.Subquery) -> list[tuple[str, int]]:
    first = sa.func.substr(sa.func.coalesce(some.c.month, ""), 1, 7).label("first")
    query = sa.select(first, sa.func.count().label("n")).group_by(first).order_by(first)
    return [(row.first, row.n) for row in connection.execute(query)]
