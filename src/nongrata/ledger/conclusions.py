"""Keeping what resolution concludes: incidents, origins, totals, and forwards from ids that are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.failures import from_rows
from nongrata.ledger.keys import chunks
from nongrata.ledger.rows import Row, days_of, digest_of, interval_of
from nongrata.model import (
    Contradiction,
    DateInterval,
    Factuality,
    Incident,
    Interval,
    Origin,
    Placement,
    Realis,
    Total,
)


def store_incidents(connection: sa.Connection, incidents: Sequence[Incident]) -> None:
    """Replace the stored incidents by these; rows that still hold are left alone, ids that are gone get a forward."""
    i = schema.incidents
    stored = {row.id: row.digest for row in connection.execute(sa.select(i.c.id, i.c.digest))}
    digests = {incident.id: _digest(incident) for incident in incidents}
    gone = stored.keys() - digests.keys()
    changed = [incident for incident in incidents if stored.get(incident.id) != digests[incident.id]]
    claims_of_gone = {i: [p.claim for p in ps] for i, ps in _placements_of(connection, gone).items()}
    _delete(connection, gone | {incident.id for incident in changed if incident.id in stored})
    _insert(connection, changed, digests)
    _forward(connection, claims_of_gone, digests.keys())


def change_incidents(connection: sa.Connection, changed: Sequence[Incident], gone: Collection[str]) -> None:
    """Replace or add the incidents that changed and drop those that are gone, which get a forward; the rest stays."""
    claims_of_gone = {i: [p.claim for p in ps] for i, ps in _placements_of(connection, gone).items()}
    _delete(connection, [*gone, *(incident.id for incident in changed)])
    _insert(connection, changed, {incident.id: _digest(incident) for incident in changed})
    _forward(connection, claims_of_gone, [incident.id for incident in changed])


def load_incidents(connection: sa.Connection, query: sa.Select[Any], *, claims: bool = True) -> list[Incident]:
    """The incidents of a select over the table ``incidents``, in its order; on demand without their claims."""
    rows = connection.execute(query).mappings().all()
    ids = [row["id"] for row in rows]
    origins = _origins_of(connection, ids)
    placements = _placements_of(connection, ids) if claims else {}
    return [_incident_of(row, origins.get(row["id"], []), placements.get(row["id"], [])) for row in rows]


@from_rows
def _incident_of(row: sa.RowMapping, origins: list[Origin], placements: list[Placement]) -> Incident:
    return Incident(
        id=row["id"],
        type=row["type"],
        subtype=row["subtype"],
        actor=row["actor"],
        actor_state=row["actor_state"],
        target=row["target"],
        target_state=row["target_state"],
        actors=tuple(row["actors"]) if row["actors"] else None,
        count=interval_of(row, "count"),
        when=days_of(row, "when"),
        realis=Realis(row["realis"]),
        factuality=Factuality(row["factuality"]),
        origins=tuple(origins),
        reports=tuple(row["reports"] or ()),
        claims=tuple(placement.claim for placement in placements),
        placements=tuple(placement for placement in placements if placement.reasons or placement.score is not None),
        best_count=interval_of(row, "best_count"),
        best_when=days_of(row, "best_when"),
        credibility=row["credibility"],
        credibility_reason=row["credibility_reason"],
        contradictions=tuple(
            Contradiction(field, tuple(values), tuple(keys)) for field, values, keys in row["contradictions"] or ()
        ),
        in_response_to=tuple(row["in_response_to"] or ()),
        possibly_same=tuple(row["possibly_same"] or ()),
    )


def _month(incident: Incident) -> str | None:
    """The calendar month that holds the days ("2024-03"), or the first and last of several ("2023-09/2024-03")."""
    when = incident.best_when or incident.when
    if when is None:
        return None
    first, last = f"{when.first:%Y-%m}", f"{when.last:%Y-%m}"
    return first if first == last else f"{first}/{last}"


def _digest(incident: Incident) -> str:
    return digest_of([incident.to_dict(), [[p.claim, p.reasons, p.score] for p in incident.placements]])


def incident_row(incident: Incident, digest: str) -> Row:
    """An incident's row."""
    return {
        "id": incident.id,
        "digest": digest,
        "type": incident.type,
        "subtype": incident.subtype,
        "actor": incident.actor,
        "actor_state": incident.actor_state,
        "target": incident.target,
        "target_state": incident.target_state,
        "realis": str(incident.realis),
        "factuality": str(incident.factuality),
        "actors": list(incident.actors) if incident.actors else None,
        "count_lo": incident.count.lo if incident.count else None,
        "count_hi": incident.count.hi if incident.count else None,
        "when_first": incident.when.first if incident.when else None,
        "when_last": incident.when.last if incident.when else None,
        "best_count_lo": incident.best_count.lo if incident.best_count else None,
        "best_count_hi": incident.best_count.hi if incident.best_count else None,
        "best_when_first": incident.best_when.first if incident.best_when else None,
        "best_when_last": incident.best_when.last if incident.best_when else None,
        "who": incident.actor or "+".join(incident.actors or ()) or None,
        "month": _month(incident),
        "shelf": incident.when.last.toordinal() if incident.when else 0,
        "independent_origins": incident.independent_origins,
        "disputed": bool(incident.contradictions) or any(origin.denies for origin in incident.origins),
        "credibility": incident.credibility,
        "credibility_reason": incident.credibility_reason,
        "reports": list(incident.reports),
        "contradictions": [[c.field, list(c.values), list(c.claims)] for c in incident.contradictions] or None,
        "in_response_to": list(incident.in_response_to) or None,
        "possibly_same": list(incident.possibly_same) or None,
    }


