"""Selects that several parts of the ledger share."""

from __future__ import annotations

from collections.abc import Sequence
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


def live_claims_by_key(keys: Sequence[str]) -> sa.Select[Any]:
    """The live ones among the claims of some keys."""
    return claim_select().where(*live_with_key(keys))


def live_with_key(keys: Sequence[str]) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions for live claims of some keys.

    SQLite without statistics takes "live" for the choosier condition and walks the index of all live claims, one claim
    in a million or not; written as a case, it can only look up the keys.
    """
    c = schema.claims
    return c.c.key.in_(keys), sa.case((c.c.live, 1), else_=0) == 1
