"""Claims that a person types in: added to what is known of a report, or with a report of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.rows import claim_of
from nongrata.ledger.selects import claim_select
from nongrata.ledger.writer import Ledger
from nongrata.model import Claim, LedgerError, Report


def add_by_hand(ledger: Ledger, report: Report, claim: Claim, author: str) -> str:
    """Add a claim that a person found in a report; returns its key.

    The claims that were read before stay as they are, with their readers; together they are the person's reading of
    the report, which no machine's reading replaces.

    Raises:
        LedgerError: the report is there already with the very same claim, or the ledger cannot be written.
    """
    reader = f"hand ({author})"
    known = ledger.reports([report.id]).get(report.id)
    with ledger.reading() as connection:
        before = _as_read(connection, report.id) if known else []
    new = replace(claim, report_id=report.id, reader=reader, publisher=report.publisher, published=report.published)
    if any(old.key == new.key for old in before):
        raise LedgerError(f"the report {report.id} has this claim already: it is {new.key}")
    run = ledger.start_run("hand", report.id, reader)
    added = ledger.add(run, [(known or report, [*before, new])], reader)
    ledger.finish_run(run, {"reports": added.reports, "claims": 1})
    return new.key


def _as_read(connection: sa.Connection, report_id: str) -> Sequence[Claim]:
    """The claims of a report's live reading as they were read, whatever reviewers said of them since."""
    c, r, g = schema.claims, schema.reports, schema.readings
    query = claim_select().join(g, g.c.pk == c.c.reading_pk)
    query = query.where(r.c.id == report_id, g.c.live, c.c.corrects.is_(None)).order_by(c.c.position)
    return [claim_of(row) for row in connection.execute(query).mappings()]
