"""``ledger check``: whether a ledger holds what it says it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.archive import archive_faults
from nongrata.ledger.copies import copy_faults
from nongrata.ledger.rows import claim_of, claim_row, digest_of, links_of, reading_digest
from nongrata.ledger.selects import claim_select
from nongrata.ledger.state import counters
from nongrata.model import LedgerError

_BATCH = 500
_NAMED = 5


def faults(connection: sa.Connection) -> Iterator[str]:
    """Everything that is wrong, one sentence each; nothing for a sound ledger.

    The file's structure comes first; when that is broken, nothing else is asked of it.
    """
    if connection.dialect.name == "sqlite":
        broken = list(_structure(connection))
        yield from broken
        if broken:
            return
    yield from _texts(connection)
    yield from archive_faults(connection)
    yield from _readings(connection)
    yield from _contents(connection)
    yield from _claims(connection)
    yield from _incidents(connection)
    yield from copy_faults(connection)


def _structure(connection: sa.Connection) -> Iterator[str]:
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if words != "ok":
            yield f"the file is damaged: {words}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there"


def _texts(connection: sa.Connection) -> Iterator[str]:
    """Every kept text against its hash."""
    r = schema.reports
    last = 0
    while True:
        query = sa.select(r.c.pk, r.c.id, r.c.sha256, r.c.text).where(r.c.pk > last, r.c.text != "")
        rows = connection.execute(query.order_by(r.c.pk).limit(_BATCH)).all()
        if not rows:
            return
        for row in rows:
            if hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest() != row.sha256:
                yield f"the text of report {row.id} is not the one that was ingested: its SHA-256 differs"
        last = rows[-1].pk


def _readings(connection: sa.Connection) -> Iterator[str]:
    g, c, r = schema.readings, schema.claims, schema.reports
    live = sa.func.sum(sa.case((g.c.live, 1), else_=0))
    query = sa.select(r.c.id).join(g, g.c.report_pk == r.c.pk).group_by(r.c.id).having(live != 1)
    yield from _named(connection, query, "report {} has not exactly one reading that counts")
    unread = sa.select(r.c.id).where(~sa.exists().where(g.c.report_pk == r.c.pk))
    yield from _named(connection, unread, "report {} was never read")
    there = sa.func.count(c.c.pk)
    query = sa.select(r.c.id).select_from(g).join(r, r.c.pk == g.c.report_pk)
    query = query.outerjoin(c, sa.and_(c.c.reading_pk == g.c.pk, c.c.corrects.is_(None)))
    query = query.group_by(g.c.pk, r.c.id, g.c.claims).having(there != g.c.claims)
    yield from _named(connection, query, "a reading of report {} has lost claims")


def _contents(connection: sa.Connection) -> Iterator[str]:
    """Every field of every claim as read, and its chain, against the digest of its reading."""
    g, r, c = schema.readings, schema.reports, schema.claims
    last = 0
    while True:
        query = sa.select(g.c.pk, g.c.digest, r.c.id).join(r, r.c.pk == g.c.report_pk).where(g.c.pk > last)
        readings = connection.execute(query.order_by(g.c.pk).limit(_BATCH)).all()
        if not readings:
            return
        last = readings[-1].pk
        query = claim_select().where(c.c.reading_pk.between(readings[0].pk, last), c.c.corrects.is_(None))
        rows: dict[int, list[sa.RowMapping]] = {}
        for row in connection.execute(query.order_by(c.c.pk)).mappings():
            rows.setdefault(row["reading_pk"], []).append(row)
        for reading in readings:
            if not _is_digest_of(reading.digest, rows.get(reading.pk, [])):
                yield f"the claims of report {reading.id} are not those that were read: their digest differs"


def _is_digest_of(digest: str, rows: list[sa.RowMapping]) -> bool:
    try:
        claims = [claim_of(row) for row in rows]
        plain = [claim_row(claim, row["key"]) for claim, row in zip(claims, rows, strict=True)]
    except LedgerError:
        return False
    # Ledgers begun before step 0004 have digests without the chains.
    return digest in (reading_digest(plain, [links_of(claim.chain) for claim in claims]), digest_of(plain))


def _claims(connection: sa.Connection) -> Iterator[str]:
    g, c = schema.readings, schema.claims
    query = sa.select(c.c.key).join(g, g.c.pk == c.c.reading_pk).where(c.c.live, sa.not_(g.c.live))
    yield from _named(connection, query, "claim {} counts though its reading does not")
    claims = connection.scalar(sa.select(sa.func.count()).select_from(c))
    indexed = connection.scalar(sa.text("SELECT count(*) FROM claim_search"))
    if claims != indexed:
        yield f"the search index knows {indexed} claims of {claims}"


def _incidents(connection: sa.Connection) -> Iterator[str]:
    ic, c = schema.incident_claims, schema.claims
    marks = counters(connection)
    if marks.get("claims") != marks.get("incidents"):
        return
    query = sa.select(ic.c.incident_id).outerjoin(c, sa.and_(c.c.key == ic.c.claim_key, c.c.live))
    yield from _named(connection, query.where(c.c.pk.is_(None)), "incident {} names a claim that does not count")


def _named(connection: sa.Connection, query: sa.Select[tuple[str]], words: str) -> Iterator[str]:
    """A sentence for each of the first few that a query finds, and the number of the others."""
    found = list(connection.scalars(query))
    for name in found[:_NAMED]:
        yield words.format(name)
    if len(found) > _NAMED:
        yield f"... and {len(found) - _NAMED} more like this"
