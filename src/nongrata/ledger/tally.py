"""Who did how much to whom: interval sums over incidents, summed by the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.filters import IncidentFilter
from nongrata.model import Factuality, Interval, Realis


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
    count, ``uncounted`` how many have none, ``planned`` how many are announced and not told as done, ``disputed`` how
    many carry a contradiction or a denial.
    """

    count: Interval
    incidents: int
    uncounted: int
    planned: int
    disputed: int
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
    keys = [i.c[name] for name in columns]
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
    query = query.where(
        *only.conditions(),
        i.c.factuality != str(Factuality.DENIED),
        i.c.realis.in_((str(Realis.ACTUAL), str(Realis.PLANNED))),
    ).group_by(*keys)
    rows = [_row(row) for row in connection.execute(query).mappings()]
    return sorted(rows, key=_by_month if by is TallyBy.MONTH else _by_size)


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _row(row: sa.RowMapping) -> TallyRow:
    return TallyRow(
        count=Interval(row["lo"], None if row["open"] else row["hi"]),
        incidents=row["incidents"],
        uncounted=row["uncounted"],
        planned=row["planned"],
        disputed=row["disputed"],
        actor=row.get("who"),
        target=row.get("target"),
        month=row.get("month"),
        type=row.get("type"),
    )


def _by_size(row: TallyRow) -> tuple[int, int, str, str, str]:
    return (-row.count.lo, -row.incidents, row.actor or "~", row.target or "~", row.type or "~")


def _by_month(row: TallyRow) -> str:
    return row.month or "~"
