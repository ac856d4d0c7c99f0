"""Adding readings to the ledger in bulk, inside one write transaction.

Primary keys are given out here, not by the database: the write lock makes ``max + 1`` safe, and a batch then needs no
answer from the database between its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.judging import apply, judged_contents
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.readings import Planned, insert_readings, make_room
from nongrata.ledger.rows import (
    Row,
    claim_row,
    content_hash,
    identity_of,
    kept_form,
    links_of,
    reading_digest,
    report_row,
)
from nongrata.ledger.state import claims_changed
from nongrata.model import Claim, Report

Reading = tuple[Report, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Added:
    """What a batch brought: new reports, new readings (of new or known reports), claims, and reports already read."""

    reports: int = 0
    readings: int = 0
    claims: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.reports + other.reports,
            self.readings + other.readings,
            self.claims + other.claims,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A report as the ledger keeps it."""

    pk: int
    id: str


def known_identities(connection: sa.Connection, reports: Sequence[Report], reader: str) -> set[str]:
    """The identities among ``reports`` that ``reader`` has already read."""
    found: set[str] = set()
    r, g = schema.reports, schema.readings
    for some in chunks(identity_of(report) for report in reports):
        query = sa.select(r.c.identity).join(g, g.c.report_pk == r.c.pk)
        found.update(connection.scalars(query.where(r.c.identity.in_(some), g.c.reader == reader)))
    return found


def store(
    connection: sa.Connection, run_pk: int, readings: Sequence[Reading], reader: str, *, replace_live: bool = True
) -> Added:
    """Add one reader's readings of several reports; a reading that the ledger has is left alone.

    A report is known by its identity (text, publisher, day). One whose id is taken by another report gets a longer id.
    The newest reading of a report is the live one, but a machine's never replaces a person's; with ``replace_live``
    False it replaces none at all.
    """
    now = datetime.now(UTC)
    by_identity = {identity_of(report): (report, claims) for report, claims in readings}
    kept = _existing_reports(connection, by_identity)
    kept |= _known_by_name(connection, {i: report for i, (report, _) in by_identity.items() if i not in kept})
    fresh = {identity: report for identity, (report, _) in by_identity.items() if identity not in kept}
    kept |= _insert_reports(connection, run_pk, fresh, now)
    planned = [_plan(kept[identity], claims) for identity, (_, claims) in by_identity.items()]
    new = {kept[identity].pk for identity in fresh}
    known = [plan for plan in planned if plan.report_pk not in new]
    done = _done_readings(connection, known, reader)
    planned = [plan for plan in planned if plan.report_pk not in done]
    if not planned:
        return Added(len(fresh), 0, 0, len(readings) - len(fresh))
    standing = make_room(connection, [plan for plan in known if plan.report_pk not in done], reader, replace_live)
    insert_readings(connection, run_pk, planned, reader, now, standing)
    for content in judged_contents(connection, (content_hash(report) for report, _ in by_identity.values())):
        apply(connection, content)
    claims_changed(connection)
    return Added(len(fresh), len(planned), sum(len(p.claims) for p in planned), len(readings) - len(planned))


def _existing_reports(connection: sa.Connection, identities: Iterable[str]) -> dict[str, _Kept]:
    r = schema.reports
    found: dict[str, _Kept] = {}
    for some in chunks(identities):
        rows = connection.execute(sa.select(r.c.identity, r.c.pk, r.c.id).where(r.c.identity.in_(some)))
        found.update({row.identity: _Kept(row.pk, row.id) for row in rows})
    return found


def _known_by_name(connection: sa.Connection, wanted: dict[str, Report]) -> dict[str, _Kept]:
    """Reports given without text whose id, publisher and day the ledger knows: hand-coded claims of a kept text."""
    r = schema.reports
    found: dict[str, _Kept] = {}
    textless = {report.id: identity for identity, report in wanted.items() if not report.text}
    for some in chunks(textless):
        for row in connection.execute(sa.select(r.c.pk, r.c.id, r.c.publisher, r.c.published).where(r.c.id.in_(some))):
            report = wanted[textless[row.id]]
            same_publisher = report.publisher is None or report.publisher == row.publisher
            if same_publisher and report.published in (None, row.published):
                found[textless[row.id]] = _Kept(row.pk, row.id)
    return found


def _insert_reports(
    connection: sa.Connection, run_pk: int, reports: Mapping[str, Report], now: datetime
) -> dict[str, _Kept]:
    """Add reports, given by identity."""
    r = schema.reports
    taken: set[str] = set()
    for some in chunks({report.id for report in reports.values()}):
        taken.update(connection.scalars(sa.select(r.c.id).where(r.c.id.in_(some))))
    sources = _source_pks(connection, {report.publisher for report in reports.values() if report.publisher})
    rows: list[Row] = []
    for pk, (identity, report) in enumerate(reports.items(), next_pk(connection, r)):
        row = report_row(report, identity)
        if report.id in taken:
            row["id"] = f"{report.id}~{identity[:8]}"
        taken.add(row["id"])
        source = sources.get(report.publisher) if report.publisher else None
        rows.append(row | {"pk": pk, "run_pk": run_pk, "added_at": now, "source_pk": source})
    bulk_insert(connection, r, rows)
    return {row["identity"]: _Kept(row["pk"], row["id"]) for row in rows}


def _source_pks(connection: sa.Connection, names: set[str]) -> dict[str, int]:
    s = schema.sources
    found: dict[str, int] = {}
    for some in chunks(names):
        found.update({r.name: r.pk for r in connection.execute(sa.select(s.c.name, s.c.pk).where(s.c.name.in_(some)))})
    missing = sorted(names - found.keys())
    if missing:
        new = dict(zip(missing, range(next_pk(connection, s), 2**31), strict=False))
        bulk_insert(connection, s, [{"pk": pk, "name": name} for name, pk in new.items()])
        found |= new
    return found


def _plan(kept: _Kept, claims: Sequence[Claim]) -> Planned:
    """The claims under the report's id in this ledger, each content once, with their rows."""
    kept_claims = map(kept_form, claims)
    renamed = (claim if claim.report_id == kept.id else replace(claim, report_id=kept.id) for claim in kept_claims)
    by_key = {claim.key: claim for claim in renamed}
    rows = [claim_row(claim, key) for key, claim in by_key.items()]
    links = [links_of(claim.chain) for claim in by_key.values()]
    return Planned(kept.pk, list(by_key.values()), rows, links, reading_digest(rows, links))


def _done_readings(connection: sa.Connection, planned: Sequence[Planned], reader: str) -> set[int]:
    """Reports whose newest reading by this reader already says the same."""
    g = schema.readings
    newest: dict[int, str] = {}
    for some in chunks(plan.report_pk for plan in planned):
        query = sa.select(g.c.report_pk, g.c.digest).where(g.c.report_pk.in_(some), g.c.reader == reader)
        newest.update({row.report_pk: row.digest for row in connection.execute(query.order_by(g.c.pk))})
    return {plan.report_pk for plan in planned if newest.get(plan.report_pk) == plan.digest}
