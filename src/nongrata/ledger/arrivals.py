"""What came in last: the incidents that the newest claims tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.conclusions import load_incidents
from nongrata.ledger.filters import IncidentFilter
from nongrata.model import Incident

LOOKED_AT = 5000
"""Among so many of the newest claims it is looked."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An incident, without its claims, with the moment at which the ledger took in the last report that tells it."""

    incident: Incident
    at: datetime


def arrivals(connection: sa.Connection, only: IncidentFilter, limit: int) -> list[Arrival]:
    """The incidents of a filter that the newest claims tell, last arrival first."""
    c, ic, i, r = schema.claims, schema.incident_claims, schema.incidents, schema.reports
    newest = sa.select(c.c.pk, c.c.key, c.c.report_pk).where(c.c.live).order_by(c.c.pk.desc()).limit(LOOKED_AT)
    newest_claims = newest.subquery()
    query = (
        sa.select(i.c.id, sa.func.max(newest_claims.c.pk).label("pk"), sa.func.max(r.c.added_at).label("at"))
        .select_from(newest_claims)
        .join(ic, ic.c.claim_key == newest_claims.c.key)
        .join(i, i.c.id == ic.c.incident_id)
        .join(r, r.c.pk == newest_claims.c.report_pk)
        .where(*only.conditions())
        .group_by(i.c.id)
        .order_by(sa.desc("pk"))
        .limit(limit)
    )
    rows = connection.execute(query).all()
    told = sa.select(i).where(i.c.id.in_([row.id for row in rows]))
    found = {one.id: one for one in load_incidents(connection, told, claims=False)}
    return [Arrival(found[row.id], row.at) for row in rows]
