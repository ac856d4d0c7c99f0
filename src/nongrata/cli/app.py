"""The program ``nongrata``: global options, the list of commands, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from nongrata._version import __version__
from nongrata.cli import (
    cite,
    cluster,
    compare,
    demo,
    evaluate,
    export,
    incidents,
    ingest,
    ledger,
    read,
    reciprocity,
    respond,
    review,
    search,
    serve,
    show,
    snapshot,
    sources,
    tally,
    token,
    types,
    voices,
    watch,
    waves,
)
from nongrata.cli.settings import DEFAULT_LEDGER, Settings
from nongrata.model.errors import NongrataError

LEDGER_OPTION = "--ledger"


class _Program(TyperGroup):
    """The commands; the ledger may be named before a command or after it, as people type it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  typer's own click, vendored or not
        """Parse the arguments, the ledger's name first."""
        if args and args[-1] == LEDGER_OPTION:
            ctx.fail(f"{LEDGER_OPTION} needs a file or postgresql://user@host/name")
        return super().parse_args(ctx, ledger_first(args))


def ledger_first(args: Sequence[str]) -> list[str]:
    """The arguments with ``--ledger PLACE`` moved before the command; what follows ``--`` stays where it is."""
    end = args.index("--") if "--" in args else len(args)
    named: list[str] = []
    rest: list[str] = []
    at = 0
    while at < end:
        size = 2 if args[at] == LEDGER_OPTION else 1
        is_it = size == 2 or args[at].startswith(f"{LEDGER_OPTION}=")
        (named if is_it else rest).extend(args[at : min(at + size, end)])
        at += size
    return [*named, *rest, *args[end:]]


app = typer.Typer(
    cls=_Program,
    name="nongrata",
    help="A sourced ledger of hostile state activity: claims with source chains, incidents by independent origins.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nongrata {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    place: Annotated[
        str,
        typer.Option(
            LEDGER_OPTION,
            envvar="NONGRATA_LEDGER",
            help="The ledger: a file, or postgresql://user@host/name. May stand after the command too.",
            metavar="PLACE",
        ),
    ] = DEFAULT_LEDGER,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep the options that every command shares."""
    source = context.get_parameter_source("place")
    context.obj = Settings(ledger=place, ledger_given=source is not None and source.name != "DEFAULT")


app.command("read")(read.read)
app.command("voices")(voices.voices)
app.command("ingest")(ingest.ingest)
app.command("watch")(watch.watch)
app.command("import")(ingest.import_claims)
app.command("incidents")(incidents.incidents)
app.command("show")(show.show)
app.command("search")(search.search)
app.command("tally")(tally.tally)
app.command("respond")(respond.respond)
app.command("reciprocity")(reciprocity.reciprocity)
app.command("compare")(compare.compare)
app.command("waves")(waves.waves)
app.command("sources")(sources.sources)
app.add_typer(review.app, name="review")
app.command("reread")(ledger.reread)
app.command("log")(ledger.log)
app.add_typer(ledger.app, name="ledger")
app.command("export")(export.export)
app.command("cite")(cite.cite)
app.command("snapshot")(snapshot.snapshot)
app.command("serve")(serve.serve)
app.add_typer(token.app, name="token")
app.add_typer(cluster.app, name="cluster")
app.command("types")(types.types)
app.command("evaluate")(evaluate.evaluate)
app.command("demo")(demo.demo)


def run() -> None:
    """Run the program; an error of ours is one line on standard error and exit code 1."""
    code: int | str | None = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    except NongrataError as error:
        print(f"nongrata: {error}", file=sys.stderr)  # noqa: T201
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(_close_output(code))


def _close_output(code: int | str | None) -> int | str | None:
    """Flush standard output; when its reader has gone away, end without a word."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
