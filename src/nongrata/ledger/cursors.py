"""How far an archive was read: kept with the run that reads it, so that a run that was killed is gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from nongrata.ledger import schema

if TYPE_CHECKING:
    from nongrata.ledger.view import LedgerView

_KEY = "archives"


def cursor_of(ledger: LedgerView, archive: str, reader: str) -> int:
    """The byte up to which an earlier run with the same reader read the archive; 0 where none did."""
    r = schema.runs
    query = sa.select(r.c.counts).where(r.c.kind == "ingest", r.c.reader == reader).order_by(r.c.pk.desc())
    with ledger.reading() as connection:
        for counts in connection.scalars(query):
            found = ((counts or {}).get(_KEY) or {}).get(archive)
            if found is not None:
                return int(found)
    return 0


def keep_cursor(connection: sa.Connection, run: int, archive: str, offset: int) -> None:
    """Remember, in the transaction that adds them, that everything before ``offset`` is in the ledger."""
    r = schema.runs
    counts: dict[str, Any] = connection.scalar(sa.select(r.c.counts).where(r.c.pk == run)) or {}
    kept = {**counts, _KEY: {**counts.get(_KEY, {}), archive: offset}}
    connection.execute(r.update().where(r.c.pk == run).values(counts=kept))


def cursors_of_run(ledger: LedgerView, run: int) -> dict[str, Any]:
    """What ``finish_run`` has to keep of a run's cursors."""
    r = schema.runs
    with ledger.reading() as connection:
        counts: dict[str, Any] = connection.scalar(sa.select(r.c.counts).where(r.c.pk == run)) or {}
    return {_KEY: counts[_KEY]} if _KEY in counts else {}
