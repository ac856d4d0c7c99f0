"""The archive: bytes as fetched, kept once each under their SHA-256, with where and when they were fetched."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.reading.fetching import Fetched

_NAMED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Archived:
    """Bytes as fetched. ``url``, ``at`` and ``content_type`` are those of the first time that they were fetched."""

    sha256: str
    body: bytes
    url: str
    at: datetime
    content_type: str | None


def keep_body(connection: sa.Connection, answer: Fetched) -> str:
    """Keep an answer's bytes (once) and that this address gave them now; returns their SHA-256."""
    a, f = schema.archive, schema.fetches
    name = answer.sha256
    if connection.scalar(sa.select(a.c.sha256).where(a.c.sha256 == name)) is None:
        row = {"sha256": name, "size": len(answer.body), "body": zlib.compress(answer.body)}
        connection.execute(a.insert(), row)
    fetched = {"url": answer.url, "sha256": name, "at": answer.fetched}
    connection.execute(f.insert(), fetched | {"content_type": answer.headers.get("content-type")})
    return name


def load_body(connection: sa.Connection, sha256: str) -> Archived | None:
    """The bytes of that name; None when the archive does not have them."""
    a, f = schema.archive, schema.fetches
    query = sa.select(a.c.body, f.c.url, f.c.at, f.c.content_type).join(f, f.c.sha256 == a.c.sha256)
    row = connection.execute(query.where(a.c.sha256 == sha256).order_by(f.c.at, f.c.pk).limit(1)).first()
    return Archived(sha256, zlib.decompress(row.body), row.url, row.at, row.content_type) if row else None


def archive_faults(connection: sa.Connection) -> Iterator[str]:
    """Every archived body against its SHA-256 and length, and every report's archived body that is not there."""
    a, r = schema.archive, schema.reports
    last = ""
    names_after = sa.select(a.c.sha256).order_by(a.c.sha256).limit(_NAMED_AT_ONCE)
    while names := list(connection.scalars(names_after.where(a.c.sha256 > last))):
        for name in names:
            row = connection.execute(sa.select(a.c.size, a.c.body).where(a.c.sha256 == name)).one()
            yield from _fault(name, row.size, row.body)
        last = names[-1]
    missing = sa.select(r.c.id).where(
        r.c.archived_sha256.is_not(None), ~sa.exists().where(a.c.sha256 == r.c.archived_sha256)
    )
    yield from (f"the archived page of report {name} is not there" for name in connection.scalars(missing))


def _fault(name: str, size: int, packed: bytes) -> Iterator[str]:
    """What is wrong with one body, which is unpacked no further than its stated length: it may unpack to more."""
    try:
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(packed, size + 1)
    except zlib.error:
        yield f"the archived body {name} cannot be unpacked"
        return
    if len(body) != size or hashlib.sha256(body).hexdigest() != name:
        yield f"the archived body {name} is not the one that was fetched: its SHA-256 differs"


def merge_archive(source: sa.Connection, target: sa.Connection) -> int:
    """Take over the bodies and fetches that the target does not have; how many bodies came in."""
    a, f = schema.archive, schema.fetches
    known = set(target.scalars(sa.select(a.c.sha256)))
    missing = [name for name in source.scalars(sa.select(a.c.sha256)) if name not in known]
    for name in missing:
        body = source.execute(sa.select(a).where(a.c.sha256 == name)).mappings().one()
        target.execute(a.insert(), dict(body))
    fetched = {(row.url, row.sha256, row.at) for row in target.execute(sa.select(f.c.url, f.c.sha256, f.c.at))}
    rows = source.execute(sa.select(f.c.url, f.c.sha256, f.c.at, f.c.content_type).order_by(f.c.pk)).mappings()
    new = [dict(row) for row in rows if (row["url"], row["sha256"], row["at"]) not in fetched]
    if new:
        target.execute(f.insert(), new)
    return len(missing)
