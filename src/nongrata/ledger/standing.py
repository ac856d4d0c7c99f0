"""One source, an outlet or a voice, as the chains of claims show it: whom it takes from and who takes from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.keys import chunks
from nongrata.ledger.rows import claim_of
from nongrata.ledger.selects import claim_select
from nongrata.model import Claim

LOOKED_AT = 2000
"""A source is judged by at most so many of the claims that it publishes, and as many that name it."""
_LAST = "\uffff"

Named = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands in chains, in numbers of claims.

    ``takes_from`` are the voices directly before it, ``passed_on_by`` those directly after it, ``origin`` is how often
    a chain begins with it, ``published`` how often one ends with it. ``roles`` are what it is called, with the state
    that it speaks for. ``complete``: no claim was left out. ``said`` are the newest claims with it as a voice before
    the publisher.
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
    chains, full = _chains(connection, name, [row.pk for row in voices])
    links = _links(connection, chains)
    before, after = Counter[str](), Counter[str]()
    origin = published = 0
    for chain, claims in chains.items():
        names = [link[0] for link in links.get(chain, ())]
        for at, one in enumerate(names):
            if one != name:
                continue
            origin += claims if at == 0 else 0
            published += claims if at == len(names) - 1 else 0
            if at:
                before[names[at - 1]] += claims
            if at + 1 < len(names):
                after[names[at + 1]] += claims
    roles = tuple(sorted({(row.role, row.state) for row in voices if row.role or row.state}))
    said = _said(connection, name, [row.pk for row in voices], shown)
    return Standing(name, origin, published, _ranked(before), _ranked(after), roles, said, not full)


def names_like(connection: sa.Connection, prefix: str, limit: int = 30) -> list[str]:
    """Names of outlets and voices that begin so, in the order of the alphabet."""
    found: set[str] = set()
    for column in (schema.sources.c.name, schema.voices.c.name):
        query = sa.select(column).where(column >= prefix, column < prefix + _LAST).distinct().order_by(column)
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


def _chains(connection: sa.Connection, name: str, voices: list[int]) -> tuple[dict[int, int], bool]:
    """Chains that name a source with their numbers of claims; whether some claims were left out."""
    c, cv = schema.claims, schema.chain_voices
    published = sa.select(c.c.pk, c.c.chain_pk).where(c.c.live, c.c.publisher == name).order_by(c.c.shelf.desc())
    named = sa.select(c.c.pk, c.c.chain_pk).join(cv, cv.c.chain_pk == c.c.chain_pk)
    named = named.where(c.c.live, cv.c.voice_pk.in_(voices))
    found: dict[int, int] = {}
    full = False
    for query in (published, named):
        rows = connection.execute(query.limit(LOOKED_AT + 1)).all()
        full = full or len(rows) > LOOKED_AT
        found.update({row.pk: row.chain_pk for row in rows[:LOOKED_AT]})
    return dict(Counter(found.values())), full


def _links(connection: sa.Connection, chains: Iterable[int]) -> dict[int, list[list[str]]]:
    h = schema.chains
    found: dict[int, list[list[str]]] = {}
    for some in chunks(chains):
        rows = connection.execute(sa.select(h.c.pk, h.c.links).where(h.c.pk.in_(some)))
        found.update({row.pk: row.links or [] for row in rows})
    return found


def _said(connection: sa.Connection, name: str, voices: list[int], shown: int) -> tuple[Claim, ...]:
    c, cv = schema.claims, schema.chain_voices
    some = sa.select(c.c.pk, c.c.shelf).join(cv, cv.c.chain_pk == c.c.chain_pk)
    some = some.where(c.c.live, cv.c.voice_pk.in_(voices), c.c.publisher.is_distinct_from(name))
    picked = some.limit(LOOKED_AT).subquery()
    pks = list(
        connection.scalars(sa.select(picked.c.pk).order_by(picked.c.shelf.desc(), picked.c.pk.desc()).limit(shown))
    )
    rows = {row["pk"]: row for row in connection.execute(claim_select().where(c.c.pk.in_(pks))).mappings()}
    return tuple(claim_of(rows[pk]) for pk in pks)


def _ranked(counts: Counter[str]) -> Named:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:40])
