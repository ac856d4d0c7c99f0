"""Selects that several parts of the ledger share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema


def claim_select() -> sa.Select[Any]:
    """Claims with what ``rows.claim_of`` needs: their report's id and their chain's links."""
    c, r, h = schema.claims, schema.reports, schema.chains
    return (
        sa.select(c, r.c.id.label("report_id"), h.c.links)
        .join(r, r.c.pk == c.c.report_pk)
        .join(h, h.c.pk == c.c.chain_pk)
    )
