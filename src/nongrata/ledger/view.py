"""The reading side of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.archive import Archived, load_body
from nongrata.ledger.around import incidents_by_id
from nongrata.ledger.conclusions import load_incidents, load_totals
from nongrata.ledger.copies import Copying, CopyLineage, copying_of, lineage_of
from nongrata.ledger.engine import Place, connect, place_of
from nongrata.ledger.failures import told
from nongrata.ledger.filters import ClaimFilter, IncidentFilter
from nongrata.ledger.judgements import Judgement, judgement_of
from nongrata.ledger.keys import chunks
from nongrata.ledger.lookup import ids_like
from nongrata.ledger.migrate import STEPS, refuse_newer, revision_of
from nongrata.ledger.overview import Overview, overview_of
from nongrata.ledger.pages import COUNTED, Facets, Page, claim_page, facets_of, incident_page
from nongrata.ledger.records import LogEntry, Rating, log_entries, ratings_of
from nongrata.ledger.rows import claim_of, report_of
from nongrata.ledger.selects import claim_select, live_claims_by_key
from nongrata.ledger.state import counters
from nongrata.ledger.store import known_identities
from nongrata.ledger.sweeps import all_live_claims
from nongrata.ledger.tally import TallyBy, TallyRow, tally
from nongrata.model import Claim, Incident, LedgerError, Report, Total

WAIT = 10.0
"""Seconds to wait for another writer."""


class LedgerView:
    """A ledger open for reading; any number of views may be open while one ``Ledger`` writes.

    Each question sees the ledger as it stands at that moment. Incidents are those of the last refresh (``stale`` tells
    whether claims have changed since).
    """

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, where: str | Path, *, wait: float = WAIT) -> Self:
        """Open an existing ledger for reading.

        Raises:
            LedgerError: there is none, it is no ledger, its schema is older or newer than ours, it cannot be read.
        """
        place = place_of(where)
        if place.path is not None and not place.path.exists():
            raise LedgerError(f"there is no ledger at {place.shown}: make one with `nongrata ingest SOURCE`")
        engine = connect(place, writable=False, wait=wait)
        view = cls(engine, place)
        try:
            view._check_revision()
        except BaseException:
            engine.dispose()
            raise
        return view

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def shown(self) -> str:
        """The place of the ledger, for messages."""
        return self._place.shown

    @property
    def path(self) -> Path | None:
        """The ledger's file; None for a database server."""
        return self._place.path

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection inside one read transaction: all that is asked through it is one moment's state."""
        with told(self.shown), self._engine.connect() as connection, connection.begin():
            yield connection

    def _check_revision(self) -> None:
        with self.reading() as connection:
            revision = revision_of(connection, self.shown)
        if revision is None:
            raise LedgerError(f"{self.shown} holds no ledger yet: make one with `nongrata ingest SOURCE`")
        refuse_newer(revision, self.shown)
        if revision != STEPS[-1]:
            raise LedgerError(f"{self.shown} has an older schema: run `nongrata ledger migrate`")

    @property
    def stale(self) -> bool:
        """True when claims have changed since the incidents were computed."""
        with self.reading() as connection:
            marks = counters(connection)
        return marks["claims"] != marks["incidents"]

    def counts(self) -> dict[str, int]:
        """How many reports, live claims and incidents the ledger holds."""
        c = schema.claims
        with self.reading() as connection:
            return {
                "reports": connection.scalar(sa.select(sa.func.count()).select_from(schema.reports)) or 0,
                "claims": connection.scalar(sa.select(sa.func.count()).select_from(c).where(c.c.live)) or 0,
                "incidents": connection.scalar(sa.select(sa.func.count()).select_from(schema.incidents)) or 0,
            }

    def already_read(self, reports: Sequence[Report], reader: str) -> set[str]:
        """The identities (``rows.identity_of``) among ``reports`` that ``reader`` has read before."""
        with self.reading() as connection:
            return known_identities(connection, reports, reader)

    def incidents(self, only: IncidentFilter | None = None) -> list[Incident]:
        """The incidents, oldest first, those without a time last."""
        i = schema.incidents
        query = sa.select(i).where(*(only or IncidentFilter()).conditions())
        query = query.order_by(i.c.when_first.is_(None), i.c.when_first, i.c.when_last, i.c.id)
        with self.reading() as connection:
            return load_incidents(connection, query)

    def incident(self, incident_id: str) -> Incident | None:
        """One incident; an id that was merged or split away leads to where most of its claims are now."""
        i, f = schema.incidents, schema.forwards
        with self.reading() as connection:
            found = load_incidents(connection, sa.select(i).where(i.c.id == incident_id))
            if not found:
                new = connection.scalar(sa.select(f.c.new_id).where(f.c.old_id == incident_id))
                found = load_incidents(connection, sa.select(i).where(i.c.id == new)) if new else []
        return found[0] if found else None

    def totals(self) -> list[Total]:
        """Figures over several happenings, each held against the sum of the incidents that it spans."""
        with self.reading() as connection:
            return load_totals(connection)

    def total(self, total_id: str) -> Total | None:
        """One figure over several happenings; None when there is none of that id."""
        with self.reading() as connection:
            return next(iter(load_totals(connection, only=total_id)), None)

    def incidents_of(self, ids: Iterable[str]) -> dict[str, Incident]:
        """Incidents by their ids; ids that are no more are left out."""
        with self.reading() as connection:
            return incidents_by_id(connection, ids)

    def reports(self, ids: Iterable[str]) -> dict[str, Report]:
        """Reports by their ids; ids that the ledger does not know are left out."""
        r = schema.reports
        found: dict[str, Report] = {}
        with self.reading() as connection:
            for some in chunks(ids):
                rows = connection.execute(sa.select(r).where(r.c.id.in_(some))).mappings()
                found.update({row["id"]: report_of(row) for row in rows})
        return found

    def claims(self, keys: Iterable[str]) -> dict[str, Claim]:
        """Live claims by their keys; keys that no live claim has are left out."""
        found: dict[str, Claim] = {}
        with self.reading() as connection:
            for some in chunks(keys):
                rows = connection.execute(live_claims_by_key(some)).mappings()
                found.update({row["key"]: claim_of(row) for row in rows})
        return found

    def claims_of_report(self, report_id: str) -> list[Claim]:
        """The live claims of one report, in the order of its text."""
        query = claim_select().where(schema.reports.c.id == report_id, schema.claims.c.live)
        with self.reading() as connection:
            return [claim_of(row) for row in connection.execute(query.order_by(schema.claims.c.position)).mappings()]

    def copy_lineage(self, report_id: str) -> CopyLineage:
        """Whom a report copies, and who copies it."""
        with self.reading() as connection:
            return lineage_of(connection, report_id)

    def copying(self, source: str) -> Copying:
        """Whom a source copies, and who copies it, in numbers of reports."""
        with self.reading() as connection:
            return copying_of(connection, source)

    def archived(self, sha256: str) -> Archived | None:
        """Bytes as fetched, by their SHA-256; None when the archive does not have them."""
        with self.reading() as connection:
            return load_body(connection, sha256)

    def readable_ids(self, reader: str) -> list[str]:
        """Ids of the reports with a text that ``reader`` has not read and no person coded, in the order they came."""
        r, g = schema.reports, schema.readings
        settled = sa.exists().where(
            g.c.report_pk == r.c.pk, sa.or_(g.c.reader == reader, sa.and_(g.c.live, g.c.reader.startswith("hand")))
        )
        with self.reading() as connection:
            return list(connection.scalars(sa.select(r.c.id).where(r.c.text != "", ~settled).order_by(r.c.pk)))

    def log(self, *, limit: int = 50, action: str = "", since: datetime | None = None) -> list[LogEntry]:
        """The newest entries of the audit log, newest first; ``action`` is how it begins ("judge", "ingest")."""
        with self.reading() as connection:
            return log_entries(connection, limit, action, since)

    def ratings(self, source: str) -> list[Rating]:
        """The reliability of a source, newest rating first: the first one counts, the others are its history."""
        with self.reading() as connection:
            return ratings_of(connection, source)

    def live_claims(self) -> list[Claim]:
        """Every live claim, in the order in which they came."""
        with self.reading() as connection:
            return list(all_live_claims(connection))

    def search(self, only: ClaimFilter, *, after: str | None = None, limit: int = 50) -> Page[Claim]:
        """A page of the live claims that a filter lets through, newest publication first.

        Raises:
            LedgerError: the text to look for has no word, or ``after`` is no mark of a page.
        """
        with self.reading() as connection:
            return claim_page(connection, only, after, limit)

    def facets(self, only: ClaimFilter | None = None, counted: int = COUNTED, top: int | None = None) -> Facets:
        """How many live claims have which type, actor, target, factuality, publisher, and were reviewed."""
        with self.reading() as connection:
            return facets_of(connection, only or ClaimFilter(), counted, top)

    def incident_page(
        self, only: IncidentFilter | None = None, *, after: str | None = None, limit: int = 50, claims: bool = True
    ) -> Page[Incident]:
        """A page of incidents, latest first, those without a known time last; on demand without their claims."""
        with self.reading() as connection:
            return incident_page(connection, only or IncidentFilter(), after, limit, claims=claims)

    def overview(self, only: IncidentFilter | None = None) -> Overview:
        """The incidents of a filter, counted by month and by parties and type."""
        with self.reading() as connection:
            return overview_of(connection, only or IncidentFilter())

    def marks(self) -> dict[str, int]:
        """How often claims have changed ("claims"), and up to which change the incidents were computed."""
        with self.reading() as connection:
            return counters(connection)

    def tally(self, only: IncidentFilter, by: TallyBy = TallyBy.PAIR) -> list[TallyRow]:
        """Interval sums over the incidents that a filter lets through."""
        with self.reading() as connection:
            return tally(connection, only, by)

    def judgements(self, limit: int = 100) -> list[Judgement]:
        """The newest judgements, newest first."""
        j = schema.judgements
        with self.reading() as connection:
            rows = connection.execute(sa.select(j).order_by(j.c.pk.desc()).limit(limit)).mappings()
            return [judgement_of(row) for row in rows]

    def ids_like(self, prefix: str) -> list[tuple[str, str]]:
        """Kind ("incident", "report", "claim", "total") and id of what starts with ``prefix``; at most 20 of a kind."""
        with self.reading() as connection:
            return ids_like(connection, prefix)
