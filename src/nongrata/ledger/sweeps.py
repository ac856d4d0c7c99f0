"""Everything in the ledger, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.rows import claim_of, report_of
from nongrata.ledger.selects import claim_select
from nongrata.model import Claim

if TYPE_CHECKING:
    from nongrata.resolution import Telling


def all_tellings(connection: sa.Connection) -> Iterator[Telling]:
    """What resolution needs to know of every report with a live reading."""
    from nongrata.resolution import Telling

    r, g = schema.reports, schema.readings
    query = sa.select(r).join(g, g.c.report_pk == r.c.pk).where(g.c.live, g.c.claims > 0)
    for row in connection.execute(query).mappings():
        yield Telling.of_report(report_of(row))


def all_live_claims(connection: sa.Connection) -> Iterator[Claim]:
    """Every live claim, in the order in which they came."""
    query = claim_select().where(schema.claims.c.live).order_by(schema.claims.c.pk)
    for row in connection.execute(query).mappings():
        yield claim_of(row)
