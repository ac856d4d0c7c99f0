"""``nongrata export``: the ledger, or a part of it, for other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.incidents import Actor, Since, Target, Type, Until
from nongrata.cli.settings import open_fresh
from nongrata.cli.sourcing import day_of

if TYPE_CHECKING:
    from nongrata.publishing import Outcome
    from nongrata.publishing.stix_check import Judgement


class ExportFormat(StrEnum):
    """What to write; the same names as ``publishing.FORMATS``, so that help needs no heavy import."""

    CSV = "csv"
    CLAIMS_CSV = "claims-csv"
    JSONL = "jsonl"
    GEOJSON = "geojson"
    FTM = "ftm"
    FTM_STATEMENTS = "ftm-statements"
    STIX = "stix"
    PARQUET = "parquet"
    PACKAGE = "package"


_OF_OBJECTS = (ExportFormat.STIX, ExportFormat.FTM, ExportFormat.GEOJSON)
"""Formats whose parts are no rows."""


class Marking(StrEnum):
    """Who may see STIX objects (Traffic Light Protocol)."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Withheld(StrEnum):
    """What an export may withhold."""

    PERSONS = "persons"


def export(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Argument(help="The file; the folder for a format of several files.", metavar="OUT", show_default=False),
    ],
    format: Annotated[ExportFormat, typer.Option(help="What to write.", show_default=False)],
    type: Type = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    credibility: Annotated[
        list[int] | None, typer.Option(help="Only incidents of this grade (1-6), or in them.", show_default=False)
    ] = None,
    text: Annotated[str, typer.Option(help="Only claims with these words (formats of claims).")] = "",
    factuality: Annotated[
        list[str] | None, typer.Option(help="Only claims of this factuality (formats of claims).", show_default=False)
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(help="Only claims from this publisher (formats of claims).", show_default=False)
    ] = None,
    reviewed: Annotated[
        bool | None, typer.Option(help="Only claims that a person reviewed, or not.", show_default=False)
    ] = None,
    redact: Annotated[
        Withheld | None, typer.Option(help="Withhold the names of persons, and all running text.", show_default=False)
    ] = None,
    tlp: Annotated[Marking, typer.Option(help="Marking of STIX objects.")] = Marking.CLEAR,
    check: Annotated[
        bool, typer.Option("--check", help="Have the OASIS validator judge the STIX bundle (extra stix).")
    ] = False,
    licence: Annotated[
        str, typer.Option(help="Licence of the coding, for the descriptor.", metavar="NAME")
    ] = "CC-BY-4.0",
) -> None:
    """Write the ledger, or the part that the filters let through, for other tools; says what it could not carry."""
    from nongrata.ledger import ClaimFilter
    from nongrata.publishing import Options
    from nongrata.publishing import export as write

    judge = _judge(format) if check else None
    only = ClaimFilter(
        text=text,
        types=tuple(type or ()),
        actors=tuple(actor or ()),
        targets=tuple(target or ()),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
        factuality=tuple(factuality or ()),
        publishers=tuple(publisher or ()),
        credibility=tuple(credibility or ()),
        reviewed=reviewed,
    )
    options = Options(only=only, redact=redact is Withheld.PERSONS, licence=licence, tlp=str(tlp))
    with open_fresh(context) as view, _progress() as show:
        outcome = write(view, str(format), out, options, show)
    _tell(outcome, format)
    if judge:
        _tell_judgement(judge(out), out)


def _judge(format: ExportFormat) -> Callable[[Path], Judgement]:
    """The validator; asked for before anything is written, so that a missing extra costs no export."""
    from nongrata.model import InputError
    from nongrata.publishing.stix_check import validator

    if format is not ExportFormat.STIX:
        raise InputError("--check judges STIX bundles: add --format stix")
    return validator()


def _tell_judgement(judgement: Judgement, out: Path) -> None:
    for words, count in judgement.warnings.items():
        say(f"warned of, on purpose: {words} ({count:,} times)")
    if judgement.errors:
        for error in judgement.errors[:20]:
            say(f"  {error}")
        say(f"nongrata: {out} is not valid STIX 2.1 ({len(judgement.errors):,} errors): please report it as a bug")
        raise typer.Exit(1)
    say(f"{out.name}: valid STIX 2.1")


def _tell(outcome: Outcome, format: ExportFormat) -> None:
    for name, rows in outcome.rows.items():
        say(f"{name}: {rows:,} {'objects' if format in _OF_OBJECTS else 'rows'}")
    if not outcome.losses:
        say("nothing was lost")
        return
    say("not carried:")
    for loss in outcome.losses:
        say(f"  {loss}")


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """A line with the file and how many claims or incidents are done; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda name, done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("export", total=None)

        def show(name: str, done: int) -> None:
            if done % 100 == 0:
                progress.update(task, description=f"export: {name}, {done:,} done")

        yield show
