"""``nongrata cluster``: reading on many machines, and the claims files that come of it into the ledger."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.progress import copies_left, meter
from nongrata.cli.settings import open_writer
from nongrata.model.wording import plural

app = typer.Typer(help="Read on many machines with Ray (extra cluster).", no_args_is_help=True)

Out = Annotated[Path, typer.Argument(help="The folder of claims files.", metavar="OUT", show_default=False)]


@app.command()
def run(
    source: Annotated[
        str,
        typer.Argument(
            help="A folder, a file, an address with * (fsspec), or @LISTING with a path or address a line.",
            metavar="SOURCE",
            show_default=False,
        ),
    ],
    out: Out,
    address: Annotated[
        str | None,
        typer.Option(help="The cluster, as `ray start` prints it; without, one is started here.", show_default=False),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Workers; by default one a CPU.", min=1, metavar="N", show_default=False)
    ] = None,
    silent: Annotated[bool, typer.Option(help="Keep reports without a claim as well.")] = True,
) -> None:
    """Read every file of a source into a claims file; the same again reads what is missing."""
    from nongrata.cluster import list_shards
    from nongrata.cluster import run as run_shards

    shards = list_shards(source)
    begun = time.monotonic()
    with meter("cluster") as show:
        outcome = run_shards(
            shards,
            out,
            address=address,
            workers=workers,
            silent=silent,
            told=lambda done, all: show(done, f"{done:,} of {plural(all, 'shard')}"),
        )
    seconds = time.monotonic() - begun
    say(
        f"{plural(len(outcome.done), 'shard')} done, {outcome.known:,} of them before; "
        f"{plural(outcome.reports, 'report')}, {plural(outcome.claims, 'claim')} ({seconds:.0f} s); "
        f"{plural(outcome.lost_workers, 'worker')} lost"
    )
    for fault in outcome.faults:
        say(f"  {fault.shard.source}: {fault.reason}")
    if outcome.faults:
        say(f"nongrata: {plural(len(outcome.faults), 'shard')} could not be read: run the command again to try them")
        raise typer.Exit(1)


@app.command()
def ingest(context: typer.Context, out: Out) -> None:
    """Take the claims files of a run into the ledger; what it has already is passed over."""
    from nongrata.cluster.reading import claims_files
    from nongrata.ledger import import_readings
    from nongrata.ledger.claimfile import read_claims
    from nongrata.ledger.store import Added
    from nongrata.model import InputError
    from nongrata.reading.stats import ReadingStats

    files = claims_files(out)
    if not files:
        raise InputError(f"{out} holds no claims files: run `nongrata cluster run SOURCE {out}` first")
    added, stats = Added(), ReadingStats()
    with open_writer(context, create=True) as ledger, meter("ingest") as show:
        number = ledger.start_run("cluster ingest", str(out))
        for path, reader in files:
            added += import_readings(ledger, read_claims(path, stats), number, silent=reader)
            show(added.readings + added.unchanged, f"{plural(added.claims, 'claim')}")
        ledger.finish_run(number, {"reports": added.reports, "claims": added.claims, "skipped": dict(stats.reasons)})
        ledger.trace_copies(told=copies_left(show))
        ledger.refresh()
    say(
        f"{plural(added.readings, 'report')}, {plural(added.claims, 'claim')} added; "
        f"{added.unchanged:,} already in the ledger"
    )
