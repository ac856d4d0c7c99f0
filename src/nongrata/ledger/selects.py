"""Selects that several parts of the ledger share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.rows import claim_of
from nongrata.model import Claim


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
    """The conditions for live claims of some keys."""
    return schema.claims.c.key.in_(keys), live_when_looked_up()


def live_when_looked_up() -> sa.ColumnElement[bool]:
    """That a claim is live, tried on each claim that the other conditions find.

    SQLite without statistics takes "live" for the choosier condition and walks the index of all live claims, one claim
    in a million or not; written as a case, it is no way to them.
    """
    return sa.case((schema.claims.c.live, 1), else_=0) == 1


def claims_in_order(connection: sa.Connection, pks: Sequence[int]) -> tuple[Claim, ...]:
    """The claims of some primary keys, in their order."""
    query = claim_select().where(schema.claims.c.pk.in_(pks))
    rows = {row["pk"]: row for row in connection.execute(query).mappings()}
    return tuple(claim_of(rows[pk]) for pk in pks)
