"""``nongrata demo``: the bundled reports read into a ledger, and what it then knows."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nongrata.cli.console import console_on, output_to
from nongrata.cli.progress import meter
from nongrata.cli.settings import settings_of
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.ledger import Ledger
    from nongrata.model import Incident


_FEW = 3


def demo(context: typer.Context) -> None:
    """Read the bundled sample reports into a ledger (a temporary one without --ledger) and show its incidents."""
    settings = settings_of(context)
    with tempfile.TemporaryDirectory() as folder, output_to(None) as stream:
        where = settings.ledger if settings.ledger_given else str(Path(folder) / "demo.db")
        console = console_on(stream)
        _fill_and_show(console, where, kept=settings.ledger_given)


def _fill_and_show(console: Console, where: str, *, kept: bool) -> None:
    from nongrata.cli.evidence import print_incident
    from nongrata.cli.incidents import print_table
    from nongrata.ledger import Ledger

    with Ledger.open(where) as ledger:
        _fill(ledger)
        counts = ledger.counts()
        console.print(
            f"{plural(counts['reports'], 'report')} read: {plural(counts['claims'], 'claim')}, "
            f"{plural(counts['incidents'], 'incident')}"
        )
        console.print()
        found = ledger.incidents()
        print_table(console, _worth_a_look(found))
        hidden = len(found) - len(_worth_a_look(found))
        if hidden:
            console.print(f"and {plural(hidden, 'incident')} more that one report alone tells", style="dim")
        if found:
            chosen = max(found, key=_interest)
            console.print()
            console.print(f"$ nongrata show {chosen.id}", style="dim")
            print_incident(console, ledger, chosen, asked=chosen.id)
    if kept:
        # In one piece, to be copied.
        console.print(f"\nThe ledger is kept. Ask it: nongrata --ledger {ledger.shown} tally", soft_wrap=True)
    else:
        console.print("\nTo keep a ledger: nongrata --ledger demo.db demo, then nongrata --ledger demo.db show ID")


def _fill(ledger: Ledger) -> None:
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger import ingest
    from nongrata.reading.sources import open_reports

    reader = default_reader()
    with as_file(files("nongrata.samples") / "reports.jsonl") as path, meter("reading") as show:
        run = ledger.start_run("ingest", "bundled samples", reader.name)
        added = ingest(
            ledger, open_reports(path), reader, run, lambda done: show(done.readings, plural(done.readings, "report"))
        )
        ledger.finish_run(run, {"reports": added.reports, "claims": added.claims, "unchanged": added.unchanged})
        ledger.refresh()


def _worth_a_look(found: list[Incident]) -> list[Incident]:
    """What more than one report tells, or somebody denies; everything when there is little of that."""
    some = [i for i in found if len(i.reports) > 1 or any(origin.denies for origin in i.origins)]
    return some if len(some) > _FEW else found


def _interest(incident: Incident) -> tuple[int, int, str]:
    """How much an incident shows of what a ledger is for: retellings beyond its origins, then contradictions."""
    copies = len(incident.reports) - len(incident.origins)
    return (copies + 2 * bool(incident.contradictions), len(incident.reports), incident.id)
