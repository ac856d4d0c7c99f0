"""Upkeep of a ledger: check, backup, merge, reading again with a newer reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nongrata.extraction.interface import Reader
from nongrata.ledger.acting import record
from nongrata.ledger.archive import merge_archive
from nongrata.ledger.checking import faults
from nongrata.ledger.copying import copy_file, copy_tables, merge_rows, part_of, settle, stored_readings
from nongrata.ledger.failures import told
from nongrata.ledger.judgements import subject_of
from nongrata.ledger.judging import apply, judged_contents
from nongrata.ledger.keys import chunks
from nongrata.ledger.rows import content_hash
from nongrata.ledger.state import claims_changed
from nongrata.ledger.store import Added, Reading
from nongrata.ledger.view import LedgerView
from nongrata.ledger.writer import Ledger
from nongrata.model import Claim, Report


def check(view: LedgerView) -> list[str]:
    """What is wrong with a ledger, one sentence each; empty for a sound one."""
    with view.reading() as connection:
        return list(faults(connection))


def backup(view: LedgerView, path: Path) -> None:
    """Write a consistent copy to a new SQLite file while others go on reading and writing.

    A PostgreSQL ledger becomes a file, too. The file appears under its name when it is complete.

    Raises:
        LedgerError: the file is there already, or cannot be written.
    """
    part = part_of(path)
    try:
        with told(str(path)):
            if view.path is not None:
                copy_file(view.path, part)
            else:
                part.unlink(missing_ok=True)
                with Ledger.open(part) as target, view.reading() as source, target.writing() as connection:
                    copy_tables(source, connection)
        settle(part, path)
    finally:
        for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            leftover.unlink(missing_ok=True)


def merge(ledger: Ledger, other: LedgerView, shown: Callable[[Added], None] = lambda _: None) -> dict[str, int]:
    """Take another ledger's reports, readings, judgements and ratings into this one; nothing is doubled.

    Returns:
        How many reports, readings, claims, archived bodies, judgements, ratings and forwards came in.
    """
    run = ledger.start_run("merge", other.shown)
    so_far = Added()
    with other.reading() as source:
        with ledger.writing() as connection:
            bodies = merge_archive(source, connection)
        for reader, batch in _by_reader(stored_readings(source)):
            so_far += ledger.add(run, batch, reader, replace_live=False)
            shown(so_far)
        with ledger.writing() as connection:
            counts = merge_rows(source, connection)
            contents = {content_hash(report) for report, _, _ in stored_readings(source)}
            for content in judged_contents(connection, contents):
                apply(connection, content)
            claims_changed(connection)
            record(connection, "merge", subject=other.shown, details=counts)
    came = {"reports": so_far.reports, "readings": so_far.readings, "claims": so_far.claims, "bodies": bodies}
    counts = came | counts
    ledger.finish_run(run, counts)
    return counts


def _by_reader(
    stored: Iterable[tuple[Report, str, list[Claim]]], size: int = 500
) -> Iterator[tuple[str, list[Reading]]]:
    """Runs of readings by one reader."""
    batch: list[Reading] = []
    current = ""
    for report, reader, claims in stored:
        if batch and (reader != current or len(batch) >= size):
            yield current, batch
            batch = []
        current = reader
        batch.append((report, claims))
    if batch:
        yield current, batch


@dataclass(slots=True)
class Reread:
    """What a newer reader changed: how many reports it read, and claims by what became of them.

    ``gone``, ``new`` and ``changed`` hold claims (before and after for ``changed``); ``same`` counts the others.
    """

    reports: int = 0
    same: int = 0
    gone: list[Claim] = field(default_factory=list)
    new: list[Claim] = field(default_factory=list)
    changed: list[tuple[Claim, Claim]] = field(default_factory=list)

    def compare(self, content: str, before: Iterable[Claim], after: Iterable[Claim]) -> None:
        """Add what became of one report's claims; claims are matched by place and type."""
        old = {subject_of(content, claim): claim for claim in before}
        now = {subject_of(content, claim): claim for claim in after}
        self.reports += 1
        self.gone += [claim for subject, claim in old.items() if subject not in now]
        self.new += [claim for subject, claim in now.items() if subject not in old]
        for subject in old.keys() & now.keys():
            if differing(old[subject], now[subject]):
                self.changed.append((old[subject], now[subject]))
            else:
                self.same += 1


def differing(before: Claim, after: Claim) -> list[str]:
    """The fields of the claims format in which two readings of one claim differ, reader and confidence aside."""
    first, second = before.to_dict(), after.to_dict()
    return [name for name in first if name not in ("reader", "confidence") and first[name] != second.get(name)]


def reread(ledger: Ledger, reader: Reader, run: int, shown: Callable[[int], None] = lambda _: None) -> Reread:
    """Read every kept text that ``reader`` has not read yet; judgements are kept and obeyed.

    Reports kept without text, and those whose claims a person coded, stay as they are.
    """
    result = Reread()
    for ids in chunks(ledger.readable_ids(reader.name)):
        reports = list(ledger.reports(ids).values())
        before = {report.id: ledger.claims_of_report(report.id) for report in reports}
        ledger.add(run, list(reader.read_many(reports)), reader.name)
        for report in reports:
            result.compare(content_hash(report), before[report.id], ledger.claims_of_report(report.id))
        shown(result.reports)
    return result
