"""Column types and naming that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from nongrata.model.keeping import keepable

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without zone in the database. It refuses naive moments (ValueError)."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Python to database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the ledger needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Database to Python."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text in which what no database keeps is replaced (``model.keeping``): file names and reasons come as they are."""

    impl: type[sa.String] = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Python to database."""
        return keepable(value) if value else value


class Code(Words):
    """A ``Words`` of bounded length."""

    impl = sa.String
    cache_ok = True


def json_column(name: str) -> sa.Column[Any]:
    """A column that holds a JSON value; None is SQL NULL."""
    return sa.Column(name, sa.JSON(none_as_null=True))


def interval_columns(name: str) -> tuple[sa.Column[int], sa.Column[int]]:
    """The two columns of an ``Interval``: ``NAME_lo`` (NULL: no interval) and ``NAME_hi`` (NULL: open)."""
    return sa.Column(f"{name}_lo", sa.Integer), sa.Column(f"{name}_hi", sa.Integer)


def days_columns(name: str) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The two columns of a ``DateInterval``: ``NAME_first`` and ``NAME_last``, both NULL for unknown."""
    return sa.Column(f"{name}_first", sa.Date), sa.Column(f"{name}_last", sa.Date)
