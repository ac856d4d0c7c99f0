"""``nongrata ingest`` and ``nongrata import``: reports and hand-coded claims into the ledger."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.progress import copies_left, meter
from nongrata.cli.settings import open_writer
from nongrata.cli.sourcing import (
    Private,
    Published,
    Publisher,
    Source,
    day_of,
    policy_of,
    primed,
    reports_from,
    skipped_words,
)
from nongrata.model.wording import plural, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nongrata.ledger import Added
    from nongrata.ledger.archives import ArchiveRun
    from nongrata.model import Report
    from nongrata.reading.stats import ReadingStats


_LARGE = 4 << 20
"""Sources of more bytes are worth the start of several processes."""


def ingest(
    context: typer.Context,
    source: Source,
    publisher: Publisher = None,
    published: Published = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that read; without it, one a core for archives and other large sources.",
            min=1,
            metavar="N",
            show_default=False,
        ),
    ] = None,
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Read archives from the start, whatever was read before.")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Tell how long each stage of an archive took.")] = False,
    private: Private = None,
) -> None:
    """Read reports into the ledger; what it has already is passed over, and a run that broke off is gone on with."""
    from nongrata.extraction.reader import default_reader
    from nongrata.extraction.workers import Workers
    from nongrata.ledger import LedgerMemory
    from nongrata.ledger import ingest as ingest_reports
    from nongrata.ledger.archives import ingest_archive
    from nongrata.ledger.cursors import cursors_of_run
    from nongrata.reading.fetching import Fetched
    from nongrata.reading.sources import archives_of
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    fetched: list[Fetched] = []
    archives = [] if source == "-" or source.startswith("http") else archives_of(source)
    reports: Iterator[Report] = iter(())
    if archives != [source]:
        day = day_of(published, "--published")
        reports = reports_from(source, stats, publisher, day, policy_of(private), fetched.append, archives=False)
    count = workers or (os.cpu_count() or 1 if archives or _is_large(source) else 1)
    begun = time.monotonic()
    with (
        Workers(count, default_reader()) as pool,
        open_writer(context, create=True) as ledger,
        meter("ingest") as show,
    ):
        run = ledger.start_run("ingest", source, pool.name)
        for answer in fetched:
            LedgerMemory(ledger).archive(answer)
        added = ingest_reports(ledger, reports, pool, run, lambda so_far: show(_done(so_far), _words(so_far)))
        read: list[ArchiveRun] = []
        for path in archives:

            def told(state: ArchiveRun, before: Added = added) -> None:
                show(_done(before + state.added), f"{_share(state)}, {_words(before + state.added)}")

            read.append(ingest_archive(ledger, path, pool, run, stats, afresh=from_start, told=told))
            added += read[-1].added
        ledger.finish_run(run, _counts(added, stats) | cursors_of_run(ledger, run))
        ledger.trace_copies(told=copies_left(show))
        ledger.refresh()
    say(_summary(added, stats, time.monotonic() - begun))
    for state in read:
        say(_archive_words(state, timings))


def _is_large(source: str) -> bool:
    path = Path(source)
    try:
        files = path.rglob("*") if path.is_dir() else [path]
        return sum(file.stat().st_size for file in files if file.is_file()) > _LARGE
    except OSError:
        return False


def _share(state: ArchiveRun) -> str:
    return f"{state.name} {state.done / max(state.size, 1):.0%}"


def _archive_words(state: ArchiveRun, timings: bool) -> str:
    """What was read of an archive, and what each stage took."""
    megabytes = (state.done - state.begun_at) / 1e6
    words = f"  {state.name}: {megabytes:,.1f} MB"
    if state.begun_at:
        words += f" from byte {state.begun_at:,} on, where the last run ended (--from-start reads all of it)"
    if timings and state.seconds:
        whole = state.seconds.total()
        words += "".join(
            f"\n    {name}: {seconds:.1f} s, {seconds / whole:.0%}" for name, seconds in state.seconds.items()
        )
    return words


def import_claims(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Claims as JSON lines, or someone else's set.", metavar="CLAIMS", show_default=False)
    ],
    author: Annotated[
        str | None, typer.Option(help="Who coded the claims.", metavar="NAME", show_default=False)
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--set",
            help="How the rows of a set become claims: cfr, ddosia, eurepoc, euvsdisinfo, or your own mapping file.",
            metavar="MAPPING",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take hand-coded claims, one report a line with its claims, or the incidents of someone else's set."""
    from nongrata.ledger import import_readings
    from nongrata.ledger.claimfile import read_claims
    from nongrata.reading.stats import ReadingStats
    from nongrata.reading.structured import read_structured

    stats = ReadingStats()
    begun = time.monotonic()
    readings = primed(read_structured(file, mapping, stats=stats) if mapping else read_claims(file, stats, author))
    with open_writer(context, create=True) as ledger, meter("import") as show:
        run = ledger.start_run("import", str(file), author)
        added = import_readings(ledger, readings, run, lambda so_far: show(_done(so_far), _words(so_far)))
        ledger.finish_run(run, _counts(added, stats))
        ledger.trace_copies(told=copies_left(show))
        ledger.refresh()
    say(_summary(added, stats, time.monotonic() - begun))


def _done(added: Added) -> int:
    return added.readings + added.unchanged


def _words(added: Added) -> str:
    return f"{plural(_done(added), 'report')}, {plural(added.claims, 'claim')}"


def _counts(added: Added, stats: ReadingStats) -> dict[str, object]:
    return {
        "reports": added.reports,
        "readings": added.readings,
        "claims": added.claims,
        "unchanged": added.unchanged,
        "skipped": dict(stats.reasons),
    }


def _summary(added: Added, stats: ReadingStats, seconds: float) -> str:
    words = [
        f"{plural(added.readings, 'report')} read, {plural(added.claims, 'claim')} added",
        f"{added.unchanged:,} already in the ledger",
    ]
    if stats.skipped_count:
        words.append(skipped_words(stats))
    if stats.unknown_states:
        verb = "is" if stats.unknown_states == 1 else "are"
        words.append(f"{plural(stats.unknown_states, 'name')} of states {verb} not known")
    if stats.unread_values:
        words.append(f"{plural(stats.unread_values, 'cell')} without the day or number that should stand there")
    lines = [f"{'; '.join(words)} ({seconds:.1f} s, {rate(_done(added), seconds)})"]
    lines += [f"  {skipped}" for skipped in stats.skipped[:5]]
    return "\n".join(lines)
