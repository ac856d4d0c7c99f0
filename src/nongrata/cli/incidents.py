"""``nongrata incidents``: the happenings in the ledger, as a table, JSON lines or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.console import Format, console_on, output_to, write_csv, write_jsonl
from nongrata.cli.settings import open_fresh
from nongrata.cli.sourcing import day_of
from nongrata.model.wording import days, number, origins, parties, plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.ledger import IncidentFilter
    from nongrata.model import Incident

Type = Annotated[list[str] | None, typer.Option("--type", help="Only this type (may be repeated).", show_default=False)]
Actor = Annotated[
    list[str] | None,
    typer.Option("--actor", help="Only by this state, body or group (may be repeated).", show_default=False),
]
Target = Annotated[
    list[str] | None, typer.Option("--target", help="Only against this one (may be repeated).", show_default=False)
]
Since = Annotated[
    str | None,
    typer.Option(help="Only what may have happened on or after this day.", metavar="YYYY-MM-DD", show_default=False),
]
Until = Annotated[
    str | None,
    typer.Option(help="Only what may have happened on or before this day.", metavar="YYYY-MM-DD", show_default=False),
]
Output = Annotated[Path | None, typer.Option(help="Write to this file.", metavar="FILE", show_default=False)]

MAYBE = "≈"
"""Marks an incident that may be the same as another: nothing was merged, a reviewer is asked."""

CSV_HEADER = [
    "id", "type", "subtype", "actor", "target", "count_lo", "count_hi", "when_first", "when_last",
    "independent_origins", "denials", "reports", "claims", "credibility", "contradictions",
    "possibly_same",
]  # fmt: skip


def incidents(
    context: typer.Context,
    type: Type = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[Format, typer.Option(help="How to print them.")] = Format.TABLE,
    output: Output = None,
) -> None:
    """List the incidents in the ledger, oldest first."""
    only = filter_of(type, actor, target, since, until)
    with open_fresh(context) as view:
        found = view.incidents(only)
        figures = len(view.totals()) if format is Format.TABLE else 0
    with output_to(output) as stream:
        if format is Format.JSONL:
            write_jsonl(stream, (incident.to_dict() for incident in found))
        elif format is Format.CSV:
            write_csv(stream, CSV_HEADER, map(csv_row, found))
        else:
            print_table(console_on(stream), found)
            if figures:
                told = f"{plural(figures, 'figure')} over several happenings besides: see nongrata tally"
                console_on(stream).print(told, style="dim")


def filter_of(
    types: list[str] | None, actors: list[str] | None, targets: list[str] | None, since: str | None, until: str | None
) -> IncidentFilter:
    """The filter that the options name.

    Raises:
        typer.BadParameter: a day is none.
    """
    from nongrata.ledger import IncidentFilter

    return IncidentFilter(
        types=tuple(types or ()),
        actors=tuple(actors or ()),
        targets=tuple(targets or ()),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
    )


def csv_row(incident: Incident) -> list[Any]:
    """One line of the CSV."""
    count, when = incident.count, incident.when
    return [
        incident.id,
        incident.type,
        incident.subtype or "",
        incident.actor or "+".join(incident.actors or ()),
        incident.target or "",
        count.lo if count else "",
        count.hi if count and count.hi is not None else "",
        when.first.isoformat() if when else "",
        when.last.isoformat() if when else "",
        incident.independent_origins,
        sum(origin.denies for origin in incident.origins),
        len(incident.reports),
        len(incident.claims),
        incident.credibility,
        len(incident.contradictions),
        " ".join(incident.possibly_same),
    ]


def print_table(console: Console, found: list[Incident]) -> None:
    """The incidents as a table; what does not fit a narrow terminal is left out from the right."""
    from rich.table import Table

    if not found:
        console.print("no incident fits")
        return
    width = console.width
    gap = 1 if width < 112 else 2
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, gap, 0, 0))
    table.add_column("id", no_wrap=True, style="cyan")
    table.add_column("type", no_wrap=width >= 80, overflow="fold")
    table.add_column("who→whom", overflow="fold", min_width=10, max_width=max(16, width // 3))
    table.add_column("count", overflow="fold", justify="right")
    table.add_column("when", overflow="fold", no_wrap=width >= 80)
    if width >= 72:
        table.add_column("origins", overflow="fold", justify="right")
    if width >= 100:
        table.add_column("credible", justify="right")
    if width >= 112:
        table.add_column("disputed", overflow="fold")
    for incident in found:
        table.add_row(*_cells(incident, narrow=width < 80)[: len(table.columns)])
    console.print(table)
    shown = "; origins: independent ones / reports, -1: one denies it" if width >= 72 else ""
    console.print(plural(len(found), "incident") + shown, style="dim")
    if any(incident.possibly_same for incident in found):
        console.print(f"{MAYBE} possibly the same as another incident: see it with nongrata show", style="dim")


def _cells(incident: Incident, *, narrow: bool) -> list[str]:
    when = days(incident.when)
    return [
        incident.id + (MAYBE if incident.possibly_same else ""),
        incident.type,
        parties(incident.actor, incident.actors, incident.target),
        number(incident.count),
        when.replace("–", " –") if narrow else when,
        origins(incident),
        str(incident.credibility),
        ", ".join(sorted({dispute.field for dispute in incident.contradictions})),
    ]