def _placements_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, list[Placement]]:
    ic = schema.incident_claims
    found: dict[str, list[Placement]] = {}
    for some in chunks(ids):
        query = sa.select(ic.c.incident_id, ic.c.claim_key, ic.c.reasons, ic.c.score)
        query = query.where(ic.c.incident_id.in_(some)).order_by(ic.c.incident_id, ic.c.position)
        for incident_id, key, reasons, score in connection.execute(query).all():
            found.setdefault(incident_id, []).append(Placement(key, tuple(reasons or ()), score))
    return found


def _origins_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, list[Origin]]:
    o = schema.origins
    found: dict[str, list[Origin]] = {}
    for some in chunks(ids):
        query = sa.select(o).where(o.c.incident_id.in_(some)).order_by(o.c.incident_id, o.c.position)
        for row in connection.execute(query).all():
            origin = Origin(row.label, tuple(row.claims or ()), tuple(row.reasons or ()), row.denies)
            found.setdefault(row.incident_id, []).append(origin)
    return found


def _delete(connection: sa.Connection, ids: Iterable[str]) -> None:
    for some in chunks(ids):
        connection.execute(schema.incidents.delete().where(schema.incidents.c.id.in_(some)))


def _insert(connection: sa.Connection, incidents: Sequence[Incident], digests: dict[str, str]) -> None:
    if not incidents:
        return
    bulk_insert(connection, schema.incidents, [incident_row(i, digests[i.id]) for i in incidents])
    origins: list[Row] = [
        {
            "incident_id": incident.id,
            "position": position,
            "label": origin.label,
            "denies": origin.denies,
            "claims": list(origin.claims),
            "reasons": list(origin.reasons) or None,
        }
        for incident in incidents
        for position, origin in enumerate(incident.origins)
    ]
    bulk_insert(connection, schema.origins, origins)
    bulk_insert(connection, schema.incident_claims, [row for i in incidents for row in _claim_rows(i)])
    actors = [{"incident_id": i.id, "name": name} for i in incidents for name in sorted(set(i.actors or ()))]
    bulk_insert(connection, schema.incident_actors, actors)


def _claim_rows(incident: Incident) -> list[Row]:
    why = {placement.claim: placement for placement in incident.placements}
    rows = []
    for position, key in enumerate(dict.fromkeys(incident.claims)):
        placement = why.get(key, Placement(key, ()))
        rows.append(
            {
                "incident_id": incident.id,
                "claim_key": key,
                "position": position,
                "score": placement.score,
                "reasons": list(placement.reasons) or None,
            }
        )
    return rows


def store_totals(connection: sa.Connection, totals: Iterable[Total]) -> None:
    """Replace the stored totals by these."""
    connection.execute(schema.totals.delete())
    rows = [{"id": total.id, "body": total.to_dict()} for total in totals]
    if rows:
        connection.execute(schema.totals.insert(), rows)


def incident_of_claims(connection: sa.Connection) -> dict[str, str]:
    """Claim key to the id of the incident that it stands in: what lets incidents keep their ids."""
    ic = schema.incident_claims
    return {row.claim_key: row.incident_id for row in connection.execute(sa.select(ic.c.claim_key, ic.c.incident_id))}


def load_totals(connection: sa.Connection, only: str | None = None) -> list[Total]:
    """The stored totals by id, or the one of an id."""
    query = sa.select(schema.totals.c.body).order_by(schema.totals.c.id)
    if only is not None:
        query = query.where(schema.totals.c.id == only)
    return [_total_of(body) for body in connection.scalars(query)]


def _total_of(body: Row) -> Total:
    return Total(
        id=body["id"],
        type=body["type"],
        actor=body["actor"],
        actors=tuple(body["actors"]) if body["actors"] else None,
        target=body["target"],
        count=Interval.from_list(body["count"]),
        when=DateInterval.from_list(body["when"]),
        claims=tuple(body["claims"]),
        reports=tuple(body["reports"]),
        origins=tuple(
            Origin(o["label"], tuple(o["claims"]), tuple(o["reasons"]), o["denies"]) for o in body["origins"]
        ),
        incidents=tuple(body["incidents"]),
        summed=Interval.from_list(body["summed"]),
        missing=Interval.from_list(body["missing"]),
        verdict=body["verdict"],
        uncounted=body.get("uncounted", 0),
    )


def _forward(connection: sa.Connection, claims_of_gone: dict[str, list[str]], alive: Iterable[str]) -> None:
    """Lead each id that is gone to the incident that holds most of its claims; ids that are back need none."""
    f, ic = schema.forwards, schema.incident_claims
    for some in chunks(alive):
        connection.execute(f.delete().where(f.c.old_id.in_(some)))
    now = datetime.now(UTC)
    for old, keys in claims_of_gone.items():
        holders: Counter[str] = Counter()
        for some in chunks(keys):
            holders.update(connection.scalars(sa.select(ic.c.incident_id).where(ic.c.claim_key.in_(some))))
        if not holders:
            continue
        new = min(holders, key=lambda incident_id: (-holders[incident_id], incident_id))
        connection.execute(f.update().where(f.c.new_id == old).values(new_id=new))
        connection.execute(f.delete().where(f.c.old_id == old))
        cause = "merge" if len(holders) == 1 else "split"
        connection.execute(f.insert(), {"old_id": old, "new_id": new, "cause": cause, "at": now})
