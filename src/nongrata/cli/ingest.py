"""``nongrata ingest`` and ``nongrata import``: reports and hand-coded claims into the ledger."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.progress import meter
from nongrata.cli.settings import open_writer
from nongrata.cli.sourcing import Published, Publisher, Source, day_of, primed, reports_from, skipped_words
from nongrata.cli.wording import plural

if TYPE_CHECKING:
    from nongrata.ledger import Added
    from nongrata.reading.stats import ReadingStats


def ingest(context: typer.Context, source: Source, publisher: Publisher = None, published: Published = None) -> None:
    """Read reports into the ledger; what it has already is passed over."""
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger import ingest as ingest_reports
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    reports = reports_from(source, stats, publisher, day_of(published, "--published"))
    reader = default_reader()
    begun = time.monotonic()
    with open_writer(context, create=True) as ledger, meter("ingest") as show:
        run = ledger.start_run("ingest", source, reader.name)
        added = ingest_reports(ledger, reports, reader, run, lambda so_far: show(_done(so_far), _words(so_far)))
        ledger.finish_run(run, _counts(added, stats))
        ledger.refresh()
    say(_summary(added, stats, time.monotonic() - begun))


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
    rate = _done(added) / max(seconds, 1e-9)
    words = [
        f"{plural(added.readings, 'report')} read, {plural(added.claims, 'claim')} added",
        f"{added.unchanged:,} already in the ledger",
    ]
    if stats.skipped_count:
        words.append(skipped_words(stats))
    if stats.unknown_states:
        verb = "is" if stats.unknown_states == 1 else "are"
        words.append(f"{plural(stats.unknown_states, 'name')} of states {verb} not known")
    lines = [f"{'; '.join(words)} ({seconds:.1f} s, {rate:,.0f} reports/s)"]
    lines += [f"  {skipped}" for skipped in stats.skipped[:5]]
    return "\n".join(lines)
