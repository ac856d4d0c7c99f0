"""What an export takes from a ledger: one moment's state, streamed in batches, the same order each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from nongrata.ledger import ClaimFilter, IncidentFilter, LedgerView, schema
from nongrata.ledger.conclusions import load_incidents
from nongrata.ledger.rows import claim_of, report_of
from nongrata.ledger.selects import claim_select, live_claims_by_key, live_with_key
from nongrata.model import Claim, Incident, Report
from nongrata.publishing.redaction import WITHHELD, Redactor

BATCH = 200
"""Reports or incidents that are in memory at a time."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with those of its live claims that the filter lets through.

    ``keys`` are the claims' keys in the ledger, ``incidents`` the id of the incident that each stands in (None for
    totals and what is not resolved), ``added`` the moment at which the ledger took the report in, ``reader`` whose
    reading counts.
    """

    report: Report
    claims: tuple[Claim, ...]
    keys: tuple[str, ...]
    incidents: tuple[str | None, ...]
    added: datetime
    reader: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """An incident with its claims, in the incident's order, their keys, and the moments its reports came in."""

    incident: Incident
    claims: tuple[Claim, ...]
    keys: tuple[str, ...]
    first_added: datetime
    last_added: datetime


class Snapshot:
    """A ledger as it stands at one moment, through a filter, with persons withheld where that is asked for."""

    def __init__(
        self,
        connection: sa.Connection,
        only: ClaimFilter,
        redactor: Redactor | None,
        incidents: IncidentFilter | None = None,
    ) -> None:
        self._connection = connection
        self._redactor = redactor
        self._incidents = incidents
        self.only = only

    @property
    def redacted(self) -> bool:
        """True when persons are withheld."""
        return self._redactor is not None

    @property
    def _incident_filter(self) -> IncidentFilter:
        if self._incidents is not None:
            return self._incidents
        only = self.only
        return IncidentFilter(only.types, only.actors, only.targets, only.since, only.until, only.credibility)

    def readings(self, *, of_incidents: bool = False) -> Iterator[Reading]:
        """The reports with their claims, in the order in which they came.

        An open filter lets reports without a claim through as well. ``of_incidents``: the claims of the incidents that
        the filter lets through, instead of the claims that it lets through itself.
        """
        c, r = schema.claims, schema.reports
        if self.only.is_open and not of_incidents:
            claims = r.outerjoin(c, sa.and_(c.c.report_pk == r.c.pk, c.c.live))
            pairs = sa.select(r.c.pk, c.c.pk).select_from(claims).order_by(r.c.pk)
        else:
            conditions = self._of_incidents() if of_incidents else self.only.conditions(self._connection.dialect.name)
            pairs = sa.select(c.c.report_pk, c.c.pk).where(*conditions).order_by(c.c.report_pk)
        # The filter is asked once, for keys; batches then load what those name.
        grouped = groupby(self._streamed(pairs), key=itemgetter(0))
        for some in batches((report, [pk for _, pk in rows if pk is not None]) for report, rows in grouped):
            yield from self._readings(dict(some))

    def incidents(self) -> Iterator[Telling]:
        """The incidents, oldest first, those without a time last, each with its claims."""
        i = schema.incidents
        ids = sa.select(i.c.id).where(*self._incident_filter.conditions())
        ids = ids.order_by(i.c.when_first.is_(None), i.c.when_first, i.c.when_last, i.c.id)
        for some in batches(self._streamed(ids)):
            wanted = [row[0] for row in some]
            found = {one.id: one for one in load_incidents(self._connection, sa.select(i).where(i.c.id.in_(wanted)))}
            yield from self._tellings([found[id] for id in wanted])

    def tellings(self, incidents: Sequence[Incident]) -> list[Telling]:
        """Incidents that are at hand, with their claims; one whose claims are all gone is left out."""
        return list(self._tellings(incidents))

    def readings_of(self, keys: Iterable[str]) -> Iterator[Reading]:
        """The reports of some live claims, by key, each with those of its claims."""
        c = schema.claims
        wanted: dict[int, list[int]] = {}
        for some in batches(keys):
            rows = self._connection.execute(sa.select(c.c.report_pk, c.c.pk).where(*live_with_key(some)))
            for report, pk in rows:
                wanted.setdefault(report, []).append(pk)
        yield from self._readings(wanted)

    def tally(self) -> dict[str, int]:
        """How many claims and how many incidents the filter lets through."""
        c, i = schema.claims, schema.incidents
        conditions = self.only.conditions(self._connection.dialect.name)
        claims = sa.select(sa.func.count()).select_from(c).where(*conditions)
        incidents = sa.select(sa.func.count()).select_from(i).where(*self._incident_filter.conditions())
        return {
            "claims": self._connection.scalar(claims) or 0,
            "incidents": self._connection.scalar(incidents) or 0,
        }

    def readers(self) -> list[str]:
        """The readers of the claims that the filter lets through."""
        c = schema.claims
        query = sa.select(c.c.reader).where(*self.only.conditions(self._connection.dialect.name)).distinct()
        return sorted(self._shown(name) for name in self._connection.scalars(query))

    def apart(self) -> dict[str, int]:
        """What the ledger holds beside claims and incidents: judgements, source ratings, totals."""
        tables = {"judgement": schema.judgements, "source rating": schema.source_ratings, "total": schema.totals}
        return {
            name: self._connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in tables.items()
        }

    def outside_incidents(self) -> int:
        """How many of the claims that the filter lets through stand in no incident."""
        c, ic = schema.claims, schema.incident_claims
        alone = ~sa.exists().where(ic.c.claim_key == c.c.key)
        conditions = self.only.conditions(self._connection.dialect.name)
        return self._connection.scalar(sa.select(sa.func.count()).select_from(c).where(*conditions, alone)) or 0

    def shown_filter(self) -> ClaimFilter:
        """The filter as it may be told: without names of persons, and words to look for, where they are withheld."""
        if self._redactor is None:
            return self.only
        only = self.only
        return replace(
            only,
            text=WITHHELD if only.text else "",
            actors=tuple(map(self._shown, only.actors)),
            targets=tuple(map(self._shown, only.targets)),
            publishers=tuple(map(self._shown, only.publishers)),
        )

    def _of_incidents(self) -> list[sa.ColumnElement[bool]]:
        c, i, ic = schema.claims, schema.incidents, schema.incident_claims
        placed = sa.exists().where(ic.c.claim_key == c.c.key)
        conditions = self._incident_filter.conditions()
        if conditions:
            placed = placed.where(i.c.id == ic.c.incident_id, *conditions)
        return [c.c.live, placed]

    def _streamed(self, query: sa.Select[Any]) -> Iterator[Any]:
        yield from self._connection.execute(query.execution_options(yield_per=10 * BATCH))

    def _readings(self, wanted: dict[int, list[int]]) -> Iterator[Reading]:
        """The readings of some reports (by primary key) with some of their claims (by primary key)."""
        r, c = schema.reports, schema.claims
        pks = list(wanted)
        reports = self._connection.execute(sa.select(r).where(r.c.pk.in_(pks))).mappings()
        by_pk = {row["pk"]: row for row in reports}
        rows: dict[int, list[Any]] = {pk: [] for pk in pks}
        for some in batches(pk for found in wanted.values() for pk in found):
            query = claim_select().where(c.c.pk.in_(some)).order_by(c.c.report_pk, c.c.position, c.c.pk)
            for row in self._connection.execute(query).mappings():
                rows[row["report_pk"]].append(row)
        g = schema.readings
        live = sa.select(g.c.report_pk, g.c.reader).where(g.c.report_pk.in_(pks), g.c.live)
        readers = {row.report_pk: row.reader for row in self._connection.execute(live)}
        placed = self._placed([row["key"] for found in rows.values() for row in found])
        for pk in pks:
            keys = tuple(row["key"] for row in rows[pk])
            yield Reading(
                self._report(report_of(by_pk[pk])),
                tuple(self._claim(claim_of(row)) for row in rows[pk]),
                keys,
                tuple(placed.get(key) for key in keys),
                by_pk[pk]["added_at"],
                readers.get(pk),
            )

    def _placed(self, keys: Sequence[str]) -> dict[str, str]:
        ic = schema.incident_claims
        found: dict[str, str] = {}
        for some in batches(iter(keys)):
            query = sa.select(ic.c.claim_key, ic.c.incident_id).where(ic.c.claim_key.in_(some))
            found.update({row.claim_key: row.incident_id for row in self._connection.execute(query)})
        return found

    def _tellings(self, incidents: Sequence[Incident]) -> Iterator[Telling]:
        r = schema.reports
        claims: dict[str, tuple[Claim, datetime]] = {}
        for some in batches(key for incident in incidents for key in incident.claims):
            query = live_claims_by_key(some).add_columns(r.c.added_at)
            for row in self._connection.execute(query).mappings():
                claims[row["key"]] = (self._claim(claim_of(row)), row["added_at"])
        for incident in incidents:
            keys = tuple(key for key in incident.claims if key in claims)
            moments = [claims[key][1] for key in keys]
            if moments:
                told = tuple(claims[key][0] for key in keys)
                yield Telling(self._incident(incident), told, keys, min(moments), max(moments))

    def _claim(self, claim: Claim) -> Claim:
        return self._redactor.claim(claim) if self._redactor else claim

    def _report(self, report: Report) -> Report:
        return self._redactor.report(report) if self._redactor else report

    def _incident(self, incident: Incident) -> Incident:
        return self._redactor.incident(incident) if self._redactor else incident

    def _shown(self, text: str) -> str:
        return self._redactor.text(text) if self._redactor else text


