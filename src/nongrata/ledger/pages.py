"""Pages of claims and incidents, newest first, and how many claims have which value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.conclusions import load_incidents
from nongrata.ledger.filters import ClaimFilter, IncidentFilter
from nongrata.ledger.rows import claim_of
from nongrata.ledger.selects import claim_select
from nongrata.model import Claim, Incident, LedgerError

T = TypeVar("T")

FACETS = ("type", "actor", "target", "factuality", "publisher", "reviewed")
COUNTED = 20_000
"""Facets of a filter are counted over at most so many of its newest claims."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of what was found. ``after`` asks for what follows; None: there is nothing more.

    Paging is stable: what is added meanwhile shows on a first page and moves nothing on the later ones.
    """

    found: tuple[T, ...]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """By property, its values with their numbers of claims, most frequent first; ``complete``: all were counted."""

    values: dict[str, list[tuple[str, int]]]
    complete: bool = True


def claim_page(connection: sa.Connection, only: ClaimFilter, after: str | None, limit: int) -> Page[Claim]:
    """The claims of a filter, newest publication first."""
    c = schema.claims
    conditions = only.conditions(connection.dialect.name)
    if after is not None:
        shelf, pk = _numbers(after)
        conditions.append(sa.or_(c.c.shelf < shelf, sa.and_(c.c.shelf == shelf, c.c.pk < pk)))
    picked = sa.select(c.c.pk).where(*conditions).order_by(c.c.shelf.desc(), c.c.pk.desc()).limit(limit + 1)
    pks = list(connection.scalars(picked))
    rows = {row["pk"]: row for row in connection.execute(claim_select().where(c.c.pk.in_(pks[:limit]))).mappings()}
    shown = [rows[pk] for pk in pks[:limit]]
    more = f"{shown[-1]['shelf']}.{shown[-1]['pk']}" if len(pks) > limit else None
    return Page(tuple(claim_of(row) for row in shown), more)


def incident_page(connection: sa.Connection, only: IncidentFilter, after: str | None, limit: int) -> Page[Incident]:
    """The incidents of a filter, latest day first, those without a known time last."""
    i = schema.incidents
    conditions = only.conditions()
    if after is not None:
        shelf, _, last_id = after.partition(".")
        at = _number(shelf, after)
        conditions.append(sa.or_(i.c.shelf < at, sa.and_(i.c.shelf == at, i.c.id < last_id)))
    query = sa.select(i).where(*conditions).order_by(i.c.shelf.desc(), i.c.id.desc()).limit(limit + 1)
    found = load_incidents(connection, query)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return Page(tuple(shown), f"{last.when.last.toordinal() if last.when else 0}.{last.id}" if last else None)


def facets_of(connection: sa.Connection, only: ClaimFilter, counted: int = COUNTED) -> Facets:
    """The facets of a filter over at most so many claims; those of the whole ledger as counted with the incidents."""
    if only.is_open:
        f = schema.facets
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
        for row in connection.execute(sa.select(f).order_by(f.c.name, f.c.claims.desc(), f.c.value)):
            found[row.name].append((row.value, row.claims))
        return Facets(found)
    c = schema.claims
    columns = [c.c[name] for name in FACETS]
    query = sa.select(*columns).where(*only.conditions(connection.dialect.name)).limit(counted + 1)
    rows = connection.execute(query).all()
    counters = [Counter(_shown(row[at]) for row in rows[:counted]) for at in range(len(FACETS))]
    values = {name: sorted(c.items(), key=_rank) for name, c in zip(FACETS, counters, strict=True)}
    return Facets(values, complete=len(rows) <= counted)


def count_facets(connection: sa.Connection) -> None:
    """Count the facets of the whole ledger again."""
    f, c = schema.facets, schema.claims
    connection.execute(f.delete())
    for name in FACETS:
        query = sa.select(c.c[name], sa.func.count()).where(c.c.live).group_by(c.c[name])
        rows = [{"name": name, "value": _shown(value), "claims": n} for value, n in connection.execute(query)]
        bulk_insert(connection, f, rows)


def _shown(value: Any) -> str:  # noqa: ANN401  a column's value: text, truth value or nothing
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or ""


def _rank(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _numbers(after: str) -> tuple[int, int]:
    shelf, _, pk = after.partition(".")
    return _number(shelf, after), _number(pk, after)


def _number(text: str, after: str) -> int:
    if not text.isdecimal():
        raise LedgerError(f"{after!r} marks no page: ask for the first page again")
    return int(text)
