"""Keeping chains and voices once each."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.rows import Row, digest_of, links_of
from nongrata.model import Chain

Links = list[list[str]]


def chain_pks(connection: sa.Connection, chains: Iterable[Chain]) -> dict[Chain, int]:
    """The primary key of each chain; chains and voices that are missing are added."""
    links = {chain: links_of(chain) for chain in chains}
    digests = {chain: digest_of(links[chain]) for chain in links}
    c = schema.chains
    known: dict[str, int] = {}
    for some in chunks(digests.values()):
        rows = connection.execute(sa.select(c.c.digest, c.c.pk).where(c.c.digest.in_(some)))
        known.update({row.digest: row.pk for row in rows})
    missing = [chain for chain in links if digests[chain] not in known]
    if missing:
        first = next_pk(connection, c)
        rows_of: list[Row] = [
            {"pk": pk, "digest": digests[x], "links": links[x]} for pk, x in enumerate(missing, first)
        ]
        bulk_insert(connection, c, rows_of)
        _link_voices(connection, {row["pk"]: row["links"] for row in rows_of})
        known.update({row["digest"]: row["pk"] for row in rows_of})
    return {chain: known[digests[chain]] for chain in links}


def _link_voices(connection: sa.Connection, chains: dict[int, Links]) -> None:
    voices = _voice_pks(connection, {tuple(link) for links in chains.values() for link in links})
    rows = [
        {"chain_pk": pk, "position": position, "voice_pk": voices[tuple(link)]}
        for pk, links in chains.items()
        for position, link in enumerate(links)
    ]
    bulk_insert(connection, schema.chain_voices, rows)


def _voice_pks(connection: sa.Connection, links: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    v = schema.voices
    found: dict[tuple[str, ...], int] = {}
    for some in chunks({link[0] for link in links}):
        rows = connection.execute(sa.select(v.c.pk, v.c.name, v.c.role, v.c.state).where(v.c.name.in_(some)))
        found.update({(row.name, row.role, row.state): row.pk for row in rows})
    missing = sorted(links - found.keys())
    if missing:
        first = next_pk(connection, v)
        new = {link: pk for pk, link in enumerate(missing, first)}
        bulk_insert(connection, v, [{"pk": pk, "name": n, "role": r, "state": s} for (n, r, s), pk in new.items()])
        found |= new
    return found
