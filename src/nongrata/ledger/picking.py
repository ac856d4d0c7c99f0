"""The short way to the claims and incidents of a filter, newest first.

PostgreSQL finds it by itself. SQLite does not know how many claims a party or a word has: it looks every one of them up
before it puts them in order, which for a state named by half of all claims takes long. Where many fit it is shorter to
go through an index that is in order already, until enough are found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.filters import ClaimFilter, Condition, IncidentFilter, spellings
from nongrata.ledger.search import matching
from nongrata.ledger.selects import live_when_looked_up

FEW = 2000
"""So many claims are sooner looked up than met on the way through an index ..."""
FEW_INCIDENTS = 800
"""... and so many incidents."""


@dataclass(frozen=True, slots=True)
class Way:
    """A select of claims as ``pk`` and ``shelf``, not yet in order."""

    claims: sa.Select[Any]
    pk: sa.ColumnElement[int]
    shelf: sa.ColumnElement[int]

    def newest(self, limit: int, after: tuple[int, int] | None = None) -> sa.Select[Any]:
        """The claims by publication, newest first, from behind the one with this shelf and primary key on."""
        found = self.claims
        if after is not None:
            shelf, pk = after
            found = found.where(self.shelf <= shelf, sa.or_(self.shelf < shelf, self.pk < pk))
        return found.order_by(self.shelf.desc(), self.pk.desc()).limit(limit)


def way_to(connection: sa.Connection, only: ClaimFilter) -> Way:
    """The way to the claims of a filter.

    Raises:
        LedgerError: the text has no word to look for.
    """
    c, dialect = schema.claims, connection.dialect.name
    party = _one_party(only)
    if party is not None and not _is_few(connection, only.text, {}):
        return _by_party(*party, only.text, dialect)
    conditions = only.conditions(dialect)
    if dialect == "sqlite" and _is_dense(only) and not _is_few(connection, only.text, _named(only)):
        conditions = _met_on_the_way(only, dialect)
    return Way(sa.select(c.c.pk, c.c.shelf).where(*conditions), c.c.pk, c.c.shelf)


def some_of(connection: sa.Connection, only: ClaimFilter, limit: int) -> sa.Select[Any]:
    """So many claims of a filter as ``pk``: the newest where that costs nothing, else any."""
    if _one_party(only) is not None:
        return way_to(connection, only).newest(limit)
    return sa.select(schema.claims.c.pk).where(*only.conditions(connection.dialect.name)).limit(limit)


def shelf_to_order(connection: sa.Connection, only: IncidentFilter) -> sa.ColumnElement[int]:
    """By what to put the incidents of a filter in order: where few name a party, by no column that has an index."""
    i = schema.incidents
    by_party = (only.actors or only.targets) and not only.types
    if by_party and _at_most(connection, sa.select(i.c.id).where(*only.conditions()), FEW_INCIDENTS):
        return i.c.shelf + 0
    return i.c.shelf


def _named(only: ClaimFilter) -> dict[str, list[str]]:
    """By side the names that a filter asks for."""
    return {side: spellings(names) for side, names in only.parties.items()}


def _one_party(only: ClaimFilter) -> tuple[str, str] | None:
    """Side and name where a filter is about one party, with words or without, and nothing else."""
    if only != ClaimFilter(text=only.text, actors=only.actors, targets=only.targets):
        return None
    named = [(side, name) for side, names in _named(only).items() for name in names]
    return named[0] if len(named) == 1 else None


def _by_party(side: str, name: str, text: str, dialect: str) -> Way:
    """Through the index of parties, which holds the claims of each in order."""
    c, p = schema.claims, schema.claim_parties
    conditions = [p.c.side == side, p.c.name == name, live_when_looked_up()]
    if text.strip():
        conditions.append(_has_words(p.c.claim_pk, text, dialect))
    found = sa.select(p.c.claim_pk.label("pk"), p.c.shelf).join(c, c.c.pk == p.c.claim_pk)
    return Way(found.where(*conditions), p.c.claim_pk, p.c.shelf)


def _has_words(pk: sa.ColumnElement[int], text: str, dialect: str) -> Condition:
    """Words as a condition that is tried on each claim: a sum is no column, so the matches are not the way to them."""
    return (pk + 0).in_(matching(text, dialect).columns(sa.column("pk")))


def _is_dense(only: ClaimFilter) -> bool:
    """True for words, or parties, among what indexes hold in order: on the way through one many of them are met."""
    rest = replace(only, types=(), factuality=(), publishers=())
    if only.text.strip():
        return rest == ClaimFilter(text=only.text)
    return bool(_named(only)) and rest == ClaimFilter(actors=only.actors, targets=only.targets)


def _is_few(connection: sa.Connection, text: str, named: dict[str, list[str]]) -> bool:
    """True when few claims have the words, or name one of the parties; without either it is false."""
    p, dialect = schema.claim_parties, connection.dialect.name
    sets: list[Any] = [matching(text, dialect).columns(sa.column("pk"))] if text.strip() else []
    for side, names in named.items():
        sets.append(sa.select(p.c.claim_pk).where(p.c.side == side, p.c.name.in_(names)))
    return any(_at_most(connection, sa.select(one.subquery()), FEW) for one in sets)


def _at_most(connection: sa.Connection, found: sa.Select[Any], most: int) -> bool:
    """True when a select gives no more rows than that; it is broken off where it would."""
    some = found.limit(most + 1).subquery()
    return (connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0) <= most


def _met_on_the_way(only: ClaimFilter, dialect: str) -> list[Condition]:
    """The filter with words and parties as conditions that are tried on each claim, not as lists to look up."""
    c, p = schema.claims, schema.claim_parties
    found = replace(only, text="", actors=(), targets=()).conditions(dialect)
    if only.text.strip():
        found.append(_has_words(c.c.pk, only.text, dialect))
    for side, names in _named(only).items():
        named = sa.exists().where(p.c.side == side, p.c.name.in_(names))
        found.append(named.where(p.c.shelf == c.c.shelf, p.c.claim_pk == c.c.pk))
    return found
