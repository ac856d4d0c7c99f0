"""Computing the incidents again after claims have changed: from nothing the first time, then only what is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.conclusions import change_incidents, incident_of_claims, store_incidents, store_totals
from nongrata.ledger.judgements import content_of
from nongrata.ledger.judging import pairs_in_force
from nongrata.ledger.keys import chunks
from nongrata.ledger.pages import count_facets
from nongrata.ledger.rows import claim_of, report_of
from nongrata.ledger.selects import claim_select
from nongrata.ledger.state import counters, keep_counter
from nongrata.ledger.sweeps import all_live_claims, all_tellings
from nongrata.model import Claim, Incident
from nongrata.resolution import Judgement, Resolver, Telling


@dataclass(frozen=True, slots=True)
class Marks:
    """How far a resolver has followed the ledger: the counter of claims, the newest reading, the newest judgement."""

    claims: int
    reading: int
    judgement: int


@dataclass(slots=True)
class Followed:
    """A resolver that follows a ledger, the incidents that it last gave to store, and at which count of changes."""

    resolver: Resolver
    marks: Marks
    pairs: list[Judgement]
    stored: dict[str, Incident] = field(default_factory=dict)
    stored_at: int | None = None


def follow(connection: sa.Connection, known: Followed | None) -> Followed:
    """A resolver that has seen what the ledger holds now.

    ``known`` is brought up to date, whoever stored incidents since: two programs that follow one ledger give the same
    incidents, and as a rule the same ids. Where an id is another than the stored one, ids go on from those that are
    stored.
    """
    marks = _marks(connection)
    if known is None:
        return _from_nothing(connection, marks)
    touched = _touched(connection, known.marks)
    pairs = pairs_in_force(connection)
    for some in chunks(touched):
        _bring(connection, known.resolver, some)
    if pairs != known.pairs:
        known.resolver.judge(pairs)
        known.pairs = pairs
    known.marks = marks
    if counters(connection)["incidents"] != known.stored_at and not _agrees(connection, known.resolver):
        return _from_nothing(connection, marks)
    return known


def _agrees(connection: sa.Connection, resolver: Resolver) -> bool:
    """True when every claim that stands in a stored incident and is still there stands in one of the same id."""
    homes = resolver.homes()
    return all(homes.get(key, stored) == stored for key, stored in incident_of_claims(connection).items())


def keep(connection: sa.Connection, followed: Followed) -> bool:
    """Store what a resolver concludes, inside a write transaction; only what changed where it stored the last itself.

    Returns:
        False when somebody else has stored newer incidents meanwhile; nothing is written then.
    """
    there = counters(connection)["incidents"]
    if there > followed.marks.claims:
        return False
    now = {incident.id: incident for incident in followed.resolver.incidents()}
    if there == followed.stored_at:
        changed = [incident for incident in now.values() if followed.stored.get(incident.id) != incident]
        change_incidents(connection, changed, followed.stored.keys() - now.keys())
    else:
        store_incidents(connection, list(now.values()))
    store_totals(connection, followed.resolver.totals())
    count_facets(connection)
    keep_counter(connection, "incidents", followed.marks.claims)
    followed.stored, followed.stored_at = now, followed.marks.claims
    return True


def _marks(connection: sa.Connection) -> Marks:
    g, j = schema.readings, schema.judgements
    reading = connection.scalar(sa.select(sa.func.max(g.c.pk))) or 0
    judgement = connection.scalar(sa.select(sa.func.max(j.c.pk))) or 0
    return Marks(counters(connection)["claims"], reading, judgement)


def _from_nothing(connection: sa.Connection, marks: Marks) -> Followed:
    pairs = pairs_in_force(connection)
    resolver = Resolver(pairs, incident_of_claims(connection))
    tellings = {telling.report_id: telling for telling in all_tellings(connection)}
    by_report: dict[str, list[Claim]] = {}
    for claim in all_live_claims(connection):
        by_report.setdefault(claim.report_id, []).append(claim)
    resolver.add_all((claims, tellings.get(report)) for report, claims in sorted(by_report.items()))
    return Followed(resolver, marks, pairs)


def _touched(connection: sa.Connection, marks: Marks) -> list[str]:
    """The reports whose live claims may have changed: read since, or of a text that was judged since."""
    r, g, j = schema.reports, schema.readings, schema.judgements
    found = set(connection.scalars(sa.select(r.c.id).join(g, g.c.report_pk == r.c.pk).where(g.c.pk > marks.reading)))
    judged = {content_of(s) for s in connection.scalars(sa.select(j.c.subject).where(j.c.pk > marks.judgement))}
    for some in chunks(judged):
        found.update(connection.scalars(sa.select(r.c.id).where(r.c.sha256.in_(some))))
    return sorted(found)


def _bring(connection: sa.Connection, resolver: Resolver, reports: Sequence[str]) -> None:
    """Give a resolver the claims that some reports have now."""
    c, r = schema.claims, schema.reports
    query = claim_select().where(r.c.id.in_(reports), c.c.live).order_by(c.c.pk)
    claims: dict[str, list[Claim]] = {report: [] for report in reports}
    for row in connection.execute(query).mappings():
        claims[row["report_id"]].append(claim_of(row))
    rows = connection.execute(sa.select(r).where(r.c.id.in_(reports))).mappings()
    tellings = {row["id"]: Telling.of_report(report_of(row)) for row in rows}
    resolver.add_all((found, tellings[report]) for report, found in claims.items() if found)
    for report, found in claims.items():
        if not found:
            resolver.remove(report)
