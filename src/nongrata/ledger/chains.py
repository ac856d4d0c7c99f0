"""Keeping chains and voices once each."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.rows import digest_of

Links = list[list[str]]


def chain_pks(connection: sa.Connection, chains: Sequence[Links]) -> dict[str, int]:
    """The primary key of each chain by the digest of its links; chains and voices that are missing are added."""
    by_digest = {digest_of(links): links for links in chains}
    c = schema.chains
    found: dict[str, int] = {}
    for some in chunks(by_digest):
        rows = connection.execute(sa.select(c.c.digest, c.c.pk).where(c.c.digest.in_(some)))
        found.update({row.digest: row.pk for row in rows})
    missing = {digest: links for digest, links in by_digest.items() if digest not in found}
    if missing:
        first = next_pk(connection, c)
        new = {digest: pk for pk, digest in enumerate(missing, first)}
        connection.execute(
            c.insert(), [{"pk": new[digest], "digest": digest, "links": links} for digest, links in missing.items()]
        )
        _link_voices(connection, {new[digest]: links for digest, links in missing.items()})
        found |= new
    return found


def _link_voices(connection: sa.Connection, chains: dict[int, Links]) -> None:
    voices = _voice_pks(connection, {tuple(link) for links in chains.values() for link in links})
    rows = [
        {"chain_pk": pk, "position": position, "voice_pk": voices[tuple(link)]}
        for pk, links in chains.items()
        for position, link in enumerate(links)
    ]
    if rows:
        connection.execute(schema.chain_voices.insert(), rows)


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
        connection.execute(v.insert(), [{"pk": pk, "name": n, "role": r, "state": s} for (n, r, s), pk in new.items()])
        found |= new
    return found
