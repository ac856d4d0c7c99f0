"""What stands around an incident: its earlier ids, the incidents that answer it, the incident of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.conclusions import load_incidents
from nongrata.ledger.keys import chunks
from nongrata.model import Incident
from nongrata.resolution.responses import WITHIN_DAYS


@dataclass(frozen=True, slots=True)
class Former:
    """An id that leads to an incident since a "merge" or "split"."""

    id: str
    cause: str
    at: datetime


def former_ids(connection: sa.Connection, incident_id: str) -> list[Former]:
    """The ids that lead to an incident, newest first."""
    f = schema.forwards
    query = sa.select(f).where(f.c.new_id == incident_id).order_by(f.c.at.desc())
    return [Former(row.old_id, row.cause, row.at) for row in connection.execute(query)]


def answers_to(connection: sa.Connection, incident: Incident) -> list[Incident]:
    """The incidents that answer this one: they turn its parties round and come soon after it."""
    i = schema.incidents
    when = incident.best_when or incident.when
    if when is None or not incident.actor_state or not incident.target_state:
        return []
    query = sa.select(i).where(
        i.c.actor_state == incident.target_state,
        i.c.target_state == incident.actor_state,
        i.c.when_last >= when.first,
        i.c.when_first <= when.last + timedelta(WITHIN_DAYS),
        i.c.in_response_to.is_not(None),
    )
    found = load_incidents(connection, query.order_by(i.c.when_first, i.c.id).limit(200))
    return [other for other in found if incident.id in other.in_response_to]


def incidents_by_id(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Incident]:
    """Incidents by their ids; ids that are gone are left out."""
    i = schema.incidents
    found: dict[str, Incident] = {}
    for some in chunks(ids):
        found.update({one.id: one for one in load_incidents(connection, sa.select(i).where(i.c.id.in_(some)))})
    return found


def incident_of(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    """The id of the incident in which each claim stands; claims in none are left out."""
    ic = schema.incident_claims
    found: dict[str, str] = {}
    for some in chunks(keys):
        query = sa.select(ic.c.claim_key, ic.c.incident_id).where(ic.c.claim_key.in_(some))
        found.update({row.claim_key: row.incident_id for row in connection.execute(query)})
    return found