@contextmanager
def snapshot(
    view: LedgerView, only: ClaimFilter, *, redact: bool = False, incidents: IncidentFilter | None = None
) -> Iterator[Snapshot]:
    """The ledger as it stands now; ``redact`` withholds the names of persons.

    ``incidents`` chooses the incidents where that is more than what ``only`` says of them.
    """
    with view.reading() as connection:
        redactor = Redactor(_names(connection), _outlets(connection)) if redact else None
        yield Snapshot(connection, only, redactor, incidents)


def _names(connection: sa.Connection) -> Iterator[str]:
    """Every name that a live claim gives to a party or a voice, each once."""
    c, p, v = schema.claims, schema.claim_parties, schema.voices
    for query in (
        sa.select(p.c.name).distinct(),
        sa.select(c.c.against).where(c.c.against.is_not(None)).distinct(),
        sa.select(v.c.name).distinct(),
    ):
        yield from connection.scalars(query.execution_options(yield_per=1000))


def _outlets(connection: sa.Connection) -> set[str]:
    """The publishers that are not also a party, or a voice with an office: those may be persons."""
    s, p, v = schema.sources, schema.claim_parties, schema.voices
    person = sa.or_(sa.exists().where(p.c.name == s.c.name), sa.exists().where(v.c.name == s.c.name, v.c.role != ""))
    return set(connection.scalars(sa.select(s.c.name).where(~person)))


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most ``BATCH``."""
    stream = iter(items)
    while some := list(islice(stream, BATCH)):
        yield some
