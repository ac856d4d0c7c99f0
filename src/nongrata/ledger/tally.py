"""Who did how much to whom: interval sums over incidents, summed by the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.filters import IncidentFilter
from nongrata.model import JOINT, Factuality, Interval, Realis, sum_of, total


class TallyBy(StrEnum):
    """What a row of a tally stands for."""

    PAIR = "pair"
    ACTOR = "actor"
    TARGET = "target"
    MONTH = "month"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class TallyRow:
    """The sum over some incidents.

    ``actor``, ``target``, ``month`` ("2024-03", or "2023-09/2024-03" for a stretch) and ``type`` are None where the
    rows are not told apart by them or where they are unknown. ``count`` is the interval sum of the incidents with a
    count (two that may be one happening count once at least), ``uncounted`` how many have none, ``planned`` how many
    are announced and not told as done, ``disputed`` how many carry a contradiction or a denial, ``doubled`` how many
    may be the same as another of them. ``joint`` is True for a figure that several states share: it may hold what
    other rows hold, and is a row of its own however the rows are told apart.
    """

    count: Interval
    incidents: int
    uncounted: int
    planned: int
    disputed: int
    doubled: int = 0
    joint: bool = False
    actor: str | None = None
    target: str | None = None
    month: str | None = None
    type: str | None = None


def tally(connection: sa.Connection, only: IncidentFilter, by: TallyBy) -> list[TallyRow]:
    """Sum counts over the incidents that are asserted and done or announced; largest first, months in order.

    What is only denied, habitual or hypothetical is left out: it is no happening that can be counted.
    """
    i = schema.incidents
    columns = {"pair": ("who", "target"), "actor": ("who",), "target": ("target",)}.get(by, (str(by),))
    conditions = [
        *only.conditions(),
        i.c.factuality != str(Factuality.DENIED),
        i.c.realis.in_((str(Realis.ACTUAL), str(Realis.PLANNED))),
    ]
    joint = sa.and_(i.c.actor.is_(None), i.c.type.in_(JOINT))
    alone = [i.c[name] for name in columns]
    rows = _summed(connection, alone, [*conditions, sa.not_(joint)], joint=False)
    rows += _summed(connection, [*dict.fromkeys([*alone, i.c.who, i.c.target])], [*conditions, joint], joint=True)
    return sorted(rows, key=_by_month if by is TallyBy.MONTH else _by_size)


def _summed(
    connection: sa.Connection, keys: list[sa.Column[Any]], conditions: list[sa.ColumnElement[bool]], *, joint: bool
) -> list[TallyRow]:
    """The sums over the incidents that fit some conditions, one row for each value of the keys."""
    i = schema.incidents
    lowest = sa.func.coalesce(sa.func.sum(i.c.count_lo), 0)
    open_ended = sa.and_(i.c.count_lo.is_not(None), i.c.count_hi.is_(None))
    query = sa.select(
        *keys,
        lowest.label("lo"),
        sa.func.coalesce(sa.func.sum(i.c.count_hi), 0).label("hi"),
        _how_many(open_ended).label("open"),
        sa.func.count().label("incidents"),
        _how_many(i.c.count_lo.is_(None)).label("uncounted"),
        _how_many(i.c.realis == str(Realis.PLANNED)).label("planned"),
        _how_many(i.c.disputed).label("disputed"),
    )
    query = query.where(*conditions).group_by(*keys)
    doubled = _doubled(connection, keys, conditions)
    names = [key.name for key in keys]
    found = connection.execute(query).mappings()
    return [_row(row, doubled.get(tuple(row[name] for name in names), []), joint=joint) for row in found]


def _doubled(
    connection: sa.Connection, keys: list[sa.Column[Any]], conditions: list[sa.ColumnElement[bool]]
) -> dict[tuple[Any, ...], list[tuple[str, Interval | None, list[str]]]]:
    """By row: the incidents that may be the same as another, with their counts and what they may be the same as."""
    i = schema.incidents
    query = sa.select(*keys, i.c.id, i.c.count_lo, i.c.count_hi, i.c.possibly_same)
    found: dict[tuple[Any, ...], list[tuple[str, Interval | None, list[str]]]] = {}
    for row in connection.execute(query.where(*conditions, i.c.possibly_same.is_not(None))):
        *key, one, lo, hi, others = row
        found.setdefault(tuple(key), []).append((one, None if lo is None else Interval(lo, hi), others or []))
    return found


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _row(row: sa.RowMapping, maybe: list[tuple[str, Interval | None, list[str]]], *, joint: bool) -> TallyRow:
    counts = {one: count for one, count, _ in maybe if count}
    pairs = {one: others for one, _, others in maybe}
    within = [one for one, others in pairs.items() if any(other in pairs for other in others)]
    twice = total(counts.values()).lo - sum_of(counts, pairs).lo
    return TallyRow(
        count=Interval(row["lo"] - twice, None if row["open"] else row["hi"]),
        incidents=row["incidents"],
        uncounted=row["uncounted"],
        planned=row["planned"],
        disputed=row["disputed"],
        doubled=len(within),
        joint=joint,
        actor=row.get("who"),
        target=row.get("target"),
        month=row.get("month"),
        type=row.get("type"),
    )


def _by_size(row: TallyRow) -> tuple[bool, int, int, str, str, str]:
    return (row.joint, -row.count.lo, -row.incidents, row.actor or "~", row.target or "~", row.type or "~")


def _by_month(row: TallyRow) -> tuple[bool, str, str, str]:
    return (row.joint, row.month or "~", row.actor or "~", row.target or "~")
