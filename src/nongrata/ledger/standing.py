"""One source, an outlet or a voice, as the chains of claims show it: whom it takes from and who takes from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.keys import chunks
from nongrata.ledger.lookup import begins_with
from nongrata.ledger.selects import claims_in_order, live_when_looked_up
from nongrata.model import Claim

CHAINS = 20_000
"""A source is judged by at most so many of the chains that name it."""
_SHOWN = 40

Named = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands in chains, in numbers of claims.

    ``takes_from`` are the voices directly before it, ``passed_on_by`` those directly after it, ``origin`` is how often
    a chain begins with it, ``published`` how often one ends with it. ``roles`` are what it is called, with the state
    that it speaks for. ``complete``: no chain was left out. ``said`` are the newest claims with it as a voice before
    the last.
    """

    name: str
    origin: int
    published: int
    takes_from: Named
    passed_on_by: Named
    roles: tuple[tuple[str, str], ...]
    said: tuple[Claim, ...]
    complete: bool


def standing_of(connection: sa.Connection, name: str, shown: int = 20) -> Standing | None:
    """How a source stands; None when neither a report nor a chain names it."""
    v, s = schema.voices, schema.sources
    voices = connection.execute(sa.select(v.c.pk, v.c.role, v.c.state).where(v.c.name == name)).all()
    is_outlet = connection.scalar(sa.select(s.c.pk).where(s.c.name == name)) is not None
    if not voices and not is_outlet:
        return None
    places = _places([row.pk for row in voices])
    known, origin, published = _ends(connection, places)
    return Standing(
        name,
        origin,
        published,
        _beside(connection, places, -1),
        _beside(connection, places, 1),
        tuple(sorted({(row.role, row.state) for row in voices if row.role or row.state})),
        _said(connection, places, shown),
        known <= CHAINS,
    )


def names_like(connection: sa.Connection, prefix: str, limit: int = 30) -> list[str]:
    """Names of outlets and voices that begin so, in the order of the alphabet."""
    found: set[str] = set()
    for column in (schema.sources.c.name, schema.voices.c.name):
        query = sa.select(column).where(begins_with(column, prefix)).distinct().order_by(column)
        found.update(connection.scalars(query.limit(limit)))
    return sorted(found)[:limit]


def grades(connection: sa.Connection, names: Iterable[str]) -> dict[str, str]:
    """The present reliability of sources by name; those that nobody rated are left out."""
    s, g = schema.sources, schema.source_ratings
    found: dict[str, str] = {}
    for some in chunks(set(names)):
        query = sa.select(s.c.name, g.c.grade).join(g, g.c.source_pk == s.c.pk).where(s.c.name.in_(some))
        found.update({row.name: row.grade for row in connection.execute(query.order_by(g.c.pk))})
    return found


def _places(voices: list[int]) -> sa.CTE:
    """Where some voices stand in chains: chain, position, and how many live claims the chain has.

    Counted by the database from an index alone, so that no rows have to be handed over.
    """
    c, cv = schema.claims, schema.chain_voices
    named = sa.select(cv.c.chain_pk, cv.c.position).where(cv.c.voice_pk.in_(voices)).limit(CHAINS + 1).subquery()
    claims = sa.select(sa.func.count()).where(c.c.chain_pk == named.c.chain_pk, c.c.live).scalar_subquery()
    return sa.select(named.c.chain_pk, named.c.position, claims.label("claims")).cte("places")


def _ends(connection: sa.Connection, places: sa.CTE) -> tuple[int, int, int]:
    """How many places there are, and how many claims have the voice first, and last, in their chains."""
    p = places.c
    summed = sa.select(
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(sa.case((p.position == 0, p.claims), else_=0)), 0),
        sa.func.coalesce(sa.func.sum(sa.case((_neighbour(places, 1), 0), else_=p.claims)), 0),
    )
    known, origin, published = connection.execute(summed).one()
    return int(known), int(origin), int(published)


def _neighbour(places: sa.CTE, step: int) -> sa.Exists:
    """That there is a voice so many places on."""
    cv = schema.chain_voices
    return sa.exists().where(cv.c.chain_pk == places.c.chain_pk, cv.c.position == places.c.position + step)


def _beside(connection: sa.Connection, places: sa.CTE, step: int) -> Named:
    """The voices so many places on, with numbers of claims, most first."""
    v, cv = schema.voices, schema.chain_voices
    n = sa.func.sum(places.c.claims).label("n")
    query = (
        sa.select(v.c.name, n)
        .select_from(places)
        .join(cv, sa.and_(cv.c.chain_pk == places.c.chain_pk, cv.c.position == places.c.position + step))
        .join(v, v.c.pk == cv.c.voice_pk)
        .group_by(v.c.name)
        .having(n > 0)
        .order_by(n.desc(), v.c.name)
    )
    return tuple((row.name, int(row.n)) for row in connection.execute(query.limit(_SHOWN)))


def _said(connection: sa.Connection, places: sa.CTE, shown: int) -> tuple[Claim, ...]:
    c = schema.claims
    before_last = sa.select(places.c.chain_pk).where(_neighbour(places, 1))
    query = sa.select(c.c.pk).where(c.c.chain_pk.in_(before_last), live_when_looked_up())
    pks = list(connection.scalars(query.order_by(c.c.shelf.desc(), c.c.pk.desc()).limit(shown)))
    return claims_in_order(connection, pks)
