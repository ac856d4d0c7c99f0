"""The writing side of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import sqlalchemy as sa

from nongrata._version import __version__
from nongrata.ledger import schema
from nongrata.ledger.acting import current_user, record
from nongrata.ledger.bulk import paused_collection
from nongrata.ledger.copies import BACKLOG, trace_copies, untraced
from nongrata.ledger.cursors import keep_cursor
from nongrata.ledger.engine import APPLICATION_ID, WRITE, Place, connect, place_of
from nongrata.ledger.failures import told
from nongrata.ledger.judgements import Judgement, Verdict, content_of, corrected, judgement_row
from nongrata.ledger.judging import apply, named_claim
from nongrata.ledger.migrate import STEPS, refuse_newer, revision_of, upgrade
from nongrata.ledger.state import claims_changed, counters, keep_counter
from nongrata.ledger.store import Added, Reading, store
from nongrata.ledger.view import WAIT, LedgerView
from nongrata.model import LedgerError

if TYPE_CHECKING:
    from nongrata.ledger.refreshing import Followed


class Ledger(LedgerView):
    """A ledger open for reading and writing.

    Every change is one transaction that holds wholly or not at all. A second writer waits its turn and gets a
    LedgerError when that takes longer than ``wait`` seconds.
    """

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        super().__init__(engine, place)
        self._followed: Followed | None = None

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, wait: float = WAIT) -> Self:
        """Open a ledger for writing, make it when there is none, bring an older one's schema up to date.

        Args:
            where: path of the file, or ``postgresql://...``.
            create: False refuses to make a new ledger.
            wait: seconds to wait for another writer.

        Raises:
            LedgerError: it is no ledger, a newer nongrata wrote it, it cannot be written.
        """
        place = place_of(where)
        if place.path is not None and not create and not place.path.exists():
            raise LedgerError(f"there is no ledger at {place.shown}: make one with `nongrata ingest SOURCE`")
        ledger = cls(connect(place, writable=True, wait=wait), place)
        try:
            ledger._prepare(create)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self, create: bool) -> None:
        with self.reading() as connection:
            revision = revision_of(connection, self.shown)
        if revision is None and not create:
            raise LedgerError(f"{self.shown} holds no ledger yet: make one with `nongrata ingest SOURCE`")
        if revision is not None:
            refuse_newer(revision, self.shown)
        if revision != STEPS[-1]:
            self._migrate()

    def _migrate(self) -> None:
        """Create or upgrade the schema in one transaction."""
        if self._place.path is not None:
            with told(self.shown), self._engine.connect() as connection:
                raw = connection.connection.driver_connection
                raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
        with self.writing() as connection:
            before = revision_of(connection, self.shown)
            if before == STEPS[-1]:
                return
            if self._place.path is not None:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            upgrade(connection)
            if before is None:
                for name in ("claims", "incidents"):
                    keep_counter(connection, name, 0)
            record(connection, "migrate", subject=STEPS[-1], details={"from": before, "to": STEPS[-1]})

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection inside one write transaction, under the ledger's write lock; it holds wholly or not at all."""
        with told(self.shown), self._engine.connect() as connection:
            writer = connection.execution_options(**{WRITE: True})
            with writer.begin():
                yield writer

    def start_run(self, kind: str, source: str | None = None, reader: str | None = None) -> int:
        """Note that a command begins to write claims; returns the run's number."""
        row = {
            "kind": kind,
            "source": source,
            "reader": reader,
            "user_name": current_user(),
            "version": __version__,
            "started_at": datetime.now(UTC),
        }
        with self.writing() as connection:
            run = int(connection.execute(schema.runs.insert().returning(schema.runs.c.pk), row).scalar_one())
            record(connection, f"{kind} begun", subject=f"run {run}", details={"source": source, "reader": reader})
        return run

    def finish_run(self, run: int, counts: dict[str, Any]) -> None:
        """Note that a run came to its end, with what it counted."""
        r = schema.runs
        with self.writing() as connection:
            kind = connection.scalar(sa.select(r.c.kind).where(r.c.pk == run))
            connection.execute(r.update().where(r.c.pk == run).values(finished_at=datetime.now(UTC), counts=counts))
            record(connection, f"{kind} ended", subject=f"run {run}", details=counts)

    def add(
        self,
        run: int,
        readings: Sequence[Reading],
        reader: str,
        *,
        replace_live: bool = True,
        arrived: tuple[str, int] | None = None,
    ) -> Added:
        """Add one reader's readings of several reports in one transaction; what the ledger has is left alone.

        A new reading of a known report takes the place of the live one (which is kept) unless that is a person's and
        the new one a machine's, or ``replace_live`` is False. ``arrived`` names an archive and the byte before which
        all of it is now in the ledger: that is remembered in the same transaction.
        """
        with paused_collection(), self.writing() as connection:
            if arrived:
                keep_cursor(connection, run, *arrived)
            if not readings:
                return Added()
            return store(connection, run, readings, reader, replace_live=replace_live)

    def judge(
        self,
        verdict: Verdict,
        key: str,
        *,
        reason: str,
        other: str | None = None,
        field: str | None = None,
        value: object = None,
    ) -> Judgement:
        """Keep a reviewer's decision on a claim, and let the claims obey it.

        Args:
            verdict: anything but ``TAKE_BACK``.
            key: the claim's key.
            reason: why, in the reviewer's words.
            other: for "same" and "not same", the other claim's key.
            field: for a correction, the field of the claims format.
            value: for a correction, its right value as in the claims format.

        Raises:
            LedgerError: there is no such claim, the value is not allowed, the ledger cannot be written.
        """
        with self.writing() as connection:
            subject, claim = named_claim(connection, key)
            second = named_claim(connection, other)[0] if other else None
            if verdict is Verdict.CORRECT:
                corrected(claim, field or "", value)
            judgement = Judgement(
                id=uuid4().hex,
                verdict=verdict,
                subject=subject,
                user=current_user(),
                at=datetime.now(UTC),
                reason=reason,
                other=second,
                field=field,
                value=value,
                seen=claim.to_dict(),
            )
            self._keep(connection, judgement)
        return judgement

    def take_back(self, judgement_id: str, *, reason: str) -> Judgement:
        """Take a judgement back by a new one; taking that one back brings the first into force again.

        Raises:
            LedgerError: there is no such judgement.
        """
        j = schema.judgements
        with self.writing() as connection:
            row = connection.execute(sa.select(j).where(j.c.id == judgement_id)).mappings().first()
            if row is None:
                raise LedgerError(f"there is no judgement {judgement_id}: list them with `nongrata review list`")
            judgement = Judgement(
                id=uuid4().hex,
                verdict=Verdict.TAKE_BACK,
                subject=row["subject"],
                user=current_user(),
                at=datetime.now(UTC),
                reason=reason,
                takes_back=judgement_id,
            )
            self._keep(connection, judgement)
        return judgement

    def _keep(self, connection: sa.Connection, judgement: Judgement) -> None:
        """Write a judgement, let the claims of its text obey, log it."""
        connection.execute(schema.judgements.insert(), judgement_row(judgement))
        apply(connection, content_of(judgement.subject))
        claims_changed(connection)
        details = {"judgement": judgement.id, "field": judgement.field, "value": judgement.value}
        record(
            connection,
            f"judge {judgement.verdict}",
            subject=judgement.subject,
            reason=judgement.reason,
            details=details,
        )

    def rate(self, source: str, grade: str, *, reason: str) -> None:
        """Rate a source's reliability from A (reliable) to F (cannot be judged); earlier ratings are kept.

        Raises:
            LedgerError: the source is unknown or the grade none.
        """
        if grade not in tuple("ABCDEF"):
            raise LedgerError(f"{grade} is no grade: give A (reliable) to F (cannot be judged)")
        s = schema.sources
        with self.writing() as connection:
            pk = connection.scalar(sa.select(s.c.pk).where(s.c.name == source))
            if pk is None:
                raise LedgerError(f"the ledger knows no source {source}: name it as its reports name their publisher")
            row = {"source_pk": pk, "grade": grade, "reason": reason, "user_name": current_user()}
            connection.execute(schema.source_ratings.insert(), row | {"at": datetime.now(UTC)})
            record(connection, "rate", subject=source, reason=reason, details={"grade": grade})

    def refresh(self) -> bool:
        """Trace copies among a few new reports; compute the incidents again if claims have changed, and tell whether.

        The first time all claims are resolved; a ledger that stays open then resolves only what was touched since.
        Resolving holds no lock. When claims change meanwhile, the result is kept and the ledger stays stale.
        """
        from nongrata.ledger.refreshing import follow, keep

        self.trace_copies(BACKLOG)
        with self.reading() as connection:
            marks = counters(connection)
            if marks["claims"] == marks["incidents"]:
                return False
            followed, self._followed = self._followed, None  # an error in between leaves nothing half known
            followed = follow(connection, followed)
        with self.writing() as connection:
            kept = keep(connection, followed)
        self._followed = followed if kept else None
        return True

    def trace_copies(self, most: int | None = None, told: Callable[[int], None] | None = None) -> None:
        """Find out whom the reports that came in since the last time copy; what is found is kept batch by batch.

        With ``most``, nothing is done where there are more of them than that. ``told`` hears how many are left.
        """
        with self.reading() as connection:
            left = untraced(connection)
        while left and (most is None or left <= most):
            with self.writing() as connection:
                trace_copies(connection)
                left = untraced(connection)
            if told:
                told(left)
