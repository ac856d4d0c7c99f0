"""Pages of claims and incidents, newest first, and how many claims have which value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.conclusions import load_incidents
from nongrata.ledger.filters import ClaimFilter, IncidentFilter
from nongrata.ledger.picking import shelf_to_order, some_of, way_to
from nongrata.ledger.selects import claims_in_order
from nongrata.model import Claim, Incident, LedgerError

T = TypeVar("T")

FACETS = ("type", "actor", "target", "factuality", "publisher", "reviewed")
COUNTED = 20_000
"""Facets of a filter are counted over at most so many of its claims."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of what was found. ``after`` asks for what follows; None: there is nothing more.

    Paging is stable: what is added meanwhile shows on a first page and moves nothing on the later ones.
    """

    found: tuple[T, ...]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """By property, its values with their numbers of claims, most frequent first.

    ``claims`` is how many were counted; ``complete``: these were all that fit.
    """

    values: dict[str, list[tuple[str, int]]]
    claims: int
    complete: bool = True


def claim_page(connection: sa.Connection, only: ClaimFilter, after: str | None, limit: int) -> Page[Claim]:
    """The claims of a filter, newest publication first."""
    picked = way_to(connection, only).newest(limit + 1, _numbers(after) if after is not None else None)
    found = connection.execute(picked).all()
    pks = [row.pk for row in found[:limit]]
    more = f"{found[limit - 1].shelf}.{pks[-1]}" if len(found) > limit else None
    return Page(claims_in_order(connection, pks), more)


def incident_page(
    connection: sa.Connection, only: IncidentFilter, after: str | None, limit: int, *, claims: bool = True
) -> Page[Incident]:
    """The incidents of a filter, latest day first, those without a known time last; on demand without their claims."""
    i = schema.incidents
    conditions = only.conditions()
    if after is not None:
        shelf, _, last_id = after.partition(".")
        at = _number(shelf, after)
        conditions.append(sa.or_(i.c.shelf < at, sa.and_(i.c.shelf == at, i.c.id < last_id)))
    order = (shelf_to_order(connection, only).desc(), i.c.id.desc())
    query = sa.select(i).where(*conditions).order_by(*order).limit(limit + 1)
    found = load_incidents(connection, query, claims=claims)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return Page(tuple(shown), f"{last.when.last.toordinal() if last.when else 0}.{last.id}" if last else None)


def facets_of(connection: sa.Connection, only: ClaimFilter, counted: int = COUNTED, top: int | None = None) -> Facets:
    """The facets of a filter over at most so many claims; those of the whole ledger as counted with the incidents.

    With ``top`` a property has that many of its most frequent values.
    """
    if only.is_open:
        return _facets_of_all(connection, top)
    fits = _fitting(some_of(connection, only, counted + 1))
    some = sa.select(fits).limit(counted).cte("some")
    parts = [sa.select(sa.literal("").label("name"), sa.literal("").label("value"), sa.func.count().label("n"))]
    parts[0] = parts[0].select_from(fits)
    for name in FACETS:
        value = some.c[name].label("value")
        n = sa.func.count().label("n")
        one = sa.select(sa.literal(name).label("name"), value, n).group_by(value).order_by(n.desc(), value).limit(top)
        parts.append(sa.select(one.subquery()))
    values: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    fitting = 0
    for name, shown, claims in connection.execute(sa.union_all(*parts)):
        if name:
            values[name].append((shown, claims))
        else:
            fitting = claims
    return Facets(values, min(fitting, counted), complete=fitting <= counted)


def _fitting(picked: sa.Select[Any]) -> sa.CTE:
    """The properties of some claims as texts: counted by the database, so that no rows have to be handed over."""
    c = schema.claims
    columns = [
        sa.case((c.c[name], "yes"), else_="no") if name == "reviewed" else sa.func.coalesce(c.c[name], "")
        for name in FACETS
    ]
    named = [column.label(name) for name, column in zip(FACETS, columns, strict=True)]
    some = picked.subquery("picked")
    return sa.select(*named).join(some, some.c.pk == c.c.pk).cte("fits")


def _facets_of_all(connection: sa.Connection, top: int | None) -> Facets:
    f = schema.facets
    counted = sa.select(sa.func.coalesce(sa.func.sum(f.c.claims), 0)).where(f.c.name == "type")
    values: dict[str, list[tuple[str, int]]] = {}
    for name in FACETS:
        query = sa.select(f.c.value, f.c.claims).where(f.c.name == name).order_by(f.c.claims.desc(), f.c.value)
        values[name] = [(row.value, row.claims) for row in connection.execute(query.limit(top))]
    return Facets(values, int(connection.scalar(counted) or 0))


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


def _numbers(after: str) -> tuple[int, int]:
    shelf, _, pk = after.partition(".")
    return _number(shelf, after), _number(pk, after)


def _number(text: str, after: str) -> int:
    if not text.isdecimal():
        raise LedgerError(f"{after!r} marks no page: ask for the first page again")
    return int(text)
