"""Keeping chains and voices once each."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.rows import Links, Row, digest_of


def chain_pks(connection: sa.Connection, chains: Iterable[Links]) -> dict[Links, int]:
    """The primary key of each chain; chains and voices that are missing are added."""
    digests = {links: digest_of(links) for links in set(chains)}
    c = schema.chains
    known: dict[str, int] = {}
    for some in chunks(digests.values()):
        rows = connection.execute(sa.select(c.c.digest, c.c.pk).where(c.c.digest.in_(some)))
        known.update({row.digest: row.pk for row in rows})
    missing = [links for links in digests if digests[links] not in known]
    if missing:
        first = next_pk(connection, c)
        rows_of: list[Row] = [{"pk": pk, "digest": digests[x], "links": x} for pk, x in enumerate(missing, first)]
        bulk_insert(connection, c, rows_of)
        _link_voices(connection, {row["pk"]: row["links"] for row in rows_of})
        known.update({row["digest"]: row["pk"] for row in rows_of})
    return {links: known[digest] for links, digest in digests.items()}


def _link_voices(connection: sa.Connection, chains: dict[int, Links]) -> None:
    voices = _voice_pks(connection, {link for links in chains.values() for link in links})
    rows = [
        {"chain_pk": pk, "position": position, "voice_pk": voices[link]}
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
